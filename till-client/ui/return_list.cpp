#include "till_ui/return_list.h"

#include <algorithm>
#include <cmath>

#include "till_ui/list_look.h"

namespace lanekeeper::till::ui {

using widgets::Align;
using widgets::Area;
using widgets::Icon;
using widgets::Overflow;
using widgets::Painter;
using widgets::TextStyle;
using widgets::theme;
using widgets::Weight;

namespace {

constexpr double least_row = 56;
constexpr double key_size = 48;
constexpr double tick_size = 28;
constexpr double drag_threshold = 8;

}  // namespace

ReturnList::ReturnList(wxWindow* parent) : PaintedControl(parent, wxString()) {
  Bind(wxEVT_SIZE, [this](wxSizeEvent& event) {
    reveal();
    Refresh();
    event.Skip();
  });
  Bind(wxEVT_LEFT_DOWN, &ReturnList::on_mouse, this);
  Bind(wxEVT_LEFT_UP, &ReturnList::on_mouse, this);
  Bind(wxEVT_MOTION, &ReturnList::on_mouse, this);
  Bind(wxEVT_MOUSE_CAPTURE_LOST, [this](wxMouseCaptureLostEvent&) { dragging_ = false; });
  Bind(wxEVT_MOUSEWHEEL, [this](wxMouseEvent& event) { scroll_to(first_ + (event.GetWheelRotation() > 0 ? -1 : 1)); });
}

void ReturnList::set(Content content) {
  if (content == content_) return;
  const auto selected_of = [](const Content& all) {
    const auto found = std::find_if(all.rows.begin(), all.rows.end(), [](const Row& row) { return row.selected; });
    return found == all.rows.end() ? 0 : found->line;
  };
  const bool moved = selected_of(content) != selected_of(content_) || content.rows.size() != content_.rows.size();
  content_ = std::move(content);
  SetLabel(content_.name);
  if (moved) reveal();
  Refresh();
}

int ReturnList::rows_per_page() const {
  return std::max(1, static_cast<int>((design_height() - list_head_height - 2) / least_row));
}

double ReturnList::row_height() const {
  return (design_height() - list_head_height - 2) / rows_per_page();
}

void ReturnList::scroll_to(int first) {
  const int last = std::max(0, static_cast<int>(content_.rows.size()) - rows_per_page());
  const int wanted = std::clamp(first, 0, last);
  if (wanted == first_) return;
  first_ = wanted;
  Refresh();
}

void ReturnList::reveal() {
  scroll_to(first_);
  for (std::size_t i = 0; i < content_.rows.size(); ++i) {
    const int row = static_cast<int>(i);
    if (!content_.rows[i].selected) continue;
    if (row < first_) scroll_to(row);
    if (row >= first_ + rows_per_page()) scroll_to(row - rows_per_page() + 1);
  }
}

ReturnList::Cells ReturnList::cells(const Area& row) const {
  const double gap = content_.narrow ? 10 : 12;
  Area area = row;
  area.x += content_.narrow ? 12 : 16;
  area.w -= (content_.narrow ? 12 : 16) + 14;
  Cells cells;
  const Area box = area.take_left(tick_size, content_.narrow ? 10 : 14);
  cells.tick = box.centred(tick_size, tick_size);
  cells.refund = area.take_right(content_.narrow ? 82 : 108, gap);
  cells.more = area.take_right(key_size, 0).centred(key_size, key_size);
  cells.back = area.take_right(content_.narrow ? 74 : 84, 0);
  cells.less = area.take_right(key_size, gap).centred(key_size, key_size);
  if (!content_.narrow) cells.net = area.take_right(80, gap);
  cells.sold = area.take_right(content_.narrow ? 66 : 84, gap);
  cells.name = area;
  return cells;
}

void ReturnList::on_mouse(wxMouseEvent& event) {
  const auto at = to_design(event.GetPosition());
  if (event.LeftDown()) {
    dragging_ = true;
    moved_ = false;
    drag_y_ = at.m_y;
    drag_first_ = first_;
    if (!HasCapture()) CaptureMouse();
    return;
  }
  if (!dragging_) return;
  if (event.Dragging()) {
    if (std::abs(at.m_y - drag_y_) > drag_threshold) moved_ = true;
    if (moved_) scroll_to(drag_first_ + static_cast<int>(std::lround((drag_y_ - at.m_y) / row_height())));
    return;
  }
  dragging_ = false;
  if (HasCapture()) ReleaseMouse();
  const double y = at.m_y - list_head_height - 1;
  if (moved_ || y < 0) return;
  const auto index = static_cast<std::size_t>(first_) + static_cast<std::size_t>(y / row_height());
  if (index >= content_.rows.size()) return;
  const double top =
      list_head_height + 1 + static_cast<double>(index - static_cast<std::size_t>(first_)) * row_height();
  const Cells place = cells({1, top, design_width() - 2, row_height()});
  const std::int64_t line = content_.rows[index].line;
  if (stepped_ && place.less.contains(at.m_x, at.m_y)) return stepped_(line, -1);
  if (stepped_ && place.more.contains(at.m_x, at.m_y)) return stepped_(line, 1);
  const Area box = place.tick;
  const bool on_box = Area{box.x - 12, top, box.w + 20, row_height()}.contains(at.m_x, at.m_y);
  if (ticked_ && on_box && !content_.rows[index].gone) return ticked_(line);
  if (pressed_) pressed_(line);
}

void ReturnList::paint_row(Painter& painter, const Area& area, const Row& row) const {
  const auto& t = theme();
  if (row.gone) painter.fill(area, t.quiet_fill);
  if (row.selected) paint_chosen_row(painter, area);
  const Cells place = cells(area);
  const wxColour& ink = row.gone ? t.ink_quiet : t.ink;
  const TextStyle figure{18, Weight::regular, ink};
  const bool ticked = !row.gone && !row.refund.empty();
  painter.box(place.tick, {ticked ? t.accent : row.gone ? t.off : t.panel, ticked ? t.accent : t.edge, 2, 4});
  if (ticked) painter.icon(Icon::check, place.tick.x + 4, place.tick.y + 4, 20, t.on_ink, 3);
  const Area block = place.name.centred(place.name.w, row.note.empty() && row.tags.empty() ? 25 : 46);
  painter.text(row.name, {block.x, block.y, block.w, 25}, {18, row.selected ? Weight::bold : Weight::regular, ink});
  Area note{block.x, block.y + 26, block.w, 20};
  for (const auto& [words, kind] : row.tags) {
    const double width = painter.tag_width(words, 13);
    if (note.w < width) break;
    painter.tag(words, note.x, note.centre_y(), kind, 13);
    note.take_left(width, 6);
  }
  if (note.w > 30) painter.text(row.note, note, {14, Weight::regular, t.ink_quiet});
  painter.text(row.sold, place.sold, figure, Align::right, Overflow::never);
  if (!content_.narrow) painter.text(row.net, place.net, figure, Align::right, Overflow::never);
  const auto key = [&](const Area& box, Icon icon, bool usable) {
    painter.box(box, {usable ? t.panel : t.off, usable ? t.edge : t.off, 1, t.radius});
    painter.icon(icon, box.x + 12, box.y + 12, 24, usable ? t.ink : t.off_edge, 2.5);
  };
  if (!row.gone) {
    key(place.less, Icon::minus, row.less);
    key(place.more, Icon::plus, row.more);
  }
  painter.text(row.gone ? wxString::FromUTF8("\u2014") : row.back, place.back,
               {row.back.length() > 4 ? 15 : 20, Weight::bold, ink}, Align::centre);
  painter.text(row.refund, place.refund, {20, Weight::bold, t.red}, Align::right, Overflow::never);
}

void ReturnList::paint(Painter& painter) {
  const auto& t = theme();
  Area area = painter.area();
  const Area head = paint_list_frame(painter, area);
  const TextStyle heading{14, Weight::bold, t.ink_secondary};
  const Cells place = cells(head);
  painter.text(content_.name, {place.name.x, head.y, place.name.w, head.h}, heading);
  painter.text(content_.sold, place.sold, heading, Align::right);
  if (!content_.narrow) painter.text(content_.net, place.net, heading, Align::right);
  painter.text(content_.back, {place.less.x, head.y, place.more.right() - place.less.x, head.h}, heading,
               Align::centre);
  painter.text(content_.refund, place.refund, heading, Align::right);
  double y = list_head_height + 1;
  const int page = rows_per_page();
  for (int i = 0; i < page && first_ + i < static_cast<int>(content_.rows.size()); ++i) {
    const double top = std::round(y);
    const double bottom = std::round(y + row_height());
    paint_row(painter, {1, top, painter.width() - 2, bottom - top},
              content_.rows[static_cast<std::size_t>(first_) + static_cast<std::size_t>(i)]);
    if (i + 1 < page) painter.fill({1, bottom - 1, painter.width() - 2, 1}, t.line);
    y += row_height();
  }
}

}  // namespace lanekeeper::till::ui
