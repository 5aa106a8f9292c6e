// Goods that come back without a receipt: nobody knows what was paid, so today's lowest price for anybody goes back.
//
// Blocked, recalled and expired goods come back like any others; inactive ones, those without a price and those whose
// price is typed in need their receipt. A label's own amount counts, and a pack's price where it is lower.

#include <algorithm>

#include "register/entry.h"
#include "register/register_impl.h"

namespace lanekeeper::till {

namespace {

constexpr std::string_view regular_list = "regular";

// Of several prices of a list that hold now, the one that began last is charged; the lowest goes back.
std::optional<Money> lowest_regular(const catalogue::Item& item, Instant now) {
  std::optional<Money> lowest;
  for (const auto& price : item.prices) {
    const bool begun = !price.valid_from || price.valid_from->instant <= now;
    const bool over = price.valid_to && price.valid_to->instant <= now;
    if (price.list != regular_list || !begun || over || price.amount.is_negative()) continue;
    lowest = std::min(lowest.value_or(price.amount), price.amount);
  }
  return lowest;
}

Rate rate_today(const pricing::PricingContext& context, catalogue::TaxCategoryId id) {
  for (const auto& category : context.taxes) {
    if (category.id == id) return catalogue::rate_on(category, context.date);
  }
  return {};
}

}  // namespace

Result<Effects> Register::Impl::apply(const BeginBlindReturn& command) {
  if (auto ok = may_begin_basket(); !ok) return fail(std::move(ok.error()));
  const auto allowed = permit(access::Permission::sale_return_blind);
  if (!allowed) return fail(allowed.error());
  auto reason = detail::clean_reason(command.reason);
  if (reason.empty()) {
    return fail("return.reason_needed", "Say why there is no receipt.");
  }
  auto refusals = std::move(r.basket_.age_refusals);
  clear_basket();
  r.basket_.age_refusals = std::move(refusals);
  r.basket_.blind_return = sale::BlindReturn{std::move(reason)};
  lend_refunds(**allowed);
  record_approvals(r.basket_);
  r.pending_quantity_.reset();
  r.last_sale_.reset();
  return Effects{PersistBasket{r.basket_}};
}

Result<Effects> Register::Impl::enter_blind(Entry entry) {
  const catalogue::Item& item = entry.match.item;
  if (item.deposit.value_or(false)) {
    const auto quantity = entry.units.value_or(Quantity::of_units(1));
    return enter_deposit(std::move(entry), quantity);
  }
  if (auto ok = may_come_back(item); !ok) return fail(std::move(ok.error()));
  if (needs_price(entry)) {
    return fail("return.open_price", "These goods have no price of their own. They come back only with their receipt.",
                names_of(item));
  }
  if (needs_weight(entry)) {
    if (entry.units && *entry.units != Quantity::of_units(1)) {
      return fail("register.weighed_quantity", "This item is weighed. Weigh it without a quantity.", names_of(item));
    }
    Error error{"register.weight_needed", "This item is sold by weight. Put it on the scale.", names_of(item)};
    return hold(r.waiting_for_weight_, std::move(entry), std::move(error));
  }
  auto line = blind_line(entry);
  if (!line) return fail(std::move(line.error()));
  auto effects = adopt_returned(std::move(*line), false);
  if (effects) forget_waiting();
  return effects;
}

Result<sale::BasketLine> Register::Impl::blind_line(const Entry& entry) const {
  Entry as_sold = entry;
  as_sold.match.item.sale_blocked = false;
  as_sold.age_confirmed.reset();
  auto line = make_line(as_sold, moment.time);
  if (!line) return line;
  const auto lowest = lowest_price(entry.match.item, *line);
  if (!lowest) return fail(lowest.error());
  line->unit_price = *lowest;
  auto amount = multiply(*lowest, line->quantity);
  if (!amount) return fail(std::move(amount.error()));
  if (entry.amount) amount = *entry.amount;
  if (line->fixed_amount) amount = std::min(*amount, *line->fixed_amount);
  give_back(*line, *amount, r.returned_to_.value_or(sale::ReturnedTo::stock));
  return line;
}

void Register::Impl::give_back(sale::BasketLine& line, Money amount, sale::ReturnedTo to) const {
  const auto terms = context(today());
  const auto rate = rate_today(terms, line.tax_category);
  const bool inclusive = terms.tax_mode == pricing::TaxMode::inclusive;
  const auto tax = inclusive ? tax_included(amount, rate) : share(amount, rate, Rounding::half_up);
  line.quantity = -line.quantity;
  line.fixed_amount = -amount;
  line.weight_source = sale::WeightSource::none;
  line.list_prices.reset();
  line.tare.reset();
  line.returns = sale::LineReturn{0, {}, rate, -tax, to};
}

// One piece or kilogram by itself, as anybody could have bought it today: the lowest price in force, less what the
// promotions for everybody take off it.
Result<Money> Register::Impl::lowest_price(const catalogue::Item& item, const sale::BasketLine& line) const {
  const auto regular = std::min(lowest_regular(item, moment.time.instant).value_or(line.unit_price), line.unit_price);
  sale::Basket one;
  one.started_at = moment.time;
  one.lines.push_back(line);
  one.lines.back().line = 1;
  one.lines.back().quantity = Quantity::of_units(1);
  one.lines.back().fixed_amount.reset();
  const auto& promotions = r.settings_.promotions.in_force(moment.time.instant);
  auto priced = pricing::price(one, promotions, {today(), r.settings_.tax_mode, r.settings_.taxes});
  if (!priced) return fail(std::move(priced.error()));
  return std::min(regular, priced->net);
}

}  // namespace lanekeeper::till
