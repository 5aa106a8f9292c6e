// Shifts, training and what stands in a lane's way before a close.
#include "receipt/escpos.h"
#include "receipt_reader.h"
#include "whole_lane.h"

namespace lanekeeper::till::test {
namespace {

using Strings = std::vector<std::string>;

struct ShiftAtWork : WholeLane {
  explicit ShiftAtWork(MemoryServer* server = nullptr) : WholeLane(server) {
    protocol::TillPolicy policy;
    policy.shifts_required = true;
    policy.usual_float = yuan("500");
    policy.methods = {{"meal", "饭卡", "Meal card", true, false}};
    till.replica.stored->till_policy = policy;
    lane().profile_changed();
    sign_in();
  }
  void open_shift() { EXPECT_EQ(run(OpenShift{yuan("500")}), ""); }
  [[nodiscard]] Strings obstacles() {
    Strings codes;
    lane().close_obstacles([&codes](const std::vector<Error>& found) {
      for (const auto& one : found) codes.push_back(one.code);
    });
    till.run_tasks();
    return codes;
  }
  std::string close(std::string_view counted) {
    EXPECT_EQ(run(BeginClose{}), "");
    EXPECT_EQ(run(CountCash{{{yuan(counted), 1}}}), "");
    return run(CloseShift{yuan("500")});
  }
  [[nodiscard]] bool printed(std::string_view text) {
    return std::any_of(till.printer.receipts.begin(), till.printer.receipts.end(), [text](const std::string& receipt) {
      return receipt.find(to_gb18030(text)) != std::string::npos;
    });
  }
};

TEST(LaneShift, TheStoresPolicyReachesTheRegister) {
  ShiftAtWork work;
  EXPECT_TRUE(work.view().shift_needed);
  EXPECT_EQ(work.scan(Shop::milk), "shift.open_first");
  work.open_shift();
  EXPECT_EQ(work.view().shift->number, 1);
  EXPECT_EQ(work.controls(), (std::vector{sale::ControlKind::shift_open}));
  EXPECT_EQ(work.till.drawer.opened, 1);
  EXPECT_TRUE(work.till.printer.pulses.empty()) << "the drawer hangs at a port of its own";
  EXPECT_EQ(work.till.printer.receipts.size(), 1u);
}

TEST(LaneShift, AJournalThatFailsOpensNothing) {
  ShiftAtWork work;
  work.till.journal.commit_error = Error{"journal.disk_full", "The disk is full.", {}};
  EXPECT_EQ(work.run(OpenShift{yuan("500")}), "journal.disk_full");
  EXPECT_EQ(work.message(), "journal.disk_full");
  EXPECT_FALSE(work.view().shift);
  EXPECT_EQ(work.till.drawer.opened, 0);
  EXPECT_TRUE(work.till.printer.receipts.empty());
  work.till.journal.commit_error.reset();
  work.open_shift();
}

TEST(LaneShift, GoesOnAfterAKill) {
  ShiftAtWork work;
  work.open_shift();
  work.sell();
  work.open();
  ASSERT_TRUE(work.view().shift);
  EXPECT_EQ(work.view().shift->number, 1);
  work.sign_in("1028");
  EXPECT_EQ(sale::expected_cash(work.view().shift->totals.value()), yuan("549.90"));
  work.sell();
  EXPECT_EQ(work.till.journal.sales.back().shift, 1);
}

TEST(LaneShift, AManagerClosesTheShiftOfATillThatCrashed) {
  ShiftAtWork work;
  work.open_shift();
  work.sell();
  ASSERT_EQ(work.scan(Shop::chips), "");
  work.open();
  work.sign_in("1030");
  EXPECT_EQ(work.run(BeginClose{}), "register.basket_open") << "what was open is there, and is somebody's";
  EXPECT_EQ(work.run(VoidBasket{}), "");
  EXPECT_EQ(work.close("549.90"), "");
  const auto& closing = work.till.journal.controls.back();
  ASSERT_TRUE(closing.closing);
  EXPECT_EQ(closing.closing->opened_by, work.till.journal.controls.front().cashier);
  EXPECT_NE(closing.cashier, closing.closing->opened_by);
  EXPECT_EQ(closing.closing->totals.sale_count, 1);
  EXPECT_EQ(closing.closing->totals.voided_baskets, 1);
  EXPECT_TRUE(sale::check_arithmetic(closing));
}

TEST(LaneShift, XAnyTimeAndBlindForWhoStillCounts) {
  ShiftAtWork work;
  EXPECT_EQ(work.lane().print_x().error().code, "shift.none_open");
  work.open_shift();
  work.sell();
  work.till.printer.receipts.clear();
  ASSERT_TRUE(work.lane().print_x());
  EXPECT_TRUE(work.printed("X 报表"));
  EXPECT_FALSE(work.printed("钱箱应有"));
  work.sign_in("1028");
  ASSERT_TRUE(work.lane().print_x());
  EXPECT_TRUE(work.printed("钱箱应有"));
}

TEST(LaneShift, TheCloseIsRecordedPrintedAndSignsOut) {
  ShiftAtWork work;
  work.open_shift();
  work.sell();
  EXPECT_EQ(work.lane().reprint_z().error().code, "shift.none_closed");
  EXPECT_EQ(work.close("549.90"), "");
  EXPECT_FALSE(work.view().cashier);
  EXPECT_FALSE(work.view().shift);
  const auto& z = work.till.journal.controls.back();
  ASSERT_TRUE(z.closing);
  EXPECT_EQ(z.closing->number, 1);
  EXPECT_TRUE(work.printed("Z 报表"));
  EXPECT_EQ(work.lane().reprint_z().error().code, "register.signed_out");
  work.sign_in();
  work.till.printer.receipts.clear();
  ASSERT_TRUE(work.lane().reprint_z());
  EXPECT_TRUE(work.printed("重打"));
  EXPECT_EQ(work.view().last_shift, 1);
  EXPECT_EQ(work.view().left_in_drawer, yuan("500"));
}

TEST(LaneShift, SaysWhatIsStillOpenBeforeAClose) {
  MemoryServer store;
  ShiftAtWork work(&store);
  work.till.journal.unsent = 0;
  EXPECT_TRUE(work.obstacles().empty());
  work.open_shift();
  ASSERT_EQ(work.scan(Shop::milk), "");
  ASSERT_EQ(work.run(SuspendBasket{}), "");
  EXPECT_EQ(work.obstacles(), (Strings{"close.unsent", "close.suspended"}));
  work.till.journal.unsent = 0;
  work.go_online();
  EXPECT_EQ(work.obstacles(), (Strings{"close.suspended"}));
  EXPECT_TRUE(store.recall(store.baskets.at(0).basket.id, 5));
  EXPECT_TRUE(work.obstacles().empty()) << "taken up at another till";
}

TEST(LaneShift, ABasketOfAnotherTillThatThisOneAskedForIsToldBeforeAClose) {
  MemoryServer store;
  WholeLane other(&store, 5);
  other.go_online();
  other.sign_in();
  ASSERT_EQ(other.scan(Shop::milk), "");
  ASSERT_EQ(other.run(SuspendBasket{}), "");
  other.till.run_tasks();
  ShiftAtWork work(&store);
  work.open_shift();
  work.go_online();
  work.till.journal.unsent = 0;
  EXPECT_TRUE(work.obstacles().empty()) << "it may be taken up anywhere";
  work.till.questions.wait = true;
  work.lane().recall(store.baskets.at(0).basket.id, work.hear());
  work.go_offline();
  work.till.questions.answer_all();
  work.till.run_tasks();
  work.till.questions.wait = false;
  EXPECT_EQ(work.obstacles(), (Strings{"close.suspended"}));
}

TEST(LaneShift, AWayOfPayingThatNeedsTheServer) {
  MemoryServer store;
  ShiftAtWork work(&store);
  work.open_shift();
  ASSERT_EQ(work.scan(Shop::milk), "");
  ASSERT_EQ(work.run(BeginTender{}), "");
  const TenderOther meal{sale::TenderKind::other, "meal", yuan("49.90"), "R1"};
  EXPECT_EQ(work.run(meal), "tender.needs_server");
  EXPECT_EQ(work.message(), "tender.needs_server");
  work.go_online();
  EXPECT_EQ(work.run(meal), "");
  EXPECT_EQ(work.till.journal.sales.back().tenders[0].method, "meal");
}

TEST(LaneTraining, HasNumbersOfItsOwnOpensNoDrawerAndSendsNothing) {
  MemoryServer store;
  ShiftAtWork work(&store);
  work.go_online();
  work.open_shift();
  work.sell();
  const auto opened = work.till.drawer.opened;
  const auto woken = work.till.store_link.woken;
  work.till.printer.receipts.clear();
  ASSERT_TRUE(work.lane().begin_training());
  EXPECT_TRUE(work.view().training);
  EXPECT_FALSE(work.view().shift) << "a shift of its own";
  work.open_shift();
  work.sell(Shop::chips);
  EXPECT_EQ(work.till.journal.sales.size(), 1u);
  ASSERT_EQ(work.till.training.sales.size(), 1u);
  EXPECT_EQ(work.till.training.sales[0].training, true);
  EXPECT_EQ(work.till.drawer.opened, opened);
  EXPECT_EQ(work.till.store_link.woken, woken);
  EXPECT_TRUE(work.printed("培训"));
  EXPECT_EQ(work.till.receipt_log.notes.size(), 2u) << "only of the sale before";
  ASSERT_EQ(work.scan(Shop::milk), "");
  EXPECT_EQ(work.run(SuspendBasket{}), "training.no_suspend");
  EXPECT_EQ(work.lane().end_training().error().code, "training.not_now");
  ASSERT_EQ(work.run(VoidBasket{}), "");
  ASSERT_TRUE(work.lane().end_training());
  EXPECT_FALSE(work.view().training);
  EXPECT_EQ(work.view().shift->number, 1);
  work.sell();
  EXPECT_EQ(work.till.journal.sales.size(), 2u);
  EXPECT_FALSE(work.till.journal.sales.back().training);
}

TEST(LaneTraining, OnlyBetweenSalesAndOnlyWithAJournal) {
  WholeLane work;
  EXPECT_EQ(work.lane().begin_training().error().code, "register.signed_out");
  work.sign_in();
  ASSERT_EQ(work.scan(Shop::milk), "");
  EXPECT_EQ(work.lane().begin_training().error().code, "training.not_now");
  EXPECT_EQ(work.message(), "training.not_now");
  work.till.whole = false;
  work.open();
  EXPECT_EQ(work.lane().begin_training().error().code, "training.unavailable");
}

TEST(LaneTraining, IsACommandLikeAnyOtherThatSomebodyElseMayAllow) {
  WholeLane work;
  work.sign_in();
  EXPECT_EQ(work.lane().approved(BeginTraining{}, "1027", "271828").error().code, "access.same_person");
  EXPECT_FALSE(work.view().training);
  EXPECT_TRUE(work.lane().approved(BeginTraining{}, "1028", "271828"));
  EXPECT_TRUE(work.view().training);
  EXPECT_EQ(work.view().cashier->number, "1027");
}

TEST(LaneTraining, EndsWhenSomebodySignsOut) {
  WholeLane work;
  work.sign_in();
  ASSERT_TRUE(work.lane().begin_training());
  EXPECT_EQ(work.run(SignOut{}), "");
  EXPECT_FALSE(work.view().training);
  work.sign_in();
  work.sell();
  EXPECT_EQ(work.till.journal.sales.size(), 1u);
}

TEST(LaneReceipts, ADuplicateIsRecordedAndCountedAndKeepsItsNumber) {
  ShiftAtWork work;
  work.open_shift();
  work.sell();
  work.till.printer.receipts.clear();
  ASSERT_TRUE(work.lane().reprint_last());
  ASSERT_TRUE(work.lane().print_gift_receipt(142));
  const auto& again = work.till.journal.controls.back();
  EXPECT_EQ(work.controls(), (std::vector{sale::ControlKind::shift_open, sale::ControlKind::reprint}));
  EXPECT_EQ(again.receipt_number, 142);
  EXPECT_EQ(again.cashier_number, "1027");
  EXPECT_EQ(work.view().shift->counters.reprints, 1) << "a gift receipt is no duplicate";
  EXPECT_TRUE(work.printed("重打"));

  EXPECT_EQ(work.scan(Shop::chips), "");
  ASSERT_TRUE(work.lane().reprint(142)) << "in the middle of a sale too";
  EXPECT_EQ(work.view().lines.size(), 1u);
  EXPECT_EQ(work.run(VoidBasket{}), "");
  work.till.printer.receipts.clear();
  ASSERT_TRUE(work.lane().print_x());
  EXPECT_TRUE(work.printed("重打小票次数"));
  EXPECT_EQ(work.close("549.90"), "");
  EXPECT_EQ(work.till.journal.controls.back().closing->totals.reprints, 2);
}

TEST(LaneReceipts, ADuplicateThatCannotBeRecordedOrPrintedIsRefused) {
  ShiftAtWork work;
  work.open_shift();
  work.sell();
  work.till.printer.receipts.clear();
  work.till.journal.commit_error = Error{"journal.disk_full", "The disk is full.", {}};
  EXPECT_EQ(work.lane().reprint_last().error().code, "journal.disk_full");
  EXPECT_EQ(work.message(), "journal.disk_full");
  EXPECT_TRUE(work.till.printer.receipts.empty());
  work.till.journal.commit_error.reset();
  work.till.printer.device = DeviceState::none;
  EXPECT_EQ(work.lane().reprint_last().error().code, "device.no_printer");
  EXPECT_EQ(work.controls().size(), 1u) << "nothing that could not be printed is recorded";
}

TEST(LaneReceipts, AnyOneOfThisTillAgainAndAsAGift) {
  WholeLane work;
  work.sign_in();
  EXPECT_EQ(work.lane().print_gift_receipt(0).error().code, "register.nothing_to_reprint");
  work.sell();
  work.sell(Shop::chips);
  work.till.printer.receipts.clear();
  EXPECT_EQ(work.lane().reprint(7).error().code, "receipt.not_here");
  ASSERT_TRUE(work.lane().reprint(142));
  EXPECT_NO_THROW((void)read_receipt(work.till.printer.receipts.at(0)).line_with("重打"));
  ASSERT_TRUE(work.lane().print_gift_receipt(142));
  const auto gift = read_receipt(work.till.printer.receipts.at(1));
  EXPECT_NO_THROW((void)gift.line_with("礼品"));
  EXPECT_NO_THROW((void)gift.line_with("晨牧纯牛奶"));
  for (const auto& line : gift.lines) EXPECT_EQ(line.text.find("49.90"), std::string::npos) << line.text;
}

}  // namespace
}  // namespace lanekeeper::till::test
