// What stands at the right of the sale screen while a member, a coupon, a receipt or a discount is asked for.
#pragma once

#include <vector>

#include "till_ui/key_pad.h"

namespace lanekeeper::till::ui {

// A code that is scanned or typed: of a member, of a coupon, of the receipt of goods that come back.
class CodePanel : public ScenePanel {
 public:
  CodePanel(wxWindow* parent, Desk& desk);

 protected:
  void update(const Scene& scene) override;
  void lay_out(widgets::Area area, const Metrics& metrics) override;

 private:
  class Card;
  Card* card_;
  KeyPad* pad_;
  widgets::TouchKey* close_;
  widgets::TouchKey* remove_member_;
  widgets::TouchKey* remove_coupon_;
  widgets::TouchKey* find_sale_;     // the receipt is not at hand
  widgets::TouchKey* blind_return_;  // without a receipt
  widgets::TouchKey* take_;
};

// A discount by hand: of what, how much, and the reason.
class DiscountPanel : public ScenePanel {
 public:
  DiscountPanel(wxWindow* parent, Desk& desk);

 protected:
  void update(const Scene& scene) override;
  void lay_out(widgets::Area area, const Metrics& metrics) override;

 private:
  class Card;
  void update_choices(const Scene& scene, bool choosing_reason);
  Card* card_;
  std::vector<widgets::TouchKey*> choices_;  // line, basket, percent, amount
  std::vector<widgets::TouchKey*> reasons_;
  KeyPad* pad_;
  widgets::TouchKey* keep_;
  widgets::TouchKey* give_;
};

}  // namespace lanekeeper::till::ui
