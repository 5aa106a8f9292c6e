// The device check: a line for every device, what the scanner has read, and the keys that try them.
#pragma once

#include "till_ui/card.h"
#include "till_ui/scene.h"

namespace lanekeeper::till::ui {

class DeviceScreen : public ScenePanel {
 public:
  DeviceScreen(wxWindow* parent, Desk& desk);

 protected:
  void update(const Scene& scene) override;
  void lay_out(widgets::Area area, const Metrics& metrics) override;

 private:
  class Card;
  Card* card_;
  std::vector<std::pair<Action, widgets::TouchKey*>> keys_;
};

}  // namespace lanekeeper::till::ui
