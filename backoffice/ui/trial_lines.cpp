#include "office_ui/trial_lines.h"

#include <utility>

namespace lanekeeper::office {

using widgets::Align;
using widgets::Area;
using widgets::Icon;
using widgets::Painter;
using widgets::theme;
using widgets::Weight;

namespace {
constexpr double head_height = 32;
constexpr double row_height = 44;
constexpr double step_size = 32;
}  // namespace

TrialLines::TrialLines(wxWindow* parent, Heads heads)
    : FlowControl(parent, heads.goods, widgets::Focus::tab_stop), heads_(std::move(heads)) {
  set_ground(theme().panel);
  Bind(wxEVT_LEFT_DOWN, &TrialLines::on_left_down, this);
  Bind(wxEVT_LEFT_DCLICK, &TrialLines::on_left_down, this);
  Bind(wxEVT_KEY_DOWN, &TrialLines::on_key, this);
  for (const auto& kind : {wxEVT_SET_FOCUS, wxEVT_KILL_FOCUS}) {
    Bind(kind, [this](wxFocusEvent& event) {
      Refresh();
      event.Skip();
    });
  }
}

void TrialLines::set(std::vector<Row> rows) {
  if (rows == rows_) return;
  rows_ = std::move(rows);
  if (selected_ >= rows_.size()) selected_ = rows_.empty() ? 0 : rows_.size() - 1;
  wxString all;
  for (const auto& row : rows_) all += row.name + " " + row.quantity + " " + row.net + "\n";
  SetLabel(all);
  content_changed();
}

double TrialLines::height_for(double) const {
  return head_height + row_height * static_cast<double>(rows_.size());
}

TrialLines::Places TrialLines::place(Area line) const {
  const bool narrow = line.w < 480;
  line = line.inset(12, 0);
  Places places;
  places.net = line.take_right(62);
  places.saving = line.take_right(narrow ? 58 : 70);
  places.price = line.take_right(narrow ? 58 : 70);
  line.take_right(narrow ? 2 : 10);
  places.plus = line.take_right(step_size).centred(step_size, step_size);
  places.quantity = line.take_right(narrow ? 40 : 58);
  places.minus = line.take_right(step_size, 8).centred(step_size, step_size);
  places.goods = line;
  return places;
}

void TrialLines::paint(Painter& painter) {
  Area area = painter.area();
  const Area head = area.take_top(head_height);
  painter.fill(head, theme().off);
  const auto places = place(head);
  const widgets::TextStyle style{13, Weight::bold, theme().ink_secondary};
  painter.text(heads_.goods, places.goods, style);
  const Area quantity{places.minus.x - 10, head.y, places.plus.right() - places.minus.x + 20, head.h};
  painter.text(heads_.quantity, quantity, style, Align::centre);
  painter.text(heads_.price, places.price, style, Align::right);
  painter.text(heads_.saving, places.saving, style, Align::right);
  painter.text(heads_.net, places.net, style, Align::right);
  for (std::size_t i = 0; i < rows_.size(); ++i) paint_row(painter, i, area.take_top(row_height));
}

void TrialLines::paint_row(Painter& painter, std::size_t index, const Area& line) const {
  const auto& row = rows_[index];
  if (!row.saving.empty()) painter.fill(line, theme().accent_tint);
  painter.rule(line.x, line.bottom() - 1, line.w, theme().line);
  if (has_focus_ring() && index == selected_) {
    painter.box(line.inset(2), {std::nullopt, theme().accent, 2, theme().tag_radius});
  }
  const auto places = place(line);
  Area goods = places.goods;
  if (row.note.empty()) {
    painter.text(row.name, goods, {15, Weight::regular, theme().ink});
  } else {
    painter.text(row.name, {goods.x, goods.y + 2, goods.w, 22}, {15, Weight::regular, theme().ink});
    painter.text(row.note, {goods.x, goods.y + 23, goods.w, 18}, {13, Weight::regular, theme().ink_quiet});
  }
  for (const auto& [place, icon] : {std::pair(places.minus, Icon::minus), std::pair(places.plus, Icon::plus)}) {
    painter.box(place, {theme().panel, theme().edge, 1, theme().tag_radius});
    painter.icon(icon, place.x + 8, place.y + 8, 16, theme().ink);
  }
  painter.text(row.quantity, places.quantity, {14, Weight::bold, theme().ink}, Align::centre);
  painter.text(row.price, places.price, {14, Weight::regular, theme().ink}, Align::right, widgets::Overflow::never);
  painter.text(row.saving, places.saving, {14, Weight::regular, theme().accent}, Align::right,
               widgets::Overflow::never);
  painter.text(row.net, places.net, {14, Weight::bold, theme().ink}, Align::right, widgets::Overflow::never);
}

void TrialLines::on_left_down(wxMouseEvent& event) {
  SetFocus();
  const auto at = to_design(event.GetPosition());
  if (at.m_y < head_height) return;
  const auto row = static_cast<std::size_t>((at.m_y - head_height) / row_height);
  if (row >= rows_.size()) return;
  selected_ = row;
  const auto places = place({0, head_height + row_height * static_cast<double>(row), design_width(), row_height});
  if (places.minus.contains(at.m_x, at.m_y) && step_) step_(row, -1);
  if (places.plus.contains(at.m_x, at.m_y) && step_) step_(row, 1);
  Refresh();
}

void TrialLines::on_key(wxKeyEvent& event) {
  const int key = event.GetKeyCode();
  if (rows_.empty()) return event.Skip();
  if (key == WXK_UP && selected_ > 0) {
    --selected_;
  } else if (key == WXK_DOWN && selected_ + 1 < rows_.size()) {
    ++selected_;
  } else if (key == '-' || key == WXK_NUMPAD_SUBTRACT) {
    if (step_) step_(selected_, -1);
  } else if (key == '+' || key == '=' || key == WXK_NUMPAD_ADD) {
    if (step_) step_(selected_, 1);
  } else if (key == WXK_DELETE) {
    if (remove_) remove_(selected_);
  } else {
    return event.Skip();
  }
  Refresh();
}

}  // namespace lanekeeper::office
