// Shifts and cash: what is recorded, what adds up, and what nobody is told before it was counted.
#include <gtest/gtest.h>

#include "register_at_work.h"

namespace lanekeeper::till::test {
namespace {

using access::Role;
using sale::ControlKind;
using sale::TenderKind;

struct Shift : RegisterAtWork {
  explicit Shift(Role role = Role::cashier) : RegisterAtWork(role) {
    use([](auto&) {});
  }
  void use(const std::function<void(RegisterSettings&)>& change) {
    auto settings = shop_settings();
    settings.shifts_required = true;
    settings.usual_float = yuan("500");
    settings.difference_tolerance = yuan("5");
    change(settings);
    machine.set_settings(settings);
  }
  void sell_milk(std::string_view cash = "49.90") {
    EXPECT_EQ(scan(Shop::milk), "");
    EXPECT_EQ(run(BeginTender{}), "");
    EXPECT_EQ(run(TenderCash{yuan(cash)}), "");
  }
  std::string count(std::int64_t hundreds, std::int64_t fen = 0) {
    return run(CountCash{{{yuan("100"), hundreds}, {Money::of_minor(1), fen}, {yuan("50"), 0}}});
  }
};

access::StaffMember manager() {
  return staff_member(Role::manager, 50);
}

TEST(RegisterShifts, NothingIsSoldBeforeOneIsOpen) {
  Shift till;
  EXPECT_TRUE(till.view().shift_needed);
  EXPECT_EQ(till.scan(Shop::milk), "shift.open_first");
  EXPECT_EQ(till.run(Weigh{"301", qty("1")}), "shift.open_first");
  EXPECT_EQ(till.run(AddItem{1}), "shift.open_first");
  EXPECT_EQ(till.run(MoveCash{ControlKind::pick_up, yuan("1"), "", ""}), "shift.none_open");
  EXPECT_EQ(till.run(BeginClose{}), "shift.none_open");
  EXPECT_EQ(till.run(OpenShift{yuan("-1")}), "shift.bad_float");
  EXPECT_EQ(till.run(OpenShift{yuan("500")}), "");
  ASSERT_EQ(till.controls.size(), 1u);
  EXPECT_EQ(till.controls[0].kind, ControlKind::shift_open);
  EXPECT_EQ(till.controls[0].opening->number, 1);
  EXPECT_EQ(till.controls[0].shift, 1);
  EXPECT_TRUE(sale::check_arithmetic(till.controls[0]));
  EXPECT_NE(till.effect<OpenDrawer>(), nullptr);
  EXPECT_NE(till.effect<PrintControl>(), nullptr);
  EXPECT_FALSE(till.view().shift_needed);
  EXPECT_EQ(till.run(OpenShift{yuan("500")}), "shift.already_open");
  till.sell_milk();
  EXPECT_EQ(till.sold->shift, 1);
}

TEST(RegisterShifts, CashComesAndGoesWithItsReason) {
  Shift till(Role::supervisor);
  till.run(OpenShift{yuan("500")});
  till.sell_milk("100");
  EXPECT_EQ(till.view().shift->totals->tenders[0].amount, yuan("49.90"));
  EXPECT_EQ(till.run(MoveCash{ControlKind::paid_out, yuan("20"), "", ""}), "shift.reason_needed");
  EXPECT_EQ(till.run(MoveCash{ControlKind::paid_out, yuan("20"), "water", "bottle"}), "");
  EXPECT_EQ(till.run(MoveCash{ControlKind::paid_in, yuan("5"), "found", ""}), "");
  EXPECT_EQ(till.run(MoveCash{ControlKind::loan, yuan("100"), "", ""}), "");
  EXPECT_EQ(till.run(MoveCash{ControlKind::pick_up, yuan("634.91"), "", ""}), "shift.not_that_much");
  EXPECT_TRUE(till.detail("most").empty()) << "tells no amount";
  EXPECT_EQ(till.run(MoveCash{ControlKind::pick_up, yuan("634.90"), "", ""}), "");
  EXPECT_EQ(sale::expected_cash(*till.view().shift->totals), Money());
  EXPECT_EQ(till.run(MoveCash{ControlKind::pick_up, yuan("0"), "", ""}), "shift.bad_amount");
  EXPECT_EQ(till.run(MoveCash{ControlKind::no_sale, yuan("1"), "", ""}), "shift.bad_movement");
  EXPECT_EQ(till.run(NoSale{""}), "shift.reason_needed");
  EXPECT_EQ(till.run(NoSale{"change"}), "");
  EXPECT_NE(till.effect<OpenDrawer>(), nullptr);
  EXPECT_EQ(till.view().shift->totals->no_sales, 1);
  till.scan(Shop::milk);
  EXPECT_EQ(till.run(NoSale{"change"}), "register.basket_open");
  EXPECT_EQ(till.run(BeginClose{}), "register.basket_open");
  for (const auto& control : till.controls) EXPECT_TRUE(sale::check_arithmetic(control));
}

TEST(RegisterShifts, ACashierNeedsASupervisorForWhatIsNoSale) {
  Shift till;
  till.run(OpenShift{yuan("500")});
  EXPECT_EQ(till.run(MoveCash{ControlKind::paid_in, yuan("5"), "found", ""}), "access.denied");
  EXPECT_EQ(till.detail("permission"), "shift.cash");
  EXPECT_EQ(till.run_by(staff_member(Role::supervisor, 50), NoSale{"change"}), "");
  ASSERT_TRUE(till.controls.back().approvals);
  EXPECT_EQ(till.controls.back().approvals->front().permission, "shift.no_sale");
  EXPECT_EQ(till.run(MoveCash{ControlKind::pick_up, yuan("5"), "", ""}), "");
}

TEST(RegisterShifts, WhoStillHasToCountIsToldNothing) {
  Shift till;
  till.use([](auto& settings) { settings.pick_up_at = yuan("600"); });
  till.run(OpenShift{yuan("500")});
  EXPECT_EQ(till.view().shift->drawer_cash_over, Money());
  for (int i = 0; i < 3; ++i) till.sell_milk("100");  // 149.70
  const auto& shift = *till.view().shift;
  EXPECT_FALSE(shift.totals);
  EXPECT_EQ(shift.counters.sale_count, 3);
  EXPECT_EQ(shift.counters.gross, Money());
  EXPECT_EQ(shift.counters.tenders.at(0).amount, Money());
  EXPECT_EQ(shift.drawer_cash_over, yuan("100")) << "49.70 would tell what is there";
  EXPECT_EQ(till.run(BeginClose{}), "");
  EXPECT_EQ(till.view().state, RegisterState::closing);
  EXPECT_FALSE(till.view().shift->totals);
  EXPECT_TRUE(till.view().close->checks.empty());
  EXPECT_EQ(till.run(DeclareTender{TenderKind::card, {}, yuan("1"), {}}), "shift.count_first");
  EXPECT_EQ(till.run(CloseShift{yuan("500")}), "shift.count_first");
  EXPECT_EQ(till.scan(Shop::milk), "shift.closing");
  EXPECT_EQ(till.run(SignOut{}), "shift.closing");
  EXPECT_EQ(till.run(MoveCash{ControlKind::pick_up, yuan("5"), "", ""}), "shift.closing");
  EXPECT_EQ(till.count(6, 4970), "");
  EXPECT_TRUE(till.view().shift->totals);
  EXPECT_EQ(till.view().close->checks.at(0).check.expected, yuan("649.70"));
  EXPECT_EQ(till.view().close->checks.at(0).difference, Money());
}

TEST(RegisterShifts, AZIsGaplessAndTheNextShiftBeginsWithWhatWasLeft) {
  Shift till;
  till.run(OpenShift{yuan("500")});
  till.sell_milk();
  Error unsent{"close.unsent", "", {{"count", "3"}}};
  EXPECT_EQ(till.run(BeginClose{{unsent}}), "");
  EXPECT_NE(till.effect<OpenDrawer>(), nullptr) << "to be counted";
  EXPECT_EQ(till.run(BeginClose{{unsent, {"close.suspended", "", {}}}}), "");
  EXPECT_EQ(till.view().close->obstacles.size(), 2u);
  EXPECT_EQ(till.count(5, 4990), "");
  EXPECT_EQ(till.run(CloseShift{yuan("549.91")}), "shift.bad_left");
  EXPECT_EQ(till.run(CloseShift{yuan("500")}), "");
  const auto& closing = till.controls.back();
  EXPECT_TRUE(sale::check_arithmetic(closing));
  EXPECT_EQ(closing.amount, yuan("549.90"));
  EXPECT_EQ(closing.closing->number, 1);
  EXPECT_EQ(closing.closing->unsent, 3);
  EXPECT_EQ(closing.closing->open_ends->size(), 2u);
  EXPECT_EQ(closing.closing->counts.size(), 2u);
  EXPECT_EQ(closing.closing->recounts, 0);
  EXPECT_EQ(till.view().state, RegisterState::signed_out);
  EXPECT_NE(till.effect<PrintControl>(), nullptr);
  EXPECT_EQ(till.view().last_shift, 1);
  EXPECT_EQ(till.view().left_in_drawer, yuan("500"));
  till.run(SignedIn{staff_member(Role::cashier, 8)});
  EXPECT_EQ(till.run(OpenShift{yuan("520")}), "");
  EXPECT_EQ(till.controls.back().opening->number, 2);
  EXPECT_EQ(till.controls.back().opening->carried_over, yuan("500"));
  EXPECT_EQ(sale::drawer_cash(till.controls.back()), yuan("20"));
}

TEST(RegisterShifts, ADifferenceNeedsAReasonAndASignature) {
  Shift till;
  till.run(OpenShift{yuan("500")});
  till.run(BeginClose{});
  till.count(4, 9499);  // 5.01 short
  EXPECT_TRUE(till.view().close->checks[0].needs_reason);
  EXPECT_TRUE(till.view().close->needs_signature);
  EXPECT_EQ(till.run(CloseShift{}), "shift.reason_needed");
  EXPECT_EQ(till.run(DeclareTender{TenderKind::cash, {}, yuan("500"), {}}), "shift.bad_declared");
  EXPECT_EQ(till.run(DeclareTender{TenderKind::cash, {}, {}, "change"}), "");
  EXPECT_EQ(till.run(CloseShift{}), "access.denied");
  EXPECT_EQ(till.detail("permission"), "shift.difference");
  EXPECT_EQ(till.count(4, 9500), "");
  EXPECT_EQ(till.view().close->recounts, 1);
  EXPECT_FALSE(till.view().close->needs_signature) << "5.00 is inside the tolerance";
  EXPECT_EQ(till.count(4, 9499), "shift.counted_twice") << "again and again until it fits";
  EXPECT_EQ(till.detail("permission"), "shift.difference");
  EXPECT_EQ(till.run_by(staff_member(Role::supervisor, 50), CountCash{{{yuan("100"), 4}, {Money::of_minor(1), 9499}}}),
            "");
  EXPECT_EQ(till.run_by(staff_member(Role::supervisor, 50), CloseShift{}), "");
  const auto& closing = till.controls.back();
  EXPECT_TRUE(sale::check_arithmetic(closing));
  EXPECT_EQ(closing.closing->recounts, 2);
  EXPECT_EQ(closing.closing->checks[0].reason, "change");
  EXPECT_EQ(closing.approvals->front().permission, "shift.difference");
}

TEST(RegisterShifts, SlipsAreComparedWithWhatTheTillSays) {
  Shift till(Role::supervisor);
  till.run(OpenShift{yuan("500")});
  till.scan(Shop::milk);
  till.run(BeginTender{});
  EXPECT_EQ(till.run(TenderOther{TenderKind::card, {}, yuan("49.90"), "1234"}), "");
  EXPECT_EQ(till.effect<OpenDrawer>(), nullptr) << "no cash moved";
  ASSERT_EQ(till.view().shift->not_cash.size(), 1u);
  till.run(BeginClose{});
  till.count(5);
  ASSERT_EQ(till.view().close->checks.size(), 2u);
  EXPECT_EQ(till.view().close->checks[1].check.declared, yuan("49.90")) << "until somebody says otherwise";
  EXPECT_EQ(till.run(DeclareTender{TenderKind::card, {}, yuan("40"), {}}), "");
  EXPECT_EQ(till.run(DeclareTender{TenderKind::voucher, {}, yuan("9.90"), "wrong_tender"}), "");
  EXPECT_EQ(till.run(DeclareTender{TenderKind::other, "meal", yuan("9.90"), {}}), "tender.not_accepted");
  EXPECT_EQ(till.run(CloseShift{yuan("500")}), "shift.reason_needed");
  EXPECT_EQ(till.run(DeclareTender{TenderKind::card, {}, {}, "wrong_tender"}), "");
  EXPECT_EQ(till.run(CloseShift{yuan("500")}), "");
  EXPECT_TRUE(sale::check_arithmetic(till.controls.back()));
}

TEST(RegisterShifts, AManagerClosesWhatSomebodyElseLeftOpen) {
  Shift till;
  till.run(OpenShift{yuan("500")});
  till.run(SignOut{});
  till.run(SignedIn{staff_member(Role::supervisor, 9)});
  EXPECT_EQ(till.run(BeginClose{}), "access.denied");
  EXPECT_EQ(till.detail("permission"), "shift.close_other");
  EXPECT_EQ(till.run_by(manager(), BeginClose{}), "");
  till.count(5);
  EXPECT_EQ(till.run(CloseShift{yuan("500")}), "");
  const auto& closing = till.controls.back();
  EXPECT_EQ(closing.closing->opened_by, 7);
  EXPECT_EQ(closing.cashier, 9);
  EXPECT_EQ(closing.approvals->front().permission, "shift.close_other");
}

TEST(RegisterShifts, AGivenUpCloseLeavesATraceForTheDrawerWasOpened) {
  Shift till;
  till.run(OpenShift{yuan("500")});
  till.run(BeginClose{});
  till.count(4);
  EXPECT_EQ(till.run(CancelClose{}), "");
  EXPECT_EQ(till.controls.back().kind, ControlKind::no_sale);
  EXPECT_EQ(till.controls.back().reason, "close_cancelled");
  EXPECT_EQ(till.effect<OpenDrawer>(), nullptr);
  EXPECT_EQ(till.view().state, RegisterState::idle);
  EXPECT_FALSE(till.view().shift->totals);
  till.run(BeginClose{});
  till.count(5);
  EXPECT_EQ(till.view().close->recounts, 1) << "the expected amount was seen before";
}

TEST(RegisterShifts, WhatCannotBeStoredHasNotHappened) {
  Shift till;
  const auto outcome = till.machine.handle(OpenShift{yuan("500")}, till.moment());
  const auto& opening = std::get<CommitControl>(outcome.effects.at(0)).control;
  EXPECT_EQ(till.run(OpenShift{yuan("500")}), "register.busy");
  EXPECT_FALSE(till.machine.control_commit_failed({"journal.disk_full", "", {}}).result);
  EXPECT_FALSE(till.machine.control_committed(opening, till.moment()).result) << "too late";
  EXPECT_FALSE(till.view().shift);
  EXPECT_EQ(till.view().message->code, "journal.disk_full");
  EXPECT_EQ(till.run(OpenShift{yuan("500")}), "");
  EXPECT_EQ(till.view().shift->number, 1);
}

TEST(RegisterShifts, TheBusinessDayOfACashMovementRunsPastMidnight) {
  Shift till;
  till.use([](auto& settings) { settings.day_start_minute = 240; });
  till.now = ZonedTime::parse("2026-11-21T02:00:00.000+08:00").value();
  till.run(OpenShift{yuan("500")});
  EXPECT_EQ(till.controls.back().business_date, (Date{2026, 11, 20}));
}

// A shop that sells through the night: the shift stays, each sale has the business date of its own moment.
TEST(RegisterShifts, AShiftMayRunPastTheEndOfItsBusinessDay) {
  Shift till;
  till.use([](auto& settings) { settings.day_start_minute = 240; });
  till.now = ZonedTime::parse("2026-11-21T03:50:00.000+08:00").value();
  till.run(OpenShift{yuan("500")});
  till.sell_milk();
  EXPECT_EQ(till.sold->business_date, (Date{2026, 11, 20}));
  till.now = ZonedTime::parse("2026-11-21T04:10:00.000+08:00").value();
  till.sell_milk();
  EXPECT_EQ(till.sold->business_date, (Date{2026, 11, 21}));
  EXPECT_EQ(till.sold->shift, 1);
  EXPECT_EQ(till.view().shift->business_date, (Date{2026, 11, 20})) << "the day of its opening";
  till.run(BeginClose{});
  EXPECT_EQ(till.count(5, 9980), "");
  EXPECT_EQ(till.run(CloseShift{yuan("500")}), "");
  const auto& closing = till.controls.back();
  EXPECT_EQ(closing.closing->totals.sale_count, 2);
  EXPECT_EQ(closing.closing->totals.turnover, yuan("99.80"));
  EXPECT_TRUE(sale::check_arithmetic(closing));
}

TEST(RegisterShifts, OneWithoutASaleIsClosedLikeAnyOther) {
  Shift till;
  till.run(OpenShift{yuan("500")});
  till.run(BeginClose{});
  EXPECT_EQ(till.count(5), "");
  EXPECT_EQ(till.run(CloseShift{yuan("500")}), "");
  const auto& closing = till.controls.back();
  EXPECT_EQ(closing.closing->number, 1);
  EXPECT_EQ(closing.closing->totals.sale_count, 0);
  EXPECT_EQ(closing.closing->totals.turnover, Money());
  EXPECT_TRUE(sale::check_arithmetic(closing));
}

TEST(RegisterShifts, NothingIsClosedOverAnOpenSaleOrMoneyThatWasTaken) {
  Shift till;
  till.run(OpenShift{yuan("500")});
  EXPECT_EQ(till.scan(Shop::milk), "");
  EXPECT_EQ(till.run(BeginClose{}), "register.basket_open");
  EXPECT_EQ(till.run(BeginTender{}), "");
  EXPECT_EQ(till.run(TenderCash{yuan("20")}), "");
  EXPECT_NE(till.run(BeginClose{}), "");
  EXPECT_FALSE(till.view().close);
  EXPECT_EQ(till.run(TenderCash{yuan("29.90")}), "");
  EXPECT_EQ(till.run(BeginClose{}), "");
}

TEST(RegisterShifts, AReprintIsRecordedWhateverIsOpenAndCounted) {
  Shift till;
  EXPECT_EQ(till.record_reprint(1), "") << "before a shift as well";
  EXPECT_FALSE(till.controls.back().shift);
  till.run(OpenShift{yuan("500")});
  EXPECT_FALSE(till.view().shift->counters.reprints);
  till.sell_milk();
  EXPECT_EQ(till.scan(Shop::milk), "");
  EXPECT_EQ(till.run(BeginTender{}), "");
  EXPECT_EQ(till.record_reprint(1), "");
  const auto& again = till.controls.back();
  EXPECT_EQ(again.kind, ControlKind::reprint);
  EXPECT_EQ(again.receipt_number, 1);
  EXPECT_EQ(again.shift, 1);
  EXPECT_EQ(again.cashier_number, till.view().cashier->number);
  EXPECT_TRUE(sale::check_arithmetic(again));
  EXPECT_EQ(till.view().state, RegisterState::tendering) << "the sale goes on";
  EXPECT_EQ(till.view().shift->counters.reprints, 1);
  EXPECT_EQ(till.effect<OpenDrawer>(), nullptr);
  till.run(TenderCash{yuan("49.90")});
  till.run(SignOut{});
  EXPECT_EQ(till.record_reprint(1), "register.signed_out");
}

TEST(RegisterShifts, AReprintThatCannotBeStoredIsNotCounted) {
  Shift till;
  till.run(OpenShift{yuan("500")});
  auto outcome = till.machine.record_reprint(1, till.moment());
  ASSERT_TRUE(outcome.result);
  EXPECT_EQ(till.machine.record_reprint(1, till.moment()).result.error().code, "register.busy");
  outcome = till.machine.control_commit_failed(Error{"journal.disk_full", "The disk is full.", {}});
  EXPECT_EQ(outcome.result.error().code, "journal.disk_full");
  EXPECT_FALSE(till.view().shift->counters.reprints);
  EXPECT_EQ(till.record_reprint(1), "");
}

TEST(RegisterShifts, ChangeThatTheDrawerMayNotHoldIsAHintAndTellsNoSum) {
  Shift till;
  till.run(OpenShift{yuan("50")});
  till.sell_milk("99.90");
  EXPECT_FALSE(till.view().last_sale->beyond_drawer) << "50.00 of 50.00";
  till.run(MoveCash{ControlKind::pick_up, yuan("99.90"), "", ""});
  till.run_by(manager(), MoveCash{ControlKind::loan, yuan("50"), "", ""});
  till.sell_milk("99.91");
  EXPECT_TRUE(till.view().last_sale->beyond_drawer) << "what was just taken is no change";
  EXPECT_FALSE(till.machine.is_beyond_drawer(yuan("10000"))) << "trying amounts would tell the sum";
  till.run(SignOut{});
  till.run(SignedIn{manager()});
  EXPECT_TRUE(till.machine.is_beyond_drawer(yuan("10000")));
  const auto lies_there = sale::expected_cash(*till.view().shift->totals);
  EXPECT_FALSE(till.machine.is_beyond_drawer(lies_there));
  EXPECT_TRUE(till.machine.is_beyond_drawer(lies_there + Money::of_minor(1)));
}

TEST(RegisterShifts, ARefundThatTheDrawerMayNotHoldIsAHint) {
  for (const auto* there : {"49.89", "49.90"}) {
    Shift till(Role::manager);
    till.run(OpenShift{yuan(there)});
    EXPECT_EQ(till.run(BeginBlindReturn{"gift"}), "");
    EXPECT_EQ(till.scan(Shop::milk), "");
    EXPECT_FALSE(till.view().refund_beyond_drawer) << "nothing is paid out yet";
    EXPECT_EQ(till.run(BeginTender{}), "");
    EXPECT_EQ(till.view().cash_due, -yuan("49.90"));
    EXPECT_EQ(till.view().refund_beyond_drawer, std::string_view(there) == "49.89");
    EXPECT_EQ(till.run(TenderCash{Money()}), "") << "nothing is refused";
  }
  RegisterAtWork without(Role::manager);
  EXPECT_EQ(without.run(BeginBlindReturn{"gift"}), "");
  EXPECT_EQ(without.scan(Shop::milk), "");
  EXPECT_EQ(without.run(BeginTender{}), "");
  EXPECT_FALSE(without.view().refund_beyond_drawer) << "without a shift nothing is known of the drawer";
}

TEST(RegisterShifts, ARestoredShiftGoesOn) {
  Shift till(Role::manager);
  till.run(OpenShift{yuan("500")});
  till.sell_milk("100");
  RegisterAtWork after(Role::manager);
  after.machine.restore_shift(OpenShiftState{till.controls[0], *till.view().shift->totals}, 4, yuan("9"));
  EXPECT_EQ(after.view().shift->number, 1);
  EXPECT_EQ(*after.view().shift->totals, *till.view().shift->totals);
  RegisterAtWork fresh(Role::manager);
  fresh.machine.restore_shift(std::nullopt, 4, yuan("9"));
  EXPECT_EQ(fresh.view().last_shift, 4);
  fresh.run(OpenShift{yuan("500")});
  EXPECT_EQ(fresh.controls.back().opening->number, 5);
  EXPECT_EQ(fresh.controls.back().opening->carried_over, yuan("9"));
}

TEST(RegisterShifts, TrainingMovesNoDrawerAndMarksItsSales) {
  Shift till(Role::supervisor);
  till.use([](auto& settings) { settings.training = true; });
  EXPECT_TRUE(till.view().training);
  till.run(OpenShift{yuan("500")});
  EXPECT_EQ(till.effect<OpenDrawer>(), nullptr);
  till.sell_milk("100");
  EXPECT_EQ(till.effect<OpenDrawer>(), nullptr);
  EXPECT_EQ(till.sold->training, true);
  till.run(NoSale{"change"});
  EXPECT_EQ(till.effect<OpenDrawer>(), nullptr);
  till.run(BeginClose{});
  EXPECT_EQ(till.effect<OpenDrawer>(), nullptr);
  till.count(5, 4990);
  EXPECT_EQ(till.run(CloseShift{yuan("500")}), "");
  EXPECT_EQ(till.effect<OpenDrawer>(), nullptr);
}

}  // namespace
}  // namespace lanekeeper::till::test
