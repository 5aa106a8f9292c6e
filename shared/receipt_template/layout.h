// A document on paper of so many columns: cells become lines, long text is wrapped. A character counts as many columns
// as base/text.h says, a Han character two. No line is wider than the paper and no text is lost; only blanks at which a
// line is broken are left out.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "receipt_template/document.h"

namespace lanekeeper::receipt_template {

// One printed line. Centred ones hold their text only, the printer centres them; others begin in the first column and
// are filled with blanks between their cells.
struct PaperLine {
  Align align = Align::left;
  std::vector<Run> runs;
  bool operator==(const PaperLine&) const = default;
};
[[nodiscard]] int width_of(const PaperLine& line);  // in columns of normal characters

using PaperElement = std::variant<PaperLine, Barcode, QrCode, Image, Cut>;

// columns >= 30; 48 is 80 mm paper, 32 is 58 mm.
[[nodiscard]] std::vector<PaperElement> lay_out(const Document& document, int columns);

}  // namespace lanekeeper::receipt_template
