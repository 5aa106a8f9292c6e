// The face after sign-in: navigation at the left, the bar and the page at the right, a band while the server is away.
#pragma once

#include <vector>

#include <wx/simplebook.h>

#include "office_ui/approval_strip.h"
#include "office_ui/devices_page.h"
#include "office_ui/goods_page.h"
#include "office_ui/home_page.h"
#include "office_ui/page.h"
#include "office_ui/promotions_page.h"
#include "office_ui/receipts_page.h"
#include "office_ui/sales_page.h"
#include "office_ui/shifts_page.h"
#include "office_ui/till_rules_page.h"
#include "office_ui/top_bar.h"
#include "widgets/sidebar.h"
#include "widgets/state_band.h"

namespace lanekeeper::office {

class Workspace : public Watcher {
 public:
  Workspace(wxWindow* parent, Shell& shell, PageId page);
  bool take_key(const wxKeyEvent& event);
  void open(PageId page);
  void heading_changed();
  void focus_page() { current().focus_first(); }
  void arrange();  // the width changed
  [[nodiscard]] PageId page() const { return page_; }
  // For tests.
  [[nodiscard]] GoodsPage* goods() { return goods_; }
  [[nodiscard]] ApprovalStrip& approvals() { return *approvals_; }
  [[nodiscard]] DevicesPage* devices() { return devices_; }
  [[nodiscard]] PromotionsPage* promotions() { return promotions_; }
  [[nodiscard]] ShiftsPage* shifts() { return shifts_; }
  [[nodiscard]] ReceiptsPage* receipts() { return receipts_; }
  [[nodiscard]] TillRulesPage* till_rules() { return till_rules_; }

 protected:
  void update() override;

 private:
  struct Entry {
    PageId id;
    widgets::Icon icon;
    std::string_view label;
    Page* page;
  };
  void add_pages();
  [[nodiscard]] Page& current() const;
  [[nodiscard]] wxString badge(PageId page) const;
  void update_sidebar();
  void update_band();
  void update_approvals();

  widgets::Sidebar* sidebar_;
  widgets::StateBand* band_;
  ApprovalStrip* approvals_;
  TopBar* top_;
  wxSimplebook* book_;
  GoodsPage* goods_ = nullptr;
  PromotionsPage* promotions_ = nullptr;
  DevicesPage* devices_ = nullptr;
  ShiftsPage* shifts_ = nullptr;
  ReceiptsPage* receipts_ = nullptr;
  TillRulesPage* till_rules_ = nullptr;
  std::vector<Entry> entries_;
  PageId page_;
};

}  // namespace lanekeeper::office
