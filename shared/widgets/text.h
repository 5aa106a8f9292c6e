// Words and figures as the screens show them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <wx/string.h>

#include "money/money.h"

namespace lanekeeper::widgets {

[[nodiscard]] inline wxString to_wx(std::string_view utf8) {
  return wxString::FromUTF8(utf8.data(), utf8.size());
}
[[nodiscard]] inline std::string to_utf8(const wxString& text) {
  return std::string(text.utf8_str());
}

// "183.13", "−5.27": U+2212, as wide as a digit.
[[nodiscard]] std::string amount_text(Money amount);
// "1,286.40", "−1,286.40": for sums read at a distance, not in columns of amounts.
[[nodiscard]] std::string grouped_amount_text(Money amount);
[[nodiscard]] std::string grouped_count_text(std::int64_t count);  // "18,426"
// "0.836 kg" with three decimals, "3" for pieces.
[[nodiscard]] std::string weight_text(Quantity kilograms);
[[nodiscard]] std::string pieces_text(Quantity pieces);

// Where a text may be broken into lines: after blanks, after '/', and between CJK characters (not before closing
// punctuation). Each piece keeps its trailing blank.
[[nodiscard]] std::vector<wxString> break_pieces(const wxString& text);

}  // namespace lanekeeper::widgets
