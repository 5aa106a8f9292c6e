#include <numeric>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "generators.h"
#include "money/money.h"

namespace lanekeeper {
namespace {

RC_GTEST_PROP(MoneyProperty, PrintsWhatItParses, ()) {
  const auto amount = *generators::money();
  RC_ASSERT(Money::parse(amount.to_string()).value() == amount);
}

RC_GTEST_PROP(MoneyProperty, ParsesNoRubbish, ()) {
  const auto parsed = Money::parse(*generators::any_bytes());
  if (parsed) RC_ASSERT(Money::parse(parsed->to_string()).value() == *parsed);
}

RC_GTEST_PROP(QuantityProperty, PrintsWhatItParses, ()) {
  const auto amount = Quantity::of_milli(*rc::gen::inRange<std::int64_t>(-1'000'000'000'000, 1'000'000'000'001));
  RC_ASSERT(Quantity::parse(amount.to_string()).value() == amount);
  RC_ASSERT(Quantity::parse(amount.to_fixed_string()).value() == amount);
}

RC_GTEST_PROP(RateProperty, PrintsWhatItParses, ()) {
  const auto rate = Rate::of_per_10k(*rc::gen::inRange<std::int64_t>(0, 100'001));
  RC_ASSERT(Rate::parse_percent(rate.to_percent_string()).value() == rate);
}

RC_GTEST_PROP(DivideProperty, IsNearestAndSymmetric, ()) {
  const auto numerator = *rc::gen::inRange<std::int64_t>(-1'000'000'000, 1'000'000'001);
  const auto denominator = *rc::gen::inRange<std::int64_t>(1, 100'000);
  const auto nearest = divide(numerator, denominator, Rounding::half_up);
  RC_ASSERT(divide(-numerator, denominator, Rounding::half_up) == -nearest);
  const auto twice_error = 2 * (numerator - nearest * denominator);
  RC_ASSERT(twice_error <= denominator && twice_error >= -denominator);
  const auto down = divide(numerator, denominator, Rounding::down);
  RC_ASSERT((down < 0 ? -down : down) <= (nearest < 0 ? -nearest : nearest));
}

RC_GTEST_PROP(AllocateProperty, PartsAddUpAndAreFair, ()) {
  const auto total = *generators::money();
  const auto weights = *rc::gen::nonEmpty(rc::gen::container<std::vector<std::int64_t>>(
      rc::gen::oneOf(rc::gen::inRange<std::int64_t>(0, 1000), rc::gen::inRange<std::int64_t>(0, INT64_MAX))));
  const auto parts = allocate(total, weights);
  RC_ASSERT(parts.size() == weights.size());
  RC_ASSERT(std::accumulate(parts.begin(), parts.end(), Money{}) == total);
  const Int128 sum = std::accumulate(weights.begin(), weights.end(), Int128{0});
  if (sum == 0) return;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    // Within one unit of its exact share, on the total's side of zero.
    const Int128 off = Int128{parts[i].minor()} * sum - Int128{total.minor()} * weights[i];
    RC_ASSERT(off < sum && off > -sum);
    const bool right_side = total.is_negative() ? parts[i] <= Money{} : parts[i] >= Money{};
    RC_ASSERT(right_side);
  }
}

RC_GTEST_PROP(TaxProperty, InclusiveTaxAndNetMakeTheGross, ()) {
  const auto gross = *generators::money();
  const auto rate = Rate::of_per_10k(*rc::gen::inRange<std::int64_t>(0, 10'001));
  const auto tax = tax_included(gross, rate);
  const auto net = gross - tax;
  // What was rounded is at most half a unit, seen from the gross.
  const Int128 off = Int128{net.minor()} * (10'000 + rate.per_10k()) - Int128{gross.minor()} * 10'000;
  const Int128 half = 10'000 + rate.per_10k();
  RC_ASSERT(2 * off <= half && 2 * off >= -half);
  RC_ASSERT(tax_included(-gross, rate) == -tax);
  RC_ASSERT(tax_included(gross, Rate{}) == Money{});
}

RC_GTEST_PROP(CashRoundingProperty, IsSmallAndNeverTurnsTheSign, ()) {
  const auto amount = *generators::money();
  const auto mode =
      *rc::gen::element(CashRounding::none, CashRounding::nearest_5, CashRounding::nearest_10, CashRounding::down_10);
  const auto adjustment = cash_rounding_adjustment(amount, mode);
  RC_ASSERT(adjustment > Money::of_minor(-10) && adjustment < Money::of_minor(10));
  const auto to_pay = amount + adjustment;
  if (amount >= Money{}) RC_ASSERT(to_pay >= Money{});
  RC_ASSERT(cash_rounding_adjustment(to_pay, mode) == Money{});
  RC_ASSERT(cash_rounding_adjustment(-amount, mode) == -adjustment);
}

}  // namespace
}  // namespace lanekeeper
