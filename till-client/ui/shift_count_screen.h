// Step 1 of a close: the drawer is counted, blind.
#pragma once

#include "till_ui/hint_bar.h"
#include "till_ui/shift_cards.h"
#include "till_ui/shift_desk.h"
#include "till_ui/shift_lists.h"

namespace lanekeeper::till::ui {

class ShiftCountScreen : public ScenePanel {
 public:
  ShiftCountScreen(wxWindow* parent, Desk& desk, ShiftDesk& shift);

 protected:
  void update(const Scene& scene) override;
  void lay_out(widgets::Area area, const Metrics& metrics) override;

 private:
  void update_foot(const Scene& scene);

  ShiftDesk& shift_;
  StepBar* steps_;
  CountList* list_;
  TotalCard* total_;
  AdviceCard* advice_;
  KeyPad* pad_;
  widgets::TouchKey* previous_;
  widgets::TouchKey* next_;
  ReportCard* report_;
  std::vector<std::pair<Action, widgets::TouchKey*>> keys_;  // at the foot
  widgets::TouchKey* page_;
  HintBar* hint_;
  widgets::TouchKey* submit_;
  bool other_page_ = false;
};

}  // namespace lanekeeper::till::ui
