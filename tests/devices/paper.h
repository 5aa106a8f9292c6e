// What a customer would hold: the events of one receipt as text and as a picture.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "escpos_decoder.h"

namespace lanekeeper::devices {

inline constexpr int paper_columns = 48;      // 80 mm paper, font A
inline constexpr int paper_width_dots = 576;  // 72 mm at 8 dots a millimetre

[[nodiscard]] int columns_of(const TextLine& line);
// As the printer breaks a line that is too long: at the edge, wherever that is.
[[nodiscard]] std::vector<TextLine> broken_at_the_edge(const TextLine& line);
// Bytes that mean nothing to the printer, as a line that names them: "[unknown 1B 7F]".
[[nodiscard]] TextLine shown_bytes(const Unknown& unknown);

// 48 columns wide; doubled lines keep their ends at the edges, barcodes stand as [CODE128 0320...].
[[nodiscard]] std::string render_text(const std::vector<PrinterEvent>& receipt);

// Noto Sans Mono CJK, 12 dots a column. Throws std::runtime_error when the file cannot be written.
void render_png(const std::vector<PrinterEvent>& receipt, const std::filesystem::path& file);

}  // namespace lanekeeper::devices
