#include "shop_offers.h"

#include "base/error.h"

namespace lanekeeper::till::test {

namespace {

using pricing::Layer;
using pricing::Promotion;

pricing::Scope items(std::initializer_list<std::string> numbers) {
  pricing::Scope scope;
  scope.items = numbers;
  return scope;
}

Promotion offer(std::string id, std::string name, std::string name_en, Layer layer, pricing::Offer offer) {
  Promotion promotion;
  promotion.id = std::move(id);
  promotion.name = std::move(name);
  promotion.name_en = std::move(name_en);
  promotion.layer = layer;
  promotion.offer = std::move(offer);
  return promotion;
}

constexpr Money money(std::int64_t minor) {
  return Money::of_minor(minor);
}

}  // namespace

pricing::PromotionCalendar shop_offers() {
  std::vector<Promotion> all;
  all.push_back(offer("crisps", "任3件付2", "3 for 2", Layer::item, pricing::NthOff{3, Rate::of_per_10k(10'000)}));
  all.back().scope = items({"20403", "20404"});
  all.push_back(
      offer("tissues", "第2件半价", "2nd half price", Layer::item, pricing::NthOff{2, Rate::of_per_10k(5'000)}));
  all.back().scope = items({"20408"});
  all.push_back(
      offer("oil", "油配袋省5元", "Oil and bag", Layer::item,
            pricing::Bundle{{{items({"20405"}), 1}, {items({"20401"}), 1}}, pricing::TogetherAmount{money(5'00)}}));
  all.push_back(offer("milk", "会员价", "Member price", Layer::item, pricing::FixedPrice{money(45'90)}));
  all.back().scope = items({"20402"});
  all.back().audience.members = true;
  all.push_back(offer("gold", "金卡蔬菜98折", "Gold vegetables", Layer::member,
                      pricing::PercentOff{Rate::of_per_10k(200), true}));
  all.back().scope.categories = {"1"};
  all.back().audience.tiers = {"gold"};
  all.push_back(
      offer("spend", "满150减10", "10 off 150", Layer::basket, pricing::Spend{{{money(150'00), money(10'00)}}}));
  all.back().scope.all = true;
  all.push_back(
      offer("coupon", "满50减5券", "5 off coupon", Layer::coupon, pricing::Spend{{{money(50'00), money(5'00)}}}));
  all.back().scope.all = true;
  all.back().coupon = pricing::CouponCodes{{std::string(shop_coupon)}, {}, 0};
  auto compiled = pricing::PromotionIndex::compile(std::move(all), 1);
  if (!compiled) throw Fault("test.offers", compiled.error().message);
  return pricing::PromotionCalendar({{Instant{}, std::move(*compiled)}});
}

protocol::MemberCard shop_member() {
  protocol::MemberCard member;
  member.id = 71;
  member.version = 1;
  member.number = member_card;
  member.name = "林*士";
  member.tier = "gold";
  return member;
}

}  // namespace lanekeeper::till::test
