#include "office_ui/item_fields.h"

#include "office_ui/layout.h"

namespace lanekeeper::office {

using widgets::NoteBox;
using widgets::px;
using widgets::SelectField;
using widgets::TextField;
using widgets::to_utf8;
using widgets::to_wx;
using widgets::ToggleSwitch;

ItemFields::ItemFields(wxWindow* parent, Shell& shell)
    : wxScrolledWindow(parent, wxID_ANY, wxDefaultPosition, wxDefaultSize, wxVSCROLL | wxTAB_TRAVERSAL), shell_(shell) {
  SetBackgroundColour(widgets::theme().panel);
  // In the order of the screen: Tab and Enter follow it. The scanner comes first.
  make_code();
  add_text(ItemField::name, &ItemForm::name, "item.name", true);
  add_text(ItemField::price, &ItemForm::price, "item.price", false, words()("currency_suffix"));
  add_text(ItemField::cost, &ItemForm::cost, "item.cost", false, words()("currency_suffix"));
  make_call_off();
  make_selects();
  add_text(ItemField::number, &ItemForm::number, "item.number", false);
  add_text(ItemField::spec, &ItemForm::spec, "item.spec", false);
  add_text(ItemField::brand, &ItemForm::brand, "item.brand", false);
  add_text(ItemField::minimum_age, &ItemForm::minimum_age, "item.minimum_age", false, words()("item.years"));
  add_text(ItemField::sale_hours, &ItemForm::sale_hours, "item.sale_hours", true, {}, words()("item.sale_hours_hint"));
  add_text(ItemField::mnemonic, &ItemForm::mnemonic, "item.mnemonic", true);
  add_text(ItemField::name_en, &ItemForm::name_en, "item.name_en", true);
  add_switch(ItemField::weighed, &ItemForm::weighed, "item.weighed", "yes", "no");
  add_text(ItemField::tare, &ItemForm::tare, "item.tare", true, "kg");
  add_switch(ItemField::active, &ItemForm::active, "item.active", "item.active_on", "item.active_off");
  add_switch(ItemField::sale_blocked, &ItemForm::sale_blocked, "item.sale_blocked", "yes", "no");
  add_switch(ItemField::discount_blocked, &ItemForm::discount_blocked, "item.discount_blocked", "yes", "no");
  add_switch(ItemField::return_blocked, &ItemForm::return_blocked, "item.return_blocked", "yes", "no");
  add_switch(ItemField::open_price, &ItemForm::open_price, "item.open_price", "yes", "no");
  add_switch(ItemField::deposit, &ItemForm::deposit, "item.deposit", "yes", "no");
  price_note_ = new NoteBox(this, NoteBox::Kind::info, wxString());
  row_problem_ = new NoteBox(this, NoteBox::Kind::warning, wxString());
  rule_problem_ = new NoteBox(this, NoteBox::Kind::warning, wxString());
  lay_out();
}

TextField* ItemFields::add_text(ItemField field, std::string ItemForm::*member, std::string_view label, bool wide,
                                const wxString& suffix, const wxString& hint) {
  TextField::Options options;
  options.label = words()(label);
  options.suffix = suffix;
  options.hint = hint;
  auto* control = new TextField(this, options);
  control->control().Bind(wxEVT_TEXT, [this, field, member, control](wxCommandEvent&) {
    if (updating_) return;
    const std::string value = to_utf8(control->value());
    editor().edit(field, [&](ItemForm& form) { form.*member = value; });
  });
  keep_in_view(control);
  texts_.push_back({field, member, control, wide});
  return control;
}

// A field that gets the focus comes into view.
void ItemFields::keep_in_view(TextField* control) {
  control->control().Bind(wxEVT_SET_FOCUS, [this, control](wxFocusEvent& event) {
    bring_into_view(control);
    event.Skip();
  });
}

void ItemFields::bring_into_view(const wxWindow* control) {
  const int top = CalcUnscrolledPosition(control->GetPosition()).y;
  int unit = 1;
  GetScrollPixelsPerUnit(nullptr, &unit);
  const int view = GetViewStart().y * unit;
  const int height = GetClientSize().y;
  if (top < view) Scroll(-1, top / unit);
  if (top + control->GetSize().y > view + height) Scroll(-1, (top + control->GetSize().y - height) / unit + 1);
}

// The first barcode stands where goods are entered; packs and further ones have a tab of their own.
void ItemFields::make_code() {
  TextField::Options options;
  options.label = words()("item.code");
  options.hint = words()("item.code_hint");
  code_ = new TextField(this, options);
  code_->control().Bind(wxEVT_TEXT, [this](wxCommandEvent&) {
    if (updating_) return;
    const std::string value = to_utf8(code_->value());
    editor().edit(ItemField::codes, [&](ItemForm& form) {
      if (form.codes.empty()) form.codes.emplace_back();
      form.codes.front().code = value;
      if (form.codes.size() == 1 && form.codes.front() == CodeForm()) form.codes.clear();
    });
  });
  keep_in_view(code_);
}

ToggleSwitch* ItemFields::add_switch(ItemField field, bool ItemForm::*member, std::string_view label,
                                     std::string_view on, std::string_view off) {
  auto* control = new ToggleSwitch(this, {words()(label), words()(on), words()(off)});
  control->Bind(wxEVT_CHECKBOX, [this, field, member](wxCommandEvent& event) {
    const bool value = event.IsChecked();
    editor().edit(field, [&](ItemForm& form) { form.*member = value; });
  });
  switches_.push_back({field, member, control});
  return control;
}

void ItemFields::make_selects() {
  timing_ = new SelectField(this, words()("item.timing"), {words()("item.at_once"), words()("item.tomorrow")}, 0);
  timing_->on_select([this](int index) {
    const auto timing = index == 1 ? PriceTiming::tomorrow : PriceTiming::at_once;
    editor().edit(ItemField::timing, [timing](ItemForm& form) { form.timing = timing; });
  });
  tax_ = new SelectField(this, words()("item.tax"), {}, -1);
  tax_->on_select([this](int index) {
    const auto id = tax_ids_[static_cast<std::size_t>(index)];
    editor().edit(ItemField::tax, [id](ItemForm& form) { form.tax = id; });
  });
  category_ = new SelectField(this, words()("item.category"), {}, -1);
  category_->on_select([this](int index) {
    const auto id = category_ids_[static_cast<std::size_t>(index)];
    editor().edit(ItemField::category, [id](ItemForm& form) { form.category = id; });
  });
}

void ItemFields::make_call_off() {
  widgets::Button::Content call_off;
  call_off.label = words()("item.call_off");
  call_off.compact = true;
  call_off_ = new widgets::Button(this, call_off);
  call_off_->set_ground(widgets::theme().panel);
  call_off_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) {
    editor().edit(ItemField::coming_price, [](ItemForm& form) { form.keep_coming_price = !form.keep_coming_price; });
  });
}

void ItemFields::lay_out() {
  const auto text = [this](ItemField field) -> wxWindow* {
    for (const auto& binding : texts_) {
      if (binding.field == field) return binding.control;
    }
    return nullptr;
  };
  auto column = column_of(this, 12);
  column.add(code_);
  column.add(text(ItemField::name));
  column.add(side_by_side(this, text(ItemField::price), text(ItemField::cost)));
  column.add(row_problem_);
  column.add(price_note_);
  column.add_at_end(call_off_);
  column.add(timing_);
  column.add(side_by_side(this, category_, tax_));
  column.add(side_by_side(this, text(ItemField::number), text(ItemField::spec)));
  column.add(side_by_side(this, text(ItemField::brand), text(ItemField::minimum_age)));
  column.add(text(ItemField::sale_hours));
  column.add(text(ItemField::mnemonic));
  column.add(text(ItemField::name_en));
  auto toggles = column_of(this, 0);
  for (const auto& binding : switches_) {
    toggles.add(binding.control);
    if (binding.field == ItemField::weighed) toggles.add(text(ItemField::tare));
  }
  column.add(toggles);
  column.add(rule_problem_);
  SetSizer(column.padded(18, 14));
  SetScrollRate(0, px(this, 10));
}

void ItemFields::update_selects() {
  const auto& form = editor().form();
  const auto& profile = shell_.office().store().profile();
  std::vector<wxString> names{words()("item.no_category")};
  category_ids_ = {0};
  for (const auto& category : profile.categories) {
    names.push_back(words().name_of(category));
    category_ids_.push_back(category.id);
  }
  const auto place = [](const auto& ids, auto id) {
    const auto found = std::find(ids.begin(), ids.end(), id);
    return found == ids.end() ? -1 : static_cast<int>(found - ids.begin());
  };
  category_->set_choices(names, place(category_ids_, form.category));
  std::vector<wxString> taxes;
  tax_ids_.clear();
  for (const auto& tax : profile.taxes) {
    taxes.push_back(to_wx(tax.name));
    tax_ids_.push_back(tax.id);
  }
  tax_->set_choices(taxes, place(tax_ids_, form.tax));
  timing_->select(form.timing == PriceTiming::tomorrow ? 1 : 0);
  for (auto* select : {category_, tax_, timing_}) {
    select->SetMinSize(wxSize(px(this, 60), select->GetBestSize().y));
  }
}

wxString ItemFields::problem_words(std::initializer_list<ItemField> fields) const {
  wxString result;
  for (const ItemField field : fields) {
    if (const auto* problem = editor().problem(field)) {
      if (!result.empty()) result += "\n";
      result += words().error(problem->error);
    }
  }
  return result;
}

wxString ItemFields::margin_words() const {
  const ZonedTime now = editor().now();
  const auto& stored = editor().base().item;
  const auto before = margin(catalogue::price_at(stored, "regular", now.instant), stored.cost);
  const auto typed = Money::parse(editor().form().price);
  const auto cost = editor().draft().cost;
  const auto after = typed ? margin(*typed, cost) : std::nullopt;
  wxString result;
  if (after && cost) {
    const std::string cost_text = to_utf8(words().amount(*cost));
    const std::string now_text = to_utf8(words().percent(*after));
    if (before && *before != *after) {
      result = words()("item.margin_change",
                       {{"before", to_utf8(words().percent(*before))}, {"after", now_text}, {"cost", cost_text}});
    } else {
      result = words()("item.margin", {{"margin", now_text}, {"cost", cost_text}});
    }
    if (after->per_10k() < 0) result += "\n" + words()("item.below_cost");
  }
  if (const auto* coming = coming_price(stored, now.instant)) {
    if (!result.empty()) result += "\n";
    result += words()(editor().form().keep_coming_price ? "item.coming" : "item.coming_called_off",
                      {{"price", to_utf8(words().amount(coming->amount))},
                       {"time", to_utf8(words().moment(*coming->valid_from, now))}});
  }
  return result;
}

void ItemFields::update_notes() {
  const wxString margin = margin_words();
  const auto cost = editor().draft().cost;
  const auto typed = Money::parse(editor().form().price);
  const bool loss = typed && cost && *typed < *cost;
  if (!margin.empty()) price_note_->set(loss ? NoteBox::Kind::warning : NoteBox::Kind::info, margin);
  const wxString problem = problem_words({ItemField::price, ItemField::cost});
  if (!problem.empty()) row_problem_->set(NoteBox::Kind::warning, problem);
  bool changed = set_shown(price_note_, !margin.empty());
  changed = set_shown(row_problem_, !problem.empty()) || changed;
  const wxString of_rules = problem_words({ItemField::deposit});
  if (!of_rules.empty()) rule_problem_->set(NoteBox::Kind::warning, of_rules);
  changed = set_shown(rule_problem_, !of_rules.empty()) || changed;
  const bool has_coming = coming_price(editor().base().item, editor().now().instant) != nullptr;
  changed = set_shown(call_off_, has_coming) || changed;
  if (has_coming) {
    auto content = call_off_->content();
    content.label = words()(editor().form().keep_coming_price ? "item.call_off" : "item.keep_coming");
    call_off_->set(content);
  }
  if (changed) {
    FitInside();
    Layout();
  }
}

void ItemFields::update() {
  if (!editor().is_open()) return;
  updating_ = true;
  const auto& form = editor().form();
  const bool editable =
      editor().saving() == ItemEditor::Saving::no && shell_.office().allows(access::Permission::items_edit);
  for (const auto& binding : texts_) {
    const wxString value = to_wx(form.*binding.member);
    if (binding.control->value() != value) binding.control->set_value(value);
    binding.control->control().SetEditable(editable);
    if (binding.field == ItemField::number) {
      binding.control->set_label(words()(editor().is_new() ? "item.number_optional" : "item.number"));
    }
    const auto* problem = editor().problem(binding.field);
    const bool told_below = binding.field == ItemField::price || binding.field == ItemField::cost;
    binding.control->set_alert(problem != nullptr);
    binding.control->set_error(problem && !told_below ? words().error(problem->error) : wxString());
  }
  for (const auto& binding : switches_) {
    binding.control->set_value(form.*binding.member);
    binding.control->Enable(editable);
  }
  for (auto* select : {category_, tax_}) select->Enable(editable);
  update_code(editable);
  update_timing(editable);
  call_off_->Enable(editable);
  update_selects();
  update_notes();
  for (const auto& binding : texts_) {
    if (binding.field != ItemField::tare) continue;
    if (set_shown(binding.control, form.weighed)) FitInside();
  }
  updating_ = false;
}

void ItemFields::update_code(bool editable) {
  const auto& codes = editor().form().codes;
  const wxString value = codes.empty() ? wxString() : to_wx(codes.front().code);
  if (code_->value() != value) code_->set_value(value);
  code_->control().SetEditable(editable);
  const auto* problem = editor().problem(ItemField::codes);
  const bool here = problem != nullptr && problem->row == 0;
  code_->set_alert(here);
  code_->set_error(here ? words().error(problem->error) : wxString());
}

// A new item and an unchanged price have nothing to wait for.
void ItemFields::update_timing(bool editable) {
  const auto stored = form_of(editor().base().item, editor().now().instant).price;
  timing_->Enable(editable);
  if (!set_shown(timing_, !stored.empty() && editor().form().price != stored)) return;
  FitInside();
  Layout();
}

void ItemFields::focus(ItemField field) {
  if (field == ItemField::codes) {
    code_->control().SetFocus();
    code_->control().SelectAll();
  }
  for (const auto& binding : texts_) {
    if (binding.field != field) continue;
    binding.control->control().SetFocus();
    binding.control->control().SelectAll();
    return;
  }
  for (const auto& binding : switches_) {
    if (binding.field != field) continue;
    binding.control->SetFocus();
    update_notes();  // what is wrong stands below the last of them
    bring_into_view(rule_problem_->IsShown() ? static_cast<wxWindow*>(rule_problem_) : binding.control);
  }
}

}  // namespace lanekeeper::office
