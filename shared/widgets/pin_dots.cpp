#include "widgets/pin_dots.h"

namespace lanekeeper::widgets {

PinDots::PinDots(wxWindow* parent) : PaintedControl(parent, wxString()) {
  set_design_size(-1, 72);
}

void PinDots::set(Content content) {
  if (content == content_) return;
  content_ = std::move(content);
  SetLabel(content_.label);
  Refresh();
}

void PinDots::paint(Painter& painter) {
  painter.keep_sizes();
  const Theme& t = theme();
  painter.box(painter.area(), {t.panel, t.accent, 3, t.radius});
  Area area = painter.area().inset(23, 0);
  painter.fill({area.right() - 2, area.centre_y() - 14, 2, 28}, t.accent);
  area.take_right(18);
  const TextStyle label{20, Weight::regular, t.ink_secondary};
  const int places = std::max(content_.places, content_.filled);
  constexpr double step = 32;
  const double dots = places * step - 12;
  const double label_room = std::max(60.0, area.w - dots - 16);
  const double used = painter.text(content_.label, {area.x, area.y, label_room, area.h}, label);
  area.take_left(used + 16);
  double x = area.x + std::max(0.0, (area.w - dots) / 2);
  for (int i = 0; i < places; ++i, x += step) {
    painter.disc(x + 10, area.centre_y(), 10, i < content_.filled ? t.ink : t.panel, t.ink, 2);
  }
}

}  // namespace lanekeeper::widgets
