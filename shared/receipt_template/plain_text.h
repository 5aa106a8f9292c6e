// A document as text of fixed pitch, for a preview. Doubled text takes its columns by blanks behind each character.
#pragma once

#include <string>
#include <vector>

#include "receipt_template/layout.h"

namespace lanekeeper::receipt_template {

// What a line of a preview is, so that a window can draw it: text in exact columns, how high it is, and whether it
// stands for a code or picture ("[barcode 0320...]").
struct PreviewLine {
  std::string text;  // blanks at the end cut off
  bool bold = false;
  int height = 1;
  bool symbol = false;
  bool operator==(const PreviewLine&) const = default;
};
[[nodiscard]] std::vector<PreviewLine> preview(const std::vector<PaperElement>& paper, int columns);

[[nodiscard]] std::string plain_text(const std::vector<PaperElement>& paper, int columns);  // the same, a line each

}  // namespace lanekeeper::receipt_template
