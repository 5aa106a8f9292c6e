// Below the sheet of an open shift: gives it up when its till can tell no more. Asks for a reason first.
#pragma once

#include "office_ui/page.h"
#include "widgets/fields.h"
#include "widgets/note_box.h"
#include "widgets/surface.h"

namespace lanekeeper::office {

class ShiftLossPanel : public Watcher {
 public:
  ShiftLossPanel(wxWindow* parent, Shell& shell);

  // For the shift that is chosen. True: it takes another height now.
  bool show();
  [[nodiscard]] bool asking() const { return asking_; }
  void keep();  // the shift as it is
  [[nodiscard]] widgets::TextField& reason() { return *reason_; }
  [[nodiscard]] widgets::Button& give_up() { return *give_up_; }

 protected:
  void update() override {}

 private:
  [[nodiscard]] ShiftsModel& model() const { return office().shifts(); }
  void press();
  void show_note();

  widgets::NoteBox* note_;
  widgets::TextField* reason_;
  widgets::Button* keep_;
  widgets::Button* give_up_;
  std::optional<ShiftKey> shown_;
  bool asking_ = false;
};

}  // namespace lanekeeper::office
