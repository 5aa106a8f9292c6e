// Cash: what is due in cash, what was typed, the change, likely sums, and the pad.
#pragma once

#include "till_ui/key_pad.h"

namespace lanekeeper::till::ui {

class CashPanel : public ScenePanel {
 public:
  CashPanel(wxWindow* parent, Desk& desk);

 protected:
  void update(const Scene& scene) override;
  void lay_out(widgets::Area area, const Metrics& metrics) override;

 private:
  class Amounts;
  void update_refund(const Scene& scene);
  Desk& desk_;
  Amounts* amounts_;
  std::vector<widgets::TouchKey*> suggestions_;
  std::vector<Money> sums_;
  KeyPad* pad_;
  widgets::TouchKey* pay_out_;
  bool refund_ = false;  // goods come back: money goes out
};

}  // namespace lanekeeper::till::ui
