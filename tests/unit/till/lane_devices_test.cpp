// The lane and its scale, line display, drawer and scanners.
#include "receipt/receipt.h"
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

TEST(LaneScale, WhatLiesThereWhileTheDevicesAreTriedIsNoGoods) {
  OnTheScale work;
  ASSERT_EQ(work.scan(greens), "register.weight_needed");
  work.lane().watch_devices(true);
  work.put(State::stable, "1.2");
  EXPECT_TRUE(work.weights().empty());
  work.put(State::overload);
  EXPECT_EQ(work.message(), "register.weight_needed") << "nor is the sale told of it";
  work.put(State::stable, "0.4");
  work.lane().watch_devices(false);
  EXPECT_EQ(work.weights(), (Strings{"0.4"})) << "what lies there by now";
}

TEST(LaneScale, IsSetToZeroWhereItsProtocolCan) {
  OnTheScale work;
  const auto zero = [&work] {
    const auto set = work.lane().set_scale_to_zero();
    return set ? std::string() : set.error().code;
  };
  EXPECT_EQ(zero(), "scale.none");
  EXPECT_EQ(work.message(), "scale.none");
  work.put(State::absent);
  EXPECT_EQ(zero(), "scale.absent");
  work.put(State::moving, "0.002");
  EXPECT_EQ(zero(), "scale.moving");
  work.put(State::under_zero);
  EXPECT_EQ(zero(), "");
  EXPECT_EQ(work.till.scale.zeroed, 1);
  work.till.scale.zeroes = false;
  EXPECT_EQ(zero(), "scale.cannot_zero");
  EXPECT_EQ(work.till.scale.zeroed, 1);
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

TEST(LaneDevices, TheCustomerReadsTheShopsSecondLanguage) {
  WholeLane work;
  for (auto& item : work.till.shop.items) {
    if (item.name == "晨牧纯牛奶") item.name_en = "Whole milk";
  }
  work.till.language = "en";
  work.open();
  work.sign_in();
  const auto& shown = work.till.display.shown;
  ASSERT_EQ(work.scan(Shop::milk), "");
  EXPECT_TRUE(shown.back().upper.starts_with("Whole milk")) << shown.back().upper;
  EXPECT_TRUE(shown.back().lower.starts_with("Total")) << shown.back().lower;
  ASSERT_EQ(work.scan(Shop::chips), "");
  EXPECT_TRUE(shown.back().upper.starts_with("脆叶薯片")) << "goods without an English name keep their own";
  ASSERT_EQ(work.run(BeginTender{}), "");
  EXPECT_TRUE(shown.back().upper.starts_with("To pay"));
  ASSERT_EQ(work.run(TenderCash{yuan("5")}), "");
  EXPECT_TRUE(shown.back().lower.starts_with("Still to pay"));
  ASSERT_EQ(work.run(TenderCash{yuan("100")}), "");
  EXPECT_TRUE(shown.back().upper.starts_with("Paid"));
  EXPECT_TRUE(shown.back().lower.starts_with("Change"));
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
  work.lane().drawer_changed(CashDrawer::Position::unknown);
  EXPECT_EQ(work.last(Kind::drawer)->text, "unknown");
  work.lane().scanned("6901234567892");
  EXPECT_EQ(work.last(Kind::scanned)->text, "6901234567892");
  work.lane().printer_changed();
  EXPECT_EQ(work.last(Kind::device_changed)->text, "printer");
}

struct AtTheDrawer : WholeLane {
  AtTheDrawer() { sign_in("1028"); }
  void stands(CashDrawer::Position position) { lane().drawer_changed(position); }
  void stays_open() { lane().drawer_stays_open(); }
  [[nodiscard]] int called_out() const { return count(Kind::drawer_left_open); }
};

TEST(LaneDrawer, OneThatIsLeftOpenIsCalledOutAndStopsNothing) {
  AtTheDrawer work;
  work.stands(CashDrawer::Position::open);
  EXPECT_FALSE(work.lane().drawer_left_open());
  EXPECT_EQ(work.called_out(), 0) << "it may be open for a while";
  work.stays_open();
  EXPECT_TRUE(work.lane().drawer_left_open());
  EXPECT_EQ(work.called_out(), 1);
  EXPECT_EQ(work.scan(Shop::milk), "") << "selling goes on";
  EXPECT_EQ(work.called_out(), 2) << "again with the next sale";
  EXPECT_EQ(work.scan(Shop::chips), "");
  EXPECT_EQ(work.called_out(), 2) << "once for each";
  ASSERT_EQ(work.run(BeginTender{}), "");
  ASSERT_EQ(work.run(TenderCash{work.view().cash_due}), "");
  EXPECT_EQ(work.till.drawer.opened, 1) << "what the level says may be wrong: the pulse goes out";
  work.sell();
  EXPECT_EQ(work.called_out(), 3);
  work.stands(CashDrawer::Position::closed);
  EXPECT_FALSE(work.lane().drawer_left_open());
  work.sell();
  EXPECT_EQ(work.called_out(), 3);
}

TEST(LaneDrawer, WhatIsNotKnownIsNotCalledOut) {
  AtTheDrawer work;
  work.stays_open();
  EXPECT_EQ(work.called_out(), 0);
  work.stands(CashDrawer::Position::open);
  work.stays_open();
  work.stands(CashDrawer::Position::unknown);
  EXPECT_FALSE(work.lane().drawer_left_open()) << "its printer is away";
  work.sell();
  EXPECT_EQ(work.called_out(), 1);
}

TEST(LaneDrawer, AnOpenOneIsNotOpenedForNothing) {
  AtTheDrawer work;
  ASSERT_EQ(work.run(NoSale{"change"}), "");
  EXPECT_EQ(work.till.drawer.opened, 1);
  work.stands(CashDrawer::Position::open);
  EXPECT_EQ(work.run(NoSale{"change"}), "drawer.is_open");
  EXPECT_EQ(work.message(), "drawer.is_open");
  EXPECT_EQ(work.controls().size(), 1u) << "nothing is recorded that was not";
  EXPECT_EQ(work.till.drawer.opened, 1);
  work.stands(CashDrawer::Position::closed);
  EXPECT_EQ(work.run(NoSale{"change"}), "");
  EXPECT_EQ(work.till.drawer.opened, 2);
}

TEST(LaneDrawer, ItMayStandOpenWhileItIsCounted) {
  AtTheDrawer work;
  ASSERT_EQ(work.run(OpenShift{yuan("500")}), "");
  ASSERT_EQ(work.run(BeginClose{}), "");
  work.stands(CashDrawer::Position::open);
  work.stays_open();
  EXPECT_EQ(work.called_out(), 0);
  EXPECT_FALSE(work.lane().drawer_left_open());
  ASSERT_EQ(work.run(CancelClose{}), "");
  EXPECT_EQ(work.called_out(), 1) << "counted, and still open";
  EXPECT_TRUE(work.lane().drawer_left_open());
}

TEST(LanePaper, ReceiptsGoOutAsThePrinterTakesThem) {
  WholeLane work;
  auto paper = std::make_shared<ReceiptPaper>();
  paper->encoding.cut = PaperCut::full;
  work.till.paper = paper;
  work.open();
  work.sign_in();
  work.sell();
  ASSERT_EQ(work.till.printer.receipts.size(), 1u);
  EXPECT_TRUE(work.till.printer.receipts[0].ends_with("\x1dV\x41\x03"));
}

TEST(LanePaper, WhatIsWrongWithItIsSaidOnceAndCostsNoReceipt) {
  WholeLane work;
  EXPECT_TRUE(work.lane().paper_troubles().empty());
  EXPECT_EQ(work.count(Kind::paper_trouble), 0);
  work.till.replica.stored->receipt_templates = {{"sale", "zh_CN", "{{#lines}}\nno end"}};
  work.lane().profile_changed();
  ASSERT_EQ(work.count(Kind::paper_trouble), 1);
  EXPECT_EQ(work.last(Kind::paper_trouble)->error->code, "receipt.bad_template");
  EXPECT_EQ(work.lane().paper_troubles().size(), 1u);
  work.lane().profile_changed();
  EXPECT_EQ(work.count(Kind::paper_trouble), 1) << "the same again";
  work.sign_in();
  work.sell();
  EXPECT_EQ(work.till.printer.receipts.size(), 1u);
  work.till.replica.stored->receipt_templates.reset();
  work.lane().profile_changed();
  EXPECT_TRUE(work.lane().paper_troubles().empty());
  work.till.paper_troubles = {Error{"logo.not_png", "This is no PNG picture.", {{"path", "logo.bmp"}}}};
  work.open();
  EXPECT_EQ(work.last(Kind::paper_trouble)->error->code, "logo.not_png");
  EXPECT_EQ(work.last(Kind::paper_trouble)->number, 1);
}

// ---- the device check ----

using TestSlip = Lane::Devices::TestSlip;

struct TriedOut : WholeLane {
  TriedOut() {
    till.language = "en";
    open();
  }
  // Nobody has signed in, and nothing of it may be in the journal.
  void expect_no_trace() {
    EXPECT_TRUE(till.journal.controls.empty());
    EXPECT_EQ(till.journal.outbox().last_sequence, 0);
    EXPECT_FALSE(till.journal.last_sale());
    EXPECT_EQ(till.store_link.woken, 0);
    EXPECT_TRUE(till.receipt_log.notes.empty());
    EXPECT_EQ(till.drawer.opened, 0);
    EXPECT_TRUE(till.printer.pulses.empty());
  }
};

TEST(LaneDeviceCheck, TellsHowEachDeviceStands) {
  TriedOut work;
  MemoryScanner first;
  MemoryScanner second(DeviceState::absent);
  work.till.scanners = {&first, &second};
  work.open();
  work.till.printer.device = DeviceState::paper_low;
  work.till.display.device = DeviceState::absent;
  const auto devices = work.lane().devices();
  EXPECT_EQ(devices.printer, DeviceState::paper_low);
  EXPECT_EQ(devices.display, DeviceState::absent);
  EXPECT_TRUE(devices.drawer);
  EXPECT_EQ(devices.scanners, (std::vector<DeviceState>{DeviceState::ok, DeviceState::absent}));
  EXPECT_EQ(devices.test_slip, TestSlip::none);
  work.till.drawer.there = false;
  EXPECT_FALSE(work.lane().devices().drawer);
}

TEST(LaneDeviceCheck, ADrawerHangsAtThePrinterUnlessItHasAPlaceOfItsOwn) {
  FakeTill plain;
  EXPECT_TRUE(plain.lane().devices().drawer);
  plain.printer.device = DeviceState::none;
  EXPECT_FALSE(plain.lane().devices().drawer);
  EXPECT_EQ(plain.lane().devices().display, DeviceState::none);
}

TEST(LaneDeviceCheck, ATestSlipSaysWhereItIsFromAndLeavesNoTrace) {
  TriedOut work;
  ASSERT_TRUE(work.lane().print_test());
  ASSERT_EQ(work.till.printer.receipts.size(), 1u);
  const std::string& slip = work.till.printer.receipts.front();
  for (const char* part : {"Test slip", "Till 3", "ABCDEFGHIJ", "Bold", "No proof of payment"}) {
    EXPECT_NE(slip.find(part), std::string::npos) << part;
  }
  EXPECT_EQ(work.lane().devices().test_slip, TestSlip::waiting);
  work.till.run_tasks();
  EXPECT_EQ(work.lane().devices().test_slip, TestSlip::printed);
  EXPECT_EQ(work.count(Kind::print_failed), 0);
  EXPECT_EQ(work.count(Kind::printed), 0) << "it is no receipt";
  work.expect_no_trace();
}

TEST(LaneDeviceCheck, AnUnpairedTillPrintsOneToo) {
  FakeTill bare;
  bare.number = 0;
  bare.language = "en";
  bare.open();
  ASSERT_TRUE(bare.lane().print_test());
  EXPECT_NE(bare.printer.receipts.back().find("not paired"), std::string::npos);
}

TEST(LaneDeviceCheck, OneTestSlipWaitsForThePrinterAtATime) {
  TriedOut work;
  work.till.printer.job_error = Error{"device.paper_out", "No paper.", {}};
  work.till.printer.stuck = true;
  ASSERT_TRUE(work.lane().print_test());
  work.till.run_tasks();
  EXPECT_EQ(work.lane().devices().test_slip, TestSlip::waiting);
  ASSERT_TRUE(work.lane().devices().test_trouble);
  EXPECT_EQ(work.lane().devices().test_trouble->code, "device.paper_out");
  const auto again = work.lane().print_test();
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, "device.test_waits");
  EXPECT_EQ(work.till.printer.receipts.size(), 1u);
  EXPECT_EQ(work.count(Kind::print_failed), 0) << "nobody is to print a receipt again for it";
  work.expect_no_trace();
}

TEST(LaneDeviceCheck, ATestSlipThatWasThrownAwayCanBePrintedAgain) {
  TriedOut work;
  work.till.printer.job_error = Error{"device.stopped", "Stopped.", {}};
  work.till.printer.stuck = true;
  ASSERT_TRUE(work.lane().print_test());
  work.till.run_tasks();
  EXPECT_EQ(work.lane().devices().test_slip, TestSlip::lost);
  work.till.printer.error = Error{"device.queue_full", "Too many wait.", {}};
  const auto full = work.lane().print_test();
  ASSERT_FALSE(full);
  EXPECT_EQ(full.error().code, "device.queue_full");
  EXPECT_EQ(work.lane().devices().test_slip, TestSlip::none);
}

TEST(LaneDeviceCheck, ATestGoesFromTheDisplayWhenNobodyLooksAnyMore) {
  TriedOut work;
  work.lane().watch_devices(true);
  EXPECT_TRUE(work.lane().show_test());
  ASSERT_EQ(work.till.display.shown.size(), 1u);
  EXPECT_EQ(work.till.display.shown.back().upper, "TEST");
  EXPECT_TRUE(work.lane().devices().test_shown);
  work.lane().watch_devices(false);
  ASSERT_EQ(work.till.display.shown.size(), 2u);
  EXPECT_EQ(work.till.display.shown.back(), LineDisplay::Contents{});
  work.lane().watch_devices(false);
  EXPECT_EQ(work.till.display.shown.size(), 2u) << "what a sale shows there stays";
  work.expect_no_trace();
}

TEST(LaneDeviceCheck, TheScaleIsAskedOftenWhileSomebodyLooks) {
  TriedOut work;
  work.lane().watch_devices(true);
  EXPECT_EQ(work.till.scale.live, (std::vector<bool>{true}));
  work.lane().watch_devices(false);
  EXPECT_EQ(work.till.scale.live, (std::vector<bool>{true, false}));
  work.sign_in("1028");
  ASSERT_EQ(work.scan(greens), "register.weight_needed");
  work.lane().watch_devices(false);
  EXPECT_TRUE(work.till.scale.live.back()) << "goods wait for their weight";
}

}  // namespace
}  // namespace lanekeeper::till::test
