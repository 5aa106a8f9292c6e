// Step 3 of a close: Z is printed; what stays in the drawer, what goes into the bag. The till belongs to nobody now.
#pragma once

#include "till_ui/hint_bar.h"
#include "till_ui/shift_cards.h"
#include "till_ui/shift_desk.h"

namespace lanekeeper::till::ui {

class ShiftDoneScreen : public ScenePanel {
 public:
  ShiftDoneScreen(wxWindow* parent, Desk& desk, ShiftDesk& shift);

 protected:
  void update(const Scene& scene) override;
  void lay_out(widgets::Area area, const Metrics& metrics) override;

 private:
  class Card;
  ShiftDesk& shift_;
  StepBar* steps_;
  TotalCard* deposit_;
  Card* tasks_;
  FiguresCard* figures_;
  widgets::TouchKey* reprint_;
  HintBar* hint_;
  widgets::TouchKey* done_;
};

}  // namespace lanekeeper::till::ui
