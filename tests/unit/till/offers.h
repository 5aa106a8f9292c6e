// Promotions for the tests of the till.
#pragma once

#include <vector>

#include "goods.h"
#include "pricing/promotion_calendar.h"

namespace lanekeeper::till::test {

inline pricing::Promotion offer_on(std::string id, std::vector<std::string> items, pricing::Offer offer,
                                   pricing::Layer layer = pricing::Layer::item) {
  pricing::Promotion promotion;
  promotion.name = id + "名";
  promotion.id = std::move(id);
  promotion.layer = layer;
  promotion.scope.all = items.empty();
  promotion.scope.items = std::move(items);
  promotion.offer = std::move(offer);
  return promotion;
}

inline pricing::Promotion spend_offer(std::string id, std::string_view threshold, std::string_view off,
                                      pricing::Layer layer) {
  pricing::Spend spend;
  spend.tiers.push_back({yuan(threshold), yuan(off)});
  return offer_on(std::move(id), {}, spend, layer);
}

inline pricing::Promotion coupon_offer(std::string id, std::string_view threshold, std::string_view off,
                                       pricing::CouponCodes codes) {
  auto promotion = spend_offer(std::move(id), threshold, off, pricing::Layer::coupon);
  promotion.coupon = std::move(codes);
  return promotion;
}

// Chips: the second at half price; milk: 4.00 less for members; 10.00 off from 100.00; the coupons WELCOME (5.00 from
// 30.00) and 88xxxxxx (3.00 from 10.00), each of those once.
inline std::vector<pricing::Promotion> usual_offers() {
  auto milk = offer_on("milk", {"N1"}, pricing::AmountOff{yuan("4")});
  milk.audience.members = true;
  milk.max_per_member_day = 2;
  return {offer_on("chips", {"N2"}, pricing::NthOff{2, Rate::of_per_10k(5000)}), milk,
          spend_offer("spend", "100", "10", pricing::Layer::basket),
          coupon_offer("welcome", "30", "5", {{"WELCOME"}, {}, 0}), coupon_offer("ticket", "10", "3", {{}, "88", 8})};
}

inline pricing::PromotionCalendar::Edition edition(std::int64_t version, std::string_view effective_at,
                                                   std::vector<pricing::Promotion> offers = usual_offers()) {
  return {ZonedTime::parse(effective_at).value().instant,
          pricing::PromotionIndex::compile(std::move(offers), version).value()};
}

inline pricing::PromotionCalendar usual_calendar() {
  return pricing::PromotionCalendar({edition(7, "2026-11-01T00:00:00.000+08:00")});
}

inline RegisterSettings settings_with_offers() {
  auto settings = shop_settings();
  settings.promotions = usual_calendar();
  return settings;
}

inline sale::MemberRef some_member() {
  return {31, "6688", "王*", std::nullopt, false};
}

}  // namespace lanekeeper::till::test
