#include "pricing/refund.h"

#include <random>

#include <gtest/gtest.h>

#include "pricing/engine.h"
#include "pricing/price_case.h"

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

}  // namespace
}  // namespace lanekeeper::pricing
