// How the tills behave: shifts and cash, vouchers and the store's other ways of paying.
#pragma once

#include <vector>

#include <wx/scrolwin.h>

#include "office_ui/methods_editor.h"
#include "office_ui/page.h"
#include "widgets/fields.h"
#include "widgets/note_box.h"
#include "widgets/surface.h"
#include "widgets/toggle_switch.h"

namespace lanekeeper::office {

class TillRulesPage : public Page {
 public:
  TillRulesPage(wxWindow* parent, Shell& shell);
  [[nodiscard]] wxString title() const override { return words()("rules.title"); }
  [[nodiscard]] wxString subtitle() const override { return words()("rules.subtitle"); }
  [[nodiscard]] std::vector<Action> actions() override;
  bool take_key(const wxKeyEvent& event) override;
  void focus_first() override;
  void arrange() override;
  void save();
  // For tests.
  [[nodiscard]] widgets::TextField& usual_float() { return *amounts_[0].control; }
  [[nodiscard]] MethodsEditor& methods() { return *methods_; }

 protected:
  void update() override;

 private:
  struct Amount {
    PolicyField field;
    std::string PolicyForm::*member;
    widgets::TextField* control;
  };
  struct Switch {
    bool PolicyForm::*member;
    widgets::ToggleSwitch* control;
  };
  [[nodiscard]] PolicyEditor& editor() const { return office().store_desk().policy; }
  [[nodiscard]] widgets::Surface* build_cash();
  [[nodiscard]] widgets::Surface* build_ways();
  widgets::TextField* add_amount(wxWindow* card, PolicyField field, std::string PolicyForm::*member,
                                 std::string_view label, std::string_view hint);
  widgets::ToggleSwitch* add_switch(wxWindow* card, bool PolicyForm::*member, std::string_view label);
  void update_note();

  wxScrolledWindow* scrolled_;
  wxBoxSizer* cards_;
  widgets::NoteBox* note_;
  std::vector<Amount> amounts_;
  std::vector<Switch> switches_;
  MethodsEditor* methods_;
  bool updating_ = false;
};

}  // namespace lanekeeper::office
