// Who works here now. In the till's visual language: bar at the top, store on the left, the one thing to do on the
// right.
#pragma once

#include "office_ui/page.h"
#include "widgets/fact_sheet.h"
#include "widgets/fields.h"
#include "widgets/note_box.h"
#include "widgets/status_bar.h"
#include "widgets/surface.h"

namespace lanekeeper::office {

class SignInPage : public Watcher {
 public:
  SignInPage(wxWindow* parent, Shell& shell);
  bool take_key(const wxKeyEvent& event);
  void focus_first();
  // For tests.
  [[nodiscard]] widgets::TextField& number() { return *number_; }
  [[nodiscard]] widgets::TextField& password() { return *password_; }
  void sign_in();

 protected:
  void update() override;

 private:
  wxWindow* build_store();
  wxWindow* build_form();
  void show_server_field(bool shown);
  void use_server();
  void tick();
  void update_bar();

  widgets::StatusBar* bar_;
  widgets::Label* store_;
  widgets::FactSheet* facts_;
  widgets::TextField* number_;
  widgets::TextField* password_;
  widgets::NoteBox* note_;
  widgets::Button* enter_;
  widgets::Button* pair_again_;
  widgets::TextField* server_;
  wxPanel* server_row_;
  bool editing_server_ = false;
  std::unique_ptr<Timer> tick_;
};

// "Lanekeeper 后台", version, connection, clock: the same on both pages before the work.
[[nodiscard]] widgets::StatusBar::Content bar_before_work(Shell& shell, bool paired);

}  // namespace lanekeeper::office
