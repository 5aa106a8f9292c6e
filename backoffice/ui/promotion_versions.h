// The versions of the promotions that there were, and going back to one of them.
#pragma once

#include "office_ui/page.h"
#include "office_ui/promotion_words.h"
#include "widgets/fact_sheet.h"
#include "widgets/note_box.h"
#include "widgets/surface.h"
#include "widgets/table_view.h"

namespace lanekeeper::office {

class PromotionVersions : public Watcher {
 public:
  PromotionVersions(wxWindow* parent, Shell& shell);
  // Esc: first the question is dropped, then the selection; true: there was something.
  bool step_back();
  void focus_first() { table_->SetFocus(); }
  // For tests.
  [[nodiscard]] widgets::TableView& table() { return *table_; }
  [[nodiscard]] widgets::Button& restore() { return *restore_; }

 protected:
  void update() override;

 private:
  [[nodiscard]] PromotionsModel& model() const { return office().promotions().model; }
  [[nodiscard]] const protocol::PromotionVersion* selected() const;
  [[nodiscard]] widgets::TableCell cell(std::size_t row, std::size_t column) const;
  [[nodiscard]] widgets::TableCell state_cell(const protocol::PromotionVersion& version) const;
  [[nodiscard]] wxString by(const protocol::PromotionVersion& version) const;
  [[nodiscard]] wxString note(const protocol::PromotionVersion& version) const;
  void build_detail();
  void ask_or_restore();
  void update_detail();

  wxPanel* left_;
  widgets::NoteBox* outcome_;
  widgets::TableView* table_;
  widgets::Surface* detail_;
  widgets::Label* title_;
  widgets::FactSheet* facts_;
  widgets::NoteBox* question_;
  widgets::Button* keep_;
  widgets::Button* restore_;
  std::int64_t selected_ = 0;
  bool confirming_ = false;
};

}  // namespace lanekeeper::office
