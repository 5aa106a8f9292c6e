#include "till_ui/shift_report_screen.h"

#include "till_ui/shift_words.h"
#include "till_ui/wording.h"

namespace lanekeeper::till::ui {

using widgets::Area;
using widgets::theme;
using widgets::TouchKey;

ShiftReportScreen::ShiftReportScreen(wxWindow* parent, Desk& desk, ShiftDesk& shift)
    : ScenePanel(parent), shift_(shift) {
  report_ = new ReportCard(this);
  figures_ = new FiguresCard(this);
  back_ = action_key(this, desk, Action::cancel);
  print_ = action_key(this, desk, Action::print_x);
  hint_ = new HintBar(this);
}

void ShiftReportScreen::update(const Scene& scene) {
  report_->set(report_words(scene));
  FiguresWords figures = figures_words(scene);
  if (shift_.view().shift) figures.aside = shift_text(scene, *shift_.view().shift);
  figures.remark = scene.text("till.report.remark");
  figures_->set(std::move(figures));
  back_->set({.label = scene.text("till.action.back_to_till"), .cap = "Esc", .label_px = metrics().narrow ? 17 : 20});
  TouchKey::Content print = key_content(scene, row_of(Place::shift_report, Action::print_x));
  print.look = TouchKey::Look::primary;
  print.label_px = metrics().narrow ? 20 : 24;
  print_->set(print);
  hint_->set(shift_hint(scene, shift_, scene.text("till.report.hint")));
}

void ShiftReportScreen::lay_out(Area area, const Metrics& m) {
  const double gap = theme().gap;
  area.take_bottom(gap);
  Area foot = area.take_bottom(theme().function_row_height, gap).inset(gap, 0);
  area.take_top(gap);
  area = area.inset(gap, 0);
  put(*back_, foot.take_left(m.narrow ? 132 : 200, gap));
  put(*print_, foot.take_right(m.narrow ? 240 : 348, gap));
  put(*hint_, foot);
  put(*report_, area.take_left((area.w - gap) / 2, gap));
  put(*figures_, area);
}

}  // namespace lanekeeper::till::ui
