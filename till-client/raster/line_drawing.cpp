#include "raster/line_drawing.h"

#include <algorithm>
#include <memory>

#include <pango/pangocairo.h>

#include "base/error.h"
#include "base/text.h"

namespace lanekeeper::till {

namespace {

using receipt_template::PaperLine;
using receipt_template::Style;

constexpr int line_dots = 24;
constexpr int gap_dots = 6;
constexpr int baseline_dots = 20;
constexpr unsigned char black_from = 110;  // of 255: thin strokes stay

struct SurfaceDestroy {
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
};
struct ContextDestroy {
  void operator()(cairo_t* context) const { cairo_destroy(context); }
};
struct ObjectUnref {
  void operator()(void* object) const { g_object_unref(object); }
};
struct FontFree {
  void operator()(PangoFontDescription* font) const { pango_font_description_free(font); }
};

class Drawing {
 public:
  Drawing(int width, int height)
      : surface_(cairo_image_surface_create(CAIRO_FORMAT_A8, width, height)), context_(cairo_create(surface_.get())) {
    if (cairo_status(context_.get()) != CAIRO_STATUS_SUCCESS) throw Fault("raster.surface", "no surface to draw on");
  }

  void character(char32_t c, const Style& style, int x, int top, int width) {
    const int height = line_dots * style.height;
    if (style.inverted) box(x, top, width, height);
    cairo_set_operator(context_.get(), style.inverted ? CAIRO_OPERATOR_CLEAR : CAIRO_OPERATOR_OVER);
    if (c != U' ') glyph(c, style, x, top, width);
    cairo_set_operator(context_.get(), CAIRO_OPERATOR_OVER);
    if (style.underlined) box(x, top + height - 2, width, 2);
  }

  Bitmap take(int width, int height) {
    cairo_surface_flush(surface_.get());
    Bitmap bitmap{width, height, {}};
    bitmap.bits.resize(static_cast<std::size_t>(bitmap.bytes_across()) * static_cast<std::size_t>(height));
    const unsigned char* pixels = cairo_image_surface_get_data(surface_.get());
    const int stride = cairo_image_surface_get_stride(surface_.get());
    const auto across = static_cast<std::size_t>(bitmap.bytes_across());
    for (int y = 0; y < height; ++y) {
      std::uint8_t* const row = bitmap.bits.data() + static_cast<std::size_t>(y) * across;
      for (int x = 0; x < width; ++x) {
        if (pixels[y * stride + x] >= black_from) row[x / 8] |= static_cast<std::uint8_t>(0x80 >> x % 8);
      }
    }
    return bitmap;
  }

 private:
  void box(int x, int y, int width, int height) {
    cairo_rectangle(context_.get(), x, y, width, height);
    cairo_fill(context_.get());
  }

  void glyph(char32_t c, const Style& style, int x, int top, int width) {
    const std::unique_ptr<PangoLayout, ObjectUnref> layout(pango_cairo_create_layout(context_.get()));
    const std::unique_ptr<PangoFontDescription, FontFree> font(
        pango_font_description_from_string("Noto Sans Mono CJK SC"));
    pango_font_description_set_absolute_size(font.get(), line_dots * PANGO_SCALE);
    if (style.bold) pango_font_description_set_weight(font.get(), PANGO_WEIGHT_BOLD);
    pango_layout_set_font_description(layout.get(), font.get());
    const std::string text = to_utf8(std::u32string_view(&c, 1));
    pango_layout_set_text(layout.get(), text.c_str(), static_cast<int>(text.size()));
    int drawn = 0;
    pango_layout_get_pixel_size(layout.get(), &drawn, nullptr);
    cairo_save(context_.get());
    cairo_translate(context_.get(), x, top);
    cairo_scale(context_.get(), style.width, style.height);
    // A letter that the font draws wider than its columns is narrowed.
    const int room = width / style.width;
    if (drawn > room && room > 0) cairo_scale(context_.get(), static_cast<double>(room) / drawn, 1);
    const double above = pango_layout_get_baseline(layout.get()) / static_cast<double>(PANGO_SCALE);
    cairo_move_to(context_.get(), 0, baseline_dots - above);
    pango_cairo_show_layout(context_.get(), layout.get());
    cairo_restore(context_.get());
  }

  std::unique_ptr<cairo_surface_t, SurfaceDestroy> surface_;
  std::unique_ptr<cairo_t, ContextDestroy> context_;
};

}  // namespace

Bitmap draw_line(const PaperLine& line, int columns) {
  int tallest = 1;
  for (const auto& run : line.runs) tallest = std::max(tallest, run.style.height);
  const int width = columns * column_dots;
  const int height = tallest * line_dots + gap_dots;
  Drawing drawing(width, height);
  const int spare = std::max(columns - receipt_template::width_of(line), 0);
  int x = line.align == receipt_template::Align::centre  ? spare * column_dots / 2
          : line.align == receipt_template::Align::right ? spare * column_dots
                                                         : 0;
  for (const auto& run : line.runs) {
    const int top = (tallest - run.style.height) * line_dots;
    for (const char32_t c : to_utf32(run.text)) {
      const int wide = display_width(c) * run.style.width * column_dots;
      drawing.character(c, run.style, x, top, wide);
      x += wide;
    }
  }
  return drawing.take(width, height);
}

}  // namespace lanekeeper::till
