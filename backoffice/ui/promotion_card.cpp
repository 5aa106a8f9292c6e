#include "office_ui/promotion_card.h"

#include "office_ui/flow_control.h"

namespace lanekeeper::office {

using widgets::Chip;
using widgets::NoteBox;
using widgets::TextField;
using widgets::theme;
using widgets::to_utf8;
using widgets::to_wx;
using widgets::Weight;

namespace {

constexpr int head_height = 28;

// The number of the card in a disc, and its title.
class CardHead : public widgets::PaintedControl {
 public:
  CardHead(wxWindow* parent, int number, const wxString& title)
      : PaintedControl(parent, title), number_(number), title_(title) {
    set_ground(theme().panel);
    set_design_size(-1, head_height);
  }

 protected:
  void paint(widgets::Painter& painter) override {
    widgets::Area area = painter.area();
    const widgets::Area disc = area.take_left(24, 10);
    painter.disc(disc.x + 12, disc.centre_y(), 12, theme().ink);
    painter.text(wxString::Format("%d", number_), disc, {14, Weight::bold, theme().on_ink}, widgets::Align::centre);
    painter.text(title_, area, {16, Weight::bold, theme().ink});
  }

 private:
  int number_;
  wxString title_;
};

}  // namespace

PromotionCard::PromotionCard(wxWindow* parent, Shell& around, int number, std::string_view title)
    : Watcher(parent, around), surface_(new widgets::Surface(this)), column_(column_of(surface_, 10)) {
  column_.add(new CardHead(surface_, number, words()(title)));
}

void PromotionCard::finish() {
  surface_->SetSizer(column_.padded(16, 12));
  auto* own = new wxBoxSizer(wxVERTICAL);
  own->Add(surface_, wxSizerFlags(1).Expand());
  SetSizer(own);
  watch(editor());
  watch(office().promotions().model);
  update_soon();
}

bool PromotionCard::editable() const {
  return office().allows(access::Permission::promotions_edit) && !editor().is_opaque() &&
         !office().promotions().model.busy();
}

TextField* PromotionCard::add_text(PromotionField field, std::string PromotionForm::*member, std::string_view label,
                                   const wxString& suffix, const wxString& hint) {
  TextField::Options options;
  options.label = words()(label);
  options.suffix = suffix;
  options.hint = hint;
  auto* control = new TextField(surface_, options);
  control->SetMinSize(wxSize(px(70), control->GetBestSize().y));
  control->control().Bind(wxEVT_TEXT, [this, field, member, control](wxCommandEvent&) {
    if (updating_) return;
    const std::string value = to_utf8(control->value());
    editor().edit(field, [&](PromotionForm& altered) { altered.*member = value; });
  });
  texts_.push_back({field, member, control});
  return control;
}

Chip* PromotionCard::add_chip(PromotionField field, bool PromotionForm::*member, std::string_view label) {
  auto* chip = new Chip(surface_, {words()(label)});
  chip->set_ground(theme().panel);
  chip->Bind(wxEVT_BUTTON, [this, field, member](wxCommandEvent&) {
    if (editable()) editor().edit(field, [member](PromotionForm& altered) { altered.*member = !(altered.*member); });
  });
  chips_.push_back({member, std::string(label), chip});
  return chip;
}

void PromotionCard::show_problem(NoteBox* note, PromotionField field) {
  const auto* problem = editor().problem(field);
  if (problem != nullptr) note->set(NoteBox::Kind::warning, words().error(problem->error));
  set_shown(note, problem != nullptr);
}

void PromotionCard::update() {
  if (!editor().is_open()) return;
  updating_ = true;
  for (const auto& binding : texts_) {
    const wxString value = to_wx(form().*binding.member);
    if (binding.control->value() != value) binding.control->set_value(value);
    binding.control->control().SetEditable(editable());
    const auto* problem = editor().problem(binding.field);
    binding.control->set_alert(problem != nullptr);
    // The two hours have one note below them.
    const bool told_here = problem != nullptr && binding.field != PromotionField::hours;
    binding.control->set_error(told_here ? words().error(problem->error) : wxString());
  }
  for (const auto& binding : chips_) {
    binding.control->set({words()(binding.label), form().*binding.member});
    binding.control->Enable(editable());
  }
  const int before = surface_->GetBestSize().y;
  show_fields();
  surface_->InvalidateBestSize();
  surface_->Layout();
  if (surface_->GetBestSize().y != before || GetSize().y != surface_->GetBestSize().y) lay_out_around(surface_);
  updating_ = false;
}

}  // namespace lanekeeper::office
