#include "widgets/theme.h"

#include <map>

#include <wx/dcmemory.h>

namespace lanekeeper::widgets {

namespace {

// Point sizes at 96 dots per inch: 72 points are 96 CSS pixels.
constexpr double points_per_px = 0.75;

Theme& mutable_theme() {
  static Theme instance;
  return instance;
}

const wxString& sans() {
  static const wxString face("Noto Sans CJK SC");
  return face;
}
const wxString& mono() {
  static const wxString face("Noto Sans Mono CJK SC");
  return face;
}

// A desktop may draw points larger than 72 to 96 pixels (Xft.dpi); the layout is in pixels, so that is taken back. Told
// by the width of digits, which is 0.555 em in Noto Sans CJK.
double desktop_correction() {
  static const double correction = [] {
    constexpr int digits = 40;
    constexpr double em_px = 100;
    wxBitmap bitmap(1, 1);
    wxMemoryDC dc(bitmap);
    dc.SetFont(wxFont(wxFontInfo(em_px * points_per_px).FaceName(sans())));
    const double measured = dc.GetTextExtent(wxString('0', digits)).x;
    const double expected = digits * em_px * 0.555;
    const double ratio = measured > 0 ? expected / measured : 1;
    return ratio > 0.98 && ratio < 1.02 ? 1.0 : std::clamp(ratio, 0.4, 1.5);
  }();
  return correction;
}

wxFont make(double px, Weight weight, const wxString& face) {
  return wxFont(wxFontInfo(px * points_per_px * desktop_correction())
                    .FaceName(face)
                    .Weight(weight == Weight::bold ? wxFONTWEIGHT_BOLD : wxFONTWEIGHT_NORMAL));
}

const wxFont& cached(double px, Weight weight, const wxString& face) {
  static std::map<std::tuple<int, Weight, wxString>, wxFont> fonts;
  const auto key = std::make_tuple(static_cast<int>(px * 100), weight, face);
  const auto found = fonts.find(key);
  if (found != fonts.end()) return found->second;
  return fonts.emplace(key, make(px, weight, face)).first->second;
}

}  // namespace

const Theme& theme() {
  return mutable_theme();
}

void set_scale(double scale) {
  mutable_theme().scale = std::clamp(scale, 1.0, 1.4);
}

void set_text_scale(double scale) {
  mutable_theme().text_scale = std::clamp(scale, 1.0, 1.3);
}

const wxFont& font(int em_px, Weight weight) {
  return cached(em_px, weight, sans());
}

const wxFont& mono_font(int em_px) {
  return cached(em_px, Weight::regular, mono());
}

wxFont native_font(int em_px, Weight weight) {
  return make(em_px * theme().scale, weight, sans());
}

}  // namespace lanekeeper::widgets
