#include "net/http_date.h"

#include <array>

#include <fmt/format.h>

namespace lanekeeper::net {

namespace {

constexpr std::array<std::string_view, 7> weekdays = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
constexpr std::array<std::string_view, 12> months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
constexpr std::size_t length = 29;
constexpr std::int64_t day_s = 24 * 60 * 60;

std::optional<int> digits(std::string_view text) {
  int value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

}  // namespace

std::string http_date(Instant at) {
  const ZonedTime utc{at, 0};
  const Date date = utc.local_date();
  return fmt::format("{}, {:02} {} {:04} {} GMT", weekdays[static_cast<std::size_t>(date.iso_weekday() - 1)], date.day,
                     months[static_cast<std::size_t>(date.month - 1)], date.year, utc.local_time_hms());
}

std::optional<Instant> parse_http_date(std::string_view text) {
  if (text.size() != length || !text.ends_with(" GMT")) return std::nullopt;
  const auto day = digits(text.substr(5, 2));
  const auto year = digits(text.substr(12, 4));
  const auto hour = digits(text.substr(17, 2));
  const auto minute = digits(text.substr(20, 2));
  const auto second = digits(text.substr(23, 2));
  int month = 0;
  while (month < 12 && months[static_cast<std::size_t>(month)] != text.substr(8, 3)) ++month;
  if (!day || !year || !hour || !minute || !second || month == 12) return std::nullopt;
  const auto date = Date::parse(fmt::format("{:04}-{:02}-{:02}", *year, month + 1, *day));
  if (!date || *hour > 23 || *minute > 59 || *second > 60) return std::nullopt;
  const std::int64_t of_day = (*hour * 60 + *minute) * 60 + *second;
  const Instant read{(date->days_since_1970() * day_s + of_day) * 1000};
  if (*second < 60 && http_date(read) != text) return std::nullopt;
  return read;
}

}  // namespace lanekeeper::net
