// The immutable picture of the register that faces show.

#include "register/register_impl.h"

namespace lanekeeper::till {

namespace {

ViewLine view_line(const sale::BasketLine& line) {
  ViewLine out;
  out.line = line.line;
  out.name = line.name;
  out.name_en = line.name_en;
  out.code = line.code;
  out.unit = line.unit;
  out.quantity = line.quantity;
  out.unit_price = line.unit_price;
  out.weight_source = line.weight_source;
  out.price_overridden = line.price_override.has_value();
  out.voided = line.voided;
  return out;
}

// priced.lines has the basket's lines in order, without the voided ones.
void add_lines(RegisterView& view, const sale::Basket& basket, const sale::PricedBasket& priced) {
  view.lines.reserve(basket.lines.size());
  auto next = priced.lines.begin();
  for (const auto& line : basket.lines) {
    ViewLine out = view_line(line);
    if (line.voided) {
      out.gross = checked_gross(line).value_or(Money());
    } else if (next != priced.lines.end() && next->line == line.line) {
      out.gross = next->gross;
      out.net = next->net;
      out.saving = next->gross - next->net;
      ++next;
      ++view.line_count;
      const bool counted = line.unit == catalogue::UnitOfMeasure::piece && line.quantity.is_whole();
      view.item_count += counted ? line.quantity.milli() / 1000 : 1;
    }
    view.lines.push_back(std::move(out));
  }
}

}  // namespace

void Register::publish() {
  auto view = std::make_shared<RegisterView>();
  view->revision = ++revision_;
  view->cashier = cashier_;
  if (!cashier_) {
    view->state = RegisterState::signed_out;
  } else if (tendering_) {
    view->state = RegisterState::tendering;
  } else {
    view->state = basket_.lines.empty() ? RegisterState::idle : RegisterState::ringing;
  }
  add_lines(*view, basket_, priced_);
  view->selected_line = selected_line_;
  view->last_line = last_line_;
  view->gross = priced_.gross;
  view->saving = priced_.discount;
  view->total = priced_.total;
  const auto settlement = settle(priced_.total, basket_.tenders, settings_.cash_rounding);
  view->cash_due = settlement.cash_due;
  view->cash_adjustment = settlement.adjustment;
  view->tendered = settlement.tendered;
  view->tenders = basket_.tenders;
  view->taxes = priced_.taxes;
  view->pending_quantity = pending_quantity_;
  // A price that has run out since only shows on a list; entering the item asks again.
  const auto summarised = [](const Entry& entry) { return item_summary(entry.match.item, entry.seen_at); };
  if (waiting_for_weight_) view->waiting_for_weight = summarised(*waiting_for_weight_);
  if (held_for_age_) view->age_check = AgeCheck{summarised(*held_for_age_), held_for_age_->match.item.minimum_age};
  for (const auto& entry : choices_) view->choices.push_back(summarised(entry));
  view->message = message_;
  view->last_sale = last_sale_;
  view_ = std::move(view);
}

}  // namespace lanekeeper::till
