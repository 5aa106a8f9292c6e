#include "base/time.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <optional>

#include <fmt/format.h>

namespace lanekeeper {
namespace {

constexpr std::int64_t ms_per_day = 86'400'000;
constexpr std::int64_t ms_per_minute = 60'000;
constexpr int min_utc_offset_min = -720;
constexpr int max_utc_offset_min = 840;
constexpr std::int64_t first_day = -719'162;  // 0001-01-01
constexpr std::int64_t last_day = 2'932'896;  // 9999-12-31

std::int64_t floor_div(std::int64_t a, std::int64_t b) {
  return a / b - (a % b < 0 ? 1 : 0);
}

std::int64_t local_ms(const ZonedTime& time) {
  return time.instant.unix_ms + time.utc_offset_min * ms_per_minute;
}

std::int64_t ms_of_day(const ZonedTime& time) {
  const auto ms = local_ms(time);
  return ms - floor_div(ms, ms_per_day) * ms_per_day;
}

// Reads one fixed form from the left.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  std::optional<int> digits(std::size_t count) {
    if (rest_.size() < count) return std::nullopt;
    int value = 0;
    for (const char c : rest_.substr(0, count)) {
      if (c < '0' || c > '9') return std::nullopt;
      value = value * 10 + (c - '0');
    }
    rest_.remove_prefix(count);
    return value;
  }
  bool literal(char expected) {
    if (rest_.empty() || rest_.front() != expected) return false;
    rest_.remove_prefix(1);
    return true;
  }
  // ".123456" -> 123; nothing there -> 0. Digits beyond the third are dropped.
  std::optional<int> fraction_ms() {
    if (!literal('.')) return 0;
    std::size_t count = 0;
    int value = 0;
    while (!rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9') {
      if (count < 3) value = value * 10 + (rest_.front() - '0');
      ++count;
      rest_.remove_prefix(1);
    }
    if (count == 0 || count > 9) return std::nullopt;
    for (auto i = count; i < 3; ++i) value *= 10;
    return value;
  }
  std::optional<int> utc_offset_min() {
    if (literal('Z')) return 0;
    const bool negative = !rest_.empty() && rest_.front() == '-';
    if (!negative && (rest_.empty() || rest_.front() != '+')) return std::nullopt;
    rest_.remove_prefix(1);
    const auto hours = digits(2);
    if (!hours || !literal(':')) return std::nullopt;
    const auto minutes = digits(2);
    if (!minutes || *minutes > 59) return std::nullopt;
    const int offset = (negative ? -1 : 1) * (*hours * 60 + *minutes);
    if (offset < min_utc_offset_min || offset > max_utc_offset_min) return std::nullopt;
    return offset;
  }
  [[nodiscard]] bool at_end() const { return rest_.empty(); }

 private:
  std::string_view rest_;
};

std::optional<Date> read_date(Reader& reader) {
  const auto year = reader.digits(4);
  if (!year || !reader.literal('-')) return std::nullopt;
  const auto month = reader.digits(2);
  if (!month || !reader.literal('-')) return std::nullopt;
  const auto day = reader.digits(2);
  if (!day || *year < 1900) return std::nullopt;
  const std::chrono::year_month_day ymd{std::chrono::year(*year), std::chrono::month(static_cast<unsigned>(*month)),
                                        std::chrono::day(static_cast<unsigned>(*day))};
  if (!ymd.ok()) return std::nullopt;
  return Date{*year, *month, *day};
}

std::optional<ZonedTime> read_zoned(std::string_view text) {
  Reader reader(text);
  const auto date = read_date(reader);
  if (!date || !reader.literal('T')) return std::nullopt;
  const auto hour = reader.digits(2);
  if (!hour || *hour > 23 || !reader.literal(':')) return std::nullopt;
  const auto minute = reader.digits(2);
  if (!minute || *minute > 59 || !reader.literal(':')) return std::nullopt;
  const auto second = reader.digits(2);
  if (!second || *second > 59) return std::nullopt;
  const auto fraction = reader.fraction_ms();
  if (!fraction) return std::nullopt;
  const auto offset = reader.utc_offset_min();
  if (!offset || !reader.at_end()) return std::nullopt;
  const std::int64_t seconds = (*hour * 60 + *minute) * 60 + *second;
  const auto ms = date->days_since_1970() * ms_per_day + seconds * 1000 + *fraction - *offset * ms_per_minute;
  return ZonedTime{Instant{ms}, *offset};
}

}  // namespace

Result<Date> Date::parse(std::string_view text) {
  Reader reader(text);
  const auto date = read_date(reader);
  if (!date || !reader.at_end()) {
    return fail("time.bad_date", "This is not a date. Write it as YYYY-MM-DD.",
                {{"value", std::string(text.substr(0, 40))}});
  }
  return *date;
}

// Days outside the years 1..9999 are held at the nearest day inside.
Date Date::from_days(std::int64_t days_since_1970) {
  const auto days = static_cast<int>(std::clamp(days_since_1970, first_day, last_day));
  const std::chrono::year_month_day ymd{std::chrono::sys_days{std::chrono::days{days}}};
  return Date{static_cast<int>(ymd.year()), static_cast<int>(static_cast<unsigned>(ymd.month())),
              static_cast<int>(static_cast<unsigned>(ymd.day()))};
}

std::int64_t Date::days_since_1970() const {
  const std::chrono::sys_days days = std::chrono::year(year) / std::chrono::month(static_cast<unsigned>(month)) /
                                     std::chrono::day(static_cast<unsigned>(day));
  return days.time_since_epoch().count();
}

int Date::iso_weekday() const {
  const auto days = days_since_1970() + 3;  // 1970-01-01 was a Thursday
  return static_cast<int>(days - floor_div(days, 7) * 7) + 1;
}

Date Date::plus_days(int days) const {
  return from_days(days_since_1970() + days);
}

std::string Date::to_string() const {
  return fmt::format("{:04}-{:02}-{:02}", year, month, day);
}

Result<ZonedTime> ZonedTime::parse(std::string_view text) {
  const auto time = read_zoned(text);
  if (!time) {
    return fail("time.bad_timestamp", "This is not a time. Write it as YYYY-MM-DDTHH:MM:SS+HH:MM.",
                {{"value", std::string(text.substr(0, 40))}});
  }
  return *time;
}

std::string ZonedTime::to_string() const {
  const auto offset = std::abs(utc_offset_min);
  return fmt::format("{}T{}.{:03}{}{:02}:{:02}", local_date().to_string(), local_time_hms(), ms_of_day(*this) % 1000,
                     utc_offset_min < 0 ? '-' : '+', offset / 60, offset % 60);
}

Date ZonedTime::local_date() const {
  return Date::from_days(floor_div(local_ms(*this), ms_per_day));
}

int ZonedTime::local_minute_of_day() const {
  return static_cast<int>(ms_of_day(*this) / ms_per_minute);
}

std::string ZonedTime::local_time_hms() const {
  const auto seconds = ms_of_day(*this) / 1000;
  return fmt::format("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
}

Date business_date(const ZonedTime& time, int day_start_minute) {
  const auto date = time.local_date();
  return time.local_minute_of_day() < day_start_minute ? date.plus_days(-1) : date;
}

}  // namespace lanekeeper
