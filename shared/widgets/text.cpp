#include "widgets/text.h"

#include "base/text.h"

namespace lanekeeper::widgets {

namespace {

constexpr std::string_view minus = "\xE2\x88\x92";  // U+2212

std::string with_minus(std::string text) {
  if (!text.empty() && text.front() == '-') text.replace(0, 1, minus);
  return text;
}

// "1286.40" -> "1,286.40"; the sign and the decimals stay as they are.
std::string grouped(std::string text) {
  const std::size_t first = !text.empty() && text.front() == '-' ? 1 : 0;
  std::size_t end = text.find('.');
  if (end == std::string::npos) end = text.size();
  while (end > first + 3) {
    end -= 3;
    text.insert(end, 1, ',');
  }
  return text;
}

bool is_wide(wxUniChar character) {
  const auto code = character.GetValue();
  return (code >= 0x2E80 && code <= 0x9FFF) || (code >= 0xF900 && code <= 0xFAFF) || (code >= 0xFF00 && code <= 0xFFEF);
}

// Must not begin a line.
bool closes(wxUniChar character) {
  static const wxString closing = wxString::FromUTF8("，。、；：？！）》」』”’…—％,.;:?!)%/");
  return closing.Find(character) != wxNOT_FOUND;
}

// Must not end a line.
bool opens(wxUniChar character) {
  static const wxString opening = wxString::FromUTF8("（《「『“‘(");
  return opening.Find(character) != wxNOT_FOUND;
}

}  // namespace

std::string amount_text(Money amount) {
  return with_minus(amount.to_string());
}

std::string grouped_amount_text(Money amount) {
  return with_minus(grouped(amount.to_string()));
}

std::string grouped_count_text(std::int64_t count) {
  return with_minus(grouped(std::to_string(count)));
}

std::string weight_text(Quantity kilograms) {
  return with_minus(kilograms.to_fixed_string()) + " kg";
}

std::string pieces_text(Quantity pieces) {
  return with_minus(pieces.to_string());
}

std::vector<wxString> break_pieces(const wxString& text) {
  std::vector<wxString> pieces;
  wxString piece;
  wxUniChar before(0u);
  for (const wxUniChar character : text) {
    const bool after_gap = before == ' ' && character != ' ';
    const bool after_slash = (before == '/' || before == '-') && character != ' ' && !wxIsdigit(character);
    const bool between_wide = !piece.empty() && (is_wide(before) || is_wide(character)) && before != ' ';
    if (!piece.empty() && (after_gap || after_slash || between_wide) && !closes(character) && !opens(before)) {
      pieces.push_back(piece);
      piece.clear();
    }
    piece += character;
    before = character;
  }
  if (!piece.empty()) pieces.push_back(piece);
  return pieces;
}

}  // namespace lanekeeper::widgets
