// The shifts of a day: what each came to, whether its cash and its Z are right, and its Z in full beside them.
#pragma once

#include "office_ui/page.h"
#include "office_ui/shift_loss_panel.h"
#include "widgets/chip.h"
#include "widgets/fact_sheet.h"
#include "widgets/stat_card.h"
#include "widgets/surface.h"
#include "widgets/table_view.h"

namespace lanekeeper::office {

class ShiftsPage : public Page {
 public:
  ShiftsPage(wxWindow* parent, Shell& shell);
  [[nodiscard]] wxString title() const override { return words()("shifts.title"); }
  [[nodiscard]] wxString subtitle() const override;
  [[nodiscard]] std::vector<Action> actions() override;
  bool take_key(const wxKeyEvent& event) override;
  void focus_first() override { table_->SetFocus(); }
  void arrange() override;
  [[nodiscard]] widgets::TableView& table() { return *table_; }
  [[nodiscard]] ShiftLossPanel& loss() { return *loss_; }

 protected:
  void update() override;

 private:
  [[nodiscard]] ShiftsModel& model() const { return office().shifts(); }
  void build_list();
  void build_sheet();
  [[nodiscard]] widgets::TableCell cell(std::size_t row, std::size_t column) const;
  [[nodiscard]] widgets::TableCell closed_cell(const protocol::ShiftSummary& shift, std::size_t column) const;
  [[nodiscard]] widgets::TableCell state_cell(const protocol::ShiftSummary& shift) const;
  [[nodiscard]] widgets::TableCell difference_cell(Money difference) const;
  void update_cards();
  void update_chips();
  void update_table();
  void update_sheet();
  void arrange_panels();

  wxPanel* left_;
  widgets::StatCard* count_;
  widgets::StatCard* turnover_;
  widgets::StatCard* difference_;
  widgets::StatCard* disagreeing_;
  wxPanel* chip_row_;
  std::vector<std::optional<std::int64_t>> chip_tills_;
  std::vector<widgets::Chip*> chips_;
  widgets::TableView* table_;
  widgets::Surface* sheet_panel_;
  widgets::Label* sheet_title_;
  widgets::Label* sheet_note_;
  widgets::FactSheet* sheet_;
  ShiftLossPanel* loss_;
};

}  // namespace lanekeeper::office
