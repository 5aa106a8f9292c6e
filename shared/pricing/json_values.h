// Values that promotions and baskets have in common, read strictly (exact_json.h).
#pragma once

#include <initializer_list>
#include <string_view>

#include "money/money.h"
#include "pricing/exact_json.h"

namespace lanekeeper::pricing::exact_json {

// Required: an amount as a decimal string, not below zero.
[[nodiscard]] Money money_of(Members& members, std::string_view name, Complaints& complaints);
// Required: a percentage as a number, from 0 to 100 with at most two decimals.
[[nodiscard]] Rate percent_of(Members& members, std::string_view name, Complaints& complaints);

// Which of the names is there; complains (promotion.bad_value) unless it is exactly one.
[[nodiscard]] std::string_view only_one(Members& members, std::initializer_list<std::string_view> names,
                                        const Place& place, Complaints& complaints);

}  // namespace lanekeeper::pricing::exact_json
