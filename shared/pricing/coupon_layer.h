// The coupon layer: codes that the customer presents open promotions that hold nowhere else.
#pragma once

#include <vector>

#include "pricing/priced_lines.h"

namespace lanekeeper::pricing {

// The coupons of the basket in the order in which they were presented. Each opens one application of the first
// promotion (by priority, then by id) that takes its code and holds for this basket. Answers what became of each.
[[nodiscard]] std::vector<CouponOutcome> apply_coupon_layer(PricedLines& lines, const Goods& goods);

}  // namespace lanekeeper::pricing
