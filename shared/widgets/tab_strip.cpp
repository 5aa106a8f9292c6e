#include "widgets/tab_strip.h"

#include <cmath>

namespace lanekeeper::widgets {

namespace {
constexpr double padding = 12;
}

TabStrip::TabStrip(wxWindow* parent) : PaintedControl(parent, wxString(), Focus::tab_stop) {
  set_ground(theme().panel);
  Bind(wxEVT_LEFT_DOWN, [this](wxMouseEvent& event) {
    SetFocus();
    double x = to_design(event.GetPosition()).m_x;
    for (std::size_t i = 0; i < labels_.size(); ++i) {
      x -= tab_width(i);
      if (x < 0) return select(static_cast<int>(i));
    }
  });
  Bind(wxEVT_KEY_DOWN, [this](wxKeyEvent& event) {
    if (event.GetKeyCode() == WXK_LEFT) return select(selected_ - 1);
    if (event.GetKeyCode() == WXK_RIGHT) return select(selected_ + 1);
    event.Skip();
  });
}

void TabStrip::set(std::vector<wxString> labels, int selected) {
  labels_ = std::move(labels);
  selected_ = selected;
  if (!labels_.empty()) SetLabel(labels_[static_cast<std::size_t>(selected)]);
  InvalidateBestSize();
  Refresh();
}

void TabStrip::select(int index) {
  if (index < 0 || index >= static_cast<int>(labels_.size()) || index == selected_) return;
  selected_ = index;
  SetLabel(labels_[static_cast<std::size_t>(index)]);
  Refresh();
  if (handler_) handler_(index);
}

double TabStrip::tab_width(std::size_t index) const {
  return std::ceil(measure_text(labels_[index], 15, Weight::bold)) + 2 * padding;
}

wxSize TabStrip::DoGetBestClientSize() const {
  double width = 0;
  for (std::size_t i = 0; i < labels_.size(); ++i) width += tab_width(i);
  return {px(width), px(40)};
}

void TabStrip::paint(Painter& painter) {
  const Theme& t = theme();
  painter.fill({0, painter.height() - 1, painter.width(), 1}, t.line);
  double x = 0;
  for (std::size_t i = 0; i < labels_.size(); ++i) {
    const bool on = static_cast<int>(i) == selected_;
    const double width = tab_width(i);
    const Area area{x, 0, width, painter.height()};
    if (on && has_focus_ring()) painter.fill(area, t.accent_tint);
    painter.text(labels_[i], area, {15, on ? Weight::bold : Weight::regular, on ? t.accent : t.ink}, Align::centre);
    if (on) painter.fill({x, painter.height() - 3, width, 3}, t.accent);
    x += width;
  }
}

}  // namespace lanekeeper::widgets
