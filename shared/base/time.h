// Time as values. Pure code receives time as an argument; only the programs' edges own a Clock.
//
// Instant: milliseconds since 1970-01-01T00:00:00Z (leap seconds ignored, as in POSIX).
// ZonedTime: an instant and the offset of the store's wall clock at that instant, so that a receipt printed years ago
// still shows the hour the customer saw. Range of offsets: -720 .. +840 minutes.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/error.h"

namespace lanekeeper {

struct Instant {
  std::int64_t unix_ms = 0;
  auto operator<=>(const Instant&) const = default;
};

struct Date {
  int year = 1970;
  int month = 1;  // 1..12
  int day = 1;    // 1..31
  auto operator<=>(const Date&) const = default;

  // "2026-11-22"; time.bad_date when it is not a real day of years 1900..9999.
  [[nodiscard]] static Result<Date> parse(std::string_view text);
  [[nodiscard]] static Date from_days(std::int64_t days_since_1970);
  [[nodiscard]] std::int64_t days_since_1970() const;
  [[nodiscard]] int iso_weekday() const;  // Monday = 1 .. Sunday = 7
  [[nodiscard]] Date plus_days(int days) const;
  [[nodiscard]] std::string to_string() const;
};

struct ZonedTime {
  Instant instant;
  int utc_offset_min = 0;
  auto operator<=>(const ZonedTime&) const = default;

  // ISO 8601 with offset: "2026-11-22T10:00:00.123+08:00" (fraction optional, "Z" accepted). time.bad_timestamp.
  [[nodiscard]] static Result<ZonedTime> parse(std::string_view text);
  [[nodiscard]] std::string to_string() const;  // always milliseconds and a numeric offset
  [[nodiscard]] Date local_date() const;
  [[nodiscard]] int local_minute_of_day() const;     // 0..1439
  [[nodiscard]] std::string local_time_hms() const;  // "10:00:00"
};

// The business date of a moment: the local date, moved back a day before the store's day-start (say 04:00 = 240).
[[nodiscard]] Date business_date(const ZonedTime& time, int day_start_minute);

// Where time comes from at the edges. Thread-safe.
class Clock {
 public:
  virtual ~Clock() = default;
  [[nodiscard]] virtual ZonedTime now() const = 0;
};

}  // namespace lanekeeper
