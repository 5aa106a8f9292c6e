#include <algorithm>
#include <cmath>
#include <memory>
#include <stdexcept>

#include <pango/pangocairo.h>
#include <zint.h>

#include "base/text.h"
#include "paper.h"

namespace lanekeeper::devices {
namespace {

constexpr int column_dots = 12;
constexpr int line_dots = 24;
constexpr int line_gap_dots = 6;
constexpr int margin_dots = 24;
constexpr int most_height_dots = 20'000;

struct SymbolDelete {
  void operator()(zint_symbol* symbol) const { ZBarcode_Delete(symbol); }
};
using Symbol = std::unique_ptr<zint_symbol, SymbolDelete>;

int zint_symbology(int system) {
  switch (system) {
    case 65:
      return BARCODE_UPCA;
    case 66:
      return BARCODE_UPCE;
    case 67:
    case 68:
      return BARCODE_EANX;
    case 69:
      return BARCODE_CODE39;
    case 70:
      return BARCODE_C25INTER;
    case 72:
      return BARCODE_CODE93;
    default:
      return BARCODE_CODE128;
  }
}

Symbol encode(int symbology, const std::string& data) {
  Symbol symbol(ZBarcode_Create());
  symbol->symbology = symbology;
  const auto* bytes = reinterpret_cast<const unsigned char*>(data.data());
  if (ZBarcode_Encode(symbol.get(), bytes, static_cast<int>(data.size())) >= ZINT_ERROR) return nullptr;
  return symbol;
}

bool module_at(const zint_symbol& symbol, int row, int column) {
  return (symbol.encoded_data[row][column / 8] >> (column % 8) & 1) != 0;
}

int left_of(Align align, int width) {
  const int room = std::max(paper_width_dots - width, 0);
  return margin_dots + (align == Align::right ? room : align == Align::centre ? room / 2 : 0);
}

// Walks down the paper. Without a context it only measures.
class Painter {
 public:
  explicit Painter(cairo_t* context) : context_(context) {}
  [[nodiscard]] int height() const { return y_ + margin_dots; }

  void operator()(const TextLine& line) {
    for (const auto& part : broken_at_the_edge(line)) text_line(part);
  }
  void operator()(const Barcode& code) {
    if (const auto symbol = encode(zint_symbology(code.system), code.data)) {
      modules(*symbol, code.align, code.module_dots, code.height_dots);
    }
    if (code.readable_below) (*this)(TextLine{code.align, {TextRun{code.data, false, false, false, 1, 1}}});
  }
  void operator()(const QrCode& code) {
    if (const auto symbol = encode(BARCODE_QRCODE, code.data)) modules(*symbol, code.align, code.module_dots, 0);
  }
  void operator()(const Raster& raster) {
    const int x = left_of(raster.align, raster.width);
    for (int row = 0; context_ != nullptr && row < raster.height; ++row) {
      for (int column = 0; column < raster.width; ++column) {
        if (raster.dots[static_cast<std::size_t>(row) * static_cast<std::size_t>(raster.width) +
                        static_cast<std::size_t>(column)])
          dot(x + column, y_ + row, 1, 1);
      }
    }
    fill();
    y_ += raster.height;
  }
  void operator()(const Feed& feed) { y_ += feed.lines * (line_dots + line_gap_dots); }
  void operator()(const Cut&) { y_ += line_dots; }
  void operator()(const DrawerPulse&) {}
  void operator()(const DropBuffers&) {}
  void operator()(const StatusRequest&) {}
  void operator()(const Unknown& unknown) { text_line(shown_bytes(unknown)); }

 private:
  void text_line(const TextLine& line) {
    int tallest = 1;
    for (const auto& run : line.runs) tallest = std::max(tallest, run.height);
    int x = left_of(line.align, columns_of(line) * column_dots);
    for (const auto& run : line.runs) {
      const int top = y_ + (tallest - run.height) * line_dots;
      for (const char32_t c : to_utf32(run.text)) {
        const int width = run.columns * run.width * column_dots;
        if (context_ != nullptr) character(c, run, x, top, width);
        x += width;
      }
    }
    y_ += tallest * line_dots + line_gap_dots;
  }

  void character(char32_t c, const TextRun& run, int x, int top, int width) {
    const int height = run.height * line_dots;
    if (run.inverted) {
      dot(x, top, width, height);
      fill();
      cairo_set_source_rgb(context_, 1, 1, 1);
    }
    if (c != U' ') glyph(c, run, x, top);
    if (run.underlined) {
      dot(x, top + height - 1, width, 2);
      fill();
    }
    cairo_set_source_rgb(context_, 0, 0, 0);
  }

  void glyph(char32_t c, const TextRun& run, int x, int top) {
    cairo_save(context_);
    cairo_translate(context_, x, top);
    cairo_scale(context_, run.width, run.height);
    PangoLayout* layout = pango_cairo_create_layout(context_);
    PangoFontDescription* font = pango_font_description_from_string("Noto Sans Mono CJK SC");
    pango_font_description_set_absolute_size(font, line_dots * PANGO_SCALE);
    if (run.bold) pango_font_description_set_weight(font, PANGO_WEIGHT_BOLD);
    pango_layout_set_font_description(layout, font);
    const std::string text = to_utf8(std::u32string(1, c));
    pango_layout_set_text(layout, text.c_str(), static_cast<int>(text.size()));
    // A letter that this font draws wider than its columns is narrowed, as the machine's own font is.
    int drawn = 0;
    pango_layout_get_pixel_size(layout, &drawn, nullptr);
    const int room = run.columns * column_dots;
    if (drawn > room) cairo_scale(context_, static_cast<double>(room) / drawn, 1);
    cairo_move_to(context_, 0,
                  line_dots - 3 - std::floor(pango_layout_get_baseline(layout) / static_cast<double>(PANGO_SCALE)));
    pango_cairo_show_layout(context_, layout);
    pango_font_description_free(font);
    g_object_unref(layout);
    cairo_restore(context_);
  }

  void modules(const zint_symbol& symbol, Align align, int module, int bar_height) {
    const int x = left_of(align, symbol.width * module);
    const int row_height = bar_height > 0 ? bar_height / std::max(symbol.rows, 1) : module;
    for (int row = 0; context_ != nullptr && row < symbol.rows; ++row) {
      for (int column = 0; column < symbol.width; ++column) {
        if (module_at(symbol, row, column)) dot(x + column * module, y_ + row * row_height, module, row_height);
      }
    }
    fill();
    y_ += symbol.rows * row_height + line_gap_dots;
  }
  void dot(int x, int y, int width, int height) { cairo_rectangle(context_, x, y, width, height); }
  void fill() {
    if (context_ != nullptr) cairo_fill(context_);
  }

  cairo_t* context_;
  int y_ = margin_dots;
};

}  // namespace

void render_png(const std::vector<PrinterEvent>& receipt, const std::filesystem::path& file) {
  Painter measure(nullptr);
  for (const auto& event : receipt) std::visit(measure, event);
  const int height = std::min(measure.height(), most_height_dots);
  cairo_surface_t* surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, paper_width_dots + 2 * margin_dots, height);
  cairo_t* context = cairo_create(surface);
  cairo_set_source_rgb(context, 1, 1, 1);
  cairo_paint(context);
  cairo_set_source_rgb(context, 0, 0, 0);
  cairo_set_antialias(context, CAIRO_ANTIALIAS_NONE);
  Painter paint(context);
  for (const auto& event : receipt) std::visit(paint, event);
  cairo_destroy(context);
  const auto status = cairo_surface_write_to_png(surface, file.c_str());
  cairo_surface_destroy(surface);
  if (status != CAIRO_STATUS_SUCCESS) throw std::runtime_error(std::string("png: ") + cairo_status_to_string(status));
}

}  // namespace lanekeeper::devices
