#include "base/text.h"

#include <algorithm>
#include <array>
#include <optional>

#include <unicode/uchar.h>

#include "base/hex_digit.h"

namespace lanekeeper {
namespace {

constexpr char32_t replacement = 0xFFFD;

struct Decoded {
  char32_t character = replacement;
  std::size_t length = 1;  // bytes consumed; of an invalid sequence its longest valid beginning (Unicode 3.9, U+FFFD)
  bool valid = false;
};

bool is_continuation(unsigned char byte) {
  return (byte & 0xC0) == 0x80;
}

// The second byte's range excludes overlong forms, surrogates and what lies above U+10FFFF.
bool second_byte_fits(unsigned char first, unsigned char second) {
  switch (first) {
    case 0xE0:
      return second >= 0xA0 && second <= 0xBF;
    case 0xED:
      return second >= 0x80 && second <= 0x9F;
    case 0xF0:
      return second >= 0x90 && second <= 0xBF;
    case 0xF4:
      return second >= 0x80 && second <= 0x8F;
    default:
      return is_continuation(second);
  }
}

// text must not be empty.
Decoded decode_first(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const auto first = byte(0);
  if (first < 0x80) return {first, 1, true};
  std::size_t length = 0;
  if (first >= 0xC2 && first <= 0xDF) length = 2;
  if (first >= 0xE0 && first <= 0xEF) length = 3;
  if (first >= 0xF0 && first <= 0xF4) length = 4;
  if (length == 0) return {};
  if (text.size() < 2 || !second_byte_fits(first, byte(1))) return {};
  char32_t character = first & (0xFFU >> (length + 1));
  character = (character << 6) | (byte(1) & 0x3FU);
  for (std::size_t i = 2; i < length; ++i) {
    if (i >= text.size() || !is_continuation(byte(i))) return {replacement, i, false};
    character = (character << 6) | (byte(i) & 0x3FU);
  }
  return {character, length, true};
}

void append_utf8(std::string& out, char32_t c) {
  const auto put = [&](char32_t value) { out += static_cast<char>(static_cast<unsigned char>(value)); };
  if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) c = replacement;
  if (c < 0x80) {
    put(c);
  } else if (c < 0x800) {
    put(0xC0 | (c >> 6));
    put(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    put(0xE0 | (c >> 12));
    put(0x80 | ((c >> 6) & 0x3F));
    put(0x80 | (c & 0x3F));
  } else {
    put(0xF0 | (c >> 18));
    put(0x80 | ((c >> 12) & 0x3F));
    put(0x80 | ((c >> 6) & 0x3F));
    put(0x80 | (c & 0x3F));
  }
}

bool is_control(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0);
}

constexpr std::string_view ascii_space = " \t\n\r\v\f";

// Bytes of white space at the beginning or the end, 0 for none.
std::size_t leading_space(std::string_view text) {
  if (text.empty()) return 0;
  if (ascii_space.find(text.front()) != std::string_view::npos) return 1;
  return text.starts_with("\u3000") || text.starts_with("\uFEFF") ? 3 : 0;
}
std::size_t trailing_space(std::string_view text) {
  if (text.empty()) return 0;
  if (ascii_space.find(text.back()) != std::string_view::npos) return 1;
  return text.ends_with("\u3000") || text.ends_with("\uFEFF") ? 3 : 0;
}

constexpr std::string_view base64_alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

constexpr std::array<int, 256> base64_values = [] {
  std::array<int, 256> values{};
  for (auto& value : values) value = -1;
  for (std::size_t i = 0; i < base64_alphabet.size(); ++i) {
    values[static_cast<unsigned char>(base64_alphabet[i])] = static_cast<int>(i);
  }
  return values;
}();

std::optional<Bytes> read_base64(std::string_view text) {
  if (text.size() % 4 != 0) return std::nullopt;
  std::size_t padding = 0;
  while (padding < 2 && padding < text.size() && text[text.size() - 1 - padding] == '=') ++padding;
  Bytes out;
  out.reserve(text.size() / 4 * 3);
  unsigned buffer = 0;
  unsigned bits = 0;
  for (const char c : text.substr(0, text.size() - padding)) {
    const int value = base64_values[static_cast<unsigned char>(c)];
    if (value < 0) return std::nullopt;
    buffer = (buffer << 6) | static_cast<unsigned>(value);
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      out += static_cast<unsigned char>(buffer >> bits);
      buffer &= (1U << bits) - 1;
    }
  }
  // One encoding per byte string: the bits that padding leaves over must be zero.
  if (buffer != 0) return std::nullopt;
  return out;
}

}  // namespace

bool is_valid_utf8(std::string_view text) {
  while (!text.empty()) {
    const auto next = decode_first(text);
    if (!next.valid) return false;
    text.remove_prefix(next.length);
  }
  return true;
}

std::string sanitize_utf8(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const auto next = decode_first(text);
    const bool keep = next.valid && (!is_control(next.character) || next.character == '\t' || next.character == '\n');
    append_utf8(out, keep ? next.character : replacement);
    text.remove_prefix(next.length);
  }
  return out;
}

std::string_view trim(std::string_view text) {
  while (const auto n = leading_space(text)) text.remove_prefix(n);
  while (const auto n = trailing_space(text)) text.remove_suffix(n);
  return text;
}

std::u32string to_utf32(std::string_view text) {
  std::u32string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const auto next = decode_first(text);
    out += next.character;
    text.remove_prefix(next.length);
  }
  return out;
}

std::string to_utf8(std::u32string_view text) {
  std::string out;
  out.reserve(text.size() * 3);
  for (const char32_t c : text) append_utf8(out, c);
  return out;
}

std::string to_lower_ascii(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

bool is_ascii_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

int display_width(char32_t character) {
  if (is_control(character)) return 0;
  if (character < 0x7F) return 1;
  const auto code_point = static_cast<UChar32>(character);
  switch (u_charType(code_point)) {
    case U_NON_SPACING_MARK:
    case U_ENCLOSING_MARK:
    case U_FORMAT_CHAR:
      return 0;
    default:
      break;
  }
  switch (u_getIntPropertyValue(code_point, UCHAR_EAST_ASIAN_WIDTH)) {
    case U_EA_WIDE:
    case U_EA_FULLWIDTH:
    case U_EA_AMBIGUOUS:
      return 2;
    default:
      return 1;
  }
}

int display_width(std::string_view text) {
  int columns = 0;
  while (!text.empty()) {
    const auto next = decode_first(text);
    columns += display_width(next.character);
    text.remove_prefix(next.length);
  }
  return columns;
}

std::string truncate_to_width(std::string_view text, int columns) {
  std::size_t end = 0;
  int used = 0;
  while (end < text.size()) {
    const auto next = decode_first(text.substr(end));
    const int width = display_width(next.character);
    if (used + width > columns) break;
    used += width;
    end += next.length;
  }
  return std::string(text.substr(0, end));
}

std::string to_hex(ByteView bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out;
  out.reserve(bytes.size() * 2);
  for (const unsigned char byte : bytes) {
    out += digits[byte >> 4];
    out += digits[byte & 0x0F];
  }
  return out;
}

Result<Bytes> from_hex(std::string_view text) {
  constexpr std::string_view message = "This is not hexadecimal: two digits 0-9 or a-f per byte are expected.";
  if (text.size() % 2 != 0) return fail("text.bad_hex", message);
  Bytes out;
  out.reserve(text.size() / 2);
  for (std::size_t i = 0; i < text.size(); i += 2) {
    const int high = detail::hex_digit(text[i]);
    const int low = detail::hex_digit(text[i + 1]);
    if (high < 0 || low < 0) return fail("text.bad_hex", message);
    out += static_cast<unsigned char>(high * 16 + low);
  }
  return out;
}

std::string to_base64(ByteView bytes) {
  std::string out;
  out.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::size_t count = std::min<std::size_t>(3, bytes.size() - i);
    unsigned group = 0;
    for (std::size_t k = 0; k < 3; ++k) group = (group << 8) | (k < count ? bytes[i + k] : 0U);
    for (std::size_t k = 0; k < 4; ++k) {
      out += k <= count ? base64_alphabet[(group >> (18 - 6 * k)) & 0x3F] : '=';
    }
  }
  return out;
}

Result<Bytes> from_base64(std::string_view text) {
  auto bytes = read_base64(text);
  if (!bytes) return fail("text.bad_base64", "This is not Base64 with padding (RFC 4648).");
  return std::move(*bytes);
}

}  // namespace lanekeeper
