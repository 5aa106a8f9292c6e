// The template files as they were at build time. Internal to receipt_template.
#pragma once

#include <span>
#include <string_view>

namespace lanekeeper::receipt_template {

struct EmbeddedTemplate {
  std::string_view language;  // "zh_CN", "en"
  std::string_view kind;      // "sale", "gift", ...
  std::string_view text;
};

[[nodiscard]] std::span<const EmbeddedTemplate> embedded_templates();

}  // namespace lanekeeper::receipt_template
