#include <gtest/gtest.h>

#include "fakes.h"
#include "receipt_reader.h"

namespace lanekeeper::till::test {
namespace {

struct LaneAtWork {
  FakeTill till;
  std::vector<LaneEvent> events;
  int changes = 0;

  LaneAtWork() { listen(); }
  void listen() {
    till.lane().on_event([this](const LaneEvent& event) { events.push_back(event); });
    till.lane().on_change([this] { ++changes; });
  }
  Lane& lane() { return till.lane(); }
  void sign_in() { ASSERT_TRUE(lane().sign_in("1028", "271828")); }
  void ring_and_total() {
    sign_in();
    ASSERT_TRUE(lane().command(Scan{Shop::milk, {}}));
    ASSERT_TRUE(lane().command(BeginTender{}));
  }
  [[nodiscard]] std::vector<LaneEvent::Kind> kinds() const {
    std::vector<LaneEvent::Kind> out;
    for (const auto& event : events) out.push_back(event.kind);
    return out;
  }
};

bool has_line(const PrintedReceipt& receipt, std::string_view text) {
  return std::any_of(receipt.lines.begin(), receipt.lines.end(),
                     [text](const auto& line) { return line.text.find(text) != std::string::npos; });
}

TEST(Lane, AWholeSale) {
  LaneAtWork work;
  work.ring_and_total();
  EXPECT_EQ(work.till.journal.basket.lines.size(), 1u);
  ASSERT_TRUE(work.lane().command(TenderCash{yuan("50")}));
  ASSERT_EQ(work.till.journal.sales.size(), 1u);
  EXPECT_EQ(work.till.journal.sales[0].catalogue_version, 17);
  EXPECT_EQ(work.till.journal.sales[0].till, 3);
  EXPECT_EQ(work.till.printer.pulses, (std::vector<std::string>{std::string("\x1bp\0\x32\xfa", 5)}));
  ASSERT_EQ(work.till.printer.receipts.size(), 1u);
  EXPECT_EQ(read_receipt(work.till.printer.receipts[0]).barcode, "0320261120000142");
  EXPECT_EQ(work.till.store_link.woken, 1);
  EXPECT_EQ(work.lane().view()->last_sale->receipt_number, 142);
  work.till.run_tasks();
  EXPECT_EQ(work.kinds(), (std::vector{LaneEvent::Kind::printed}));
  EXPECT_EQ(work.events[0].number, 142);
}

TEST(Lane, WithoutAJournalThereIsNoReceiptNoDrawerAndTheBasketStays) {
  LaneAtWork work;
  work.ring_and_total();
  work.till.journal.commit_error = Error{"journal.disk_full", "The disk is full.", {}};
  const auto result = work.lane().command(TenderCash{yuan("50")});
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, "journal.disk_full");
  EXPECT_EQ(work.lane().view()->message->code, "journal.disk_full");
  EXPECT_TRUE(work.till.printer.receipts.empty());
  EXPECT_TRUE(work.till.printer.pulses.empty());
  EXPECT_EQ(work.lane().view()->lines.size(), 1u);
  EXPECT_EQ(work.till.store_link.woken, 0);
  work.till.journal.commit_error.reset();
  EXPECT_TRUE(work.lane().command(TenderCash{yuan("50")}));
  EXPECT_EQ(work.till.printer.receipts.size(), 1u);
}

TEST(Lane, ABasketThatCannotBeStoredWarnsOnceAndSellingGoesOn) {
  LaneAtWork work;
  work.sign_in();
  work.till.journal.save_error = Error{"journal.disk_full", "The disk is full.", {}};
  EXPECT_TRUE(work.lane().command(Scan{Shop::milk, {}}));
  EXPECT_TRUE(work.lane().command(Scan{Shop::chips, {}}));
  EXPECT_EQ(work.kinds(), (std::vector{LaneEvent::Kind::storage_failing}));
  work.till.journal.save_error.reset();
  EXPECT_TRUE(work.lane().command(Scan{Shop::milk, {}}));
  EXPECT_EQ(work.till.journal.basket.lines.size(), 3u);
}

TEST(Lane, APrinterThatFailsNeverTouchesTheSale) {
  LaneAtWork work;
  work.ring_and_total();
  work.till.printer.error = Error{"device.queue_full", "Too many receipts wait.", {}};
  EXPECT_TRUE(work.lane().command(TenderCash{yuan("50")}));
  EXPECT_EQ(work.till.journal.sales.size(), 1u);
  EXPECT_EQ(work.kinds(), (std::vector{LaneEvent::Kind::print_failed}));
}

TEST(Lane, AFirstFailureAndTheLaterSuccessOfAPrinterAreBothTold) {
  LaneAtWork work;
  work.ring_and_total();
  work.till.printer.job_error = Error{"device.absent", "The printer cannot be reached.", {}};
  EXPECT_TRUE(work.lane().command(TenderCash{yuan("50")}));
  work.till.run_tasks();
  EXPECT_EQ(work.kinds(), (std::vector{LaneEvent::Kind::print_failed, LaneEvent::Kind::printed}));
}

TEST(Lane, ReprintIsMarked) {
  LaneAtWork work;
  EXPECT_EQ(work.lane().reprint_last().error().code, "register.signed_out");
  work.sign_in();
  EXPECT_EQ(work.lane().reprint_last().error().code, "register.nothing_to_reprint");
  ASSERT_TRUE(work.lane().command(Scan{Shop::milk, {}}));
  ASSERT_TRUE(work.lane().command(BeginTender{}));
  ASSERT_TRUE(work.lane().command(TenderCash{yuan("50")}));
  ASSERT_TRUE(work.lane().reprint_last());
  ASSERT_EQ(work.till.printer.receipts.size(), 2u);
  EXPECT_NO_THROW((void)read_receipt(work.till.printer.receipts[1]).line_with("重打"));
  EXPECT_EQ(work.till.printer.pulses.size(), 1u) << "a reprint opens no drawer";
}

TEST(Lane, WithoutAPrinterNothingIsSaidToBePrinted) {
  LaneAtWork work;
  work.till.printer.device = DeviceState::none;
  work.ring_and_total();
  EXPECT_TRUE(work.lane().command(TenderCash{yuan("50")}));
  work.till.run_tasks();
  EXPECT_TRUE(work.events.empty());
  EXPECT_EQ(work.lane().reprint_last().error().code, "device.no_printer");
}

TEST(Lane, HowFarAReceiptGotIsNoted) {
  LaneAtWork work;
  work.ring_and_total();
  work.till.printer.job_error = Error{"device.absent", "The printer cannot be reached.", {}};
  ASSERT_TRUE(work.lane().command(TenderCash{yuan("50")}));
  EXPECT_EQ(work.till.receipt_log.notes, (std::vector<std::string>{"begun 142", "printed 142"}));
}

TEST(Lane, WhatWasLeftUnprintedIsPrintedAtTheNextStartWithoutTheDrawer) {
  LaneAtWork before;
  before.ring_and_total();
  ASSERT_TRUE(before.lane().command(TenderCash{yuan("50")}));
  const auto sale = before.till.journal.sales[0];
  LaneAtWork after;
  auto second = sale;
  second.receipt_number = 143;
  after.till.receipt_log.left = {{sale, true}, {second, false}};
  after.till.open();
  after.listen();
  ASSERT_EQ(after.till.printer.receipts.size(), 2u);
  const auto marked = [&](std::size_t at) { return has_line(read_receipt(after.till.printer.receipts[at]), "重打"); };
  EXPECT_TRUE(marked(0)) << "it may be on paper already";
  EXPECT_FALSE(marked(1));
  EXPECT_TRUE(after.till.printer.pulses.empty()) << "the drawer stays shut";
  after.lane().profile_changed();
  EXPECT_EQ(after.till.printer.receipts.size(), 2u) << "once";
}

TEST(Lane, WhatWasLeftUnprintedWaitsForTheHeadOfTheReceipt) {
  LaneAtWork before;
  before.ring_and_total();
  ASSERT_TRUE(before.lane().command(TenderCash{yuan("50")}));
  LaneAtWork after;
  after.till.receipt_log.left = {{before.till.journal.sales[0], false}};
  const auto profile = std::exchange(after.till.replica.stored, std::nullopt);
  after.till.open();
  EXPECT_TRUE(after.till.printer.receipts.empty());
  after.till.replica.stored = profile;
  after.lane().profile_changed();
  EXPECT_EQ(after.till.printer.receipts.size(), 1u);
}

TEST(Lane, BeginsUnpairedUntilTheLinkSaysOtherwise) {
  FakeTill till;
  EXPECT_EQ(till.lane().link().state, LinkStatus::State::connecting);
  Lane fresh({till.clock,
              till.random,
              till.shop,
              till.journal,
              till.replica,
              till.printer,
              "zh_CN",
              false,
              0,
              {},
              {},
              nullptr});
  EXPECT_EQ(fresh.link().state, LinkStatus::State::unpaired);
}

TEST(Lane, SearchShowsCodesAsTheyArePrintedOnTheGoods) {
  LaneAtWork work;
  const auto found = work.lane().search("牛奶", 5);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].code, Shop::milk);
}

TEST(Lane, SignInChecksNumberAndPinAndSlowsGuessingDown) {
  LaneAtWork work;
  EXPECT_EQ(work.lane().sign_in("9999", "271828").error().code, "access.unknown_or_wrong");
  EXPECT_EQ(work.lane().sign_in("1029", "271828").error().code, "access.no_till_role");
  EXPECT_EQ(work.lane().sign_in("1027", "111111").error().code, "access.unknown_or_wrong");
  EXPECT_TRUE(work.lane().sign_in("1027", "271828"));
  EXPECT_TRUE(work.lane().view()->cashier->pin_verifier.empty());
  for (int i = 0; i < 3; ++i) (void)work.lane().sign_in("1028", "000000");
  EXPECT_EQ(work.lane().sign_in("1028", "271828").error().code, "access.wait");
  work.till.clock.time.instant.unix_ms += 10'000;
  EXPECT_TRUE(work.lane().sign_in("1028", "271828"));
}

TEST(Lane, StaffAndProfileAreShownWithoutVerifiers) {
  LaneAtWork work;
  EXPECT_EQ(work.lane().staff().size(), 2u) << "the accountant rings no sales";
  for (const auto& member : work.lane().staff()) EXPECT_TRUE(member.pin_verifier.empty());
  for (const auto& member : work.lane().profile()->staff) EXPECT_TRUE(member.pin_verifier.empty());
}

TEST(Lane, WithoutAProfileNobodySignsIn) {
  LaneAtWork work;
  work.till.replica.stored.reset();
  work.lane().profile_changed();
  EXPECT_EQ(work.lane().sign_in("1027", "271828").error().code, "access.no_staff");
}

TEST(Lane, TheOpenBasketComesBackAndIsToldToWhoeverListensLater) {
  LaneAtWork before;
  before.sign_in();
  ASSERT_TRUE(before.lane().command(Scan{Shop::milk, {}}));
  LaneAtWork after;
  after.till.journal.basket = before.till.journal.basket;
  after.till.open();
  after.listen();
  EXPECT_EQ(after.kinds(), (std::vector{LaneEvent::Kind::basket_restored}));
  EXPECT_EQ(after.lane().view()->lines.size(), 1u);
  EXPECT_EQ(after.lane().view()->state, RegisterState::signed_out);
}

TEST(Lane, SomebodyDismissedIsSignedOutWhenNoSaleIsOpen) {
  LaneAtWork work;
  work.sign_in();
  ASSERT_TRUE(work.lane().command(Scan{Shop::milk, {}}));
  work.till.replica.stored->staff[1].active = false;
  work.lane().profile_changed();
  EXPECT_TRUE(work.lane().view()->cashier) << "not in the middle of a sale";
  ASSERT_TRUE(work.lane().command(BeginTender{}));
  ASSERT_TRUE(work.lane().command(TenderCash{yuan("50")}));
  EXPECT_FALSE(work.lane().view()->cashier);
}

TEST(Lane, TellsWhatTheLinkTells) {
  LaneAtWork work;
  LinkStatus status;
  status.state = LinkStatus::State::pairing;
  status.ticket = protocol::EnrolmentTicket{"id", "secret", "482916", "3F7A 91C0", {}};
  work.lane().link_changed(status);
  work.lane().link_changed(status);
  status.state = LinkStatus::State::online;
  status.ticket.reset();
  work.lane().link_changed(status);
  status.sending = true;
  work.lane().link_changed(status);
  status.state = LinkStatus::State::offline;
  status.error = Error{"net.unreachable", "", {}};
  work.lane().link_changed(status);
  using Kind = LaneEvent::Kind;
  EXPECT_EQ(work.kinds(), (std::vector{Kind::pairing_code, Kind::online, Kind::offline}));
  EXPECT_EQ(work.events[0].text, "482916");
  work.lane().paired(5);
  work.lane().catalogue_changed(18);
  work.lane().delivered(1);
  EXPECT_EQ(work.lane().till(), 5);
  EXPECT_EQ(work.changes, 8);
}

TEST(Lane, AClockThatIsOffIsToldOnceAndWhenItIsRightAgain) {
  LaneAtWork work;
  LinkStatus status;
  status.state = LinkStatus::State::online;
  status.clock_ahead_s = -610;
  work.lane().link_changed(status);
  status.sending = true;
  work.lane().link_changed(status);
  status.clock_ahead_s = 0;
  work.lane().link_changed(status);
  using Kind = LaneEvent::Kind;
  EXPECT_EQ(work.kinds(), (std::vector{Kind::online, Kind::clock_off, Kind::clock_off}));
  EXPECT_EQ(work.events[1].number, -10);
  EXPECT_EQ(work.events[2].number, 0);
}

TEST(Lane, EveryCommandIsAChangeAlsoARefusedOne) {
  LaneAtWork work;
  EXPECT_FALSE(work.lane().command(BeginTender{}));
  EXPECT_EQ(work.changes, 1);
}

}  // namespace
}  // namespace lanekeeper::till::test
