// A numbered part of the promotion editor: fields that are bound to the form, shown as far as they apply.
#pragma once

#include <string>
#include <vector>

#include "office_ui/layout.h"
#include "office_ui/page.h"
#include "office_ui/promotion_words.h"
#include "widgets/chip.h"
#include "widgets/fields.h"
#include "widgets/note_box.h"
#include "widgets/surface.h"

namespace lanekeeper::office {

class PromotionCard : public Watcher {
 public:
  PromotionCard(wxWindow* parent, Shell& shell, int number, std::string_view title);
  virtual bool take_key(const wxKeyEvent&) { return false; }

 protected:
  [[nodiscard]] PromotionEditor& editor() const { return office().promotions().editor; }
  [[nodiscard]] const PromotionForm& form() const { return editor().form(); }
  // Nobody else may change it, and this one may.
  [[nodiscard]] bool editable() const;
  [[nodiscard]] wxWindow* surface() const { return surface_; }
  [[nodiscard]] Stack& column() { return column_; }
  void finish();  // everything is in the column

  widgets::TextField* add_text(PromotionField field, std::string PromotionForm::*member, std::string_view label,
                               const wxString& suffix = {}, const wxString& hint = {});
  widgets::Chip* add_chip(PromotionField field, bool PromotionForm::*member, std::string_view label);
  // Fields of the card show what the form says; which of them are shown is the card's business.
  virtual void show_fields() {}
  void update() override;
  // A problem that has no field of its own.
  void show_problem(widgets::NoteBox* note, PromotionField field);

 private:
  struct TextBinding {
    PromotionField field;
    std::string PromotionForm::*member;
    widgets::TextField* control;
  };
  struct ChipBinding {
    bool PromotionForm::*member;
    std::string label;
    widgets::Chip* control;
  };
  widgets::Surface* surface_;
  Stack column_;
  std::vector<TextBinding> texts_;
  std::vector<ChipBinding> chips_;
  bool updating_ = false;
};

}  // namespace lanekeeper::office
