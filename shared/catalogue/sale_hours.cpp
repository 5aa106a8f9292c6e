#include "catalogue/sale_hours.h"

#include <optional>
#include <utility>

#include "base/text.h"

namespace lanekeeper::catalogue {
namespace {

constexpr std::int64_t minutes_a_day = 24 * 60;

std::string two_digits(std::int64_t number) {
  return (number < 10 ? "0" : "") + std::to_string(number);
}

void replace_all(std::string& text, std::string_view what, std::string_view by) {
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size())) {
    text.replace(at, what.size(), by);
  }
}

// Lower than 100; nullopt: not one or two digits.
std::optional<std::int64_t> small_number(std::string_view text) {
  if (text.empty() || text.size() > 2 || !is_ascii_digits(text)) return std::nullopt;
  return std::stoll(std::string(text));
}

// Up to 24:00, the end of the day.
std::optional<std::int64_t> minute_of(std::string_view text) {
  text = trim(text);
  const auto colon = text.find(':');
  if (colon == std::string_view::npos || text.size() - colon != 3) return std::nullopt;
  const auto hour = small_number(text.substr(0, colon));
  const auto minute = small_number(text.substr(colon + 1));
  if (!hour || !minute || *minute > 59 || *hour * 60 + *minute > minutes_a_day) return std::nullopt;
  return *hour * 60 + *minute;
}

}  // namespace

std::string minute_text(std::int64_t minute) {
  return two_digits(minute / 60) + ":" + two_digits(minute % 60);
}

std::string to_text(const SaleHours& hours) {
  return minute_text(hours.from_minute) + "-" + minute_text(hours.to_minute);
}

Result<SaleHours> parse_sale_hours(std::string_view text) {
  std::string plain(trim(text));
  for (const std::string_view colon : {"：", "∶"}) replace_all(plain, colon, ":");
  for (const std::string_view dash : {"–", "—", "－", "~", "～", "〜", "至", "到"}) replace_all(plain, dash, "-");
  const auto dash = plain.find('-');
  const auto from = minute_of(std::string_view(plain).substr(0, dash));
  const auto to = dash == std::string::npos ? std::nullopt : minute_of(std::string_view(plain).substr(dash + 1));
  if (from && to && *from < minutes_a_day && *from != *to % minutes_a_day) {
    return SaleHours{*from, *to % minutes_a_day};
  }
  return fail("item.bad_sale_hours", "Write the hours of sale like 08:00-22:00, two different times of the day.",
              {{"value", std::string(text)}});
}

}  // namespace lanekeeper::catalogue
