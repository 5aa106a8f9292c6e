// What a basket costs. One pure function, used by till, server and back office alike: promotions (engine.h), then
// taxes.
#pragma once

#include <string>
#include <vector>

#include "catalogue/item.h"
#include "pricing/goods.h"
#include "pricing/promotion_index.h"
#include "sale/basket.h"
#include "sale/retail_transaction.h"

namespace lanekeeper::pricing {

enum class TaxMode { inclusive, exclusive };

struct PricingContext {
  Date date;  // business date: decides tax rates
  TaxMode tax_mode = TaxMode::inclusive;
  std::vector<catalogue::TaxCategory> taxes;
  bool near_misses = false;
};

// The price with its reasons.
struct ExplainedPrice {
  sale::PricedBasket basket;
  PricedGoods goods;  // its lines are those of basket.lines, in the same order
};

// The goods of a basket as the engine sees them: the lines that are not voided, live at the basket's first line.
[[nodiscard]] Goods goods_of(const sale::Basket& basket);

// Deterministic; independent of the order of voids. Tax is computed per category over the whole receipt and spread back
// over the lines by largest remainder; goods that come back keep the tax they were sold with. Which set of promotions
// to pass is the caller's business: basket.promotions names it. Errors: money.too_large, pricing.unknown_tax (detail
// "tax_category").
[[nodiscard]] Result<ExplainedPrice> explain(const sale::Basket& basket, const PromotionIndex& promotions,
                                             const PricingContext& context);
// The same without the reasons.
[[nodiscard]] Result<sale::PricedBasket> price(const sale::Basket& basket, const PromotionIndex& promotions,
                                               const PricingContext& context);

}  // namespace lanekeeper::pricing

namespace lanekeeper::json {
template <>
struct EnumNames<pricing::TaxMode> {
  static constexpr std::pair<pricing::TaxMode, std::string_view> names[] = {{pricing::TaxMode::inclusive, "inclusive"},
                                                                            {pricing::TaxMode::exclusive, "exclusive"}};
};
}  // namespace lanekeeper::json
