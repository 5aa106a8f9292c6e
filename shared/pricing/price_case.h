// The price tool's formats: a case in, a result out, whatever the text is.
#pragma once

#include <string>
#include <string_view>

#include "pricing/engine.h"

namespace lanekeeper::pricing {

// Definitions: a list, or an object with the list as "promotions".
[[nodiscard]] Result<PromotionIndex> parse_promotions(std::string_view text);
[[nodiscard]] Result<Goods> parse_goods(std::string_view text);

// One case of a batch, {"promotions":[...],"basket":{...}}: the result as JSON, or {"error":{"code","message","at"}}.
// Never throws.
[[nodiscard]] std::string price_case(std::string_view text, bool explained);

// Where the error stands, "" when it does not say.
[[nodiscard]] std::string place_of(const Error& error);

}  // namespace lanekeeper::pricing
