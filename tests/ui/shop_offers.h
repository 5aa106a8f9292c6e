// What the shop of the fakes has on offer: one of each kind that a window has to show, a member and a coupon.
#pragma once

#include <string_view>

#include "pricing/promotion_calendar.h"
#include "protocol/members.h"

namespace lanekeeper::till::test {

// In force from the first moment: 3 for 2 on crisps, the second pack of tissues at half price, oil with a bag for 5.00
// less, milk at 45.90 for members, 2 % off vegetables for gold members, 10.00 off from 150.00 on, and a coupon that
// takes 5.00 off from 50.00 on.
[[nodiscard]] pricing::PromotionCalendar shop_offers();
inline constexpr std::string_view shop_coupon = "88203317";
// 林女士, gold, by card number and by phone.
[[nodiscard]] protocol::MemberCard shop_member();
inline constexpr std::string_view member_card = "620000138021";
inline constexpr std::string_view member_phone = "13800006021";

}  // namespace lanekeeper::till::test
