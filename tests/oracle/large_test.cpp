// What must hold of every large basket, where nothing can be tried out any more.
#include <algorithm>
#include <map>
#include <random>

#include <gtest/gtest.h>

#include "pricing/engine.h"
#include "random_case.h"

namespace lanekeeper::oracle {
namespace {

using namespace pricing;

constexpr int cases = 60;

PricedGoods priced(const std::vector<Promotion>& promotions, const Goods& goods) {
  return price_goods(PromotionIndex::compile(promotions).value(), goods).value();
}

std::map<std::string, Money> by_item(const Goods& goods, const PricedGoods& result) {
  std::map<std::string, Money> nets;
  for (std::size_t i = 0; i < goods.lines.size(); ++i) nets[goods.lines[i].item] += result.lines[i].net;
  return nets;
}

TEST(LargeBaskets, CostTheSameInEveryOrderOfScanning) {
  std::mt19937_64 shuffler(7);
  for (int i = 0; i < cases; ++i) {
    auto the_case = large_case(static_cast<std::uint64_t>(i), 30, 10, i % 3 == 0);
    const auto first = priced(the_case.promotions, the_case.goods);
    std::shuffle(the_case.goods.lines.begin(), the_case.goods.lines.end(), shuffler);
    std::shuffle(the_case.promotions.begin(), the_case.promotions.end(), shuffler);
    const auto second = priced(the_case.promotions, the_case.goods);
    EXPECT_EQ(first.net, second.net) << i;
    EXPECT_EQ(first.optimal, second.optimal) << i;
    EXPECT_EQ(first.applications.size(), second.applications.size()) << i;
  }
}

TEST(LargeBaskets, MorePromotionsOfTheItemLayerNeverCostMore) {
  for (int i = 0; i < cases; ++i) {
    auto the_case = large_case(static_cast<std::uint64_t>(1000 + i), 30, 10, i % 3 == 0);
    const auto all = priced(the_case.promotions, the_case.goods);
    the_case.promotions.erase(the_case.promotions.begin() + i % 10);
    const auto fewer = priced(the_case.promotions, the_case.goods);
    if (all.optimal && fewer.optimal) {
      EXPECT_LE(all.net, fewer.net) << i;
    }
  }
}

// Hundreds of pieces that nearly nothing is gained on, under a bundle that takes more off than they cost: every one of
// them could stand in every application.
TEST(LargeBaskets, EndInTheBoundOnWork) {
  Promotion bundle;
  bundle.id = "bundle";
  bundle.offer = Bundle{{{Scope{true, {}, {}, {}, {}}, 3}}, TogetherAmount{Money::of_minor(100'00)}};
  Promotion percent;
  percent.id = "percent";
  percent.scope.all = true;
  percent.offer = PercentOff{Rate::of_per_10k(1000)};
  Goods goods;
  goods.time = ZonedTime::parse("2026-11-22T10:00:00+08:00").value();
  const std::pair<std::int64_t, std::int64_t> lines[] = {{1, 400}, {9'99, 1}, {1234'56, 5}, {2, 2}};
  for (const auto& [price, pieces] : lines) {
    GoodsLine line;
    line.item = "item" + std::to_string(price);
    line.unit_price = Money::of_minor(price);
    line.quantity = Quantity::of_units(pieces);
    goods.lines.push_back(line);
  }
  const PricingOptions options;
  const auto result = price_goods(PromotionIndex::compile({bundle, percent}).value(), goods, options).value();
  EXPECT_LE(result.work, options.max_work + options.max_work / 10);
  EXPECT_GE(result.discount, Money::of_minor(200'00));
}

TEST(LargeBaskets, AddUpToTheFen) {
  for (int i = 0; i < cases; ++i) {
    auto the_case = large_case(static_cast<std::uint64_t>(2000 + i), 40, 12, i % 3 == 0);
    Promotion spend;
    spend.id = "spend";
    spend.layer = Layer::basket;
    spend.scope.all = true;
    spend.offer = Spend{{{Money::of_minor(10'000), Money::of_minor(777)}}, false, true, false};
    the_case.promotions.push_back(spend);
    const auto result = priced(the_case.promotions, the_case.goods);
    Money saved;
    for (const auto& application : result.applications) {
      Money parts;
      for (const auto& part : application.parts) parts += part.saving;
      EXPECT_EQ(parts, application.saving);
      saved += application.saving;
    }
    EXPECT_EQ(saved, result.discount);
    EXPECT_EQ(result.gross - saved, result.net);
    for (const auto& line : result.lines) {
      Money units;
      for (const auto& run : line.units) {
        EXPECT_FALSE(run.net.is_negative());
        for (std::int64_t k = 0; k < run.count; ++k) units += run.net;
      }
      EXPECT_EQ(units, line.net);
    }
  }
}

TEST(LargeBaskets, TheBoundOnWorkIsSeenAndNeverLosesAgainstLessWork) {
  for (int i = 0; i < 12; ++i) {
    const auto the_case = large_case(static_cast<std::uint64_t>(3000 + i), 60, 25, true);
    const auto set = PromotionIndex::compile(the_case.promotions).value();
    PricingOptions hurried;
    hurried.max_work = 0;
    const auto first = price_goods(set, the_case.goods, hurried).value();
    const auto full = price_goods(set, the_case.goods).value();
    EXPECT_LE(first.discount, full.discount) << i;
    if (first.optimal) {
      EXPECT_EQ(first.discount, full.discount) << i;
    }
  }
}

// Among them many percents of bundles over dozens of odd prices, which are rounded once per application.
TEST(LargeBaskets, AreOptimalWhereThirtyOffersMeetInAHundredLines) {
  for (int i = 0; i < cases; ++i) {
    const auto the_case = large_case(static_cast<std::uint64_t>(4000 + i), 100, 30, false);
    EXPECT_TRUE(priced(the_case.promotions, the_case.goods).optimal) << i;
  }
}

TEST(LargeBaskets, PromotionsThatDoNotTouchChangeNothing) {
  auto the_case = large_case(5, 30, 10, false);
  const auto before = priced(the_case.promotions, the_case.goods);
  for (int i = 0; i < 1000; ++i) {
    Promotion other;
    other.id = "a" + std::to_string(i);
    other.scope.items.push_back("elsewhere" + std::to_string(i));
    other.offer = PercentOff{Rate::of_per_10k(5000), false};
    the_case.promotions.push_back(other);
  }
  const auto after = priced(the_case.promotions, the_case.goods);
  EXPECT_EQ(before, after);
  EXPECT_EQ(by_item(the_case.goods, before), by_item(the_case.goods, after));
}

}  // namespace
}  // namespace lanekeeper::oracle
