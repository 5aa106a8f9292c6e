// What is in the basket costs this, by the promotions that were in force when it began.

#include <algorithm>

#include "register/entry.h"
#include "register/register_impl.h"

namespace lanekeeper::till {

namespace detail {

bool has_live_lines(const sale::Basket& basket) {
  return std::any_of(basket.lines.begin(), basket.lines.end(), [](const auto& line) { return !line.voided; });
}

std::int64_t live_line_count(const sale::Basket& basket) {
  return std::count_if(basket.lines.begin(), basket.lines.end(), [](const auto& line) { return !line.voided; });
}

Result<void> has_room(const sale::Basket& basket) {
  if (basket.lines.size() < sale::max_basket_lines) return {};
  return fail("register.basket_full", "This sale has as many lines as a receipt can hold. Finish it and begin another.",
              {{"most", std::to_string(sale::max_basket_lines)}});
}

sale::PricedBasket sums_only(const sale::Basket& basket) {
  sale::PricedBasket priced;
  for (const auto& line : basket.lines) {
    if (line.voided) continue;
    sale::PricedLine out;
    out.line = line.line;
    out.gross = line.returns ? line.fixed_amount.value_or(Money()) : checked_gross(line).value_or(Money());
    out.net = out.gross;
    priced.gross += out.gross;
    priced.lines.push_back(std::move(out));
  }
  priced.net = priced.gross;
  priced.total = priced.gross;
  return priced;
}

}  // namespace detail

// What was there before the first line stays: the member, who was kept from what.
void Register::Impl::begin_basket(sale::Basket& next) {
  next.id = moment.fresh_id;
  next.cashier = r.cashier_->id;
  next.started_at = moment.time;
}

// Goods that only come back with their receipt take no part in promotions; the first that are sold beside them begin
// with those of the basket's first line.
void Register::Impl::begin_selling(sale::Basket& next) {
  if (next.promotions) return;
  r.promotions_ = r.settings_.promotions.in_force(next.started_at.instant);
  next.promotions = sale::PromotionTerms{r.promotions_.version(), {}};
}

Result<pricing::ExplainedPrice> Register::Impl::price(const sale::Basket& next) const {
  return pricing::explain(next, r.promotions_, context(today()));
}

Effects Register::Impl::take_over(sale::Basket next, pricing::ExplainedPrice priced) {
  record_approvals(next);
  r.basket_ = std::move(next);
  r.priced_ = std::move(priced.basket);
  r.reasons_ = std::move(priced.goods);
  r.pricing_date_ = today();
  return {PersistBasket{r.basket_}};
}

Result<Effects> Register::Impl::adopt(sale::Basket next) {
  auto priced = price(next);
  if (!priced) return fail(std::move(priced.error()));
  return take_over(std::move(next), std::move(*priced));
}

void Register::Impl::price_restored() {
  auto priced = price(r.basket_);
  r.pricing_date_ = today();
  r.reasons_ = priced ? std::move(priced->goods) : pricing::PricedGoods{};
  r.priced_ = priced ? std::move(priced->basket) : detail::sums_only(r.basket_);
  r.tendering_ = priced.has_value() && !r.basket_.tenders.empty();
}

}  // namespace lanekeeper::till
