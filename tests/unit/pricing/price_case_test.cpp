// The price tool's contract, case by case: what is saved, by what, and on which line.
#include <gtest/gtest.h>

#include "case_json.h"

namespace lanekeeper::pricing {
namespace {

using namespace cases;

TEST(PriceCase, HasTheShapeOfTheContract) {
  const auto result = priced({promotion("p", "fixed_price", only({"cola"}), {{"price", "5.00"}})},
                             basket({line("cola", "3", "7.98"), line("bread", "1", "6.50")}));
  EXPECT_EQ(result.dump(),
            R"({"discount":"8.94","gross":"30.44","lines":[)"
            R"({"discounts":[{"amount":"8.94","promotion":"p"}],"gross":"23.94","item":"cola","net":"15.00"},)"
            R"({"discounts":[],"gross":"6.50","item":"bread","net":"6.50"}],"net":"21.50","optimal":true})");
}

TEST(PriceCase, PercentsAreRoundedPerUnitFromTheRest) {
  // 12.5 % off 0.12: the rest, 0.105, rounds up to 0.11.
  EXPECT_EQ(discount(priced({promotion("p", "percent_off", everything(), {{"percent", 12.5}})},
                            basket({line("a", "3", "0.12")}))),
            "0.03");
  const auto exact = R"({"promotions":[{"id":"p","kind":"percent_off","scope":{"all":true},"percent":33.33}],)"
                     R"("basket":{"time":"2026-11-22T10:00:00Z","lines":[{"item":"a","quantity":"1",)"
                     R"("unit_price":"100.00"}]}})";
  EXPECT_EQ(discount(Json::parse(price_case(exact, false))), "33.33");
}

TEST(PriceCase, WeighedGoodsTakePerUnitOffersByTheKilogram) {
  const auto meat = basket({weighed("meat", "0.836", "7.96")});  // 6.65
  EXPECT_EQ(discount(priced({promotion("p", "fixed_price", everything(), {{"price", "5.00"}})}, meat)), "2.47");
  EXPECT_EQ(discount(priced({promotion("p", "amount_off", everything(), {{"amount", "1.00"}})}, meat)), "0.84");
  EXPECT_EQ(discount(priced({promotion("p", "percent_off", everything(), {{"percent", 10}})}, meat)), "0.66");
  EXPECT_EQ(discount(priced({promotion("p", "nth_off", everything(), {{"count", 1}, {"percent", 50}})}, meat)), "0.00");
}

TEST(PriceCase, ThreeForTwoTakesTheCheapestAndSpreadsItOverAll) {
  const auto result = priced({promotion("p", "nth_off", everything(), {{"count", 3}, {"percent", 100}})},
                             basket({line("a", "1", "13.99"), line("b", "1", "13.99"), line("c", "1", "13.99")}));
  EXPECT_EQ(nets(result), "9.32 9.33 9.33");
}

TEST(PriceCase, RepeatsAsOftenAsTheGoodsAllow) {
  // Buy 17, get one: 34 pieces hold one free piece, 51 two, 54 three.
  const auto free = [](const std::string& pieces) {
    return discount(priced({promotion("p", "nth_off", everything(), {{"count", 18}, {"percent", 100}})},
                           basket({line("a", pieces, "1.00")})));
  };
  EXPECT_EQ(free("34"), "1.00");
  EXPECT_EQ(free("51"), "2.00");
  EXPECT_EQ(free("54"), "3.00");
}

TEST(PriceCase, BeatsTheGreedyChoice) {
  // The bundle alone saves most of any one application, but two offers on its parts save more together.
  const auto bundle = Json{{"id", "bundle"},
                           {"kind", "bundle"},
                           {"groups", {{{"scope", only({"a"})}, {"count", 1}}, {{"scope", only({"b"})}, {"count", 1}}}},
                           {"amount", "5.00"}};
  const auto result =
      priced({bundle, promotion("one", "multibuy", only({"a", "c"}), {{"count", 2}, {"price", "6.00"}}),
              promotion("two", "multibuy", only({"b", "d"}), {{"count", 2}, {"price", "6.00"}})},
             basket({line("a", "1", "5.00"), line("b", "1", "5.00"), line("c", "1", "5.00"), line("d", "1", "5.00")}));
  EXPECT_EQ(discount(result), "8.00");
}

TEST(PriceCase, AnApplicationNeverCosts) {
  EXPECT_EQ(discount(priced({promotion("p", "multibuy", everything(), {{"count", 3}, {"price", "10.00"}}),
                             promotion("q", "fixed_price", everything(), {{"price", "4.00"}})},
                            basket({line("a", "3", "3.00")}))),
            "0.00");
}

TEST(PriceCase, OfEqualSavingsTakesFewerApplicationsThenTheSmallerIds) {
  const auto goods = basket({line("a", "2", "5.00")});
  const auto off = [](const std::string& id) {
    return promotion(id, "amount_off", everything(), {{"amount", "1.00"}});
  };
  auto result = priced({off("a"), promotion("z", "multibuy", everything(), {{"count", 2}, {"price", "8.00"}})}, goods);
  EXPECT_EQ(result["lines"][0]["discounts"][0]["promotion"], "z");
  auto limited = off("b");
  limited["max_per_basket"] = 1;
  result = priced({off("c"), limited}, goods);
  EXPECT_EQ(result["lines"][0]["discounts"].dump(),
            R"([{"amount":"1.00","promotion":"b"},{"amount":"1.00","promotion":"c"}])");
}

TEST(PriceCase, LimitsCountApplications) {
  auto offer = promotion("p", "amount_off", everything(), {{"amount", "1.00"}});
  offer["max_per_basket"] = 2;
  EXPECT_EQ(discount(priced({offer}, basket({line("a", "5", "3.00")}))), "2.00");
}

TEST(PriceCase, AudienceAndScheduleDecide) {
  auto offer = promotion("p", "amount_off", everything(), {{"amount", "1.00"}});
  offer["audience"] = {{"members", true}};
  EXPECT_EQ(discount(priced({offer}, basket({line("a", "1", "3.00")}))), "0.00");
  EXPECT_EQ(discount(priced({offer}, basket({line("a", "1", "3.00")}, Json::object()))), "1.00");
  offer["audience"] = {{"tiers", {"gold"}}};
  EXPECT_EQ(discount(priced({offer}, basket({line("a", "1", "3.00")}, Json::object()))), "0.00");
  EXPECT_EQ(discount(priced({offer}, basket({line("a", "1", "3.00")}, {{"tier", "gold"}}))), "1.00");
  offer.erase("audience");
  const auto with_schedule = [&](const Json& schedule) {
    offer["schedule"] = schedule;
    return discount(priced({offer}, basket({line("a", "1", "3.00")})));
  };
  EXPECT_EQ(with_schedule({{"from", "2026-11-22"}, {"to", "2026-11-22"}}), "1.00");
  EXPECT_EQ(with_schedule({{"to", "2026-11-21"}}), "0.00");
  EXPECT_EQ(with_schedule({{"weekdays", {7}}}), "1.00");
  EXPECT_EQ(with_schedule({{"weekdays", {1, 2}}}), "0.00");
  EXPECT_EQ(with_schedule({{"hours", {"09:30", "10:00"}}}), "1.00");
  EXPECT_EQ(with_schedule({{"hours", {"08:00", "09:30"}}}), "0.00");
  EXPECT_EQ(with_schedule({{"hours", {"22:00", "10:00"}}}), "1.00");
}

TEST(PriceCase, ExclusionsTakeGoodsOutOfAScope) {
  const Json scope = {{"all", true}, {"exclude_items", {"b"}}};
  EXPECT_EQ(nets(priced({promotion("p", "percent_off", scope, {{"percent", 50}})},
                        basket({line("a", "1", "2.00"), line("b", "1", "2.00")}))),
            "1.00 2.00");
}

TEST(PriceCase, SpendsComeByPriorityOnWhatIsLeft) {
  auto ten = promotion("ten", "spend", everything(), {{"threshold", "50.00"}, {"percent", 10}});
  auto five = promotion("five", "spend", everything(), {{"threshold", "50.00"}, {"amount", "5.00"}});
  const auto goods = basket({line("a", "1", "52.00")});
  EXPECT_EQ(discount(priced({ten, five}, goods)), "5.00");  // five first, by id: 47.00 is below the threshold then
  ten["priority"] = -1;
  EXPECT_EQ(discount(priced({ten, five}, goods)), "5.20");
  const auto large = basket({line("a", "1", "60.00")});
  EXPECT_EQ(discount(priced({ten, five}, large)), "11.00");
  ten["exclusive"] = true;
  EXPECT_EQ(discount(priced({ten, five}, large)), "6.00");
}

TEST(PriceCase, SpendsRepeatOrTakeTheBestTier) {
  const auto goods = basket({line("a", "1", "305.00")});
  auto every = promotion("p", "spend", everything(), {{"threshold", "100.00"}, {"amount", "10.00"}, {"every", true}});
  EXPECT_EQ(discount(priced({every}, goods)), "30.00");
  every["max_per_basket"] = 2;
  EXPECT_EQ(discount(priced({every}, goods)), "20.00");
  const Json tiers = {{{"threshold", "100.00"}, {"amount", "40.00"}}, {{"threshold", "300.00"}, {"percent", 10}}};
  EXPECT_EQ(discount(priced({promotion("p", "spend", everything(), {{"tiers", tiers}})}, goods)), "40.00");
}

TEST(PriceCase, GoodsOnOfferCountUnlessExcluded) {
  const auto offer = promotion("item", "fixed_price", only({"a"}), {{"price", "9.00"}});
  auto spend = promotion("spend", "spend", everything(), {{"threshold", "15.00"}, {"amount", "3.00"}});
  const auto goods = basket({line("a", "1", "10.00"), line("b", "1", "10.00")});
  EXPECT_EQ(discount(priced({offer, spend}, goods)), "4.00");
  spend["excludes_offers"] = true;
  EXPECT_EQ(discount(priced({offer, spend}, goods)), "1.00");
}

TEST(PriceCase, AGiftDoesNotEarnItself) {
  const auto gift =
      promotion("gift", "gift", everything(), {{"when", {{"threshold", "50.00"}}}, {"item", "mug"}, {"price", "1.00"}});
  EXPECT_EQ(discount(priced({gift}, basket({line("a", "1", "45.00"), line("mug", "1", "20.00")}))), "0.00");
  EXPECT_EQ(nets(priced({gift}, basket({line("a", "1", "50.00"), line("mug", "2", "20.00")}))), "50.00 21.00");
}

TEST(PriceCase, MemberPercentsSkipLinesOnOfferUnlessTheyStack) {
  auto member = promotion("m", "percent_off", everything(), {{"percent", 5}, {"layer", "member"}});
  member["audience"] = {{"members", true}};
  const auto offer = promotion("p", "fixed_price", only({"a"}), {{"price", "9.00"}});
  const auto goods = basket({line("a", "1", "10.00"), line("b", "1", "10.00")}, Json::object());
  EXPECT_EQ(nets(priced({member, offer}, goods)), "9.00 9.50");
  member["stacks"] = true;
  EXPECT_EQ(nets(priced({member, offer}, goods)), "8.55 9.50");
}

TEST(PriceCase, RefundLinesTakePartInNothing) {
  const auto result = priced({promotion("p", "nth_off", everything(), {{"count", 2}, {"percent", 50}}),
                              promotion("s", "spend", everything(), {{"threshold", "1.00"}, {"amount", "1.00"}})},
                             basket({line("a", "-2", "10.00"), line("b", "1", "4.00")}));
  EXPECT_EQ(nets(result), "-20.00 3.00");
}

TEST(PriceCase, ExplainsWhatWasNearlyReached) {
  const auto result = priced({promotion("three", "nth_off", only({"a"}), {{"count", 3}, {"percent", 100}}),
                              promotion("spend", "spend", everything(), {{"threshold", "25.00"}, {"amount", "5.00"}})},
                             basket({line("a", "2", "10.00")}), true);
  EXPECT_EQ(result["near_misses"].dump(), R"([{"kind":"nth_off","missing_pieces":1,"promotion":"three"},)"
                                          R"({"kind":"spend","missing_amount":"5.00","promotion":"spend"}])");
}

TEST(PriceCase, ManyPiecesOfOneLineAreNoTrouble) {
  const auto result = priced({promotion("p", "nth_off", everything(), {{"count", 3}, {"percent", 100}}),
                              promotion("q", "multibuy", everything(), {{"count", 4}, {"price", "2.50"}})},
                             basket({line("a", "9999", "1.00")}));
  EXPECT_EQ(result.at("optimal"), true);
  EXPECT_EQ(discount(result), "3749.50");  // 2499 times four for 2.50, and three for two
}

}  // namespace
}  // namespace lanekeeper::pricing
