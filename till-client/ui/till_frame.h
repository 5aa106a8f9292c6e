// The till's only window: status bar, state band, and one screen at a time. It catches every key, so that the focus
// never matters, and repaints what changed.
#pragma once

#include <functional>
#include <memory>

#include <wx/frame.h>
#include <wx/simplebook.h>
#include <wx/timer.h>

#include "till_ui/beeper.h"
#include "till_ui/customer_window.h"
#include "till_ui/device_screen.h"
#include "till_ui/help_screen.h"
#include "till_ui/pairing_screen.h"
#include "till_ui/return_screen.h"
#include "till_ui/sale_screen.h"
#include "till_ui/shift_screens.h"
#include "till_ui/shift_strip.h"
#include "till_ui/sign_in_screen.h"
#include "till_ui/tender_screen.h"
#include "widgets/state_band.h"
#include "widgets/status_bar.h"

namespace lanekeeper::till::ui {

class TillFrame : public wxFrame {
 public:
  // The till must outlive the frame.
  TillFrame(Till& till, const FaceOptions& options);
  ~TillFrame() override;

  [[nodiscard]] Desk& desk() { return *desk_; }
  [[nodiscard]] CustomerFrame* customer() { return customer_; }  // nullptr: there is none
  // Paints what is waiting; for tests and pictures.
  void refresh_now();

 private:
  void make_screens(const FaceOptions& options);
  void make_customer_window(const FaceOptions& options);
  void refresh_customer();
  void use_text_size();
  void bind_events();
  void on_key(wxKeyEvent& event);
  void on_key_stroke(const KeyStroke& stroke, std::int64_t pressed_at_ms);
  void press(const KeyStroke& stroke);
  [[nodiscard]] static char32_t typed_by(const KeyStroke& stroke);  // 0: a key that types nothing
  void on_gate_timer();
  [[nodiscard]] std::int64_t pressed_at(const wxKeyEvent& event);
  void refresh();
  void request_refresh();
  void show_band(widgets::StateBand& band, const std::optional<widgets::StateBand::Content>& content);
  void lay_out();
  void on_close(wxCloseEvent& event);

  Till& till_;
  std::unique_ptr<Desk> desk_;
  std::unique_ptr<i18n::Texts> texts_;
  KeyGate gate_;
  Beeper beeper_;
  wxTimer gate_timer_;
  wxTimer clock_timer_;
  int gate_delays_ = 0;
  bool refresh_pending_ = false;
  bool paint_at_once_ = false;
  bool typing_ = false;
  std::int64_t key_clock_ms_ = 0;  // the events' 32-bit clock, carried on past its end
  std::uint32_t last_key_stamp_ = 0;
  // The lane cannot forget a listener: this goes with the frame.
  std::shared_ptr<TillFrame*> self_;

  widgets::StatusBar* status_ = nullptr;
  widgets::StateBand* training_ = nullptr;
  widgets::StateBand* band_ = nullptr;
  PickUpStrip* pick_up_ = nullptr;
  wxSimplebook* book_ = nullptr;
  PairingScreen* pairing_ = nullptr;
  SignInScreen* sign_in_ = nullptr;
  DeviceScreen* devices_ = nullptr;
  SaleScreen* sale_ = nullptr;
  ReturnScreen* returns_ = nullptr;
  TenderScreen* tender_ = nullptr;
  ShiftScreens* shift_ = nullptr;
  HelpScreen* help_ = nullptr;
  CustomerFrame* customer_ = nullptr;
  wxWindow* key_holder_ = nullptr;
};

}  // namespace lanekeeper::till::ui
