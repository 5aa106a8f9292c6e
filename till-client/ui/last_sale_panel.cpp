#include "till_ui/last_sale_panel.h"

namespace lanekeeper::till::ui {

using widgets::Align;
using widgets::Area;
using widgets::Icon;
using widgets::Overflow;
using widgets::Painter;
using widgets::theme;
using widgets::Weight;

LastSalePanel::LastSalePanel(wxWindow* parent) : PaintedControl(parent, wxString()) {}

void LastSalePanel::set(Content content) {
  if (content == content_) return;
  content_ = std::move(content);
  SetLabel(content_.title);
  Refresh();
}

void LastSalePanel::paint(Painter& painter) {
  const auto& t = theme();
  painter.box(painter.area(), {t.panel, t.line, 1, t.radius});
  const double row_height = content_.rows.size() > 3 ? 44 : 52;
  const double rows = row_height * static_cast<double>(content_.rows.size());
  Area area = painter.area().inset(24, 16);
  Area block = area.centred(std::min(area.w, 520.0), std::min(area.h, 118 + rows + 60));
  const double sign = 56;
  if (content_.done) {
    painter.disc(block.x + block.w / 2, block.y + sign / 2, sign / 2, content_.refund ? t.red : t.ink);
    painter.icon(content_.refund ? Icon::return_arrow : Icon::check, block.x + (block.w - 32) / 2,
                 block.y + (sign - 32) / 2, 32, t.on_ink, 3);
  } else {
    painter.icon(Icon::qr, block.x + (block.w - sign) / 2, block.y, sign, t.edge);
  }
  block.take_top(sign, 6);
  painter.text(content_.title, block.take_top(34), {24, Weight::bold, t.ink}, Align::centre);
  painter.text(content_.note, block.take_top(26, 8), {16, Weight::regular, t.ink_secondary}, Align::centre);
  for (const Row& row : content_.rows) {
    Area place = block.take_top(row_height);
    painter.fill({place.x, place.y, place.w, 1}, t.line);
    painter.text(row.label, place, {20, row.strong ? Weight::bold : Weight::regular, t.ink});
    painter.text(row.value, place,
                 {row.strong ? 36 : 24, Weight::bold, row.strong ? content_.refund ? t.red : t.accent : t.ink},
                 Align::right, Overflow::never);
  }
  if (!content_.rows.empty()) painter.fill({block.x, block.y, block.w, 1}, t.line);
  painter.text(content_.next, block.take_bottom(28), {17, Weight::regular, t.ink_quiet}, Align::centre);
}

}  // namespace lanekeeper::till::ui
