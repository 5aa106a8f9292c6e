#include "widgets/line_list.h"

#include <cmath>

namespace lanekeeper::widgets {

namespace {

constexpr double head_height = 30;
constexpr double strip_height = 28;
constexpr double drag_threshold = 8;
constexpr double least_tag_width = 44;

}  // namespace

wxString LineRow::spoken() const {
  wxString words = name;
  for (const LineTag& tag : tags) words += " " + tag.text;
  for (const wxString* part : {&note, &quantity, &price, &saving, &amount}) {
    if (!part->empty()) words += " " + *part;
  }
  return words;
}

LineList::LineList(wxWindow* parent) : PaintedControl(parent, wxString()) {
  Bind(wxEVT_SIZE, [this](wxSizeEvent& event) {
    scroll_to(first_);
    reveal(revealed_);
    say_rows();
    event.Skip();
  });
  Bind(wxEVT_LEFT_DOWN, &LineList::on_mouse, this);
  Bind(wxEVT_LEFT_UP, &LineList::on_mouse, this);
  Bind(wxEVT_MOTION, &LineList::on_mouse, this);
  Bind(wxEVT_MOUSE_CAPTURE_LOST, [this](wxMouseCaptureLostEvent&) { dragging_ = false; });
  Bind(wxEVT_MOUSEWHEEL, [this](wxMouseEvent& event) {
    wheel_ += event.GetWheelRotation();
    const int steps = wheel_ / event.GetWheelDelta();
    wheel_ -= steps * event.GetWheelDelta();
    scroll_to(first_ - steps);
  });
}

// The words of the strips change with those of the headings only: both follow the language.
void LineList::set_layout(Columns columns, Headings headings, Strips strips) {
  strips_ = std::move(strips);
  if (columns == columns_ && headings == headings_) return;
  columns_ = columns;
  headings_ = std::move(headings);
  say_rows();
  Refresh();
}

void LineList::set_rows(std::vector<LineRow> rows) {
  if (rows == rows_) return;
  rows_ = std::move(rows);
  scroll_to(first_);
  say_rows();
  Refresh();
}

// What can be seen is what is read out.
void LineList::say_rows() {
  const Viewport v = viewport();
  wxString words = headings_.name;
  for (int i = v.first; i < v.first + v.count; ++i) words += "\n" + rows_[static_cast<std::size_t>(i)].spoken();
  SetLabel(words);
}

int LineList::rows_per_page() const {
  const double room = design_height() - head_height - 2;
  return std::max(1, static_cast<int>(room / columns_.row_height));
}

// Rows share the room evenly, so that none is cut; a strip takes its own height and the rows the rest.
LineList::Viewport LineList::viewport() const {
  Viewport v;
  Area room{1, head_height + 1, design_width() - 2, design_height() - head_height - 2};
  const int total = static_cast<int>(rows_.size());
  if (total <= rows_per_page()) {
    v.count = total;
    v.row_height = room.h / rows_per_page();
    v.rows = room;
    return v;
  }
  v.first = first_;
  if (first_ > 0) v.above = room.take_top(strip_height);
  int fitting = std::max(1, static_cast<int>(room.h / columns_.row_height));
  if (first_ + fitting < total) {
    v.below = room.take_bottom(strip_height);
    fitting = std::max(1, static_cast<int>(room.h / columns_.row_height));
  }
  v.count = std::min(fitting, total - first_);
  v.row_height = room.h / fitting;
  v.rows = room;
  return v;
}

void LineList::scroll_to(int first) {
  const int total = static_cast<int>(rows_.size());
  const int before = first_;
  first_ = 0;
  if (total > rows_per_page()) {
    // At the end only the upper strip is there.
    const double room = design_height() - head_height - 2 - strip_height;
    const int at_end = std::max(1, static_cast<int>(room / columns_.row_height));
    first_ = std::clamp(first, 0, std::max(0, total - at_end));
  }
  if (first_ == before) return;
  say_rows();
  Refresh();
}

void LineList::reveal(std::size_t index) {
  revealed_ = index;
  if (index >= rows_.size()) return;
  const int wanted = static_cast<int>(index);
  if (wanted < first_) {
    scroll_to(wanted);
    return;
  }
  while (true) {
    const Viewport v = viewport();
    if (wanted < v.first + v.count) return;
    const int before = first_;
    scroll_to(first_ + (wanted - (v.first + v.count) + 1));
    if (first_ == before) return;
  }
}

void LineList::scroll_page(int direction) {
  revealed_ = static_cast<std::size_t>(-1);
  const int step = std::max(1, viewport().count - 1);
  scroll_to(first_ + direction * step);
}

void LineList::on_mouse(wxMouseEvent& event) {
  const double y = to_design(event.GetPosition()).m_y;
  if (event.LeftDown()) {
    dragging_ = true;
    drag_moved_ = false;
    drag_y_ = y;
    drag_first_ = first_;
    if (!HasCapture()) CaptureMouse();
    return;
  }
  if (!dragging_) return;
  const Viewport v = viewport();
  if (event.Dragging()) {
    if (std::abs(y - drag_y_) > drag_threshold) drag_moved_ = true;
    if (drag_moved_ && v.row_height > 0) {
      scroll_to(drag_first_ + static_cast<int>(std::lround((drag_y_ - y) / v.row_height)));
    }
    return;
  }
  dragging_ = false;
  if (HasCapture()) ReleaseMouse();
  if (drag_moved_) return;
  if (y < v.rows.y && v.above.h > 0 && y >= v.above.y) return scroll_page(-1);
  if (v.below.h > 0 && y >= v.below.y) return scroll_page(1);
  if (v.row_height <= 0 || y < v.rows.y) return;
  const int index = v.first + static_cast<int>((y - v.rows.y) / v.row_height);
  if (pressed_ && index < v.first + v.count) pressed_(rows_[static_cast<std::size_t>(index)].key);
}

void LineList::paint_head(Painter& painter, Area area) const {
  const TextStyle style{14, Weight::bold, theme().ink_secondary};
  area.x += columns_.left;
  area.w -= columns_.left + columns_.right;
  painter.text(headings_.amount, area.take_right(columns_.amount, columns_.gap), style, Align::right);
  if (columns_.saving > 0) {
    painter.text(headings_.saving, area.take_right(columns_.saving, columns_.gap), style, Align::right);
  }
  painter.text(headings_.price, area.take_right(columns_.price, columns_.gap), style, Align::right);
  painter.text(headings_.quantity, area.take_right(columns_.quantity, columns_.gap), style, Align::right);
  area.take_left(columns_.number, columns_.gap);
  painter.text(headings_.name, area, style);
}

void LineList::paint_strip(Painter& painter, Area area, const wxString& text, bool up) const {
  const Theme& t = theme();
  painter.fill(area, t.quiet_fill);
  painter.fill(up ? Area{area.x, area.bottom() - 1, area.w, 1} : Area{area.x, area.y, area.w, 1}, t.line);
  Area inner = area.inset(14, 0);
  const Area icon = inner.take_left(16, 8);
  painter.icon(up ? Icon::arrow_up : Icon::arrow_down, icon.x, icon.centre_y() - 8, 16, t.ink_secondary);
  const double used = painter.text(text, inner, {15, Weight::regular, t.ink_secondary});
  painter.key_cap(up ? "PgUp" : "PgDn", inner.x + used + 8, inner.centre_y() - 9.5, CapKind::plain);
}

void LineList::paint_name(Painter& painter, const Area& area, const LineRow& row) const {
  const Theme& t = theme();
  const bool strong =
      row.state == LineRow::State::last || row.state == LineRow::State::selected || row.state == LineRow::State::marked;
  const bool voided = row.state == LineRow::State::voided;
  const TextStyle name{columns_.name_px, strong ? Weight::bold : Weight::regular, voided ? t.ink_quiet : t.ink, voided};
  if (row.tags.empty() && row.note.empty()) {
    painter.text(row.name, area, name);
    return;
  }
  Area block = area.centred(area.w, std::min(44.0, area.h - 1));
  painter.text(row.name, block.take_top(block.h < 44 ? 22 : 25), name);
  double x = block.x;
  for (const LineTag& tag : row.tags) {
    const double room = block.right() - x;
    if (room < least_tag_width) break;
    const double frame = painter.tag_width(wxString());
    const bool fits = painter.tag_width(tag.text) <= room;
    const wxString text = fits ? tag.text : painter.ellipsized(tag.text, {13, Weight::bold}, room - frame);
    x += painter.tag(text, x, block.centre_y(), tag.kind) + 4;
  }
  painter.text(row.note, {x, block.y, std::max(0.0, block.right() - x), block.h}, {14, Weight::regular, t.ink_quiet});
}

void LineList::paint_row(Painter& painter, Area area, const LineRow& row) const {
  const Theme& t = theme();
  const auto band = [&](const wxColour& fill, const wxColour& bar) {
    painter.fill(area, fill);
    painter.fill({area.x, area.y, 6, area.h}, bar);
  };
  const bool voided = row.state == LineRow::State::voided;
  if (row.state == LineRow::State::last || row.state == LineRow::State::selected) band(t.accent_tint, t.accent);
  if (row.state == LineRow::State::marked) band(t.amber_tint, t.amber);
  if (voided && row.current) {
    band(t.accent_tint, t.accent);
  } else if (voided) {
    painter.fill(area, t.quiet_fill);
  }

  area.x += columns_.left;
  area.w -= columns_.left + columns_.right;
  const wxColour& ink = voided ? t.ink_quiet : t.ink;
  const TextStyle figure{columns_.figure_px, Weight::regular, ink};
  const auto cell = [&](double width, const wxString& text, const TextStyle& style) {
    painter.text(text, area.take_right(width, columns_.gap), style, Align::right, Overflow::never);
  };
  cell(columns_.amount, row.amount, {18, Weight::bold, ink, voided});
  if (columns_.saving > 0) cell(columns_.saving, row.saving, figure.in(t.accent));
  cell(columns_.price, row.price, figure);
  cell(columns_.quantity, row.quantity, figure);
  painter.text(row.number, area.take_left(columns_.number, columns_.gap), {16, Weight::regular, t.ink_quiet},
               Align::right);
  paint_name(painter, area, row);
}

void LineList::paint(Painter& painter) {
  const Theme& t = theme();
  painter.box(painter.area(), {t.panel, t.line, 1, t.radius});
  Area head{1, 1, painter.width() - 2, head_height};
  painter.box(head, {t.off, std::nullopt, 1, t.radius - 1});
  painter.fill({1, head.bottom() - t.radius, head.w, t.radius}, t.off);
  paint_head(painter, head);

  const Viewport v = viewport();
  if (v.above.h > 0 && strips_.above) paint_strip(painter, v.above, strips_.above(v.first), true);
  double y = v.rows.y;
  for (int i = 0; i < v.count; ++i) {
    // Whole pixels, so that rules stay sharp.
    const double top = std::round(y);
    const double bottom = std::round(y + v.row_height);
    paint_row(painter, {v.rows.x, top, v.rows.w, bottom - top},
              rows_[static_cast<std::size_t>(v.first) + static_cast<std::size_t>(i)]);
    const bool last_of_page = i + 1 == v.count && v.count * v.row_height >= v.rows.h - 1;
    if (!last_of_page) painter.fill({v.rows.x, bottom - 1, v.rows.w, 1}, t.line);
    y += v.row_height;
  }
  const int hidden = static_cast<int>(rows_.size()) - v.first - v.count;
  if (v.below.h > 0 && strips_.below) paint_strip(painter, v.below, strips_.below(hidden), false);
}

}  // namespace lanekeeper::widgets
