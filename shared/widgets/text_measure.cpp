#include "widgets/text_measure.h"

#include <cmath>
#include <cstdint>
#include <map>
#include <tuple>
#include <unordered_map>

namespace lanekeeper::widgets {

namespace {

// More than any screen shows at once; beyond, everything is measured anew.
constexpr std::size_t most_texts = 4096;
constexpr std::size_t most_fonts = 512;

struct FontKey {
  int scale_percent = 100;
  int em_px = 0;
  Weight weight = Weight::regular;
  std::uint32_t colour = 0;
  bool operator<(const FontKey& other) const {
    return std::tie(scale_percent, em_px, weight, colour) <
           std::tie(other.scale_percent, other.em_px, other.weight, other.colour);
  }
};

FontKey key_of(wxGraphicsContext& context, int em_px, Weight weight) {
  double across = 1;
  context.GetTransform().Get(&across);
  return {static_cast<int>(std::lround(across * 100)), em_px, weight, 0};
}

struct Extent {
  double width = 0;
  double height = 0;
};

Extent extent_of(wxGraphicsContext& context, const wxString& text, int em_px, Weight weight) {
  context.SetFont(graphics_font(context, em_px, weight, *wxBLACK));
  Extent extent;
  context.GetTextExtent(text, &extent.width, &extent.height);
  return extent;
}

}  // namespace

double measured_width(wxGraphicsContext& context, const wxString& text, int em_px, Weight weight) {
  static std::map<FontKey, std::unordered_map<wxString, double, wxStringHash, wxStringEqual>> widths;
  static std::size_t count = 0;
  if (text.empty()) return 0;
  auto& of_font = widths[key_of(context, em_px, weight)];
  const auto known = of_font.find(text);
  if (known != of_font.end()) return known->second;
  const double width = extent_of(context, text, em_px, weight).width;
  if (count >= most_texts) {
    widths.clear();
    count = 0;
    return width;
  }
  of_font.emplace(text, width);
  ++count;
  return width;
}

double measured_height(wxGraphicsContext& context, int em_px, Weight weight) {
  static std::map<FontKey, double> heights;
  const auto key = key_of(context, em_px, weight);
  const auto known = heights.find(key);
  if (known != heights.end()) return known->second;
  return heights.emplace(key, extent_of(context, "0", em_px, weight).height).first->second;
}

const wxGraphicsFont& graphics_font(wxGraphicsContext& context, int em_px, Weight weight, const wxColour& colour) {
  static std::map<FontKey, wxGraphicsFont> fonts;
  FontKey key = key_of(context, em_px, weight);
  key.colour = colour.GetRGBA();
  const auto known = fonts.find(key);
  if (known != fonts.end()) return known->second;
  if (fonts.size() >= most_fonts) fonts.clear();
  return fonts.emplace(key, context.CreateFont(font(em_px, weight), colour)).first->second;
}

}  // namespace lanekeeper::widgets
