// Which key does what where the cashier is, made from the action table. It covers the screen until any key is pressed,
// which then does what it does.
#pragma once

#include "till_ui/card.h"
#include "till_ui/scene.h"

namespace lanekeeper::till::ui {

class HelpScreen : public ScenePanel {
 public:
  HelpScreen(wxWindow* parent, Desk& desk);

 protected:
  void update(const Scene& scene) override;
  void lay_out(widgets::Area area, const Metrics& metrics) override;

 private:
  class Card;
  Card* card_;
  widgets::TouchKey* text_size_;
  widgets::TouchKey* language_;
  widgets::TouchKey* close_;
};

}  // namespace lanekeeper::till::ui
