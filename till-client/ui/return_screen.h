// Goods come back: the lines of their sale with what is left of them, what goes back and how, why, and where the goods
// go.
#pragma once

#include "till_ui/hint_bar.h"
#include "till_ui/return_list.h"
#include "till_ui/return_ways.h"
#include "till_ui/task_panel.h"
#include "widgets/due_block.h"
#include "widgets/entry_bar.h"
#include "widgets/surface.h"

namespace lanekeeper::till::ui {

class ReturnScreen : public ScenePanel {
 public:
  ReturnScreen(wxWindow* parent, Desk& desk);
  // The key of this action shows that it was pressed.
  void flash(Action action);

 protected:
  void update(const Scene& scene) override;
  void lay_out(widgets::Area area, const Metrics& metrics) override;

 private:
  void update_list(const Scene& scene);
  void update_hint(const Scene& scene);
  void update_due(const Scene& scene);
  void update_ways(const Scene& scene);
  void update_terms(const Scene& scene);
  void update_keys(const Scene& scene);
  void update_places(const Scene& scene);

  Desk& desk_;
  ReturnList* list_;
  HintBar* hint_;
  widgets::EntryBar* entry_;
  widgets::DueBlock* due_;
  ReturnWays* ways_;
  widgets::Surface* terms_;  // why they come back, and where they go
  widgets::Label* reason_title_;
  widgets::Label* place_title_;
  std::vector<std::pair<Action, widgets::TouchKey*>> reasons_;
  std::vector<std::pair<Action, widgets::TouchKey*>> destinations_;
  std::vector<std::pair<Action, widgets::TouchKey*>> functions_;
  widgets::TouchKey* refund_;
  TaskPanel* part_;   // of the open part of the desk
  DigitRow* digits_;  // in place of the function keys
  bool part_open_ = false;
};

}  // namespace lanekeeper::till::ui
