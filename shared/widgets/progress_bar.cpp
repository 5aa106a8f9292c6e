#include "widgets/progress_bar.h"

namespace lanekeeper::widgets {

ProgressBar::ProgressBar(wxWindow* parent, const wxString& name, Tone tone, int height)
    : PaintedControl(parent, name), tone_(tone) {
  set_ground(theme().panel);
  set_design_size(-1, height);
}

void ProgressBar::set(double fraction) {
  if (fraction == fraction_) return;
  fraction_ = fraction;
  Refresh();
}

void ProgressBar::paint(Painter& painter) {
  painter.progress(painter.area(), fraction_, tone_ == Tone::ink ? theme().ink : theme().accent, theme().off);
}

}  // namespace lanekeeper::widgets
