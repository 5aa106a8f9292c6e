// Step 2 of a close: what is there against what should be, reasons, the signature, and what Z will say.
#pragma once

#include "till_ui/hint_bar.h"
#include "till_ui/shift_cards.h"
#include "till_ui/shift_lists.h"
#include "till_ui/shift_question.h"

namespace lanekeeper::till::ui {

class ShiftCheckScreen : public ScenePanel {
 public:
  ShiftCheckScreen(wxWindow* parent, Desk& desk, ShiftDesk& shift);

 protected:
  void update(const Scene& scene) override;
  void lay_out(widgets::Area area, const Metrics& metrics) override;

 private:
  void update_z(const Scene& scene);
  void update_foot(const Scene& scene);

  ShiftDesk& shift_;
  StepBar* steps_;
  CheckList* list_;
  ShiftQuestion* question_;
  HintBar* hint_;
  TotalCard* total_;
  FiguresCard* z_;
  std::vector<std::pair<Action, widgets::TouchKey*>> keys_;
  widgets::TouchKey* page_;
  widgets::TouchKey* print_;
  double question_height_ = 0;
  bool asks_ = false;
  bool other_page_ = false;
};

}  // namespace lanekeeper::till::ui
