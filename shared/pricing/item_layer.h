// The item layer: which applications, over disjoint units, save the customer most. Everything about units, none about
// what they leave for the layers behind.
#pragma once

#include <cstdint>
#include <vector>

#include "pricing/goods.h"
#include "pricing/promotion_index.h"
#include "pricing/use_limits.h"

namespace lanekeeper::pricing {

// A line that may take part. Counted lines have units of one price; a weighed line is a single unit.
struct ItemLine {
  std::size_t line = 0;  // in the basket
  const GoodsLine* goods = nullptr;
  bool is_single = false;                      // weighed, or one amount for the whole line
  std::int64_t units = 0;                      // 1 for a single
  Money price;                                 // of a unit
  std::vector<PromotionIndex::Touch> touches;  // item layer only, by promotion
};

struct UnitRef {
  std::size_t line = 0;
  std::int64_t unit = 0;
  auto operator<=>(const UnitRef&) const = default;
};

struct ItemUse {
  std::uint32_t promotion = 0;
  std::vector<UnitRef> units;  // by line, then by unit
  Money saving;                // > 0
};

struct ItemLayer {
  std::vector<ItemUse> uses;  // by promotion, then by their units
  bool optimal = true;
  std::int64_t work = 0;
};

// max_work: see solve() in component.h, for the whole basket.
[[nodiscard]] ItemLayer best_uses(const PromotionIndex& promotions, const std::vector<ItemLine>& lines,
                                  const UseLimits& limits, std::int64_t max_work);

}  // namespace lanekeeper::pricing
