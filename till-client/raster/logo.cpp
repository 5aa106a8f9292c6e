#include "raster/logo.h"

#include <algorithm>
#include <cstring>
#include <fstream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <cairo.h>

namespace lanekeeper::till {

namespace {

struct SurfaceDestroy {
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
};
struct ContextDestroy {
  void operator()(cairo_t* context) const { cairo_destroy(context); }
};
using Surface = std::unique_ptr<cairo_surface_t, SurfaceDestroy>;
using Context = std::unique_ptr<cairo_t, ContextDestroy>;

tl::unexpected<Error> bad(const char* code, const char* message, const std::filesystem::path& path) {
  return fail(code, message, {{"path", path.string()}});
}

Result<std::string> bytes_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::string bytes(most_logo_bytes + 1, '\0');
  file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (file.gcount() == 0) {
    return bad("logo.missing", "There is no picture of the logo at this place. Correct --logo.", path);
  }
  bytes.resize(static_cast<std::size_t>(file.gcount()));
  return bytes;
}

// From the PNG's head (width and height stand in the first chunk), so that no memory is given to a picture that only
// claims to be huge. Empty: no PNG.
struct Size {
  std::uint32_t width = 0;
  std::uint32_t height = 0;
};
std::optional<Size> size_of_png(const std::string& bytes) {
  constexpr std::string_view head("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16);
  if (bytes.size() < head.size() + 8 || !bytes.starts_with(head)) return std::nullopt;
  const auto number = [&bytes](std::size_t at) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < 4; ++i) value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
    return value;
  };
  return Size{number(head.size()), number(head.size() + 4)};
}

Surface decoded(const std::string& bytes) {
  struct Reader {
    const std::string& bytes;
    std::size_t at = 0;
  } reader{bytes};
  const auto read = [](void* closure, unsigned char* out, unsigned int length) {
    auto& from = *static_cast<Reader*>(closure);
    if (from.bytes.size() - from.at < length) return CAIRO_STATUS_READ_ERROR;
    std::memcpy(out, from.bytes.data() + from.at, length);
    from.at += length;
    return CAIRO_STATUS_SUCCESS;
  };
  return Surface(cairo_image_surface_create_from_png_stream(read, &reader));
}

// The picture on white paper, no larger than it may be.
Surface on_paper(cairo_surface_t* picture, int paper_dots) {
  const int width = cairo_image_surface_get_width(picture);
  const int height = cairo_image_surface_get_height(picture);
  const double scale =
      std::min({1.0, static_cast<double>(paper_dots) / width, static_cast<double>(tallest_logo_dots) / height});
  Surface paper(cairo_image_surface_create(CAIRO_FORMAT_RGB24, std::max(1, static_cast<int>(width * scale)),
                                           std::max(1, static_cast<int>(height * scale))));
  const Context context(cairo_create(paper.get()));
  cairo_set_source_rgb(context.get(), 1, 1, 1);
  cairo_paint(context.get());
  cairo_scale(context.get(), scale, scale);
  cairo_set_source_surface(context.get(), picture, 0, 0);
  cairo_pattern_set_filter(cairo_get_source(context.get()), scale < 1 ? CAIRO_FILTER_BEST : CAIRO_FILTER_NEAREST);
  cairo_paint(context.get());
  if (cairo_status(context.get()) != CAIRO_STATUS_SUCCESS) return {};
  cairo_surface_flush(paper.get());
  return paper;
}

// 0 black to 255 white, by Rec. 601.
std::vector<int> brightness_of(cairo_surface_t* paper, int width, int height) {
  const unsigned char* data = cairo_image_surface_get_data(paper);
  const int stride = cairo_image_surface_get_stride(paper);
  std::vector<int> grey;
  grey.reserve(static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      std::uint32_t pixel = 0;
      std::memcpy(&pixel, data + static_cast<std::ptrdiff_t>(y) * stride + static_cast<std::ptrdiff_t>(x) * 4, 4);
      const auto part = [pixel](int shift) { return static_cast<int>(pixel >> shift & 0xff); };
      grey.push_back((299 * part(16) + 587 * part(8) + 114 * part(0)) / 1000);
    }
  }
  return grey;
}

Bitmap dithered(std::vector<int> grey, int width, int height) {
  constexpr int half = 128;
  Bitmap bitmap{width, height, {}};
  const auto across = static_cast<std::size_t>(bitmap.bytes_across());
  bitmap.bits.resize(across * static_cast<std::size_t>(height));
  const auto at = [width](int x, int y) {
    return static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x);
  };
  const auto add = [&grey, &at, width, height](int x, int y, int value) {
    if (x >= 0 && x < width && y < height) grey[at(x, y)] += value;
  };
  for (int y = 0; y < height; ++y) {
    std::uint8_t* const row = bitmap.bits.data() + static_cast<std::size_t>(y) * across;
    for (int x = 0; x < width; ++x) {
      const int value = grey[at(x, y)];
      const bool black = value < half;
      if (black) row[x / 8] |= static_cast<std::uint8_t>(0x80 >> x % 8);
      const int error = black ? value : value - 255;
      add(x + 1, y, error * 7 / 16);
      add(x - 1, y + 1, error * 3 / 16);
      add(x, y + 1, error * 5 / 16);
      add(x + 1, y + 1, error / 16);
    }
  }
  return bitmap;
}

}  // namespace

Result<Bitmap> load_logo(const std::filesystem::path& path, int paper_dots) {
  const auto bytes = bytes_of(path);
  if (!bytes) return fail(Error(bytes.error()));
  const auto size = size_of_png(*bytes);
  if (!size) return bad("logo.not_png", "This is no PNG picture. Save the logo as PNG.", path);
  if (bytes->size() > most_logo_bytes || size->width > most_logo_pixels || size->height > most_logo_pixels) {
    return bad("logo.too_large", "This picture is too large: at most 2 MB and 4096 by 4096 pixels. Make it smaller.",
               path);
  }
  const Surface picture = decoded(*bytes);
  const bool whole = cairo_surface_status(picture.get()) == CAIRO_STATUS_SUCCESS;
  const Surface paper = whole ? on_paper(picture.get(), paper_dots) : Surface{};
  if (!paper) return bad("logo.damaged", "This PNG picture is damaged. Save the logo anew.", path);
  const int width = cairo_image_surface_get_width(paper.get());
  const int height = cairo_image_surface_get_height(paper.get());
  return dithered(brightness_of(paper.get(), width, height), width, height);
}

}  // namespace lanekeeper::till
