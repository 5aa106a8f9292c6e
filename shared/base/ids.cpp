#include "base/ids.h"

#include <optional>

#include "base/hex_digit.h"
#include "base/text.h"

namespace lanekeeper {
namespace {

bool is_dash_position(std::size_t i) {
  return i == 8 || i == 13 || i == 18 || i == 23;
}

std::optional<Uuid> read_uuid(std::string_view text) {
  if (text.size() != 36) return std::nullopt;
  Uuid id;
  std::size_t nibble = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (is_dash_position(i)) {
      if (text[i] != '-') return std::nullopt;
      continue;
    }
    const int value = detail::hex_digit(text[i]);
    if (value < 0) return std::nullopt;
    auto& byte = id.bytes[nibble / 2];
    byte = static_cast<unsigned char>(nibble % 2 == 0 ? value << 4 : byte | value);
    ++nibble;
  }
  return id;
}

}  // namespace

Uuid Uuid::make_v7(std::int64_t unix_ms, RandomSource& random) {
  Uuid id;
  random.fill(id.bytes);
  for (int i = 0; i < 6; ++i) id.bytes[i] = static_cast<unsigned char>(unix_ms >> (40 - 8 * i));
  id.bytes[6] = static_cast<unsigned char>((id.bytes[6] & 0x0F) | 0x70);
  id.bytes[8] = static_cast<unsigned char>((id.bytes[8] & 0x3F) | 0x80);
  return id;
}

Result<Uuid> Uuid::parse(std::string_view text) {
  const auto id = read_uuid(text);
  if (!id) return fail("id.bad_uuid", "This is not a UUID of the form 8-4-4-4-12.");
  return *id;
}

std::string Uuid::to_string() const {
  const auto hex = to_hex(ByteView(bytes.data(), bytes.size()));
  std::string out;
  out.reserve(36);
  for (const char digit : hex) {
    if (is_dash_position(out.size())) out += '-';
    out += digit;
  }
  return out;
}

}  // namespace lanekeeper
