// Receipt lines as pictures, for printers that have no Chinese characters (PaperEncoding::drawn_line). Noto Sans Mono
// CJK, 12 dots a column and 24 dots a line, as font A of the printers. Used on one thread at a time.
#pragma once

#include "receipt/bitmap.h"
#include "receipt_template/layout.h"

namespace lanekeeper::till {

inline constexpr int column_dots = 12;

// As wide as the paper; as high as its tallest character and the gap to the next line.
[[nodiscard]] Bitmap draw_line(const receipt_template::PaperLine& line, int columns);

}  // namespace lanekeeper::till
