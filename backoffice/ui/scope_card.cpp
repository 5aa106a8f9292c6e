#include "office_ui/scope_card.h"

#include "base/text.h"
#include "office_ui/item_table.h"
#include "office_ui/key_rules.h"

namespace lanekeeper::office {

using widgets::Align;
using widgets::Area;
using widgets::Icon;
using widgets::NoteBox;
using widgets::Painter;
using widgets::SelectField;
using widgets::TagKind;
using widgets::theme;
using widgets::to_utf8;
using widgets::to_wx;
using widgets::Weight;
using Field = PromotionField;
using pricing::Scope;

namespace {
constexpr double row_height = 34;
constexpr double code_width = 122;
constexpr double cross_room = 34;
}  // namespace

ScopeList::ScopeList(wxWindow* parent) : FlowControl(parent, wxString()) {
  set_ground(theme().panel);
  Bind(wxEVT_LEFT_DOWN, [this](wxMouseEvent& event) {
    const auto at = to_design(event.GetPosition());
    const auto row = static_cast<std::size_t>(std::max(0.0, at.m_y / row_height));
    if (editable_ && remove_ && row < rows_.size() && at.m_x > design_width() - cross_room) remove_(row);
  });
}

void ScopeList::set(std::vector<Row> rows, const wxString& more, bool editable) {
  if (rows == rows_ && more == more_ && editable == editable_) return;
  rows_ = std::move(rows);
  more_ = more;
  editable_ = editable;
  wxString all;
  for (const auto& row : rows_) all += row.name + "\n";
  SetLabel(all);
  content_changed();
}

double ScopeList::height_for(double) const {
  return row_height * static_cast<double>(rows_.size() + (more_.empty() ? 0 : 1));
}

void ScopeList::paint(Painter& painter) {
  Area area = painter.area();
  for (const auto& row : rows_) {
    Area line = area.take_top(row_height);
    painter.rule(line.x, line.bottom() - 1, line.w, theme().line);
    if (editable_) {
      const Area cross = line.take_right(cross_room);
      painter.icon(Icon::cross, cross.right() - 18, cross.centre_y() - 8, 16, theme().ink);
    }
    painter.text(row.price, line.take_right(64), {14, Weight::regular, theme().ink}, Align::right);
    if (!row.tag.empty()) {
      const double width = painter.tag_width(row.tag) + 8;
      painter.tag(row.tag, line.take_right(width).x, line.centre_y(), TagKind::stop);
    }
    const auto& colour = row.quiet ? theme().ink_quiet : theme().ink;
    if (!row.code.empty() && line.w > 300) {
      painter.text(row.code, line.take_left(code_width, 8), {14, Weight::regular, theme().ink_secondary});
    }
    painter.text(row.name, line, {15, Weight::regular, colour});
  }
  if (!more_.empty()) painter.text(more_, area.take_top(row_height), {14, Weight::regular, theme().ink_quiet});
}

ScopeCard::ScopeCard(wxWindow* parent, Shell& around, const PromotionWords& promotions)
    : PromotionCard(parent, around, 3, "promo.card.goods"), promotions_(promotions) {
  picker_ = new GoodsPicker(surface(), shell(), office().promotions().scope_finder, words()("promo.field.scope_hint"));
  picker_->on_pick([this](const protocol::ItemRow& row) { add_to(&Scope::items, row.item.number); });
  category_ = new SelectField(surface(), wxString(), {words()("promo.field.by_category")}, 0);
  category_->set_ground(theme().panel);
  category_->on_select([this](int index) {
    if (index > 0) add_to(&Scope::categories, category_ids_[static_cast<std::size_t>(index - 1)]);
    category_->select(0);
  });
  widgets::TextField::Options options;
  options.hint = words()("promo.field.brand_hint");
  options.name = words()("promo.field.by_brand");
  brand_ = new widgets::TextField(surface(), options);
  brand_->SetMinSize(wxSize(px(80), brand_->GetBestSize().y));
  all_ = new widgets::Chip(surface(), {words()("promo.field.all_goods")});
  all_->set_ground(theme().panel);
  all_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) {
    if (editable()) editor().edit(Field::goods, [](PromotionForm& altered) { altered.scope.all = !altered.scope.all; });
  });
  list_ = new ScopeList(surface());
  list_->on_remove([this](std::size_t row) { remove(row); });
  problem_ = new NoteBox(surface(), NoteBox::Kind::warning, wxString());
  problem_->Hide();
  empty_ = new widgets::Label(surface(), words()("promo.scope.empty"), {14, Weight::regular, theme().ink_quiet});
  empty_->set_max_lines(2);
  auto more = row_of(surface(), 8);
  more.add_centred(category_).add(brand_, 1).add_centred(all_);
  column().add(picker_).add(more).add(list_).add(empty_).add(problem_);
  finish();
  watch(office().promotions().goods);
  watch(office().store());
}

void ScopeCard::add_to(Part part, const std::string& value) {
  if (!editable() || value.empty()) return;
  editor().edit(Field::goods, [&](PromotionForm& altered) {
    auto& list = altered.scope.*part;
    if (std::find(list.begin(), list.end(), value) == list.end()) list.push_back(value);
    if (part == &Scope::items) std::erase(altered.scope.exclude_items, value);
  });
}

// An article that comes in with its category, brand or with everything is left out; else it is only not listed.
void ScopeCard::remove(std::size_t row) {
  if (row >= shown_.size()) return;
  const auto [part, value] = shown_[row];
  editor().edit(Field::goods, [&, part = part](PromotionForm& altered) { std::erase(altered.scope.*part, value); });
}

ScopeList::Row ScopeCard::item_row(const std::string& number) const {
  ScopeList::Row row;
  row.name = to_wx(number);
  const auto* found = office().promotions().goods.find(number);
  if (found == nullptr) {
    if (office().promotions().goods.is_missing(number)) row.tag = words()("promo.scope.unknown");
    return row;
  }
  row.name = words().name_of(found->item);
  row.code = first_code(found->item);
  const auto price = catalogue::price_at(found->item, "regular", office().clock().now().instant);
  row.price = price ? words().amount(*price) : to_wx("—");
  return row;
}

void ScopeCard::show_list() {
  const auto& scope = form().scope;
  std::vector<ScopeList::Row> rows;
  shown_.clear();
  const auto add = [&](Part part, const std::string& value, ScopeList::Row row) {
    shown_.emplace_back(part, value);
    rows.push_back(std::move(row));
  };
  for (const auto& id : scope.categories) {
    ScopeList::Row row;
    row.name = words()("promo.scope.category", {{"name", to_utf8(promotions_.category_name(id))}});
    add(&Scope::categories, id, row);
  }
  for (const auto& brand : scope.brands) {
    ScopeList::Row row;
    row.name = words()("promo.scope.brand", {{"name", brand}});
    add(&Scope::brands, brand, row);
  }
  for (const auto& number : scope.exclude_items) {
    auto row = item_row(number);
    row.name = words()("promo.scope.excluded", {{"name", to_utf8(row.name)}});
    row.quiet = true;
    add(&Scope::exclude_items, number, row);
  }
  std::size_t left_out = 0;
  for (const auto& number : scope.items) {
    if (rows.size() < most_rows) {
      add(&Scope::items, number, item_row(number));
    } else {
      ++left_out;
    }
  }
  const wxString more = left_out == 0 ? wxString() : words()("promo.scope.more", {{"count", std::to_string(left_out)}});
  set_shown(empty_, rows.empty() && !scope.all && form().kind != OfferKind::other);
  set_shown(list_, !rows.empty());
  list_->set(std::move(rows), more, editable() && form().kind != OfferKind::other);
}

void ScopeCard::show_fields() {
  const bool open = editable() && form().kind != OfferKind::other;
  std::vector<wxString> names{words()("promo.field.by_category")};
  category_ids_.clear();
  for (const auto& category : office().store().profile().categories) {
    names.push_back(words().name_of(category));
    category_ids_.push_back(std::to_string(category.id));
  }
  category_->set_choices(names, 0);
  all_->set({words()("promo.field.all_goods"), form().scope.all});
  for (wxWindow* part : {static_cast<wxWindow*>(picker_), static_cast<wxWindow*>(category_),
                         static_cast<wxWindow*>(brand_), static_cast<wxWindow*>(all_)}) {
    set_shown(part, open);
  }
  if (form().scope.all) set_shown(all_, true);
  show_list();
  show_problem(problem_, Field::goods);
}

bool ScopeCard::take_key(const wxKeyEvent& event) {
  if (picker_->take_key(event)) return true;
  const bool enter = is_plain(event, WXK_RETURN) || is_plain(event, WXK_NUMPAD_ENTER);
  if (!enter || wxWindow::FindFocus() != &brand_->control()) return false;
  add_to(&Scope::brands, std::string(trim(to_utf8(brand_->value()))));
  brand_->set_value(wxString());
  return true;
}

}  // namespace lanekeeper::office
