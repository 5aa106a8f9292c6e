// A device that asks to belong to the store: what it says of itself, the fingerprint to compare, and the code that is
// typed from its screen.
#pragma once

#include <chrono>

#include "office_ui/page.h"
#include "widgets/fields.h"
#include "widgets/icon_label.h"
#include "widgets/note_box.h"
#include "widgets/surface.h"

namespace lanekeeper::office {

class ApprovalCard : public widgets::Surface {
 public:
  ApprovalCard(wxWindow* parent, Shell& shell, protocol::WaitingDevice device);
  void update();
  void approve(bool replace);
  [[nodiscard]] const std::string& id() const { return device_.enrolment_id; }
  // For tests and for the focus.
  [[nodiscard]] widgets::TextField& code() { return *code_; }
  [[nodiscard]] widgets::TextField* till() { return till_; }  // nullptr for a back office

 private:
  wxSizer* build_facts();
  wxSizer* build_entry();
  [[nodiscard]] wxString problem() const;

  Shell& shell_;
  protocol::WaitingDevice device_;
  widgets::IconLabel* expires_;
  widgets::TextField* code_;
  widgets::TextField* till_ = nullptr;
  widgets::NoteBox* note_;
  widgets::Button* approve_;
  widgets::Button* reject_;
  bool confirm_replace_ = false;
  std::chrono::steady_clock::time_point asked_at_;  // whether to replace
};

}  // namespace lanekeeper::office
