// Trying promotions on a basket before they go live: who buys what when, what each line costs and why.
#pragma once

#include "model/trial.h"
#include "office_ui/goods_picker.h"
#include "office_ui/meaning_block.h"
#include "office_ui/promotion_words.h"
#include "office_ui/trial_lines.h"
#include "widgets/note_box.h"
#include "widgets/surface.h"

namespace lanekeeper::office {

class TrialPanel : public Watcher {
 public:
  TrialPanel(wxWindow* parent, Shell& shell, const PromotionWords& promotions);
  bool take_key(const wxKeyEvent& event) { return picker_->take_key(event); }
  // For tests.
  [[nodiscard]] GoodsPicker& picker() { return *picker_; }
  [[nodiscard]] TrialLines& lines() { return *lines_; }
  [[nodiscard]] const std::optional<TrialResult>& result() const { return result_; }
  [[nodiscard]] widgets::Button& fill_button() { return *fill_; }

 protected:
  void update() override;

 private:
  [[nodiscard]] PromotionDesk& desk() const { return office().promotions(); }
  wxSizer* build_head();
  wxSizer* build_buttons();
  void take_time();
  void fill();
  void update_customers(const Definitions& definitions);
  void show_lines(const Definitions& definitions);
  [[nodiscard]] wxString why(std::size_t line, const Definitions& definitions) const;
  [[nodiscard]] std::vector<wxString> steps(const Definitions& definitions) const;
  [[nodiscard]] wxString near_miss(const pricing::NearMiss& miss, const Definitions& definitions) const;

  const PromotionWords& promotions_;
  widgets::Surface* surface_;
  widgets::SelectField* customer_;
  std::vector<std::optional<pricing::Member>> customers_;
  widgets::TextField* time_;
  TrialLines* lines_;
  widgets::Label* empty_;
  GoodsPicker* picker_;
  widgets::Button* fill_;
  widgets::Button* clear_;
  widgets::Label* totals_;
  widgets::Label* net_;
  widgets::Label* how_;
  NumberedSentences* steps_;
  widgets::NoteBox* problem_;
  std::optional<TrialResult> result_;
};

}  // namespace lanekeeper::office
