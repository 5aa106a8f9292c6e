// A gift stays with whoever keeps the goods that earned it. When these come back, so must the gift.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>

#include "pricing/promotion_index.h"
#include "sale/retail_transaction.h"

namespace lanekeeper::pricing {

struct KeptGift {
  std::int64_t line = 0;    // of the sale: goods of which pieces were given
  std::int64_t pieces = 0;  // > 0: so many more have to come back
  Money given_away;         // what was taken off them, > 0
};

// How much of a line of the sale has come back, now or before.
using ReturnedOf = std::function<Quantity(std::int64_t line)>;

// The first gift for which too few goods stay: they are worth too little (before whatever was taken off behind the
// offers on single goods, a part of a line by its share), or are too few pieces. `promotions`: those that the sale was
// priced with. nullopt: there is none, or what is stored of the sale does not tell.
[[nodiscard]] std::optional<KeptGift> gift_without_its_goods(const sale::RetailTransaction& sold,
                                                             const PromotionIndex& promotions,
                                                             const ReturnedOf& returned);

}  // namespace lanekeeper::pricing
