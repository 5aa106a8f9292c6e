#include "peripherals/display_frames.h"

#include <unicode/unistr.h>

#include "base/text.h"

namespace lanekeeper::till {

namespace {

using Contents = LineDisplay::Contents;
using Figure = Contents::Figure;

constexpr char esc = 0x1B;
constexpr char us = 0x1F;
constexpr char cr = '\r';
constexpr char clear = 0x0C;
constexpr std::size_t led_digits = 8;

std::string to_gb18030(std::string_view text) {
  const auto unicode = icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
  std::string out(static_cast<std::size_t>(unicode.length()) * 4 + 1, '\0');
  const auto length = unicode.extract(0, unicode.length(), out.data(), static_cast<uint32_t>(out.size()), "GB18030");
  out.resize(static_cast<std::size_t>(std::max(length, 0)));
  return out;
}

// No command can be smuggled in by a text, and every character the display lacks is one column of '?'.
std::string printable(std::string_view text, DisplayCharset charset) {
  auto characters = to_utf32(sanitize_utf8(text));
  for (auto& c : characters) {
    if (c < U' ' || c == 0x7F) c = U' ';
    if (c > 0x7E && charset == DisplayCharset::ascii) c = U'?';
  }
  return to_utf8(characters);
}

struct Lines {
  std::string upper;
  std::string lower;
};

// A display with text shows the figure only when there is no text to show.
Lines lines_of(const Contents& contents, DisplayCharset charset) {
  std::string lower = contents.lower;
  if (contents.upper.empty() && lower.empty() && contents.figure != Figure::none) {
    lower = contents.amount.to_string();
    lower.insert(0, std::max<std::size_t>(display_columns, lower.size()) - lower.size(), ' ');
  }
  return {display_line(contents.upper, charset), display_line(lower, charset)};
}

class Cd5220 final : public DisplayEncoder {
 public:
  explicit Cd5220(DisplayCharset charset) : charset_(charset) {}
  [[nodiscard]] std::string reset() const override { return {esc, '@', clear}; }
  [[nodiscard]] std::string show(const Contents& contents) const override {
    const auto lines = lines_of(contents, charset_);
    return std::string{esc, 'Q', 'A'} + lines.upper + cr + std::string{esc, 'Q', 'B'} + lines.lower + cr;
  }

 private:
  DisplayCharset charset_;
};

class DmD final : public DisplayEncoder {
 public:
  explicit DmD(DisplayCharset charset) : charset_(charset) {}
  [[nodiscard]] std::string reset() const override { return {esc, '@', us, 'C', 0, clear}; }
  [[nodiscard]] std::string show(const Contents& contents) const override {
    const auto lines = lines_of(contents, charset_);
    return std::string{us, '$', 1, 1} + lines.upper + std::string{us, '$', 1, 2} + lines.lower;
  }

 private:
  DisplayCharset charset_;
};

int lamp_number(Figure figure) {
  switch (figure) {
    case Figure::none:
      return 0;
    case Figure::price:
      return 1;
    case Figure::total:
      return 2;
    case Figure::paid:
      return 3;
    case Figure::change:
      return 4;
  }
  return 0;
}

std::string lamp(LampStyle style, int number) {
  switch (style) {
    case LampStyle::ascii:
      return {esc, 's', static_cast<char>('0' + number)};
    case LampStyle::binary:
      return {esc, 's', static_cast<char>(number)};
    case LampStyle::partner:
      return number == 0 ? std::string{} : std::string{esc, 's', static_cast<char>(number + 1), 1};
    case LampStyle::bare:
      return number == 0 ? std::string{} : std::string{static_cast<char>('0' + number)};
    case LampStyle::none:
      break;
  }
  return {};
}

class Led8 final : public DisplayEncoder {
 public:
  explicit Led8(LampStyle lamps) : lamps_(lamps) {}
  [[nodiscard]] std::string reset() const override { return {esc, '@', clear}; }
  [[nodiscard]] std::string show(const Contents& contents) const override {
    const auto number = contents.figure == Figure::none ? std::nullopt : led_number(contents.amount.to_string());
    if (!number) return clear + lamp(lamps_, 0);
    return lamp(lamps_, lamp_number(contents.figure)) + std::string{esc, 'Q', 'A'} + *number + cr;
  }

 private:
  LampStyle lamps_;
};

std::size_t digits_in(std::string_view number) {
  return number.size() - (number.find('.') == std::string_view::npos ? 0 : 1);  // the point has no place of its own
}

}  // namespace

std::optional<std::string> led_number(std::string_view text) {
  std::string number;
  bool point = false;
  for (const char c : text) {
    if (c == ',' || c == ' ') continue;
    if (c == '.' && !std::exchange(point, true)) {
      number += c;
    } else if ((c >= '0' && c <= '9') || (c == '-' && number.empty())) {
      number += c;
    } else {
      return std::nullopt;
    }
  }
  while (point && (digits_in(number) > led_digits || number.ends_with('.'))) {
    point = number.back() != '.';
    number.pop_back();
  }
  if (number.empty() || number == "-" || digits_in(number) > led_digits) return std::nullopt;
  return number;
}

std::string display_line(std::string_view text, DisplayCharset charset) {
  auto line = truncate_to_width(printable(text, charset), display_columns);
  line.append(static_cast<std::size_t>(display_columns - display_width(line)), ' ');
  return charset == DisplayCharset::gb18030 ? to_gb18030(line) : line;
}

std::unique_ptr<DisplayEncoder> make_cd5220_encoder(DisplayCharset charset) {
  return std::make_unique<Cd5220>(charset);
}
std::unique_ptr<DisplayEncoder> make_dm_d_encoder(DisplayCharset charset) {
  return std::make_unique<DmD>(charset);
}
std::unique_ptr<DisplayEncoder> make_led8_encoder(LampStyle lamps) {
  return std::make_unique<Led8>(lamps);
}

}  // namespace lanekeeper::till
