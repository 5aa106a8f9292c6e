// What comes between asking for a basket that was put aside and having it open: training, a full link, a sale that has
// just ended, disks that fail and kills.
#include "whole_lane.h"

namespace lanekeeper::till::test {
namespace {

using Strings = std::vector<std::string>;

const Error full_disk{"journal.disk_full", "The disk is full.", {}};

// A basket with milk (49.90) that till 3 has put aside, and till 5, which wants it.
struct TwoTills {
  MemoryServer store;
  WholeLane first{&store, 3};
  WholeLane second{&store, 5};
  Uuid id;

  TwoTills() {
    for (auto* work : {&first, &second}) {
      work->go_online();
      work->sign_in("1028");
    }
    id = put_aside(first);
  }
  Uuid put_aside(WholeLane& work, const std::string& code = Shop::milk) {
    EXPECT_EQ(work.scan(code), "");
    EXPECT_EQ(work.run(SuspendBasket{}), "");
    work.till.run_tasks();
    return store.baskets.back().basket.id;
  }
  // The second till is asked and has no answer yet.
  void ask() {
    second.till.questions.wait = true;
    second.heard.clear();
    second.lane().recall(id, second.hear());
  }
  void answer() {
    second.till.questions.wait = false;
    second.till.questions.answer_all();
    second.till.run_tasks();
  }
  // The second till has won it, and its disk refuses what is to be done after that.
  void recall_with(std::optional<Error>& fault) {
    ASSERT_TRUE(second.till.suspended.win(store.recall(id, 5).value()));
    fault = full_disk;
    second.lane().recall(id, second.hear());
    second.till.run_tasks();
  }
  void kill_second() {
    second.till.tasks.clear();
    second.till.questions.wait = false;
    second.events.clear();
    second.open();
  }
};

TEST(LaneRecall, AnAnswerThatComesIntoTrainingIsKeptAndOpenedWhenThatIsOver) {
  TwoTills tills;
  auto& work = tills.second;
  tills.ask();
  ASSERT_TRUE(work.lane().begin_training());
  tills.answer();
  EXPECT_EQ(work.heard, (Strings{"training.no_suspend"}));
  EXPECT_TRUE(work.view().lines.empty()) << "an exercise sells no customer's goods";
  EXPECT_TRUE(work.till.training.basket.lines.empty());
  ASSERT_EQ(work.till.suspended.kept.size(), 1u);
  EXPECT_TRUE(work.till.suspended.kept[0].won);
  EXPECT_EQ(work.scan(Shop::chips), "");
  EXPECT_EQ(work.run(VoidBasket{}), "");
  EXPECT_TRUE(work.view().lines.empty());
  ASSERT_TRUE(work.lane().end_training());
  work.till.run_tasks();
  EXPECT_EQ(work.view().total, yuan("49.90"));
  EXPECT_FALSE(work.view().training);
  EXPECT_EQ(work.till.journal.basket.lines.size(), 1u);
  EXPECT_TRUE(work.till.suspended.kept.empty());
}

TEST(LaneRecall, WhatAKillBrokeOffWaitsForTheEndOfTraining) {
  TwoTills tills;
  auto& work = tills.second;
  tills.ask();
  tills.kill_second();
  work.sign_in("1028");
  work.till.questions.wait = true;
  work.go_online();  // the basket is asked for again
  ASSERT_TRUE(work.lane().begin_training());
  tills.answer();
  EXPECT_TRUE(work.view().lines.empty());
  EXPECT_EQ(tills.store.baskets[0].taken_by, 5);
  EXPECT_EQ(work.run(SignOut{}), "");  // ends the training, too
  work.sign_in();
  work.till.run_tasks();
  EXPECT_EQ(work.view().total, yuan("49.90"));
  EXPECT_EQ(work.till.journal.basket.lines.size(), 1u);
}

TEST(LaneRecall, AFullLinkForgetsOnlyWhatItNeverAskedFor) {
  TwoTills tills;
  auto& work = tills.second;
  EXPECT_EQ(work.labels(), (Strings{"3-0017"}));
  work.till.questions.busy = true;
  work.lane().recall(tills.id, work.hear());
  work.till.run_tasks();
  EXPECT_EQ(work.heard, (Strings{"link.busy"}));
  EXPECT_TRUE(work.till.suspended.asked_for.empty());
  work.till.questions.busy = false;
  // The server gives it away, and the answer does not come.
  tills.ask();
  EXPECT_TRUE(tills.store.recall(tills.id, 5));
  work.till.questions.offline = true;
  tills.answer();
  work.till.questions.offline = false;
  work.till.questions.busy = true;
  work.lane().recall(tills.id, work.hear());
  work.till.run_tasks();
  EXPECT_EQ(work.heard.back(), "link.busy");
  EXPECT_EQ(work.till.suspended.asked_for.size(), 1u) << "this till has it since the first time";
  work.till.questions.busy = false;
  EXPECT_EQ(work.labels(), (Strings{"3-0017"}));
  work.lane().recall(tills.id, work.hear());
  work.till.run_tasks();
  EXPECT_EQ(work.view().total, yuan("49.90"));
}

TEST(LaneRecall, TheChangeOfTheLastSaleStaysWhereItCanBeRead) {
  TwoTills tills;
  auto& work = tills.second;
  tills.ask();
  tills.kill_second();
  work.sign_in();
  EXPECT_EQ(work.scan(Shop::chips), "");
  EXPECT_EQ(work.run(BeginTender{}), "");
  work.go_online();
  EXPECT_EQ(work.run(TenderCash{yuan("10.00")}), "");
  work.till.run_tasks();
  ASSERT_TRUE(work.view().last_sale);
  EXPECT_EQ(work.view().last_sale->change, yuan("2.10"));
  EXPECT_TRUE(work.view().lines.empty());
  EXPECT_EQ(work.labels(), (Strings{"3-0017"})) << "the list offers it";
  EXPECT_EQ(work.scan(Shop::chips), "");
  EXPECT_EQ(work.run(VoidBasket{}), "");
  work.till.run_tasks();
  EXPECT_EQ(work.view().total, yuan("49.90"));
}

TEST(LaneRecall, WhatCannotBeRemovedIsTriedAgainAndNeverOffered) {
  TwoTills tills;
  auto& work = tills.second;
  tills.recall_with(work.till.suspended.error);
  EXPECT_EQ(work.view().total, yuan("49.90"));
  EXPECT_EQ(work.till.suspended.kept.size(), 1u);
  EXPECT_TRUE(work.labels().empty());
  work.lane().delivered(1);
  EXPECT_EQ(work.till.suspended.kept.size(), 1u);
  work.till.suspended.error.reset();
  work.lane().delivered(2);
  EXPECT_TRUE(work.till.suspended.kept.empty());
}

TEST(LaneRecall, NothingIsForgottenBeforeTheOpenBasketIsOnTheDisk) {
  TwoTills tills;
  auto& work = tills.second;
  tills.recall_with(work.till.journal.settle_error);
  EXPECT_EQ(work.view().total, yuan("49.90"));
  EXPECT_EQ(work.till.suspended.kept.size(), 1u);
  work.till.journal.settle_error.reset();
  work.lane().delivered(1);
  EXPECT_TRUE(work.till.suspended.kept.empty());
}

TEST(LaneRecall, WhatWasSoldIsNotSoldAgainAfterARestart) {
  TwoTills tills;
  auto& work = tills.second;
  tills.recall_with(work.till.suspended.error);
  EXPECT_EQ(work.run(BeginTender{}), "");
  EXPECT_EQ(work.run(TenderCash{work.view().cash_due}), "");
  ASSERT_EQ(work.till.suspended.kept.size(), 1u) << "still there";
  work.till.suspended.error.reset();
  tills.kill_second();
  work.go_online();
  work.sign_in();
  work.till.run_tasks();
  EXPECT_TRUE(work.view().lines.empty());
  EXPECT_TRUE(work.labels().empty());
  EXPECT_TRUE(work.till.suspended.kept.empty());
}

TEST(LaneRecall, OneOfYesterdayHoldsThatOfTodayUpNoMore) {
  TwoTills tills;
  auto& work = tills.second;
  ASSERT_TRUE(work.till.suspended.win(tills.store.recall(tills.id, 5).value()));
  for (auto* each : {&tills.first, &work}) each->till.clock.time.instant.unix_ms += 24LL * 3600 * 1000;
  const auto today = tills.put_aside(tills.first, Shop::chips);
  ASSERT_TRUE(work.till.suspended.win(tills.store.recall(today, 5).value()));
  tills.kill_second();
  work.sign_in();
  EXPECT_EQ(work.view().total, yuan("7.90"));
}

}  // namespace
}  // namespace lanekeeper::till::test
