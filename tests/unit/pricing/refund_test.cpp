#include "pricing/refund.h"

#include <random>

#include <gtest/gtest.h>

#include "pricing/engine.h"
#include "pricing/price.h"
#include "pricing/price_case.h"
#include "samples.h"

namespace lanekeeper::pricing {
namespace {

Money yuan(const std::string& text) {
  return Money::parse(text).value();
}

TEST(Refund, OneOfThreeForTwoGetsItsOwnShare) {
  const auto set = parse_promotions(R"([{"id":"p","kind":"nth_off","count":3,"percent":100,"scope":{"all":true}}])");
  const auto goods =
      parse_goods(R"({"time":"2026-11-22T10:00:00Z","lines":[{"item":"a","quantity":"3","unit_price":"13.99"}]})");
  const auto priced = price_goods(*set, *goods).value();
  const auto& units = priced.lines.front().units;
  EXPECT_EQ(refund_pieces(units, 0, 1), yuan("9.32"));
  EXPECT_EQ(refund_pieces(units, 1, 1), yuan("9.33"));
  EXPECT_EQ(refund_pieces(units, 2, 1), yuan("9.33"));
  EXPECT_EQ(refund_pieces(units, 0, 3), yuan("27.98"));
  EXPECT_EQ(refund_pieces(units, 1, 3).error().code, "refund.more_than_sold");
  EXPECT_EQ(refund_pieces(units, 0, 0).error().code, "refund.bad_quantity");
  EXPECT_EQ(refund_pieces(units, 5, 1).error().code, "refund.more_than_sold");
}

TEST(Refund, AnyPartitionAddsUpToWhatWasPaid) {
  std::mt19937_64 dice(11);
  const auto roll = [&](std::int64_t least, std::int64_t most) {
    return least + static_cast<std::int64_t>(dice() % static_cast<std::uint64_t>(most - least + 1));
  };
  for (int round = 0; round < 2'000; ++round) {
    std::vector<UnitNets> units;
    std::int64_t sold = 0;
    Money paid;
    for (auto runs = roll(1, 5); runs > 0; --runs) {
      units.push_back({roll(1, 4), Money::of_minor(roll(0, 5'000))});
      sold += units.back().count;
      for (std::int64_t i = 0; i < units.back().count; ++i) paid += units.back().net;
    }
    Money refunded;
    for (std::int64_t back = 0; back < sold;) {
      const auto now = roll(1, sold - back);
      refunded += refund_pieces(units, back, now).value();
      EXPECT_LE(refunded, paid);
      back += now;
    }
    EXPECT_EQ(refunded, paid);
    const auto weight = Quantity::of_milli(roll(1, 3'000));
    Money by_weight;
    for (Quantity back; back < weight;) {
      const auto now = Quantity::of_milli(roll(1, weight.milli() - back.milli()));
      const auto part = refund_weight(paid, weight, back, now).value();
      EXPECT_FALSE(part.is_negative());
      by_weight += part;
      back += now;
    }
    EXPECT_EQ(by_weight, paid);
  }
}

// A sale of one line under a promotion over everything.
sale::PricedLine sold_line(const sale::BasketLine& line, const std::string& promotion, TaxMode mode) {
  const auto set = parse_promotions("[" + promotion + "]").value();
  return price(samples::basket({line}), set, samples::context(mode)).value().lines.front();
}

constexpr auto three_for_two = R"({"id":"p","kind":"nth_off","count":3,"percent":100,"scope":{"all":true}})";
constexpr auto seven_percent = R"({"id":"p","kind":"spend","threshold":"0.00","percent":7,"scope":{"all":true}})";

TEST(RefundLine, GivesEveryPieceItsAmountAndItsTax) {
  const auto line = samples::line(1, "13.99", "3");
  const auto priced = sold_line(line, three_for_two, TaxMode::inclusive);
  EXPECT_EQ(priced.net, yuan("27.98"));
  EXPECT_EQ(priced.tax, yuan("3.22"));
  const auto piece = [&](std::string_view before) {
    return refund_line(line, priced, samples::quantity(before), samples::quantity("1")).value();
  };
  EXPECT_EQ(piece("0").amount, yuan("9.32"));
  EXPECT_EQ(piece("0").tax, yuan("1.07"));
  EXPECT_EQ(piece("1").amount, yuan("9.33"));
  EXPECT_EQ(piece("1").tax, yuan("1.08"));
  EXPECT_EQ(piece("2").amount, yuan("9.33"));
  EXPECT_EQ(piece("2").tax, yuan("1.07"));
}

TEST(RefundLine, WithoutADiscountEveryPieceIsItsPrice) {
  const auto line = samples::line(1, "13.99", "3");
  const auto priced = price(samples::basket({line}), {}, samples::context()).value().lines.front();
  EXPECT_FALSE(priced.units);
  const auto back = refund_line(line, priced, samples::quantity("1"), samples::quantity("2")).value();
  EXPECT_EQ(back.amount, yuan("27.98"));
}

TEST(RefundLine, RefusesWhatCannotComeBack) {
  const auto line = samples::line(1, "13.99", "3");
  const auto priced = sold_line(line, three_for_two, TaxMode::inclusive);
  const auto refused = [&](const sale::BasketLine& of, std::string_view before, std::string_view now) {
    const auto refund = refund_line(of, priced, samples::quantity(before), samples::quantity(now));
    return refund ? "" : refund.error().code;
  };
  EXPECT_EQ(refused(line, "0", "0"), "refund.bad_quantity");
  EXPECT_EQ(refused(line, "0", "-1"), "refund.bad_quantity");
  EXPECT_EQ(refused(line, "0", "0.5"), "refund.bad_quantity");
  EXPECT_EQ(refused(line, "2", "2"), "refund.more_than_sold");
  EXPECT_EQ(refused(line, "3", "1"), "refund.more_than_sold");
  // Half a bottle out of a pack is none either.
  auto pack = samples::line(1, "3.50", "24");
  pack.fixed_amount = yuan("79.00");
  EXPECT_EQ(refused(pack, "0", "0.5"), "refund.bad_quantity");
  EXPECT_EQ(refused(pack, "0", "25"), "refund.more_than_sold");
}

TEST(RefundLine, AnyPartitionAddsUpInAmountAndTax) {
  std::mt19937_64 dice(23);
  const auto roll = [&](std::int64_t least, std::int64_t most) {
    return least + static_cast<std::int64_t>(dice() % static_cast<std::uint64_t>(most - least + 1));
  };
  for (int round = 0; round < 1'500; ++round) {
    auto line = samples::line(1, "1.00", "1", roll(1, 3));
    line.unit_price = Money::of_minor(roll(0, 5'000));
    const auto kind = round % 3;  // counted, weighed, a pack at its own price
    line.quantity = Quantity::of_units(roll(1, 30));
    if (kind == 1) {
      line.unit = catalogue::UnitOfMeasure::kilogram;
      line.quantity = Quantity::of_milli(roll(1, 4'000));
    }
    if (kind == 2) line.fixed_amount = Money::of_minor(roll(0, 9'000));
    const auto mode = roll(0, 1) == 0 ? TaxMode::inclusive : TaxMode::exclusive;
    const auto priced = sold_line(line, roll(0, 1) == 0 ? three_for_two : seven_percent, mode);
    LineRefund sum;
    const std::int64_t step = kind == 1 ? 1 : 1'000;
    for (Quantity back; back < line.quantity;) {
      const auto now = Quantity::of_milli(roll(1, (line.quantity - back).milli() / step) * step);
      const auto part = refund_line(line, priced, back, now).value();
      EXPECT_FALSE(part.amount.is_negative());
      EXPECT_FALSE(part.tax.is_negative());
      sum.amount += part.amount;
      sum.tax += part.tax;
      EXPECT_LE(sum.amount, priced.net);
      EXPECT_LE(sum.tax, priced.tax);
      back = back + now;
    }
    EXPECT_EQ(sum.amount, priced.net);
    EXPECT_EQ(sum.tax, priced.tax);
  }
}

// What cash refunds of `parts` of a sale come to, rounded one after the other.
Money paid_back(sale::ReturnedSale sold, const std::vector<Money>& parts) {
  Money sum;
  for (const auto part : parts) {
    const auto adjustment = sale::refund_adjustment(sold, part);
    EXPECT_LE(adjustment, part) << "nobody pays for bringing something back";
    sum += part - adjustment;
    sold.refunded_before += part;
  }
  return sum;
}

TEST(RefundAdjustment, FollowsWhatWasPaidInCash) {
  sale::ReturnedSale sold;
  sold.total = yuan("10.09");
  sold.cash_rounding = CashRounding::down_10;
  sold.cash_adjustment = -yuan("0.09");
  EXPECT_EQ(sale::refund_adjustment(sold, yuan("10.09")), yuan("0.09"));
  EXPECT_EQ(paid_back(sold, {yuan("5.05"), yuan("5.04")}), yuan("10.00"));
  EXPECT_EQ(sale::refund_adjustment(sold, yuan("5.05")), yuan("0.05"));
  // Paid by card, nothing was rounded.
  sold.cash_adjustment = {};
  EXPECT_EQ(sale::refund_adjustment(sold, yuan("5.05")), Money{});
}

TEST(RefundAdjustment, AnyPartitionAddsUpToWhatWasPaid) {
  std::mt19937_64 dice(29);
  const auto roll = [&](std::int64_t least, std::int64_t most) {
    return least + static_cast<std::int64_t>(dice() % static_cast<std::uint64_t>(most - least + 1));
  };
  for (int round = 0; round < 5'000; ++round) {
    sale::ReturnedSale sold;
    sold.total = Money::of_minor(roll(1, round % 2 == 0 ? 60 : 30'000));
    constexpr CashRounding modes[] = {CashRounding::none, CashRounding::nearest_5, CashRounding::nearest_10,
                                      CashRounding::down_10};
    sold.cash_rounding = modes[round % 4];
    if (roll(0, 3) > 0) sold.cash_adjustment = cash_rounding_adjustment(sold.total, sold.cash_rounding);
    std::vector<Money> parts;
    for (Money left = sold.total; left > Money{};) {
      parts.push_back(Money::of_minor(roll(1, left.minor())));
      left -= parts.back();
    }
    EXPECT_EQ(paid_back(sold, parts), sold.total + sold.cash_adjustment) << sold.total.to_string();
  }
}

}  // namespace
}  // namespace lanekeeper::pricing
