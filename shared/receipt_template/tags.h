// The {{...}} of a template: variables, conditions and loops. Internal to receipt_template.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "receipt_template/receipt_template.h"

namespace lanekeeper::receipt_template {

struct Node {
  enum class Kind { text, variable, section, inverted };
  Kind kind = Kind::text;
  std::string text;  // of a text: without tags, with its line feeds; else the name: "store.name", "."
  int line = 1;      // where it begins
  int column = 1;
  bool own_line = false;       // of a section: its opening tag stands alone
  std::vector<Node> children;  // of a section
};

// A tag that stands alone on its line takes the line away with it.
[[nodiscard]] tl::expected<std::vector<Node>, std::vector<TemplateError>> parse_tags(std::string_view text);

// One character after filling in. Markup is only what the template itself says.
struct Glyph {
  char32_t character = 0;
  bool from_data = false;
};
struct FilledLine {
  std::vector<Glyph> glyphs;
  bool had_tags = false;  // of which nothing may have come
};
[[nodiscard]] std::vector<FilledLine> fill(const std::vector<Node>& nodes, const Value& data);

}  // namespace lanekeeper::receipt_template
