// What a basket costs. One pure function, used by till, server and back office alike.
//
// Promotions are the seam for a later issue: the set is empty today, and every caller already passes it.
#pragma once

#include <string>
#include <vector>

#include "catalogue/item.h"
#include "sale/basket.h"
#include "sale/retail_transaction.h"

namespace lanekeeper::pricing {

struct PromotionSet {
  std::int64_t version = 0;
};

enum class TaxMode { inclusive, exclusive };

struct PricingContext {
  Date date;  // business date: decides tax rates
  TaxMode tax_mode = TaxMode::inclusive;
  std::vector<catalogue::TaxCategory> taxes;
};

// Deterministic; independent of the order of voids. Tax is computed per category over the whole receipt and spread back
// over the lines by largest remainder. Errors: money.too_large, pricing.unknown_tax (detail "tax_category").
[[nodiscard]] Result<sale::PricedBasket> price(const sale::Basket& basket, const PromotionSet& promotions,
                                               const PricingContext& context);

}  // namespace lanekeeper::pricing

namespace lanekeeper::json {
template <>
struct EnumNames<pricing::TaxMode> {
  static constexpr std::pair<pricing::TaxMode, std::string_view> names[] = {{pricing::TaxMode::inclusive, "inclusive"},
                                                                            {pricing::TaxMode::exclusive, "exclusive"}};
};
}  // namespace lanekeeper::json
