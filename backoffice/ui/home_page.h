// The first page: how the shop is doing at this moment, and what wants attention.
#pragma once

#include "office_ui/page.h"
#include "widgets/fact_sheet.h"
#include "widgets/stat_card.h"
#include "widgets/surface.h"
#include "widgets/table_view.h"

namespace lanekeeper::office {

class HomePage : public Page {
 public:
  HomePage(wxWindow* parent, Shell& shell);
  [[nodiscard]] wxString title() const override { return words()("home.title"); }
  [[nodiscard]] wxString subtitle() const override;
  void focus_first() override { latest_->SetFocus(); }

 protected:
  void update() override;

 private:
  [[nodiscard]] widgets::TableCell cell(std::size_t row, std::size_t column) const;
  void open_sale(std::size_t row);
  void update_cards();
  [[nodiscard]] std::vector<widgets::FactSheet::Row> attention() const;
  void attention_to_tills(std::vector<widgets::FactSheet::Row>& rows) const;
  void attention_to_oddities(std::vector<widgets::FactSheet::Row>& rows) const;

  widgets::StatCard* sum_;
  widgets::StatCard* receipts_;
  widgets::StatCard* average_;
  widgets::StatCard* tills_;
  widgets::StatCard* exceptions_;
  widgets::TableView* latest_;
  widgets::FactSheet* attention_;
  std::optional<SaleKey> chosen_;
  Date shown_date_;
};

}  // namespace lanekeeper::office
