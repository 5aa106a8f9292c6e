#include "till_ui/offer_strip.h"

#include "till_ui/wording.h"

namespace lanekeeper::till::ui {

using widgets::amount_text;
using widgets::Area;
using widgets::Icon;
using widgets::TextStyle;
using widgets::theme;
using widgets::to_wx;
using widgets::Weight;

namespace {

constexpr std::size_t most_misses = 3;

}  // namespace

wxString OfferWords::spoken() const {
  wxString all = coupons + " " + coupons_saving + " " + doubt;
  for (const wxString& miss : misses) all += " " + miss;
  return all;
}

OfferWords offer_words(const Scene& scene) {
  const RegisterView& view = scene.desk.view();
  OfferWords words;
  for (const ViewNearMiss& miss : view.near_misses) {
    if (words.misses.size() < most_misses) words.misses.push_back(near_miss_text(scene, miss));
  }
  if (!view.coupons.empty()) {
    Money saved;
    for (const ViewCoupon& coupon : view.coupons) saved += coupon.saving;
    const std::string count = std::to_string(view.coupons.size());
    words.coupons = view.coupons.size() == 1 ? coupon_name(scene, view.coupons.front())
                                             : scene.text("till.coupon.count", {{"count", count}});
    words.coupons_saving = to_wx(amount_text(-saved));
  }
  if (!view.optimal) words.doubt = scene.text("till.offers.not_proven");
  return words;
}

void OfferStrip::paint(widgets::Painter& painter) {
  painter.keep_sizes();
  const auto& t = theme();
  if (content_ == OfferWords{}) return;
  painter.box(painter.area(), {t.quiet_fill, t.line, 1, t.radius});
  Area area = painter.area().inset(12, 1);
  const TextStyle quiet{15, Weight::regular, t.ink_secondary};
  if (!content_.coupons.empty()) {
    const TextStyle figure{16, Weight::bold, t.accent};
    const double width = painter.text_width(content_.coupons_saving, figure) + 1;
    painter.text(content_.coupons_saving, area.take_right(width, 8), figure, widgets::Align::right,
                 widgets::Overflow::never);
    const double name = std::min(painter.text_width(content_.coupons, quiet) + 1, area.w * 0.4);
    painter.text(content_.coupons, area.take_right(name, 6), quiet);
    const Area sign = area.take_right(20, 14);
    painter.icon(Icon::ticket, sign.x, sign.centre_y() - 10, 20, t.accent);
  }
  if (!content_.doubt.empty()) {
    const double width = std::min(painter.text_width(content_.doubt, quiet) + 1, area.w);
    painter.text(content_.doubt, area.take_right(width, 14), quiet);
  }
  if (content_.misses.empty()) return;
  const Area sign = area.take_left(20, 8);
  painter.icon(Icon::tag, sign.x, sign.centre_y() - 9, 18, t.accent);
  wxString line;
  for (const wxString& miss : content_.misses) {
    const wxString longer = line.empty() ? miss : line + wxString::FromUTF8("\u3000") + miss;
    // A second one only when it can be read whole.
    if (!line.empty() && painter.text_width(longer, quiet) > area.w) break;
    line = longer;
  }
  painter.text(line, area, quiet.in(t.ink));
}

}  // namespace lanekeeper::till::ui
