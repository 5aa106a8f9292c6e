// A PNG made from grey values, without the library that reads it. Wants zlib.
#pragma once

#include <zlib.h>

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace lanekeeper::till::test {

inline std::string big_endian(std::uint32_t value) {
  std::string out;
  for (const int shift : {24, 16, 8, 0}) out += static_cast<char>(value >> shift & 0xff);
  return out;
}

inline std::string png_chunk(const std::string& name, const std::string& data) {
  const std::string named = name + data;
  const auto sum = ::crc32(0, reinterpret_cast<const Bytef*>(named.data()), static_cast<uInt>(named.size()));
  return big_endian(static_cast<std::uint32_t>(data.size())) + named + big_endian(static_cast<std::uint32_t>(sum));
}

inline std::string png_head(int width, int height, char colours) {
  return std::string("\x89PNG\r\n\x1a\n", 8) +
         png_chunk("IHDR", big_endian(static_cast<std::uint32_t>(width)) +
                               big_endian(static_cast<std::uint32_t>(height)) + std::string{8, colours, 0, 0, 0});
}

// `look` of x and y: grey 0..255 and how much it covers 0..255.
struct Dot {
  std::uint8_t grey = 255;
  std::uint8_t alpha = 255;
};
inline std::string png_of(int width, int height, const std::function<Dot(int, int)>& look) {
  std::string rows;
  for (int y = 0; y < height; ++y) {
    rows += '\0';
    for (int x = 0; x < width; ++x) {
      const Dot dot = look(x, y);
      rows += {static_cast<char>(dot.grey), static_cast<char>(dot.alpha)};
    }
  }
  auto room = ::compressBound(static_cast<uLong>(rows.size()));
  std::string packed(room, '\0');
  ::compress(reinterpret_cast<Bytef*>(packed.data()), &room, reinterpret_cast<const Bytef*>(rows.data()),
             static_cast<uLong>(rows.size()));
  packed.resize(room);
  constexpr char grey_and_alpha = 4;
  return png_head(width, height, grey_and_alpha) + png_chunk("IDAT", packed) + png_chunk("IEND", "");
}

}  // namespace lanekeeper::till::test
