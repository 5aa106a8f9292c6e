#include "office_ui/promotion_editor_view.h"

#include "office_ui/key_rules.h"
#include "office_ui/layout.h"

namespace lanekeeper::office {

using widgets::NoteBox;
using widgets::to_utf8;

namespace {

wxScrolledWindow* scrolled_in(wxWindow* parent) {
  auto* window = new wxScrolledWindow(parent, wxID_ANY, wxDefaultPosition, wxDefaultSize, wxVSCROLL | wxTAB_TRAVERSAL);
  window->SetBackgroundColour(parent->GetBackgroundColour());
  window->SetScrollRate(0, widgets::px(parent, 12));
  return window;
}

}  // namespace

PromotionEditorView::PromotionEditorView(wxWindow* parent, Shell& around, const PromotionWords& promotions)
    : Watcher(parent, around), promotions_(promotions) {
  build_left(promotions);
  build_right(promotions);
  auto* all = new wxBoxSizer(wxHORIZONTAL);
  left_->SetMinSize(wxSize(px(420), -1));
  right_->SetMinSize(wxSize(px(420), -1));
  all->Add(left_, wxSizerFlags(1).Expand());
  all->AddSpacer(px(12));
  all->Add(right_, wxSizerFlags(1).Expand());
  SetSizer(all);
  watch(desk().model);
  watch(desk().editor);
  watch(desk().goods);
  watch(office().store());
  watch(desk().trial);
  update_soon();
}

void PromotionEditorView::build_left(const PromotionWords& promotions) {
  left_ = scrolled_in(this);
  offer_ = new OfferCard(left_, shell(), promotions);
  auto* schedule = new ScheduleCard(left_, shell());
  scope_ = new ScopeCard(left_, shell(), promotions);
  auto* audience = new AudienceCard(left_, shell());
  names_ = new NamesCard(left_, shell());
  cards_ = {offer_, schedule, scope_, audience, names_};
  auto column = column_of(left_, 10);
  for (auto* card : cards_) column.add(card);
  left_->SetSizer(column.sizer());
}

void PromotionEditorView::build_right(const PromotionWords& promotions) {
  right_ = scrolled_in(this);
  meaning_ = new MeaningBlock(right_);
  meaning_->set_ground(GetBackgroundColour());
  auto column = column_of(right_, 10);
  column.add(meaning_);
  for (std::size_t i = 0; i < most_notes; ++i) {
    notes_.push_back(new NoteBox(right_, NoteBox::Kind::info, wxString()));
    notes_.back()->set_ground(GetBackgroundColour());
    notes_.back()->Hide();
    column.add(notes_.back());
  }
  trial_ = new TrialPanel(right_, shell(), promotions);
  column.add(trial_);
  right_->SetSizer(column.sizer());
}

void PromotionEditorView::scroll_to_top() {
  left_->Scroll(0, 0);
  right_->Scroll(0, 0);
  asked_to_finish_ = false;
}

void PromotionEditorView::focus_first() {
  if (desk().editor.is_new() && office().allows(access::Permission::promotions_edit)) return scope_->picker().focus();
  names_->name().control().SetFocus();
}

void PromotionEditorView::ask_to_finish() {
  asked_to_finish_ = true;
  right_->Scroll(0, 0);
  update_soon();
}

bool PromotionEditorView::take_key(const wxKeyEvent& event) {
  if (trial_->take_key(event)) return true;
  for (auto* card : cards_) {
    if (card->take_key(event)) return true;
  }
  return enter_goes_on(event, left_);
}

void PromotionEditorView::show_meaning() {
  const auto& promotion = desk().editor.definition().promotion;
  if (desk().editor.is_opaque()) {
    meaning_->set(words()("promo.meaning"), words()("promo.unreadable"), words()("promo.opaque_note"));
  } else if (!promotion) {
    meaning_->set(words()("promo.meaning"), wxString(), words()("promo.meaning_open"));
  } else {
    meaning_->set(words()("promo.meaning"), promotions_.gives(*promotion), promotions_.terms(*promotion));
  }
}

void PromotionEditorView::add_findings(std::vector<Note>& notes) const {
  const auto& model = desk().model;
  std::int64_t others = 0;
  for (const auto& finding : model.findings()) {
    if (finding.promotion != desk().editor.id()) {
      ++others;
      continue;
    }
    notes.push_back({finding.stops ? NoteBox::Kind::stop : NoteBox::Kind::warning, promotions_.error(finding.error)});
  }
  if (!office().allows(access::Permission::promotions_edit)) return;
  const bool clean = notes.empty() && !desk().editor.has_problems();
  switch (model.check_state()) {
    case PromotionsModel::Check::failed:
      notes.push_back({NoteBox::Kind::warning,
                       words()("promo.check.failed", {{"reason", to_utf8(promotions_.error(*model.check_error()))}})});
      break;
    case PromotionsModel::Check::done:
      if (clean) notes.push_back({NoteBox::Kind::info, words()("promo.check.clean")});
      if (others > 0) {
        notes.push_back({NoteBox::Kind::info, words()("promo.check.others", {{"count", std::to_string(others)}})});
      }
      break;
    case PromotionsModel::Check::under_way:
    case PromotionsModel::Check::none:
      break;
  }
}

// Goods of the trial basket that this promotion brings below their cost.
void PromotionEditorView::add_losses(std::vector<Note>& notes) const {
  const auto& result = trial_->result();
  const auto& lines = desk().trial.lines();
  if (!result || result->priced.lines.size() != lines.size()) return;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const auto& item = lines[i].item;
    const auto& priced = result->priced.lines[i];
    const bool ours = std::any_of(priced.discounts.begin(), priced.discounts.end(),
                                  [this](const auto& discount) { return discount.promotion == desk().editor.id(); });
    if (!ours || !item.cost) continue;
    const auto cost = multiply(*item.cost, lines[i].quantity);
    if (!cost || priced.net >= *cost) continue;
    notes.push_back({NoteBox::Kind::stop, words()("promo.below_cost", {{"item", to_utf8(words().name_of(item))},
                                                                       {"net", priced.net.to_string()},
                                                                       {"cost", cost->to_string()}})});
  }
}

std::vector<PromotionEditorView::Note> PromotionEditorView::notes() const {
  std::vector<Note> notes;
  if (asked_to_finish_ && desk().editor.dirty()) {
    notes.push_back({NoteBox::Kind::warning, words()("promo.unsaved_note")});
  }
  if (find_definition(desk().model.draft(), desk().editor.id()) == nullptr && !desk().editor.is_new()) {
    notes.push_back({NoteBox::Kind::warning, words()("promo.removed_note")});
  }
  if (const auto* problem = desk().editor.problem(PromotionField::other)) {
    notes.push_back({NoteBox::Kind::stop, promotions_.error(problem->error)});
  }
  add_losses(notes);
  add_findings(notes);
  if (notes.size() > most_notes) notes.resize(most_notes);
  return notes;
}

void PromotionEditorView::show_notes() {
  const auto wanted = notes();
  for (std::size_t i = 0; i < notes_.size(); ++i) {
    if (i < wanted.size()) notes_[i]->set(wanted[i].kind, wanted[i].text);
    set_shown(notes_[i], i < wanted.size());
  }
  right_->FitInside();
  right_->Layout();
}

void PromotionEditorView::update() {
  if (!desk().editor.is_open()) return;
  // The groups of a bundle stand in its sentence.
  const bool has_scope =
      desk().editor.form().kind != OfferKind::other || desk().editor.form().scope != pricing::Scope();
  if (set_shown(scope_, has_scope)) left_->FitInside();
  show_meaning();
  show_notes();
}

}  // namespace lanekeeper::office
