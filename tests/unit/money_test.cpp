#include "money/money.h"

#include <gtest/gtest.h>

#include "samples.h"

namespace lanekeeper {
namespace {

using samples::percent;
using samples::quantity;
using samples::yuan;

template <class T, class Number>
concept TakesMinor = requires(Number n) {
  T::of_minor(n);
};
template <class T, class Number>
concept TakesMilli = requires(Number n) {
  T::of_milli(n);
};
template <class T, class Number>
concept TakesUnits = requires(Number n) {
  T::of_units(n);
};
template <class T, class Number>
concept TakesPer10k = requires(Number n) {
  T::of_per_10k(n);
};

static_assert(TakesMinor<Money, std::int64_t> && TakesMinor<Money, int>);
static_assert(!TakesMinor<Money, double> && !TakesMinor<Money, float> && !TakesMinor<Money, long double>);
static_assert(TakesMilli<Quantity, std::int64_t> && !TakesMilli<Quantity, double> && !TakesMilli<Quantity, float>);
static_assert(TakesUnits<Quantity, std::int64_t> && !TakesUnits<Quantity, double> && !TakesUnits<Quantity, float>);
static_assert(TakesPer10k<Rate, std::int64_t> && !TakesPer10k<Rate, double> && !TakesPer10k<Rate, float>);
static_assert(!std::is_constructible_v<Money, double> && !std::is_constructible_v<Money, std::int64_t>);
static_assert(!std::is_convertible_v<Money, double> && !std::is_constructible_v<double, Money>);
static_assert(!std::is_constructible_v<double, Quantity> && !std::is_constructible_v<double, Rate>);

TEST(Money, ParsesAndPrintsExactly) {
  const std::pair<const char*, std::int64_t> amounts[] = {
      {"183.13", 18313}, {"-5.27", -527}, {"12", 1200},    {"0.5", 50},
      {"0", 0},          {"-0.00", 0},    {"007.01", 701}, {"92233720368547.00", 9223372036854700}};
  for (const auto& [text, minor] : amounts) EXPECT_EQ(Money::parse(text).value().minor(), minor) << text;
  EXPECT_EQ(Money::of_minor(-527).to_string(), "-5.27");
  EXPECT_EQ(Money::of_minor(-7).to_string(), "-0.07");
  EXPECT_EQ(Money::of_minor(0).to_string(), "0.00");
  EXPECT_EQ(Money::of_minor(INT64_MIN).to_string(), "-92233720368547758.08");
}

TEST(Money, RefusesWhatIsNoAmount) {
  for (const auto* bad : {"", "-", ".", "1.", ".5", "1.234", "1,000.00", "+1", "1e3", " 1", "1 ", "--1", "1-", "¥1",
                          "0x10", "１", "NaN", "1..2", "00000000000000000000000000000000000000000000001"}) {
    EXPECT_EQ(Money::parse(bad).error().code, "money.bad_amount") << bad;
  }
  for (const auto* big : {"92233720368547.01", "-92233720368547.01", "99999999999999999999999999999999"}) {
    EXPECT_EQ(Money::parse(big).error().code, "money.too_large") << big;
  }
}

TEST(Money, ArithmeticThatLeaves64BitsIsAFault) {
  const auto most = Money::of_minor(INT64_MAX);
  const auto least = Money::of_minor(INT64_MIN);
  const auto one = Money::of_minor(1);
  EXPECT_THROW((void)(most + one), Fault);
  EXPECT_THROW((void)(least - one), Fault);
  EXPECT_THROW((void)-least, Fault);
  EXPECT_EQ((most - one) + one, most);
}

TEST(Money, AThousandLinesAtTheLimitStillAddUp) {
  Money sum;
  for (int i = 0; i < 1000; ++i) sum += Money::limit();
  EXPECT_EQ(sum.to_string(), "92233720368547000.00");
}

TEST(Quantity, ParsesAndPrints) {
  EXPECT_EQ(quantity("0.836").milli(), 836);
  EXPECT_EQ(quantity("3").milli(), 3000);
  EXPECT_EQ(quantity("-1.5").milli(), -1500);
  EXPECT_EQ(quantity("0.5").to_string(), "0.5");
  EXPECT_EQ(quantity("3.000").to_string(), "3");
  EXPECT_EQ(quantity("100").to_string(), "100");
  EXPECT_EQ(quantity("-0.020").to_string(), "-0.02");
  EXPECT_EQ(quantity("3").to_fixed_string(), "3.000");
  EXPECT_EQ(Quantity::parse("1.2345").error().code, "quantity.bad");
  EXPECT_EQ(Quantity::parse("6908512108211").error().code, "quantity.too_large");  // a barcode in the wrong field
  EXPECT_EQ(Quantity::parse("1000000000").value().milli(), 1'000'000'000'000);
}

TEST(Rate, IsAPercentage) {
  EXPECT_EQ(percent("13").per_10k(), 1300);
  EXPECT_EQ(percent("0.25").per_10k(), 25);
  EXPECT_EQ(percent("13.50").to_percent_string(), "13.5");
  EXPECT_EQ(percent("0").to_percent_string(), "0");
  EXPECT_EQ(percent("100").to_percent_string(), "100");
  for (const auto* bad : {"", "-1", "1000.01", "13%", "0.125"})
    EXPECT_EQ(Rate::parse_percent(bad).error().code, "rate.bad");
}

TEST(Divide, RoundsAsNamed) {
  EXPECT_EQ(divide(5, 10, Rounding::half_up), 1);
  EXPECT_EQ(divide(-5, 10, Rounding::half_up), -1);
  EXPECT_EQ(divide(4, 10, Rounding::half_up), 0);
  EXPECT_EQ(divide(-4, 10, Rounding::half_up), 0);
  EXPECT_EQ(divide(1, 3, Rounding::half_up), 0);
  EXPECT_EQ(divide(2, 3, Rounding::half_up), 1);
  EXPECT_EQ(divide(19, 10, Rounding::down), 1);
  EXPECT_EQ(divide(-19, 10, Rounding::down), -1);
  EXPECT_EQ(divide(INT64_MAX, INT64_MAX, Rounding::half_up), 1);
  EXPECT_THROW((void)divide(Int128{INT64_MAX} * 2, 1, Rounding::down), Fault);
}

TEST(Multiply, RoundsALineOnceHalfUp) {
  EXPECT_EQ(multiply(yuan("7.96"), quantity("0.836")).value(), yuan("6.65"));  // 6.65456
  EXPECT_EQ(multiply(yuan("2.50"), quantity("0.250")).value(), yuan("0.63"));  // 0.625
  EXPECT_EQ(multiply(yuan("-2.50"), quantity("0.250")).value(), yuan("-0.63"));
  EXPECT_EQ(multiply(yuan("3.50"), quantity("3")).value(), yuan("10.50"));
  EXPECT_EQ(multiply(Money::limit(), quantity("1")).value(), Money::limit());
  EXPECT_EQ(multiply(Money::limit(), quantity("1.001")).error().code, "money.too_large");
  EXPECT_EQ(multiply(Money::of_minor(INT64_MAX), Quantity::of_milli(INT64_MAX)).error().code, "money.too_large");
}

TEST(QuantityFor, IsForStockOnly) {
  EXPECT_EQ(quantity_for(yuan("10.25"), yuan("12.30")), quantity("0.833"));
  EXPECT_EQ(quantity_for(yuan("10.25"), Money{}), Quantity{});
  EXPECT_EQ(quantity_for(yuan("-10.00"), yuan("4.00")), quantity("-2.5"));
  EXPECT_EQ(quantity_for(yuan("10.00"), yuan("-4.00")), quantity("-2.5"));
}

TEST(Tax, InclusiveAndShare) {
  EXPECT_EQ(tax_included(yuan("113.00"), percent("13")), yuan("13.00"));
  EXPECT_EQ(tax_included(yuan("1.00"), percent("13")), yuan("0.12"));  // 1 / 1.13 = 0.8849...
  EXPECT_EQ(tax_included(yuan("5.00"), percent("0")), Money{});
  EXPECT_EQ(tax_included(yuan("-113.00"), percent("13")), yuan("-13.00"));
  EXPECT_EQ(share(yuan("0.50"), percent("13"), Rounding::half_up), yuan("0.07"));  // 0.065
  EXPECT_EQ(share(yuan("0.50"), percent("13"), Rounding::down), yuan("0.06"));
}

std::vector<std::string> split(std::string_view total, std::vector<std::int64_t> weights) {
  std::vector<std::string> parts;
  for (const auto part : allocate(yuan(total), weights)) parts.push_back(part.to_string());
  return parts;
}

TEST(Allocate, LargestRemainderTiesToTheEarlier) {
  using Parts = std::vector<std::string>;
  EXPECT_EQ(split("27.98", {1399, 1399, 1399}), (Parts{"9.33", "9.33", "9.32"}));  // edge case 1
  EXPECT_EQ(split("0.01", {1, 1, 1}), (Parts{"0.01", "0.00", "0.00"}));
  EXPECT_EQ(split("-0.02", {1, 1, 1}), (Parts{"-0.01", "-0.01", "0.00"}));
  EXPECT_EQ(split("1.00", {1, 2, 0}), (Parts{"0.33", "0.67", "0.00"}));
  EXPECT_EQ(split("0.00", {1, 2}), (Parts{"0.00", "0.00"}));
  EXPECT_EQ(split("5.00", {0, 0}), (Parts{"5.00", "0.00"}));
}

TEST(Allocate, HoldsAtTheLimits) {
  const std::vector<std::int64_t> weights{INT64_MAX, INT64_MAX, INT64_MAX};
  const auto parts = allocate(Money::of_minor(INT64_MAX), weights);
  EXPECT_EQ(parts[0] + parts[1] + parts[2], Money::of_minor(INT64_MAX));
  EXPECT_TRUE(allocate(Money{}, {}).empty());
  EXPECT_THROW((void)allocate(yuan("1"), {}), Fault);
  EXPECT_THROW((void)allocate(yuan("1"), std::vector<std::int64_t>{2, -1}), Fault);
  EXPECT_THROW((void)allocate(yuan("1"), std::vector<std::int64_t>{1, -1}), Fault);
}

TEST(CashRounding, AddsOnlyWhatTheRuleSays) {
  const auto to_pay = [](std::string_view amount, CashRounding mode) {
    return (yuan(amount) + cash_rounding_adjustment(yuan(amount), mode)).to_string();
  };
  EXPECT_EQ(to_pay("183.13", CashRounding::none), "183.13");
  EXPECT_EQ(to_pay("183.12", CashRounding::nearest_5), "183.10");
  EXPECT_EQ(to_pay("183.13", CashRounding::nearest_5), "183.15");
  EXPECT_EQ(to_pay("183.15", CashRounding::nearest_10), "183.20");
  EXPECT_EQ(to_pay("183.14", CashRounding::nearest_10), "183.10");
  EXPECT_EQ(to_pay("183.19", CashRounding::down_10), "183.10");
  EXPECT_EQ(to_pay("0.04", CashRounding::nearest_10), "0.00");
  EXPECT_EQ(to_pay("0.09", CashRounding::down_10), "0.00");
  EXPECT_EQ(to_pay("-183.19", CashRounding::down_10), "-183.10");  // a refund mirrors its sale
  EXPECT_EQ(to_pay("-183.15", CashRounding::nearest_10), "-183.20");
}

TEST(MoneyJson, IsTextAndNothingElse) {
  EXPECT_EQ(json::encode(yuan("3.50")), "\"3.50\"");
  EXPECT_EQ(json::decode<Money>("\"3.50\"").value(), yuan("3.50"));
  EXPECT_EQ(json::decode<Money>("3").error().code, "json.type");
  EXPECT_EQ(json::decode<Quantity>("\"0.836\"").value(), quantity("0.836"));
  EXPECT_EQ(json::decode<Rate>("\"13\"").value(), percent("13"));
  EXPECT_EQ(json::decode<CashRounding>("\"down_10\"").value(), CashRounding::down_10);
}

}  // namespace
}  // namespace lanekeeper
