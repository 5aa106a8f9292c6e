#include "till_ui/cash_move_screen.h"

#include <algorithm>
#include <cmath>

#include "till_ui/shift_open_screen.h"
#include "till_ui/shift_words.h"
#include "till_ui/wording.h"

namespace lanekeeper::till::ui {

using widgets::Area;
using widgets::grouped_amount_text;
using widgets::theme;
using widgets::to_wx;
using widgets::TouchKey;

namespace {

constexpr Action kinds[] = {Action::pick_up, Action::add_change, Action::paid_in, Action::paid_out, Action::no_sale};
constexpr std::size_t most_reasons = 7;
constexpr double most_reason_height = 64;

std::string kind_key(CashMove move) {
  constexpr std::string_view names[] = {"pick_up", "add_change", "paid_in", "paid_out", "no_sale"};
  return std::string(names[static_cast<std::size_t>(move)]);
}

}  // namespace

CashMoveScreen::CashMoveScreen(wxWindow* parent, Desk& desk, ShiftDesk& shift) : ScenePanel(parent), shift_(shift) {
  for (const Action kind : kinds) kinds_.emplace_back(kind, action_key(this, desk, kind));
  advice_ = new AdviceCard(this);
  field_ = new AmountField(this);
  for (std::size_t i = 0; i < most_reasons; ++i) {
    reasons_.push_back(new TouchKey(this));
    reasons_.back()->Bind(wxEVT_BUTTON, [this, i](wxCommandEvent&) { shift_.choose_reason(static_cast<int>(i) + 1); });
  }
  pad_ = new KeyPad(this, amount_pad(), to_desk(desk));
  letters_ = new KeyPad(this, KeyPad::letters(), to_desk(desk));
  back_ = action_key(this, desk, Action::cancel);
  hint_ = new HintBar(this);
  finish_ = action_key(this, desk, Action::finish_move);
}

void CashMoveScreen::update(const Scene& scene) {
  const CashMoveForm& form = shift_.move();
  for (std::size_t i = 0; i < kinds_.size(); ++i) {
    const ActionRow& row = row_of(Place::cash_move, kinds_[i].first);
    TouchKey::Content content = key_content(scene, row);
    content.selected = static_cast<std::size_t>(form.move()) == i;
    content.label_px = metrics().narrow || scene.english() ? 17 : 20;
    kinds_[i].second->set(content);
  }
  const std::string kind = kind_key(form.move());
  AdviceWords advice;
  advice.title = scene.text("till.move.what." + kind);
  advice.lines = {scene.text("till.move.how." + kind)};
  const Money over = shift_.view().shift ? shift_.view().shift->drawer_cash_over : Money();
  if (form.move() == CashMove::pick_up && over > Money()) {
    advice.lines.push_back(scene.text("till.move.over", {{"amount", grouped_amount_text(over)}}));
  }
  advice.icon = form.move() == CashMove::no_sale ? widgets::Icon::info : widgets::Icon::cash;
  advice_->set(std::move(advice));
  update_field(scene);
  update_reasons(scene);
  const bool words = form.step() == CashMoveForm::Step::note;
  pad_->Show(!words);
  letters_->Show(words);
  pad_->show(scene);
  letters_->show(scene);
  back_->set({.label = scene.text("till.action.back_to_till"), .cap = "Esc", .label_px = metrics().narrow ? 17 : 20});
  const std::string_view hint = words                                       ? "till.move.hint_words"
                                : form.step() == CashMoveForm::Step::reason ? "till.move.hint_reason"
                                : form.reasons().empty()                    ? "till.move.hint_last"
                                                                            : "till.move.hint_amount";
  hint_->set(shift_hint(scene, shift_, scene.text(hint)));
  finish_->set({.label = scene.text(form.needs_amount() ? "till.action.finish_move" : "till.move.open_now"),
                .cap = "+",
                .look = TouchKey::Look::primary,
                .available = form.complete(),
                .label_px = metrics().narrow ? 20 : 24});
}

void CashMoveScreen::update_field(const Scene& scene) {
  const CashMoveForm& form = shift_.move();
  FieldWords field;
  if (form.step() == CashMoveForm::Step::note) {
    field.label = scene.text("till.move.words");
    field.typing = true;
    field.value = to_wx(form.note());
  } else if (form.needs_amount()) {
    field.label = scene.text("till.move.amount");
    field.typing = !form.amount_text().empty();
    field.value = field.typing ? to_wx(form.amount_text()) : wxString("0.00");
  } else {
    field.label = scene.text("till.move.drawer");
    field.value = scene.text("till.move.no_amount");
  }
  field_->set(std::move(field));
}

void CashMoveScreen::update_reasons(const Scene& scene) {
  const CashMoveForm& form = shift_.move();
  const auto codes = form.reasons();
  for (std::size_t i = 0; i < reasons_.size(); ++i) {
    const bool used = i < codes.size();
    if (reasons_[i]->IsShown() != used) reasons_[i]->Show(used);
    if (!used) continue;
    TouchKey::Content content;
    content.label = scene.text("till.move.reason." + std::string(codes[i]));
    content.cap = wxString::Format("%d", static_cast<int>(i) + 1);
    content.arrangement = TouchKey::Arrangement::leading;
    content.selected = form.reason() == static_cast<int>(i) + 1;
    content.available = form.step() != CashMoveForm::Step::amount || form.amount().has_value();
    content.label_px = metrics().narrow || scene.english() ? 16 : 18;
    reasons_[i]->set(content);
  }
  if (reason_count_ != codes.size()) {
    reason_count_ = codes.size();
    lay_out_again();
  }
}

void CashMoveScreen::lay_out(Area area, const Metrics& m) {
  const double gap = theme().gap;
  area.take_bottom(gap);
  Area foot = area.take_bottom(theme().function_row_height, gap).inset(gap, 0);
  area.take_top(gap);
  area = area.inset(gap, 0);
  put(*back_, foot.take_left(m.narrow ? 132 : 200, gap));
  put(*finish_, foot.take_right(m.narrow ? 240 : 348, gap));
  put(*hint_, foot);

  Area tabs = area.take_top(theme().function_row_height, gap);
  const auto count = static_cast<double>(kinds_.size());
  const double width = (tabs.w - (count - 1) * theme().key_gap) / count;
  for (const auto& [kind, key] : kinds_) put(*key, tabs.take_left(width, theme().key_gap));

  Area left = area.take_left(m.narrow ? 480 : m.wide ? 900 : 640, gap);
  put(*advice_, left.take_top(AdviceCard::height, gap));
  put(*field_, left.take_top(AmountField::height, gap));
  const double reason_width = (left.w - theme().key_gap) / 2;
  const double rows = std::ceil(static_cast<double>(std::max<std::size_t>(1, reason_count_)) / 2);
  const double reason_height = std::min(most_reason_height, (left.h - (rows - 1) * theme().key_gap) / rows);
  for (std::size_t i = 0; i < reasons_.size(); ++i) {
    put(*reasons_[i], cell(left, i, 2, reason_width, reason_height, theme().key_gap));
  }
  pad_->set_side_width(m.narrow ? 116 : 150);
  put(*pad_, area);
  put(*letters_, area);
}

}  // namespace lanekeeper::till::ui
