// What a cashier types into a quantity, weight or amount field. A scanner may type there too: digits as long as a
// barcode are refused with register.looks_like_barcode, whatever their value would be. Pure; both faces use it.
#pragma once

#include <string_view>

#include "base/error.h"
#include "money/money.h"

namespace lanekeeper::till {

// Eight or more digits with nothing between them: the shortest barcode is a GTIN-8.
[[nodiscard]] bool looks_like_barcode(std::string_view text);

// "3". register.looks_like_barcode, register.bad_quantity
[[nodiscard]] Result<Quantity> parse_units(std::string_view text);
// "0.836", kg. register.looks_like_barcode, register.bad_weight
[[nodiscard]] Result<Quantity> parse_weight(std::string_view text);
// "50", "49.9": the currency unit. register.looks_like_barcode, register.bad_amount (not an amount, or negative)
[[nodiscard]] Result<Money> parse_amount(std::string_view text);

}  // namespace lanekeeper::till
