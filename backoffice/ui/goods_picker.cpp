#include "office_ui/goods_picker.h"

#include "office_ui/item_table.h"
#include "office_ui/key_rules.h"
#include "office_ui/layout.h"

namespace lanekeeper::office {

using widgets::Align;
using widgets::Area;
using widgets::Painter;
using widgets::theme;
using widgets::to_utf8;
using widgets::to_wx;
using widgets::Weight;

namespace {
constexpr double row_height = 36;
}

PickList::PickList(wxWindow* parent) : FlowControl(parent, wxString()) {
  set_ground(theme().panel);
  Bind(wxEVT_LEFT_DOWN, [this](wxMouseEvent& event) {
    const auto row = static_cast<std::size_t>(std::max(0.0, to_design(event.GetPosition()).m_y / row_height));
    if (row < rows_.size() && press_) press_(row);
  });
}

void PickList::set(std::vector<Row> rows, std::size_t selected, const wxString& none) {
  if (rows == rows_ && selected == selected_ && none == none_) return;
  rows_ = std::move(rows);
  selected_ = selected;
  none_ = none;
  wxString all = rows_.empty() ? none_ : wxString();
  for (const auto& row : rows_) all += row.name + "\n";
  SetLabel(all);
  content_changed();
}

double PickList::height_for(double) const {
  return row_height * static_cast<double>(std::max<std::size_t>(1, rows_.size())) + 2;
}

void PickList::paint(Painter& painter) {
  painter.box(painter.area(), {theme().panel, theme().edge, 1, theme().tag_radius});
  Area area = painter.area().inset(1);
  if (rows_.empty()) {
    painter.text(none_, area.inset(11, 0), {14, Weight::regular, theme().ink_quiet});
    return;
  }
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    Area row = area.take_top(row_height);
    if (i == selected_) painter.fill(row, theme().accent_tint);
    row = row.inset(11, 0);
    painter.text(rows_[i].price, row.take_right(70), {14, Weight::bold, theme().ink}, Align::right);
    if (row.w > 320) {
      painter.text(rows_[i].code, row.take_right(126, 8), {14, Weight::regular, theme().ink_quiet}, Align::right);
    }
    painter.text(rows_[i].name, row, {15, Weight::regular, theme().ink});
  }
}

GoodsPicker::GoodsPicker(wxWindow* parent, Shell& around, GoodsFinder& finder, const wxString& hint)
    : Watcher(parent, around), finder_(finder) {
  widgets::TextField::Options options;
  options.leading_icon = widgets::Icon::search;
  options.hint = hint;
  field_ = new widgets::TextField(this, options);
  field_->control().Bind(wxEVT_TEXT, [this](wxCommandEvent&) {
    selected_ = 0;
    take_first_ = false;
    finder_.set_query(to_utf8(field_->value()));
  });
  list_ = new PickList(this);
  list_->on_press([this](std::size_t row) { pick(row); });
  list_->Hide();
  auto column = column_of(this, 4);
  column.add(field_).add(list_);
  SetSizer(column.sizer());
  watch(finder_);
}

void GoodsPicker::pick(std::size_t row) {
  if (row >= finder_.rows().size()) return;
  const protocol::ItemRow picked = finder_.rows()[row];
  close();
  if (pick_) pick_(picked);
  field_->control().SetFocus();
}

void GoodsPicker::close() {
  take_first_ = false;
  field_->set_value(wxString());
  finder_.set_query({});
}

bool GoodsPicker::take_key(const wxKeyEvent& event) {
  if (wxWindow::FindFocus() != &field_->control() || field_->value().empty()) return false;
  const std::size_t count = finder_.rows().size();
  if (is_plain(event, WXK_ESCAPE)) {
    close();
    return true;
  }
  if (is_plain(event, WXK_RETURN) || is_plain(event, WXK_NUMPAD_ENTER)) {
    if (finder_.searched()) {
      pick(selected_);
    } else {
      take_first_ = true;
      finder_.search_now();
    }
    return true;
  }
  if (is_plain(event, WXK_DOWN) || is_plain(event, WXK_UP)) {
    const bool down = event.GetKeyCode() == WXK_DOWN;
    if (count > 0) selected_ = (selected_ + (down ? 1 : count - 1)) % count;
    update();
    return true;
  }
  return false;
}

void GoodsPicker::update() {
  if (take_first_ && finder_.searched() && !finder_.rows().empty()) return pick(0);
  std::vector<PickList::Row> rows;
  const auto now = office().clock().now().instant;
  for (const auto& row : finder_.rows()) {
    const auto price = catalogue::price_at(row.item, "regular", now);
    rows.push_back({words().name_of(row.item), first_code(row.item), price ? words().amount(*price) : to_wx("—")});
  }
  list_->set(std::move(rows), selected_, words()("promo.pick.none"));
  if (set_shown(list_, finder_.searched() && !finder_.query().empty())) lay_out_around(list_);
}

}  // namespace lanekeeper::office
