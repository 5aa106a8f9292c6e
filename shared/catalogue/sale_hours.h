// Hours of sale as people write them. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/error.h"
#include "catalogue/item.h"

namespace lanekeeper::catalogue {

// Minutes since midnight, 0..1439: "22:00".
[[nodiscard]] std::string minute_text(std::int64_t minute);
[[nodiscard]] std::string to_text(const SaleHours& hours);  // "08:00-22:00"

// "08:00-22:00", "8:00 – 22:00", "18:00~24:00" (until midnight), full-width signs as well. item.bad_sale_hours (detail
// "value"): not like that, or twice the same time.
[[nodiscard]] Result<SaleHours> parse_sale_hours(std::string_view text);

}  // namespace lanekeeper::catalogue
