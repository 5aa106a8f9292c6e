#include "pricing/goods.h"

namespace lanekeeper::pricing {

Result<void> check(const Goods& goods) {
  const auto too_large = [] {
    return fail("pricing.basket_too_large",
                "The basket is too large to be priced. Finish this sale and begin another.");
  };
  if (goods.lines.size() > max_goods_lines) return too_large();
  std::int64_t pieces = 0;
  Money amount;
  for (std::size_t i = 0; i < goods.lines.size(); ++i) {
    const auto& line = goods.lines[i];
    const auto where = [&](Error error) {
      error.details.emplace_back("line", std::to_string(i));
      return fail(std::move(error));
    };
    const bool fractional = !line.weighed && !line.fixed_amount && !line.quantity.is_whole();
    if (fractional || line.quantity.milli() == 0) {
      return where(Error{"quantity.bad",
                         "The quantity must not be zero, and whole for goods that are counted.",
                         {{"value", line.quantity.to_string()}}});
    }
    const auto gross = line.fixed_amount ? Result<Money>(*line.fixed_amount) : multiply(line.unit_price, line.quantity);
    if (!gross) return where(gross.error());
    const bool too_much = *gross > max_goods_amount || *gross < -max_goods_amount;
    if (too_much || (amount += gross->is_negative() ? -*gross : *gross) > max_goods_amount) {
      return where(Error{"money.too_large",
                         "The basket's total is too large. Check price and quantity.",
                         {{"value", gross->to_string()}}});
    }
    if (!line.weighed && !line.fixed_amount && line.quantity > Quantity{}) pieces += line.quantity.milli() / 1000;
    if (pieces > max_goods_pieces) return too_large();
  }
  return {};
}

}  // namespace lanekeeper::pricing
