// Goods that come back: exactly what was allocated to them when they were sold goes back for them.

#include <algorithm>

#include "pricing/refund.h"
#include "register/register_impl.h"

namespace lanekeeper::till {

namespace detail {

// What this basket returns goes on where its newest line of the same goods has ended, also when others have returned
// some of them meanwhile: the server notices that when both have arrived.
Quantity returned_before(const sale::Basket& basket, const sale::ReturnableSale& sold, std::int64_t line) {
  for (auto it = basket.lines.rbegin(); it != basket.lines.rend(); ++it) {
    if (!it->voided && it->returns && it->returns->line == line) return it->returns->returned_before - it->quantity;
  }
  for (const auto& back : sold.returned) {
    if (back.line == line) return back.quantity;
  }
  return {};
}

Result<void> may_void(const sale::Basket& basket, const sale::BasketLine& line) {
  if (!line.returns) return {};
  for (const auto& later : basket.lines) {
    if (later.line <= line.line || later.voided || !later.returns || later.returns->line != line.returns->line)
      continue;
    return fail("return.void_newest_first", "More of the same goods was taken back after this. Void that line first.",
                {{"line", std::to_string(later.line)}});
  }
  return {};
}

}  // namespace detail

namespace {

const sale::BasketLine* sold_line(const sale::RetailTransaction& sale, std::int64_t number) {
  for (const auto& line : sale.lines) {
    if (line.line == number && !line.voided) return &line;
  }
  return nullptr;
}

const sale::PricedLine* priced_line(const sale::RetailTransaction& sale, std::int64_t number) {
  for (const auto& line : sale.priced.lines) {
    if (line.line == number) return &line;
  }
  return nullptr;
}

Rate tax_rate_of(const sale::RetailTransaction& sale, catalogue::TaxCategoryId category) {
  for (const auto& tax : sale.priced.taxes) {
    if (tax.tax_category == category) return tax.rate;
  }
  return {};
}

bool has_anything_left(const sale::ReturnableSale& sold) {
  return std::any_of(sold.sale.lines.begin(), sold.sale.lines.end(), [&sold](const auto& line) {
    return !line.voided && detail::returned_before({}, sold, line.line) < line.quantity;
  });
}

sale::ReturnedSale returned_sale(const sale::ReturnableSale& sold) {
  sale::ReturnedSale out;
  out.sale = sold.sale.id;
  out.till = sold.sale.till;
  out.receipt_number = sold.sale.receipt_number;
  out.total = sold.sale.priced.total;
  out.cash_rounding = sold.sale.cash_rounding;
  out.cash_adjustment = sold.sale.cash_adjustment;
  out.refunded_before = sold.refunded;
  return out;
}

}  // namespace

Result<void> Register::Impl::may_begin_return() const {
  if (auto ok = may_change_lines(); !ok) return ok;
  if (auto ok = permit(access::Permission::sale_return); !ok) return ok;
  if (auto ok = nothing_waiting(); !ok) return ok;
  if (r.basket_.lines.empty()) return {};
  return fail("register.basket_open", "A sale is open. Finish or void it before taking goods back.");
}

Result<void> Register::Impl::may_pay_out(Money total) const {
  if (auto ok = permit(access::Permission::sale_return); !ok) return ok;
  const auto most = access::limits_of(r.cashier_->role).max_refund;
  if (!most || -total <= *most) return {};
  return fail("return.over_limit", "You may not pay out that much. Take back less, or ask a manager.",
              {{"most", most->to_string()}});
}

Result<Effects> Register::Impl::apply(const BeginReturn& command) {
  if (auto ok = may_begin_return(); !ok) return fail(std::move(ok.error()));
  const auto& sold = command.sale;
  const Error::Details receipt = {
      {"receipt", std::to_string(sold.sale.till) + "-" + std::to_string(sold.sale.receipt_number)}};
  if (sold.sale.returned_sale) {
    return fail("return.is_return", "This receipt is of goods that came back. Take the receipt of the sale.", receipt);
  }
  if (!has_anything_left(sold)) {
    return fail("return.nothing_left", "Everything of this sale has come back already.", receipt);
  }
  auto refusals = std::move(r.basket_.age_refusals);
  clear_basket();
  r.basket_.age_refusals = std::move(refusals);
  r.basket_.returned_sale = returned_sale(sold);
  r.returning_ = sold;
  r.pending_quantity_.reset();
  r.last_sale_.reset();
  return Effects{PersistBasket{r.basket_}};
}

Result<sale::BasketLine> Register::Impl::returning_line(const ReturnLine& command) const {
  const auto& sold = *r.returning_;
  const auto* line = sold_line(sold.sale, command.line);
  const auto* priced = priced_line(sold.sale, command.line);
  if (line == nullptr || priced == nullptr) {
    return fail("return.no_line", "The sale has no such line. Take one of those shown.",
                {{"line", std::to_string(command.line)}});
  }
  if (line->unit == catalogue::UnitOfMeasure::piece && !command.quantity.is_whole()) {
    return fail("refund.bad_quantity", "Enter how much comes back: more than nothing.");
  }
  const auto before = detail::returned_before(r.basket_, sold, command.line);
  const auto refund = pricing::refund_line(*line, *priced, before, command.quantity);
  if (!refund) return fail(refund.error());
  sale::BasketLine back = *line;
  back.quantity = -command.quantity;
  back.fixed_amount = -refund->amount;
  back.weight_source = sale::WeightSource::none;
  back.price_override.reset();
  back.reduced_from.reset();
  back.age_confirmed.reset();
  back.discount.reset();
  back.list_prices.reset();
  back.entered_at = moment.time;
  back.returns =
      sale::LineReturn{command.line, before, tax_rate_of(sold.sale, line->tax_category), -refund->tax, command.to};
  return back;
}

Result<Effects> Register::Impl::apply(const ReturnLine& command) {
  if (auto ok = may_change_lines(); !ok) return fail(std::move(ok.error()));
  if (auto ok = permit(access::Permission::sale_return); !ok) return fail(std::move(ok.error()));
  if (!r.basket_.returned_sale) {
    return fail("return.not_begun", "No return is open. Scan the receipt first.");
  }
  if (!r.returning_) {
    return fail("return.sale_missing", "The sale cannot be looked up now. Pay out what is here, or void it.");
  }
  auto line = returning_line(command);
  if (!line) return fail(std::move(line.error()));
  sale::Basket next = r.basket_;
  if (next.lines.size() >= sale::max_basket_lines) {
    return fail("register.basket_full",
                "This sale has as many lines as a receipt can hold. Finish it and begin another.",
                {{"most", std::to_string(sale::max_basket_lines)}});
  }
  if (next.lines.empty()) begin_basket(next);
  const auto entered = line->line = next.next_line++;
  next.lines.push_back(std::move(*line));
  auto priced = price(next);
  if (!priced) return fail(std::move(priced.error()));
  if (auto ok = may_pay_out(priced->basket.total); !ok) return fail(std::move(ok.error()));
  auto effects = take_over(std::move(next), std::move(*priced));
  r.last_line_ = r.selected_line_ = entered;
  effects.emplace_back(ShowItem{r.basket_.lines.back().name, r.priced_.lines.back().net, r.priced_.total});
  return effects;
}

}  // namespace lanekeeper::till
