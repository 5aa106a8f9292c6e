// One promotion: its parts at the left; what it means, what is wrong with it and a basket to try it on at the right.
#pragma once

#include <wx/scrolwin.h>

#include "office_ui/meaning_block.h"
#include "office_ui/offer_card.h"
#include "office_ui/schedule_card.h"
#include "office_ui/scope_card.h"
#include "office_ui/trial_panel.h"

namespace lanekeeper::office {

class PromotionEditorView : public Watcher {
 public:
  PromotionEditorView(wxWindow* parent, Shell& shell, const PromotionWords& promotions);
  bool take_key(const wxKeyEvent& event);
  void scroll_to_top();
  void focus_first();
  // There are changes that would be lost: says so.
  void ask_to_finish();
  // For tests.
  [[nodiscard]] OfferCard& offer() { return *offer_; }
  [[nodiscard]] ScopeCard& scope() { return *scope_; }
  [[nodiscard]] NamesCard& names() { return *names_; }
  [[nodiscard]] TrialPanel& trial() { return *trial_; }
  [[nodiscard]] MeaningBlock& meaning() { return *meaning_; }

 protected:
  void update() override;

 private:
  struct Note {
    widgets::NoteBox::Kind kind;
    wxString text;
  };
  static constexpr std::size_t most_notes = 6;

  [[nodiscard]] PromotionDesk& desk() const { return office().promotions(); }
  void build_left(const PromotionWords& promotions);
  void build_right(const PromotionWords& promotions);
  void show_meaning();
  void show_notes();
  [[nodiscard]] std::vector<Note> notes() const;
  void add_findings(std::vector<Note>& notes) const;
  void add_losses(std::vector<Note>& notes) const;

  const PromotionWords& promotions_;
  wxScrolledWindow* left_;
  wxScrolledWindow* right_;
  OfferCard* offer_;
  ScopeCard* scope_;
  NamesCard* names_;
  std::vector<PromotionCard*> cards_;
  MeaningBlock* meaning_;
  std::vector<widgets::NoteBox*> notes_;
  TrialPanel* trial_;
  bool asked_to_finish_ = false;
};

}  // namespace lanekeeper::office
