#include "till_ui/cash_panel.h"

#include "till_ui/card.h"
#include "till_ui/cash_suggestions.h"
#include "till_ui/wording.h"

namespace lanekeeper::till::ui {

using widgets::Align;
using widgets::amount_text;
using widgets::Area;
using widgets::Overflow;
using widgets::Painter;
using widgets::TextStyle;
using widgets::theme;
using widgets::to_wx;
using widgets::TouchKey;
using widgets::Weight;

namespace {

constexpr std::size_t most_suggestions = 4;
constexpr double received_height = 105;
constexpr double change_height = 70;

KeyPad::Layout cash_pad() {
  KeyPad::Layout layout;
  layout.grid = KeyPad::digits_and_point();
  const KeyPad::Spec back{
      .text_key = "till.key.backspace", .action = Action::backspace, .cap = "\xE2\x86\x90", .label_px = 17};
  const KeyPad::Spec clear{.text_key = "till.key.clear", .action = Action::clear, .label_px = 17};
  const KeyPad::Spec take{.text_key = "till.key.take_cash",
                          .action = Action::confirm,
                          .cap = "Enter",
                          .look = TouchKey::Look::confirm,
                          .label_px = 22};
  layout.side = {{back, 1}, {clear, 1}, {take, 2}};
  layout.side_width = 126;
  return layout;
}

// 50.00 -> "50": round sums are read faster without decimals.
wxString short_amount(Money amount) {
  wxString text = to_wx(amount_text(amount));
  if (text.EndsWith(".00")) text.RemoveLast(3);
  return text;
}

}  // namespace

// The two amounts over the pad: what was received, and the change or what is still missing.
namespace {

struct AmountWords {
  wxString title, due, received_label, received, change_label, change;
  bool typing = false;
  bool short_of = false;
  bool refund = false;  // money goes out: no change, nothing to type
  [[nodiscard]] wxString spoken() const { return title + " " + received + " " + change_label + " " + change; }
  bool operator==(const AmountWords&) const = default;
};

}  // namespace

class CashPanel::Amounts : public PaintedCard<AmountWords> {
 public:
  using PaintedCard::PaintedCard;

 protected:
  void paint(Painter& painter) override {
    const auto& t = theme();
    Area area = painter.area();
    Area box = area.take_top(received_height, theme().gap);
    painter.box(box, {t.panel, content_.refund ? t.red : t.accent, 3, t.radius});
    box = box.inset(19, 11);
    Area head = box.take_top(26);
    const double used = painter.text(content_.title, head, {18, Weight::bold, content_.refund ? t.red : t.accent});
    head.take_left(used + 10);
    painter.text(content_.due, head, {15, Weight::regular, t.ink_secondary}, Align::right);
    painter.text(content_.received_label, {box.x, box.y + 10, box.w, box.h - 10}, {16, Weight::regular, t.ink_quiet});
    const TextStyle amount{52, Weight::bold, content_.typing ? t.ink : t.off_edge};
    Area figure = box;
    if (content_.typing) painter.fill({figure.right() - 2, figure.centre_y() - 16, 2, 32}, t.accent);
    figure.w -= 8;
    painter.text(content_.received, figure, content_.refund ? amount.in(t.red) : amount, Align::right, Overflow::never);
    if (content_.refund) return;

    const bool quiet = content_.change.empty();
    Area bar = area.take_top(change_height);
    const wxColour fill = quiet ? t.off : content_.short_of ? t.amber : t.accent;
    const wxColour ink = quiet ? t.ink_quiet : content_.short_of ? t.ink : t.on_ink;
    painter.box(bar, {fill, std::nullopt, 1, t.radius});
    bar = bar.inset(18, 0);
    const double label = painter.text(content_.change_label, bar, {24, Weight::bold, ink});
    bar.take_left(label + 10);
    painter.text(content_.change, bar, {painter.width() > 700 ? 56 : 48, Weight::bold, ink}, Align::right,
                 Overflow::never);
  }
};

CashPanel::CashPanel(wxWindow* parent, Desk& desk) : ScenePanel(parent), desk_(desk) {
  amounts_ = new Amounts(this);
  for (std::size_t i = 0; i < most_suggestions; ++i) {
    suggestions_.push_back(new TouchKey(this));
    suggestions_.back()->Bind(wxEVT_BUTTON, [this, i](wxCommandEvent&) {
      if (i < sums_.size()) desk_.take_cash(sums_[i]);
    });
  }
  pad_ = new KeyPad(this, cash_pad(), to_desk(desk_));
  pay_out_ = action_key(this, desk_, Action::finish);
}

void CashPanel::update(const Scene& scene) {
  const RegisterView& view = scene.desk.view();
  if (view.total.is_negative() != refund_) {
    refund_ = view.total.is_negative();
    lay_out_again();
  }
  if (refund_) return update_refund(scene);
  const auto typed_amount = scene.desk.typed_cash();
  Amounts::Content content;
  content.title = scene.text("till.cash.title");
  content.due = view.cash_adjustment.is_zero()
                    ? scene.text("till.cash.due", {{"amount", amount_text(view.cash_due)}})
                    : scene.text("till.cash.due_rounded", {{"amount", amount_text(view.cash_due)},
                                                           {"rounding", amount_text(view.cash_adjustment)}});
  content.received_label = scene.text("till.cash.received");
  content.typing = !scene.desk.text().empty();
  content.received = content.typing ? to_wx(scene.desk.text()) : wxString("0.00");
  content.change_label = scene.text("till.cash.change");
  if (typed_amount) {
    const Money left = *typed_amount - view.cash_due;
    content.short_of = left.is_negative();
    if (content.short_of) content.change_label = scene.text("till.cash.short");
    content.change = to_wx(amount_text(content.short_of ? -left : left));
  }
  amounts_->set(std::move(content));

  sums_ = cash_suggestions(view.cash_due, most_suggestions);
  for (std::size_t i = 0; i < suggestions_.size(); ++i) {
    TouchKey::Content key;
    const bool used = i < sums_.size();
    if (suggestions_[i]->IsShown() != used) suggestions_[i]->Show(used);
    if (used) {
      key.label = i == 0 ? to_wx(amount_text(sums_[i])) : short_amount(sums_[i]);
      if (i == 0) key.note = scene.text("till.cash.exact");
      key.note_px = 13;
      key.selected = typed_amount == sums_[i];
    }
    key.label_px = i == 0 ? 20 : 24;
    suggestions_[i]->set(key);
  }
  pad_->show(scene);
  lay_out_again();
}

// Nothing is typed: what is owed goes out, all of it.
void CashPanel::update_refund(const Scene& scene) {
  const RegisterView& view = scene.desk.view();
  Amounts::Content content;
  content.refund = true;
  content.title = scene.text("till.returns.cash_title");
  content.received_label = scene.text("till.returns.from_drawer");
  content.received = to_wx(amount_text(-view.cash_due));
  // What was not paid in cash does not go out in cash.
  if (view.refund_in_cash_most && *view.refund_in_cash_most < -view.cash_due) {
    content.due = scene.text("till.returns.cash_most", {{"amount", amount_text(*view.refund_in_cash_most)}});
  }
  amounts_->set(std::move(content));
  pay_out_->set({.label = scene.text("till.returns.pay_out", {{"amount", amount_text(-view.cash_due)}}),
                 .cap = "Enter",
                 .look = TouchKey::Look::danger_filled,
                 .arrangement = TouchKey::Arrangement::in_row,
                 .label_px = metrics().narrow ? 24 : 28});
}

void CashPanel::lay_out(Area area, const Metrics& m) {
  const double gap = theme().gap;
  pay_out_->Show(refund_);
  pad_->Show(!refund_);
  if (refund_) {
    for (TouchKey* key : suggestions_) key->Show(false);
    put(*amounts_, area.take_top(received_height, gap));
    put(*pay_out_, area.take_top(96, gap));
    return;
  }
  put(*amounts_, area.take_top(received_height + gap + change_height, gap));
  Area row = area.take_top(64, gap);
  const auto count = static_cast<double>(std::max<std::size_t>(1, sums_.size()));
  const double width = (row.w - (count - 1) * theme().key_gap) / count;
  for (TouchKey* key : suggestions_) {
    if (key->IsShown()) put(*key, row.take_left(width, theme().key_gap));
  }
  pad_->set_side_width(m.narrow ? 116 : 126);
  put(*pad_, area);
}

}  // namespace lanekeeper::till::ui
