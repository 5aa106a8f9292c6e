#include "access/badge_code.h"

#include <array>

#include "base/text.h"

namespace lanekeeper::access {

namespace {

constexpr std::string_view badge_prefix = "88";
constexpr std::size_t badge_digits = 20;

}  // namespace

std::string make_badge_code(RandomSource& random) {
  std::string code(badge_prefix);
  while (code.size() < badge_digits) {
    std::array<unsigned char, 32> bytes{};
    random.fill(bytes);
    for (const auto byte : bytes) {
      // 250 is a multiple of ten: every digit is as likely as the others.
      if (byte < 250 && code.size() < badge_digits) code += static_cast<char>('0' + byte % 10);
    }
  }
  return code;
}

bool is_badge_code(std::string_view code) {
  return code.size() == badge_digits && code.starts_with(badge_prefix) && is_ascii_digits(code);
}

}  // namespace lanekeeper::access
