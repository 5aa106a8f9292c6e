#include "till_ui/list_look.h"

namespace lanekeeper::till::ui {

widgets::Area paint_list_frame(widgets::Painter& painter, widgets::Area& area) {
  const auto& t = widgets::theme();
  painter.box(area, {t.panel, t.line, 1, t.radius});
  area = area.inset(1);
  const widgets::Area head = area.take_top(list_head_height);
  painter.box(head, {t.off, std::nullopt, 1, t.radius - 1});
  painter.fill({head.x, head.bottom() - t.radius, head.w, t.radius}, t.off);
  return head;
}

void paint_chosen_row(widgets::Painter& painter, const widgets::Area& row) {
  const auto& t = widgets::theme();
  painter.fill(row, t.accent_tint);
  painter.fill({row.x, row.y, 6, row.h}, t.accent);
}

}  // namespace lanekeeper::till::ui
