#include "widgets/painted.h"

#include <cmath>

#include <wx/dcbuffer.h>
#include <wx/dcmemory.h>

namespace lanekeeper::widgets {

int px(const wxWindow* window, double design) {
  const int scaled = static_cast<int>(std::lround(design * theme().scale));
  return window ? window->FromDIP(scaled) : scaled;
}

void with_measuring_painter(const std::function<void(Painter&)>& measure) {
  static wxBitmap bitmap(1, 1);
  static wxMemoryDC dc(bitmap);
  const std::unique_ptr<wxGraphicsContext> gc(wxGraphicsContext::Create(dc));
  Painter painter(*gc, 1, 1);
  measure(painter);
}

double measure_text(const wxString& text, int em_px, Weight weight) {
  double width = 0;
  with_measuring_painter([&](Painter& painter) { width = painter.text_width(text, {em_px, weight}); });
  return width;
}

PaintedControl::PaintedControl(wxWindow* parent, const wxString& label, Focus focus)
    : focus_(focus), ground_(theme().background) {
  SetBackgroundStyle(wxBG_STYLE_PAINT);
  // wxWANTS_CHARS lets a tab stop see Enter; Tab still moves on (see Pressable::on_key).
  Create(parent, wxID_ANY, wxDefaultPosition, wxDefaultSize, wxBORDER_NONE | wxFULL_REPAINT_ON_RESIZE);
  SetLabel(label);
  Bind(wxEVT_PAINT, &PaintedControl::on_paint, this);
  if (focus == Focus::tab_stop) {
    Bind(wxEVT_SET_FOCUS, [this](wxFocusEvent& event) {
      Refresh();
      event.Skip();
    });
    Bind(wxEVT_KILL_FOCUS, [this](wxFocusEvent& event) {
      Refresh();
      event.Skip();
    });
  }
}

void PaintedControl::set_ground(const wxColour& colour) {
  ground_ = colour;
  Refresh();
}

int PaintedControl::px(double design) const {
  return widgets::px(this, design);
}

double PaintedControl::design_width() const {
  return GetClientSize().x / (px(1000) / 1000.0);
}

double PaintedControl::design_height() const {
  return GetClientSize().y / (px(1000) / 1000.0);
}

void PaintedControl::set_design_size(int width, int height) {
  const wxSize size(width < 0 ? -1 : px(width), height < 0 ? -1 : px(height));
  SetMinSize(size);
  SetInitialSize(size);
}

wxPoint2DDouble PaintedControl::to_design(const wxPoint& device) const {
  const double scale = px(1000) / 1000.0;
  return {device.x / scale, device.y / scale};
}

void PaintedControl::on_paint(wxPaintEvent&) {
  wxAutoBufferedPaintDC dc(this);
  const std::unique_ptr<wxGraphicsContext> gc(wxGraphicsContext::CreateFromUnknownDC(dc));
  if (!gc) return;
  gc->SetAntialiasMode(wxANTIALIAS_DEFAULT);
  gc->DisableOffset();
  const double scale = px(1000) / 1000.0;
  const wxSize size = GetClientSize();
  gc->Scale(scale, scale);
  Painter painter(*gc, size.x / scale, size.y / scale);
  painter.fill(painter.area(), ground_);
  paint(painter);
}

Pressable::Pressable(wxWindow* parent, const wxString& label, Focus focus) : PaintedControl(parent, label, focus) {
  Bind(wxEVT_LEFT_DOWN, &Pressable::on_down, this);
  Bind(wxEVT_LEFT_DCLICK, &Pressable::on_down, this);
  Bind(wxEVT_LEFT_UP, &Pressable::on_up, this);
  Bind(wxEVT_MOUSE_CAPTURE_LOST, [this](wxMouseCaptureLostEvent&) {
    pressed_ = false;
    Refresh();
  });
  if (focus == Focus::tab_stop) Bind(wxEVT_KEY_DOWN, &Pressable::on_key, this);
}

void Pressable::fire() {
  wxCommandEvent event(wxEVT_BUTTON, GetId());
  event.SetEventObject(this);
  ProcessWindowEvent(event);
}

void Pressable::on_down(wxMouseEvent& event) {
  if (!accepts_press(to_design(event.GetPosition()))) return;
  if (AcceptsFocus()) SetFocus();
  pressed_ = true;
  if (!HasCapture()) CaptureMouse();
  Refresh();
  Update();  // pressed within the frame, whatever the action costs
}

void Pressable::on_up(wxMouseEvent& event) {
  if (HasCapture()) ReleaseMouse();
  if (!pressed_) return;
  pressed_ = false;
  Refresh();
  if (GetClientRect().Contains(event.GetPosition())) fire();
}

void Pressable::on_key(wxKeyEvent& event) {
  const int code = event.GetKeyCode();
  const bool plain = !event.HasAnyModifiers();
  if (plain && (code == WXK_SPACE || code == WXK_RETURN || code == WXK_NUMPAD_ENTER) && IsThisEnabled()) {
    fire();
    return;
  }
  event.Skip();
}

}  // namespace lanekeeper::widgets
