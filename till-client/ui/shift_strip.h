// A quiet strip over the sale: more cash lies in the drawer than the store wants there. It asks, and blocks nothing.
#pragma once

#include "till_ui/scene.h"

namespace lanekeeper::till::ui {

class PickUpStrip : public widgets::Pressable {
 public:
  PickUpStrip(wxWindow* parent, Desk& desk);
  static constexpr int height = 34;
  // False: nothing to say.
  bool show(const Scene& scene);

 protected:
  void paint(widgets::Painter& painter) override;
  void fire() override;

 private:
  Desk& desk_;
  wxString words_;
  wxString key_;
};

}  // namespace lanekeeper::till::ui
