#include "widgets/chip.h"

#include <cmath>

namespace lanekeeper::widgets {

Chip::Chip(wxWindow* parent, Content content)
    : Pressable(parent, content.label, Focus::tab_stop), content_(std::move(content)) {
  InvalidateBestSize();
  SetInitialSize(GetBestSize());
}

void Chip::set(Content content) {
  if (content == content_) return;
  content_ = std::move(content);
  SetLabel(content_.label);
  InvalidateBestSize();
  SetInitialSize(GetBestSize());
  Refresh();
}

wxSize Chip::DoGetBestClientSize() const {
  // As wide as its bold form, so that nothing moves when it is switched.
  return {px(std::ceil(measure_text(content_.label, 14, Weight::bold)) + 26), px(32)};
}

void Chip::paint(Painter& painter) {
  const Theme& t = theme();
  const bool on = content_.on;
  wxColour fill = on ? t.ink : pressed() ? t.pressed : t.panel;
  wxColour border = on ? t.ink : t.edge;
  double border_width = 1;
  if (has_focus_ring()) {
    border = t.accent;
    border_width = 3;
    if (!on) fill = t.accent_tint;
  }
  painter.box(painter.area(), {fill, border, border_width, painter.height() / 2});
  painter.text(content_.label, painter.area(), {14, on ? Weight::bold : Weight::regular, on ? t.on_ink : t.ink},
               Align::centre);
}

}  // namespace lanekeeper::widgets
