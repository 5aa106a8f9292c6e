#include "till_ui/shift_done_screen.h"

#include "till_ui/shift_words.h"
#include "till_ui/wording.h"

namespace lanekeeper::till::ui {

using widgets::Area;
using widgets::grouped_amount_text;
using widgets::Painter;
using widgets::theme;
using widgets::to_wx;
using widgets::TouchKey;
using widgets::Weight;

namespace {

struct TaskWords {
  wxString title;
  std::vector<std::pair<wxString, wxString>> tasks;  // what to do, and a note
  [[nodiscard]] wxString spoken() const { return title; }
  bool operator==(const TaskWords&) const = default;
};

}  // namespace

class ShiftDoneScreen::Card : public PaintedCard<TaskWords> {
 public:
  using PaintedCard::PaintedCard;

 protected:
  void paint(Painter& painter) override {
    const auto& t = theme();
    paint_panel(painter);
    Area area = painter.area().inset(18, 14);
    painter.text(content_.title, area.take_top(30, 8), {20, Weight::bold, t.ink});
    for (std::size_t i = 0; i < content_.tasks.size(); ++i) {
      Area row = area.take_top(64);
      painter.fill({row.x, row.bottom() - 1, row.w, 1}, t.line);
      const Area mark = row.take_left(34, 14);
      painter.disc(mark.x + 17, mark.centre_y(), 17, t.panel, t.ink, 2);
      painter.text(wxString::Format("%d", static_cast<int>(i) + 1), mark, {18, Weight::bold, t.ink},
                   widgets::Align::centre);
      Area block = row.centred(row.w, 50);
      const auto& [what, note] = content_.tasks[i];
      painter.text(what, block.take_top(27), fitted(painter, what, {19, Weight::bold, t.ink}, block.w, 14));
      painter.text(note, block, fitted(painter, note, {16, Weight::regular, t.ink_secondary}, block.w, 13));
    }
  }
};

ShiftDoneScreen::ShiftDoneScreen(wxWindow* parent, Desk& desk, ShiftDesk& shift) : ScenePanel(parent), shift_(shift) {
  steps_ = new StepBar(this);
  deposit_ = new TotalCard(this);
  tasks_ = new Card(this);
  figures_ = new FiguresCard(this);
  reprint_ = action_key(this, desk, Action::reprint_z);
  hint_ = new HintBar(this);
  done_ = action_key(this, desk, Action::confirm);
}

void ShiftDoneScreen::update(const Scene& scene) {
  if (!shift_.closed()) return;
  const ShiftDesk::Closed& closed = *shift_.closed();
  const std::string z = z_number(closed.z_number);
  const std::string left = grouped_amount_text(closed.left_in_drawer);
  const std::string bag = grouped_amount_text(closed.deposit());
  steps_->set(close_steps(scene, 2));
  TotalWords deposit;
  deposit.head = scene.text("till.done.deposit");
  deposit.head_right = to_wx(closed.cashier);
  deposit.currency = scene.text("till.currency");
  deposit.amount = to_wx(bag);
  deposit_->set(std::move(deposit));

  TaskWords tasks;
  tasks.title = scene.text("till.done.title", {{"number", z}});
  tasks.tasks = {{scene.text("till.done.leave", {{"amount", left}}), scene.text("till.done.leave_note")},
                 {scene.text("till.done.bag", {{"amount", bag}}), scene.text("till.done.bag_note")},
                 {scene.text("till.done.paper"), scene.text("till.done.paper_note")}};
  tasks_->set(std::move(tasks));

  FiguresWords figures;
  figures.title = scene.text("till.done.cash");
  figures.aside = to_wx(z);
  figures.rows = {{scene.text("till.done.counted"), to_wx(grouped_amount_text(closed.counted))},
                  {scene.text("till.done.difference"), to_wx(grouped_amount_text(closed.difference)),
                   closed.difference.is_negative()},
                  {scene.text("till.done.left"), to_wx(left)},
                  {scene.text("till.done.deposit"), to_wx(bag), false, true}};
  figures.remark = scene.text("till.done.remark");
  figures_->set(std::move(figures));

  TouchKey::Content reprint = key_content(scene, row_of(Place::shift_done, Action::reprint_z));
  reprint.label_px = metrics().narrow ? 17 : 20;
  reprint_->set(reprint);
  hint_->set(shift_hint(scene, shift_, scene.text("till.done.hint")));
  done_->set({.label = scene.text("till.done.finish"),
              .cap = "Enter",
              .look = TouchKey::Look::primary,
              .label_px = metrics().narrow ? 20 : 24});
}

void ShiftDoneScreen::lay_out(Area area, const Metrics& m) {
  const double gap = theme().gap;
  area.take_bottom(gap);
  Area foot = area.take_bottom(theme().function_row_height, gap).inset(gap, 0);
  area.take_top(gap);
  area = area.inset(gap, 0);
  put(*reprint_, foot.take_left(m.narrow ? 150 : 200, gap));
  put(*done_, foot.take_right(m.narrow ? 300 : m.wide ? 656 : 500, gap));
  put(*hint_, foot);
  put(*steps_, area.take_top(StepBar::height, gap));
  Area right = area.take_right(m.narrow ? 420 : m.wide ? 656 : 500, gap);
  put(*deposit_, area.take_top(122, gap));
  put(*tasks_, area);
  put(*figures_, right);
}

}  // namespace lanekeeper::till::ui
