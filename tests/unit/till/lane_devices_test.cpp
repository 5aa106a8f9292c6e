// The lane and its scale, line display, drawer and scanners.
#include "whole_lane.h"

namespace lanekeeper::till::test {
namespace {

using State = ScaleReading::State;
using Kind = LaneEvent::Kind;
constexpr const char* greens = "301";
constexpr const char* pork = "612";

struct OnTheScale : WholeLane {
  OnTheScale() { sign_in("1028"); }
  void put(State state, std::string_view weight = "0") {
    till.scale.now = {state, qty(weight)};
    lane().scale_changed(till.scale.now);
  }
  [[nodiscard]] std::vector<std::string> weights() {
    std::vector<std::string> out;
    for (const auto& line : view().lines) out.push_back(line.quantity.to_string());
    return out;
  }
};
using Strings = std::vector<std::string>;

TEST(LaneScale, AStableWeightIsTakenWithoutAKey) {
  OnTheScale work;
  EXPECT_EQ(work.scan(greens), "register.weight_needed");
  EXPECT_EQ(work.till.scale.live, (std::vector<bool>{true}));
  work.put(State::moving, "0.2");
  EXPECT_EQ(work.message(), "scale.moving");
  work.put(State::stable, "0.428");
  EXPECT_EQ(work.weights(), (Strings{"0.428"}));
  EXPECT_EQ(work.view().lines[0].weight_source, sale::WeightSource::scale);
  EXPECT_EQ(work.message(), "");
  EXPECT_EQ(work.till.scale.live, (std::vector<bool>{true, false}));
  EXPECT_EQ(work.count(Kind::weight), 2);
}

TEST(LaneScale, GoodsThatLieThereAlreadyAreWeighedWithTheScan) {
  OnTheScale work;
  work.put(State::stable, "1.2");
  EXPECT_TRUE(work.weights().empty());
  EXPECT_EQ(work.scan(greens), "") << "not even refused";
  EXPECT_EQ(work.weights(), (Strings{"1.2"}));
}

TEST(LaneScale, WhatStillLiesThereIsNotSoldTwice) {
  OnTheScale work;
  work.put(State::stable, "1.2");
  ASSERT_EQ(work.scan(greens), "");
  EXPECT_EQ(work.scan(pork), "register.weight_needed");
  EXPECT_EQ(work.message(), "scale.same_weight");
  EXPECT_EQ(work.weights().size(), 1u);
  work.put(State::zero);
  EXPECT_EQ(work.message(), "register.weight_needed");
  work.put(State::stable, "1.2");
  EXPECT_EQ(work.weights(), (Strings{"1.2", "1.2"})) << "other goods of the same weight";
}

TEST(LaneScale, AnotherWeightIsOtherGoodsThoughNobodySawThePlateMove) {
  OnTheScale work;
  work.put(State::stable, "1.2");
  ASSERT_EQ(work.scan(greens), "");
  ASSERT_EQ(work.scan(pork), "register.weight_needed");
  work.put(State::stable, "0.9");
  EXPECT_EQ(work.weights(), (Strings{"1.2", "0.9"}));
}

TEST(LaneScale, TroubleIsShownAndBlocksNothing) {
  OnTheScale work;
  ASSERT_EQ(work.scan(greens), "register.weight_needed");
  const std::pair<State, const char*> troubles[] = {{State::overload, "scale.overload"},
                                                    {State::under_zero, "scale.under_zero"},
                                                    {State::absent, "scale.absent"},
                                                    {State::garbled, "scale.absent"},
                                                    {State::moving, "scale.moving"}};
  for (const auto& [state, code] : troubles) {
    work.put(state);
    EXPECT_EQ(work.message(), code);
  }
  EXPECT_EQ(work.run(Weigh{{}, qty("0.5"), sale::WeightSource::manual, {}}), "") << "typed in instead";
  EXPECT_EQ(work.run(Dismiss{}), "");
  work.put(State::overload);
  EXPECT_EQ(work.message(), "") << "nobody waits for it";
  EXPECT_EQ(work.scan(Shop::milk), "");
}

TEST(LaneScale, TareGoesWithTheNextWeighing) {
  OnTheScale work;
  EXPECT_EQ(work.lane().set_tare(qty("-0.1")).error().code, "register.bad_tare");
  EXPECT_EQ(work.lane().set_tare(qty("51")).error().code, "register.bad_tare");
  ASSERT_TRUE(work.lane().set_tare(qty("0.02")));
  EXPECT_EQ(work.lane().tare(), qty("0.02"));
  ASSERT_EQ(work.scan(greens), "register.weight_needed");
  work.put(State::stable, "0.52");
  EXPECT_EQ(work.weights(), (Strings{"0.5"}));
  EXPECT_EQ(work.view().lines[0].tare, qty("0.02"));
  EXPECT_EQ(work.lane().tare(), Quantity());
}

TEST(LaneScale, ATareThatIsNotBelowTheWeightIsRefusedAndTheGoodsGoOnWaiting) {
  OnTheScale work;
  ASSERT_TRUE(work.lane().set_tare(qty("0.5")));
  ASSERT_EQ(work.scan(greens), "register.weight_needed");
  work.put(State::stable, "0.4");
  EXPECT_TRUE(work.weights().empty());
  EXPECT_TRUE(work.view().waiting_for_weight);
  work.put(State::stable, "0.9");
  EXPECT_EQ(work.weights(), (Strings{"0.4"}));
}

TEST(LaneScale, GivenUpTheScaleRests) {
  OnTheScale work;
  ASSERT_EQ(work.scan(greens), "register.weight_needed");
  ASSERT_EQ(work.run(Dismiss{}), "");
  EXPECT_EQ(work.till.scale.live, (std::vector<bool>{true, false}));
  work.put(State::stable, "0.9");
  EXPECT_TRUE(work.weights().empty());
}

TEST(LaneScale, WithoutAScaleTheGoodsWaitForATypedWeight) {
  OnTheScale work;
  work.till.whole = false;
  work.open();
  work.sign_in("1028");
  EXPECT_EQ(work.lane().weight().state, State::none);
  EXPECT_EQ(work.scan(greens), "register.weight_needed");
  EXPECT_EQ(work.message(), "register.weight_needed");
}

TEST(LaneDevices, TheCustomerSeesGoodsDueAndChange) {
  WholeLane work;
  work.sign_in();
  using Figure = LineDisplay::Contents::Figure;
  const auto& shown = work.till.display.shown;
  ASSERT_EQ(work.scan(Shop::chips), "");
  ASSERT_FALSE(shown.empty());
  EXPECT_EQ(shown.back(),
            (LineDisplay::Contents{"脆叶薯片        7.90", "合计            7.90", Figure::price, yuan("7.90")}));
  ASSERT_EQ(work.run(BeginTender{}), "");
  EXPECT_EQ(shown.back().figure, Figure::total);
  EXPECT_EQ(shown.back().amount, yuan("7.90"));
  ASSERT_EQ(work.run(TenderCash{yuan("10")}), "");
  EXPECT_EQ(shown.back().figure, Figure::change);
  EXPECT_EQ(shown.back().amount, yuan("2.10"));
  EXPECT_EQ(shown.back().lower, "找零            2.10");
}

TEST(LaneDevices, WhatTheyTellIsHeard) {
  WholeLane work;
  work.lane().drawer_changed(CashDrawer::Position::open);
  work.lane().drawer_changed(CashDrawer::Position::open);
  EXPECT_EQ(work.count(Kind::drawer), 1);
  EXPECT_EQ(work.last(Kind::drawer)->text, "open");
  EXPECT_EQ(work.lane().drawer_position(), CashDrawer::Position::open);
  work.lane().drawer_changed(CashDrawer::Position::closed);
  EXPECT_EQ(work.last(Kind::drawer)->text, "closed");
  work.lane().scanned("6901234567892");
  EXPECT_EQ(work.last(Kind::scanned)->text, "6901234567892");
  work.lane().printer_changed();
  EXPECT_EQ(work.last(Kind::device_changed)->text, "printer");
}

}  // namespace
}  // namespace lanekeeper::till::test
