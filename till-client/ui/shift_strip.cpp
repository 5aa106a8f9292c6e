#include "till_ui/shift_strip.h"

namespace lanekeeper::till::ui {

using widgets::Area;
using widgets::Icon;
using widgets::theme;
using widgets::Weight;

PickUpStrip::PickUpStrip(wxWindow* parent, Desk& desk)
    : Pressable(parent, wxString(), widgets::Focus::none), desk_(desk) {}

bool PickUpStrip::show(const Scene& scene) {
  const RegisterView& view = scene.desk.view();
  if (scene.desk.screen() != Screen::sale || !view.shift || view.shift->drawer_cash_over <= Money()) return false;
  const wxString words =
      scene.text("till.shift.over", {{"amount", widgets::grouped_amount_text(view.shift->drawer_cash_over)}});
  const wxString key = scene.text("till.shift.over_key");
  if (words != words_ || key != key_) {
    words_ = words;
    key_ = key;
    SetLabel(words);
    Refresh();
  }
  return true;
}

void PickUpStrip::fire() {
  desk_.act(Action::cash_moves);
}

void PickUpStrip::paint(widgets::Painter& painter) {
  painter.keep_sizes();
  const auto& t = theme();
  Area area = painter.area();
  painter.fill(area, t.amber_tint);
  painter.fill({area.x, area.bottom() - 2, area.w, 2}, t.amber);
  area = area.inset(16, 0);
  const Area sign = area.take_left(20, 10);
  painter.icon(Icon::cash, sign.x, sign.centre_y() - 10, 20, t.amber_ink);
  const double width = painter.text_width(key_, {15, Weight::bold}) + 1;
  painter.text(key_, area.take_right(width, 16), {15, Weight::bold, t.amber_ink});
  painter.text(words_, area, {16, Weight::bold, t.ink});
}

}  // namespace lanekeeper::till::ui
