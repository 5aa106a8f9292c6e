#include "office_ui/till_rules_page.h"

#include "office_ui/flow_control.h"
#include "office_ui/key_rules.h"
#include "office_ui/layout.h"

namespace lanekeeper::office {

using widgets::Button;
using widgets::Icon;
using widgets::Label;
using widgets::NoteBox;
using widgets::Surface;
using widgets::TextField;
using widgets::theme;
using widgets::to_utf8;
using widgets::to_wx;
using widgets::ToggleSwitch;
using widgets::Weight;

namespace {

Label* heading(wxWindow* parent, const wxString& text) {
  return new Label(parent, text, {16, Weight::bold, theme().ink});
}

// A quiet paragraph, as high as its width wants it.
class HelpText : public FlowControl {
 public:
  HelpText(wxWindow* parent, const wxString& text) : FlowControl(parent, text), text_(text) {
    set_ground(theme().panel);
  }

 protected:
  [[nodiscard]] double height_for(double width) const override {
    std::size_t lines = 1;
    widgets::with_measuring_painter([&](widgets::Painter& painter) {
      lines = std::max<std::size_t>(1, painter.wrap(text_, style(), width, most_lines).size());
    });
    return line_height * static_cast<double>(lines) + 2;
  }
  void paint(widgets::Painter& painter) override { painter.paragraph(text_, painter.area(), style(), line_height); }

 private:
  static constexpr double line_height = 20;
  static constexpr int most_lines = 6;
  [[nodiscard]] static widgets::TextStyle style() { return {14, Weight::regular, theme().ink_quiet}; }

  wxString text_;
};

HelpText* help(wxWindow* parent, const wxString& text) {
  return new HelpText(parent, text);
}

}  // namespace

TillRulesPage::TillRulesPage(wxWindow* parent, Shell& around) : Page(parent, around) {
  scrolled_ = new wxScrolledWindow(this, wxID_ANY, wxDefaultPosition, wxDefaultSize, wxVSCROLL | wxTAB_TRAVERSAL);
  scrolled_->SetBackgroundColour(GetBackgroundColour());
  scrolled_->SetScrollRate(0, px(12));
  note_ = new NoteBox(this, NoteBox::Kind::info, wxString());
  note_->set_ground(GetBackgroundColour());
  note_->Hide();
  cards_ = new wxBoxSizer(wxHORIZONTAL);
  cards_->Add(build_cash(), wxSizerFlags(2).Top());
  cards_->AddSpacer(px(16));
  cards_->Add(build_ways(), wxSizerFlags(3).Top());
  scrolled_->SetSizer(cards_);
  auto column = column_of(this, 12);
  column.add(note_).add(scrolled_, 1);
  SetSizer(column.padded(20, 16));
  watch(office());
  watch(editor());
  update();
}

TextField* TillRulesPage::add_amount(wxWindow* card, PolicyField field, std::string PolicyForm::*member,
                                     std::string_view label, std::string_view hint) {
  TextField::Options options;
  options.label = words()(label);
  options.suffix = words()("currency_suffix");
  options.hint = hint.empty() ? wxString("0.00") : words()(hint);
  options.right_aligned = true;
  auto* control = new TextField(card, options);
  control->SetMinSize(wxSize(px(120), control->GetBestSize().y));
  control->control().Bind(wxEVT_TEXT, [this, field, member, control](wxCommandEvent&) {
    if (updating_) return;
    const std::string value = to_utf8(control->value());
    editor().edit(field, 0, [&](PolicyForm& form) { form.*member = value; });
  });
  amounts_.push_back({field, member, control});
  return control;
}

ToggleSwitch* TillRulesPage::add_switch(wxWindow* card, bool PolicyForm::*member, std::string_view label) {
  auto* control = new ToggleSwitch(card, {words()(label), words()("yes"), words()("no")});
  control->Bind(wxEVT_CHECKBOX, [this, member](wxCommandEvent& event) {
    const bool on = event.IsChecked();
    editor().edit([member, on](PolicyForm& form) { form.*member = on; });
  });
  switches_.push_back({member, control});
  return control;
}

Surface* TillRulesPage::build_cash() {
  auto* card = new Surface(scrolled_);
  auto column = column_of(card, 12);
  column.add(heading(card, words()("rules.shifts")))
      .add(add_switch(card, &PolicyForm::shifts_required, "rules.shifts_required"))
      .add(help(card, words()("rules.shifts_note")))
      .add(add_amount(card, PolicyField::usual_float, &PolicyForm::usual_float, "rules.usual_float", ""))
      .add(
          add_amount(card, PolicyField::difference_tolerance, &PolicyForm::difference_tolerance, "rules.tolerance", ""))
      .add(help(card, words()("rules.tolerance_note")))
      .add(add_amount(card, PolicyField::pick_up_at, &PolicyForm::pick_up_at, "rules.pick_up_at", "rules.never"))
      .add(help(card, words()("rules.pick_up_note")))
      .add(heading(card, words()("rules.people")))
      .add(add_switch(card, &PolicyForm::badge_signs_in, "rules.badge_signs_in"))
      .add(help(card, words()("rules.badge_note")));
  card->SetSizer(column.padded(18, 14));
  return card;
}

Surface* TillRulesPage::build_ways() {
  auto* card = new Surface(scrolled_);
  methods_ = new MethodsEditor(card, shell());
  auto column = column_of(card, 12);
  column.add(heading(card, words()("rules.ways")))
      .add(help(card, words()("rules.ways_note")))
      .add(add_switch(card, &PolicyForm::vouchers, "rules.vouchers"))
      .add(heading(card, words()("rules.methods")))
      .add(methods_);
  card->SetSizer(column.padded(18, 14));
  return card;
}

std::vector<Page::Action> TillRulesPage::actions() {
  std::vector<Action> result;
  if (editor().changed()) {
    Button::Content discard;
    discard.label = words()("rules.discard");
    discard.icon = Icon::return_arrow;
    result.push_back({discard, [this] { editor().discard(); }});
  }
  Button::Content content;
  content.label = words()(editor().saving() ? "receipts.saving" : "receipts.save");
  content.hotkey = shell().narrow() ? "" : "Ctrl+S";
  content.icon = Icon::upload;
  content.look = editor().changed() ? Button::Look::primary : Button::Look::plain;
  result.push_back({content, [this] { save(); }});
  return result;
}

void TillRulesPage::save() {
  if (editor().save() || editor().problems().empty()) return;
  const auto& first = editor().problems().front();
  for (const auto& amount : amounts_) {
    if (amount.field != first.field) continue;
    amount.control->control().SetFocus();
    return;
  }
  methods_->field(first.field, first.row).control().SetFocus();
}

bool TillRulesPage::take_key(const wxKeyEvent& event) {
  if (is_ctrl(event, 'S')) {
    save();
    return true;
  }
  if (is_plain(event, WXK_ESCAPE) && editor().changed()) {
    editor().discard();
    return true;
  }
  return enter_goes_on(event, scrolled_);
}

void TillRulesPage::focus_first() {
  usual_float().control().SetFocus();
}

// Side by side where both have room, else one below the other.
void TillRulesPage::arrange() {
  const bool beside = GetClientSize().x >= px(900);
  const int wanted = beside ? wxHORIZONTAL : wxVERTICAL;
  if (cards_->GetOrientation() != wanted) {
    cards_->SetOrientation(wanted);
    for (auto* item : cards_->GetChildren()) {
      if (item->IsSpacer()) continue;
      item->SetProportion(!beside ? 0 : item->GetWindow() == methods_->GetParent() ? 3 : 2);
      item->SetFlag(beside ? static_cast<int>(wxALIGN_TOP) : static_cast<int>(wxEXPAND));
    }
  }
  scrolled_->FitInside();
  scrolled_->Layout();
  update_soon();
}

void TillRulesPage::update_note() {
  const auto& settings = office().store_desk().settings;
  wxString text;
  auto kind = NoteBox::Kind::warning;
  if (editor().error()) {
    text = words().error(*editor().error());
  } else if (!editor().readable() && settings.error()) {
    text = words()("receipts.not_read", {{"reason", to_utf8(words().error(*settings.error()))}});
  } else if (!editor().problems().empty()) {
    text = words()("rules.wrong", {{"count", std::to_string(editor().problems().size())}});
  } else if (editor().just_saved()) {
    kind = NoteBox::Kind::info;
    text = words()("rules.saved");
  }
  if (!text.empty()) note_->set(kind, text);
  if (set_shown(note_, !text.empty())) Layout();
}

void TillRulesPage::update() {
  updating_ = true;
  const auto& form = editor().form();
  for (const auto& amount : amounts_) {
    const wxString value = to_wx(form.*amount.member);
    if (amount.control->value() != value) amount.control->set_value(value);
    amount.control->control().SetEditable(editor().readable());
    const auto* problem = editor().problem(amount.field);
    amount.control->set_error(problem == nullptr ? wxString() : words().error(*problem));
  }
  for (const auto& one : switches_) {
    one.control->set_value(form.*one.member);
    one.control->Enable(editor().readable());
  }
  updating_ = false;
  methods_->show();
  update_note();
  scrolled_->FitInside();
  scrolled_->Layout();
  shell().heading_changed();
}

}  // namespace lanekeeper::office
