// Prices of members and tiers that the goods themselves carry: an offer among all others.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "pricing/price.h"
#include "pricing/price_case.h"
#include "samples.h"

namespace lanekeeper::pricing {
namespace {

using samples::basket;
using samples::context;
using samples::line;
using samples::yuan;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

sale::BasketLine milk(std::string_view quantity) {
  auto goods = line(1, "49.90", quantity);
  goods.list_prices = {{"gold", yuan("44.90")}, {"member", yuan("45.90")}};
  return goods;
}

sale::PricedBasket priced(const sale::BasketLine& goods, const std::optional<sale::MemberRef>& member,
                          const PromotionIndex& set = {}) {
  auto rung = basket({goods});
  rung.member = member;
  return price(rung, set, context(TaxMode::inclusive)).value();
}

sale::MemberRef member(std::optional<std::string> tier) {
  return {1, "M1", "王*", std::move(tier), false};
}

TEST(ListPrice, IsForMembersOnly) {
  EXPECT_EQ(priced(milk("2"), std::nullopt).net, yuan("99.80"));
  const auto result = priced(milk("2"), member("silver"));
  EXPECT_EQ(result.net, yuan("91.80"));
  EXPECT_THAT(result.lines[0].discounts,
              ElementsAre(sale::LineDiscount{"@list_price", yuan("8.00"), "会员价", "Member price"}));
  EXPECT_THAT(*result.lines[0].units, ElementsAre(sale::UnitNets{2, yuan("45.90")}));
}

TEST(ListPrice, OfATierIsForThatTier) {
  EXPECT_EQ(priced(milk("1"), member("gold")).net, yuan("44.90"));
  EXPECT_EQ(priced(milk("1"), member(std::nullopt)).net, yuan("45.90"));
}

TEST(ListPrice, CompetesWithOffers) {
  const auto set = [](const std::string& price) {
    return parse_promotions(R"([{"id":"week","kind":"fixed_price","price":")" + price + R"(","scope":{"all":true}}])")
        .value();
  };
  EXPECT_EQ(priced(milk("1"), member({}), set("46.00")).lines[0].discounts.at(0).promotion, "@list_price");
  EXPECT_EQ(priced(milk("1"), member({}), set("45.00")).lines[0].discounts.at(0).promotion, "week");
  // Three for two saves 16.63 a piece, the member's price 4.00: two groups, and the member's price for the seventh.
  const auto free =
      parse_promotions(R"([{"id":"free","kind":"nth_off","count":3,"percent":100,"scope":{"all":true}}])").value();
  const auto result = priced(milk("7"), member({}), free);
  EXPECT_EQ(result.net, yuan("245.50"));
}

TEST(ListPrice, OfWeighedGoodsIsPerKilogram) {
  auto apples = line(1, "7.98", "0.836");
  apples.list_prices = {{"member", yuan("6.98")}};
  // 6.67 less what 0.836 kg cost at 6.98: 5.84.
  EXPECT_EQ(priced(apples, member({})).net, yuan("5.84"));
}

TEST(ListPrice, IsNoneForGoodsWithoutDiscount) {
  auto goods = milk("1");
  goods.discount_blocked = true;
  EXPECT_THAT(priced(goods, member("gold")).lines[0].discounts, IsEmpty());
}

}  // namespace
}  // namespace lanekeeper::pricing
