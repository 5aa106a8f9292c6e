// A picture of black dots, as printers take it.
#pragma once

#include <cstdint>
#include <vector>

namespace lanekeeper::till {

struct Bitmap {
  int width = 0;  // dots
  int height = 0;
  std::vector<std::uint8_t> bits;  // rows of (width + 7) / 8 bytes, the leftmost dot in the highest bit, 1 is black
  [[nodiscard]] int bytes_across() const { return (width + 7) / 8; }
};

}  // namespace lanekeeper::till
