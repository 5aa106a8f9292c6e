// "One more and ...": promotions that the basket just misses. Counting only, no search: the cost is that of looking
// once at every unit for every promotion that touches the basket.
#pragma once

#include <vector>

#include "pricing/item_layer.h"
#include "pricing/priced_lines.h"

namespace lanekeeper::pricing {

// Multibuys, nth_offs and bundles that lack one piece beside those that other applications of several pieces hold.
void add_item_near_misses(const PricedLines& lines, const ItemLayer& chosen, std::vector<NearMiss>& out);

// Spends and gifts that lack at most a fifth of their threshold, or one piece; gifts that are earned and not taken.
// After the basket layer.
void add_basket_near_misses(const PricedLines& lines, std::vector<NearMiss>& out);

}  // namespace lanekeeper::pricing
