#include "widgets/tender_list.h"

namespace lanekeeper::widgets {

namespace {

constexpr double head_height = 30;
constexpr double row_height = 66;

}  // namespace

TenderList::TenderList(wxWindow* parent) : PaintedControl(parent, wxString()) {
  Bind(wxEVT_LEFT_DOWN, [this](wxMouseEvent& event) {
    const double y = to_design(event.GetPosition()).m_y - head_height;
    const auto index = static_cast<std::size_t>(std::max(0.0, y) / row_height);
    if (y >= 0 && index < content_.rows.size() && pressed_) pressed_(index);
  });
}

void TenderList::set(Content content) {
  if (content == content_) return;
  content_ = std::move(content);
  SetLabel(content_.heading);
  Refresh();
}

void TenderList::paint_row(Painter& painter, Area area, const Row& row) const {
  const Theme& t = theme();
  const auto band = [&](const wxColour& fill, const wxColour& bar) {
    painter.fill(area, fill);
    painter.fill({area.x, area.y, 6, area.h}, bar);
  };
  if (row.state == Row::State::waiting) band(t.amber_tint, t.amber);
  if (row.state == Row::State::entering || row.selected) band(t.accent_tint, t.accent);
  Area inner = area.inset(14, 0);
  const Area icon = inner.take_left(26, 12);
  painter.icon(row.icon, icon.x, icon.centre_y() - 13, 26, t.ink);

  const TextStyle amount{20, Weight::bold, t.ink};
  const bool waiting = row.state == Row::State::waiting;
  const TextStyle status{14, waiting ? Weight::bold : Weight::regular, waiting ? t.amber_ink : t.ink_secondary};
  const double status_icon = row.status_icon ? 20 : 0;
  const double width =
      std::max(painter.text_width(row.amount, amount), painter.text_width(row.status, status) + status_icon) + 1;
  Area figures = inner.take_right(width, 8).centred(width, 48);
  painter.text(row.amount, figures.take_top(27), amount, Align::right, Overflow::never);
  const double status_width = painter.text(row.status, figures, status, Align::right, Overflow::never);
  if (row.status_icon) {
    painter.icon(*row.status_icon, figures.right() - status_width - 20, figures.centre_y() - 8, 16, status.colour);
  }
  Area words = inner.centred(inner.w, row.note.empty() ? 26 : 48);
  painter.text(row.title, words.take_top(26), {18, Weight::bold, t.ink});
  painter.text(row.note, words, {14, Weight::regular, t.ink_quiet});
}

void TenderList::paint(Painter& painter) {
  const Theme& t = theme();
  painter.box(painter.area(), {t.panel, t.line, 1, t.radius});
  Area area = painter.area().inset(1);
  Area head = area.take_top(head_height - 1);
  painter.box(head, {t.off, std::nullopt, 1, t.radius - 1});
  painter.fill({head.x, head.bottom() - t.radius, head.w, t.radius}, t.off);
  head = head.inset(14, 0);
  const TextStyle heading{14, Weight::bold, t.ink_secondary};
  const double hint = painter.text_width(content_.hint, heading);
  painter.text(content_.hint, head.take_right(std::min(hint + 1, head.w * 0.6), 10), heading, Align::right);
  painter.text(content_.heading, head, heading);
  if (content_.rows.empty()) {
    painter.paragraph(content_.empty, area.centred(area.w - 40, 46), {15, Weight::regular, t.ink_quiet}, 22,
                      Align::centre);
    return;
  }
  for (const Row& row : content_.rows) {
    const Area place = area.take_top(row_height);
    if (place.h < row_height - 0.5) break;
    paint_row(painter, place, row);
    painter.fill({place.x, place.bottom() - 1, place.w, 1}, t.line);
  }
}

}  // namespace lanekeeper::widgets
