#include "till_ui/shift_lists.h"

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

constexpr double tallest_row = 66;

wxString spoken_of(const wxString& name, const wxString& first, const wxString& second) {
  return name + " " + first + " " + second;
}

}  // namespace

ShiftList::ShiftList(wxWindow* parent) : Pressable(parent, wxString(), widgets::Focus::none) {}

double ShiftList::row_height(double room) const {
  if (row_count() == 0) return room;
  return std::min(tallest_row, room / static_cast<double>(row_count()));
}

bool ShiftList::accepts_press(const wxPoint2DDouble& at) const {
  const double room = design_height() - list_head_height - 2;
  const double into = at.m_y - list_head_height - 1;
  if (into < 0 || row_count() == 0) return false;
  const auto index = static_cast<std::size_t>(into / row_height(room));
  if (index >= row_count()) return false;
  pressed_row_ = index;
  return true;
}

void ShiftList::fire() {
  if (handler_) handler_(pressed_row_);
}

// ---- denominations ----

void CountList::set(CountRows rows) {
  if (rows == content_) return;
  content_ = std::move(rows);
  if (content_.selected < content_.rows.size()) {
    const auto& row = content_.rows[content_.selected];
    SetLabel(spoken_of(row.name, row.count, row.amount));
  }
  Refresh();
}

void CountList::paint(Painter& painter) {
  const auto& t = theme();
  Area area = painter.area();
  Area head = paint_list_frame(painter, area).inset(20, 0);
  const double amount_width = std::max(130.0, area.w * 0.32);
  const double count_width = 150;
  const TextStyle heading{14, Weight::bold, t.ink_secondary};
  painter.text(content_.amount_heading, head.take_right(amount_width, 12), heading, Align::right);
  painter.text(content_.count_heading, head.take_right(count_width, 12), heading, Align::right);
  painter.text(content_.name_heading, head, heading);

  const double height = row_height(area.h);
  double y = area.y;
  for (std::size_t i = 0; i < content_.rows.size(); ++i, y += height) {
    const auto& row = content_.rows[i];
    const double top = std::round(y);
    Area line{area.x, top, area.w, std::round(y + height) - top};
    const bool selected = i == content_.selected;
    if (selected) paint_chosen_row(painter, line);
    if (i + 1 < content_.rows.size()) painter.fill({line.x, line.bottom() - 1, line.w, 1}, t.line);
    line = line.inset(20, 0);
    const Area amount = line.take_right(amount_width, 12);
    const bool counted = !row.amount.empty();
    painter.text(counted ? row.amount : wxString::FromUTF8("\xE2\x80\x94"), amount,
                 {22, Weight::regular, counted ? t.ink : t.ink_quiet}, Align::right, Overflow::never);
    const Area cell = line.take_right(count_width, 12);
    Area box = Area{cell.right() - 120, cell.y, 120, cell.h}.centred(120, std::min(46.0, line.h - 6));
    painter.box(box, {t.panel, selected ? t.accent : t.edge, selected ? 3.0 : 1.0, t.radius});
    box = box.inset(14, 0);
    if (selected) {
      painter.fill({box.right() - 1, box.centre_y() - 13, 2, 26}, t.accent);
      box.w -= 5;
    }
    painter.text(row.count, box, {24, Weight::bold, t.ink}, Align::right, Overflow::never);
    painter.text(row.name, line, {20, selected ? Weight::bold : Weight::regular, t.ink});
  }
}

// ---- ways of paying ----

void CheckList::set(CheckRows rows) {
  if (rows == content_) return;
  content_ = std::move(rows);
  if (content_.selected < content_.rows.size()) {
    const auto& row = content_.rows[content_.selected];
    SetLabel(spoken_of(row.name, row.difference, row.verdict));
  }
  Refresh();
}

void CheckList::paint(Painter& painter) {
  const auto& t = theme();
  Area area = painter.area();
  Area head = paint_list_frame(painter, area).inset(20, 0);
  const bool tight = painter.width() < 780;
  const Columns columns{tight ? 100.0 : 112.0, tight ? 112.0 : 134.0, tight ? 92.0 : 104.0, tight ? 120.0 : 148.0, 12};
  const TextStyle heading{14, Weight::bold, t.ink_secondary};
  painter.text(content_.verdict_heading, head.take_right(columns.verdict, columns.gap), heading, Align::right);
  painter.text(content_.difference_heading, head.take_right(columns.difference, columns.gap), heading, Align::right);
  painter.text(content_.declared_heading, head.take_right(columns.declared, columns.gap), heading, Align::right);
  painter.text(content_.expected_heading, head.take_right(columns.expected, columns.gap), heading, Align::right);
  painter.text(content_.name_heading, head, heading);
  const double height = row_height(area.h);
  double y = area.y;
  for (std::size_t i = 0; i < content_.rows.size(); ++i, y += height) {
    const double top = std::round(y);
    const Area line{area.x, top, area.w, std::round(y + height) - top};
    paint_row(painter, line, content_.rows[i], i == content_.selected, columns);
    if (i + 1 < content_.rows.size()) painter.fill({line.x, line.bottom() - 1, line.w, 1}, t.line);
  }
}

void CheckList::paint_row(Painter& painter, Area area, const CheckRows::Row& row, bool selected,
                          const Columns& columns) const {
  const auto& t = theme();
  const bool attention = row.mark == CheckRows::Mark::attention;
  if (attention || selected) {
    painter.fill(area, attention ? t.amber_tint : t.accent_tint);
    painter.fill({area.x, area.y, 6, area.h}, attention && !selected ? t.amber : t.accent);
  }
  area = area.inset(20, 0);
  const TextStyle figure{19, Weight::regular, t.ink};
  paint_verdict(painter, area.take_right(columns.verdict, columns.gap), row);
  painter.text(row.difference, area.take_right(columns.difference, columns.gap),
               {19, Weight::bold, row.below_zero ? t.red : t.ink}, Align::right, Overflow::never);
  Area declared = area.take_right(columns.declared, columns.gap);
  if (row.typing) {
    Area box = declared.centred(declared.w, std::min(44.0, area.h - 8));
    painter.box(box, {t.panel, t.accent, 3, t.radius});
    box = box.inset(10, 0);
    painter.fill({box.right() - 1, box.centre_y() - 11, 2, 22}, t.accent);
    box.w -= 5;
    painter.text(row.declared, box, figure.bold(), Align::right, Overflow::never);
  } else {
    painter.text(row.declared, declared, figure, Align::right, Overflow::never);
  }
  painter.text(row.expected, area.take_right(columns.expected, columns.gap), figure, Align::right, Overflow::never);
  const TextStyle name{19, selected ? Weight::bold : Weight::regular, t.ink};
  if (row.note.empty() || area.h < 44) {
    painter.text(row.name, area, name);
    return;
  }
  const TextStyle note = fitted(painter, row.note, {14, Weight::regular, t.ink_quiet}, area.w, 13);
  const bool two_lines = painter.text_width(row.note, note) > area.w && area.h >= 54;
  Area block = area.centred(area.w, two_lines ? 54 : 46);
  painter.text(row.name, block.take_top(two_lines ? 23 : 26), name);
  if (two_lines) {
    painter.paragraph(row.note, block, note, 15.5, Align::left, 2);
  } else {
    painter.text(row.note, block, note);
  }
}

void CheckList::paint_verdict(Painter& painter, const Area& area, const CheckRows::Row& row) const {
  const auto& t = theme();
  if (row.mark == CheckRows::Mark::equal) {
    const TextStyle style = fitted(painter, row.verdict, {17, Weight::regular, t.ink_secondary}, area.w - 26, 13);
    const double width = painter.text_width(row.verdict, style);
    painter.text(row.verdict, {area.right() - width, area.y, width, area.h}, style);
    painter.icon(Icon::check, area.right() - width - 24, area.centre_y() - 9, 18, t.ink_secondary, 3);
    return;
  }
  int px = 15;
  while (px > 13 && painter.tag_width(row.verdict, px) > area.w) --px;
  const double width = std::min(area.w, painter.tag_width(row.verdict, px));
  const auto kind = row.mark == CheckRows::Mark::attention ? widgets::TagKind::amber_filled : widgets::TagKind::neutral;
  const double frame = painter.tag_width(wxString(), px);
  const wxString words = painter.ellipsized(row.verdict, {px, Weight::bold}, width - frame);
  painter.tag(words, area.right() - width, area.centre_y(), kind, px);
}

}  // namespace lanekeeper::till::ui
