// Which published set is in force when.
#include "pricing/promotion_calendar.h"

#include <gtest/gtest.h>

#include "samples.h"

namespace lanekeeper::pricing {
namespace {

constexpr std::int64_t hour_ms = 3'600'000;

PromotionCalendar::Edition edition(std::int64_t version, std::int64_t hour) {
  Promotion promotion;
  promotion.id = "v" + std::to_string(version);
  promotion.scope.all = true;
  promotion.offer = PercentOff{Rate::of_per_10k(100 * version), false};
  return {Instant{hour * hour_ms}, PromotionIndex::compile({promotion}, version).value()};
}
std::int64_t in_force(const PromotionCalendar& calendar, std::int64_t at_ms) {
  return calendar.in_force(Instant{at_ms}).version();
}

TEST(PromotionCalendar, WithoutEditionsThereIsTheEmptySet) {
  const PromotionCalendar none;
  EXPECT_TRUE(none.in_force(Instant{0}).empty());
  ASSERT_NE(none.version(0), nullptr);
  EXPECT_TRUE(none.version(0)->empty());
  EXPECT_EQ(none.version(1), nullptr);
  EXPECT_EQ(none.next_change(Instant{0}), std::nullopt);
}

TEST(PromotionCalendar, TheLatestThatHasComeIsInForce) {
  const PromotionCalendar calendar({edition(3, 30), edition(1, 10), edition(2, 20)});
  EXPECT_EQ(in_force(calendar, 10 * hour_ms - 1), 0);
  EXPECT_EQ(in_force(calendar, 10 * hour_ms), 1);
  EXPECT_EQ(in_force(calendar, 30 * hour_ms - 1), 2);
  EXPECT_EQ(in_force(calendar, 99 * hour_ms), 3);
  EXPECT_EQ(calendar.next_change(Instant{0}), Instant{10 * hour_ms});
  EXPECT_EQ(calendar.next_change(Instant{10 * hour_ms}), Instant{20 * hour_ms});
  EXPECT_EQ(calendar.next_change(Instant{30 * hour_ms}), std::nullopt);
}

TEST(PromotionCalendar, OfTwoOfOneMomentTheNewerCounts) {
  // Version 5 takes back version 4 before its hour.
  const PromotionCalendar calendar({edition(5, 20), edition(4, 20), edition(3, 10)});
  EXPECT_EQ(in_force(calendar, 20 * hour_ms), 5);
}

TEST(PromotionCalendar, EveryEditionIsFoundByItsVersion) {
  const PromotionCalendar calendar({edition(1, 10), edition(2, 20)});
  ASSERT_NE(calendar.version(1), nullptr);
  EXPECT_NE(calendar.version(1)->find("v1"), nullptr);
  EXPECT_EQ(calendar.version(1)->find("v2"), nullptr);
  EXPECT_EQ(calendar.version(3), nullptr);
}

}  // namespace
}  // namespace lanekeeper::pricing
