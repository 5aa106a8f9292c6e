#include "office_ui/offer_card.h"

#include <wx/wrapsizer.h>

namespace lanekeeper::office {

using widgets::Button;
using widgets::Chip;
using widgets::Icon;
using widgets::NoteBox;
using widgets::SelectField;
using widgets::TextField;
using widgets::theme;
using widgets::to_utf8;
using widgets::to_wx;
using widgets::Weight;
using Field = PromotionField;

OfferCard::OfferCard(wxWindow* parent, Shell& around, const PromotionWords& promotions)
    : PromotionCard(parent, around, 1, "promo.card.kind"), promotions_(promotions) {
  fixed_note_ = new NoteBox(surface(), NoteBox::Kind::info, words()("promo.fixed_note"));
  build_kinds();
  column().add(kind_row_).add(fixed_note_);
  build_figures();
  build_steps();
  build_gift();
  every_ = add_chip(Field::other, &PromotionForm::every, "promo.field.every");
  excludes_ = add_chip(Field::other, &PromotionForm::excludes_offers, "promo.field.excludes_offers");
  auto chips = row_of(surface(), 8);
  chips.add_centred(every_).add_centred(excludes_);
  column().add(chips);
  finish();
  watch(office().promotions().goods);
}

void OfferCard::build_kinds() {
  kind_row_ = new wxPanel(surface());
  kind_row_->SetBackgroundColour(theme().panel);
  kinds_ = {{OfferKind::pay_fewer, "promo.kind.pay_fewer", nullptr},
            {OfferKind::nth_off, "promo.kind.nth_off", nullptr},
            {OfferKind::multibuy, "promo.kind.multibuy", nullptr},
            {OfferKind::spend, "promo.kind.spend", nullptr},
            {OfferKind::fixed_price, "promo.kind.fixed_price", nullptr},
            {OfferKind::amount_off, "promo.kind.amount_off", nullptr},
            {OfferKind::percent_off, "promo.kind.percent_off", nullptr},
            {OfferKind::gift, "promo.kind.gift", nullptr}};
  auto* row = new wxWrapSizer(wxHORIZONTAL, wxREMOVE_LEADING_SPACES);
  for (auto& entry : kinds_) {
    entry.chip = new Chip(kind_row_, {words()(entry.label)});
    entry.chip->set_ground(theme().panel);
    entry.chip->Bind(wxEVT_BUTTON, [this, kind = entry.kind](wxCommandEvent&) { choose(kind); });
    row->Add(entry.chip, wxSizerFlags().Border(wxRIGHT | wxBOTTOM, px(6)));
  }
  kind_row_->SetSizer(row);
}

void OfferCard::choose(OfferKind kind) {
  if (!editable()) return;
  editor().edit(Field::kind, [kind](PromotionForm& altered) {
    altered.kind = kind;
    const bool second = kind == OfferKind::nth_off;
    if (second && (altered.count.empty() || altered.percent.empty())) altered.count = "2";
    if (second && altered.percent.empty()) altered.percent = "50";
    if (altered.count.empty()) altered.count = "3";
    if (altered.steps.empty()) altered.steps.resize(1);
  });
}

void OfferCard::build_figures() {
  const wxString pieces = words()("promo.field.pieces");
  count_ = add_text(Field::count, &PromotionForm::count, "promo.field.count", pieces);
  TextField::Options options;
  options.label = words()("promo.field.pay");
  options.suffix = pieces;
  pay_ = new TextField(surface(), options);
  pay_->SetMinSize(wxSize(px(70), pay_->GetBestSize().y));
  pay_->control().SetEditable(false);
  price_ = add_text(Field::price, &PromotionForm::price, "promo.field.price", words()("currency_suffix"));
  amount_ = add_text(Field::amount, &PromotionForm::amount, "promo.field.amount", words()("currency_suffix"));
  percent_ = add_text(Field::percent, &PromotionForm::percent, "promo.field.percent", "%");
  auto row = row_of(surface(), 12);
  row.add(count_, 1).add(pay_, 1).add(price_, 1).add(amount_, 1).add(percent_, 2);
  column().add(row);
}

void OfferCard::build_steps() {
  steps_sizer_ = new wxBoxSizer(wxVERTICAL);
  steps_problem_ = new NoteBox(surface(), NoteBox::Kind::warning, wxString());
  steps_problem_->Hide();
  Button::Content content;
  content.label = words()("promo.field.add_step");
  content.icon = Icon::plus;
  content.compact = true;
  add_step_ = new Button(surface(), content);
  add_step_->set_ground(theme().panel);
  add_step_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) {
    editor().edit(Field::steps, [](PromotionForm& altered) {
      altered.steps.push_back({{}, {}, !altered.steps.empty() && altered.steps.back().percent});
      altered.every = false;
    });
  });
  auto buttons = row_of(surface(), 0);
  buttons.add(add_step_).add_stretch();
  column().add(steps_sizer_).add(steps_problem_).add(buttons);
}

void OfferCard::edit_step(std::size_t index, const std::function<void(SpendStepForm&)>& change) {
  if (updating_) return;
  editor().edit(Field::steps, [&](PromotionForm& altered) {
    if (index < altered.steps.size()) change(altered.steps[index]);
    if (!altered.steps.empty() && altered.steps.front().percent) altered.every = false;
  });
}

OfferCard::StepRow OfferCard::make_step(std::size_t index) {
  auto* panel = new wxPanel(surface());
  panel->SetBackgroundColour(theme().panel);
  const auto text = [&](std::string_view label, std::string SpendStepForm::*member) {
    TextField::Options options;
    options.label = words()(label);
    auto* control = new TextField(panel, options);
    control->SetMinSize(wxSize(px(70), control->GetBestSize().y));
    control->control().Bind(wxEVT_TEXT, [this, index, member, control](wxCommandEvent&) {
      const auto value = to_utf8(control->value());
      edit_step(index, [&](SpendStepForm& step) { step.*member = value; });
    });
    return control;
  };
  StepRow row{panel, text("promo.field.threshold", &SpendStepForm::threshold),
              text("promo.field.off", &SpendStepForm::off), nullptr, nullptr};
  row.unit =
      new SelectField(panel, wxString(), {words()("promo.field.off_amount"), words()("promo.field.off_percent")}, 0);
  row.unit->set_ground(theme().panel);
  row.unit->on_select(
      [this, index](int unit) { edit_step(index, [unit](SpendStepForm& step) { step.percent = unit == 1; }); });
  Button::Content remove;
  remove.icon = Icon::cross;
  remove.look = Button::Look::quiet;
  remove.compact = true;
  row.remove = new Button(panel, remove);
  row.remove->set_ground(theme().panel);
  row.remove->SetLabel(words()("promo.field.remove_step"));
  row.remove->Bind(wxEVT_BUTTON, [this, index](wxCommandEvent&) {
    CallAfter([this, index] {
      editor().edit(Field::steps, [index](PromotionForm& altered) {
        if (index < altered.steps.size() && altered.steps.size() > 1) {
          altered.steps.erase(altered.steps.begin() + static_cast<std::ptrdiff_t>(index));
        }
      });
    });
  });
  auto line = row_of(panel, 12);
  line.add(row.threshold, 1).add(row.off, 1).add_at_end(row.unit).add_at_end(row.remove);
  panel->SetSizer(line.sizer());
  steps_sizer_->Add(panel, wxSizerFlags().Expand().Border(wxBOTTOM, px(6)));
  return row;
}

void OfferCard::show_steps(bool shown) {
  const auto& wanted = form().steps;
  while (steps_.size() > wanted.size()) {
    steps_.back().panel->Destroy();
    steps_.pop_back();
  }
  while (steps_.size() < wanted.size()) steps_.push_back(make_step(steps_.size()));
  for (std::size_t i = 0; i < steps_.size(); ++i) {
    const auto show = [&](TextField* control, const std::string& value) {
      if (control->value() != to_wx(value)) control->set_value(to_wx(value));
      control->control().SetEditable(editable());
    };
    show(steps_[i].threshold, wanted[i].threshold);
    show(steps_[i].off, wanted[i].off);
    steps_[i].unit->select(wanted[i].percent ? 1 : 0);
    steps_[i].unit->Enable(editable());
    set_shown(steps_[i].remove, wanted.size() > 1 && editable());
    set_shown(steps_[i].panel, shown);
  }
  show_problem(steps_problem_, Field::steps);
  if (!shown) steps_problem_->Hide();
  set_shown(add_step_, shown && wanted.size() < most_steps && editable());
}

void OfferCard::build_gift() {
  gift_when_ = add_text(Field::gift_when, &PromotionForm::gift_when, "promo.field.gift_when");
  gift_unit_ = new SelectField(surface(), words()("promo.field.gift_unit"),
                               {words()("promo.field.gift_by_amount"), words()("promo.field.gift_by_count")}, 0);
  gift_unit_->set_ground(theme().panel);
  gift_unit_->on_select([this](int unit) {
    editor().edit(Field::gift_when, [unit](PromotionForm& altered) { altered.gift_counts = unit == 1; });
  });
  gift_price_ =
      add_text(Field::gift_price, &PromotionForm::gift_price, "promo.field.gift_price", words()("currency_suffix"));
  auto figures = row_of(surface(), 12);
  figures.add(gift_when_, 1).add(gift_unit_, 1).add(gift_price_, 1);
  gift_label_ =
      new widgets::Label(surface(), words()("promo.field.gift_item"), {13, Weight::regular, theme().ink_quiet});
  gift_item_ = new widgets::Label(surface(), wxString(), {15, Weight::bold, theme().ink});
  gift_item_->set_may_shrink();
  gift_picker_ =
      new GoodsPicker(surface(), shell(), office().promotions().gift_finder, words()("promo.field.scope_hint"));
  gift_picker_->on_pick([this](const protocol::ItemRow& row) {
    editor().edit(Field::gift_item, [&row](PromotionForm& altered) { altered.gift_item = row.item.number; });
  });
  gift_problem_ = new NoteBox(surface(), NoteBox::Kind::warning, wxString());
  column().add(figures).add(gift_label_).add(gift_item_).add(gift_picker_).add(gift_problem_);
}

void OfferCard::show_gift(bool shown) {
  gift_unit_->select(form().gift_counts ? 1 : 0);
  gift_unit_->Enable(editable());
  if (!form().gift_item.empty()) gift_item_->set(promotions_.item_name(form().gift_item));
  for (wxWindow* part : {static_cast<wxWindow*>(gift_when_), static_cast<wxWindow*>(gift_unit_),
                         static_cast<wxWindow*>(gift_price_), static_cast<wxWindow*>(gift_label_)}) {
    set_shown(part, shown);
  }
  set_shown(gift_item_, shown && !form().gift_item.empty());
  set_shown(gift_picker_, shown && editable());
  show_problem(gift_problem_, Field::gift_item);
  if (!shown) gift_problem_->Hide();
}

void OfferCard::show_fields() {
  updating_ = true;
  const auto kind = form().kind;
  const bool fixed = kind == OfferKind::other;
  for (const auto& entry : kinds_) {
    entry.chip->set({words()(entry.label), entry.kind == kind});
    entry.chip->Enable(editable());
  }
  set_shown(kind_row_, !fixed && !editor().is_opaque());
  if (editor().is_opaque()) fixed_note_->set(NoteBox::Kind::info, words()("promo.opaque_note"));
  if (!editor().is_opaque()) fixed_note_->set(NoteBox::Kind::info, words()("promo.fixed_note"));
  set_shown(fixed_note_, fixed || editor().is_opaque());
  const bool open = !fixed && !editor().is_opaque();
  const auto is = [&](std::initializer_list<OfferKind> kinds) {
    return open && std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
  };
  set_shown(count_, is({OfferKind::pay_fewer, OfferKind::nth_off, OfferKind::multibuy}));
  set_shown(pay_, is({OfferKind::pay_fewer}));
  set_shown(price_, is({OfferKind::multibuy, OfferKind::fixed_price}));
  price_->set_label(words()(kind == OfferKind::multibuy ? "promo.field.price_together" : "promo.field.price"));
  set_shown(amount_, is({OfferKind::amount_off}));
  set_shown(percent_, is({OfferKind::nth_off, OfferKind::percent_off}));
  percent_->set_label(words()(kind == OfferKind::nth_off ? "promo.field.percent_nth" : "promo.field.percent"));
  const auto rate = Rate::parse_percent(form().percent);
  percent_->set_suffix(rate ? words()("promo.field.percent_as", {{"off", to_utf8(promotions_.off(*rate))}})
                            : wxString("%"));
  long count = 0;
  const bool counted = to_wx(form().count).ToLong(&count) && count >= 2;
  pay_->set_value(counted ? wxString::Format("%ld", count - 1) : wxString());
  show_steps(is({OfferKind::spend}));
  show_gift(is({OfferKind::gift}));
  const bool single_amount = form().steps.size() == 1 && !form().steps.front().percent;
  set_shown(every_, is({OfferKind::gift}) || (is({OfferKind::spend}) && single_amount));
  if (kind == OfferKind::gift) every_->set({words()("promo.field.every_gift"), form().every});
  set_shown(excludes_, is({OfferKind::spend, OfferKind::gift}));
  kind_row_->Layout();
  updating_ = false;
}

bool OfferCard::take_key(const wxKeyEvent& event) {
  return gift_picker_->IsShown() && gift_picker_->take_key(event);
}

Chip* OfferCard::kind_chip(OfferKind kind) {
  for (const auto& entry : kinds_) {
    if (entry.kind == kind) return entry.chip;
  }
  return nullptr;
}

}  // namespace lanekeeper::office
