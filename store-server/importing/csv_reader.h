// CSV as it comes from Excel, cash registers and suppliers (RFC 4180 and its relatives). Pure.
//
// Quotes count only at the beginning of a cell, and only when a closing quote stands before a separator or a line end;
// otherwise they are ordinary characters (5" pipe, "Zest" soap). Inside quotes "" is one quote and line ends belong to
// the cell. Line ends are CR LF, LF or CR.
#pragma once

#include <string_view>

#include "importing/table.h"

namespace lanekeeper::importing {

void read_csv(std::string_view text, char separator, const Limits& limits, const RowHandler& handler);

// The separator of the file (tab, semicolon, comma or bar): the one that cuts the first rows into the same number of
// cells, more cells winning. Comma when nothing does.
[[nodiscard]] char detect_separator(std::string_view text);

}  // namespace lanekeeper::importing
