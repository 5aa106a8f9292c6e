#include "barcode/gs1_values.h"

#include <algorithm>
#include <array>

#include "barcode/gs1_code_lists.h"
#include "base/text.h"

namespace lanekeeper::barcode::gs1 {
namespace {

constexpr std::size_t date_length = 6;
constexpr std::size_t currency_length = 3;
constexpr std::size_t max_number_digits = 15;
constexpr int money_decimals = 2;
constexpr int kilogram_decimals = 3;

std::int64_t number(std::string_view digits) {
  std::int64_t value = 0;
  for (const char c : digits) value = value * 10 + (c - '0');
  return value;
}

std::int64_t power_of_ten(int exponent) {
  std::int64_t value = 1;
  for (; exponent > 0; --exponent) value *= 10;
  return value;
}

std::optional<Date> real_day(int year, int month, int day) {
  if (day == 0) {
    const Date next = month == 12 ? Date{year + 1, 1, 1} : Date{year, month + 1, 1};
    return next.plus_days(-1);
  }
  const Date date{year, month, day};
  return Date::from_days(date.days_since_1970()) == date ? std::optional(date) : std::nullopt;
}

bool has_date(const Component& component) {
  return std::any_of(std::begin(component.checks), std::end(component.checks), [](Check check) {
    return check == Check::yymmdd || check == Check::yymmd0 || check == Check::yyyymmdd || check == Check::yyyymmd0;
  });
}

bool has_currency(std::string_view ai) {
  return ai.size() == 4 && (ai.starts_with("391") || ai.starts_with("393"));
}

std::string_view digits_of(const Element& element) {
  const std::string_view value = element.value;
  return has_currency(element.ai) ? value.substr(std::min(currency_length, value.size())) : value;
}

bool is_number(std::string_view digits) {
  return digits.size() <= max_number_digits && is_ascii_digits(digits);
}

}  // namespace

std::optional<Date> resolve_date(std::string_view yymmdd, const Date& today) {
  if (yymmdd.size() != date_length || run_check(Check::yymmd0, yymmdd)) return {};
  const int in_century = static_cast<int>(number(yymmdd.substr(0, 2)));
  const int century = today.year - today.year % 100;
  const int ahead = in_century - today.year % 100;
  int year = century + in_century;
  if (ahead >= 51) year -= 100;
  if (ahead <= -50) year += 100;
  return real_day(year, static_cast<int>(number(yymmdd.substr(2, 2))), static_cast<int>(number(yymmdd.substr(4))));
}

bool begins_with_date(const AiSpec& spec) {
  return has_date(components_of(spec).front());
}

std::optional<Date> date_of(const Element& element, const Date& today) {
  const auto* spec = find_spec(element.ai);
  if (spec == nullptr || !begins_with_date(*spec)) return {};
  const auto length = components_of(*spec).front().max;
  const auto text = std::string_view(element.value).substr(0, length);
  if (length == date_length) return resolve_date(text, today);
  if (text.size() != length || run_check(Check::yyyymmd0, text)) return {};
  return real_day(static_cast<int>(number(text.substr(0, 4))), static_cast<int>(number(text.substr(4, 2))),
                  static_cast<int>(number(text.substr(6))));
}

std::optional<int> decimals_of(std::string_view ai) {
  const auto* spec = find_spec(ai);
  const bool measure = ai.size() == 4 && ai[0] == '3' && spec != nullptr;
  if (!measure) return {};
  return ai.back() - '0';
}

std::optional<std::string> number_of(const Element& element) {
  const auto decimals = decimals_of(element.ai);
  const auto digits = digits_of(element);
  if (!decimals || !is_number(digits)) return {};
  const auto scale = power_of_ten(*decimals);
  const auto value = number(digits);
  std::string out = std::to_string(value / scale);
  if (*decimals == 0) return out;
  const auto fraction = std::to_string(value % scale);
  out.append(1, '.').append(static_cast<std::size_t>(*decimals) - fraction.size(), '0').append(fraction);
  return out;
}

std::string_view currency_of(const Element& element) {
  if (!has_currency(element.ai)) return {};
  return currency_alpha3(std::string_view(element.value).substr(0, currency_length));
}

std::optional<Money> money_of(const Element& element) {
  const auto decimals = decimals_of(element.ai);
  const auto digits = digits_of(element);
  const bool price = element.ai.starts_with("39") && !element.ai.starts_with("394");
  if (!decimals || !price || !is_number(digits)) return {};
  const auto value = number(digits);
  if (*decimals > money_decimals) {
    const auto scale = power_of_ten(*decimals - money_decimals);
    return value % scale == 0 ? std::optional(Money::of_minor(value / scale)) : std::nullopt;
  }
  const auto scale = power_of_ten(money_decimals - *decimals);
  if (value > Money::limit().minor() / scale) return {};
  return Money::of_minor(value * scale);
}

std::optional<Quantity> kilograms_of(const Element& element) {
  const auto decimals = decimals_of(element.ai);
  if (!decimals || !element.ai.starts_with("310") || !is_number(element.value)) return {};
  const auto value = number(element.value);
  if (*decimals > kilogram_decimals) {
    return Quantity::of_milli(divide(value, power_of_ten(*decimals - kilogram_decimals), Rounding::half_up));
  }
  return Quantity::of_milli(value * power_of_ten(kilogram_decimals - *decimals));
}

}  // namespace lanekeeper::barcode::gs1
