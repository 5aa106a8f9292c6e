// Goods: search, filters, table, edit panel; the import opens in its place.
#pragma once

#include "office_ui/import_page.h"
#include "office_ui/item_panel.h"
#include "office_ui/item_table.h"
#include "office_ui/page.h"
#include "widgets/chip.h"
#include "widgets/fields.h"

namespace lanekeeper::office {

class GoodsPage : public Page {
 public:
  GoodsPage(wxWindow* parent, Shell& shell);
  [[nodiscard]] wxString title() const override;
  [[nodiscard]] wxString subtitle() const override;
  [[nodiscard]] std::vector<Action> actions() override;
  bool take_key(const wxKeyEvent& event) override;
  void focus_search() override;
  void focus_first() override;

  void add();
  void show_import(bool shown);
  // For tests: the controls a person would reach for.
  [[nodiscard]] widgets::TableView& table() { return *table_; }
  [[nodiscard]] ItemPanel& panel() { return *panel_; }

 protected:
  void update() override;

 private:
  struct StateChip {
    std::optional<protocol::ItemState> state;
    std::string_view label;
    std::int64_t protocol::ItemCounts::*count;
    widgets::Chip* chip;
  };
  wxSizer* build_filters();
  void build_chips();
  bool may_leave_item();
  void update_filters();
  void update_table();
  void arrange_panels();
  void place_hint();

  ItemTable cells_;
  wxPanel* list_;
  widgets::TextField* search_;
  widgets::SelectField* category_;
  std::vector<catalogue::CategoryId> category_ids_;
  wxPanel* chip_row_;
  std::vector<StateChip> chips_;
  widgets::Label* found_;
  widgets::TableView* table_;
  widgets::Label* foot_;
  ItemPanel* panel_;
  ImportPage* import_;
  bool importing_ = false;
  std::int64_t shown_search_ = -1;
};

}  // namespace lanekeeper::office
