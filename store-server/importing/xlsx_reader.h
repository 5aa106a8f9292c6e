// The first visible sheet of an .xlsx workbook (ECMA-376, parts 1 and 2), read as a stream: memory does not grow with
// the sheet, and numbers are taken as the decimals that stand in the file, never through floating point.
//
// liborcus would do the same, but its XML parser ends the whole program on a bad character reference (assertion in
// sax_parser_base.cpp of 0.17), which a store server cannot risk; libzip and expat return errors.
#pragma once

#include <string>
#include <string_view>

#include "base/error.h"
#include "importing/table.h"

namespace lanekeeper::importing {

// import.not_xlsx (not a workbook, or damaged), import.too_large (a part unpacks beyond the limits), import.no_sheet.
// Rows read before a damaged place have been handed on already.
[[nodiscard]] Result<void> read_xlsx(std::string_view content, const Limits& limits, const RowHandler& handler);

// "6.908512108211E12" -> "6908512108211", "3.9800000000000004" -> "3.98": a number as Excel shows it, in at most 15
// significant digits. Other text stays as it is.
[[nodiscard]] std::string plain_number(std::string_view text);

// "BC12" -> 54 (A = 0); -1 when it is no cell reference.
[[nodiscard]] int column_of(std::string_view reference);

}  // namespace lanekeeper::importing
