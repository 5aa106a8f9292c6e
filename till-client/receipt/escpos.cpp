#include "receipt/escpos.h"

#include <algorithm>
#include <memory>

#include <unicode/ucnv.h>
#include <unicode/unistr.h>

#include "base/error.h"
#include "base/text.h"

namespace lanekeeper::till {

namespace {

constexpr char esc = '\x1b';

struct ConverterClose {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};

std::string printable(std::string_view utf8) {
  std::string text;
  for (const char32_t c : to_utf32(utf8)) {
    const bool control = c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0xfffd;
    text += control ? std::string(c == 0xfffd ? "?" : " ") : to_utf8(std::u32string(1, c));
  }
  return text;
}

}  // namespace

std::string to_gb18030(std::string_view utf8) {
  UErrorCode status = U_ZERO_ERROR;
  thread_local const std::unique_ptr<UConverter, ConverterClose> converter(ucnv_open("gb18030", &status));
  if (!converter) throw Fault("receipt.converter", "ICU has no GB18030 converter");
  const std::string clean = printable(utf8);
  const auto text =
      icu::UnicodeString::fromUTF8(icu::StringPiece(clean.data(), static_cast<std::int32_t>(clean.size())));
  std::string out(
      static_cast<std::size_t>(UCNV_GET_MAX_BYTES_FOR_STRING(text.length(), ucnv_getMaxCharSize(converter.get()))),
      '\0');
  status = U_ZERO_ERROR;
  const auto length = ucnv_fromUChars(converter.get(), out.data(), static_cast<std::int32_t>(out.size()),
                                      text.getBuffer(), text.length(), &status);
  if (U_FAILURE(status)) throw Fault("receipt.converter", u_errorName(status));
  out.resize(static_cast<std::size_t>(length));
  return out;
}

std::string spread(std::string_view left, std::string_view right, int columns) {
  const int room = std::max(columns - display_width(right) - 1, 0);
  std::string out = display_width(left) > room ? truncate_to_width(left, room) : std::string(left);
  const int blanks = std::max(columns - display_width(out) - display_width(right), 0);
  out.append(static_cast<std::size_t>(blanks), ' ');
  out.append(right);
  return out;
}

std::string drawer_pulse() {
  // 2 ms units: 100 ms on, 500 ms off before the next pulse.
  return {esc, 'p', 0, 50, static_cast<char>(250)};
}

}  // namespace lanekeeper::till
