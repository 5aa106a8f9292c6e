// A close that a kill, an exercise or a basket that was put aside comes across.
#include "whole_lane.h"

namespace lanekeeper::till::test {
namespace {

using sale::ControlKind;

struct Closing : WholeLane {
  explicit Closing(std::string_view who = "1027") {
    protocol::TillPolicy policy;
    policy.shifts_required = true;
    till.replica.stored->till_policy = policy;
    lane().profile_changed();
    sign_in(who);
    EXPECT_EQ(run(OpenShift{yuan("500")}), "");
  }
  std::string count(std::int64_t hundreds) { return run(CountCash{{{yuan("100"), hundreds}}}); }
  void put_aside() {
    EXPECT_EQ(scan(Shop::milk), "");
    EXPECT_EQ(run(SuspendBasket{}), "");
    till.run_tasks();
  }
  [[nodiscard]] std::int64_t recorded(ControlKind kind) const {
    const auto all = controls();
    return std::count(all.begin(), all.end(), kind);
  }
};

TEST(LaneClose, AKilledTillComesBackToTheCountAndOpensTheDrawer) {
  Closing work;
  work.till.journal.unsent = 0;
  EXPECT_EQ(work.run(BeginClose{}), "");
  EXPECT_EQ(work.count(4), "");
  const auto opened = work.till.drawer.opened;
  work.open();
  EXPECT_EQ(work.till.drawer.opened, opened) << "nobody is there";
  EXPECT_FALSE(work.view().close);
  work.sign_in();
  work.till.run_tasks();
  ASSERT_TRUE(work.view().close);
  EXPECT_EQ(work.view().state, RegisterState::closing);
  EXPECT_EQ(work.view().close->counts, (std::vector<sale::CashCount>{{yuan("100"), 4}}));
  EXPECT_FALSE(work.view().close->resumed);
  EXPECT_EQ(work.till.drawer.opened, opened + 1);
  EXPECT_EQ(work.recorded(ControlKind::close_begun), 2);
  ASSERT_EQ(work.view().close->obstacles.size(), 1u) << "what is still open was looked for again";
  EXPECT_EQ(work.view().close->obstacles[0].code, "close.unsent");
  EXPECT_EQ(work.count(5), "");
  EXPECT_EQ(work.run(CloseShift{yuan("500")}), "");
  EXPECT_EQ(work.till.journal.controls.back().closing->recounts, 1);
}

TEST(LaneClose, AnExerciseMakesNobodyForgetWhatWasCounted) {
  Closing work;
  EXPECT_EQ(work.run(BeginClose{}), "");
  EXPECT_EQ(work.count(4), "");
  EXPECT_EQ(work.run(CancelClose{}), "");
  ASSERT_TRUE(work.lane().begin_training());
  ASSERT_TRUE(work.lane().end_training());
  EXPECT_EQ(work.run(BeginClose{}), "");
  EXPECT_EQ(work.count(5), "");
  EXPECT_EQ(work.view().close->recounts, 1);
  EXPECT_EQ(work.run(CloseShift{yuan("500")}), "");
  EXPECT_EQ(work.till.journal.controls.back().closing->recounts, 1);
  EXPECT_EQ(work.till.journal.controls.back().closing->totals.no_sales, 1);
}

TEST(LaneClose, OneThatWasBrokenOffInAnExerciseDoesNotGoOn) {
  Closing work;
  ASSERT_TRUE(work.lane().begin_training());
  EXPECT_EQ(work.run(OpenShift{yuan("500")}), "");
  EXPECT_EQ(work.run(BeginClose{}), "");
  EXPECT_EQ(work.count(4), "");
  work.open();
  work.sign_in();
  EXPECT_EQ(work.view().state, RegisterState::idle);
  ASSERT_TRUE(work.lane().begin_training());
  EXPECT_EQ(work.view().state, RegisterState::idle);
  EXPECT_TRUE(work.view().shift);
  EXPECT_EQ(work.run(BeginClose{}), "");
  EXPECT_EQ(work.count(4), "");
  EXPECT_EQ(work.view().close->recounts, 0) << "whoever practises next counts for the first time";
}

TEST(LaneClose, WhatTheStoreStillOwesTheJournalDoesNotDisturbIt) {
  Closing work;
  work.till.suspended.keeps_records = true;
  work.put_aside();
  work.till.journal.unsent = 0;
  EXPECT_EQ(work.run(BeginClose{}), "");
  EXPECT_EQ(work.count(4), "");
  work.lane().delivered(1);
  EXPECT_EQ(work.view().state, RegisterState::closing);
  EXPECT_TRUE(work.view().close->is_counted);
  EXPECT_EQ(work.run(CancelClose{}), "");
  for (int i = 0; i < 20; ++i) {
    EXPECT_EQ(work.run(OpenShift{}), "shift.already_open");
    work.lane().delivered(1);
  }
  EXPECT_EQ(work.recorded(ControlKind::basket_suspend), 1) << "once, however often the store forgets it";
  EXPECT_EQ(work.view().shift->counters.suspended, 1);
}

TEST(LaneClose, WhatWasPutAsideBeforeAKillIsRecordedBeforeTheClose) {
  Closing work;
  work.put_aside();
  auto record = work.till.journal.controls.back();
  ASSERT_EQ(record.kind, ControlKind::basket_suspend);
  work.till.suspended.kept.front().record = record;
  work.till.suspended.kept.front().suspended.id.bytes[0] ^= 1;  // another one, which the journal lacks
  record.id.bytes[0] ^= 1;
  work.till.suspended.kept.front().record->id = record.id;
  EXPECT_EQ(work.run(BeginClose{}), "");
  const auto all = work.controls();
  ASSERT_GE(all.size(), 2u);
  EXPECT_EQ(all[all.size() - 2], ControlKind::basket_suspend);
  EXPECT_EQ(all.back(), ControlKind::close_begun);
  EXPECT_EQ(work.view().shift->counters.suspended, 2);
  EXPECT_EQ(work.count(5), "");
  EXPECT_EQ(work.run(CloseShift{yuan("500")}), "");
  EXPECT_EQ(work.till.journal.controls.back().closing->totals.suspended, 2);
}

}  // namespace
}  // namespace lanekeeper::till::test
