// A shop's promotions over the bench's goods: of every kind, most of them for few articles, as leaflets have them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "catalogue/item.h"
#include "pricing/promotion_calendar.h"

namespace lanekeeper::bench {

// `count` live promotions over these goods, the same for the same arguments. About one in fifty covers a brand or a
// category, the others one to six articles; all of them make something cheaper.
[[nodiscard]] std::vector<pricing::Promotion> shop_promotion_list(const std::vector<catalogue::Item>& goods, int count,
                                                                  std::uint64_t seed);
// The same as the one book of a calendar, version 1, in force since long ago.
[[nodiscard]] pricing::PromotionCalendar shop_promotions(const std::vector<catalogue::Item>& goods, int count,
                                                         std::uint64_t seed);

// A list as the JSON that is published.
[[nodiscard]] std::string definitions_of(const std::vector<pricing::Promotion>& promotions);

}  // namespace lanekeeper::bench
