#include "widgets/step_list.h"

namespace lanekeeper::widgets {

namespace {
constexpr double step_height = 84;
constexpr double mark = 44;
}  // namespace

StepList::StepList(wxWindow* parent) : PaintedControl(parent, wxString()) {
  set_ground(theme().panel);
}

void StepList::set(std::vector<Step> steps, std::size_t current) {
  if (steps == steps_ && current == current_) return;
  steps_ = std::move(steps);
  current_ = current;
  if (current_ < steps_.size()) SetLabel(steps_[current_].title);
  set_design_size(-1, static_cast<int>(step_height * static_cast<double>(steps_.size())));
  Refresh();
}

void StepList::paint(Painter& painter) {
  const Theme& t = theme();
  Area area = painter.area();
  for (std::size_t i = 0; i < steps_.size(); ++i) {
    Area row = area.take_top(step_height);
    const bool now = i == current_;
    const auto state = i < current_ ? Painter::Step::done : now ? Painter::Step::current : Painter::Step::coming;
    const Area circle = row.take_left(mark, 16);
    painter.step_mark(circle.x, circle.centre_y() - mark / 2, mark, static_cast<int>(i) + 1, state,
                      now ? t.on_ink : t.ink_secondary);
    Area words = row.centred(row.w, 52);
    painter.text(steps_[i].title, words.take_top(28), {20, now ? Weight::bold : Weight::regular, t.ink});
    painter.text(steps_[i].note, words, {16, Weight::regular, t.ink_secondary});
  }
}

}  // namespace lanekeeper::widgets
