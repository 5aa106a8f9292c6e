// X: what the shift has come to so far, as far as the person at the till may read it; on paper as well.
#pragma once

#include "till_ui/hint_bar.h"
#include "till_ui/shift_cards.h"
#include "till_ui/shift_desk.h"

namespace lanekeeper::till::ui {

class ShiftReportScreen : public ScenePanel {
 public:
  ShiftReportScreen(wxWindow* parent, Desk& desk, ShiftDesk& shift);

 protected:
  void update(const Scene& scene) override;
  void lay_out(widgets::Area area, const Metrics& metrics) override;

 private:
  ShiftDesk& shift_;
  ReportCard* report_;
  FiguresCard* figures_;
  widgets::TouchKey* back_;
  widgets::TouchKey* print_;
  HintBar* hint_;
};

}  // namespace lanekeeper::till::ui
