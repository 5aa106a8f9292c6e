// Selling: what was scanned last, the lines, the entry; what is due, the pay key and a panel at the right; the function
// keys below.
#pragma once

#include <wx/simplebook.h>

#include "till_ui/last_sale_panel.h"
#include "till_ui/member_card.h"
#include "till_ui/offer_panels.h"
#include "till_ui/offer_strip.h"
#include "till_ui/quick_key_panel.h"
#include "till_ui/savings_card.h"
#include "till_ui/side_panels.h"
#include "till_ui/task_panel.h"
#include "widgets/due_block.h"
#include "widgets/entry_bar.h"
#include "widgets/last_item_banner.h"
#include "widgets/line_list.h"
#include "widgets/message_panel.h"
#include "widgets/result_list.h"

namespace lanekeeper::till::ui {

class SaleScreen : public ScenePanel {
 public:
  SaleScreen(wxWindow* parent, Desk& desk);
  // The function key of this action shows that it was pressed.
  void flash(Action action);

 protected:
  void update(const Scene& scene) override;
  void lay_out(widgets::Area area, const Metrics& metrics) override;

 private:
  void make_left();
  void make_right();
  void update_banner(const Scene& scene);
  void update_middle(const Scene& scene);
  void update_lines(const Scene& scene);
  void update_results(const Scene& scene);
  void update_idle(const Scene& scene);
  void update_entry(const Scene& scene);
  void fill_entry(const Scene& scene, widgets::EntryBar::Content& content) const;
  void update_due(const Scene& scene);
  void update_side(const Scene& scene);
  void update_places(const Scene& scene);
  [[nodiscard]] ScenePanel* side_page(const Scene& scene) const;
  void update_functions(const Scene& scene);

  Desk& desk_;
  widgets::LastItemBanner* banner_ = nullptr;
  widgets::MessagePanel* message_ = nullptr;
  std::vector<NoticeKey> message_keys_;
  widgets::LineList* lines_ = nullptr;
  widgets::ResultList* results_ = nullptr;
  LastSalePanel* idle_ = nullptr;
  OfferStrip* offers_ = nullptr;
  widgets::EntryBar* entry_ = nullptr;
  MemberCard* member_ = nullptr;
  SavingsCard* savings_ = nullptr;  // on wide screens
  widgets::DueBlock* due_ = nullptr;
  widgets::TouchKey* pay_ = nullptr;
  wxSimplebook* side_ = nullptr;
  QuickKeyPanel* quick_keys_ = nullptr;
  OfflinePanel* offline_ = nullptr;
  LetterPanel* letters_ = nullptr;
  PricePanel* price_ = nullptr;
  CodePanel* code_ = nullptr;
  DiscountPanel* discount_ = nullptr;
  MorePanel* more_ = nullptr;
  TaskPanel* part_ = nullptr;   // of the open part of the desk
  DigitRow* digits_ = nullptr;  // in place of the function keys
  bool part_open_ = false;
  bool digits_shown_ = false;
  std::vector<std::pair<Action, widgets::TouchKey*>> functions_;
  std::size_t shown_lines_ = 0;
  std::int64_t revealed_line_ = 0;
};

}  // namespace lanekeeper::till::ui
