// The promotions of a basket, all layers: docs/promotions.md says what each means. Pure and deterministic; what a
// basket costs does not depend on the order in which its lines were scanned (which of several lines carries a fen of
// rounding does: the earlier one).
#pragma once

#include "pricing/goods.h"
#include "pricing/promotion_index.h"

namespace lanekeeper::pricing {

struct PricingOptions {
  // The bound on work: partial choices that the item layer may look at. Reaching it costs some 0.2 s; the baskets of a
  // supermarket need a few hundred.
  std::int64_t max_work = 2'000'000;
  bool near_misses = false;  // costs a look at every promotion that touches the basket
};

// Errors: those of check() in goods.h.
[[nodiscard]] Result<PricedGoods> price_goods(const PromotionIndex& promotions, const Goods& goods,
                                              const PricingOptions& options = {});

}  // namespace lanekeeper::pricing
