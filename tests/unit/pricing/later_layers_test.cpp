// Member, coupon and manual layer, and the limits that hold in all of them.
#include <gtest/gtest.h>

#include "case_json.h"
#include "pricing/engine.h"

namespace lanekeeper::pricing {
namespace {

using namespace cases;

Json coupon(const std::string& id, const std::string& threshold, const Json& own,
            const Json& codes = {{"codes", {"WELCOME"}}}) {
  return with(promotion(id, "spend", everything(), {{"layer", "coupon"}, {"threshold", threshold}, {"coupon", codes}}),
              own);
}
Json five_off(const std::string& id = "five", const std::string& threshold = "0.00") {
  return coupon(id, threshold, {{"amount", "5.00"}});
}
Json with_coupons(const Json& goods, const std::vector<std::string>& codes) {
  return with(goods, {{"coupons", codes}});
}
// "state promotion amount, ..."
std::string outcomes(const Json& result) {
  std::string text;
  for (const auto& one : result.at("coupons")) {
    text += (text.empty() ? "" : ", ") + one.at("state").get<std::string>();
    if (one.contains("promotion")) text += " " + one.at("promotion").get<std::string>();
    if (one.at("amount") != "0.00") text += " " + one.at("amount").get<std::string>();
    if (one.contains("missing_amount")) text += " lacks " + one.at("missing_amount").get<std::string>();
  }
  return text;
}

TEST(CouponLayer, WithoutACodeNothingHappens) {
  const auto result = priced({five_off()}, basket({line("a", "1", "20.00")}), true);
  EXPECT_EQ(discount(result), "0.00");
  EXPECT_FALSE(result.contains("coupons"));
  EXPECT_TRUE(result.at("near_misses").empty());
}

TEST(CouponLayer, ACodeOpensItsPromotion) {
  const auto result = priced({five_off()}, with_coupons(basket({line("a", "1", "20.00")}), {"WELCOME"}), true);
  EXPECT_EQ(nets(result), "15.00");
  EXPECT_EQ(result.at("coupons").dump(),
            R"([{"amount":"5.00","code":"WELCOME","promotion":"five","state":"applied"}])");
  EXPECT_EQ(result.at("applications").dump(),
            R"([{"amount":"5.00","kind":"spend","layer":"coupon","parts":[{"amount":"5.00","line":0,"units":1}],)"
            R"("promotion":"five"}])");
}

TEST(CouponLayer, NeverGoesBelowZero) {
  const auto result =
      priced({five_off()}, with_coupons(basket({line("a", "1", "1.99"), line("b", "-1", "9.00")}), {"WELCOME"}));
  EXPECT_EQ(nets(result), "0.00 -9.00");
  EXPECT_EQ(outcomes(result), "applied five 1.99");
}

TEST(CouponLayer, ComesOnWhatTheLayersBeforeLeft) {
  const auto offer = promotion("item", "fixed_price", only({"a"}), {{"price", "60.00"}});
  const auto spend = promotion("spend", "spend", everything(), {{"threshold", "100.00"}, {"amount", "10.00"}});
  const auto member =
      promotion("member", "percent_off", everything(), {{"percent", 10}, {"layer", "member"}, {"stacks", true}});
  const auto goods = basket({line("a", "1", "80.00"), line("b", "1", "50.00")});
  // 130 - 20 - 10 = 100; 10 % off 54.55 and off 45.45 leaves 90.01.
  EXPECT_EQ(outcomes(priced({offer, spend, member, five_off("five", "90.01")}, with_coupons(goods, {"WELCOME"}))),
            "applied five 5.00");
  EXPECT_EQ(outcomes(priced({offer, spend, member, five_off("five", "90.02")}, with_coupons(goods, {"WELCOME"}))),
            "not_reached five lacks 0.01");
}

TEST(CouponLayer, EachCouponTakesFromWhatTheOneBeforeLeft) {
  const auto half = coupon("half", "10.00", {{"percent", 50}}, {{"codes", {"HALF"}}});
  const auto goods = basket({line("a", "1", "20.00")});
  EXPECT_EQ(outcomes(priced({five_off(), half}, with_coupons(goods, {"WELCOME", "HALF"}))),
            "applied five 5.00, applied half 7.50");
  EXPECT_EQ(outcomes(priced({five_off(), half}, with_coupons(goods, {"HALF", "WELCOME"}))),
            "applied half 10.00, applied five 5.00");
  const auto large = five_off("five", "15.00");
  EXPECT_EQ(outcomes(priced({large, half}, with_coupons(goods, {"HALF", "WELCOME"}))),
            "applied half 10.00, not_reached five lacks 5.00");
}

TEST(CouponLayer, AGenericCodeIsGoodOnceUnlessMoreIsAllowed) {
  const auto goods = with_coupons(basket({line("a", "1", "50.00")}), {"WELCOME", "WELCOME", "WELCOME"});
  EXPECT_EQ(outcomes(priced({five_off()}, goods)), "applied five 5.00, used_before five, used_before five");
  EXPECT_EQ(outcomes(priced({with(five_off(), {{"max_per_basket", 2}})}, goods)),
            "applied five 5.00, applied five 5.00, used_before five");
}

TEST(CouponLayer, TheCodesOfOnePromotionCountTogether) {
  const auto offer = coupon("five", "0.00", {{"amount", "5.00"}}, {{"codes", {"WELCOME", "HELLO"}}});
  EXPECT_EQ(outcomes(priced({offer}, with_coupons(basket({line("a", "1", "50.00")}), {"WELCOME", "HELLO"}))),
            "applied five 5.00, used_before five");
}

TEST(CouponLayer, EverySerialIsGoodOnce) {
  const auto offer = coupon("five", "0.00", {{"amount", "5.00"}}, {{"serial_prefix", "99"}, {"serial_length", 6}});
  const auto goods = basket({line("a", "1", "50.00")});
  const std::vector<std::string> codes = {"990001", "990002", "990001", "99001", "9900011", "980001"};
  EXPECT_EQ(outcomes(priced({offer}, with_coupons(goods, codes))),
            "applied five 5.00, applied five 5.00, used_before five, unknown, unknown, unknown");
  EXPECT_EQ(outcomes(priced({with(offer, {{"max_per_basket", 1}})}, with_coupons(goods, codes))),
            "applied five 5.00, used_before five, used_before five, unknown, unknown, unknown");
}

TEST(CouponLayer, TheFirstByPriorityThenIdIsOpened) {
  auto first = five_off("b");
  const auto second = coupon("a", "0.00", {{"amount", "7.00"}});
  const auto goods = with_coupons(basket({line("a", "1", "50.00")}), {"WELCOME"});
  EXPECT_EQ(outcomes(priced({first, second}, goods)), "applied a 7.00");
  first["priority"] = -1;
  EXPECT_EQ(outcomes(priced({first, second}, goods)), "applied b 5.00");
  // One that does not hold for this basket is no match.
  first["schedule"] = {{"hours", {"18:00", "20:00"}}};
  EXPECT_EQ(outcomes(priced({first, second}, goods)), "applied a 7.00");
  first.erase("schedule");
  first["audience"] = {{"tiers", {"gold"}}};
  EXPECT_EQ(outcomes(priced({first, second}, goods)), "applied a 7.00");
  EXPECT_EQ(outcomes(priced({first}, goods)), "unknown");
  EXPECT_EQ(outcomes(priced({first}, with(goods, {{"member", {{"tier", "gold"}}}}))), "applied b 5.00");
}

TEST(CouponLayer, HonoursItsScopeAndGoodsOnOffer) {
  const auto offer = promotion("item", "fixed_price", only({"a"}), {{"price", "9.00"}});
  const auto own = with(five_off("five", "10.00"), {{"scope", {{"all", true}, {"exclude_items", {"c"}}}}});
  const auto goods =
      with_coupons(basket({line("a", "1", "10.00"), line("b", "1", "8.00"), line("c", "1", "99.00")}), {"WELCOME"});
  EXPECT_EQ(nets(priced({offer, own}, goods)), "6.35 5.65 99.00");
  EXPECT_EQ(outcomes(priced({offer, with(own, {{"excludes_offers", true}})}, goods)), "not_reached five lacks 2.00");
}

TEST(CouponLayer, TiersGiveTheBestThatIsReached) {
  auto offer = five_off();
  offer.erase("threshold");
  offer.erase("amount");
  offer["tiers"] = {{{"threshold", "30.00"}, {"amount", "3.00"}}, {{"threshold", "60.00"}, {"amount", "9.00"}}};
  const auto at = [&](const std::string& price) {
    return outcomes(priced({offer}, with_coupons(basket({line("a", "1", price)}), {"WELCOME"})));
  };
  EXPECT_EQ(at("29.00"), "not_reached five lacks 1.00");
  EXPECT_EQ(at("59.99"), "applied five 3.00");
  EXPECT_EQ(at("60.00"), "applied five 9.00");
}

TEST(CouponLayer, AGiftIsOnePieceForEachCoupon) {
  const auto gift = promotion("mug", "gift", everything(),
                              {{"layer", "coupon"},
                               {"when", {{"threshold", "20.00"}}},
                               {"item", "mug"},
                               {"price", "0.00"},
                               {"coupon", {{"serial_prefix", "G"}, {"serial_length", 2}}}});
  const auto goods = basket({line("a", "1", "20.00"), line("mug", "3", "15.00")});
  const auto result = priced({gift}, with_coupons(goods, {"G1", "G2"}));
  EXPECT_EQ(outcomes(result), "applied mug 15.00, applied mug 15.00");
  EXPECT_EQ(nets(result), "20.00 15.00");
  EXPECT_EQ(outcomes(priced({gift}, with_coupons(basket({line("a", "1", "20.00")}), {"G1"}))), "not_reached mug");
  EXPECT_EQ(
      outcomes(priced({gift}, with_coupons(basket({line("a", "1", "18.00"), line("mug", "1", "15.00")}), {"G1"}))),
      "not_reached mug lacks 2.00");
}

TEST(CouponLayer, GiftsOfTheBasketLayerAreLeftOut) {
  const auto gift =
      promotion("gift", "gift", everything(), {{"when", {{"threshold", "20.00"}}}, {"item", "mug"}, {"price", "4.00"}});
  const auto goods = with_coupons(basket({line("a", "1", "20.00"), line("mug", "1", "15.00")}), {"WELCOME"});
  EXPECT_EQ(nets(priced({gift, five_off("five", "20.00")}, goods)), "15.00 4.00");
  EXPECT_EQ(outcomes(priced({gift, five_off("five", "24.00")}, goods)), "not_reached five lacks 4.00");
}

TEST(NearMisses, APieceThatIsThereDoesNotEarnItself) {
  const auto gift =
      promotion("gift", "gift", everything(), {{"when", {{"threshold", "20.00"}}}, {"item", "mug"}, {"price", "4.00"}});
  const auto near_misses = [&](const std::vector<Json>& lines) {
    return priced({gift}, basket(lines), true)["near_misses"].dump();
  };
  EXPECT_EQ(near_misses({line("a", "1", "18.00"), line("mug", "1", "15.00")}),
            R"([{"kind":"gift","missing_amount":"2.00","promotion":"gift"}])");
  EXPECT_EQ(near_misses({line("a", "1", "20.00")}), R"([{"kind":"gift","missing_pieces":1,"promotion":"gift"}])");
  EXPECT_EQ(near_misses({line("a", "1", "20.00"), line("mug", "1", "15.00")}), "[]");
}

TEST(ManualLayer, LinesComeFirstThenTheBasket) {
  const auto goods =
      with(basket({with(line("a", "3", "10.00"), {{"manual", {{"percent", 10}}}}), line("b", "1", "23.00")}),
           {{"manual", {{"amount", "5.00"}}}});
  const auto result = priced({}, goods, true);
  // 27.00 and 23.00, then 5.00 in proportion.
  EXPECT_EQ(nets(result), "24.30 20.70");
  EXPECT_EQ(result["lines"][0]["discounts"].dump(), R"([{"amount":"5.70","promotion":"@manual"}])");
  EXPECT_EQ(result["applications"][0].dump(),
            R"({"amount":"3.00","kind":"manual","layer":"manual","parts":[{"amount":"3.00","line":0,"units":3}],)"
            R"("promotion":"@manual"})");
  EXPECT_EQ(result["applications"][1]["amount"], "5.00");
}

TEST(ManualLayer, TakesNoMoreThanThereIs) {
  EXPECT_EQ(nets(priced({}, basket({with(line("a", "1", "3.00"), {{"manual", {{"amount", "5.00"}}}}),
                                    line("b", "1", "2.00")}))),
            "0.00 2.00");
  EXPECT_EQ(nets(priced(
                {}, with(basket({line("a", "1", "3.00"), line("b", "-1", "2.00")}), {{"manual", {{"percent", 100}}}}))),
            "0.00 -2.00");
  EXPECT_EQ(nets(priced({}, with(basket({line("a", "-1", "3.00")}), {{"manual", {{"amount", "1.00"}}}}))), "-3.00");
}

TEST(ManualLayer, ComesBehindTheCoupons) {
  const auto goods =
      with(with_coupons(basket({line("a", "1", "25.00")}), {"WELCOME"}), {{"manual", {{"percent", 10}}}});
  EXPECT_EQ(nets(priced({five_off("five", "25.00")}, goods)), "18.00");
}

TEST(ManualLayer, SpreadsOverUnitsByLargestRemainder) {
  auto goods = parse_goods(R"({"time":"2026-11-22T10:00:00Z","manual":{"amount":"1.00"},"lines":[)"
                           R"({"item":"a","quantity":"2","unit_price":"10.00"},)"
                           R"({"item":"b","quantity":"0.500","weighed":true,"unit_price":"20.00"}]})")
                   .value();
  auto result = price_goods({}, goods).value();
  EXPECT_EQ(result.lines[0].units, (std::vector<UnitNets>{{1, Money::of_minor(966)}, {1, Money::of_minor(967)}}));
  EXPECT_EQ(result.lines[1].units, (std::vector<UnitNets>{{1, Money::of_minor(967)}}));
  // Goods without discount stay out of it.
  goods.lines[0].no_discount = true;
  goods.lines[0].by_hand = ByHand{Money::of_minor(100)};
  result = price_goods({}, goods).value();
  EXPECT_EQ(result.lines[0].net, Money::of_minor(2000));
  EXPECT_TRUE(result.lines[0].units.empty());
  EXPECT_EQ(result.lines[1].net, Money::of_minor(900));
}

TEST(Audience, BirthdaysAreForMembersOnTheirDay) {
  const auto offer =
      promotion("p", "amount_off", everything(), {{"amount", "1.00"}, {"audience", {{"birthday", true}}}});
  const std::vector<Json> lines = {line("a", "1", "3.00")};
  EXPECT_EQ(discount(priced({offer}, basket(lines))), "0.00");
  EXPECT_EQ(discount(priced({offer}, basket(lines, Json::object()))), "0.00");
  EXPECT_EQ(discount(priced({offer}, basket(lines, {{"birthday", true}}))), "1.00");
  const auto gold = with(offer, {{"audience", {{"birthday", true}, {"tiers", {"gold"}}}}});
  EXPECT_EQ(discount(priced({gold}, basket(lines, {{"birthday", true}}))), "0.00");
  EXPECT_EQ(discount(priced({gold}, basket(lines, {{"birthday", true}, {"tier", "gold"}}))), "1.00");
}

// What six pieces at 10.00 save under an offer with these limits and uses left.
std::string saved(const Json& offer, const Json& limits, const Json& uses_left = Json::array()) {
  auto goods = basket({line("a", "6", "10.00")}, Json::object());
  goods["uses_left"] = uses_left;
  goods["coupons"] = {"W", "W", "W", "W"};
  return discount(priced({with(with(offer, {{"audience", {{"members", true}}}}), limits)}, goods));
}
Json left(int number) {
  return Json::array({{{"promotion", "p"}, {"left", number}}, {{"promotion", "other"}, {"left", 0}}});
}

TEST(UseLimits, TheLeastOfAllCountsInEveryLayer) {
  const auto codes = Json{{"codes", {"W"}}};
  const std::vector<Json> offers = {
      promotion("p", "amount_off", everything(), {{"amount", "1.00"}}),
      promotion("p", "percent_off", everything(), {{"percent", 10}}),
      promotion("p", "fixed_price", everything(), {{"price", "9.00"}}),
      promotion("p", "multibuy", everything(), {{"count", 1}, {"price", "9.00"}}),
      promotion("p", "nth_off", everything(), {{"count", 1}, {"percent", 10}}),
      {{"id", "p"}, {"kind", "bundle"}, {"groups", {{{"scope", everything()}, {"count", 1}}}}, {"amount", "1.00"}},
      promotion("p", "spend", everything(), {{"threshold", "10.00"}, {"amount", "1.00"}, {"every", true}}),
      promotion("p", "gift", everything(),
                {{"when", {{"threshold", "0.00"}}}, {"item", "a"}, {"price", "9.00"}, {"max_per_basket", 1}}),
      promotion("p", "spend", everything(),
                {{"layer", "coupon"}, {"threshold", "0.00"}, {"amount", "1.00"}, {"coupon", codes}}),
  };
  for (const auto& offer : offers) {
    const bool once = offer["kind"] == "gift";
    const bool opened = offer.contains("coupon");
    const auto times = [&](int number) { return std::to_string(once ? std::min(1, number) : number) + ".00"; };
    SCOPED_TRACE(offer.dump());
    EXPECT_EQ(saved(offer, Json::object()), opened || once ? "1.00" : "6.00");
    EXPECT_EQ(saved(offer, {{"max_per_basket", 3}}), times(3));
    EXPECT_EQ(saved(offer, {{"max_per_basket", 3}, {"max_per_member_day", 2}}), times(2));
    EXPECT_EQ(saved(offer, {{"max_per_basket", 3}, {"max_total", 1}}), times(1));
    EXPECT_EQ(saved(offer, {{"max_per_basket", 3}}, left(2)), times(2));
    EXPECT_EQ(saved(offer, {{"max_per_basket", 3}, {"max_total", 2}}, left(9)), times(2));
    EXPECT_EQ(saved(offer, {{"max_per_basket", 3}, {"max_total", 2}}, left(0)), "0.00");
  }
}

TEST(UseLimits, CountTheLinesOfTheMemberLayer) {
  const auto offer = promotion("p", "percent_off", everything(), {{"percent", 10}, {"layer", "member"}});
  auto goods = basket({line("a", "1", "10.00"), line("b", "1", "30.00"), line("c", "1", "20.00")});
  EXPECT_EQ(discount(priced({offer}, goods)), "6.00");
  goods["uses_left"] = left(2);
  EXPECT_EQ(nets(priced({offer}, goods)), "10.00 27.00 18.00");
  goods["uses_left"] = left(0);
  EXPECT_EQ(discount(priced({offer}, goods)), "0.00");
}

TEST(UseLimits, AnExclusiveOfferWithoutUsesLeftEndsNothing) {
  const auto first = promotion("p", "spend", everything(),
                               {{"threshold", "10.00"}, {"amount", "5.00"}, {"exclusive", true}, {"priority", -1}});
  const auto second = promotion("q", "spend", everything(), {{"threshold", "10.00"}, {"amount", "2.00"}});
  auto goods = basket({line("a", "1", "20.00")});
  EXPECT_EQ(discount(priced({first, second}, goods)), "5.00");
  goods["uses_left"] = left(0);
  EXPECT_EQ(discount(priced({first, second}, goods)), "2.00");
}

TEST(UseLimits, WhatIsUsedUpIsNotMissed) {
  const auto three = promotion("p", "nth_off", everything(), {{"count", 3}, {"percent", 100}});
  const auto spend = promotion("p", "spend", everything(), {{"threshold", "25.00"}, {"amount", "5.00"}});
  const auto every = with(spend, {{"threshold", "15.00"}, {"every", true}, {"max_total", 1}});
  auto goods = basket({line("a", "2", "14.00")});
  EXPECT_EQ(priced({three}, goods, true)["near_misses"].size(), 1U);
  EXPECT_EQ(priced({with(every, {{"max_total", 2}})}, goods, true)["near_misses"].size(), 1U);
  EXPECT_EQ(priced({every}, goods, true)["near_misses"].size(), 0U);
  goods["uses_left"] = left(0);
  EXPECT_EQ(priced({three}, goods, true)["near_misses"].size(), 0U);
  goods["lines"] = {line("a", "2", "12.00")};
  EXPECT_EQ(priced({spend}, goods, true)["near_misses"].size(), 0U);
}

TEST(UseLimits, ASpendForEachFullThresholdCountsHowOften) {
  const auto set = parse_promotions(
      R"([{"id":"p","kind":"spend","threshold":"10.00","amount":"1.00","every":true,"scope":{"all":true}}])");
  const auto goods =
      parse_goods(R"({"time":"2026-11-22T10:00:00Z","lines":[{"item":"a","quantity":"1","unit_price":"35.00"}]})");
  const auto result = price_goods(set.value(), goods.value()).value();
  ASSERT_EQ(result.applications.size(), 1U);
  EXPECT_EQ(result.applications[0].uses, 3);
}

}  // namespace
}  // namespace lanekeeper::pricing
