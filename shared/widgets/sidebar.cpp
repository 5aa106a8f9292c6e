#include "widgets/sidebar.h"

#include <cmath>

namespace lanekeeper::widgets {

namespace {

constexpr double brand_height = 56;
constexpr double entry_height = 48;
constexpr double side_padding = 18;

}  // namespace

Sidebar::Sidebar(wxWindow* parent) : PaintedControl(parent, wxString(), Focus::tab_stop) {
  set_ground(theme().ink);
  set_design_size(wide_px, -1);
  Bind(wxEVT_LEFT_DOWN, [this](wxMouseEvent& event) {
    const wxPoint2DDouble at = to_design(event.GetPosition());
    for (int i = 0; i < static_cast<int>(content_.entries.size()); ++i) {
      if (!entry_area(i).contains(at.m_x, at.m_y)) continue;
      focused_ = i;
      if (handler_) handler_(i);
      return;
    }
  });
  Bind(wxEVT_KEY_DOWN, &Sidebar::on_key, this);
}

void Sidebar::on_key(wxKeyEvent& event) {
  const int count = static_cast<int>(content_.entries.size());
  switch (event.GetKeyCode()) {
    case WXK_UP:
    case WXK_DOWN:
      focused_ = std::clamp(focused_ + (event.GetKeyCode() == WXK_UP ? -1 : 1), 0, std::max(0, count - 1));
      Refresh();
      return;
    case WXK_RETURN:
    case WXK_NUMPAD_ENTER:
    case WXK_SPACE:
      if (handler_ && focused_ < count) handler_(focused_);
      return;
    default:
      event.Skip();
  }
}

void Sidebar::set(Content content) {
  if (content == content_) return;
  const bool resized = content.narrow != content_.narrow;
  if (content.selected != content_.selected) focused_ = content.selected;
  content_ = std::move(content);
  if (resized) set_design_size(content_.narrow ? narrow_px : wide_px, -1);
  SetLabel(content_.brand);
  Refresh();
}

Area Sidebar::entry_area(int index) const {
  return {0, brand_height + entry_height * index, design_width(), entry_height};
}

void Sidebar::paint_entry(Painter& painter, int index) const {
  const Theme& t = theme();
  const Entry& entry = content_.entries[static_cast<std::size_t>(index)];
  const Area area = entry_area(index);
  const bool on = index == content_.selected;
  if (on) {
    painter.fill(area, t.on_ink_selected);
    painter.fill({0, area.y, 4, area.h}, t.amber);
  }
  if (has_focus_ring() && index == focused_) painter.box(area, {std::nullopt, t.on_ink_saving, 2, 0});
  const wxColour& colour = on ? t.on_ink : t.on_ink_quiet;
  if (content_.narrow) {
    painter.icon(entry.icon, (area.w - 22) / 2, area.centre_y() - 11, 22, colour);
    if (!entry.badge.empty()) painter.disc(area.right() - 14, area.y + 14, 5, t.amber);
    return;
  }
  Area inner = area.inset(side_padding, 0);
  const Area icon = inner.take_left(20, 12);
  painter.icon(entry.icon, icon.x, icon.centre_y() - 10, 20, colour);
  if (!entry.badge.empty()) {
    const TextStyle style{13, Weight::bold, t.ink};
    const double width = std::max(21.0, std::ceil(painter.text_width(entry.badge, style)) + 14);
    const Area badge = inner.take_right(width, 8).centred(width, 20);
    painter.box(badge, {t.amber, std::nullopt, 1, 10});
    painter.text(entry.badge, badge, style, Align::centre, Overflow::never);
  }
  painter.text(entry.label, inner, {16, on ? Weight::bold : Weight::regular, colour});
}

void Sidebar::paint_footer(Painter& painter) const {
  const Theme& t = theme();
  if (content_.footer.empty()) return;
  const double height = 23 * static_cast<double>(content_.footer.size()) + 26;
  Area area{0, painter.height() - height, painter.width(), height};
  painter.fill({0, area.y, area.w, 1}, t.on_ink_rule);
  area = area.inset(content_.narrow ? 0 : side_padding, 13);
  for (const FooterLine& line : content_.footer) {
    Area row = area.take_top(23);
    const wxColour& colour = line.warning ? t.on_ink_waiting : t.on_ink_quiet;
    const Area icon = content_.narrow ? row.centred(16, 16) : row.take_left(16, 10);
    painter.icon(line.icon, icon.x, icon.centre_y() - 8, 16, colour);
    if (!content_.narrow) painter.text(line.text, row, {14, Weight::regular, colour});
  }
}

void Sidebar::paint(Painter& painter) {
  const Theme& t = theme();
  Area brand{0, 0, painter.width(), brand_height};
  if (content_.narrow) {
    painter.icon(Icon::lane, (painter.width() - 24) / 2, 16, 24, t.on_ink);
  } else {
    brand = brand.inset(side_padding, 0);
    const Area icon = brand.take_left(22, 10);
    painter.icon(Icon::lane, icon.x, icon.centre_y() - 11, 22, t.on_ink);
    painter.text(content_.brand, brand, {17, Weight::bold, t.on_ink});
  }
  for (int i = 0; i < static_cast<int>(content_.entries.size()); ++i) paint_entry(painter, i);
  paint_footer(painter);
}

}  // namespace lanekeeper::widgets
