#include "till_ui/shift_check_screen.h"

#include "till_ui/shift_words.h"
#include "till_ui/wording.h"

namespace lanekeeper::till::ui {

using widgets::Area;
using widgets::grouped_amount_text;
using widgets::theme;
using widgets::to_wx;
using widgets::TouchKey;

namespace {
constexpr double hint_height = 76;
}

ShiftCheckScreen::ShiftCheckScreen(wxWindow* parent, Desk& desk, ShiftDesk& shift) : ScenePanel(parent), shift_(shift) {
  steps_ = new StepBar(this);
  list_ = new CheckList(this);
  list_->on_pressed([this](std::size_t index) { shift_.choose_row(index); });
  question_ = new ShiftQuestion(this, desk, shift_);
  hint_ = new HintBar(this);
  total_ = new TotalCard(this);
  z_ = new FiguresCard(this);
  for (const Action action : {Action::recount, Action::print_x, Action::keep_float, Action::sign_close}) {
    keys_.emplace_back(action, action_key(this, desk, action));
  }
  page_ = action_key(this, desk, Action::other_page);
  print_ = action_key(this, desk, Action::print_z);
}

void ShiftCheckScreen::update(const Scene& scene) {
  steps_->set(close_steps(scene, 1));
  list_->set(check_rows(scene, shift_));
  update_z(scene);
  update_foot(scene);
  question_->show(scene);
  hint_->set(shift_hint(scene, shift_, scene.text("till.check.hint")));
  const bool asks = question_->asks() && !shift_.notice();
  const double height = question_->wanted_height();
  if (asks != asks_ || height != question_height_ || other_page_ != shift_.other_page()) {
    asks_ = asks;
    question_height_ = height;
    other_page_ = shift_.other_page();
    lay_out_again();
  }
}

void ShiftCheckScreen::update_z(const Scene& scene) {
  const RegisterView& view = shift_.view();
  TotalWords total;
  total.head = scene.text("till.report.turnover");
  if (view.shift) {
    total.head_right = scene.text("till.shift.sales", {{"count", std::to_string(view.shift->counters.sale_count)}});
    const Money turnover = view.shift->totals ? view.shift->totals->turnover : Money();
    total.amount = to_wx(grouped_amount_text(turnover));
  }
  total.currency = scene.text("till.currency");
  total_->set(std::move(total));

  FiguresWords z = figures_words(scene);
  if (view.close) z.aside = scene.text("till.z.number", {{"number", z_number(view.close->z_number)}});
  z.remark = scene.text("till.z.remark", {{"amount", grouped_amount_text(shift_.left_behind())}});
  z_->set(std::move(z));
}

void ShiftCheckScreen::update_foot(const Scene& scene) {
  const bool narrow = metrics().narrow;
  for (const auto& [action, key] : keys_) {
    TouchKey::Content content = key_content(scene, row_of(Place::shift_check, action));
    content.label_px = narrow ? 15 : scene.english() ? 16 : 19;
    const auto& close = shift_.view().close;
    if (action == Action::sign_close && close) content.available = close->needs_signature;
    content.selected = action == Action::keep_float && shift_.check_entry() == ShiftDesk::CheckEntry::left_behind;
    key->set(content);
  }
  page_->set({.label = scene.text(shift_.other_page() ? "till.check.page_check" : "till.check.page_z"),
              .cap = "Tab",
              .label_px = 15});
  TouchKey::Content print = key_content(scene, row_of(Place::shift_check, Action::print_z));
  print.look = TouchKey::Look::primary;
  print.label_px = narrow ? 20 : 24;
  print.note_px = 13;
  const auto& close = shift_.view().close;
  const bool unexplained = shift_.unexplained() > 0 && shift_.chosen_reason() == 0;
  if (unexplained) {
    print.available = false;
    print.note = scene.text(close && close->needs_signature ? "till.check.print_note_sign" : "till.check.print_note");
  } else if (close && close->needs_signature) {
    print.note = scene.text("till.check.print_sign");
  }
  print_->set(print);
}

void ShiftCheckScreen::lay_out(Area area, const Metrics& m) {
  const double gap = theme().gap;
  area.take_bottom(gap);
  Area foot = area.take_bottom(theme().function_row_height, gap).inset(gap, 0);
  area.take_top(gap);
  area = area.inset(gap, 0);
  const double right_width = m.narrow ? 0 : m.wide ? 656 : 500;
  put(*print_, foot.take_right(m.narrow ? 330 : right_width, gap));
  page_->Show(m.narrow);
  if (m.narrow) put(*page_, foot.take_right(104, gap));
  const auto count = static_cast<double>(keys_.size());
  const double width = std::min(200.0, (foot.w - (count - 1) * gap) / count);
  for (const auto& [action, key] : keys_) put(*key, foot.take_left(width, gap));

  put(*steps_, area.take_top(StepBar::height, gap));
  const bool checking = !m.narrow || !other_page_;
  list_->Show(checking);
  question_->Show(checking && asks_);
  hint_->Show(checking && !asks_);
  total_->Show(!m.narrow || other_page_);
  z_->Show(!m.narrow || other_page_);
  Area right = m.narrow ? area : area.take_right(right_width, gap);
  put(*total_, right.take_top(122, gap));
  put(*z_, right);
  const Area below = area.take_bottom(asks_ ? question_height_ : hint_height, gap);
  put(*question_, below);
  put(*hint_, below);
  put(*list_, area);
}

}  // namespace lanekeeper::till::ui
