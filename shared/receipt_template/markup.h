// One filled line of a template as an element of the document. Internal to receipt_template.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "receipt_template/document.h"
#include "receipt_template/tags.h"

namespace lanekeeper::receipt_template {

struct MarkupError {
  std::size_t at = 0;  // glyph of the line
  std::string code;
  std::string message;
};

// Reads the lines of one document in order: {width:...} holds for the rows behind it.
class MarkupReader {
 public:
  // Nothing for a line of tags of which nothing came, and for one that only sets something.
  [[nodiscard]] std::optional<Element> read(const FilledLine& line);
  // Of the lines read so far; a line with an error is read as far as it makes sense.
  [[nodiscard]] std::vector<MarkupError> take_errors() { return std::exchange(errors_, {}); }

 private:
  struct Property {
    std::string name;
    std::string value;
    std::size_t at = 0;
  };
  [[nodiscard]] std::optional<Element> read_properties(const std::vector<Glyph>& glyphs);
  [[nodiscard]] std::vector<Property> split_properties(const std::vector<Glyph>& glyphs);
  [[nodiscard]] std::optional<Element> element_of(const std::vector<Property>& properties);
  void set_widths(const Property& property);
  [[nodiscard]] Row read_row(const std::vector<Glyph>& glyphs);
  [[nodiscard]] Cell read_cell(const Glyph* begin, const Glyph* end, std::size_t at);
  void report(std::size_t at, std::string code, std::string message);

  std::vector<int> widths_;
  std::vector<MarkupError> errors_;
};

}  // namespace lanekeeper::receipt_template
