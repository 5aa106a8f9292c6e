// What receipts and drawers need of ESC/POS besides paper_encoder.h. Pure.
#pragma once

#include <string>
#include <string_view>

namespace lanekeeper::till {

// The pulse that opens a cash drawer on connector pin 2.
[[nodiscard]] std::string drawer_pulse();

// GB18030 of a text, control characters as blanks: nothing that is printed can command the printer.
[[nodiscard]] std::string to_gb18030(std::string_view utf8);

// left + blanks + right, exactly `columns` wide; left is cut when it must be.
[[nodiscard]] std::string spread(std::string_view left, std::string_view right, int columns);

}  // namespace lanekeeper::till
