// Money, quantities and rates as integers. There is no way in from a floating-point number, and none out.
//
// Money: hundredths of the currency unit (fen, cent). A basket, a sale and a store have one currency, which stands on
//   them and not on every amount. Currencies with another number of decimals are not supported.
// Quantity: thousandths of a piece or of a kilogram.
// Rate: ten-thousandths (13 % = 1300).
// Arithmetic that could leave 64 bits throws Fault("money.overflow"); what a person can make too large (a price times a
// quantity) is a Result. Intermediate products use 128 bits. Rounding is always named.
#pragma once

#include <compare>
#include <concepts>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/json_codec.h"

namespace lanekeeper {

__extension__ typedef __int128 Int128;  // wide enough for every product here; a compiler's extension, not ISO C++

enum class Rounding {
  half_up,  // to nearest, halves away from zero: 0.5 -> 1, -0.5 -> -1
  down,     // toward zero
};

// numerator / denominator, rounded; denominator > 0.
[[nodiscard]] std::int64_t divide(Int128 numerator, std::int64_t denominator, Rounding rounding);

namespace detail {
[[nodiscard]] std::int64_t checked_add(std::int64_t a, std::int64_t b);
[[nodiscard]] std::int64_t checked_sub(std::int64_t a, std::int64_t b);
}  // namespace detail

class Money {
 public:
  constexpr Money() = default;
  [[nodiscard]] static constexpr Money of_minor(std::int64_t minor) { return Money(minor); }
  template <std::floating_point F>
  static Money of_minor(F) = delete;

  // What parse() and multiply() accept at most: a thousand such amounts still add up without leaving 64 bits.
  [[nodiscard]] static constexpr Money limit() { return Money(92'233'720'368'547'00); }

  // "183.13", "-5.27", "12": at most two decimals, no sign but '-', no grouping. money.bad_amount, money.too_large
  // (beyond +/- 92,233,720,368,547.00).
  [[nodiscard]] static Result<Money> parse(std::string_view text);

  [[nodiscard]] constexpr std::int64_t minor() const { return minor_; }
  [[nodiscard]] constexpr bool is_zero() const { return minor_ == 0; }
  [[nodiscard]] constexpr bool is_negative() const { return minor_ < 0; }
  [[nodiscard]] std::string to_string() const;  // "-5.27"

  auto operator<=>(const Money&) const = default;
  Money operator-() const { return Money(detail::checked_sub(0, minor_)); }
  Money operator+(Money other) const { return Money(detail::checked_add(minor_, other.minor_)); }
  Money operator-(Money other) const { return Money(detail::checked_sub(minor_, other.minor_)); }
  Money& operator+=(Money other) { return *this = *this + other; }
  Money& operator-=(Money other) { return *this = *this - other; }

 private:
  explicit constexpr Money(std::int64_t minor) : minor_(minor) {}
  std::int64_t minor_ = 0;
};

class Quantity {
 public:
  constexpr Quantity() = default;
  [[nodiscard]] static constexpr Quantity of_milli(std::int64_t milli) { return Quantity(milli); }
  [[nodiscard]] static constexpr Quantity of_units(std::int64_t units) { return Quantity(units * 1000); }
  template <std::floating_point F>
  static Quantity of_milli(F) = delete;
  template <std::floating_point F>
  static Quantity of_units(F) = delete;

  // "3", "0.836": at most three decimals. quantity.bad, quantity.too_large (beyond +/- 1,000,000,000).
  [[nodiscard]] static Result<Quantity> parse(std::string_view text);

  [[nodiscard]] constexpr std::int64_t milli() const { return milli_; }
  [[nodiscard]] constexpr bool is_whole() const { return milli_ % 1000 == 0; }
  [[nodiscard]] std::string to_string() const;        // shortest: "3", "0.836", "0.5"
  [[nodiscard]] std::string to_fixed_string() const;  // three decimals: "3.000"

  auto operator<=>(const Quantity&) const = default;
  Quantity operator-() const { return Quantity(detail::checked_sub(0, milli_)); }
  Quantity operator+(Quantity other) const { return Quantity(detail::checked_add(milli_, other.milli_)); }
  Quantity operator-(Quantity other) const { return Quantity(detail::checked_sub(milli_, other.milli_)); }
  Quantity& operator+=(Quantity other) { return *this = *this + other; }

 private:
  explicit constexpr Quantity(std::int64_t milli) : milli_(milli) {}
  std::int64_t milli_ = 0;
};

class Rate {
 public:
  constexpr Rate() = default;
  [[nodiscard]] static constexpr Rate of_per_10k(std::int64_t per_10k) { return Rate(per_10k); }
  template <std::floating_point F>
  static Rate of_per_10k(F) = delete;

  [[nodiscard]] static Result<Rate> parse_percent(std::string_view text);  // "13", "13.5", "0.25": rate.bad
  [[nodiscard]] constexpr std::int64_t per_10k() const { return per_10k_; }
  [[nodiscard]] std::string to_percent_string() const;  // "13", "0.25"
  auto operator<=>(const Rate&) const = default;

 private:
  explicit constexpr Rate(std::int64_t per_10k) : per_10k_(per_10k) {}
  std::int64_t per_10k_ = 0;
};

// round_half_up(unit_price * quantity), the gross of a line. money.too_large.
[[nodiscard]] Result<Money> multiply(Money unit_price, Quantity quantity);
// The same backwards, for stock only: the quantity that an embedded amount stands for; zero when the price is zero.
[[nodiscard]] Quantity quantity_for(Money amount, Money unit_price);
// round(amount * rate).
[[nodiscard]] Money share(Money amount, Rate rate, Rounding rounding);
// The tax inside a tax-inclusive amount: amount - round(amount / (1 + rate)).
[[nodiscard]] Money tax_included(Money gross, Rate rate);

// Splits total in proportion to the weights by largest remainder, ties to the earlier part; the parts add up to total
// exactly. Weights must not be negative; all zero: everything goes to the first part. Empty weights and a total other
// than zero: Fault("money.allocate").
[[nodiscard]] std::vector<Money> allocate(Money total, std::span<const std::int64_t> weights);

// Cash rounding of a payable amount (domain rule: only what is paid in cash).
enum class CashRounding { none, nearest_5, nearest_10, down_10 };
// What has to be added to the amount: to_pay = amount + adjustment. Never moves a positive amount below zero.
[[nodiscard]] Money cash_rounding_adjustment(Money amount, CashRounding mode);

namespace json {
template <>
struct Codec<Money> {
  static Value to(const Money& money) { return money.to_string(); }
  static Result<Money> from(const Value& value) {
    if (!value.is_string()) return fail(detail::wrong_type("amount as a decimal string"));
    return Money::parse(value.get_ref<const std::string&>());
  }
};
template <>
struct Codec<Quantity> {
  static Value to(const Quantity& quantity) { return quantity.to_string(); }
  static Result<Quantity> from(const Value& value) {
    if (!value.is_string()) return fail(detail::wrong_type("quantity as a decimal string"));
    return Quantity::parse(value.get_ref<const std::string&>());
  }
};
template <>
struct Codec<Rate> {
  static Value to(const Rate& rate) { return rate.to_percent_string(); }
  static Result<Rate> from(const Value& value) {
    if (!value.is_string()) return fail(detail::wrong_type("percent as a decimal string"));
    return Rate::parse_percent(value.get_ref<const std::string&>());
  }
};
template <>
struct EnumNames<CashRounding> {
  static constexpr std::pair<CashRounding, std::string_view> names[] = {{CashRounding::none, "none"},
                                                                        {CashRounding::nearest_5, "nearest_5"},
                                                                        {CashRounding::nearest_10, "nearest_10"},
                                                                        {CashRounding::down_10, "down_10"}};
};
}  // namespace json

}  // namespace lanekeeper
