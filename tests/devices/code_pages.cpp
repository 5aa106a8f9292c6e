#include "code_pages.h"

#include <array>
#include <utility>

#include <unicode/unistr.h>

namespace lanekeeper::devices {

namespace {

// ICU is built without ibm-897: its upper half is the half-width katakana in their order.
constexpr const char* katakana = "katakana";

icu::UnicodeString katakana_text(std::string_view bytes) {
  icu::UnicodeString text;
  for (const unsigned char c : bytes) {
    if (c >= 0xa1 && c <= 0xdf) {
      text += static_cast<char16_t>(0xff61 + (c - 0xa1));
    } else {
      text += static_cast<char16_t>(c < 0x80 ? c : 0xfffd);
    }
  }
  return text;
}

}  // namespace

const char* code_page_name(int number) {
  // Source: Epson's ESC/POS command reference, ESC t.
  static constexpr std::array<std::pair<int, const char*>, 34> pages = {
      {{0, "ibm-437"},       {1, katakana},        {2, "ibm-850"},       {3, "ibm-860"},       {4, "ibm-863"},
       {5, "ibm-865"},       {11, "ibm-851"},      {13, "ibm-857"},      {14, "ibm-737"},      {15, "ISO-8859-7"},
       {16, "windows-1252"}, {17, "ibm-866"},      {18, "ibm-852"},      {19, "ibm-858"},      {26, "windows-874"},
       {32, "ibm-720"},      {33, "ibm-775"},      {34, "ibm-855"},      {35, "ibm-861"},      {36, "ibm-862"},
       {37, "ibm-864"},      {38, "ibm-869"},      {39, "ISO-8859-2"},   {40, "ISO-8859-15"},  {44, "ibm-1125"},
       {45, "windows-1250"}, {46, "windows-1251"}, {47, "windows-1253"}, {48, "windows-1254"}, {49, "windows-1255"},
       {50, "windows-1256"}, {51, "windows-1257"}, {52, "windows-1258"}, {21, "windows-874"}}};
  for (const auto& [n, name] : pages) {
    if (n == number) return name;
  }
  return "ibm-437";
}

std::string to_utf8_from(const char* charset, std::string_view bytes) {
  icu::UnicodeString text = charset == std::string_view(katakana)
                                ? katakana_text(bytes)
                                : icu::UnicodeString(bytes.data(), static_cast<std::int32_t>(bytes.size()), charset);
  // What the page does not define comes as a control character or not at all; it is shown as a replacement.
  for (std::int32_t i = 0; i < text.length(); ++i) {
    const char16_t c = text[i];
    if (c < 0x20 || (c >= 0x7f && c < 0xa0)) text.replace(i, 1, static_cast<char16_t>(0xfffd));
  }
  if (text.isEmpty() && !bytes.empty()) text = icu::UnicodeString(static_cast<char16_t>(0xfffd));
  std::string out;
  text.toUTF8String(out);
  return out;
}

}  // namespace lanekeeper::devices
