// The edit panel beside the goods table: who the item is, its tabs, what stands in the way of saving, save and discard.
#pragma once

#include <wx/simplebook.h>

#include "office_ui/codes_editor.h"
#include "office_ui/item_fields.h"
#include "office_ui/page.h"
#include "widgets/note_box.h"
#include "widgets/surface.h"
#include "widgets/tab_strip.h"

namespace lanekeeper::office {

class ItemPanel : public Watcher {
 public:
  ItemPanel(wxWindow* parent, Shell& shell);

  void save();
  void discard();        // the changes, or the panel when there are none
  void ask_to_finish();  // somebody wants to leave an item that has changes
  void focus_first();
  void focus(ItemField field);  // on the first tab
  void show_codes();

 protected:
  void update() override;

 private:
  void build_head();
  wxWindow* build_conflict();
  void build_foot();
  void update_head();
  void update_messages();
  void update_foot();
  void show_tab(int tab);
  void go_to_problem();
  [[nodiscard]] std::vector<wxString> tab_labels() const;
  [[nodiscard]] wxString conflict_words() const;
  [[nodiscard]] wxString field_name(ItemField field) const;
  [[nodiscard]] ItemEditor& editor() const { return office().goods().editor(); }

  widgets::Surface* surface_;
  widgets::Label* title_;
  widgets::Label* subtitle_;
  widgets::Button* close_;
  widgets::TabStrip* tabs_;
  wxSimplebook* book_;
  ItemFields* fields_;
  CodesEditor* codes_;
  widgets::NoteBox* message_;
  wxPanel* conflict_buttons_;
  widgets::Button* discard_;
  widgets::Button* save_;
  wxPanel* foot_;
  bool asked_to_finish_ = false;
  bool was_saving_ = false;
  std::vector<wxString> shown_labels_;
};

}  // namespace lanekeeper::office
