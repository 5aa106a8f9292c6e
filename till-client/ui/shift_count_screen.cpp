#include "till_ui/shift_count_screen.h"

#include "till_ui/shift_words.h"
#include "till_ui/wording.h"

namespace lanekeeper::till::ui {

using widgets::Area;
using widgets::grouped_amount_text;
using widgets::theme;
using widgets::to_wx;
using widgets::TouchKey;

namespace {

KeyPad::Layout count_pad() {
  KeyPad::Layout layout;
  for (const char* digits : {"7", "8", "9", "4", "5", "6", "1", "2", "3", "00", "0"}) {
    KeyPad::Spec spec;
    spec.types = digits;
    layout.grid.push_back(spec);
  }
  layout.grid.push_back({.text_key = "till.key.backspace", .action = Action::backspace, .label_px = 24});
  return layout;
}

}  // namespace

ShiftCountScreen::ShiftCountScreen(wxWindow* parent, Desk& desk, ShiftDesk& shift) : ScenePanel(parent), shift_(shift) {
  steps_ = new StepBar(this);
  list_ = new CountList(this);
  list_->on_pressed([this](std::size_t index) { shift_.choose_row(index); });
  total_ = new TotalCard(this);
  advice_ = new AdviceCard(this);
  pad_ = new KeyPad(this, count_pad(), to_desk(desk));
  previous_ = action_key(this, desk, Action::previous_value);
  next_ = action_key(this, desk, Action::confirm);
  report_ = new ReportCard(this);
  for (const Action action : {Action::cancel, Action::recount, Action::print_x}) {
    keys_.emplace_back(action, action_key(this, desk, action));
  }
  page_ = action_key(this, desk, Action::other_page);
  hint_ = new HintBar(this);
  submit_ = action_key(this, desk, Action::submit_count);
}

void ShiftCountScreen::update(const Scene& scene) {
  const RegisterView& view = shift_.view();
  steps_->set(close_steps(scene, 0));
  list_->set(count_rows(scene, shift_));
  TotalWords total;
  total.label = scene.text("till.count.total");
  total.currency = scene.text("till.currency");
  total.amount = to_wx(grouped_amount_text(shift_.sheet().total()));
  total_->set(std::move(total));
  AdviceWords advice;
  advice.icon = widgets::Icon::eye_off;
  advice.title = scene.text("till.count.blind");
  advice.lines = {scene.text("till.count.blind_after")};
  if (view.shift) {
    advice.lines.push_back(
        scene.text("till.count.blind_float", {{"amount", grouped_amount_text(view.shift->opening_float)}}));
  }
  advice_->set(std::move(advice));
  pad_->show(scene);
  report_->set(report_words(scene));
  update_foot(scene);
  if (other_page_ != shift_.other_page()) {
    other_page_ = shift_.other_page();
    lay_out_again();
  }
}

void ShiftCountScreen::update_foot(const Scene& scene) {
  const bool narrow = metrics().narrow;
  previous_->set({.label = scene.text("till.action.previous_value"),
                  .cap = wxString::FromUTF8("\xE2\x86\x91"),
                  .label_px = narrow ? 16 : 18});
  next_->set(
      {.label = scene.text("till.action.next_value"), .cap = "Enter", .look = TouchKey::Look::confirm, .label_px = 22});
  for (const auto& [action, key] : keys_) {
    const bool leaves = action == Action::cancel;
    TouchKey::Content content;
    content.label = scene.text(leaves ? "till.action.back_to_till" : row_of(Place::shift_count, action).label);
    content.cap = leaves ? "Esc" : to_wx(row_of(Place::shift_count, action).cap);
    content.label_px = narrow ? 15 : scene.english() ? 17 : leaves ? 20 : 18;
    key->set(content);
  }
  page_->set({.label = scene.text(shift_.other_page() ? "till.count.page_count" : "till.count.page_report"),
              .cap = "Tab",
              .label_px = 15});
  const std::size_t missing = shift_.sheet().missing();
  hint_->set(shift_hint(scene, shift_,
                        missing > 0 ? scene.text("till.count.hint_missing", {{"count", std::to_string(missing)}})
                                    : scene.text("till.count.hint_done")));
  TouchKey::Content submit;
  submit.label = scene.text("till.action.submit_count");
  submit.cap = "+";
  submit.look = TouchKey::Look::primary;
  submit.available = missing == 0;
  submit.label_px = narrow ? 20 : 24;
  submit.note_px = 13;
  if (missing > 0) submit.note = scene.text("till.count.submit_note");
  submit_->set(submit);
}

void ShiftCountScreen::lay_out(Area area, const Metrics& m) {
  const double gap = theme().gap;
  area.take_bottom(gap);
  Area foot = area.take_bottom(theme().function_row_height, gap).inset(gap, 0);
  area.take_top(gap);
  area = area.inset(gap, 0);
  put(*keys_[0].second, foot.take_left(m.narrow ? 120 : 200, gap));
  put(*keys_[1].second, foot.take_left(m.narrow ? 104 : 170, gap));
  put(*keys_[2].second, foot.take_left(m.narrow ? 104 : 170, gap));
  page_->Show(m.narrow);
  if (m.narrow) put(*page_, foot.take_left(104, gap));
  put(*submit_, foot.take_right(m.narrow ? 220 : 348, gap));
  put(*hint_, foot);

  put(*steps_, area.take_top(StepBar::height, gap));
  const bool counting = !m.narrow || !other_page_;
  const bool reporting = !m.narrow || other_page_;
  for (wxWindow* part : std::initializer_list<wxWindow*>{list_, total_, advice_, pad_, previous_, next_}) {
    part->Show(counting);
  }
  report_->Show(reporting);
  if (!m.narrow) put(*report_, area.take_right(m.wide ? 660 : 484, gap));
  if (m.narrow) put(*report_, area);
  Area left = area.take_left(m.narrow ? 560 : m.wide ? 640 : 470, gap);
  put(*total_, left.take_bottom(97, gap));
  put(*list_, left);
  put(*advice_, area.take_top(AdviceCard::height, gap));
  Area keys = area.take_bottom(theme().function_row_height, gap);
  put(*previous_, keys.take_left(m.narrow ? 132 : 122, theme().key_gap));
  put(*next_, keys);
  put(*pad_, area);
}

}  // namespace lanekeeper::till::ui
