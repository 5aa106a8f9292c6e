// Today's sales, live, with the receipt of the one that is selected.
#pragma once

#include "office_ui/page.h"
#include "widgets/chip.h"
#include "widgets/fact_sheet.h"
#include "widgets/note_box.h"
#include "widgets/stat_card.h"
#include "widgets/surface.h"
#include "widgets/table_view.h"

namespace lanekeeper::office {

class SalesPage : public Page {
 public:
  SalesPage(wxWindow* parent, Shell& shell);
  [[nodiscard]] wxString title() const override { return words()("sales.title"); }
  [[nodiscard]] wxString subtitle() const override;
  bool take_key(const wxKeyEvent& event) override;
  void focus_first() override { table_->SetFocus(); }

 protected:
  void update() override;

 private:
  void build_receipt();
  [[nodiscard]] widgets::TableCell cell(std::size_t row, std::size_t column) const;
  [[nodiscard]] widgets::TableCell state_cell(const protocol::SaleSummary& sale) const;
  void update_cards();
  void update_chips();
  void update_table();
  void update_receipt();
  void arrange_panels();

  widgets::StatCard* sum_;
  widgets::StatCard* receipts_;
  widgets::StatCard* average_;
  widgets::StatCard* exceptions_;
  wxPanel* left_;
  wxPanel* chip_row_;
  std::vector<std::optional<std::int64_t>> chip_tills_;
  std::vector<widgets::Chip*> chips_;
  widgets::Label* live_;
  widgets::TableView* table_;
  widgets::Surface* receipt_;
  widgets::Label* receipt_title_;
  widgets::Label* receipt_note_;
  widgets::FactSheet* receipt_sheet_;
  std::optional<SaleKey> top_;  // first row when the table was last filled
  Date shown_date_;
};

}  // namespace lanekeeper::office
