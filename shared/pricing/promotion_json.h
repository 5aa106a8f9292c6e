// The JSON of promotions and baskets (docs/promotions.md): read strictly, with the place of what is wrong in the detail
// "at" as a JSON pointer; written so that it reads back as the same value.
#pragma once

#include <string>
#include <vector>

#include "pricing/exact_json.h"
#include "pricing/goods.h"
#include "pricing/promotion.h"

namespace lanekeeper::pricing {

// A list of definitions. json.missing, json.type, json.range, json.unknown_member, money.bad_amount, rate.bad, ...;
// promotion.unknown_kind, promotion.bad_layer, promotion.duplicate_id, promotion.bad_value, promotion.bad_schedule,
// promotion.members_only, promotion.no_coupon_codes.
[[nodiscard]] Result<std::vector<Promotion>> read_promotions(const exact_json::Value& value,
                                                             const exact_json::Place& place);
[[nodiscard]] Result<Goods> read_goods(const exact_json::Value& value, const exact_json::Place& place);

[[nodiscard]] std::string write_promotion(const Promotion& promotion);
[[nodiscard]] std::string write_goods(const Goods& goods);
// {"lines":[...],"gross","discount","net","optimal"}; with coupons also "coupons"; explained: also "applications" and
// "near_misses".
[[nodiscard]] std::string write_priced(const Goods& goods, const PricedGoods& priced, bool explained);

}  // namespace lanekeeper::pricing
