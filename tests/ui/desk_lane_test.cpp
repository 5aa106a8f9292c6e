// The rest of a lane's day in the window: put aside and taken up, weighing, typed prices, notes, receipts again, ways
// of paying, goods without a receipt, exchange, training.

#include <gmock/gmock.h>

#include "desk_fixture.h"

namespace lanekeeper::till::test {
namespace {

constexpr std::string_view oil = "6901000003005";
constexpr std::string_view crisps = "6901000002107";

class DeskLaneTest : public DeskTest {
 protected:
  DeskLaneTest() : DeskTest(shop()) { till.link_state(LinkStatus::State::online); }
  static ShopOptions shop() {
    ShopOptions options;
    options.with_scale = true;
    return options;
  }
  void sell(std::string_view code, std::string_view cash) {
    scanner(code);
    press(Action::pay);
    person(cash);
    press_enter();
  }
  // Oil that was paid by card is on its way back, and the money is about to be.
  void return_oil_paid_by_card() {
    sign_in("1003");
    scanner(oil);
    press(Action::pay);
    press(Action::tender_card);
    press_enter();
    person("778812");
    press_enter();
    if (view().state == RegisterState::tendering) press(Action::finish);
    press(Action::return_goods);
    person("3-1");
    press_enter();
    till.run_posted();
    ASSERT_EQ(desk.screen(), Screen::returns);
    press_enter();
    press(Action::reason_1);
    press(Action::refund);
    ASSERT_EQ(desk.screen(), Screen::tender);
  }
  void say_who(std::string_view number = "1003") {
    now_ms += 1000;
    person(number);
    press_enter();
    person(shop_pin);
    press_enter();
  }
};

// ---- put aside and taken up ----

TEST_F(DeskLaneTest, PutsABasketAsideWithANoteAndTakesItUpFromTheList) {
  sign_in();
  scanner(oil);
  press(Action::hold);
  ASSERT_NE(desk.part(), nullptr);
  EXPECT_EQ(desk.place(), Place::hold);
  person("red+1");
  press_enter();
  till.run_posted();
  EXPECT_TRUE(view().lines.empty());
  ASSERT_TRUE(desk.notice());
  EXPECT_EQ(desk.notice()->title.key, "till.held.title");
  press(Action::cancel);

  press(Action::hold);
  till.run_posted();
  const auto model = desk.part()->panel();
  ASSERT_EQ(model.rows.size(), 1U);
  EXPECT_EQ(model.rows[0].amount->to_string(), "69.90");
  EXPECT_THAT(model.rows[0].note.in(i18n::Texts(i18n::Language::zh_CN)), testing::HasSubstr("red+1"));
  press_enter();
  till.run_posted();
  EXPECT_EQ(desk.part(), nullptr);
  ASSERT_EQ(view().lines.size(), 1U);
  EXPECT_EQ(view().lines[0].name, "金穗食用调和油 5L");
}

TEST_F(DeskLaneTest, TheSameKeyPutsAsideWithoutANote) {
  sign_in();
  scanner(oil);
  press(Action::hold);
  press(Action::hold);
  EXPECT_TRUE(view().lines.empty());
}

TEST_F(DeskLaneTest, TakesABasketUpByItsSlip) {
  sign_in();
  scanner(oil);
  press(Action::hold);
  press_enter();
  till.run_posted();
  scanner("3-0017");
  till.run_posted();
  EXPECT_EQ(view().lines.size(), 1U);
}

TEST_F(DeskLaneTest, IsToldWhichTillWasFaster) {
  sign_in();
  scanner(oil);
  press(Action::hold);
  press_enter();
  till.run_posted();
  press(Action::hold);
  till.run_posted();
  ASSERT_EQ(till.server.baskets.size(), 1U);
  ASSERT_TRUE(till.server.recall(till.server.baskets[0].basket.id, 5));
  press_enter();
  till.run_posted();
  EXPECT_TRUE(view().lines.empty());
  ASSERT_NE(desk.part(), nullptr);
  EXPECT_THAT(desk.part()->panel().message.in(i18n::Texts(i18n::Language::zh_CN)), testing::HasSubstr("5 号台"));
}

TEST_F(DeskLaneTest, OfflineShowsOnlyItsOwnAndSaysSo) {
  sign_in();
  till.questions.offline = true;
  till.link_state(LinkStatus::State::offline);
  scanner(oil);
  press(Action::hold);
  press_enter();
  till.run_posted();
  press(Action::hold);
  till.run_posted();
  const auto model = desk.part()->panel();
  EXPECT_EQ(model.rows.size(), 1U);
  EXPECT_EQ(model.note.key, "till.recall.offline");
  press_enter();
  till.run_posted();
  EXPECT_EQ(view().lines.size(), 1U);
}

TEST_F(DeskLaneTest, GoodsScannedOverTheListFollowWhenItIsClosed) {
  sign_in();
  press(Action::hold);
  till.run_posted();
  scanner(crisps);
  EXPECT_EQ(desk.queued_scans(), 1U);
  press(Action::cancel);
  EXPECT_EQ(view().lines.size(), 1U);
}

// ---- weighing ----

TEST_F(DeskLaneTest, TheBannerFollowsTheScaleUntilTheWeightHolds) {
  sign_in();
  till.weigh(ScaleReading::State::zero);
  desk.add_item(305);
  ASSERT_TRUE(desk.notice());
  EXPECT_EQ(desk.notice()->sign, ui::NoticeSign::scale);
  till.weigh(ScaleReading::State::moving, "0.412");
  ASSERT_TRUE(desk.notice());
  EXPECT_EQ(desk.notice()->figure_text, "0.412 kg");
  till.weigh(ScaleReading::State::stable, "0.836");
  ASSERT_EQ(view().lines.size(), 1U);
  EXPECT_EQ(view().lines[0].weight_source, sale::WeightSource::scale);
  EXPECT_FALSE(desk.notice());
}

TEST_F(DeskLaneTest, TheTareIsTypedOrTakenFromThePlate) {
  sign_in();
  press(Action::read_scale);
  ASSERT_EQ(desk.place(), Place::scale);
  person("0.05");
  press_enter();
  EXPECT_EQ(till.lane().tare().to_string(), "0.05");
  till.weigh(ScaleReading::State::stable, "0.030");
  press(Action::tare_plate);
  EXPECT_EQ(till.lane().tare().to_string(), "0.03");
  press(Action::no_tare);
  EXPECT_EQ(till.lane().tare(), Quantity());
  press(Action::cancel);
  EXPECT_EQ(desk.part(), nullptr);
}

// ---- goods without a price ----

TEST_F(DeskLaneTest, ADepartmentKeyAsksForThePrice) {
  sign_in();
  desk.add_item(400);
  EXPECT_EQ(desk.entry(), Entry::open_price);
  ASSERT_TRUE(desk.notice());
  now_ms += 1000;
  person("12.5");
  press_enter();
  ASSERT_EQ(view().lines.size(), 1U);
  EXPECT_EQ(view().total.to_string(), "12.50");
}

TEST_F(DeskLaneTest, ATypedPriceOverTheLimitIsAllowedByTheSupervisor) {
  sign_in();
  desk.add_item(400);
  now_ms += 1000;
  person("250");
  press_enter();
  ASSERT_TRUE(desk.approval().open());
  say_who();
  EXPECT_EQ(view().total.to_string(), "250.00");
}

// ---- notes and receipts ----

TEST_F(DeskLaneTest, ANoteOnALineAndOnTheReceipt) {
  sign_in();
  scanner(oil);
  press(Action::more);
  person("6");
  person("box 3*4+1");
  press_enter();
  EXPECT_EQ(view().lines[0].note, "box 3*4+1");
  press(Action::more);
  person("7");
  person("bag");
  press_enter();
  EXPECT_EQ(view().note, "bag");
  EXPECT_EQ(desk.part(), nullptr);
}

TEST_F(DeskLaneTest, PrintsTheLastReceiptOneByItsNumberAndAGiftReceipt) {
  sign_in();
  sell(oil, "100");
  sell(crisps, "10");
  till.run_posted();
  const auto before = till.printer.printed.size();
  press(Action::reprint);
  ASSERT_EQ(desk.place(), Place::reprint);
  press(Action::reprint);
  EXPECT_EQ(till.printer.printed.size(), before + 1);
  press(Action::reprint);
  person("1");
  press_enter();
  EXPECT_EQ(till.printer.printed.size(), before + 2);
  press(Action::reprint);
  press(Action::gift_receipt);
  EXPECT_EQ(till.printer.printed.size(), before + 3);
  press(Action::reprint);
  person("99");
  press_enter();
  ASSERT_TRUE(desk.notice());
  EXPECT_EQ(till.printer.printed.size(), before + 3);
}

// ---- paying ----

TEST_F(DeskLaneTest, SaysThatTheDrawerMayNotHoldTheChangeAndGoesOn) {
  sign_in();
  ASSERT_TRUE(till.lane().command(OpenShift{Money::of_minor(20'00)}));
  sell(oil, "100");
  EXPECT_EQ(view().state, RegisterState::idle) << "nothing is refused";
  ASSERT_TRUE(desk.notice());
  EXPECT_EQ(desk.notice()->title.key, "till.beyond_drawer.change");
  EXPECT_THAT(desk.notice()->title.in(i18n::Texts(i18n::Language::zh_CN)), testing::HasSubstr("30.10"));
  EXPECT_EQ(sounds.back(), Sound::attention);
  scanner(crisps);
  EXPECT_FALSE(desk.notice()) << "the next customer's goods end it";
  press(Action::pay);
  person("10");
  press_enter();
  EXPECT_FALSE(desk.notice()) << "that much is there by now";
}

TEST_F(DeskLaneTest, SplitsBetweenCardVoucherAndCash) {
  sign_in();
  scanner(oil);
  press(Action::pay);
  person("40");
  press(Action::tender_card);
  person("778812");
  press_enter();
  ASSERT_EQ(view().tenders.size(), 1U);
  EXPECT_EQ(view().tenders[0].kind, sale::TenderKind::card);
  EXPECT_EQ(view().tenders[0].amount.to_string(), "40.00");
  EXPECT_EQ(view().tenders[0].reference, "778812");
  press(Action::tender_more);
  person("1");
  press_enter();
  scanner("V0001");
  person("20");
  press_enter();
  ASSERT_EQ(view().tenders.size(), 2U);
  EXPECT_EQ(view().tenders[1].kind, sale::TenderKind::voucher);
  person("10");
  press_enter();
  EXPECT_EQ(view().state, RegisterState::idle);
  ASSERT_EQ(till.journal.sales.size(), 1U);
  EXPECT_EQ(till.journal.sales[0].tenders.size(), 3U);
}

TEST_F(DeskLaneTest, ACardTakesTheRestWithTwoEnters) {
  sign_in();
  scanner(oil);
  press(Action::pay);
  press(Action::tender_card);
  press_enter();
  person("778812");
  press_enter();
  if (view().state == RegisterState::tendering) press(Action::finish);
  ASSERT_EQ(till.journal.sales.size(), 1U);
  EXPECT_EQ(till.journal.sales[0].tenders.at(0).amount.to_string(), "69.90");
}

TEST_F(DeskLaneTest, TheStoresOwnWaysOfPaying) {
  sign_in();
  scanner(oil);
  press(Action::pay);
  press(Action::tender_more);
  EXPECT_EQ(desk.part()->panel().rows.size(), 3U);
  person("3");
  press_enter();
  person("30");
  press_enter();
  ASSERT_EQ(view().tenders.size(), 1U) << "this one needs no number";
  EXPECT_EQ(view().tenders[0].method, "mall");
}

TEST_F(DeskLaneTest, ABarcodeIsNoAmountOfACard) {
  sign_in();
  scanner(oil);
  press(Action::pay);
  press(Action::tender_card);
  person("69010000");
  press_enter();
  EXPECT_TRUE(view().tenders.empty());
  EXPECT_TRUE(desk.notice());
}

TEST_F(DeskLaneTest, GoodsScannedWhileMoneyIsTakenNeverBelongToTheNextCustomer) {
  sign_in();
  scanner(oil);
  press(Action::pay);
  press(Action::tender_more);
  scanner(crisps);
  EXPECT_EQ(desk.queued_scans(), 0U);
  press(Action::cancel);
  press(Action::cancel);
  person("40");
  press(Action::tender_card);
  person("778812");
  press_enter();
  press(Action::undo_tender);
  ASSERT_TRUE(desk.approval().open());
  scanner(crisps);
  EXPECT_EQ(desk.queued_scans(), 0U);
  EXPECT_EQ(sounds.back(), Sound::attention);
}

TEST_F(DeskLaneTest, UndoingACardNeedsTheSupervisor) {
  sign_in();
  scanner(oil);
  press(Action::pay);
  person("40");
  press(Action::tender_card);
  person("778812");
  press_enter();
  press(Action::undo_tender);
  ASSERT_TRUE(desk.approval().open());
  EXPECT_EQ(view().tenders.size(), 1U);
  say_who();
  EXPECT_TRUE(view().tenders.empty());
}

// ---- returns ----

TEST_F(DeskLaneTest, MoneyGoesBackTheWayItCame) {
  return_oil_paid_by_card();
  ASSERT_EQ(view().refund_options.size(), 1U);
  press(Action::tender_card);
  press_enter();
  person("778813");
  press_enter();
  if (view().state == RegisterState::tendering) press(Action::finish);
  ASSERT_EQ(till.journal.sales.size(), 2U);
  EXPECT_EQ(till.journal.sales[1].tenders.at(0).kind, sale::TenderKind::card);
  EXPECT_TRUE(till.journal.sales[1].tenders.at(0).amount.is_negative());
}

TEST_F(DeskLaneTest, CashInsteadOfACardSaysWhyAndIsAllowedBySomebodyElse) {
  return_oil_paid_by_card();
  press(Action::finish);
  ASSERT_TRUE(desk.approval().open());
  EXPECT_EQ(desk.part()->panel().choices.size(), 4U);
  now_ms += 1000;
  press_enter();
  EXPECT_TRUE(desk.approval().open()) << "a reason first";
  person("2");
  say_who("1001");
  EXPECT_FALSE(desk.approval().open());
  ASSERT_EQ(till.journal.sales.size(), 2U);
  ASSERT_TRUE(till.journal.sales[1].cash_instead);
  EXPECT_EQ(till.journal.sales[1].cash_instead->reason, "refund_failed");
}

TEST_F(DeskLaneTest, GoodsWithoutAReceiptComeBackWithAReasonAndAnApproval) {
  sign_in();
  press(Action::return_goods);
  EXPECT_EQ(desk.place(), Place::receipt);
  press(Action::blind_return);
  ASSERT_EQ(desk.place(), Place::blind_return);
  press_enter();
  EXPECT_FALSE(view().blind_return) << "a reason first";
  person("1");
  person("8");
  press_enter();
  ASSERT_TRUE(desk.approval().open());
  say_who();
  EXPECT_TRUE(view().blind_return);
  EXPECT_EQ(desk.screen(), Screen::sale);
  scanner(crisps);
  EXPECT_EQ(view().total.to_string(), "-7.90");
  EXPECT_EQ(view().lines.back().returned_to, sale::ReturnedTo::waste);
}

TEST_F(DeskLaneTest, AnExchangePaysOrGivesBackTheDifference) {
  sign_in("1003");
  sell(crisps, "10");
  press(Action::return_goods);
  person("3-1");
  press_enter();
  till.run_posted();
  ASSERT_EQ(desk.screen(), Screen::returns);
  press_enter();
  EXPECT_EQ(view().total.to_string(), "-7.90");
  press(Action::exchange);
  EXPECT_FALSE(view().selling_in_return) << "why does it come back?";
  ASSERT_TRUE(desk.notice());
  press(Action::reason_2);
  press(Action::exchange);
  EXPECT_TRUE(view().selling_in_return);
  EXPECT_EQ(desk.screen(), Screen::sale);
  scanner(oil);
  EXPECT_EQ(view().total.to_string(), "62.00");
  press(Action::return_goods);
  EXPECT_EQ(desk.screen(), Screen::returns);
  press(Action::exchange);
  press(Action::pay);
  person("62");
  press_enter();
  ASSERT_EQ(till.journal.sales.size(), 2U);
  EXPECT_EQ(till.journal.sales[1].payable.to_string(), "62.00");
}

// ---- a whole sale is made undone ----

TEST_F(DeskLaneTest, AReceiptOfTodayIsVoidedByTwoPeople) {
  sign_in("1003");
  scanner(oil);
  scanner(crisps);
  press(Action::pay);
  press(Action::tender_card);
  press_enter();
  person("778812");
  press_enter();
  if (view().state == RegisterState::tendering) press(Action::finish);
  ASSERT_EQ(till.journal.sales.size(), 1U);
  till.questions.sales[{3, 1}] = sale::ReturnableSale{till.journal.sales[0], {}, {}, false, {}};
  press(Action::return_goods);
  person("3-1");
  press_enter();
  till.run_posted();
  ASSERT_EQ(desk.screen(), Screen::returns);
  press(Action::void_receipt);
  ASSERT_EQ(desk.place(), Place::void_receipt);
  press_enter();
  EXPECT_FALSE(desk.is_void()) << "a reason first";
  person("2");
  press_enter();
  till.run_posted();
  ASSERT_TRUE(desk.approval().open()) << "who rang it does not void it alone";
  say_who("1001");
  EXPECT_TRUE(desk.is_void());
  ASSERT_EQ(desk.screen(), Screen::tender) << "there is nothing to choose";
  press(Action::back_to_sale);
  ASSERT_EQ(desk.screen(), Screen::returns);
  for (const Action blocked : {Action::return_all, Action::exchange, Action::reason_1, Action::void_receipt}) {
    EXPECT_EQ(desk.hindrance(ui::row_of(Place::returns, blocked)), "till.reason.void_whole");
  }
  press(Action::refund);
  press(Action::tender_card);
  press_enter();
  person("778813");
  press_enter();
  if (view().state == RegisterState::tendering) press(Action::finish);
  ASSERT_EQ(till.journal.sales.size(), 2U);
  EXPECT_EQ(till.journal.sales[1].returned_sale->void_reason, "wrong_payment");
  EXPECT_EQ(till.journal.sales[1].payable, -till.journal.sales[0].payable);
}

TEST_F(DeskLaneTest, WhyAReceiptCannotBeVoidedStandsOnItsKey) {
  sign_in("1003");
  sell(oil, "100");
  press(Action::return_goods);
  person("3-1");
  press_enter();
  till.run_posted();
  ASSERT_EQ(desk.screen(), Screen::returns);
  const auto& key = ui::row_of(Place::returns, Action::void_receipt);
  EXPECT_EQ(desk.hindrance(key), "till.reason.void_offline") << "the server does not know this sale yet";
  press(Action::void_receipt);
  EXPECT_EQ(desk.part(), nullptr);
  ASSERT_TRUE(desk.notice());
  press_enter();
  EXPECT_EQ(desk.hindrance(key), "till.reason.chosen");
  for (const auto language : {i18n::Language::zh_CN, i18n::Language::en}) {
    const i18n::Texts texts(language);
    for (const std::string why :
         {"void_whole", "chosen", "void_other_day", "void_something_back", "void_offline", "void_is_return"}) {
      EXPECT_TRUE(texts.has("till.reason." + why)) << why;
      EXPECT_TRUE(texts.has("till.refused." + why + ".title")) << why;
      EXPECT_TRUE(texts.has("till.refused." + why + ".note")) << why;
    }
  }
}

// ---- training ----

TEST_F(DeskLaneTest, TrainingBeginsAtSignInAndCountsForNothing) {
  press(Action::training);
  EXPECT_TRUE(desk.training());
  EXPECT_FALSE(view().training) << "nobody is there yet";
  person(shop_pin);
  press_enter();
  ASSERT_TRUE(view().training);
  sell(oil, "100");
  EXPECT_TRUE(till.journal.sales.empty());
  EXPECT_EQ(till.training.sales.size(), 1U);
  press(Action::more);
  person("9");
  EXPECT_FALSE(view().training);
  EXPECT_FALSE(desk.training());
}

TEST_F(DeskLaneTest, TrainingNeedsAnEmptyBasket) {
  sign_in();
  scanner(oil);
  press(Action::more);
  person("9");
  EXPECT_FALSE(view().training);
}

}  // namespace
}  // namespace lanekeeper::till::test
