#include "peripherals/weights.h"

#include "base/text.h"

namespace lanekeeper::till {

namespace {

constexpr std::size_t most_digits = 7;
constexpr std::int64_t nanograms_per_gram = 1'000'000'000;
constexpr std::int64_t nanograms_per_pound = 453'592'370'000;
constexpr std::int64_t nanograms_per_ounce = 28'349'523'125;

struct Decimal {
  std::int64_t digits = 0;
  std::int64_t divisor = 1;  // a power of ten
  bool negative = false;
};

std::string_view without_spaces_before(std::string_view text) {
  const auto at = text.find_first_not_of(' ');
  return at == std::string_view::npos ? std::string_view{} : text.substr(at);
}

std::optional<Decimal> parse_decimal(std::string_view text) {
  Decimal value;
  text = without_spaces_before(text);
  if (text.starts_with('-') || text.starts_with('+')) {
    value.negative = text.front() == '-';
    text = without_spaces_before(text.substr(1));
  }
  std::size_t digits = 0;
  bool point = false;
  for (const char c : text) {
    if (c == '.' && !point && digits > 0) {
      point = true;
      continue;
    }
    if (c < '0' || c > '9' || ++digits > most_digits) return std::nullopt;
    value.digits = value.digits * 10 + (c - '0');
    if (point) value.divisor *= 10;
  }
  if (digits == 0 || text.back() == '.') return std::nullopt;
  return value;
}

Quantity kilograms(Int128 nanograms, std::int64_t divisor, bool negative) {
  const auto grams = divide(nanograms, nanograms_per_gram * divisor, Rounding::half_up);
  return Quantity::of_milli(negative ? -grams : grams);
}

}  // namespace

std::optional<WeightUnit> weight_unit(std::string_view name) {
  const auto lower = to_lower_ascii(trim(name));
  if (lower == "kg") return WeightUnit::kilogram;
  if (lower == "g") return WeightUnit::gram;
  if (lower == "lb") return WeightUnit::pound;
  if (lower == "oz") return WeightUnit::ounce;
  return std::nullopt;
}

std::optional<Quantity> parse_weight(std::string_view text, WeightUnit unit) {
  const auto value = parse_decimal(text);
  if (!value) return std::nullopt;
  switch (unit) {
    case WeightUnit::pound:
      return kilograms(Int128{value->digits} * nanograms_per_pound, value->divisor, value->negative);
    case WeightUnit::ounce:
      return kilograms(Int128{value->digits} * nanograms_per_ounce, value->divisor, value->negative);
    case WeightUnit::kilogram:
    case WeightUnit::gram:
      break;
  }
  const std::int64_t thousandths = value->digits * (unit == WeightUnit::kilogram ? 1000 : 1);
  if (thousandths % value->divisor != 0) return std::nullopt;
  const auto grams = thousandths / value->divisor;
  return Quantity::of_milli(value->negative ? -grams : grams);
}

std::optional<Quantity> parse_pounds_ounces(std::string_view pounds, std::string_view ounces) {
  const auto whole = parse_decimal(pounds);
  const auto rest = parse_decimal(ounces);
  if (!whole || !rest || whole->divisor != 1 || rest->negative) return std::nullopt;
  const auto together =
      Int128{whole->digits} * nanograms_per_pound * rest->divisor + Int128{rest->digits} * nanograms_per_ounce;
  return kilograms(together, rest->divisor, whole->negative);
}

ScaleReading reading_of(Quantity gross, bool moving) {
  using State = ScaleReading::State;
  if (gross.milli() < 0) return {State::under_zero, {}};
  if (moving) return {State::moving, gross};
  if (gross.milli() == 0) return {State::zero, {}};
  return {State::stable, gross};
}

}  // namespace lanekeeper::till
