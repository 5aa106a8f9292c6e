// The screens of shifts and cash in one place: the frame shows this, and it shows the one that stands.
#pragma once

#include <wx/simplebook.h>

#include "till_ui/cash_move_screen.h"
#include "till_ui/shift_check_screen.h"
#include "till_ui/shift_count_screen.h"
#include "till_ui/shift_done_screen.h"
#include "till_ui/shift_open_screen.h"
#include "till_ui/shift_report_screen.h"
#include "till_ui/task_panel.h"

namespace lanekeeper::till::ui {

class ShiftScreens : public ScenePanel {
 public:
  ShiftScreens(wxWindow* parent, Desk& desk, ShiftDesk& shift);

 protected:
  void update(const Scene& scene) override;
  void lay_out(widgets::Area area, const Metrics& metrics) override;

 private:
  [[nodiscard]] ScenePanel* page() const;
  // How much of the width the pages keep beside the panel of somebody who is asked to allow something.
  [[nodiscard]] double page_width(const Metrics& metrics) const;

  ShiftDesk& shift_;
  wxSimplebook* book_;
  ShiftOpenScreen* open_;
  CashMoveScreen* move_;
  ShiftReportScreen* report_;
  ShiftCountScreen* count_;
  ShiftCheckScreen* check_;
  ShiftDoneScreen* done_;
  TaskPanel* part_;
  DigitRow* digits_;
  bool part_open_ = false;
  bool digits_shown_ = false;
};

}  // namespace lanekeeper::till::ui
