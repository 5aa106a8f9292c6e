#include "till_ui/return_ways.h"

namespace lanekeeper::till::ui {

using widgets::Align;
using widgets::Area;
using widgets::Overflow;
using widgets::theme;
using widgets::Weight;

namespace {

constexpr double head_height = 26;
constexpr double row_height = 36;

}  // namespace

wxString ReturnWaysContent::spoken() const {
  wxString all = title + ". " + hint;
  for (const Row& row : rows) all += ". " + row.name + " " + row.amount;
  return all;
}

void ReturnWays::paint(widgets::Painter& painter) {
  const auto& t = theme();
  paint_panel(painter);
  Area area = painter.area().inset(15, 8);
  Area head = area.take_top(head_height);
  const double used = painter.text(content_.title, head, {17, Weight::bold, t.ink});
  head.take_left(used + 12);
  painter.text(content_.hint, head, fitted(painter, content_.hint, {14, Weight::regular, t.ink_quiet}, head.w, 12),
               Align::right);
  for (const auto& row : content_.rows) {
    if (area.h < row_height - 4) return;
    Area line = area.take_top(row_height);
    painter.fill({line.x, line.y, line.w, 1}, t.line);
    const Area sign = line.take_left(22, 10);
    painter.icon(row.icon, sign.x, sign.centre_y() - 11, 22, t.ink);
    const double amount = painter.text(row.amount, line, {18, Weight::bold, t.red}, Align::right, Overflow::never);
    line.take_right(amount + 10);
    const double name = painter.text(row.name, line, {17, Weight::regular, t.ink});
    line.take_left(name + 10);
    painter.text(row.note, line, {14, Weight::regular, t.ink_quiet});
  }
}

}  // namespace lanekeeper::till::ui
