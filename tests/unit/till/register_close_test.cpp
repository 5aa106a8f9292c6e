// What becomes of a close when the till is switched off in it, and that nobody who still has to count the drawer can
// try out what lies there.
#include <gtest/gtest.h>

#include "register_at_work.h"

namespace lanekeeper::till::test {
namespace {

using access::Role;
using sale::ControlKind;

RegisterSettings settings_with_shifts() {
  auto settings = shop_settings();
  settings.shifts_required = true;
  settings.usual_float = yuan("500");
  settings.difference_tolerance = yuan("5");
  return settings;
}

CountCash hundreds(std::int64_t count) {
  return {{{yuan("100"), count}, {yuan("50"), 0}}};
}

struct Closing : RegisterAtWork {
  explicit Closing(Role role = Role::cashier) : RegisterAtWork(role) {
    machine.set_settings(settings_with_shifts());
    EXPECT_EQ(run(OpenShift{yuan("500")}), "");
  }
  // A till that was switched off: all it knows is its journal.
  [[nodiscard]] OpenShiftState from_journal() const {
    OpenShiftState open{controls.front(), {}};
    for (const auto& control : controls) {
      sale::add(open.totals, control);
      sale::follow(open.trail, control);
    }
    return open;
  }
  [[nodiscard]] std::vector<ControlKind> kinds() const {
    std::vector<ControlKind> all;
    for (const auto& control : controls) all.push_back(control.kind);
    return all;
  }
};

// The same till after the kill; nobody is signed in.
struct Restarted : RegisterAtWork {
  explicit Restarted(const Closing& killed) : Restarted(killed.from_journal()) {}
  Restarted(const OpenShiftState& shift) : RegisterAtWork(Role::cashier), before(shift) {
    EXPECT_EQ(run(SignOut{}), "");
    machine.set_settings(settings_with_shifts());
    machine.restore_shift(shift, 1, {});
  }
  // And once more.
  [[nodiscard]] OpenShiftState from_journal() const {
    auto open = before;
    for (const auto& control : controls) {
      sale::add(open.totals, control);
      sale::follow(open.trail, control);
    }
    return open;
  }
  OpenShiftState before;
};

access::StaffMember supervisor() {
  return staff_member(Role::supervisor, 50);
}

TEST(RegisterClose, ItsBeginningIsStoredBeforeTheDrawerOpens) {
  Closing till;
  const auto outcome = till.machine.handle(BeginClose{}, till.moment());
  ASSERT_EQ(outcome.effects.size(), 1U);
  const auto begun = std::get<CommitControl>(outcome.effects[0]).control;
  EXPECT_EQ(begun.kind, ControlKind::close_begun);
  EXPECT_EQ(begun.shift, 1);
  EXPECT_TRUE(sale::check_arithmetic(begun));
  EXPECT_FALSE(till.machine.control_commit_failed({"journal.disk_full", "", {}}).result);
  EXPECT_FALSE(till.view().close) << "what cannot be stored has not happened";
  EXPECT_EQ(till.run(BeginClose{}), "");
  EXPECT_NE(till.effect<OpenDrawer>(), nullptr);
  EXPECT_EQ(till.view().state, RegisterState::closing);
}

TEST(RegisterClose, ATillThatWasSwitchedOffComesBackToWhatWasCounted) {
  Closing till;
  till.run(BeginClose{});
  EXPECT_EQ(till.run(hundreds(4)), "");
  EXPECT_EQ(till.kinds(), (std::vector{ControlKind::shift_open, ControlKind::close_begun, ControlKind::cash_counted}));
  EXPECT_EQ(till.controls.back().amount, yuan("400"));
  EXPECT_TRUE(sale::check_arithmetic(till.controls.back()));

  Restarted after(till);
  EXPECT_FALSE(after.view().close) << "nobody is there to see it";
  EXPECT_EQ(after.run(SignedIn{staff_member(Role::cashier)}), "");
  EXPECT_EQ(after.view().state, RegisterState::closing);
  const auto& close = *after.view().close;
  EXPECT_TRUE(close.resumed);
  EXPECT_TRUE(close.is_counted);
  EXPECT_EQ(close.counts, (std::vector<sale::CashCount>{{yuan("100"), 4}}));
  EXPECT_EQ(close.checks.at(0).difference, -yuan("100"));
  EXPECT_EQ(after.run(SignOut{}), "shift.closing");
  EXPECT_EQ(after.run(BeginClose{{{"close.unsent", "", {{"count", "3"}}}}}), "");
  EXPECT_NE(after.effect<OpenDrawer>(), nullptr) << "to be counted on";
  EXPECT_FALSE(after.view().close->resumed);
  EXPECT_TRUE(after.view().close->is_counted);
  EXPECT_EQ(after.run(hundreds(5)), "");
  EXPECT_EQ(after.run(CloseShift{yuan("500")}), "");
  const auto& closing = after.controls.back();
  EXPECT_EQ(closing.closing->recounts, 1) << "what should be there was seen before the kill";
  EXPECT_EQ(closing.closing->unsent, 3);
  EXPECT_EQ(closing.closing->totals.no_sales, 0) << "as in a close that nothing happened to";
  EXPECT_TRUE(sale::check_arithmetic(closing));
}

TEST(RegisterClose, WhatWasCountedBeforeItWasGivenUpStaysKnown) {
  Closing till;
  till.run(BeginClose{});
  till.run(hundreds(4));
  till.run(CancelClose{});
  Restarted after(till);
  EXPECT_EQ(after.run(SignedIn{staff_member(Role::cashier)}), "");
  EXPECT_EQ(after.view().state, RegisterState::idle);
  EXPECT_FALSE(after.view().shift->totals);
  EXPECT_EQ(after.view().shift->counters.no_sales, 1) << "the drawer was opened once without a sale";
  after.run(BeginClose{});
  EXPECT_FALSE(after.view().close->is_counted);
  after.run(hundreds(5));
  EXPECT_EQ(after.view().close->recounts, 1);
  EXPECT_EQ(after.run(CloseShift{yuan("500")}), "");
  EXPECT_EQ(after.run(SignedIn{staff_member(Role::cashier)}), "");
  EXPECT_EQ(after.run(OpenShift{yuan("500")}), "");
  after.run(BeginClose{});
  after.run(hundreds(5));
  EXPECT_EQ(after.view().close->recounts, 0) << "another shift";
}

TEST(RegisterClose, OnlyWhoMayGoesOnWithOneThatWasBrokenOff) {
  Closing till;
  till.run(BeginClose{});
  till.run(hundreds(4));
  Restarted after(till);
  EXPECT_EQ(after.run(SignedIn{staff_member(Role::supervisor, 9)}), "shift.close_unfinished");
  EXPECT_EQ(after.detail("permission"), "shift.close_other");
  EXPECT_EQ(after.run_by(supervisor(), SignedIn{staff_member(Role::cashier, 9)}), "access.denied");
  EXPECT_EQ(after.run_by(staff_member(Role::manager, 51), SignedIn{staff_member(Role::supervisor, 9)}), "");
  EXPECT_EQ(after.run(hundreds(5)), "");
  EXPECT_EQ(after.run(CloseShift{yuan("500")}), "");
  EXPECT_EQ(after.controls.back().approvals->front().permission, "shift.close_other");
  EXPECT_EQ(after.controls.back().approvals->front().approved_by, 51);
}

TEST(RegisterClose, WhoAllowedItStaysKnownHoweverOftenItIsBrokenOff) {
  Closing till;
  till.run(BeginClose{});
  till.run(hundreds(4));
  Restarted once(till);
  EXPECT_EQ(once.run_by(staff_member(Role::manager, 51), SignedIn{staff_member(Role::supervisor, 9)}), "");
  EXPECT_EQ(once.run(BeginClose{}), "");
  Restarted twice(once.from_journal());
  EXPECT_EQ(twice.run(SignedIn{staff_member(Role::supervisor, 9)}), "") << "it is theirs now";
  EXPECT_EQ(twice.run(BeginClose{}), "");
  Restarted again(twice.from_journal());
  EXPECT_EQ(again.run(SignedIn{staff_member(Role::supervisor, 9)}), "");
  EXPECT_EQ(again.run(hundreds(5)), "");
  EXPECT_EQ(again.run(CloseShift{yuan("500")}), "");
  ASSERT_TRUE(again.controls.back().approvals);
  ASSERT_EQ(again.controls.back().approvals->size(), 1U);
  EXPECT_EQ(again.controls.back().approvals->front().permission, "shift.close_other");
  EXPECT_EQ(again.controls.back().approvals->front().approved_by, 51);
}

TEST(RegisterClose, WhoMayNotKnowCountsTwiceAtMost) {
  Closing till;
  till.run(BeginClose{});
  EXPECT_EQ(till.run(hundreds(3)), "");
  EXPECT_EQ(till.run(hundreds(4)), "");
  EXPECT_EQ(till.run(hundreds(5)), "shift.counted_twice");
  EXPECT_EQ(till.detail("permission"), "shift.difference");
  till.run(CancelClose{});
  till.run(BeginClose{});
  EXPECT_EQ(till.run(hundreds(5)), "shift.counted_twice") << "it is the same shift";
  EXPECT_EQ(till.run_by(supervisor(), hundreds(5)), "");
  EXPECT_EQ(till.controls.back().approvals->front().permission, "shift.difference");
  EXPECT_EQ(till.view().close->recounts, 2);
  Closing knows(Role::supervisor);
  knows.run(BeginClose{});
  for (int i = 0; i < 4; ++i) EXPECT_EQ(knows.run(hundreds(5)), "");
}

TEST(RegisterClose, MovingCashTellsNobodyWhatLiesThere) {
  // 500.00 lie there. Whatever is tried: the answer is the same, and so is all that is shown.
  for (const auto* amount : {"0.01", "499.99", "500", "500.01", "900", "1000000"}) {
    Closing till;
    EXPECT_EQ(till.run(MoveCash{ControlKind::pick_up, yuan(amount), "", ""}), "") << amount;
    EXPECT_FALSE(till.view().message);
    EXPECT_FALSE(till.view().shift->totals);
    EXPECT_EQ(till.view().shift->drawer_cash_over, Money());
    EXPECT_EQ(till.run(MoveCash{ControlKind::paid_out, yuan(amount), "water", ""}), "access.denied");
    EXPECT_EQ(till.run_by(supervisor(), MoveCash{ControlKind::paid_out, yuan(amount), "water", ""}), "") << amount;
    EXPECT_TRUE(sale::check_arithmetic(till.controls.back()));
  }
}

TEST(RegisterClose, TooMuchThatWasTakenShowsAtTheClose) {
  Closing till;
  EXPECT_EQ(till.run(MoveCash{ControlKind::pick_up, yuan("600"), "", ""}), "");
  till.run(BeginClose{});
  EXPECT_EQ(till.run(hundreds(0)), "");
  EXPECT_EQ(till.view().close->checks.at(0).check.expected, -yuan("100"));
  EXPECT_EQ(till.view().close->checks.at(0).difference, yuan("100"));
  EXPECT_TRUE(till.view().close->needs_signature);
}

TEST(RegisterClose, ARefundThatIsOnlyTriedTellsNothing) {
  Closing till;
  EXPECT_EQ(till.run(MoveCash{ControlKind::pick_up, yuan("500"), "", ""}), "");
  EXPECT_EQ(till.run_by(supervisor(), BeginBlindReturn{"gift"}), "");
  EXPECT_EQ(till.scan(Shop::milk), "");
  EXPECT_EQ(till.run(BeginTender{}), "");
  EXPECT_FALSE(till.view().refund_beyond_drawer);
  EXPECT_EQ(till.run(BackToSale{}), "");
  EXPECT_EQ(till.run(BeginTender{}), "");
  EXPECT_EQ(till.run(TenderCash{Money()}), "");
  EXPECT_TRUE(till.view().last_sale->beyond_drawer) << "once it is paid out everybody is told";
}

TEST(RegisterClose, WhatTheJournalWasGivenBesidesTheTillsCommandsCounts) {
  Closing till;
  sale::ControlTransaction aside;
  aside.kind = ControlKind::basket_suspend;
  aside.shift = 1;
  till.run(BeginClose{});
  till.run(hundreds(5));
  till.machine.note_recorded(aside);
  EXPECT_EQ(till.view().state, RegisterState::closing) << "and the close goes on";
  EXPECT_EQ(till.view().shift->counters.suspended, 1);
  aside.shift = 7;
  till.machine.note_recorded(aside);
  EXPECT_EQ(till.view().shift->counters.suspended, 1) << "of another shift";
}

}  // namespace
}  // namespace lanekeeper::till::test
