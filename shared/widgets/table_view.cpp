#include "widgets/table_view.h"

#include <cmath>

#include "widgets/table_cells.h"

namespace lanekeeper::widgets {

namespace {

constexpr double head_height = 34;
constexpr double cell_padding = 10;
constexpr double edge_padding = 6;  // beside the first and the last column
constexpr double thumb_width = 6;
constexpr double least_thumb = 32;
constexpr double rows_before_end = 8;  // more are loaded when so few are left below

wxColour tone_colour(TableCell::Tone tone) {
  const Theme& t = theme();
  switch (tone) {
    case TableCell::Tone::secondary:
      return t.ink_secondary;
    case TableCell::Tone::quiet:
      return t.ink_quiet;
    case TableCell::Tone::accent:
      return t.accent;
    case TableCell::Tone::attention:
      return t.amber_ink;
    case TableCell::Tone::stop:
      return t.red;
    case TableCell::Tone::normal:
      break;
  }
  return t.ink;
}

}  // namespace

TableView::TableView(wxWindow* parent, const wxString& name, std::vector<TableColumn> columns, Source source)
    : PaintedControl(parent, name, Focus::tab_stop), columns_(std::move(columns)), source_(std::move(source)) {
  Bind(wxEVT_LEFT_DOWN, &TableView::on_left_down, this);
  Bind(wxEVT_LEFT_DCLICK, [this](wxMouseEvent& event) {
    on_left_down(event);
    if (activate_ && selected_) activate_(*selected_);
  });
  Bind(wxEVT_MOTION, &TableView::on_motion, this);
  Bind(wxEVT_LEFT_UP, [this](wxMouseEvent&) {
    thumb_grip_.reset();
    if (HasCapture()) ReleaseMouse();
  });
  Bind(wxEVT_MOUSE_CAPTURE_LOST, [this](wxMouseCaptureLostEvent&) { thumb_grip_.reset(); });
  Bind(wxEVT_MOUSEWHEEL, [this](wxMouseEvent& event) {
    const double notches = static_cast<double>(event.GetWheelRotation()) / std::max(1, event.GetWheelDelta());
    scroll_by(-notches * row_height_ * 3);
  });
  Bind(wxEVT_KEY_DOWN, &TableView::on_key, this);
  // The ring is for those who came by keyboard; a click on a row is its own sign.
  Bind(wxEVT_KEY_UP, [this](wxKeyEvent& event) {
    if (!keyboard_used_) Refresh();
    keyboard_used_ = true;
    event.Skip();
  });
  Bind(wxEVT_KILL_FOCUS, [this](wxFocusEvent& event) {
    keyboard_used_ = false;
    event.Skip();
  });
  Bind(wxEVT_SIZE, [this](wxSizeEvent& event) {
    clamp_offset();
    CallAfter([this] { tell_end_in_view(); });
    event.Skip();
  });
}

void TableView::set_columns(std::vector<TableColumn> columns) {
  columns_ = std::move(columns);
  Refresh();
}

void TableView::set_row_height(int height) {
  row_height_ = height;
  Refresh();
}

void TableView::set_empty(const wxString& title, const wxString& note) {
  if (title == empty_title_ && note == empty_note_) return;
  empty_title_ = title;
  empty_note_ = note;
  if (rows_ == 0) Refresh();
}

void TableView::set_rows(std::size_t count, std::optional<std::size_t> selected) {
  const bool moved = selected != selected_;
  rows_ = count;
  selected_ = selected;
  clamp_offset();
  if (moved && selected_ && *selected_ < rows_) show_row(*selected_);
  Refresh();
}

void TableView::rows_came_on_top(std::size_t count) {
  if (selected_) *selected_ += count;
  if (!at_top()) offset_ += static_cast<double>(count) * row_height_;
}

void TableView::scroll_to_top() {
  offset_ = 0;
  Refresh();
}

double TableView::body_height() const {
  return std::max(0.0, design_height() - head_height - 2);
}

double TableView::content_height() const {
  return static_cast<double>(rows_) * row_height_;
}

void TableView::clamp_offset() {
  offset_ = std::clamp(offset_, 0.0, std::max(0.0, content_height() - body_height()));
}

void TableView::scroll_by(double delta) {
  const double before = offset_;
  offset_ += delta;
  clamp_offset();
  if (offset_ == before) return;
  Refresh();
  tell_end_in_view();
}

void TableView::tell_end_in_view() {
  if (!end_in_view_ || rows_ == 0) return;
  if (offset_ + body_height() >= content_height() - rows_before_end * row_height_) end_in_view_();
}

void TableView::show_row(std::size_t row) {
  const double top = static_cast<double>(row) * row_height_;
  if (top < offset_) offset_ = top;
  if (top + row_height_ > offset_ + body_height()) offset_ = top + row_height_ - body_height();
  clamp_offset();
}

wxRect TableView::row_rect(std::size_t row) const {
  const double y = head_height + 1 + static_cast<double>(row) * row_height_ - offset_;
  return {0, px(y), GetClientSize().x, px(row_height_)};
}

void TableView::move_selection(long delta) {
  if (rows_ == 0) return;
  const long last = static_cast<long>(rows_) - 1;
  const long from = selected_ ? static_cast<long>(*selected_) : (delta > 0 ? -1 : 0);
  const auto row = static_cast<std::size_t>(std::clamp(from + delta, 0L, last));
  show_row(row);
  Refresh();
  if (select_ && row != selected_) select_(row);
  tell_end_in_view();
}

void TableView::on_key(wxKeyEvent& event) {
  const long page = std::max(1L, static_cast<long>(body_height() / row_height_) - 1);
  switch (event.GetKeyCode()) {
    case WXK_UP:
      return move_selection(-1);
    case WXK_DOWN:
      return move_selection(1);
    case WXK_PAGEUP:
      return move_selection(-page);
    case WXK_PAGEDOWN:
      return move_selection(page);
    case WXK_HOME:
      return move_selection(-static_cast<long>(rows_));
    case WXK_END:
      return move_selection(static_cast<long>(rows_));
    case WXK_RETURN:
    case WXK_NUMPAD_ENTER:
      if (activate_ && selected_) return activate_(*selected_);
      break;
    default:
      break;
  }
  event.Skip();
}

void TableView::on_left_down(wxMouseEvent& event) {
  SetFocus();
  const auto at = to_design(event.GetPosition());
  if (const auto grip = thumb(); grip && at.m_x >= grip->x - 4) {
    thumb_grip_ = grip->contains(grip->x, at.m_y) ? at.m_y - grip->y : grip->h / 2;
    CaptureMouse();
    return on_motion(event);
  }
  const double y = at.m_y - head_height - 1 + offset_;
  if (at.m_y < head_height || y < 0 || y >= content_height()) return;
  const auto row = static_cast<std::size_t>(y / row_height_);
  if (select_) select_(row);
  if (press_) press_(row);
}

void TableView::on_motion(wxMouseEvent& event) {
  if (!thumb_grip_) return;
  const auto grip = thumb();
  if (!grip) return;
  const double travel = body_height() - grip->h;
  const double top = to_design(event.GetPosition()).m_y - *thumb_grip_ - head_height - 1;
  scroll_by(std::clamp(top / std::max(1.0, travel), 0.0, 1.0) * (content_height() - body_height()) - offset_);
}

std::vector<TableView::Placed> TableView::place_columns(double width) const {
  std::vector<std::size_t> shown;
  double needed = 0;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    shown.push_back(i);
    needed += columns_[i].width;
  }
  const double room = width - 2 * edge_padding;
  while (needed > room) {
    const auto drop = std::max_element(shown.begin(), shown.end(), [this](std::size_t a, std::size_t b) {
      return columns_[a].drop_rank < columns_[b].drop_rank;
    });
    if (drop == shown.end() || columns_[*drop].drop_rank == 0) break;
    needed -= columns_[*drop].width;
    shown.erase(drop);
  }
  double stretch = 0;
  for (const std::size_t i : shown) stretch += columns_[i].stretch;
  std::vector<Placed> placed;
  double x = edge_padding;
  for (const std::size_t i : shown) {
    double column_width = columns_[i].width;
    if (room > needed && stretch > 0) column_width += (room - needed) * columns_[i].stretch / stretch;
    placed.push_back({i, std::round(x), std::floor(column_width)});
    x += column_width;
  }
  return placed;
}

void TableView::paint(Painter& painter) {
  const Theme& t = theme();
  painter.box(painter.area(), {t.panel, t.line, 1, t.radius});
  const auto placed = place_columns(painter.width());
  if (rows_ == 0) paint_empty(painter);
  wxGraphicsContext& gc = painter.context();
  gc.PushState();
  gc.Clip(1, head_height + 1, painter.width() - 2, body_height());
  const auto first = static_cast<std::size_t>(std::max(0.0, offset_) / row_height_);
  for (std::size_t row = first; row < rows_; ++row) {
    const double y = head_height + 1 + static_cast<double>(row) * row_height_ - offset_;
    if (y > painter.height()) break;
    paint_row(painter, row, y, placed);
  }
  gc.PopState();
  paint_head(painter, placed);
  if (const auto grip = thumb()) painter.box(*grip, {t.edge, std::nullopt, 1, thumb_width / 2});
  if (has_focus_ring() && keyboard_used_) painter.box(painter.area(), {std::nullopt, t.accent, 2, t.radius});
}

void TableView::paint_head(Painter& painter, const std::vector<Placed>& placed) const {
  const Theme& t = theme();
  const Area head{1, 1, painter.width() - 2, head_height};
  painter.box({head.x, head.y, head.w, head.h}, {t.off, std::nullopt, 1, t.radius - 1});
  painter.fill({head.x, head.y + head.h / 2, head.w, head.h / 2}, t.off);
  for (const Placed& place : placed) {
    const TableColumn& column = columns_[place.column];
    painter.text(column.heading, Area{place.x, head.y, place.width, head.h}.inset(cell_padding, 0),
                 {13, Weight::bold, t.ink_secondary}, column.align);
  }
}

void TableView::paint_row(Painter& painter, std::size_t row, double y, const std::vector<Placed>& placed) const {
  const Theme& t = theme();
  const Area area{1, y, painter.width() - 2, row_height_};
  const TableRowLook look = source_.look ? source_.look(row) : TableRowLook{};
  if (selected_ == row) {
    painter.fill(area, t.accent_tint);
  } else if (look.fill != TableRowLook::Fill::none) {
    painter.fill(area, look.fill == TableRowLook::Fill::attention ? t.amber_tint : t.red_tint);
  }
  if (look.marked) painter.fill({area.x, area.y, 4, area.h}, t.accent);
  painter.fill({area.x, area.bottom() - 1, area.w, 1}, t.line);
  for (const Placed& place : placed) {
    paint_cell(painter, source_.cell(row, place.column),
               Area{place.x, y, place.width, row_height_ - 1}.inset(cell_padding, 0), columns_[place.column].align,
               look.dimmed);
  }
}

void TableView::paint_cell(Painter& painter, const TableCell& cell, const Area& whole, Align align, bool dimmed) const {
  Area area = whole;
  const wxColour colour = dimmed ? theme().ink_quiet : tone_colour(cell.tone);
  if (cell.tag) {
    const double width = painter.tag_width(cell.text);
    const double x = align == Align::right ? area.right() - width : area.x;
    painter.tag(cell.text, x, area.centre_y(), *cell.tag);
    return;
  }
  if (cell.icon) {
    const Area icon = area.take_left(16, 6);
    painter.icon(*cell.icon, icon.x, std::round(icon.centre_y() - 8), 16, colour);
  }
  const TextStyle style{cell.text_px, cell.weight, colour};
  if (cell.max_lines > 1) {
    const double line = cell.text_px * 1.35;
    const auto lines = painter.wrap(cell.text, style, area.w, cell.max_lines);
    area = area.centred(area.w, line * static_cast<double>(lines.size()));
    for (const wxString& text : lines) painter.text(text, area.take_top(line), style, align);
    return;
  }
  if (!cell.highlight.empty()) {
    paint_highlighted(painter, cell.text, cell.highlight, area, style);
  } else {
    painter.text(cell.text, area, style, align, align == Align::right ? Overflow::never : Overflow::ellipsis);
  }
}

void TableView::paint_empty(Painter& painter) const {
  const Theme& t = theme();
  Area area{24, head_height, painter.width() - 48, body_height()};
  const TextStyle title{17, Weight::bold, t.ink_secondary};
  const TextStyle note{14, Weight::regular, t.ink_quiet};
  const auto lines = painter.wrap(empty_note_, note, std::min(area.w, 460.0), 4);
  const double height = 28 + static_cast<double>(lines.size()) * 22;
  area.take_top(std::max(12.0, (area.h - height) / 2 - 10));
  painter.text(empty_title_, area.take_top(28), title, Align::centre);
  for (const wxString& line : lines) painter.text(line, area.take_top(22), note, Align::centre);
}

std::optional<Area> TableView::thumb() const {
  const double body = body_height();
  const double content = content_height();
  if (content <= body || body <= least_thumb) return std::nullopt;
  const double height = std::max(least_thumb, body * body / content);
  const double y = head_height + 1 + (body - height) * offset_ / (content - body);
  return Area{design_width() - thumb_width - 3, y, thumb_width, height};
}

}  // namespace lanekeeper::widgets
