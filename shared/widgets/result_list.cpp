#include "widgets/result_list.h"

#include <cmath>

#include "widgets/table_cells.h"

namespace lanekeeper::widgets {

namespace {

constexpr double head_height = 30;
constexpr double smallest_row = 48;

}  // namespace

ResultList::ResultList(wxWindow* parent) : PaintedControl(parent, wxString()) {
  Bind(wxEVT_LEFT_DOWN, [this](wxMouseEvent& event) {
    const Area rows = rows_area();
    const double y = to_design(event.GetPosition()).m_y - rows.y;
    const int index = first_ + static_cast<int>(std::floor(y / row_height()));
    if (y >= 0 && index < static_cast<int>(content_.rows.size()) && pressed_) pressed_(index);
  });
}

Area ResultList::rows_area() const {
  return {1, head_height + 1, design_width() - 2, design_height() - head_height - 2};
}

int ResultList::rows_per_page() const {
  return std::max(1, static_cast<int>(rows_area().h / smallest_row));
}

double ResultList::row_height() const {
  return rows_area().h / rows_per_page();
}

void ResultList::set(Content content) {
  if (content == content_) return;
  content_ = std::move(content);
  const int page = rows_per_page();
  const int total = static_cast<int>(content_.rows.size());
  if (content_.selected < first_) first_ = std::max(0, content_.selected);
  if (content_.selected >= first_ + page) first_ = content_.selected - page + 1;
  first_ = std::clamp(first_, 0, std::max(0, total - page));
  SetLabel(content_.heading);
  Refresh();
}

void ResultList::paint_row(Painter& painter, Area area, const Row& row, bool selected) const {
  const Theme& t = theme();
  if (selected) {
    painter.fill(area, t.accent_tint);
    painter.fill({area.x, area.y, 6, area.h}, t.accent);
  }
  Area inner = area.inset(16, 0);
  if (!row.cap.empty()) {
    const double width = std::max(34.0, painter.key_cap_width(row.cap));
    const Area place = inner.take_left(width, 12);
    painter.key_cap(row.cap, place.x, place.centre_y() - 9.5, CapKind::plain);
  }
  const TextStyle price{20, Weight::bold, t.ink};
  const TextStyle unit{14, Weight::regular, t.ink_quiet};
  // Prices align at the decimal point whatever the unit says.
  const Area units = inner.take_right(28, 2);
  painter.text(row.unit, units, unit);
  const Area prices = inner.take_right(std::max(90.0, painter.text_width(row.price, price)), 12);
  painter.text(row.price, prices, price, Align::right, Overflow::never);
  Area words = inner.centred(inner.w, row.note.empty() ? 26 : 44);
  paint_highlighted(painter, row.name, content_.highlight, words.take_top(25),
                    {18, selected ? Weight::bold : Weight::regular, t.ink});
  painter.text(row.note, words, {14, Weight::regular, t.ink_quiet});
}

void ResultList::paint(Painter& painter) {
  const Theme& t = theme();
  painter.box(painter.area(), {t.panel, t.line, 1, t.radius});
  Area head{1, 1, painter.width() - 2, head_height};
  painter.box(head, {t.off, std::nullopt, 1, t.radius - 1});
  painter.fill({head.x, head.bottom() - t.radius, head.w, t.radius}, t.off);
  head = head.inset(14, 0);
  const TextStyle heading{14, Weight::bold, t.ink_secondary};
  const double hint = painter.text_width(content_.hint, heading.size(14));
  painter.text(content_.hint, head.take_right(std::min(hint + 1, head.w * 0.65), 10), heading, Align::right);
  painter.text(content_.heading, head, heading);

  const Area rows = rows_area();
  if (content_.rows.empty()) {
    Area middle = rows.centred(rows.w - 60, 64);
    painter.text(content_.empty, middle.take_top(32), {20, Weight::bold, t.ink_secondary}, Align::centre);
    painter.paragraph(content_.empty_note, middle, {16, Weight::regular, t.ink_quiet}, 22, Align::centre);
    return;
  }
  double y = rows.y;
  const int last = std::min(static_cast<int>(content_.rows.size()), first_ + rows_per_page());
  for (int i = first_; i < last; ++i) {
    const double top = std::round(y);
    const double bottom = std::round(y + row_height());
    paint_row(painter, {rows.x, top, rows.w, bottom - top}, content_.rows[static_cast<std::size_t>(i)],
              i == content_.selected);
    if (bottom < rows.bottom() - 1) painter.fill({rows.x, bottom - 1, rows.w, 1}, t.line);
    y += row_height();
  }
}

}  // namespace lanekeeper::widgets
