#include "access/member_keys.h"

#include <algorithm>
#include <array>
#include <optional>

#include <sodium.h>

#include "base/text.h"

namespace lanekeeper::access {

namespace {

constexpr std::size_t mobile_digits = 11;

// Full-width forms stand in the order of ASCII.
char32_t plain(char32_t c) {
  constexpr char32_t first_wide = 0xff01;
  constexpr char32_t last_wide = 0xff5e;
  if (c >= first_wide && c <= last_wide) c -= first_wide - U'!';
  if (c >= U'a' && c <= U'z') c -= U'a' - U'A';
  return c;
}

bool is_blank_or_dash(char32_t c) {
  const bool blank =
      c <= U' ' || c == 0x00a0 || (c >= 0x2000 && c <= 0x200f) || c == 0x202f || c == 0x3000 || c == 0xfeff;
  const bool dash = c == U'-' || (c >= 0x2010 && c <= 0x2015) || c == 0x2212;
  return blank || dash;
}

std::optional<std::array<unsigned char, member_secret_bytes>> read_secret(std::string_view hex) {
  const auto bytes = from_hex(hex);
  if (!bytes || bytes->size() != member_secret_bytes) return std::nullopt;
  std::array<unsigned char, member_secret_bytes> secret{};
  std::copy(bytes->begin(), bytes->end(), secret.begin());
  return secret;
}

}  // namespace

std::string normal_member_code(std::string_view code) {
  std::u32string kept;
  for (const char32_t c : to_utf32(code)) {
    const auto one = plain(c);
    if (!is_blank_or_dash(one)) kept.push_back(one);
  }
  auto text = to_utf8(kept);
  if (text.starts_with("+86")) return text.substr(3);
  const bool mobile = text.starts_with("00861") && text.size() == 4 + mobile_digits && is_ascii_digits(text);
  return mobile ? text.substr(4) : text;
}

std::string member_key(std::string_view secret_hex, std::string_view code) {
  const auto normal = normal_member_code(code);
  const auto secret = read_secret(secret_hex);
  if (!secret || normal.empty()) return {};
  static_assert(crypto_auth_hmacsha256_KEYBYTES == member_secret_bytes);
  std::array<unsigned char, crypto_auth_hmacsha256_BYTES> key{};
  crypto_auth_hmacsha256(key.data(), as_bytes(normal).data(), normal.size(), secret->data());
  return to_hex({key.data(), key.size()});
}

std::string badge_key(std::string_view secret_hex, std::string_view code) {
  const auto clean = normal_member_code(code);
  return clean.empty() ? std::string() : member_key(secret_hex, "BADGE:" + clean);
}

std::string make_member_secret(RandomSource& random) {
  std::array<unsigned char, member_secret_bytes> secret{};
  random.fill(secret);
  return to_hex({secret.data(), secret.size()});
}

}  // namespace lanekeeper::access
