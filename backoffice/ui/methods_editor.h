// The store's other ways of paying as rows that are edited: code, names, what the cashier has to type, offline or not.
#pragma once

#include <vector>

#include "office_ui/page.h"
#include "widgets/chip.h"
#include "widgets/fields.h"
#include "widgets/surface.h"

namespace lanekeeper::office {

class MethodsEditor : public Watcher {
 public:
  MethodsEditor(wxWindow* parent, Shell& shell);
  void show();  // what the form says
  [[nodiscard]] widgets::TextField& code(std::size_t row) { return *rows_[row].code; }
  [[nodiscard]] widgets::TextField& name(std::size_t row) { return *rows_[row].name; }
  [[nodiscard]] widgets::TextField& field(PolicyField which, std::size_t row);  // of a method
  [[nodiscard]] widgets::Button& add() { return *add_; }
  void focus_last();

 protected:
  void update() override {}

 private:
  struct Row {
    wxPanel* panel;
    widgets::TextField* code;
    widgets::TextField* name;
    widgets::TextField* name_en;
    widgets::Chip* reference;
    widgets::Chip* offline;
    widgets::Button* remove;
  };
  [[nodiscard]] PolicyEditor& editor() const { return office().store_desk().policy; }
  widgets::TextField* make_field(wxWindow* panel, std::size_t index, PolicyField field, std::string MethodForm::*member,
                                 std::string_view label);
  widgets::Chip* make_chip(wxWindow* panel, std::size_t index, bool MethodForm::*member, std::string_view label);
  [[nodiscard]] Row make_row(std::size_t index);
  void make_rows(std::size_t count);
  void show_row(std::size_t index);

  wxBoxSizer* list_;
  widgets::Label* none_;
  widgets::Button* add_;
  std::vector<Row> rows_;
  bool updating_ = false;
};

}  // namespace lanekeeper::office
