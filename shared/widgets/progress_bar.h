// A flat bar, ink or accent on the quiet fill.
#pragma once

#include "widgets/painted.h"

namespace lanekeeper::widgets {

class ProgressBar : public PaintedControl {
 public:
  enum class Tone { ink, accent };
  ProgressBar(wxWindow* parent, const wxString& name, Tone tone = Tone::accent, int height = 8);
  void set(double fraction);  // 0..1

 protected:
  void paint(Painter& painter) override;

 private:
  Tone tone_;
  double fraction_ = 0;
};

}  // namespace lanekeeper::widgets
