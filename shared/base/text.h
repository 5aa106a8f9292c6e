// Text as UTF-8 std::string, bytes as hex and Base64.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/error.h"
#include "base/ids.h"

namespace lanekeeper {

[[nodiscard]] bool is_valid_utf8(std::string_view text);
// Invalid sequences and control characters (but not \t and \n) become U+FFFD.
[[nodiscard]] std::string sanitize_utf8(std::string_view text);
[[nodiscard]] std::string_view trim(std::string_view text);  // ASCII white space, U+3000 and U+FEFF at both ends
[[nodiscard]] std::u32string to_utf32(std::string_view text);
[[nodiscard]] std::string to_utf8(std::u32string_view text);
[[nodiscard]] std::string to_lower_ascii(std::string_view text);
[[nodiscard]] bool is_ascii_digits(std::string_view text);  // at least one, all of them '0'..'9'

// Columns on a fixed-pitch printer: East Asian wide and fullwidth characters take two, combining marks none
// (Unicode UAX #11; ambiguous characters such as U+00D7 count two, as GB18030 printers draw them).
[[nodiscard]] int display_width(std::string_view text);
[[nodiscard]] int display_width(char32_t character);
// The longest beginning that fits, on a character boundary.
[[nodiscard]] std::string truncate_to_width(std::string_view text, int columns);

[[nodiscard]] std::string to_hex(ByteView bytes);                // lower case
[[nodiscard]] Result<Bytes> from_hex(std::string_view text);     // text.bad_hex
[[nodiscard]] std::string to_base64(ByteView bytes);             // RFC 4648 with padding
[[nodiscard]] Result<Bytes> from_base64(std::string_view text);  // text.bad_base64

[[nodiscard]] inline ByteView as_bytes(std::string_view text) {
  return {reinterpret_cast<const unsigned char*>(text.data()), text.size()};
}
[[nodiscard]] inline std::string_view as_text(ByteView bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

}  // namespace lanekeeper
