// From bytes of an unknown encoding to UTF-8. Pure.
#pragma once

#include <string>
#include <string_view>

#include "base/error.h"

namespace lanekeeper::importing {

enum class Encoding { utf8, gb18030, utf16_le, utf16_be };
[[nodiscard]] std::string_view name_of(Encoding encoding);

struct DecodedText {
  std::string text;  // UTF-8 without a byte order mark; U+FFFD where a few bytes were broken
  Encoding encoding = Encoding::utf8;
};

// A byte order mark decides; else zero bytes mean UTF-16; else what is valid UTF-8, or most of it, is UTF-8; else
// GB18030 (with GBK and GB 2312 inside it). A few broken places (in UTF-8 one in ten of the characters beyond ASCII, in
// the others one in a hundred) become U+FFFD, so that the rows with them can be named one by one. import.encoding
// (details "line", "byte": the first place), import.binary.
[[nodiscard]] Result<DecodedText> decode_text(std::string content);

// NFKC: full-width digits, letters and signs become the plain ones ("１２．５０" -> "12.50"). Text that is ASCII
// already comes back unchanged at once.
[[nodiscard]] std::string plain_forms(std::string_view utf8);

}  // namespace lanekeeper::importing
