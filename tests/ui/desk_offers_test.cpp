// What the window does with members, coupons, discounts by hand and goods that come back, without a display.

#include <gmock/gmock.h>

#include "desk_fixture.h"
#include "shop_offers.h"
#include "till_ui/prices_back.h"

namespace lanekeeper::till::test {
namespace {

constexpr std::string_view milk = "6901000001001";
constexpr std::string_view crisps = "6901000002107";
constexpr std::string_view oil = "6901000003005";
constexpr std::string_view tissues = "6901000004002";

ShopOptions shop_with_offers() {
  ShopOptions shop;
  shop.with_offers = true;
  return shop;
}

class DeskOffersTest : public DeskTest {
 protected:
  DeskOffersTest() : DeskTest(shop_with_offers()) {}

  // Two packets of crisps and oil, paid: receipt 1.
  void sell() {
    scanner(crisps);
    scanner(crisps);
    scanner(oil);
    press(Action::pay);
    desk.take_cash(Money::of_minor(100'00));
    ASSERT_EQ(till.journal.sales.size(), 1U);
  }
  void begin_return(std::string_view receipt = "3-1") {
    press(Action::return_goods);
    person(receipt);
    press_enter();
    till.run_posted();
  }
};

TEST_F(DeskOffersTest, TypedPhoneFindsTheMember) {
  sign_in();
  scanner(milk);
  press(Action::member);
  EXPECT_EQ(desk.entry(), Entry::member);
  person(member_phone);
  press_enter();
  ASSERT_TRUE(view().member);
  EXPECT_EQ(desk.task(), Task::none);
  EXPECT_EQ(view().total.to_string(), "45.90");
}

TEST_F(DeskOffersTest, PriceCheckSaysWhatIsTakenOffToday) {
  sign_in();
  press(Action::price_check);
  scanner(milk);
  ASSERT_TRUE(desk.notice());
  EXPECT_EQ(desk.notice()->figure->to_string(), "49.90");
  press(Action::cancel);
  press(Action::cancel);
  press(Action::member);
  person(member_phone);
  press_enter();
  press(Action::price_check);
  scanner(milk);
  ASSERT_TRUE(desk.notice());
  EXPECT_EQ(desk.notice()->figure->to_string(), "45.90") << "the member's";
  EXPECT_EQ(desk.notice()->note.key, "till.price_check.saved");
  EXPECT_THAT(desk.notice()->note.in(i18n::Texts(i18n::Language::zh_CN)), testing::HasSubstr("会员价"));
  EXPECT_THAT(desk.notice()->note.in(i18n::Texts(i18n::Language::en)), testing::HasSubstr("Member price"));
  scanner(tissues);
  EXPECT_EQ(desk.notice()->figure->to_string(), "19.90");
  EXPECT_THAT(desk.notice()->note.in(i18n::Texts(i18n::Language::zh_CN)), testing::HasSubstr("再买 1 件享“第2件半价”"));
  EXPECT_TRUE(view().lines.empty());
}

TEST_F(DeskOffersTest, UnknownMemberKeepsThePanelOpen) {
  sign_in();
  press(Action::member);
  scanner("13899990000");
  EXPECT_FALSE(view().member);
  EXPECT_EQ(desk.task(), Task::member);
  ASSERT_TRUE(desk.notice());
  press(Action::cancel);
  press(Action::cancel);
  EXPECT_EQ(desk.task(), Task::none);
  scanner(milk);
  EXPECT_EQ(view().lines.size(), 1U);
}

TEST_F(DeskOffersTest, CouponIsPresentedFromTheTenderAndTakenOffAgain) {
  sign_in();
  scanner(oil);
  press(Action::pay);
  press(Action::tender_coupon);
  EXPECT_EQ(desk.screen(), Screen::sale);
  EXPECT_EQ(desk.task(), Task::coupon);
  scanner(shop_coupon);
  ASSERT_EQ(view().coupons.size(), 1U);
  EXPECT_EQ(view().total.to_string(), "64.90");
  EXPECT_EQ(desk.task(), Task::none);
  press(Action::coupon);
  press(Action::remove_coupon);
  EXPECT_TRUE(view().coupons.empty());
  EXPECT_EQ(view().total.to_string(), "69.90");
}

TEST_F(DeskOffersTest, WhatTheServerIsAskedIsSaidAndScansWait) {
  sign_in("1003");
  till.link_state(LinkStatus::State::online);
  till.questions.wait = true;
  begin_return("2-77");
  ASSERT_TRUE(desk.notice());
  EXPECT_EQ(desk.notice()->title.key, "till.asking.receipt.title");
  scanner(crisps);
  EXPECT_TRUE(view().lines.empty());
  EXPECT_EQ(desk.queued_scans(), 1U);
  till.questions.answer_all();
  till.run_posted();
  ASSERT_TRUE(view().message);
  EXPECT_EQ(view().message->code, "return.no_sale") << "the scan that waits does not hide it";
  press(Action::cancel);
  press(Action::cancel);
  EXPECT_EQ(desk.task(), Task::none);
  EXPECT_EQ(view().lines.size(), 1U);
}

TEST_F(DeskOffersTest, AnAnswerAfterTheWindowHasGoneIsDropped) {
  sign_in("1003");
  till.link_state(LinkStatus::State::online);
  till.questions.wait = true;
  {
    Desk other(till, i18n::Language::zh_CN, hooks());
    other.act(Action::return_goods);
    other.type("2-77");
    now_ms += 1000;
    other.enter();
  }
  till.questions.answer_all();
  till.run_posted();
  SUCCEED();
}

TEST_F(DeskOffersTest, CashiersDoNotGiveDiscountsAlone) {
  sign_in();
  scanner(oil);
  press(Action::discount);
  person("10");
  press_enter();
  EXPECT_TRUE(desk.approval().open());
  EXPECT_EQ(view().total, view().gross);
}

TEST_F(DeskOffersTest, GoodsComeBackByScanKeyAndNumber) {
  sign_in("1003");
  sell();
  begin_return();
  ASSERT_EQ(desk.screen(), Screen::returns);
  EXPECT_EQ(desk.return_line(), 1);
  scanner(oil);
  EXPECT_EQ(desk.return_line(), 2) << "goods that are scanned find their line";
  EXPECT_EQ(desk.returned(2).amount.to_string(), "69.90");
  press(Action::line_up);
  person("2");
  press_enter();
  EXPECT_EQ(desk.returned(1).quantity, Quantity::of_units(2));
  desk.change_return(1, -1);
  EXPECT_EQ(desk.returned(1).quantity, Quantity::of_units(1)) << "one less";
  press(Action::keep_line);
  EXPECT_EQ(desk.returned(1).quantity, Quantity());
  EXPECT_EQ(view().total.to_string(), "-69.90");
  press(Action::refund);
  EXPECT_EQ(desk.screen(), Screen::returns);
  ASSERT_TRUE(desk.notice());
  EXPECT_EQ(desk.notice()->title.key, "till.error.return.why_needed.title");
  press(Action::reason_4);
  EXPECT_EQ(desk.return_reason(), "spoiled");
  press(Action::refund);
  EXPECT_EQ(desk.entry(), Entry::payout);
  person("5");
  EXPECT_TRUE(desk.text().empty()) << "nothing is typed where money goes out";
  press_enter();
  ASSERT_EQ(till.journal.sales.size(), 2U);
  EXPECT_EQ(till.journal.sales[1].payable.to_string(), "-69.90");
  EXPECT_EQ(desk.screen(), Screen::sale);
}

TEST_F(DeskOffersTest, GoodsThatComeBackHaveAReasonAndAPlaceToGo) {
  sign_in("1003");
  sell();
  begin_return();
  EXPECT_EQ(desk.return_reason(), "");
  desk.tick_return(1);
  EXPECT_EQ(desk.returned(1).quantity, Quantity::of_units(2)) << "all that is left";
  press(Action::reason_1);
  press(Action::to_supplier);
  EXPECT_EQ(view().lines.back().returned_to, sale::ReturnedTo::supplier);
  desk.change_return(2, 1);
  EXPECT_EQ(desk.returned_to(), sale::ReturnedTo::supplier) << "as the goods before";
  press(Action::to_waste);
  press(Action::reason_4);
  EXPECT_EQ(desk.returned_to(), sale::ReturnedTo::waste);
  desk.choose_return_line(1);
  EXPECT_EQ(desk.returned_to(), sale::ReturnedTo::supplier);
  EXPECT_EQ(desk.return_reason(), "quality");
  desk.change_return(1, -1);
  EXPECT_EQ(desk.returned(1).quantity, Quantity::of_units(1));
  EXPECT_EQ(desk.returned_to(), sale::ReturnedTo::supplier) << "the other piece as before";
  EXPECT_EQ(desk.return_reason(), "quality");
  desk.tick_return(1);
  EXPECT_EQ(desk.returned(1).quantity, Quantity()) << "nothing of it";
  press(Action::return_quantity);
  ASSERT_NE(desk.part(), nullptr);
  desk.type("2");
  press_enter();
  EXPECT_EQ(desk.returned(1).quantity, Quantity::of_units(2));
  press(Action::return_quantity);
  desk.type("1");
  press_enter();
  EXPECT_EQ(desk.returned(1).quantity, Quantity::of_units(1)) << "in all";
  press(Action::return_quantity);
  desk.type("3");
  press_enter();
  EXPECT_EQ(view().message->code, "refund.more_than_sold");
}

TEST_F(DeskOffersTest, FewerOfALineLeavesTheRestAsItWas) {
  sign_in("1003");
  sell();
  begin_return();
  desk.tick_return(1);
  press(Action::reason_1);
  press(Action::to_supplier);
  desk.change_return(2, 1);
  press(Action::reason_4);
  press(Action::to_waste);
  desk.choose_return_line(1);
  press(Action::return_quantity);
  desk.choose_return_line(2);
  desk.type("1");
  press_enter();
  EXPECT_EQ(desk.return_line(), 1) << "the line that the panel names";
  EXPECT_EQ(desk.returned(1).quantity, Quantity::of_units(1));
  EXPECT_EQ(desk.returned_to(), sale::ReturnedTo::supplier);
  EXPECT_EQ(desk.return_reason(), "quality");
  EXPECT_EQ(desk.returned(2).quantity, Quantity::of_units(1));
  EXPECT_EQ(view().returned_to, sale::ReturnedTo::waste) << "and what comes back next as it was chosen last";
  EXPECT_EQ(view().return_reason, "spoiled");
}

TEST_F(DeskOffersTest, TheKeyThatLeavesAReturnLeavesItWhateverLasts) {
  sign_in("1003");
  sell();
  begin_return();
  till.lane().drawer_changed(CashDrawer::Position::closed);
  till.lane().drawer_changed(CashDrawer::Position::open);
  till.lane().drawer_stays_open();
  ASSERT_TRUE(desk.notice());
  ASSERT_TRUE(desk.notice()->lasting);
  desk.press_back();
  EXPECT_EQ(desk.screen(), Screen::sale);
}

TEST_F(DeskOffersTest, WhatAnExchangeSellsIsNoLineThatComesBack) {
  sign_in("1003");
  sell();
  begin_return();
  press(Action::return_all);
  press(Action::reason_2);
  press(Action::exchange);
  scanner(milk);
  press(Action::return_goods);
  ASSERT_EQ(desk.screen(), Screen::returns);
  EXPECT_EQ(desk.newest_returned(0), nullptr);
  const auto prices = ui::prices_back(view());
  ASSERT_TRUE(prices);
  EXPECT_EQ(prices->full.to_string(), "85.70");
  EXPECT_EQ(prices->saved, Money()) << "what is bought instead saves nothing of what comes back";
}

TEST(PricesBack, AreOfWholeLinesAndOfWhatIsSoldByThePiece) {
  const auto money = [](std::int64_t minor) { return Money::of_minor(minor); };
  RegisterView view;
  EXPECT_FALSE(ui::prices_back(view));
  ViewLine back;
  back.returned_line = 1;
  back.returns = true;
  back.quantity = -Quantity::of_units(2);
  back.unit_price = money(3'00);
  back.net = back.gross = money(-5'00);
  view.lines = {back};
  ViewReturn::Line sold;
  sold.line = 1;
  sold.sold = Quantity::of_units(6);
  sold.gross = money(18'00);
  view.returning = ViewReturn{};
  EXPECT_FALSE(ui::prices_back(view)) << "the sale is not at hand";
  view.returning->lines = {sold};
  ASSERT_TRUE(ui::prices_back(view));
  EXPECT_EQ(ui::prices_back(view)->full, money(6'00));
  EXPECT_EQ(ui::prices_back(view)->saved, money(1'00));
  view.total = money(-5'65);
  EXPECT_EQ(ui::prices_back(view)->saved, money(1'00)) << "tax on top is no offer";
  view.returning->lines[0].gross = money(15'00);
  EXPECT_FALSE(ui::prices_back(view)) << "two of a pack of six";
  view.lines[0].quantity = -Quantity::of_units(6);
  view.lines[0].net = money(-14'00);
  ASSERT_TRUE(ui::prices_back(view));
  EXPECT_EQ(ui::prices_back(view)->full, money(15'00));
  EXPECT_EQ(ui::prices_back(view)->saved, money(1'00));
}

TEST_F(DeskOffersTest, AnAnswerToAnEarlierSearchIsNotShown) {
  sign_in("1003");
  till.link_state(LinkStatus::State::online);
  till.questions.wait = true;
  press(Action::return_goods);
  press(Action::find_sale);
  person("5.00");
  press(Action::find_by_amount);
  press_enter();
  press(Action::cancel);
  ASSERT_EQ(desk.place(), ui::Place::find_sale);
  person("7");
  press(Action::find_by_till);
  press_enter();
  till.questions.answer_next();
  till.run_posted();
  EXPECT_EQ(desk.part()->panel().empty.key, "till.find.asking") << "this search is still waited for";
  till.questions.answer_all();
  till.run_posted();
  EXPECT_EQ(desk.part()->panel().empty.key, "till.find.none");
}

TEST_F(DeskOffersTest, WhatWasSearchedForStandsAgainAfterARefusal) {
  sign_in("1003");
  sell();
  press(Action::return_goods);
  press(Action::find_sale);
  person("13900000000");
  press(Action::find_sale);
  EXPECT_EQ(desk.part()->panel().message.key, "till.error.return.search_nothing.title");
  EXPECT_EQ(desk.text(), "13900000000");
  press(Action::clear);
  person(oil);
  press(Action::find_sale);
  ASSERT_EQ(desk.part()->panel().rows.size(), 1U);
  EXPECT_EQ(desk.text(), "") << "nothing lies under the list";
  press_enter();
  EXPECT_EQ(desk.screen(), Screen::returns);
}

TEST_F(DeskOffersTest, WhatStandsThereOfTheSearchBeforeIsNoAmountTillOrDay) {
  sign_in("1003");
  sell();
  press(Action::return_goods);
  press(Action::find_sale);
  person("13900000000");
  press(Action::find_sale);
  ASSERT_EQ(desk.text(), "13900000000");
  for (const Action narrows : {Action::find_by_amount, Action::find_by_till, Action::find_by_day}) {
    press(narrows);
    EXPECT_EQ(desk.part()->panel().message.key, "");
    EXPECT_EQ(desk.text(), "13900000000");
  }
  press(Action::clear);
  person("3");
  press(Action::find_by_till);
  EXPECT_TRUE(desk.part()->panel().choices[1].selected);
  person(oil);
  press_enter();
  ASSERT_EQ(desk.part()->panel().rows.size(), 1U);
  press(Action::cancel);
  EXPECT_EQ(desk.text(), oil) << "back to what was looked for";
  press(Action::find_by_till);
  EXPECT_FALSE(desk.part()->panel().choices[1].selected);
  EXPECT_EQ(desk.text(), oil);
}

// Edge case: the receipt is at home.
TEST_F(DeskOffersTest, ASaleIsFoundWithoutItsReceipt) {
  sign_in("1003");
  sell();
  press(Action::return_goods);
  press(Action::find_sale);
  ASSERT_EQ(desk.place(), ui::Place::find_sale);
  person("99");
  press(Action::find_by_till);
  EXPECT_TRUE(desk.part()->panel().choices[1].selected);
  press_enter();
  EXPECT_TRUE(desk.part()->panel().rows.empty());
  EXPECT_EQ(desk.part()->panel().empty.key, "till.find.none");
  press(Action::cancel);
  press(Action::find_by_till);
  EXPECT_FALSE(desk.part()->panel().choices[1].selected) << "nothing typed: it does not matter";
  person("0");
  press(Action::find_by_day);
  EXPECT_EQ(desk.part()->panel().message.key, "till.error.find.bad_day.title");
  scanner(oil);
  ASSERT_EQ(desk.part()->panel().rows.size(), 1U);
  EXPECT_EQ(desk.part()->panel().rows[0].amount, till.journal.sales[0].payable);
  EXPECT_EQ(desk.part()->panel().note.key, "till.find.offline");
  press_enter();
  ASSERT_EQ(desk.screen(), Screen::returns);
  EXPECT_EQ(view().returning->receipt_number, till.journal.sales[0].receipt_number);
  press(Action::find_sale);
  EXPECT_EQ(desk.screen(), Screen::sale) << "another one, as long as nothing came back";
  EXPECT_EQ(desk.place(), ui::Place::find_sale);
  person("13900000000");
  press_enter();
  EXPECT_EQ(desk.part()->panel().message.key, "till.error.return.search_nothing.title");
}

TEST(DayFromText, IsADayThatWas) {
  const Date today{2026, 11, 22};
  EXPECT_EQ(ui::day_from("1118", today), (Date{2026, 11, 18}));
  EXPECT_EQ(ui::day_from("1231", today), (Date{2025, 12, 31}));
  EXPECT_EQ(ui::day_from("20250102", today), (Date{2025, 1, 2}));
  EXPECT_EQ(ui::day_from("2025-01-02", today), (Date{2025, 1, 2}));
  for (const auto* text : {"", "5", "1345", "0230", "20261123", "day", "11180"}) {
    EXPECT_FALSE(ui::day_from(text, today)) << text;
  }
}

TEST_F(DeskOffersTest, GoodsThatAreNotOnTheReceiptAreRefusedAloud) {
  sign_in("1003");
  sell();
  begin_return();
  scanner(crisps);
  scanner(milk);
  EXPECT_EQ(view().line_count, 1);
  EXPECT_EQ(sounds.back(), Sound::stop);
  ASSERT_TRUE(desk.notice());
  EXPECT_EQ(desk.notice()->kind, ui::NoticeKind::stop);
}

TEST_F(DeskOffersTest, LeavingAReturnAsksFirstWhenGoodsAreInIt) {
  sign_in("1003");
  sell();
  begin_return();
  press(Action::cancel);
  EXPECT_EQ(desk.screen(), Screen::sale) << "nothing came back yet";
  begin_return();
  press(Action::return_all);
  EXPECT_EQ(view().total.to_string(), "-85.70");
  press(Action::cancel);
  EXPECT_EQ(desk.screen(), Screen::returns);
  EXPECT_TRUE(desk.notice());
  press(Action::leave_returns);
  EXPECT_EQ(desk.screen(), Screen::sale);
  EXPECT_EQ(till.journal.sales.size(), 1U);
}

TEST_F(DeskOffersTest, ReturnsWaitUntilTheSaleIsFinished) {
  sign_in("1003");
  scanner(oil);
  press(Action::return_goods);
  EXPECT_EQ(desk.task(), Task::none);
  ASSERT_TRUE(desk.notice());
  EXPECT_EQ(desk.notice()->title.key, "till.refused.finish_first.title");
}

TEST_F(DeskOffersTest, DiscountOfTheBasketNeedsAReasonAndZeroTakesItOff) {
  sign_in("1003");
  scanner(oil);
  press(Action::discount);
  press(Action::discount_scope);
  press(Action::discount_measure);
  person("5");
  press_enter();
  ASSERT_EQ(desk.task(), Task::discount_reason);
  press_enter();
  EXPECT_EQ(view().total.to_string(), "69.90") << "no reason, no discount";
  person("3");
  press_enter();
  EXPECT_EQ(view().total.to_string(), "64.90");
  press(Action::discount);
  press(Action::discount_scope);
  person("0");
  press_enter();
  EXPECT_EQ(desk.task(), Task::none);
  EXPECT_EQ(view().total.to_string(), "69.90");
}

TEST_F(DeskOffersTest, DiscountsStayWithinWhatThePersonMayGive) {
  sign_in("1003");
  scanner(oil);
  press(Action::discount);
  person("21");
  press_enter();
  person("1");
  press_enter();
  EXPECT_EQ(view().total.to_string(), "69.90");
  ASSERT_TRUE(view().message);
  EXPECT_EQ(view().message->code, "discount.over_limit");
}

}  // namespace
}  // namespace lanekeeper::till::test
