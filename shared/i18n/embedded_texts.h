// The text files as they were at build time. Internal to i18n and its tests.
#pragma once

#include <span>
#include <string_view>

namespace lanekeeper::i18n {

struct EmbeddedText {
  std::string_view language;  // "zh_CN", "en"
  std::string_view face;      // "errors", "till", ...
  std::string_view json;      // flat object: key -> pattern
};

[[nodiscard]] std::span<const EmbeddedText> embedded_texts();

}  // namespace lanekeeper::i18n
