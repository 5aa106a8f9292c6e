// From the basket of a till to the engine and back: what takes part, under which names, and what taxes it makes.
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
using samples::percent;
using samples::quantity;
using samples::yuan;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

PromotionIndex promotions(const std::string& definitions) {
  return parse_promotions("[" + definitions + "]").value();
}
PromotionIndex ten_percent_off() {
  return promotions(R"({"id":"ten","kind":"percent_off","percent":10,"scope":{"all":true},"name":"九折",
                        "name_en":"Ten off"})");
}
sale::PricedBasket priced(const sale::Basket& rung, const PromotionIndex& set, TaxMode mode = TaxMode::inclusive) {
  return price(rung, set, context(mode)).value();
}
sale::ManualDiscount by_hand(std::optional<Money> amount, std::optional<Rate> rate) {
  return {amount, rate, "damaged", 7};
}
std::vector<Money> nets(const sale::PricedBasket& result) {
  std::vector<Money> all;
  for (const auto& one : result.lines) all.push_back(one.net);
  return all;
}

TEST(Explain, GivesDiscountsTheirNames) {
  const auto result = priced(basket({line(1, "3.00", "2")}), ten_percent_off());
  EXPECT_THAT(result.lines[0].discounts, ElementsAre(sale::LineDiscount{"ten", yuan("0.60"), "九折", "Ten off"}));
  const auto nameless = promotions(R"({"id":"ten","kind":"percent_off","percent":10,"scope":{"all":true}})");
  EXPECT_THAT(priced(basket({line(1, "3.00", "2")}), nameless).lines[0].discounts,
              ElementsAre(sale::LineDiscount{"ten", yuan("0.60"), std::nullopt, std::nullopt}));
}

TEST(Explain, UnitsStandExactlyWhereDiscountsAre) {
  auto pack = line(4, "3.50", "24");
  pack.fixed_amount = yuan("79.00");
  auto blocked = line(5, "3.00", "2");
  blocked.discount_blocked = true;
  const auto result = priced(basket({line(1, "3.00", "3"), line(3, "7.96", "0.836", 2), pack, blocked}),
                             promotions(R"({"id":"free","kind":"nth_off","count":3,"percent":50,"scope":{"all":true}},
                           {"id":"spend","kind":"spend","threshold":"1.00","amount":"1.00","scope":{"all":true}})"));
  // 7.50, 6.65 and 79.00 bear 0.08, 0.07 and 0.85 of the spend.
  EXPECT_THAT(nets(result), ElementsAre(yuan("7.42"), yuan("6.58"), yuan("78.15"), yuan("6.00")));
  ASSERT_TRUE(result.lines[0].units);
  Money sum;
  for (const auto& run : *result.lines[0].units) {
    for (std::int64_t i = 0; i < run.count; ++i) sum += run.net;
  }
  EXPECT_EQ(sum, result.lines[0].net);
  for (const std::size_t single : {1U, 2U}) {
    EXPECT_FALSE(result.lines[single].discounts.empty());
    EXPECT_FALSE(result.lines[single].units) << "one unit, whatever its quantity";
  }
  EXPECT_THAT(result.lines[3].discounts, IsEmpty());
  EXPECT_FALSE(result.lines[3].units);
}

TEST(Explain, BlockedOverriddenAndReturnedGoodsTakePartInNothing) {
  auto blocked = line(1, "10.00", "1");
  blocked.discount_blocked = true;
  blocked.discount = by_hand(yuan("1.00"), {});
  auto overridden = line(2, "8.00", "1");
  overridden.price_override = sale::PriceOverride{yuan("10.00"), "damaged", 7};
  auto back = line(3, "10.00", "1");
  back.quantity = quantity("-1");
  back.fixed_amount = yuan("-9.00");
  back.returns = sale::LineReturn{1, {}, percent("13"), yuan("-1.04"), sale::ReturnedTo::stock};
  const auto result = priced(basket({blocked, overridden, back, line(4, "10.00", "1")}), ten_percent_off());
  EXPECT_THAT(nets(result), ElementsAre(yuan("10.00"), yuan("8.00"), yuan("-9.00"), yuan("9.00")));
}

TEST(Explain, VoidedLinesHoldNothingTogether) {
  const auto two = promotions(R"({"id":"two","kind":"nth_off","count":2,"percent":50,"scope":{"all":true}})");
  auto voided = line(1, "10.00", "1");
  voided.voided = true;
  const auto result = priced(basket({voided, line(2, "10.00", "1")}), two);
  ASSERT_EQ(result.lines.size(), 1U);
  EXPECT_EQ(result.lines[0].line, 2);
  EXPECT_EQ(result.discount, Money{});
}

TEST(Explain, AnErrorNamesTheLineOfTheBasket) {
  auto voided = line(1, "10.00", "1");
  voided.voided = true;
  auto broken = line(5, "10.00", "1");
  broken.quantity = quantity("0.5");
  const auto error = explain(basket({voided, line(3, "1.00", "1"), broken}), {}, context()).error();
  EXPECT_EQ(error.code, "quantity.bad");
  EXPECT_THAT(error.details, ::testing::Contains(std::pair<std::string, std::string>{"line", "5"}));
}

TEST(Explain, ScopesGoByItemNumberCategoryAndBrand) {
  auto goods = line(1, "10.00", "1");
  goods.item_number = "100017";
  goods.category = 12;
  goods.brand = "可口可乐";
  for (const auto* scope : {R"({"items":["100017"]})", R"({"categories":["12"]})", R"({"brands":["可口可乐"]})"}) {
    const auto set = promotions(R"({"id":"p","kind":"amount_off","amount":"1.00","scope":)" + std::string(scope) + "}");
    EXPECT_EQ(priced(basket({goods}), set).discount, yuan("1.00")) << scope;
  }
  goods.category = 0;  // none
  EXPECT_EQ(priced(basket({goods}), promotions(R"({"id":"p","kind":"amount_off","amount":"1.00",
                                                    "scope":{"categories":["0"]}})"))
                .discount,
            Money{});
}

TEST(Explain, TheMemberAndTheFirstLineDecide) {
  const auto set = promotions(R"({"id":"gold","kind":"amount_off","amount":"1.00","scope":{"all":true},
                                  "audience":{"tiers":["gold"]}},
                                 {"id":"cake","kind":"spend","threshold":"0.00","amount":"2.00","scope":{"all":true},
                                  "audience":{"birthday":true}},
                                 {"id":"early","kind":"spend","threshold":"0.00","amount":"4.00","scope":{"all":true},
                                  "schedule":{"hours":["08:00","10:01"]}})");
  auto rung = basket({line(1, "20.00", "1")});
  rung.lines[0].entered_at = samples::time_at("2026-11-22T10:05:00+08:00");  // later than the first line was
  EXPECT_EQ(priced(rung, set).discount, yuan("4.00"));
  rung.member = sale::MemberRef{9, "M9", "王*", "gold", false};
  EXPECT_EQ(priced(rung, set).discount, yuan("5.00"));
  rung.member->birthday = true;
  EXPECT_EQ(priced(rung, set).discount, yuan("7.00"));
  rung.member->tier.reset();
  EXPECT_EQ(priced(rung, set).discount, yuan("6.00"));
  rung.started_at = samples::time_at("2026-11-22T10:01:00+08:00");
  EXPECT_EQ(priced(rung, set).discount, yuan("2.00"));
}

TEST(Explain, CouponsAndWhatIsLeftOfLimitsComeFromTheBasket) {
  const auto set = promotions(R"({"id":"five","kind":"spend","layer":"coupon","threshold":"0.00","amount":"5.00",
                                  "scope":{"all":true},"coupon":{"serial_prefix":"99","serial_length":4},
                                  "max_total":10})");
  auto rung = basket({line(1, "20.00", "1")});
  rung.coupons = {"9901", "9902", "WHAT"};
  auto result = explain(rung, set, context()).value();
  EXPECT_EQ(result.basket.discount, yuan("10.00"));
  using State = CouponOutcome::State;
  const auto states = [&] {
    std::vector<State> all;
    for (const auto& outcome : result.goods.coupons) all.push_back(outcome.state);
    return all;
  };
  EXPECT_THAT(states(), ElementsAre(State::applied, State::applied, State::unknown));
  rung.promotions = sale::PromotionTerms{3, {{"five", 1}}};
  result = explain(rung, set, context()).value();
  EXPECT_EQ(result.basket.discount, yuan("5.00"));
  EXPECT_THAT(states(), ElementsAre(State::applied, State::used_before, State::unknown));
}

TEST(Explain, DiscountsByHandStandUnderTheirOwnId) {
  auto rung = basket({line(1, "20.00", "1"), line(2, "30.00", "1")});
  rung.lines[0].discount = by_hand({}, percent("50"));
  rung.discount = by_hand(yuan("4.00"), {});
  const auto result = priced(rung, {});
  EXPECT_THAT(nets(result), ElementsAre(yuan("9.00"), yuan("27.00")));
  EXPECT_THAT(result.lines[0].discounts,
              ElementsAre(sale::LineDiscount{std::string(sale::manual_discount_id), yuan("11.00"), {}, {}}));
}

TEST(Explain, TaxesAreOfWhatIsLeft) {
  const auto goods = basket({line(1, "113.00", "1"), line(2, "109.00", "1", 2), line(3, "113.00", "1")});
  auto result = priced(goods, ten_percent_off());
  ASSERT_EQ(result.taxes.size(), 2U);
  EXPECT_EQ(result.taxes[0].tax, yuan("23.40"));
  EXPECT_EQ(result.taxes[0].taxable, yuan("180.00"));
  EXPECT_EQ(result.taxes[1].tax, yuan("8.10"));
  EXPECT_EQ(result.total, result.net);
  result = priced(goods, ten_percent_off(), TaxMode::exclusive);
  EXPECT_EQ(result.taxes[0].taxable, yuan("203.40"));
  EXPECT_EQ(result.taxes[0].tax, yuan("26.44"));  // 26.442
  EXPECT_EQ(result.lines[0].tax + result.lines[2].tax, yuan("26.44"));
  EXPECT_EQ(result.total, result.net + result.taxes[0].tax + result.taxes[1].tax);
}

TEST(Explain, GoodsThatComeBackKeepTheTaxOfTheirDay) {
  const auto back = [](std::int64_t number, std::string_view amount, std::string_view rate, std::string_view tax) {
    auto one = line(number, "10.00", "1");
    one.quantity = quantity("-1");
    one.fixed_amount = -yuan(amount);
    one.returns = sale::LineReturn{number, {}, percent(rate), -yuan(tax), sale::ReturnedTo::stock};
    return one;
  };
  const auto rung =
      basket({back(1, "11.60", "16", "1.60"), back(2, "11.30", "13", "1.30"), back(3, "5.80", "16", "0.81")});
  const auto result = priced(rung, ten_percent_off());
  ASSERT_EQ(result.taxes.size(), 2U);  // by rate within the category
  EXPECT_EQ(result.taxes[0].rate, percent("13"));
  EXPECT_EQ(result.taxes[0].tax, -yuan("1.30"));
  EXPECT_EQ(result.taxes[1].rate, percent("16"));
  EXPECT_EQ(result.taxes[1].tax, -yuan("2.41"));  // as it was, not worked out again
  EXPECT_EQ(result.taxes[1].taxable, -yuan("14.99"));
  EXPECT_EQ(result.total, -yuan("28.70"));
  EXPECT_EQ(priced(rung, {}, TaxMode::exclusive).total, -yuan("32.41"));
}

TEST(Explain, SaysTheReasonsOfTheSameLines) {
  auto voided = line(1, "10.00", "1");
  voided.voided = true;
  auto in = context();
  in.near_misses = true;
  const auto result =
      explain(basket({voided, line(2, "10.00", "2")}),
              promotions(R"({"id":"three","kind":"nth_off","count":3,"percent":100,"scope":{"all":true}},
                            {"id":"ten","kind":"amount_off","amount":"1.00","scope":{"all":true}})"),
              in)
          .value();
  ASSERT_EQ(result.goods.lines.size(), result.basket.lines.size());
  EXPECT_EQ(result.goods.lines[0].net, result.basket.lines[0].net);
  ASSERT_EQ(result.goods.near_misses.size(), 1U);
  EXPECT_EQ(result.goods.near_misses[0].promotion, "three");
  in.near_misses = false;
  EXPECT_TRUE(explain(basket({line(2, "10.00", "2")}), {}, in)->goods.near_misses.empty());
}

}  // namespace
}  // namespace lanekeeper::pricing
