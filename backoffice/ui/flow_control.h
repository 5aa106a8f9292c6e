// Painted controls in a scrolled column whose height follows from their width.
#pragma once

#include "widgets/painted.h"

namespace lanekeeper::office {

class FlowControl : public widgets::PaintedControl {
 public:
  FlowControl(wxWindow* parent, const wxString& label, widgets::Focus focus = widgets::Focus::none);

 protected:
  // In design pixels.
  [[nodiscard]] virtual double height_for(double width) const = 0;
  // What is shown changed: takes the height it needs now, and repaints.
  void content_changed();
  wxSize DoGetBestClientSize() const override;

 private:
  void take_height();
};

// Lays out again what stands around a window whose height changed, up to the window that scrolls.
void lay_out_around(wxWindow* window);

}  // namespace lanekeeper::office
