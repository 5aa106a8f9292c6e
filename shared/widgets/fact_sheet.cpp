#include "widgets/fact_sheet.h"

#include <cmath>

namespace lanekeeper::widgets {

namespace {

constexpr double icon_size = 20;
constexpr double icon_gap = 10;
constexpr double value_gap = 16;
constexpr double label_line = 22;
constexpr double note_line = 18;

wxColour tone_colour(FactSheet::Tone tone, const wxColour& normal) {
  const Theme& t = theme();
  switch (tone) {
    case FactSheet::Tone::quiet:
      return t.ink_quiet;
    case FactSheet::Tone::attention:
      return t.amber_ink;
    case FactSheet::Tone::stop:
      return t.red;
    case FactSheet::Tone::normal:
      break;
  }
  return normal;
}

TextStyle label_style(const FactSheet::Row& row, bool roomy) {
  const Theme& t = theme();
  TextStyle style{15, Weight::regular, t.ink, row.struck};
  if (row.kind == FactSheet::Kind::heading) style = {15, Weight::bold, t.ink};
  if (row.kind == FactSheet::Kind::fact) style = {roomy ? 18 : 14, Weight::regular, t.ink_secondary};
  if (row.kind == FactSheet::Kind::total) style = {17, Weight::bold, t.ink};
  if (row.kind == FactSheet::Kind::text) style = {14, Weight::regular, tone_colour(row.tone, t.ink_secondary)};
  return row.struck ? style.in(t.ink_quiet) : style;
}

TextStyle value_style(const FactSheet::Row& row, bool roomy) {
  const Theme& t = theme();
  TextStyle style{15, Weight::regular, tone_colour(row.tone, t.ink), row.struck};
  if (row.kind == FactSheet::Kind::heading) style = {14, Weight::regular, tone_colour(row.tone, t.ink_quiet)};
  if (row.kind == FactSheet::Kind::fact) style = {roomy ? 17 : 14, Weight::regular, tone_colour(row.tone, t.ink)};
  if (row.kind == FactSheet::Kind::total) style = {22, Weight::bold, tone_colour(row.tone, t.ink)};
  return row.struck ? style.in(t.ink_quiet) : style;
}

TextStyle note_style(const FactSheet::Row& row) {
  return {13, Weight::regular,
          row.kind == FactSheet::Kind::link ? tone_colour(row.tone, theme().ink_quiet)
                                            : tone_colour(row.tone, theme().ink_quiet)};
}

double vertical_padding(FactSheet::Kind kind) {
  switch (kind) {
    case FactSheet::Kind::heading:
      return 9;
    case FactSheet::Kind::item:
      return 7;
    case FactSheet::Kind::link:
      return 11;
    case FactSheet::Kind::total:
      return 8;
    case FactSheet::Kind::rule:
      return 6;
    default:
      return 4;
  }
}

}  // namespace

FactSheet::FactSheet(wxWindow* parent, const wxString& name) : PaintedControl(parent, name, Focus::tab_stop) {
  set_ground(theme().panel);
  Bind(wxEVT_MOUSEWHEEL, [this](wxMouseEvent& event) {
    scroll_by(-60.0 * event.GetWheelRotation() / std::max(1, event.GetWheelDelta()));
  });
  Bind(wxEVT_LEFT_DOWN, [this](wxMouseEvent& event) {
    SetFocus();
    const double y = to_design(event.GetPosition()).m_y + offset_;
    for (std::size_t i = 0; i < rows_.size() && i < layout_.size(); ++i) {
      const bool hit = y >= layout_[i].y && y < layout_[i].y + layout_[i].height;
      if (hit && rows_[i].kind == Kind::link && link_) return link_(rows_[i].id);
    }
  });
  Bind(wxEVT_KEY_DOWN, &FactSheet::on_key, this);
  // The focus shows where it is: on the first link, before the arrows were used.
  Bind(wxEVT_SET_FOCUS, [this](wxFocusEvent& event) {
    if (has_links() && focused_link_ < 0) move_link(1);
    event.Skip();
  });
}

bool FactSheet::has_links() const {
  return std::any_of(rows_.begin(), rows_.end(), [](const Row& row) { return row.kind == Kind::link; });
}

// A sheet with nothing to open and nothing to scroll is no place for Tab to stop at.
bool FactSheet::AcceptsFocusFromKeyboard() const {
  return PaintedControl::AcceptsFocusFromKeyboard() && (has_links() || content_height_ > design_height() + 1);
}

void FactSheet::set(std::vector<Row> rows) {
  if (rows == rows_) return;
  if (rows.empty() || rows_.empty() || !(rows.front() == rows_.front())) offset_ = 0;
  rows_ = std::move(rows);
  Refresh();
}

void FactSheet::scroll_by(double delta) {
  offset_ = std::clamp(offset_ + delta, 0.0, std::max(0.0, content_height_ - design_height()));
  Refresh();
}

void FactSheet::on_key(wxKeyEvent& event) {
  switch (event.GetKeyCode()) {
    case WXK_UP:
    case WXK_DOWN: {
      const int step = event.GetKeyCode() == WXK_UP ? -1 : 1;
      return has_links() ? move_link(step) : scroll_by(step * 40);
    }
    case WXK_PAGEUP:
      return scroll_by(-design_height() * 0.8);
    case WXK_PAGEDOWN:
      return scroll_by(design_height() * 0.8);
    case WXK_RETURN:
    case WXK_NUMPAD_ENTER:
      if (focused_link_ >= 0 && focused_link_ < static_cast<int>(rows_.size()) && link_) {
        return link_(rows_[static_cast<std::size_t>(focused_link_)].id);
      }
      break;
    default:
      break;
  }
  event.Skip();
}

void FactSheet::move_link(int step) {
  for (int i = focused_link_ + step; i >= 0 && i < static_cast<int>(rows_.size()); i += step) {
    if (rows_[static_cast<std::size_t>(i)].kind != Kind::link) continue;
    focused_link_ = i;
    Refresh();
    return;
  }
}

double FactSheet::value_width(Painter& painter, const Row& row) const {
  if (row.value.empty()) return row.kind == Kind::link ? 24 : 0;
  if (row.tag) return painter.tag_width(row.value) + value_gap;
  return std::ceil(painter.text_width(row.value, value_style(row, roomy_))) + value_gap;
}

double FactSheet::line_height(const Row& row) const {
  if (row.kind == Kind::total) return 30;
  return roomy_ && row.kind == Kind::fact ? 32 : label_line;
}

std::vector<FactSheet::Layout> FactSheet::lay_out(Painter& painter) const {
  std::vector<Layout> result;
  double y = 0;
  for (const Row& row : rows_) {
    Layout layout;
    layout.y = y;
    layout.height = 2 * vertical_padding(row.kind);
    if (row.kind == Kind::rule) {
      layout.height += 1;
    } else if (row.kind == Kind::gap) {
      layout.height = 12;
    } else {
      const double room = painter.width() - 2 * padding_ - (row.icon ? icon_size + icon_gap : 0);
      const double wanted = painter.text_width(row.label, label_style(row, roomy_)) + value_width(painter, row);
      layout.stacked = row.kind == Kind::fact && !row.value.empty() && wanted > room;
      const double label_room = layout.stacked ? room : std::max(60.0, room - value_width(painter, row));
      layout.label = painter.wrap(row.label, label_style(row, roomy_), label_room, row.kind == Kind::text ? 12 : 2);
      if (!row.note.empty()) layout.note = painter.wrap(row.note, note_style(row), label_room, 3);
      const double line = line_height(row);
      if (layout.stacked) layout.height += line;
      layout.height += line * static_cast<double>(std::max<std::size_t>(1, layout.label.size()));
      layout.height += note_line * static_cast<double>(layout.note.size());
    }
    y += layout.height;
    result.push_back(std::move(layout));
  }
  return result;
}

void FactSheet::paint(Painter& painter) {
  layout_ = lay_out(painter);
  content_height_ = layout_.empty() ? 0 : layout_.back().y + layout_.back().height;
  offset_ = std::clamp(offset_, 0.0, std::max(0.0, content_height_ - painter.height()));
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    Layout layout = layout_[i];
    layout.y -= offset_;
    if (layout.y + layout.height < 0 || layout.y > painter.height()) continue;
    paint_row(painter, rows_[i], layout, has_focus_ring() && static_cast<int>(i) == focused_link_);
  }
  if (has_focus_ring() && !has_links()) {
    painter.box(painter.area().inset(4, 1), {std::nullopt, theme().accent, 2, theme().radius});
  }
  if (content_height_ > painter.height() + 1) {
    const double height = std::max(32.0, painter.height() * painter.height() / content_height_);
    const double y = (painter.height() - height) * offset_ / (content_height_ - painter.height());
    painter.box({painter.width() - 8, y, 5, height}, {theme().edge, std::nullopt, 1, 2.5});
  }
}

void FactSheet::paint_row(Painter& painter, const Row& row, const Layout& layout, bool focused) const {
  const Theme& t = theme();
  if (row.kind == Kind::link) return paint_link(painter, row, layout, focused);
  if (row.kind == Kind::gap) return;
  Area area = Area{0, layout.y, painter.width(), layout.height}.inset(padding_, vertical_padding(row.kind));
  if (row.kind == Kind::rule) return painter.fill({area.x, area.y, area.w, 1}, t.line);
  if (row.icon) {
    const Area icon = area.take_left(icon_size, icon_gap);
    painter.icon(*row.icon, icon.x, std::round(icon.y + (line_height(row) - icon_size) / 2), icon_size,
                 tone_colour(row.tone, t.ink));
  }
  const double line = line_height(row);
  const double value_y = layout.stacked ? area.bottom() - line : area.y;
  const Area value{area.x, value_y, area.w, line};
  if (row.tag && !row.value.empty()) {
    painter.tag(row.value, value.right() - painter.tag_width(row.value), value.centre_y(), *row.tag);
  } else {
    painter.text(row.value, value, value_style(row, roomy_), layout.stacked ? Align::left : Align::right,
                 layout.stacked ? Overflow::ellipsis : Overflow::never);
  }
  double y = area.y;
  for (const wxString& text : layout.label) {
    painter.text(text, {area.x, y, area.w, line}, label_style(row, roomy_));
    y += line;
  }
  for (const wxString& text : layout.note) {
    painter.text(text, {area.x, y, area.w, note_line}, note_style(row));
    y += note_line;
  }
}

void FactSheet::paint_link(Painter& painter, const Row& row, const Layout& layout, bool focused) const {
  const Theme& t = theme();
  const Area whole{0, layout.y, painter.width(), layout.height};
  if (focused) painter.box(whole.inset(4, 1), {t.accent_tint, t.accent, 2, t.radius});
  Area area = whole.inset(padding_, vertical_padding(row.kind));
  painter.fill({area.x, whole.bottom() - 1, area.w, 1}, t.line);
  if (row.icon) {
    const Area icon = area.take_left(icon_size, icon_gap);
    painter.icon(*row.icon, icon.x, icon.y + 1, icon_size, tone_colour(row.tone, t.ink));
  }
  painter.icon(Icon::chevron_right, area.right() - 16, std::round(area.centre_y() - 8), 16, t.ink_secondary);
  double y = area.y;
  for (const wxString& text : layout.label) {
    painter.text(text, {area.x, y, area.w, label_line}, label_style(row, roomy_).bold());
    y += label_line;
  }
  for (const wxString& text : layout.note) {
    painter.text(text, {area.x, y, area.w, note_line}, note_style(row));
    y += note_line;
  }
}

}  // namespace lanekeeper::widgets
