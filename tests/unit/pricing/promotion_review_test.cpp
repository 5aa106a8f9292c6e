// What a review says about offers that are right in themselves and may still not be meant.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "pricing/price_case.h"
#include "pricing/promotion_json.h"
#include "pricing/promotion_review.h"

namespace lanekeeper::pricing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const std::vector<ReviewGoods> goods = {
    {"cola", "drinks", "可口可乐", Money::of_minor(300)},
    {"juice", "drinks", "汇源", Money::of_minor(650)},
    {"bread", "bakery", "", Money::of_minor(890)},
    {"unpriced", "bakery", "", std::nullopt},
};

// "code promotion", errors with a "!".
std::vector<std::string> findings(const std::string& definitions) {
  const auto parsed = exact_json::parse("[" + definitions + "]");
  auto promotions = read_promotions(parsed.value(), {});
  if (!promotions) return {"unreadable: " + promotions.error().code + " at " + place_of(promotions.error())};
  for (auto& promotion : *promotions) {
    if (promotion.name.empty()) promotion.name = "a name";
    if (promotion.name == "none") promotion.name.clear();
  }
  std::vector<std::string> out;
  for (const auto& finding : review(*promotions, goods, Date{2026, 11, 22})) {
    const bool error = finding.severity == Finding::Severity::error;
    out.push_back(finding.what.code + " " + finding.promotion + (error ? "!" : ""));
  }
  return out;
}

TEST(PromotionReview, GoodOffersAreLeftAlone) {
  EXPECT_THAT(findings(R"({"id":"a","kind":"percent_off","percent":10,"scope":{"brands":["可口可乐"]}},
                  {"id":"b","kind":"multibuy","count":3,"price":"10.00","scope":{"categories":["drinks"]}},
                  {"id":"c","kind":"fixed_price","price":"2.50","scope":{"items":["cola"]},
                   "schedule":{"from":"2026-11-01","to":"2026-11-22"}},
                  {"id":"d","kind":"bundle","groups":[{"scope":{"items":["bread"]},"count":1},
                                                      {"scope":{"items":["cola"]},"count":2}],"price":"12.00"})"),
              IsEmpty());
}

TEST(PromotionReview, AnOfferWithoutGoodsIsAnError) {
  EXPECT_THAT(findings(R"({"id":"a","kind":"percent_off","percent":10,"scope":{"categories":["toys"]}})"),
              ElementsAre("promotion.empty_scope a!"));
  EXPECT_THAT(findings(R"({"id":"a","kind":"percent_off","percent":10,
                           "scope":{"categories":["bakery"],"exclude_items":["bread","unpriced"]}})"),
              ElementsAre("promotion.empty_scope a!"));
  EXPECT_THAT(findings(R"({"id":"a","kind":"bundle","groups":[{"scope":{"items":["bread"]},"count":1},
                           {"scope":{"items":["no"]},"count":1}],"percent":10})"),
              ElementsAre("promotion.empty_scope a!"));
}

TEST(PromotionReview, GoodsThatAreNotThereAreNamed) {
  EXPECT_THAT(findings(R"({"id":"a","kind":"percent_off","percent":10,"scope":{"items":["cola","tea"]}})"),
              ElementsAre("promotion.unknown_item a"));
  EXPECT_THAT(findings(R"({"id":"a","kind":"gift","when":{"threshold":"50.00"},"item":"tea","price":"0.00",
                           "scope":{"all":true}})"),
              ElementsAre("promotion.unknown_gift a!"));
}

TEST(PromotionReview, OffersThatSaveNothingAreNamed) {
  EXPECT_THAT(findings(R"({"id":"a","kind":"fixed_price","price":"3.00","scope":{"categories":["drinks"]}})"),
              ElementsAre("promotion.above_regular a"));
  EXPECT_THAT(findings(R"({"id":"a","kind":"multibuy","count":2,"price":"13.00","scope":{"categories":["drinks"]}})"),
              ElementsAre("promotion.never_saves a"));
  EXPECT_THAT(findings(R"({"id":"a","kind":"bundle","groups":[{"scope":{"items":["cola"]},"count":2}],
                           "price":"6.00"})"),
              ElementsAre("promotion.never_saves a"));
}

TEST(PromotionReview, StepsThatNeverCountAreNamed) {
  EXPECT_THAT(findings(R"({"id":"a","kind":"spend","scope":{"all":true},"tiers":[
                           {"threshold":"50.00","amount":"10.00"},{"threshold":"100.00","amount":"8.00"}]})"),
              ElementsAre("promotion.tier_never_counts a"));
}

TEST(PromotionReview, WhatEndedIsNamed) {
  EXPECT_THAT(findings(R"({"id":"a","kind":"percent_off","percent":10,"scope":{"all":true},
                           "schedule":{"to":"2026-11-21"}})"),
              ElementsAre("promotion.past a"));
}

TEST(PromotionReview, ExclusiveOffersThatMeetAreNamed) {
  const std::string first = R"({"id":"a","kind":"spend","threshold":"50.00","amount":"5.00","exclusive":true,
                                "scope":{"categories":["drinks"]})";
  const std::string second = R"({"id":"b","kind":"spend","threshold":"80.00","amount":"9.00","exclusive":true,)";
  EXPECT_THAT(findings(first + "}," + second + R"("scope":{"items":["juice"]}})"),
              ElementsAre("promotion.exclusive_overlap b"));
  EXPECT_THAT(findings(first + "}," + second + R"("scope":{"items":["bread"]}})"), IsEmpty());
  EXPECT_THAT(findings(first + R"(,"schedule":{"weekdays":[1,2]}},)" + second +
                       R"("scope":{"all":true},"schedule":{"weekdays":[6]}})"),
              IsEmpty());
}

TEST(PromotionReview, ExclusiveOffersAtOtherHoursDoNotMeet) {
  const std::string first = R"({"id":"a","kind":"spend","threshold":"50.00","amount":"5.00","exclusive":true,
                                "scope":{"all":true},"schedule":{"hours":)";
  const std::string second = R"({"id":"b","kind":"spend","threshold":"80.00","amount":"9.00","exclusive":true,
                                 "scope":{"all":true},"schedule":{"hours":)";
  const auto with = [&](const std::string& one, const std::string& other) {
    return findings(first + one + "}}," + second + other + "}}");
  };
  EXPECT_THAT(with(R"(["08:00","10:00"])", R"(["10:00","12:00"])"), IsEmpty());
  EXPECT_THAT(with(R"(["08:00","10:01"])", R"(["10:00","12:00"])"), ElementsAre("promotion.exclusive_overlap b"));
  EXPECT_THAT(with(R"(["22:00","06:00"])", R"(["05:00","12:00"])"), ElementsAre("promotion.exclusive_overlap b"));
  EXPECT_THAT(with(R"(["22:00","06:00"])", R"(["06:00","22:00"])"), IsEmpty());
}

TEST(PromotionReview, NamesAndNumbersAreLookedAt) {
  EXPECT_THAT(findings(R"({"id":"@manual","kind":"percent_off","percent":10,"scope":{"all":true}})"),
              ElementsAre("promotion.reserved_id @manual!"));
  EXPECT_THAT(findings(R"({"id":"a","name":"none","kind":"percent_off","percent":10,"scope":{"all":true}})"),
              ElementsAre("promotion.no_name a"));
}

TEST(PromotionReview, OffersThatNeverComeAreNamed) {
  const auto with_schedule = [](const std::string& schedule) {
    return findings(R"({"id":"a","kind":"percent_off","percent":10,"scope":{"all":true},"schedule":)" + schedule + "}");
  };
  // 23 November 2026 is a Monday.
  EXPECT_THAT(with_schedule(R"({"from":"2026-11-23","to":"2026-11-24","weekdays":[3,7]})"),
              ElementsAre("promotion.never_live a"));
  EXPECT_THAT(with_schedule(R"({"from":"2026-11-23","to":"2026-11-24","weekdays":[2]})"), IsEmpty());
  EXPECT_THAT(with_schedule(R"({"from":"2026-11-23","to":"2026-11-29","weekdays":[7]})"), IsEmpty());
}

TEST(PromotionReview, ThresholdsThatNobodyReachesAreNamed) {
  EXPECT_THAT(findings(R"({"id":"a","kind":"spend","threshold":"1000000.01","amount":"5.00","scope":{"all":true}})"),
              ElementsAre("promotion.unreachable a"));
  EXPECT_THAT(findings(R"({"id":"a","kind":"gift","when":{"threshold":"2000000.00"},"item":"cola","price":"0.00",
                           "scope":{"all":true}})"),
              ElementsAre("promotion.unreachable a"));
  EXPECT_THAT(findings(R"({"id":"a","kind":"nth_off","count":1001,"percent":50,"scope":{"all":true}})"),
              ElementsAre("promotion.unreachable a"));
}

TEST(PromotionReview, SlipsOfTheKeyboardAreNamed) {
  EXPECT_THAT(findings(R"({"id":"a","kind":"spend","threshold":"50.00","amount":"50.00","scope":{"all":true}})"),
              ElementsAre("promotion.gives_away a"));
  EXPECT_THAT(findings(R"({"id":"a","kind":"spend","threshold":"50.00","percent":0,"scope":{"all":true}})"),
              ElementsAre("promotion.never_saves a"));
  EXPECT_THAT(findings(R"({"id":"a","kind":"gift","when":{"count":2},"item":"cola","price":"3.00",
                           "scope":{"all":true}})"),
              ElementsAre("promotion.never_saves a"));
}

std::string coupon(const std::string& id, const std::string& codes, const std::string& more = "") {
  return R"({"id":")" + id + R"(","kind":"spend","layer":"coupon","threshold":"0.00","amount":"5.00",)" +
         R"("scope":{"all":true},"coupon":{)" + codes + "}" + more + "}";
}

TEST(PromotionReview, CodesThatLookLikeOthersAreNamed) {
  const auto serial = [](const std::string& prefix, int length) {
    return findings(coupon("a", R"("serial_prefix":")" + prefix + R"(","serial_length":)" + std::to_string(length)));
  };
  for (const auto* prefix : {"02", "20", "2", "29", "0", "2123"}) {
    EXPECT_THAT(serial(prefix, 13), ElementsAre("promotion.code_clash a")) << prefix;
  }
  for (const auto* prefix : {"99", "01", "30", "690", "A2", "981"})
    EXPECT_THAT(serial(prefix, 13), IsEmpty()) << prefix;
  EXPECT_THAT(serial("13", 18), ElementsAre("promotion.code_clash a"));
  EXPECT_THAT(serial("30", 20), ElementsAre("promotion.code_clash a"));
  EXPECT_THAT(serial("28", 20), ElementsAre("promotion.code_clash a"));
  EXPECT_THAT(serial("13", 19), IsEmpty());
  EXPECT_THAT(findings(coupon("a", R"("codes":["X1","2112345000015"])")), ElementsAre("promotion.code_clash a"));
  EXPECT_THAT(findings(coupon("a", R"("codes":["2026"])")), IsEmpty());
}

TEST(PromotionReview, CodesOfTwoPromotionsAreNamed) {
  const std::string serial = R"("serial_prefix":"99","serial_length":6)";
  EXPECT_THAT(findings(coupon("a", R"("codes":["X","Y"])") + "," + coupon("b", R"("codes":["Y","X"])")),
              ElementsAre("promotion.coupon_shared b"));
  EXPECT_THAT(findings(coupon("a", R"("codes":["X"])") + "," + coupon("b", R"("codes":["x"])")), IsEmpty());
  EXPECT_THAT(findings(coupon("a", serial) + "," + coupon("b", R"("codes":["990001"])")),
              ElementsAre("promotion.coupon_shared b"));
  EXPECT_THAT(findings(coupon("a", R"("codes":["98","9900","990001"])") + "," + coupon("b", serial)),
              ElementsAre("promotion.coupon_shared b"));
  EXPECT_THAT(findings(coupon("a", R"("codes":["9900011"])") + "," + coupon("b", serial)), IsEmpty());
  EXPECT_THAT(findings(coupon("a", serial) + "," + coupon("b", R"("serial_prefix":"991","serial_length":6)")),
              ElementsAre("promotion.coupon_shared b"));
  EXPECT_THAT(findings(coupon("a", serial) + "," + coupon("b", R"("serial_prefix":"98","serial_length":6)")),
              IsEmpty());
  EXPECT_THAT(findings(coupon("a", R"("codes":["X"])", R"(,"schedule":{"to":"2026-12-31"})") + "," +
                       coupon("b", R"("codes":["X"])", R"(,"schedule":{"from":"2027-01-01"})")),
              IsEmpty());
}

}  // namespace
}  // namespace lanekeeper::pricing
