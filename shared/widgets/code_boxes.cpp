#include "widgets/code_boxes.h"

namespace lanekeeper::widgets {

namespace {
constexpr int places = 6;
constexpr double box_width = 92;
constexpr double box_height = 124;
constexpr double gap = 12;
constexpr double middle_gap = 44;
constexpr double full_width = places * box_width + (places - 2) * gap + middle_gap;
constexpr double least_width = full_width * 0.6;
}  // namespace

CodeBoxes::CodeBoxes(wxWindow* parent) : PaintedControl(parent, wxString()) {
  set_ground(theme().panel);
  set_design_size(static_cast<int>(least_width), static_cast<int>(box_height));
}

void CodeBoxes::set(const wxString& digits) {
  if (digits == digits_) return;
  digits_ = digits;
  SetLabel(digits);
  Refresh();
}

void CodeBoxes::paint(Painter& painter) {
  const Theme& t = theme();
  const double scale = std::min(1.0, painter.width() / full_width);
  double x = (painter.width() - full_width * scale) / 2;
  for (int i = 0; i < places; ++i) {
    const Area box{x, (painter.height() - box_height * scale) / 2, box_width * scale, box_height * scale};
    const bool filled = static_cast<std::size_t>(i) < digits_.length();
    painter.box(box, {t.panel, filled ? t.ink : t.off_edge, 3, t.radius});
    if (filled) {
      painter.text(digits_.Mid(static_cast<std::size_t>(i), 1), box,
                   {static_cast<int>(76 * scale), Weight::bold, t.ink}, Align::centre, Overflow::never);
    }
    x += (box_width + (i == places / 2 - 1 ? middle_gap : gap)) * scale;
  }
}

}  // namespace lanekeeper::widgets
