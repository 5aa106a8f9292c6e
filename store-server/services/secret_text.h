// Secrets that services hand out and recognise again.
#pragma once

#include <array>
#include <string>

#include "base/ids.h"
#include "base/text.h"
#include "journal/chain.h"

namespace lanekeeper::services {

// 32 unpredictable bytes as hex.
[[nodiscard]] inline std::string make_secret(RandomSource& random) {
  std::array<unsigned char, 32> bytes{};
  random.fill(bytes);
  return to_hex(ByteView(bytes.data(), bytes.size()));
}

// What is kept of a secret. Hashes are compared instead of secrets: how long that takes says nothing about the secret.
[[nodiscard]] inline journal::Hash hash_of_secret(const std::string& secret) {
  return journal::sha256(as_bytes(secret));
}

[[nodiscard]] inline bool equal_in_constant_time(const journal::Hash& a, const journal::Hash& b) {
  unsigned difference = 0;
  for (std::size_t i = 0; i < a.size(); ++i) difference |= static_cast<unsigned>(a[i] ^ b[i]);
  return difference == 0;
}

// Six digits, each code as likely as any other.
[[nodiscard]] inline std::string make_code(RandomSource& random) {
  constexpr std::uint32_t codes = 1'000'000;
  constexpr std::uint32_t fair = 0xFFFFFFFFU - 0xFFFFFFFFU % codes;
  std::uint32_t number = fair;
  while (number >= fair) {
    std::array<unsigned char, 4> bytes{};
    random.fill(bytes);
    number = std::uint32_t{bytes[0]} << 24 | std::uint32_t{bytes[1]} << 16 | std::uint32_t{bytes[2]} << 8 | bytes[3];
  }
  auto text = std::to_string(number % codes);
  return std::string(6 - text.size(), '0') + text;
}

}  // namespace lanekeeper::services
