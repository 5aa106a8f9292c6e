// The promotions of the draft as a table: what each gives, on what, when, for whom, and where it stands.
#pragma once

#include <functional>
#include <map>

#include "office_ui/page.h"
#include "office_ui/promotion_words.h"
#include "widgets/chip.h"
#include "widgets/fields.h"
#include "widgets/note_box.h"
#include "widgets/surface.h"
#include "widgets/table_view.h"

namespace lanekeeper::office {

class PromotionList : public Watcher {
 public:
  PromotionList(wxWindow* parent, Shell& shell, const PromotionWords& promotions);
  void on_open(std::function<void(const std::string& id)> handler) { open_ = std::move(handler); }
  bool take_key(const wxKeyEvent& event);
  void focus_search();
  // For tests.
  [[nodiscard]] widgets::TableView& table() { return *table_; }
  [[nodiscard]] const std::vector<std::string>& shown() const { return rows_; }

 protected:
  void update() override;

 private:
  enum class Show { all, now, later, over, changed };
  struct ShowChip {
    Show show;
    std::string_view label;
    widgets::Chip* chip;
  };
  [[nodiscard]] PromotionsModel& model() const { return office().promotions().model; }
  [[nodiscard]] const Definition* find(const std::string& id) const;
  [[nodiscard]] bool is_shown(const Definition& definition, Show show) const;
  [[nodiscard]] bool is_found(const Definition& definition) const;
  [[nodiscard]] widgets::TableCell cell(std::size_t row, std::size_t column) const;
  [[nodiscard]] widgets::TableCell state_cell(const Definition& definition) const;
  [[nodiscard]] wxString foot() const;
  void build_chips();
  void find_rows();
  void update_notes();

  const PromotionWords& promotions_;
  widgets::TextField* search_;
  wxPanel* chip_row_;
  std::vector<ShowChip> chips_;
  widgets::NoteBox* draft_note_;
  widgets::NoteBox* contested_;
  widgets::TableView* table_;
  widgets::Label* foot_;
  Show show_ = Show::all;
  std::vector<std::string> rows_;  // ids
  std::map<std::string, DefinitionChange::What> changed_;
  std::string selected_;
  std::function<void(const std::string&)> open_;
};

}  // namespace lanekeeper::office
