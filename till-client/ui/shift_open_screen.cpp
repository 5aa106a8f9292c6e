#include "till_ui/shift_open_screen.h"

#include "till_ui/shift_words.h"
#include "till_ui/wording.h"

namespace lanekeeper::till::ui {

using widgets::Area;
using widgets::grouped_amount_text;
using widgets::theme;
using widgets::to_wx;
using widgets::TouchKey;

KeyPad::Layout amount_pad() {
  KeyPad::Layout layout;
  layout.grid = KeyPad::digits_and_point();
  layout.side.push_back({{.text_key = "till.key.backspace", .action = Action::backspace, .label_px = 22}, 1});
  layout.side.push_back({{.text_key = "till.key.clear", .action = Action::clear, .label_px = 22}, 1});
  layout.side_width = 120;
  return layout;
}

ShiftOpenScreen::ShiftOpenScreen(wxWindow* parent, Desk& desk, ShiftDesk& shift) : ScenePanel(parent), shift_(shift) {
  facts_ = new FiguresCard(this);
  field_ = new AmountField(this);
  pad_ = new KeyPad(this, amount_pad(), to_desk(desk));
  back_ = action_key(this, desk, Action::cancel);
  hint_ = new HintBar(this);
  open_ = action_key(this, desk, Action::confirm);
}

void ShiftOpenScreen::update(const Scene& scene) {
  const RegisterView& view = shift_.view();
  const ZonedTime now = scene.desk.lane().now();
  FiguresWords facts;
  facts.title = scene.text("till.open.title");
  facts.aside = scene.text("till.status.till", {{"number", std::to_string(scene.desk.lane().till())}});
  facts.rows = {{scene.text("till.check.day"), date_text(scene, now)},
                {scene.text("till.open.number"),
                 scene.text("till.open.number_value", {{"number", std::to_string(view.last_shift + 1)}})}};
  if (view.cashier) facts.rows.push_back({scene.text("till.open.cashier"), to_wx(view.cashier->name)});
  facts.rows.push_back({scene.text("till.open.left"), to_wx(grouped_amount_text(view.left_in_drawer))});
  facts.rows.push_back({scene.text("till.open.usual"), to_wx(grouped_amount_text(view.usual_float))});
  facts.remark = scene.text("till.open.remark");
  facts_->set(std::move(facts));

  const auto amount = shift_.opening_float();
  FieldWords field;
  field.label = scene.text("till.open.float");
  field.typing = !shift_.typed().empty();
  field.value = field.typing ? to_wx(shift_.typed()) : to_wx(grouped_amount_text(amount.value_or(Money())));
  if (!field.typing) field.note = scene.text("till.open.proposed");
  if (field.typing && amount && *amount != view.left_in_drawer) {
    const Money difference = *amount - view.left_in_drawer;
    field.note = scene.text("till.open.differs", {{"amount", grouped_amount_text(difference)}});
  }
  field_->set(std::move(field));
  pad_->show(scene);
  back_->set({.label = scene.text(view.shift_needed ? "till.action.sign_out" : "till.action.back_to_till"),
              .cap = "Esc",
              .label_px = metrics().narrow ? 17 : 20});
  hint_->set(shift_hint(scene, shift_, scene.text("till.open.hint")));
  open_->set({.label = scene.text("till.action.open_shift"),
              .cap = "Enter",
              .look = TouchKey::Look::primary,
              .available = amount.has_value(),
              .label_px = metrics().narrow ? 24 : 28});
}

void ShiftOpenScreen::lay_out(Area area, const Metrics& m) {
  const double gap = theme().gap;
  area.take_bottom(gap);
  Area foot = area.take_bottom(theme().function_row_height, gap).inset(gap, 0);
  area.take_top(gap);
  area = area.inset(gap, 0);
  put(*back_, foot.take_left(m.narrow ? 132 : 200, gap));
  put(*open_, foot.take_right(m.narrow ? 240 : 348, gap));
  put(*hint_, foot);
  put(*facts_, area.take_left(m.narrow ? 400 : m.wide ? 760 : 560, gap));
  put(*field_, area.take_top(AmountField::height, gap));
  pad_->set_side_width(m.narrow ? 116 : 150);
  put(*pad_, area);
}

}  // namespace lanekeeper::till::ui
