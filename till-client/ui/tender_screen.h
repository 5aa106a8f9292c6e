// Taking money: what is due and what was taken, the ways to pay, the goods once more, and cash.
#pragma once

#include "till_ui/cash_panel.h"
#include "till_ui/hint_bar.h"
#include "till_ui/savings_card.h"
#include "till_ui/task_panel.h"
#include "widgets/due_block.h"
#include "widgets/line_list.h"
#include "widgets/tender_list.h"

namespace lanekeeper::till::ui {

class TenderScreen : public ScenePanel {
 public:
  TenderScreen(wxWindow* parent, Desk& desk);
  void scroll_goods(int direction) { goods_->scroll_page(direction); }  // -1 up, 1 down

 protected:
  void update(const Scene& scene) override;
  void lay_out(widgets::Area area, const Metrics& metrics) override;

 private:
  void update_due(const Scene& scene);
  void update_tenders(const Scene& scene);
  void update_goods(const Scene& scene);
  void update_keys(const Scene& scene);
  void update_foot(const Scene& scene);
  void update_places(const Scene& scene);

  Desk& desk_;
  widgets::DueBlock* due_;
  widgets::TenderList* tenders_;
  std::vector<std::pair<Action, widgets::TouchKey*>> ways_;
  widgets::LineList* goods_;
  SavingsCard* savings_;  // not on narrow screens
  std::size_t savings_rows_ = 0;
  bool many_facts_ = false;
  CashPanel* cash_;
  TaskPanel* part_;         // of the open part of the desk, in the place of cash
  TaskPanel* refund_ways_;  // where money of a return may go besides cash
  DigitRow* digits_;        // in place of the foot
  bool part_open_ = false;
  bool digits_shown_ = false;
  std::size_t refund_rows_ = 0;
  widgets::TouchKey* back_;
  HintBar* hint_;
  widgets::TouchKey* finish_;
};

}  // namespace lanekeeper::till::ui
