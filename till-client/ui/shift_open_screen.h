// A shift begins: what lies in the drawer is proposed, counted and taken.
#pragma once

#include "till_ui/hint_bar.h"
#include "till_ui/shift_cards.h"
#include "till_ui/shift_desk.h"

namespace lanekeeper::till::ui {

class ShiftOpenScreen : public ScenePanel {
 public:
  ShiftOpenScreen(wxWindow* parent, Desk& desk, ShiftDesk& shift);

 protected:
  void update(const Scene& scene) override;
  void lay_out(widgets::Area area, const Metrics& metrics) override;

 private:
  ShiftDesk& shift_;
  FiguresCard* facts_;
  AmountField* field_;
  KeyPad* pad_;
  widgets::TouchKey* back_;
  HintBar* hint_;
  widgets::TouchKey* open_;
};

// 7 8 9 / 4 5 6 / 1 2 3 / then 00 0 and a point or backspace; with a column of clear and backspace.
[[nodiscard]] KeyPad::Layout amount_pad();

}  // namespace lanekeeper::till::ui
