// What makes the goods cheaper: whose basket it is, coupons, discounts by hand, and what the server says of limits.

#include <algorithm>

#include "base/text.h"
#include "register/register_impl.h"

namespace lanekeeper::till {

namespace {

using pricing::CouponOutcome;

constexpr Rate all_of_it = Rate::of_per_10k(10'000);
constexpr std::size_t max_coupon_bytes = 64;
constexpr std::string_view default_reason = "discount.manual";

tl::unexpected<Error> coupon_refusal(std::string_view code, std::string_view message, const std::string& coupon) {
  return fail(code, message, {{"coupon", sanitize_utf8(coupon)}});
}

Result<void> check_outcome(const CouponOutcome& outcome) {
  using State = CouponOutcome::State;
  switch (outcome.state) {
    case State::applied:
      return {};
    case State::not_reached:
      return fail("coupon.not_reached", "The coupon needs more of its goods in the basket. Scan it again later.",
                  {{"coupon", outcome.code},
                   {"missing", outcome.missing_amount.to_string()},
                   {"lacks", outcome.missing_amount.is_zero() ? "goods" : "amount"}});
    case State::used_before:
      return coupon_refusal("coupon.presented_before", "This coupon cannot be used again in this basket.",
                            outcome.code);
    case State::unknown:
      break;
  }
  return coupon_refusal("coupon.unknown", "No coupon with this code holds for this basket. Check the code.",
                        outcome.code);
}

// nullopt: takes the discount off.
Result<std::optional<sale::ManualDiscount>> read_discount(const std::optional<Money>& amount,
                                                          const std::optional<Rate>& percent,
                                                          const std::string& reason) {
  if (!amount && !percent) return std::nullopt;
  const bool good_amount = amount && *amount > Money() && *amount <= sale::max_line_amount;
  const bool good_percent = percent && *percent > Rate() && *percent <= all_of_it;
  if ((amount && percent) || !(good_amount || good_percent)) {
    return fail("discount.bad_value", "A discount is an amount above 0 or a percent up to 100.");
  }
  sale::ManualDiscount discount{amount, percent, detail::clean_reason(reason), 0};
  if (discount.reason.empty()) discount.reason = default_reason;
  return discount;
}

// What was given by hand, and on how much.
struct ByHandSum {
  Money before;
  Money taken;
};

Money taken_by_hand(const pricing::PricedGoodsLine& line) {
  Money taken;
  for (const auto& discount : line.discounts) {
    if (discount.promotion == sale::manual_discount_id) taken += discount.amount;
  }
  return taken;
}

ByHandSum by_hand_in_all(const pricing::PricedGoods& goods) {
  ByHandSum sum;
  for (const auto& line : goods.lines) {
    if (line.units.empty()) continue;  // takes part in nothing
    const auto taken = taken_by_hand(line);
    sum.taken += taken;
    sum.before += line.net + taken;
  }
  return sum;
}

// The share of its own that the line at this place has; not that of a discount of the whole basket.
ByHandSum by_hand_on_line(const pricing::PricedGoods& goods, std::size_t place, bool basket_has_one) {
  ByHandSum sum;
  sum.before = goods.lines[place].net + taken_by_hand(goods.lines[place]);
  auto last = goods.applications.size();
  if (basket_has_one && last > 0 && goods.applications[last - 1].layer == pricing::Layer::manual) --last;
  for (std::size_t i = 0; i < last; ++i) {
    const auto& application = goods.applications[i];
    if (application.layer == pricing::Layer::manual && application.parts.front().line == place) {
      sum.taken += application.saving;
    }
  }
  return sum;
}

Result<void> check_limit(const sale::ManualDiscount& discount, const ByHandSum& sum, Rate most) {
  const auto most_amount = pricing::percent_off(sum.before, most);
  if (sum.taken <= most_amount && discount.percent.value_or(Rate()) <= most) return {};
  return fail("discount.over_limit", "You may not take off that much. Take off less, or ask a supervisor.",
              {{"most", most_amount.to_string()}, {"percent", most.to_percent_string()}});
}

std::size_t place_of(const sale::Basket& basket, std::int64_t line) {
  std::size_t place = 0;
  for (const auto& each : basket.lines) {
    if (each.line == line) break;
    if (!each.voided) ++place;
  }
  return place;
}

tl::unexpected<Error> not_allowed() {
  return fail("discount.not_allowed", "These goods take no discount.");
}

bool has_wider_limit(const pricing::Promotion& promotion) {
  return promotion.max_total || promotion.max_per_member_day;
}

}  // namespace

Result<Effects> Register::Impl::apply(const IdentifyMember& command) {
  if (auto ok = may_change_terms(); !ok) return fail(std::move(ok.error()));
  if (detail::is_ones_own(*r.cashier_, command.member)) return own_card();
  if (r.basket_.member == command.member) return Effects{};
  sale::Basket next = r.basket_;
  next.member = command.member;
  if (next.promotions) {
    // What was left for the one before says nothing of this one.
    std::erase_if(next.promotions->remaining, [this](const sale::RemainingUses& uses) {
      const auto* promotion = r.promotions_.find(uses.promotion);
      return promotion == nullptr || promotion->max_per_member_day;
    });
  }
  if (!next.lines.empty()) return adopt(std::move(next));
  r.basket_ = std::move(next);
  return Effects{PersistBasket{r.basket_}};
}

bool Register::Impl::is_coupon(const std::string& code) const {
  const auto& set = r.basket_.lines.empty() ? r.settings_.promotions.in_force(moment.time.instant) : r.promotions_;
  for (std::size_t i = 0; i < set.size(); ++i) {
    const auto& promotion = set.at(i);
    if (promotion.coupon && match(*promotion.coupon, code) != pricing::CouponMatch::none) return true;
  }
  return false;
}

Result<Effects> Register::Impl::apply(const AddCoupon& command) {
  if (auto ok = may_change_terms(); !ok) return fail(std::move(ok.error()));
  if (!detail::has_live_lines(r.basket_)) {
    return fail("register.empty_basket", "Nothing has been scanned yet.");
  }
  const std::string code(trim(command.code));
  if (code.empty() || code.size() > max_coupon_bytes || !is_valid_utf8(code)) {
    return coupon_refusal("coupon.unknown", "No coupon with this code holds for this basket. Check the code.", code);
  }
  sale::Basket next = r.basket_;
  auto& coupons = next.coupons ? *next.coupons : next.coupons.emplace();
  if (coupons.size() >= sale::max_coupons) {
    return fail("coupon.too_many", "This sale has as many coupons as it can hold.",
                {{"most", std::to_string(sale::max_coupons)}});
  }
  coupons.push_back(code);
  auto priced = price(next);
  if (!priced) return fail(std::move(priced.error()));
  const auto& outcome = priced->goods.coupons.back();
  if (auto ok = check_outcome(outcome); !ok) return fail(std::move(ok.error()));
  if (outcome.is_serial && !command.reserved) {
    return coupon_refusal("coupon.needs_server",
                          "This coupon is good once in the whole store, so the store server has to be asked.", code);
  }
  return take_over(std::move(next), std::move(*priced));
}

Result<Effects> Register::Impl::apply(const RemoveCoupon& command) {
  if (auto ok = may_change_terms(); !ok) return fail(std::move(ok.error()));
  sale::Basket next = r.basket_;
  const std::string code(trim(command.code));
  const auto none = [&code] {
    return coupon_refusal("coupon.not_presented", "This coupon was not presented. Take one of those shown.", code);
  };
  if (!next.coupons) return none();
  const auto found = std::find(next.coupons->rbegin(), next.coupons->rend(), code);
  if (found == next.coupons->rend()) return none();
  next.coupons->erase(std::next(found).base());
  if (next.coupons->empty()) next.coupons.reset();
  return adopt(std::move(next));
}

Result<Effects> Register::Impl::apply(const DiscountLine& command) {
  if (auto ok = may_sell(); !ok) return fail(std::move(ok.error()));
  sale::Basket next = r.basket_;
  auto line = live_line(next, command.line);
  if (!line) return fail(std::move(line.error()));
  auto discount = read_discount(command.amount, command.percent, command.reason);
  if (!discount) return fail(std::move(discount.error()));
  sale::BasketLine& changed = **line;
  if (*discount && (changed.discount_blocked || changed.price_override || changed.returns)) return not_allowed();
  changed.discount = std::move(*discount);
  auto priced = price(next);
  if (!priced) return fail(std::move(priced.error()));
  ByHandSum own;
  ByHandSum all;
  if (changed.discount) {
    own = by_hand_on_line(priced->goods, place_of(next, command.line), next.discount.has_value());
    if (own.taken.is_zero()) return not_allowed();
    if (next.discount) all = by_hand_in_all(priced->goods);
  }
  const auto check = [&](const access::Limits& limits) -> Result<void> {
    if (!changed.discount) return {};
    if (auto ok = check_limit(*changed.discount, own, limits.max_discount); !ok) return ok;
    if (!next.discount) return {};
    return check_limit(*next.discount, all, limits.max_discount);
  };
  const auto allowed = permit_discount(command.line, check);
  if (!allowed) return fail(allowed.error());
  if (changed.discount) changed.discount->approved_by = (*allowed)->id;
  r.selected_line_ = command.line;
  return take_over(std::move(next), std::move(*priced));
}

Result<Effects> Register::Impl::apply(const DiscountBasket& command) {
  if (auto ok = may_sell(); !ok) return fail(std::move(ok.error()));
  if (!detail::has_live_lines(r.basket_)) {
    return fail("register.empty_basket", "Nothing has been scanned yet.");
  }
  auto discount = read_discount(command.amount, command.percent, command.reason);
  if (!discount) return fail(std::move(discount.error()));
  sale::Basket next = r.basket_;
  next.discount = std::move(*discount);
  auto priced = price(next);
  if (!priced) return fail(std::move(priced.error()));
  const auto sum = by_hand_in_all(priced->goods);
  if (next.discount && sum.taken.is_zero()) return not_allowed();
  const auto check = [&](const access::Limits& limits) -> Result<void> {
    if (!next.discount) return {};
    return check_limit(*next.discount, sum, limits.max_discount);
  };
  const auto allowed = permit_discount(std::nullopt, check);
  if (!allowed) return fail(allowed.error());
  if (next.discount) next.discount->approved_by = (*allowed)->id;
  return take_over(std::move(next), std::move(*priced));
}

Result<const access::StaffMember*> Register::Impl::permit_discount(
    std::optional<std::int64_t> line, const std::function<Result<void>(const access::Limits&)>& check) {
  return permit_within(
      access::Permission::sale_discount, line,
      [&check](const access::Limits& limits) { return check(limits).has_value(); },
      [&check](const access::Limits& limits) {
        auto refused = check(limits);
        return refused ? Error{} : std::move(refused.error());
      });
}

// Not while the customer is told what to pay: no total changes then by itself.
Result<Effects> Register::Impl::apply(const SetRemainingUses& command) {
  if (r.tendering_ || r.basket_.lines.empty() || command.basket != r.basket_.id || !r.basket_.promotions) {
    return Effects{};
  }
  std::vector<sale::RemainingUses> remaining;
  for (const auto& uses : command.remaining) {
    const auto* promotion = r.promotions_.find(uses.promotion);
    if (promotion == nullptr || !has_wider_limit(*promotion)) continue;
    remaining.push_back({uses.promotion, std::max<std::int64_t>(uses.left, 0)});
  }
  const auto by_promotion = [](const auto& a, const auto& b) { return a.promotion < b.promotion; };
  std::sort(remaining.begin(), remaining.end(), by_promotion);
  if (remaining == r.basket_.promotions->remaining) return Effects{};
  sale::Basket next = r.basket_;
  next.promotions->remaining = std::move(remaining);
  return adopt(std::move(next));
}

}  // namespace lanekeeper::till
