// Goods from a file: choose it, watch it being read, see what was not taken and why, keep that as a report.
#pragma once

#include <wx/simplebook.h>

#include "office_ui/page.h"
#include "widgets/chip.h"
#include "widgets/fact_sheet.h"
#include "widgets/icon_label.h"
#include "widgets/note_box.h"
#include "widgets/progress_bar.h"
#include "widgets/stat_card.h"
#include "widgets/surface.h"
#include "widgets/table_view.h"

namespace lanekeeper::office {

class ImportPage : public Watcher {
 public:
  ImportPage(wxWindow* parent, Shell& shell);
  void start(const wxString& file);
  void focus_first();

 protected:
  void update() override;

 private:
  enum class Show { all, refused, warnings };
  wxWindow* build_chooser();
  wxWindow* build_progress();
  wxWindow* build_problems();
  wxWindow* build_guide();
  void choose_file();
  void save_report();
  void update_progress();
  void update_problems();
  [[nodiscard]] widgets::TableCell cell(std::size_t row, std::size_t column) const;

  wxWindow* chooser_;
  widgets::Button* choose_;
  wxPanel* progress_;
  wxPanel* problems_;
  widgets::Label* file_;
  widgets::Label* state_;
  widgets::ProgressBar* bar_;
  std::vector<widgets::StatCard*> cards_;
  widgets::NoteBox* note_;
  std::vector<widgets::Chip*> chips_;
  widgets::TableView* table_;
  widgets::Label* shown_note_;
  wxPanel* buttons_;
  widgets::Button* report_;
  widgets::Button* again_;
  widgets::IconLabel* report_saved_;
  Show show_ = Show::all;
  std::vector<std::size_t> shown_;  // indices of problems
};

}  // namespace lanekeeper::office
