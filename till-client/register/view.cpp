// The immutable picture of the register that faces show.

#include <algorithm>

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
  if (line.returns) out.returned_line = line.returns->line;
  out.returns = line.returns.has_value();
  out.deposit = line.deposit.value_or(false);
  if (line.returns) {
    out.returned_to = line.returns->to;
    out.return_reason = line.returns->reason.value_or(std::string());
  }
  out.tare = line.tare.value_or(Quantity());
  out.open_price = line.open_price.value_or(false);
  out.note = line.note.value_or(std::string());
  out.voided = line.voided;
  return out;
}

// The names are those of the set that the basket is priced with.
ViewSaving view_saving(const sale::LineDiscount& discount, const pricing::PromotionIndex& promotions) {
  ViewSaving out;
  out.promotion = discount.promotion;
  out.name = discount.name.value_or(std::string());
  out.name_en = discount.name_en.value_or(std::string());
  out.amount = discount.amount;
  const auto* promotion = promotions.find(discount.promotion);
  if (promotion == nullptr) {
    out.layer = out.kind = pricing::layer_name(pricing::Layer::manual);
    return out;
  }
  out.layer = pricing::layer_name(promotion->layer);
  out.kind = pricing::kind_name(promotion->offer);
  if (const auto* multibuy = std::get_if<pricing::Multibuy>(&promotion->offer)) out.count = multibuy->count;
  if (const auto* nth = std::get_if<pricing::NthOff>(&promotion->offer)) out.count = nth->count;
  return out;
}

// How far down a saving stands: by layer, discounts by hand last.
std::size_t order_of(const ViewSaving& saving) {
  using pricing::Layer;
  constexpr Layer layers[] = {Layer::item, Layer::basket, Layer::member, Layer::coupon};
  for (std::size_t i = 0; i < std::size(layers); ++i) {
    if (saving.layer == pricing::layer_name(layers[i])) return i;
  }
  return std::size(layers);
}

void add_savings(RegisterView& view) {
  for (const auto& line : view.lines) {
    for (const auto& saving : line.savings) {
      const auto same = std::find_if(view.savings.begin(), view.savings.end(),
                                     [&saving](const auto& have) { return have.promotion == saving.promotion; });
      if (same == view.savings.end()) {
        view.savings.push_back(saving);
      } else {
        same->amount += saving.amount;
      }
    }
  }
  std::stable_sort(view.savings.begin(), view.savings.end(),
                   [](const auto& a, const auto& b) { return order_of(a) < order_of(b); });
}

void add_reasons(RegisterView& view, const pricing::PricedGoods& reasons, const pricing::PromotionIndex& promotions) {
  view.optimal = reasons.optimal;
  for (const auto& outcome : reasons.coupons) {
    ViewCoupon coupon{outcome.code, {}, {}, outcome.saving};
    if (const auto* promotion = promotions.find(outcome.promotion)) {
      coupon.name = promotion->name;
      coupon.name_en = promotion->name_en;
    }
    view.coupons.push_back(std::move(coupon));
  }
  for (const auto& miss : reasons.near_misses) {
    ViewNearMiss out{miss.promotion, {}, {}, miss.kind, miss.missing_pieces, miss.missing_amount};
    if (const auto* promotion = promotions.find(miss.promotion)) {
      out.name = promotion->name;
      out.name_en = promotion->name_en;
    }
    view.near_misses.push_back(std::move(out));
  }
}

ViewReturn view_return(const sale::Basket& basket, const sale::ReturnableSale* sold) {
  ViewReturn out;
  out.till = basket.returned_sale->till;
  out.receipt_number = basket.returned_sale->receipt_number;
  out.void_reason = basket.returned_sale->void_reason.value_or(std::string());
  if (sold == nullptr) {
    out.may_be_incomplete = true;
    return out;
  }
  out.business_date = sold->sale.business_date;
  out.may_be_incomplete = sold->may_be_incomplete;
  auto priced = sold->sale.priced.lines.begin();
  for (const auto& line : sold->sale.lines) {
    if (line.voided || priced == sold->sale.priced.lines.end()) continue;
    const Money net = priced->net;
    const Money gross = (priced++)->gross;
    if (line.returns) continue;
    const auto left = line.quantity - detail::returned_before(basket, *sold, line.line);
    out.lines.push_back({line.line, line.name, line.name_en, line.code, line.unit, line.quantity,
                         std::max(left, Quantity()), net, gross});
  }
  return out;
}

// What goes back may go back by these.
std::vector<ViewRefundOption> refund_options(const sale::Basket& basket, const Settlement& settlement) {
  std::vector<ViewRefundOption> options;
  if (!settlement.pays_out || !basket.returned_sale || !basket.returned_sale->refundable) return options;
  for (const auto& way : *basket.returned_sale->refundable) {
    const auto most = std::min(refundable(basket, way), -settlement.left);
    if (most > Money()) options.push_back({way.kind, way.method, most});
  }
  return options;
}

// priced.lines has the basket's lines in order, without the voided ones.
void add_lines(RegisterView& view, const sale::Basket& basket, const sale::PricedBasket& priced,
               const pricing::PromotionIndex& promotions) {
  view.lines.reserve(basket.lines.size());
  auto next = priced.lines.begin();
  for (const auto& line : basket.lines) {
    ViewLine out = view_line(line);
    if (line.voided) {
      out.gross = line.returns ? line.fixed_amount.value_or(Money()) : checked_gross(line).value_or(Money());
    } else if (next != priced.lines.end() && next->line == line.line) {
      out.gross = next->gross;
      out.net = next->net;
      out.saving = next->gross - next->net;
      out.savings.reserve(next->discounts.size());
      for (const auto& discount : next->discounts) out.savings.push_back(view_saving(discount, promotions));
      ++next;
      ++view.line_count;
      const bool counted = line.unit == catalogue::UnitOfMeasure::piece && line.quantity.is_whole();
      const auto pieces = line.quantity.milli() / 1000;
      view.item_count += counted ? (pieces < 0 ? -pieces : pieces) : 1;
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
  } else if (close_) {
    view->state = RegisterState::closing;
  } else if (tendering_) {
    view->state = RegisterState::tendering;
  } else {
    view->state = basket_.lines.empty() ? RegisterState::idle : RegisterState::ringing;
  }
  add_lines(*view, basket_, priced_, promotions_);
  add_savings(*view);
  add_reasons(*view, reasons_, promotions_);
  view->member = basket_.member;
  view->discount = basket_.discount;
  if (basket_.returned_sale) {
    view->returning = view_return(basket_, returning_ ? &*returning_ : nullptr);
    view->returning->no_void = no_void_;
  }
  view->selected_line = selected_line_;
  view->last_line = last_line_;
  view->gross = priced_.gross;
  view->saving = priced_.discount;
  view->total = priced_.total;
  const auto settlement = settle(basket_, priced_, settings_.cash_rounding);
  view->cash_due = settlement.cash_due;
  view->cash_adjustment = settlement.adjustment;
  view->tendered = settlement.tendered;
  view->left_due = settlement.left;
  view->refund_options = refund_options(basket_, settlement);
  view->refund_in_cash_most = refundable_in_cash(basket_, priced_);
  view->tenders = basket_.tenders;
  view->taxes = priced_.taxes;
  view->pending_quantity = pending_quantity_;
  // A price that has run out since only shows on a list; entering the item asks again.
  const auto summarised = [](const Entry& entry) { return item_summary(entry.match.item, entry.seen_at); };
  if (waiting_for_weight_) view->waiting_for_weight = summarised(*waiting_for_weight_);
  if (waiting_for_price_) view->waiting_for_price = summarised(*waiting_for_price_);
  if (held_for_age_) view->age_check = AgeCheck{summarised(*held_for_age_), held_for_age_->match.item.minimum_age};
  for (const auto& entry : choices_) view->choices.push_back(summarised(entry));
  view->message = message_;
  view->last_sale = last_sale_;
  view->last_scan_warnings = scan_warnings_;
  view->blind_return = basket_.blind_return.has_value();
  view->selling_in_return = selling_in_return_;
  view->return_reason = return_reason_;
  view->returned_to = returned_to_.value_or(sale::ReturnedTo::stock);
  if (basket_.approvals) view->approvals = *basket_.approvals;
  view->note = basket_.note.value_or(std::string());
  add_shift(*view);
  view_ = std::move(view);
}

bool Register::lies_not_in_drawer(Money cash_out) const {
  return shift_ && cash_out > Money() && cash_out > sale::expected_cash(shift_->totals);
}

bool Register::is_beyond_drawer(Money cash_out) const {
  return view_->shift && view_->shift->totals && lies_not_in_drawer(cash_out);
}

void Register::add_shift(RegisterView& view) const {
  const auto* cashier = cashier_ ? &*cashier_ : nullptr;
  if (shift_) view.shift = detail::view_shift(*shift_, close_, cashier, settings_.pick_up_at);
  if (close_ && cashier != nullptr) {
    view.close = detail::view_close(*close_, *shift_, cashier, settings_.difference_tolerance, settings_.usual_float);
  }
  view.shift_needed = settings_.shifts_required && !shift_;
  view.last_shift = last_shift_;
  view.left_in_drawer = left_in_drawer_;
  view.usual_float = settings_.usual_float;
  const bool may_know = view.shift && view.shift->totals;
  view.refund_beyond_drawer = tendering_ && may_know && lies_not_in_drawer(-view.cash_due);
  view.training = settings_.training;
}

}  // namespace lanekeeper::till
