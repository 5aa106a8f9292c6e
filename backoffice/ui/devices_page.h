// Devices: who waits to be let in, and the tills and back offices that belong to the store.
#pragma once

#include "office_ui/approval_card.h"
#include "office_ui/page.h"
#include "widgets/fact_sheet.h"
#include "widgets/note_box.h"
#include "widgets/surface.h"
#include "widgets/table_view.h"

namespace lanekeeper::office {

class DevicesPage : public Page {
 public:
  DevicesPage(wxWindow* parent, Shell& shell);
  [[nodiscard]] wxString title() const override { return words()("devices.title"); }
  [[nodiscard]] wxString subtitle() const override;
  bool take_key(const wxKeyEvent& event) override;
  void focus_first() override;
  [[nodiscard]] const std::vector<ApprovalCard*>& cards() const { return cards_; }  // for tests
  [[nodiscard]] widgets::TableView& table() { return *table_; }

 protected:
  void update() override;

 private:
  void build_detail();
  [[nodiscard]] widgets::TableCell cell(std::size_t row, std::size_t column) const;
  [[nodiscard]] widgets::TableCell state_cell(const protocol::DeviceRow& device) const;
  [[nodiscard]] wxString version_words(const protocol::DeviceRow& device) const;
  void update_waiting();
  void update_detail();
  [[nodiscard]] std::vector<widgets::FactSheet::Row> facts(const protocol::DeviceRow& device) const;
  void add_status(std::vector<widgets::FactSheet::Row>& rows, const protocol::DeviceRow& device) const;
  [[nodiscard]] const protocol::DeviceRow* selected() const;
  void tick();

  wxPanel* left_;
  wxPanel* waiting_;
  std::vector<ApprovalCard*> cards_;
  widgets::NoteBox* approved_;
  widgets::TableView* table_;
  widgets::Surface* detail_;
  widgets::Label* detail_title_;
  widgets::Label* detail_note_;
  widgets::FactSheet* detail_sheet_;
  widgets::NoteBox* revoke_note_;
  widgets::Button* revoke_;
  widgets::Button* keep_;
  std::string selected_id_;
  bool confirming_ = false;
  std::unique_ptr<Timer> tick_;
};

}  // namespace lanekeeper::office
