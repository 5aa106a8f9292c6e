// What a review says about offers that are right in themselves and may still not be meant.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

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
  const auto promotions = read_promotions(parsed.value(), {});
  if (!promotions) return {"unreadable: " + promotions.error().code};
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

}  // namespace
}  // namespace lanekeeper::pricing
