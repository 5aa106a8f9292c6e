// The first tab of the edit panel: names, price, cost and what the item is.
#pragma once

#include <vector>

#include <wx/scrolwin.h>

#include "office_ui/page.h"
#include "widgets/fields.h"
#include "widgets/note_box.h"
#include "widgets/toggle_switch.h"

namespace lanekeeper::office {

class ItemFields : public wxScrolledWindow {
 public:
  ItemFields(wxWindow* parent, Shell& shell);
  void update();                // from the editor
  void focus(ItemField field);  // codes: the first of them

 private:
  struct TextBinding {
    ItemField field;
    std::string ItemForm::*member;
    widgets::TextField* control;
    bool wide;  // there is room for words under it
  };
  struct SwitchBinding {
    ItemField field;
    bool ItemForm::*member;
    widgets::ToggleSwitch* control;
  };
  widgets::TextField* add_text(ItemField field, std::string ItemForm::*member, std::string_view label, bool wide,
                               const wxString& suffix = wxString(), const wxString& hint = wxString());
  widgets::ToggleSwitch* add_switch(ItemField field, bool ItemForm::*member, std::string_view label,
                                    std::string_view on, std::string_view off);
  void make_code();
  void keep_in_view(widgets::TextField* control);
  void bring_into_view(const wxWindow* control);
  void make_selects();
  void make_call_off();
  void lay_out();
  void update_selects();
  void update_notes();
  void update_code(bool editable);
  void update_timing(bool editable);
  [[nodiscard]] wxString margin_words() const;
  [[nodiscard]] wxString problem_words(std::initializer_list<ItemField> fields) const;
  [[nodiscard]] ItemEditor& editor() const { return shell_.office().goods().editor(); }
  [[nodiscard]] const Words& words() const { return shell_.words(); }

  Shell& shell_;
  widgets::TextField* code_;
  std::vector<TextBinding> texts_;
  std::vector<SwitchBinding> switches_;
  widgets::SelectField* category_;
  widgets::SelectField* tax_;
  widgets::SelectField* timing_;
  widgets::Button* call_off_;
  widgets::NoteBox* price_note_;
  widgets::NoteBox* row_problem_;
  widgets::NoteBox* rule_problem_;
  std::vector<catalogue::CategoryId> category_ids_;
  std::vector<catalogue::TaxCategoryId> tax_ids_;
  bool updating_ = false;
};

}  // namespace lanekeeper::office
