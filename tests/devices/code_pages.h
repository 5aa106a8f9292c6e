// The code pages of receipt printers (n of ESC t, Epson's numbers) as ICU knows them.
#pragma once

#include <string>
#include <string_view>

namespace lanekeeper::devices {

// Code page 437 for numbers that are not known.
[[nodiscard]] const char* code_page_name(int number);

[[nodiscard]] std::string to_utf8_from(const char* charset, std::string_view bytes);

}  // namespace lanekeeper::devices
