#include "base/time.h"

#include <gtest/gtest.h>

#include "base/system_clock.h"

namespace lanekeeper {
namespace {

TEST(Date, ParsesRealDaysOnly) {
  EXPECT_EQ(Date::parse("2026-11-22").value(), (Date{2026, 11, 22}));
  EXPECT_EQ(Date::parse("2024-02-29").value(), (Date{2024, 2, 29}));
  for (const auto* bad : {"2023-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "1899-12-31", "26-11-22", "2026-11-2",
                          "2026-11-22 ", "2026/11/22", "", "２026-11-22", "2026-11-22T00:00:00Z"}) {
    EXPECT_EQ(Date::parse(bad).error().code, "time.bad_date") << bad;
  }
}

TEST(Date, CountsDaysBothWays) {
  EXPECT_EQ((Date{1970, 1, 1}.days_since_1970()), 0);
  EXPECT_EQ((Date{2000, 3, 1}.days_since_1970()), 11017);
  EXPECT_EQ(Date::from_days(-1), (Date{1969, 12, 31}));
  EXPECT_EQ((Date{2026, 12, 31}.plus_days(1)), (Date{2027, 1, 1}));
  EXPECT_EQ((Date{2024, 3, 1}.plus_days(-1)), (Date{2024, 2, 29}));
  EXPECT_EQ(Date::from_days(INT64_MAX), (Date{9999, 12, 31}));
  EXPECT_EQ(Date::from_days(INT64_MIN), (Date{1, 1, 1}));
}

TEST(Date, KnowsItsWeekday) {
  EXPECT_EQ((Date{2026, 11, 22}.iso_weekday()), 7);
  EXPECT_EQ((Date{2026, 11, 23}.iso_weekday()), 1);
  EXPECT_EQ((Date{1969, 12, 29}.iso_weekday()), 1);
}

TEST(ZonedTime, ParsesAndPrints) {
  const auto time = ZonedTime::parse("2026-11-22T10:00:00.123+08:00").value();
  EXPECT_EQ(time.instant.unix_ms, 1795312800123);
  EXPECT_EQ(time.utc_offset_min, 480);
  EXPECT_EQ(time.to_string(), "2026-11-22T10:00:00.123+08:00");
  EXPECT_EQ(ZonedTime::parse("2026-11-22T02:00:00Z").value().to_string(), "2026-11-22T02:00:00.000+00:00");
  EXPECT_EQ(ZonedTime::parse("1969-12-31T23:59:59.5-05:30").value().to_string(), "1969-12-31T23:59:59.500-05:30");
  EXPECT_EQ(ZonedTime::parse("2026-11-22T10:00:00.123456789+08:00").value(), time);
}

TEST(ZonedTime, RefusesWhatIsNoTime) {
  for (const auto* bad :
       {"", "2026-11-22", "2026-11-22T10:00:00", "2026-11-22 10:00:00Z", "2026-11-22T24:00:00Z", "2026-11-22T10:60:00Z",
        "2026-11-22T10:00:60Z", "2026-11-22T10:00:00.Z", "2026-11-22T10:00:00+15:00", "2026-11-22T10:00:00-12:01",
        "2026-11-22T10:00:00+08", "2026-11-22T10:00:00Zx", "2026-02-30T10:00:00Z", "2026-11-22T10:00:00.1234567890Z"}) {
    EXPECT_EQ(ZonedTime::parse(bad).error().code, "time.bad_timestamp") << bad;
  }
}

TEST(ZonedTime, ShowsTheWallClockOfTheStore) {
  const auto time = ZonedTime::parse("2026-11-22T23:30:15Z").value();
  const ZonedTime in_china{time.instant, 480};
  EXPECT_EQ(in_china.local_date(), (Date{2026, 11, 23}));
  EXPECT_EQ(in_china.local_minute_of_day(), 7 * 60 + 30);
  EXPECT_EQ(in_china.local_time_hms(), "07:30:15");
  const ZonedTime before_1970{Instant{-1}, 0};
  EXPECT_EQ(before_1970.to_string(), "1969-12-31T23:59:59.999+00:00");
}

TEST(BusinessDate, ChangesAtTheStoresDayStart) {
  const auto at = [](std::string_view text) { return business_date(ZonedTime::parse(text).value(), 240); };
  EXPECT_EQ(at("2026-11-22T03:59:59.999+08:00"), (Date{2026, 11, 21}));
  EXPECT_EQ(at("2026-11-22T04:00:00+08:00"), (Date{2026, 11, 22}));
  EXPECT_EQ(at("2026-01-01T00:00:00+08:00"), (Date{2025, 12, 31}));
  EXPECT_EQ(business_date(ZonedTime::parse("2026-11-22T00:00:00+08:00").value(), 0), (Date{2026, 11, 22}));
}

TEST(SystemClock, TellsThePresent) {
  const auto now = SystemClock().now();
  EXPECT_GT(now.instant.unix_ms, 1'700'000'000'000);
  EXPECT_EQ(ZonedTime::parse(now.to_string()).value(), now);
}

}  // namespace
}  // namespace lanekeeper
