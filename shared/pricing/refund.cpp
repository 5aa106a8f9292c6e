#include "pricing/refund.h"

#include <algorithm>

namespace lanekeeper::pricing {
namespace {

Result<void> check_amounts(std::int64_t sold, std::int64_t before, std::int64_t now, const std::string& left) {
  if (now <= 0 || before < 0) {
    return fail("refund.bad_quantity", "Enter how much comes back: more than nothing.");
  }
  if (before > sold || now > sold - before) {
    return fail("refund.more_than_sold", "More comes back than was sold and is not back yet. Check the quantity.",
                {{"left", left}});
  }
  return {};
}

// The net of the first `count` pieces.
Money net_of_first(std::span<const sale::UnitNets> units, std::int64_t count) {
  Int128 sum = 0;
  for (const auto& run : units) {
    const auto taken = std::min(run.count, count);
    sum += Int128{run.net.minor()} * taken;
    count -= taken;
  }
  return Money::of_minor(divide(sum, 1, Rounding::down));
}

}  // namespace

Result<Money> refund_pieces(std::span<const sale::UnitNets> units, std::int64_t returned_before,
                            std::int64_t returned_now) {
  std::int64_t sold = 0;
  for (const auto& run : units) sold += run.count;
  auto checked = check_amounts(sold, returned_before, returned_now,
                               std::to_string(std::max<std::int64_t>(0, sold - returned_before)));
  if (!checked) return fail(std::move(checked.error()));
  return net_of_first(units, returned_before + returned_now) - net_of_first(units, returned_before);
}

Result<Money> refund_weight(Money net, Quantity sold, Quantity returned_before, Quantity returned_now) {
  const auto left = std::max(Quantity{}, sold - returned_before).to_string();
  auto checked = check_amounts(sold.milli(), returned_before.milli(), returned_now.milli(), left);
  if (!checked) return fail(std::move(checked.error()));
  const auto share_of = [&](Quantity part) {
    return Money::of_minor(divide(Int128{net.minor()} * part.milli(), sold.milli(), Rounding::half_up));
  };
  return share_of(returned_before + returned_now) - share_of(returned_before);
}

Result<LineRefund> refund_line(const sale::BasketLine& sold, const sale::PricedLine& priced, Quantity returned_before,
                               Quantity returned_now) {
  const bool pieces = sold.unit == catalogue::UnitOfMeasure::piece && sold.quantity.is_whole();
  if (pieces && !(returned_before.is_whole() && returned_now.is_whole())) {
    return fail("refund.bad_quantity", "Enter how much comes back: more than nothing.");
  }
  const bool counted = pieces && !sold.fixed_amount;
  const std::vector<sale::UnitNets> plain = {{sold.quantity.milli() / 1000, sold.unit_price}};
  const auto refund = [&](Quantity before, Quantity now) {
    return counted ? refund_pieces(priced.units ? *priced.units : plain, before.milli() / 1000, now.milli() / 1000)
                   : refund_weight(priced.net, sold.quantity, before, now);
  };
  const auto amount = refund(returned_before, returned_now);
  if (!amount) return fail(amount.error());
  const auto before = returned_before == Quantity{} ? Money{} : refund({}, returned_before).value();
  // The tax follows the net, so that the goes add up to the line's tax as well.
  const auto tax_until = [&](Money net) {
    if (priced.net.is_zero()) return Money{};
    return Money::of_minor(divide(Int128{priced.tax.minor()} * net.minor(), priced.net.minor(), Rounding::half_up));
  };
  return LineRefund{*amount, tax_until(before + *amount) - tax_until(before)};
}

}  // namespace lanekeeper::pricing
