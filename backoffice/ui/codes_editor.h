// The second tab of the edit panel: the barcodes and packs of an item.
#pragma once

#include <vector>

#include <wx/scrolwin.h>

#include "office_ui/page.h"
#include "widgets/fields.h"
#include "widgets/note_box.h"
#include "widgets/surface.h"

namespace lanekeeper::office {

class CodesEditor : public wxScrolledWindow {
 public:
  CodesEditor(wxWindow* parent, Shell& shell);
  void update();  // from the editor
  void focus_last();
  void focus_row(std::size_t row);

 private:
  struct Row {
    widgets::TextField* code;
    widgets::TextField* quantity;
    widgets::TextField* price;
    widgets::Button* remove;
  };
  void make_rows(std::size_t count);
  Row make_row(std::size_t index);
  void bind_text(widgets::TextField* control, std::size_t index, std::string CodeForm::*member);
  [[nodiscard]] ItemEditor& editor() const { return shell_.office().goods().editor(); }
  [[nodiscard]] const Words& words() const { return shell_.words(); }

  Shell& shell_;
  std::vector<Row> rows_;
  wxBoxSizer* list_;
  widgets::NoteBox* problem_;
  widgets::Button* add_;
  bool updating_ = false;
};

}  // namespace lanekeeper::office
