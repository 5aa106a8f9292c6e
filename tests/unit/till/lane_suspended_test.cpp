// Baskets that are put aside and taken up again, at one till or another.
#include "receipt_reader.h"
#include "whole_lane.h"

namespace lanekeeper::till::test {
namespace {

using Strings = std::vector<std::string>;

std::string put_aside(WholeLane& work, const std::string& code = Shop::milk) {
  EXPECT_EQ(work.scan(code), "");
  const auto result = work.run(SuspendBasket{"forgot the purse"});
  work.till.run_tasks();
  return result;
}

std::string recall(WholeLane& work, std::string_view label) {
  work.heard.clear();
  work.lane().recall(label, work.hear());
  work.till.run_tasks();
  return work.heard.empty() ? "nothing heard" : work.heard.back();
}

TEST(LaneSuspended, KeptHereWithALabelAndASlip) {
  WholeLane work;
  work.sign_in();
  ASSERT_EQ(put_aside(work), "");
  EXPECT_TRUE(work.view().lines.empty());
  EXPECT_TRUE(work.till.journal.basket.lines.empty());
  ASSERT_EQ(work.till.suspended.kept.size(), 1u);
  const auto& kept = work.till.suspended.kept[0].suspended;
  EXPECT_EQ(kept.label, "3-0017");
  EXPECT_EQ(kept.line_count, 1);
  EXPECT_EQ(kept.total, yuan("49.90"));
  EXPECT_TRUE(kept.first_goods.starts_with("晨牧纯牛奶")) << kept.first_goods;
  EXPECT_FALSE(kept.first_goods_en) << "they have no such name";
  EXPECT_EQ(kept.note, "forgot the purse");
  EXPECT_EQ(kept.business_date.to_string(), "2026-11-20");
  EXPECT_EQ(work.controls(), (std::vector{sale::ControlKind::basket_suspend}));
  ASSERT_EQ(work.till.printer.receipts.size(), 1u);
  EXPECT_NE(work.till.printer.receipts[0].find("{B3-0017"), std::string::npos) << "its barcode";
}

TEST(LaneSuspended, WithoutTheServerThisTillTakesItsOwnUpAgain) {
  WholeLane work;
  work.sign_in();
  ASSERT_EQ(put_aside(work), "");
  EXPECT_EQ(work.labels(), (Strings{"3-0017"}));
  EXPECT_EQ(recall(work, "3-0099"), "suspended.unknown");
  EXPECT_EQ(recall(work, "3-0017"), "");
  EXPECT_EQ(work.view().total, yuan("49.90"));
  EXPECT_TRUE(work.till.suspended.kept.empty());
  EXPECT_EQ(work.till.journal.basket.lines.size(), 1u);
  EXPECT_EQ(work.controls(), (std::vector{sale::ControlKind::basket_suspend, sale::ControlKind::basket_recall}));
}

TEST(LaneSuspended, TheSlipsBarcodeTakesItUp) {
  WholeLane work;
  work.sign_in();
  ASSERT_EQ(put_aside(work), "");
  EXPECT_EQ(work.scan("3-0017"), "");
  EXPECT_EQ(work.view().lines.size(), 1u);
  EXPECT_EQ(work.scan("3-0017"), "register.basket_open") << "in the middle of a sale";
}

TEST(LaneSuspended, ADiskThatFailsLeavesTheBasketOpen) {
  WholeLane work;
  work.sign_in();
  work.till.suspended.error = Error{"journal.disk_full", "The disk is full.", {}};
  EXPECT_EQ(put_aside(work), "journal.disk_full");
  EXPECT_EQ(work.view().lines.size(), 1u);
  EXPECT_EQ(work.message(), "journal.disk_full");
  work.till.suspended.error.reset();
  EXPECT_EQ(work.run(SuspendBasket{}), "");
}

TEST(LaneSuspended, WithoutAStoreNothingIsPutAside) {
  WholeLane work;
  work.till.whole = false;
  work.open();
  work.sign_in();
  EXPECT_EQ(put_aside(work), "suspend.unavailable");
  EXPECT_EQ(work.view().lines.size(), 1u);
}

TEST(LaneSuspended, HandedOverBeforeTheFirstAttemptAndAgainUntilItHasArrived) {
  MemoryServer store;
  WholeLane work(&store);
  work.sign_in();
  ASSERT_EQ(put_aside(work), "");
  EXPECT_FALSE(work.till.suspended.kept[0].handed_over) << "the server was not there";
  work.till.questions.wait = true;
  work.go_online();
  EXPECT_TRUE(work.till.suspended.kept[0].handed_over);
  EXPECT_FALSE(work.till.suspended.kept[0].at_server);
  work.go_offline();
  EXPECT_EQ(work.labels(), Strings()) << "it may be there or not";
  EXPECT_EQ(recall(work, "3-0017"), "link.offline");
  work.till.questions.answer_all();
  work.till.run_tasks();
  work.till.questions.wait = false;
  work.go_online();
  EXPECT_TRUE(work.till.suspended.kept[0].at_server);
  ASSERT_EQ(store.baskets.size(), 1u);
  EXPECT_EQ(work.labels(), (Strings{"3-0017"}));
  EXPECT_EQ(work.last(LaneEvent::Kind::suspended_changed)->number, 1);
}

TEST(LaneSuspended, TwoTillsOneWinner) {
  MemoryServer store;
  WholeLane first(&store, 3);
  WholeLane second(&store, 5);
  for (auto* work : {&first, &second}) {
    work->go_online();
    work->sign_in();
  }
  ASSERT_EQ(put_aside(first), "");
  EXPECT_EQ(second.labels(), (Strings{"3-0017"}));
  EXPECT_TRUE(second.till.suspended.labels_in_use.empty()) << "of another till";
  EXPECT_EQ(first.labels(), (Strings{"3-0017"}));
  EXPECT_EQ(first.till.suspended.labels_in_use, (std::set<std::string>{"3-0017"}));
  // Both ask before either is answered.
  first.till.questions.wait = second.till.questions.wait = true;
  const auto id = store.baskets.at(0).basket.id;
  first.lane().recall(id, first.hear());
  second.lane().recall(id, second.hear());
  EXPECT_TRUE(second.lane().asking());
  second.till.questions.answer_all();
  first.till.questions.answer_all();
  first.till.run_tasks();
  second.till.run_tasks();
  EXPECT_EQ(second.heard, (Strings{""}));
  EXPECT_EQ(second.view().total, yuan("49.90"));
  EXPECT_EQ(first.heard, (Strings{"suspended.taken"}));
  EXPECT_EQ(first.view().message->details[0].second, "5");
  EXPECT_TRUE(first.view().lines.empty());
  EXPECT_TRUE(first.till.suspended.kept.empty()) << "it is elsewhere";
  EXPECT_FALSE(second.lane().asking());
}

TEST(LaneSuspended, TakenUpElsewhereAndPutAsideAgain) {
  MemoryServer store;
  WholeLane first(&store, 3);
  WholeLane second(&store, 5);
  for (auto* work : {&first, &second}) {
    work->go_online();
    work->sign_in();
  }
  ASSERT_EQ(put_aside(first), "");
  EXPECT_EQ(recall(second, "3-0017"), "");
  EXPECT_EQ(second.scan(Shop::chips), "");
  EXPECT_EQ(second.run(SuspendBasket{}), "");
  second.till.run_tasks();
  EXPECT_EQ(first.labels(), (Strings{"5-0017"}));
  EXPECT_EQ(recall(first, "5-0017"), "");
  EXPECT_EQ(first.view().total, yuan("57.80"));
  EXPECT_TRUE(first.till.suspended.kept.empty()) << "what it left behind the first time counts no more";
}

TEST(LaneSuspended, AnAnswerThatIsLostCanBeAskedForAgain) {
  MemoryServer store;
  WholeLane first(&store, 3);
  WholeLane second(&store, 5);
  for (auto* work : {&first, &second}) {
    work->go_online();
    work->sign_in();
  }
  ASSERT_EQ(put_aside(first), "");
  EXPECT_EQ(second.labels(), (Strings{"3-0017"}));
  second.till.questions.wait = true;
  second.lane().recall("3-0017", second.hear());
  second.till.questions.answer_all();  // the list
  second.till.run_tasks();
  // The server gives it away, and the answer does not come.
  EXPECT_TRUE(store.recall(store.baskets[0].basket.id, 5));
  second.till.questions.offline = true;
  second.till.questions.answer_all();
  second.till.run_tasks();
  EXPECT_EQ(second.heard, (Strings{"link.offline"}));
  second.till.questions.wait = false;
  second.go_online();
  EXPECT_EQ(second.labels(), (Strings{"3-0017"})) << "still offered here";
  EXPECT_TRUE(first.labels().empty());
  EXPECT_EQ(recall(second, "3-0017"), "");
  EXPECT_EQ(second.view().lines.size(), 1u);
}

TEST(LaneSuspended, WhoBeganAnotherSaleMeanwhileIsTold) {
  MemoryServer store;
  WholeLane work(&store);
  work.go_online();
  work.sign_in();
  ASSERT_EQ(put_aside(work), "");
  work.till.questions.wait = true;
  work.lane().recall(store.baskets.at(0).basket.id, work.hear());
  EXPECT_EQ(work.scan(Shop::chips), "");
  work.till.questions.answer_all();
  work.till.run_tasks();
  EXPECT_EQ(work.heard, (Strings{"register.basket_open"}));
  EXPECT_EQ(work.view().total, yuan("7.90"));
  work.till.questions.wait = false;
  EXPECT_EQ(work.run(VoidBasket{}), "");
  EXPECT_EQ(work.labels(), (Strings{"3-0017"}));
  EXPECT_EQ(recall(work, "3-0017"), "");
  EXPECT_EQ(work.view().total, yuan("49.90"));
}

TEST(LaneSuspended, KilledJustAfterItWasKeptItCountsAsPutAside) {
  WholeLane work;
  work.sign_in();
  ASSERT_EQ(work.scan(Shop::milk), "");
  const auto open = work.till.journal.basket;
  ASSERT_EQ(work.run(SuspendBasket{}), "");
  work.till.journal.basket = open;  // as if it had not been cleared any more
  work.events.clear();
  work.open();
  EXPECT_TRUE(work.view().lines.empty());
  EXPECT_TRUE(work.till.journal.basket.lines.empty());
  EXPECT_EQ(work.count(LaneEvent::Kind::basket_restored), 0);
  work.sign_in();
  EXPECT_EQ(work.labels(), (Strings{"3-0017"}));
}

TEST(LaneSuspended, ABasketOfYesterdayIsNotOffered) {
  WholeLane work;
  work.sign_in();
  ASSERT_EQ(put_aside(work), "");
  work.till.clock.time.instant.unix_ms += 24LL * 3600 * 1000;
  EXPECT_TRUE(work.labels().empty());
  EXPECT_EQ(recall(work, "3-0017"), "suspended.unknown");
}

TEST(LaneSuspended, AServerThatHasForgottenItLeavesItToItsTill) {
  MemoryServer store;
  WholeLane work(&store);
  work.go_online();
  work.sign_in();
  ASSERT_EQ(put_aside(work), "");
  const auto id = store.baskets.at(0).basket.id;
  store.baskets.clear();  // restored from a backup
  work.lane().recall(id, work.hear());
  work.till.run_tasks();
  EXPECT_EQ(work.heard, (Strings{""}));
  EXPECT_EQ(work.view().lines.size(), 1u);
}

TEST(LaneSuspended, AskedForAndKilledItComesBackWhenSomebodySignsIn) {
  MemoryServer store;
  WholeLane first(&store, 3);
  WholeLane second(&store, 5);
  for (auto* work : {&first, &second}) {
    work->go_online();
    work->sign_in();
  }
  ASSERT_EQ(put_aside(first), "");
  second.till.questions.wait = true;
  second.lane().recall(store.baskets.at(0).basket.id, second.hear());
  EXPECT_EQ(second.till.suspended.asked_for.size(), 1u) << "written down before it is asked for";
  second.till.tasks.clear();
  second.till.questions.wait = false;
  second.open();
  second.go_online();
  EXPECT_TRUE(second.view().lines.empty()) << "nobody is there";
  second.sign_in();
  second.till.run_tasks();
  EXPECT_EQ(second.view().total, yuan("49.90"));
  EXPECT_EQ(second.count(LaneEvent::Kind::basket_restored), 1);
  EXPECT_TRUE(second.till.suspended.asked_for.empty());
  EXPECT_TRUE(second.till.suspended.kept.empty());
  EXPECT_EQ(second.run(VoidBasket{}), "");
  second.till.run_tasks();
  EXPECT_TRUE(second.view().lines.empty()) << "exactly once";
}

TEST(LaneSuspended, WhatIsBroughtBackWaitsForTheSaleThatIsOpenAndForTheServer) {
  MemoryServer store;
  WholeLane first(&store, 3);
  WholeLane second(&store, 5);
  for (auto* work : {&first, &second}) {
    work->go_online();
    work->sign_in();
  }
  ASSERT_EQ(put_aside(first), "");
  second.till.questions.wait = true;
  second.lane().recall(store.baskets.at(0).basket.id, second.hear());
  second.till.tasks.clear();
  second.till.questions.wait = false;
  second.open();
  second.sign_in();
  EXPECT_EQ(second.scan(Shop::chips), "");
  second.go_online();
  EXPECT_EQ(second.view().total, yuan("7.90"));
  EXPECT_EQ(second.run(VoidBasket{}), "");
  second.till.run_tasks();
  EXPECT_EQ(second.view().total, yuan("49.90"));
}

TEST(LaneSuspended, WhatAnotherTillHasTakenMeanwhileIsForgotten) {
  MemoryServer store;
  WholeLane first(&store, 3);
  WholeLane second(&store, 5);
  for (auto* work : {&first, &second}) {
    work->go_online();
    work->sign_in();
  }
  ASSERT_EQ(put_aside(first), "");
  const auto id = store.baskets.at(0).basket.id;
  second.till.questions.wait = true;
  second.lane().recall(id, second.hear());
  second.till.tasks.clear();
  EXPECT_TRUE(store.recall(id, 3));
  second.till.questions.wait = false;
  second.open();
  second.go_online();
  second.sign_in();
  second.till.run_tasks();
  EXPECT_TRUE(second.view().lines.empty());
  EXPECT_EQ(second.message(), "suspended.taken") << "whoever asked for it is told";
  EXPECT_TRUE(second.till.suspended.asked_for.empty());
}

TEST(LaneSuspended, NothingIsAskedForThatCannotBeWrittenDown) {
  MemoryServer store;
  WholeLane first(&store, 3);
  WholeLane second(&store, 5);
  for (auto* work : {&first, &second}) {
    work->go_online();
    work->sign_in();
  }
  ASSERT_EQ(put_aside(first), "");
  second.till.suspended.error = Error{"journal.disk_full", "The disk is full.", {}};
  EXPECT_EQ(recall(second, "3-0017"), "journal.disk_full");
  EXPECT_EQ(store.baskets.at(0).taken_by, 0);
  EXPECT_FALSE(second.lane().asking());
}

TEST(LaneSuspended, AJournalThatWasFullHearsOfItLater) {
  MemoryServer store;
  WholeLane work(&store);
  work.go_online();
  work.sign_in();
  ASSERT_EQ(work.scan(Shop::milk), "");
  work.till.journal.commit_error = Error{"journal.disk_full", "The disk is full.", {}};
  EXPECT_EQ(work.run(SuspendBasket{}), "journal.disk_full");
  work.till.run_tasks();
  ASSERT_EQ(work.till.suspended.kept.size(), 1u);
  EXPECT_TRUE(store.baskets.empty()) << "no other till may have it yet";
  work.till.journal.commit_error.reset();
  EXPECT_EQ(recall(work, "3-0017"), "");
  EXPECT_EQ(work.controls(), (std::vector{sale::ControlKind::basket_suspend, sale::ControlKind::basket_recall}));
  EXPECT_EQ(work.till.journal.controls[0].basket->label, "3-0017");
}

TEST(LaneSuspended, InTrainingNoRealBasketIsTakenUp) {
  WholeLane work;
  work.sign_in("1028");
  ASSERT_EQ(put_aside(work), "");
  ASSERT_TRUE(work.lane().begin_training());
  EXPECT_EQ(recall(work, "3-0017"), "training.no_suspend");
  EXPECT_EQ(work.till.suspended.kept.size(), 1u);
  EXPECT_TRUE(work.view().lines.empty());
}

TEST(LaneSuspended, WhatAKillBrokeOffYesterdayIsLeftAlone) {
  MemoryServer store;
  WholeLane first(&store, 3);
  WholeLane second(&store, 5);
  for (auto* work : {&first, &second}) {
    work->go_online();
    work->sign_in();
  }
  ASSERT_EQ(put_aside(first), "");
  ASSERT_EQ(put_aside(first, Shop::chips), "");
  ASSERT_TRUE(second.till.suspended.win(store.recall(store.baskets.at(0).basket.id, 5).value()));
  second.till.questions.wait = true;
  second.lane().recall(store.baskets.at(1).basket.id, second.hear());
  second.till.tasks.clear();
  second.till.questions.wait = false;
  second.till.clock.time.instant.unix_ms += 24LL * 3600 * 1000;
  second.open();
  second.go_online();
  second.sign_in();
  second.till.run_tasks();
  EXPECT_TRUE(second.view().lines.empty());
  EXPECT_EQ(second.message(), "");
  EXPECT_EQ(second.scan(Shop::chips), "");
  EXPECT_EQ(second.message(), "");
}

TEST(LaneSuspended, WhatCannotBeBroughtBackIsSaidOnce) {
  MemoryServer store;
  WholeLane first(&store, 3);
  WholeLane second(&store, 5);
  for (auto* work : {&first, &second}) {
    work->go_online();
    work->sign_in();
  }
  ASSERT_EQ(put_aside(first), "");
  auto won = store.recall(store.baskets.at(0).basket.id, 5).value();
  won.basket.lines.front().voided = true;  // nothing is left in it
  ASSERT_TRUE(second.till.suspended.win(won));
  second.open();
  second.sign_in();
  EXPECT_EQ(second.message(), "register.empty_basket");
  EXPECT_EQ(second.scan(Shop::chips), "");
  EXPECT_EQ(second.run(VoidBasket{}), "");
  EXPECT_EQ(second.message(), "");
}

}  // namespace
}  // namespace lanekeeper::till::test
