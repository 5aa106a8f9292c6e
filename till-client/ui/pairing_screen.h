// A new till: the code that the manager types in the back office, and the steps around it.
#pragma once

#include "till_ui/key_pad.h"
#include "widgets/entry_bar.h"
#include "widgets/note_box.h"
#include "widgets/progress_bar.h"
#include "widgets/surface.h"

namespace lanekeeper::till::ui {

class PairingScreen : public ScenePanel {
 public:
  // device_name: what the back office shows while it approves.
  PairingScreen(wxWindow* parent, Desk& desk, const wxString& device_name);

 protected:
  void update(const Scene& scene) override;
  void lay_out(widgets::Area area, const Metrics& metrics) override;

 private:
  class Steps;
  class Code;
  void update_steps(const Scene& scene);
  void update_code(const Scene& scene);
  void update_address(const Scene& scene);

  Desk& desk_;
  wxString device_name_;
  Steps* steps_;
  widgets::NoteBox* warning_;
  Code* code_;
  widgets::EntryBar* address_;
  KeyPad* pad_;
  std::vector<std::pair<Action, widgets::TouchKey*>> keys_;
  std::string shown_code_;
  std::int64_t code_lifetime_ms_ = 1;
};

}  // namespace lanekeeper::till::ui
