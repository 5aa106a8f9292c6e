#include "display_decoder.h"

#include <algorithm>
#include <cstdio>

#include "code_pages.h"

namespace lanekeeper::devices {

namespace {

unsigned value_of(char c) {
  return static_cast<unsigned char>(c);
}

// The bytes of a GB18030 character that begins here, 0 when more have to come.
std::size_t gb18030_length(std::string_view bytes) {
  if (value_of(bytes[0]) < 0x81 || value_of(bytes[0]) == 0xFF) return 1;
  if (bytes.size() < 2) return 0;
  const bool four = bytes[1] >= '0' && bytes[1] <= '9';
  if (!four) return 2;
  return bytes.size() < 4 ? 0 : 4;
}

std::string text_of(const std::array<std::string, 20>& line) {
  std::string bytes;
  for (const auto& cell : line) bytes += cell;
  return to_utf8_from("GB18030", bytes);
}

}  // namespace

DisplayDecoder::DisplayDecoder(DisplayKind kind, LampWiring wiring) : kind_(kind), wiring_(wiring) {
  blank();
}

void DisplayDecoder::blank() {
  for (auto& line : screen_) line.fill(" ");
  row_ = column_ = 0;
  number_.clear();
}

void DisplayDecoder::feed(std::string_view bytes) {
  pending_ += bytes;
  std::size_t at = 0;
  while (at < pending_.size()) {
    const auto length = step(std::string_view(pending_).substr(at));
    if (length == 0) break;
    at += length;
  }
  pending_.erase(0, at);
}

void DisplayDecoder::not_known(std::string_view bytes) {
  std::string hex;
  for (const char c : bytes) {
    char digits[4];
    std::snprintf(digits, sizeof digits, "%02x", value_of(c));
    hex += digits;
  }
  unknown_.push_back(hex);
}

std::size_t DisplayDecoder::step(std::string_view bytes) {
  switch (bytes[0]) {
    case 0x0C:
      blank();
      return 1;
    case 0x1B:
      return bytes.size() < 2 ? 0 : escape(bytes);
    case 0x1F:
      return bytes.size() < 2 ? 0 : unit_separator(bytes);
    case 0x02:
      if (bytes.size() < 2) return 0;
      if (bytes[1] != 'M') break;
      ++drawer_pulses_;
      return 2;
    case '\r':
      column_ = 0;
      return 1;
    case '\n':
      row_ = (row_ + 1) % 2;
      return 1;
    default:
      if (value_of(bytes[0]) >= 0x20) return character(bytes);
  }
  not_known(bytes.substr(0, 1));
  return 1;
}

std::size_t DisplayDecoder::escape(std::string_view bytes) {
  switch (bytes[1]) {
    case '@':
      blank();
      lamp_ = 0;
      return 2;
    case 'Q':
      return line_text(bytes);
    case 's':
      return lamp(bytes);
    case '*':
      return bytes.size() < 3 ? 0 : 3;
    case 0x11:
    case 0x12:
    case 0x13:
      return 2;
    default:
      not_known(bytes.substr(0, 2));
      return 2;
  }
}

std::size_t DisplayDecoder::unit_separator(std::string_view bytes) {
  switch (bytes[1]) {
    case '@':
      blank();
      return 2;
    case 'C':
      return bytes.size() < 3 ? 0 : 3;
    case '$': {
      if (bytes.size() < 4) return 0;
      const auto x = value_of(bytes[2]);
      const auto y = value_of(bytes[3]);
      if (x >= 1 && x <= columns && y >= 1 && y <= 2) {
        column_ = x - 1;
        row_ = y - 1;
      } else {
        not_known(bytes.substr(0, 4));
      }
      return 4;
    }
    default:
      not_known(bytes.substr(0, 2));
      return 2;
  }
}

// ESC Q A text CR, ESC Q B text CR
std::size_t DisplayDecoder::line_text(std::string_view bytes) {
  const auto end = bytes.find('\r');
  if (end == std::string_view::npos) return 0;
  auto text = bytes.substr(3, std::max<std::size_t>(end, 3) - 3);
  if (kind_ == DisplayKind::led8) {
    const bool fits = std::count_if(text.begin(), text.end(), [](char c) { return c != '.'; }) <= 8;
    const bool digits = text.find_first_not_of("0123456789.-") == std::string_view::npos;
    if (bytes[2] == 'A' && fits && digits && std::count(text.begin(), text.end(), '.') <= 1) {
      number_ = text;
    } else {
      not_known(bytes.substr(0, end + 1));
    }
    return end + 1;
  }
  if (bytes[2] != 'A' && bytes[2] != 'B') {
    not_known(bytes.substr(0, end + 1));
    return end + 1;
  }
  std::size_t column = 0;
  // Clones that do not blank the rest of the line: what is not written over stays.
  while (!text.empty()) {
    const auto length = std::max<std::size_t>(gb18030_length(text), 1);
    put(bytes[2] == 'A' ? 0 : 1, column, text.substr(0, length), length == 1 ? 1 : 2);
    text.remove_prefix(std::min(length, text.size()));
  }
  return end + 1;
}

std::size_t DisplayDecoder::lamp(std::string_view bytes) {
  const std::size_t length = wiring_ == LampWiring::partner ? 4 : 3;
  if (bytes.size() < length) return 0;
  const int n = static_cast<int>(value_of(bytes[2]));
  if (wiring_ == LampWiring::partner && n >= 2 && n <= 5 && bytes[3] == 1) {
    lamp_ = n - 1;
  } else if (wiring_ == LampWiring::binary && n <= 4) {
    lamp_ = n;
  } else if (wiring_ == LampWiring::ascii && n >= '0' && n <= '4') {
    lamp_ = n - '0';
  } else {
    not_known(bytes.substr(0, length));
  }
  return length;
}

std::size_t DisplayDecoder::character(std::string_view bytes) {
  if (kind_ == DisplayKind::led8) {
    if (wiring_ == LampWiring::bare && bytes[0] >= '1' && bytes[0] <= '4') {
      lamp_ = bytes[0] - '0';
    } else {
      not_known(bytes.substr(0, 1));
    }
    return 1;
  }
  const auto length = gb18030_length(bytes);
  if (length > 0) put(row_, column_, bytes.substr(0, length), length == 1 ? 1 : 2);
  return length;
}

void DisplayDecoder::put(std::size_t line, std::size_t& column, std::string_view bytes, std::size_t width) {
  if (column + width > columns) {
    not_known(bytes);  // it would fall off the edge
    return;
  }
  screen_[line][column] = bytes;
  if (width == 2) screen_[line][column + 1].clear();
  column += width;
}

nlohmann::json DisplayDecoder::shown() const {
  if (kind_ != DisplayKind::led8) return {{"upper", text_of(screen_[0])}, {"lower", text_of(screen_[1])}};
  static constexpr const char* lamps[] = {"", "price", "total", "paid", "change"};
  return {{"number", number_}, {"lamp", lamps[lamp_]}};
}

}  // namespace lanekeeper::devices
