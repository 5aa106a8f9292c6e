#include "money/money.h"

#include <algorithm>

#include "base/text.h"

namespace lanekeeper {
namespace {

constexpr std::int64_t quantity_limit_milli = 1'000'000'000'000;  // 1,000,000,000 units
constexpr std::int64_t rate_limit_per_10k = 100'000;              // 1000 %
constexpr std::size_t longest_number = 40;                        // characters; leading zeros, but not for ever

[[noreturn]] void overflow() {
  throw Fault("money.overflow", "an amount left the range of 64 bits");
}

std::int64_t narrow(Int128 value) {
  if (value > INT64_MAX || value < INT64_MIN) overflow();
  return static_cast<std::int64_t>(value);
}

Int128 magnitude(Int128 value) {
  return value < 0 ? -value : value;
}

enum class Unreadable { malformed, too_large };

// "-12.5" with up to `decimals` digits after the point, as an integer of 10^-decimals. |result| <= limit.
tl::expected<std::int64_t, Unreadable> read_decimal(std::string_view text, int decimals, std::int64_t limit) {
  if (text.size() > longest_number) return tl::unexpected(Unreadable::malformed);
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  const auto point = text.find('.');
  const auto whole = text.substr(0, point);
  if (!is_ascii_digits(whole)) return tl::unexpected(Unreadable::malformed);
  std::string_view fraction;
  if (point != std::string_view::npos) {
    fraction = text.substr(point + 1);
    if (!is_ascii_digits(fraction) || fraction.size() > static_cast<std::size_t>(decimals)) {
      return tl::unexpected(Unreadable::malformed);
    }
  }
  Int128 value = 0;
  const auto add_digit = [&](int digit) { value = std::min<Int128>(value * 10 + digit, Int128{limit} + 1); };
  for (const char c : whole) add_digit(c - '0');
  for (std::size_t i = 0; i < static_cast<std::size_t>(decimals); ++i) {
    add_digit(i < fraction.size() ? fraction[i] - '0' : 0);
  }
  if (value > limit) return tl::unexpected(Unreadable::too_large);
  return static_cast<std::int64_t>(negative ? -value : value);
}

// value * 10^-decimals with exactly that many decimals.
std::string write_decimal(std::int64_t value, int decimals) {
  const bool negative = value < 0;
  // Through unsigned arithmetic, so that the smallest value has a magnitude too.
  auto digits = std::to_string(negative ? 0 - static_cast<std::uint64_t>(value) : static_cast<std::uint64_t>(value));
  const auto shortest = static_cast<std::size_t>(decimals) + 1;
  if (digits.size() < shortest) digits.insert(0, shortest - digits.size(), '0');
  digits.insert(digits.size() - static_cast<std::size_t>(decimals), 1, '.');
  return negative ? "-" + digits : digits;
}

std::string without_trailing_zeros(std::string text) {
  while (text.back() == '0') text.pop_back();
  if (text.back() == '.') text.pop_back();
  return text;
}

Error::Details value_detail(std::string_view text) {
  return {{"value", std::string(text.substr(0, longest_number))}};
}

}  // namespace

std::int64_t divide(Int128 numerator, std::int64_t denominator, Rounding rounding) {
  const Int128 quotient = numerator / denominator;
  const Int128 rest = magnitude(numerator % denominator);
  const bool away = rounding == Rounding::half_up && rest >= denominator - rest;
  if (!away) return narrow(quotient);
  return narrow(quotient + (numerator < 0 ? -1 : 1));
}

namespace detail {

std::int64_t checked_add(std::int64_t a, std::int64_t b) {
  std::int64_t sum = 0;
  if (__builtin_add_overflow(a, b, &sum)) overflow();
  return sum;
}

std::int64_t checked_sub(std::int64_t a, std::int64_t b) {
  std::int64_t difference = 0;
  if (__builtin_sub_overflow(a, b, &difference)) overflow();
  return difference;
}

}  // namespace detail

Result<Money> Money::parse(std::string_view text) {
  const auto minor = read_decimal(text, 2, limit().minor());
  if (minor) return of_minor(*minor);
  if (minor.error() == Unreadable::too_large) {
    return fail("money.too_large", "The amount is too large. Check what was typed.", value_detail(text));
  }
  return fail("money.bad_amount", "This is not an amount. Write digits with at most two decimals, such as 12.50.",
              value_detail(text));
}

std::string Money::to_string() const {
  return write_decimal(minor_, 2);
}

Result<Quantity> Quantity::parse(std::string_view text) {
  const auto milli = read_decimal(text, 3, quantity_limit_milli);
  if (milli) return of_milli(*milli);
  if (milli.error() == Unreadable::too_large) {
    return fail("quantity.too_large", "The quantity is too large. Check what was typed.", value_detail(text));
  }
  return fail("quantity.bad", "This is not a quantity. Write digits with at most three decimals, such as 0.836.",
              value_detail(text));
}

std::string Quantity::to_string() const {
  return without_trailing_zeros(to_fixed_string());
}

std::string Quantity::to_fixed_string() const {
  return write_decimal(milli_, 3);
}

Result<Rate> Rate::parse_percent(std::string_view text) {
  const auto per_10k = read_decimal(text, 2, rate_limit_per_10k);
  if (!per_10k || *per_10k < 0) {
    return fail("rate.bad", "This is not a percentage from 0 to 1000 with at most two decimals.", value_detail(text));
  }
  return of_per_10k(*per_10k);
}

std::string Rate::to_percent_string() const {
  return without_trailing_zeros(write_decimal(per_10k_, 2));
}

Result<Money> multiply(Money unit_price, Quantity quantity) {
  const Int128 product = Int128{unit_price.minor()} * quantity.milli();
  if (magnitude(product) > Int128{Money::limit().minor()} * 1000) {
    return fail("money.too_large", "Price times quantity is too large. Check the quantity.",
                {{"value", quantity.to_string()}});
  }
  return Money::of_minor(divide(product, 1000, Rounding::half_up));
}

Quantity quantity_for(Money amount, Money unit_price) {
  if (unit_price.is_zero()) return {};
  const Int128 sign = unit_price.is_negative() ? -1 : 1;
  const auto price = narrow(sign * unit_price.minor());
  return Quantity::of_milli(divide(sign * amount.minor() * 1000, price, Rounding::half_up));
}

Money share(Money amount, Rate rate, Rounding rounding) {
  return Money::of_minor(divide(Int128{amount.minor()} * rate.per_10k(), 10'000, rounding));
}

Money tax_included(Money gross, Rate rate) {
  const auto net = divide(Int128{gross.minor()} * 10'000, 10'000 + rate.per_10k(), Rounding::half_up);
  return gross - Money::of_minor(net);
}

std::vector<Money> allocate(Money total, std::span<const std::int64_t> weights) {
  if (weights.empty()) {
    if (!total.is_zero()) throw Fault("money.allocate", "an amount was to be split over nothing");
    return {};
  }
  Int128 sum = 0;
  for (const auto weight : weights) {
    if (weight < 0) throw Fault("money.allocate", "a negative weight");
    sum += weight;
  }
  std::vector<Money> parts(weights.size());
  if (sum == 0) {
    parts.front() = total;
    return parts;
  }
  struct Remainder {
    Int128 value;
    std::size_t index;
  };
  std::vector<Remainder> remainders;
  remainders.reserve(weights.size());
  const int sign = total.is_negative() ? -1 : 1;
  const Int128 size = magnitude(total.minor());
  Int128 left = size;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const Int128 product = size * weights[i];
    const Int128 part = product / sum;
    parts[i] = Money::of_minor(narrow(sign * part));
    left -= part;
    if (const auto rest = product % sum; rest != 0) remainders.push_back({rest, i});
  }
  // left < number of remainders: each is below one unit, and together they make up `left` units.
  std::partial_sort(remainders.begin(), remainders.begin() + static_cast<std::ptrdiff_t>(left), remainders.end(),
                    [](const Remainder& a, const Remainder& b) {
                      return a.value != b.value ? a.value > b.value : a.index < b.index;
                    });
  for (std::size_t k = 0; k < static_cast<std::size_t>(left); ++k) {
    parts[remainders[k].index] += Money::of_minor(sign);
  }
  return parts;
}

Money cash_rounding_adjustment(Money amount, CashRounding mode) {
  const auto to_multiple = [&](std::int64_t step, Rounding rounding) {
    const Int128 rounded = Int128{divide(amount.minor(), step, rounding)} * step;
    return Money::of_minor(narrow(rounded - amount.minor()));
  };
  switch (mode) {
    case CashRounding::none:
      break;
    case CashRounding::nearest_5:
      return to_multiple(5, Rounding::half_up);
    case CashRounding::nearest_10:
      return to_multiple(10, Rounding::half_up);
    case CashRounding::down_10:
      return to_multiple(10, Rounding::down);
  }
  return {};
}

}  // namespace lanekeeper
