// The base of every control that paints itself: wxBG_STYLE_PAINT, buffered, no flicker, sizes in design pixels.
#pragma once

#include <functional>

#include <wx/window.h>

#include "widgets/painter.h"
#include "widgets/theme.h"

namespace lanekeeper::widgets {

// Till controls take no focus (the frame catches every key); the back office's do.
enum class Focus { none, tab_stop };

class PaintedControl : public wxWindow {
 public:
  // The label is the control's name for assistive technology; a control that shows words keeps it up to date.
  PaintedControl(wxWindow* parent, const wxString& label, Focus focus = Focus::none);

  bool AcceptsFocus() const override { return focus_ == Focus::tab_stop && wxWindow::AcceptsFocus(); }
  bool AcceptsFocusFromKeyboard() const override { return AcceptsFocus(); }

  // Colour of the corners outside a rounded frame; the theme's background unless set.
  void set_ground(const wxColour& colour);

  // Design pixels <-> device pixels.
  [[nodiscard]] int px(double design) const;
  [[nodiscard]] wxSize px(const wxSize& design) const { return {px(design.x), px(design.y)}; }
  [[nodiscard]] double design_width() const;
  [[nodiscard]] double design_height() const;
  void set_design_size(int width, int height);  // minimum size; -1: free

 protected:
  // The ground is filled already.
  virtual void paint(Painter& painter) = 0;
  [[nodiscard]] wxPoint2DDouble to_design(const wxPoint& device) const;
  [[nodiscard]] bool has_focus_ring() const { return focus_ == Focus::tab_stop && HasFocus(); }
  [[nodiscard]] const wxColour& ground() const { return ground_; }

 private:
  void on_paint(wxPaintEvent& event);

  Focus focus_;
  wxColour ground_;
};

// Converts design pixels for a window that is not a PaintedControl (panels, sizers).
[[nodiscard]] int px(const wxWindow* window, double design);

// For measuring outside of painting: a painter that paints nowhere.
void with_measuring_painter(const std::function<void(Painter&)>& measure);
// The width of a text. Fonts and texts as in Painter.
[[nodiscard]] double measure_text(const wxString& text, int em_px, Weight weight = Weight::regular);

// A control that is pressed with mouse, finger, or (when it is a tab stop) Space and Enter. Emits wxEVT_BUTTON.
class Pressable : public PaintedControl {
 public:
  Pressable(wxWindow* parent, const wxString& label, Focus focus);
  [[nodiscard]] bool pressed() const { return pressed_; }

 protected:
  virtual void fire();  // wxEVT_BUTTON unless overridden
  // Does a press at this point (design pixels) count?
  [[nodiscard]] virtual bool accepts_press(const wxPoint2DDouble&) const { return IsThisEnabled(); }

 private:
  void on_down(wxMouseEvent& event);
  void on_up(wxMouseEvent& event);
  void on_key(wxKeyEvent& event);

  bool pressed_ = false;
};

}  // namespace lanekeeper::widgets
