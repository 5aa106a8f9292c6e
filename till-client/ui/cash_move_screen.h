// Cash that comes and goes besides sales: what kind, how much, why.
#pragma once

#include "till_ui/hint_bar.h"
#include "till_ui/shift_cards.h"
#include "till_ui/shift_desk.h"

namespace lanekeeper::till::ui {

class CashMoveScreen : public ScenePanel {
 public:
  CashMoveScreen(wxWindow* parent, Desk& desk, ShiftDesk& shift);

 protected:
  void update(const Scene& scene) override;
  void lay_out(widgets::Area area, const Metrics& metrics) override;

 private:
  void update_field(const Scene& scene);
  void update_reasons(const Scene& scene);

  ShiftDesk& shift_;
  std::vector<std::pair<Action, widgets::TouchKey*>> kinds_;
  AdviceCard* advice_;
  AmountField* field_;
  std::vector<widgets::TouchKey*> reasons_;
  std::size_t reason_count_ = 0;
  KeyPad* pad_;
  KeyPad* letters_;
  widgets::TouchKey* back_;
  HintBar* hint_;
  widgets::TouchKey* finish_;
};

}  // namespace lanekeeper::till::ui
