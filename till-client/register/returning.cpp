// Goods that come back: exactly what was allocated to them when they were sold goes back for them.

#include <algorithm>

#include "pricing/kept_gift.h"
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
  if (!line.returns || !basket.returned_sale || sale::gives_deposit_back(line)) return {};
  for (const auto& later : basket.lines) {
    if (later.line <= line.line || later.voided || !later.returns || later.returns->line != line.returns->line)
      continue;
    return fail("return.void_newest_first", "More of the same goods was taken back after this. Void that line first.",
                {{"line", std::to_string(later.line)}});
  }
  return {};
}

std::optional<pricing::TaxMode> tax_mode_of(const sale::RetailTransaction& sale) {
  const auto excludes = sale::excludes_tax(sale);
  if (!excludes) return std::nullopt;
  return *excludes ? pricing::TaxMode::exclusive : pricing::TaxMode::inclusive;
}

}  // namespace detail

namespace {

const sale::BasketLine* sold_line(const sale::RetailTransaction& sale, std::int64_t number) {
  for (const auto& line : sale.lines) {
    if (line.line == number && !line.voided && !line.returns) return &line;
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
    return !line.voided && !line.returns && detail::returned_before({}, sold, line.line) < line.quantity;
  });
}

// How it was paid other than in cash, less what went back that way.
std::optional<std::vector<sale::Tender>> refundable(const sale::ReturnableSale& sold) {
  std::vector<sale::Tender> ways;
  const auto way_of = [&ways](const sale::Tender& tender) -> sale::Tender& {
    for (auto& way : ways) {
      if (way.kind == tender.kind && way.method == tender.method) return way;
    }
    return ways.emplace_back(sale::Tender{tender.kind, {}, {}, tender.method, {}, {}});
  };
  for (const auto& tender : sold.sale.tenders) {
    if (tender.kind != sale::TenderKind::cash) way_of(tender).amount += tender.amount;
  }
  if (sold.refunded_otherwise) {
    for (const auto& back : *sold.refunded_otherwise) way_of(back).amount -= back.amount;
  }
  std::erase_if(ways, [](const sale::Tender& way) { return way.amount <= Money(); });
  if (ways.empty()) return std::nullopt;
  return ways;
}

sale::ReturnedSale returned_sale(const sale::ReturnableSale& sold) {
  sale::ReturnedSale out;
  out.sale = sold.sale.id;
  out.till = sold.sale.till;
  out.receipt_number = sold.sale.receipt_number;
  out.total = sale::sold_total(sold.sale);
  out.cash_rounding = sold.sale.cash_rounding;
  out.cash_adjustment = sale::sold_adjustment(sold.sale);
  out.refunded_before = sold.refunded;
  out.refundable = refundable(sold);
  return out;
}

}  // namespace

Result<void> Register::Impl::may_begin_return() {
  if (auto ok = may_begin_basket(); !ok) return ok;
  const auto allowed = permit(access::Permission::sale_return);
  if (!allowed) return fail(allowed.error());
  return {};
}

Result<Effects> Register::Impl::apply(const BeginReturn& command) {
  if (auto ok = may_begin_basket(); !ok) return fail(std::move(ok.error()));
  const auto& sold = command.sale;
  if (auto ok = not_ones_own(sold.sale.member); !ok) return fail(std::move(ok.error()));
  const auto allowed = permit(access::Permission::sale_return);
  if (!allowed) return fail(allowed.error());
  const Error::Details receipt = {
      {"receipt", std::to_string(sold.sale.till) + "-" + std::to_string(sold.sale.receipt_number)}};
  if (!sale::sells_goods(sold.sale)) {
    return fail("return.is_return", "This receipt is of goods that came back. Take the receipt of the sale.", receipt);
  }
  if (!has_anything_left(sold)) {
    return fail("return.nothing_left", "Everything of this sale has come back already.", receipt);
  }
  begin_return(sold, **allowed);
  r.no_void_ = objection_to_void(sold);
  return Effects{PersistBasket{r.basket_}};
}

// Nothing of it comes back yet.
void Register::Impl::begin_return(const sale::ReturnableSale& sold, const access::StaffMember& allowed_by) {
  auto refusals = std::move(r.basket_.age_refusals);
  clear_basket();
  r.basket_.age_refusals = std::move(refusals);
  r.basket_.returned_sale = returned_sale(sold);
  r.returning_ = sold;
  lend_refunds(allowed_by);
  record_approvals(r.basket_);
  r.pending_quantity_.reset();
  r.last_sale_.reset();
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
  back.tare.reset();
  back.open_price.reset();
  back.entered_by.reset();
  back.note.reset();
  back.entered_at = moment.time;
  back.returns = sale::LineReturn{command.line,
                                  before,
                                  tax_rate_of(sold.sale, line->tax_category),
                                  -refund->tax,
                                  command.to.value_or(r.returned_to_.value_or(sale::ReturnedTo::stock)),
                                  r.return_reason_};
  if (command.reason) back.returns->reason = detail::clean_reason(*command.reason);
  if (back.returns->reason && back.returns->reason->empty()) return why_is_needed();
  return back;
}

Result<Effects> Register::Impl::apply(const ReturnLine& command) {
  if (auto ok = may_change_lines(); !ok) return fail(std::move(ok.error()));
  if (!r.basket_.returned_sale) {
    return fail("return.not_begun", "No return is open. Scan the receipt first.");
  }
  if (!r.returning_) return sale_missing();
  auto line = returning_line(command);
  if (!line) return fail(std::move(line.error()));
  if (const auto item = r.items_.find_by_id(line->item)) {
    if (auto ok = may_come_back(*item); !ok) return fail(std::move(ok.error()));
  }
  const auto how = *line->returns;
  auto effects = adopt_returned(std::move(*line), true);
  if (effects) {
    r.returned_to_ = how.to;
    if (how.reason) r.return_reason_ = how.reason;
  }
  return effects;
}

tl::unexpected<Error> Register::Impl::why_is_needed() {
  return fail("return.why_needed", "Choose why the goods come back.");
}

Result<void> Register::Impl::says_why(const sale::Basket& basket) {
  if (!basket.returned_sale) return {};
  const bool all = std::all_of(basket.lines.begin(), basket.lines.end(), [](const sale::BasketLine& line) {
    return line.voided || !line.returns || line.returns->reason || sale::gives_deposit_back(line);
  });
  if (all) return {};
  return why_is_needed();
}

// What was given for goods that come back comes back with them. Whoever keeps it pays for it: it comes back for what it
// cost, and is sold again in the same basket.
Result<void> Register::Impl::gifts_come_back() const {
  if (!r.basket_.returned_sale || !r.returning_ || !r.returning_->sale.promotions) return {};
  const auto* promotions = r.settings_.promotions.version(r.returning_->sale.promotions->version);
  if (promotions == nullptr) return {};
  const auto gift = pricing::gift_without_its_goods(r.returning_->sale, *promotions, [this](std::int64_t line) {
    return detail::returned_before(r.basket_, *r.returning_, line);
  });
  if (!gift) return {};
  const auto* line = sold_line(r.returning_->sale, gift->line);
  return fail("return.gift_stays",
              "The gift for these goods has to come back as well. If the customer keeps it, take it back and sell it.",
              {{"name", line->name},
               {"name_en", line->name_en},
               {"line", std::to_string(gift->line)},
               {"count", std::to_string(gift->pieces)},
               {"amount", gift->given_away.to_string()}});
}

Result<Effects> Register::Impl::apply(const DescribeReturn& command) {
  if (auto ok = may_change_lines(); !ok) return fail(std::move(ok.error()));
  if (!detail::takes_back(r.basket_)) {
    return fail("return.not_begun", "No return is open. Scan the receipt first.");
  }
  std::optional<std::string> reason;
  if (command.reason) {
    reason = detail::clean_reason(*command.reason);
    if (reason->empty()) return why_is_needed();
  }
  std::optional<std::int64_t> original;  // line of the sale
  for (const auto& line : r.basket_.lines) {
    if (line.line != command.line || line.voided || !line.returns || sale::gives_deposit_back(line)) continue;
    original = line.returns->line;
  }
  if (command.line != 0 && !original) {
    return fail("return.no_line", "The sale has no such line. Take one of those shown.",
                {{"line", std::to_string(command.line)}});
  }
  for (auto& line : r.basket_.lines) {
    if (line.voided || !line.returns || sale::gives_deposit_back(line)) continue;
    const bool meant =
        original && (line.line == command.line || (r.basket_.returned_sale && line.returns->line == *original));
    if (meant && command.to) line.returns->to = *command.to;
    // What goods without a receipt come back for stands in the basket.
    if (reason && r.basket_.returned_sale && (meant || !line.returns->reason)) line.returns->reason = reason;
  }
  if (command.to) r.returned_to_ = command.to;
  if (reason && r.basket_.blind_return) r.basket_.blind_return->reason = *reason;
  if (reason) r.return_reason_ = std::move(reason);
  return Effects{PersistBasket{r.basket_}};
}

Result<Effects> Register::Impl::adopt_returned(sale::BasketLine line, bool check_limit) {
  sale::Basket next = r.basket_;
  if (auto ok = detail::has_room(next); !ok) return fail(std::move(ok.error()));
  if (next.lines.empty()) begin_basket(next);
  if (!next.returned_sale) begin_selling(next);
  const auto entered = line.line = next.next_line++;
  next.lines.push_back(std::move(line));
  auto priced = price(next);
  if (!priced) return fail(std::move(priced.error()));
  if (check_limit) {
    if (auto ok = may_give_back(sale::refund_of(next.lines, priced->basket)); !ok) return fail(std::move(ok.error()));
  }
  auto effects = take_over(std::move(next), std::move(*priced));
  r.scan_warnings_.clear();
  r.last_sale_.reset();
  r.last_line_ = r.selected_line_ = entered;
  effects.emplace_back(ShowItem{r.basket_.lines.back().name, r.priced_.lines.back().net, r.priced_.total});
  return effects;
}

Result<Effects> Register::Impl::apply(const SellInReturn& command) {
  if (auto ok = may_change_lines(); !ok) return fail(std::move(ok.error()));
  if (auto ok = nothing_waiting(); !ok) return fail(std::move(ok.error()));
  if (!detail::takes_back(r.basket_)) {
    return fail("return.not_begun", "No return is open. Scan the receipt first.");
  }
  if (command.selling && r.basket_.returned_sale) {
    if (!r.returning_) return sale_missing();
    if (detail::tax_mode_of(r.returning_->sale).value_or(r.settings_.tax_mode) != r.settings_.tax_mode) {
      return fail("return.no_exchange",
                  "These goods were sold with tax reckoned in another way. Sell the new ones apart.");
    }
  }
  r.selling_in_return_ = command.selling;
  r.pending_quantity_.reset();
  return Effects{};
}

}  // namespace lanekeeper::till
