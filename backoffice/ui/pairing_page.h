// A new back office shows its code until somebody lets it in.
#pragma once

#include "office_ui/page.h"
#include "widgets/code_boxes.h"
#include "widgets/fields.h"
#include "widgets/icon_label.h"
#include "widgets/note_box.h"
#include "widgets/progress_bar.h"
#include "widgets/status_bar.h"
#include "widgets/step_list.h"
#include "widgets/surface.h"
#include "widgets/touch_key.h"

namespace lanekeeper::office {

class PairingPage : public Watcher {
 public:
  PairingPage(wxWindow* parent, Shell& shell);
  bool take_key(const wxKeyEvent& event);

 protected:
  void update() override;

 private:
  wxWindow* build_steps();
  wxWindow* build_code();
  wxSizer* build_facts(wxWindow* panel);
  wxSizer* build_keys(wxWindow* panel);
  void show_server_field(bool shown);
  void use_server();
  void update_wait();
  void tick();
  [[nodiscard]] wxString problem() const;

  widgets::StatusBar* bar_;
  widgets::StepList* steps_;
  wxWindow* code_panel_;
  widgets::Label* caption_;
  widgets::CodeBoxes* boxes_;
  widgets::IconLabel* wait_;
  widgets::ProgressBar* life_;
  widgets::NoteBox* note_;
  widgets::NoteBox* first_;
  widgets::Label* device_;
  widgets::Label* server_value_;
  widgets::Label* fingerprint_;
  wxPanel* server_row_;
  widgets::TextField* server_;
  bool editing_server_ = false;
  std::unique_ptr<Timer> tick_;
};

}  // namespace lanekeeper::office
