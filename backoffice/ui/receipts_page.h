// The templates of the shop's receipts: the text at the left, the paper it prints at the right.
#pragma once

#include "model/receipt_sample.h"
#include "office_ui/page.h"
#include "office_ui/paper_view.h"
#include "widgets/fact_sheet.h"
#include "widgets/fields.h"
#include "widgets/note_box.h"
#include "widgets/surface.h"
#include "widgets/text_area.h"

namespace lanekeeper::office {

class ReceiptsPage : public Page {
 public:
  ReceiptsPage(wxWindow* parent, Shell& shell);
  [[nodiscard]] wxString title() const override { return words()("receipts.title"); }
  [[nodiscard]] wxString subtitle() const override;
  [[nodiscard]] std::vector<Action> actions() override;
  bool take_key(const wxKeyEvent& event) override;
  void focus_first() override;
  // For tests.
  [[nodiscard]] widgets::TextArea& text() { return *text_; }
  [[nodiscard]] PaperView& paper() { return *paper_; }
  void save();

 protected:
  void update() override;

 private:
  void build_editor();
  [[nodiscard]] wxSizer* build_foot();
  void build_preview();
  [[nodiscard]] TemplateEditor& editor() const { return office().store_desk().templates; }
  [[nodiscard]] wxString state() const;
  void open(TemplateEditor::Kind kind, i18n::Language language);
  void show_caret();
  void update_choices();
  void update_problems();
  void update_note();
  void update_paper();

  wxPanel* left_;
  widgets::SelectField* kind_;
  widgets::SelectField* language_;
  widgets::SelectField* names_;
  widgets::Label* state_;
  widgets::TextArea* text_;
  widgets::FactSheet* problems_;
  widgets::NoteBox* note_;
  widgets::Label* caret_;
  widgets::Button* undo_;
  widgets::Button* redo_;
  widgets::Button* built_in_;
  widgets::Surface* right_;
  widgets::SelectField* roll_;
  widgets::NoteBox* old_;
  PaperView* paper_;
  std::optional<TemplateEditor::Key> shown_;
  std::vector<SampleName> insertable_;
};

}  // namespace lanekeeper::office
