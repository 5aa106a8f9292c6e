// One hexadecimal digit, upper or lower case. Internal to base.
#pragma once

namespace lanekeeper::detail {

// -1 for any other character.
constexpr int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace lanekeeper::detail
