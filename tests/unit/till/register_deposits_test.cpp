// Deposits: sold beside everything that makes goods cheaper, and given back in any basket without a receipt.
#include <gtest/gtest.h>

#include "offers.h"
#include "register_at_work.h"
#include "sale/returned_goods.h"
#include "sale/shift_totals.h"
#include "sale/shift_trail.h"

namespace lanekeeper::till::test {
namespace {

using access::Role;
using sale::ReturnedTo;
using sale::TenderKind;

struct Deposits : RegisterAtWork {
  const std::string bottle_code = with_check_digit("690000000008");
  const std::string crate_code = with_check_digit("690000000009");
  catalogue::ItemId bottle = 0;

  explicit Deposits(Role role = Role::manager, RegisterSettings settings = settings_with_offers())
      : RegisterAtWork(role) {
    auto& item = shop.add("啤酒瓶押金", "0" + bottle_code, "1.00");
    item.deposit = true;
    item.prices.push_back({"member", yuan("0.50"), {}, {}});
    item.codes.push_back({"0" + crate_code, Quantity::of_units(24), yuan("20.00")});
    bottle = item.id;
    machine.set_settings(std::move(settings));
  }
  std::string take_back(std::string_view quantity = "1") { return run(TakeBackDeposit{bottle, {}, qty(quantity)}); }
  std::string scan_many(std::string_view quantity, const std::string& code) {
    EXPECT_EQ(run(PendingQuantity{qty(quantity)}), "");
    return scan(code);
  }
  sale::ReturnableSale pay() {
    EXPECT_EQ(run(BeginTender{}), "");
    EXPECT_EQ(run(TenderCash{std::max(view().cash_due, Money())}), "");
    check();
    return {*sold, {}, {}, false, {}};
  }
  void check() const {
    const auto checked = sale::check_arithmetic(*sold);
    EXPECT_TRUE(checked) << checked.error().code << " " << checked.error().details[0].second;
  }
  [[nodiscard]] std::vector<Money> nets() const {
    std::vector<Money> nets;
    for (const auto& line : view().lines) nets.push_back(line.net);
    return nets;
  }
};

// Edge case 83.
TEST(RegisterDeposits, ASoldOneCountsTowardNothing) {
  Deposits till;
  till.scan_many("2", Shop::milk);
  till.scan_many("5", till.bottle_code);
  EXPECT_EQ(till.view().total, yuan("104.80"));
  EXPECT_EQ(till.view().saving, Money()) << "10.00 off from 100.00 of goods";
  EXPECT_TRUE(till.view().lines[1].deposit);
  EXPECT_FALSE(till.view().lines[1].returns);
  EXPECT_TRUE(till.machine.basket().lines[1].discount_blocked);
  till.scan(Shop::cola);
  EXPECT_EQ(till.view().saving, yuan("10"));
  EXPECT_EQ(till.view().lines[1].net, yuan("5"));
}

TEST(RegisterDeposits, NobodyGetsOneForLess) {
  Deposits till;
  till.scan_many("40", till.bottle_code);
  EXPECT_EQ(till.run(IdentifyMember{some_member()}), "");
  EXPECT_EQ(till.view().total, yuan("40"));
  EXPECT_FALSE(till.machine.basket().lines[0].list_prices);
  EXPECT_EQ(till.run(AddCoupon{"WELCOME", false}), "coupon.not_reached");
  EXPECT_EQ(till.run(DiscountLine{1, yuan("1"), {}, ""}), "discount.not_allowed");
  EXPECT_EQ(till.run(DiscountBasket{{}, Rate::of_per_10k(1000), "regular"}), "discount.not_allowed");
  EXPECT_EQ(till.run(OverridePrice{1, yuan("2"), "price.label"}), "deposit.price_fixed");
  till.take_back();
  EXPECT_EQ(till.run(OverridePrice{2, yuan("2"), "price.label"}), "deposit.price_fixed");
  EXPECT_EQ(till.run(DiscountLine{2, yuan("1"), {}, ""}), "discount.not_allowed");
  till.scan(Shop::milk);
  EXPECT_EQ(till.run(DiscountBasket{{}, Rate::of_per_10k(1000), "regular"}), "");
  EXPECT_EQ(till.nets(), (std::vector{yuan("40"), yuan("-1"), yuan("41.31")})) << "10 % of 45.90 alone";
}

TEST(RegisterDeposits, OneIsGivenBackInASale) {
  Deposits till;
  till.scan(Shop::milk);
  EXPECT_EQ(till.run(TakeBackDeposit{0, till.bottle_code, qty("3")}), "");
  EXPECT_EQ(till.view().total, yuan("46.90"));
  EXPECT_TRUE(till.view().lines[1].deposit);
  EXPECT_TRUE(till.view().lines[1].returns);
  EXPECT_EQ(till.view().lines[1].quantity, qty("-3"));
  EXPECT_EQ(till.effect<ShowItem>()->amount, yuan("-3"));
  till.pay();
  const auto& line = till.sold->lines[1];
  EXPECT_EQ(line.fixed_amount, yuan("-3"));
  EXPECT_EQ(line.returns, (sale::LineReturn{0, {}, Rate::of_per_10k(1300), yuan("-0.35"), ReturnedTo::supplier, {}}));
  EXPECT_EQ(till.sold->payable, yuan("46.90"));
  EXPECT_FALSE(till.sold->blind_return);
  EXPECT_EQ(sale::refund_of(till.sold->lines, till.sold->priced), Money());
  EXPECT_EQ(sale::deposits_back_of(till.sold->lines, till.sold->priced), yuan("3"));
}

TEST(RegisterDeposits, MoneyGoesOutWhereNothingIsSold) {
  for (const auto mode : {pricing::TaxMode::inclusive, pricing::TaxMode::exclusive}) {
    auto settings = settings_with_offers();
    settings.tax_mode = mode;
    settings.cash_rounding = CashRounding::down_10;
    Deposits till(Role::cashier, settings);
    EXPECT_EQ(till.run(PendingQuantity{qty("7")}), "");
    EXPECT_EQ(till.take_back(), "");
    EXPECT_FALSE(till.view().pending_quantity);
    const bool inclusive = mode == pricing::TaxMode::inclusive;
    EXPECT_EQ(till.view().total, inclusive ? yuan("-7") : yuan("-7.91"));
    EXPECT_EQ(till.run(BeginTender{}), "");
    EXPECT_EQ(till.view().cash_due, inclusive ? yuan("-7") : yuan("-7.90"));
    EXPECT_EQ(till.run(TenderCash{yuan("10")}), "return.pays_out");
    EXPECT_EQ(till.run(TenderOther{TenderKind::card, {}, yuan("1"), "1"}), "return.pays_out");
    EXPECT_EQ(till.run(TenderCash{}), "");
    EXPECT_EQ(till.sold->change, inclusive ? yuan("7") : yuan("7.90"));
    EXPECT_NE(till.effect<OpenDrawer>(), nullptr);
    till.check();
  }
}

TEST(RegisterDeposits, AsMuchBackAsIsSoldIsFinishedWithNothing) {
  Deposits till;
  till.scan_many("3", till.bottle_code);
  EXPECT_EQ(till.take_back("3"), "");
  EXPECT_EQ(till.view().total, Money());
  till.pay();
  EXPECT_EQ(till.sold->change, Money());
}

TEST(RegisterDeposits, SoldAndGivenBackStayLinesOfTheirOwn) {
  Deposits till;
  till.scan(till.bottle_code);
  till.take_back();
  till.take_back();
  till.scan(till.bottle_code);
  till.scan(till.bottle_code);
  EXPECT_EQ(till.nets(), (std::vector{yuan("1"), yuan("-1"), yuan("-1"), yuan("2")}));
  EXPECT_EQ(till.run(SetLineQuantity{2, qty("5")}), "deposit.line_fixed");
  EXPECT_EQ(till.run(SetLineQuantity{4, qty("5")}), "");
  EXPECT_EQ(till.run(VoidLine{2}), "");
  EXPECT_EQ(till.view().total, yuan("5"));
  till.pay();
}

TEST(RegisterDeposits, TheyCountAsWhatTheyAre) {
  Deposits till;
  till.scan(Shop::milk);
  till.take_back("2");
  till.pay();
  sale::ShiftTotals totals;
  sale::ShiftTrail trail;
  const auto count = [&] {
    sale::add(totals, *till.sold);
    sale::follow(trail, *till.sold);
  };
  count();
  till.take_back("3");
  till.pay();
  count();
  EXPECT_EQ(totals.sale_count, 1);
  EXPECT_EQ(totals.return_count, 0);
  EXPECT_EQ(totals.returns, Money());
  EXPECT_EQ(totals.deposits_back, yuan("5"));
  EXPECT_EQ(totals.deposit_back_count, 2);
  EXPECT_EQ(totals.gross, yuan("49.90"));
  EXPECT_EQ(totals.turnover, yuan("44.90"));
  EXPECT_EQ(totals.tenders.at(0).amount, yuan("44.90"));
  till.run(BeginBlindReturn{"no_receipt"});
  till.scan(till.bottle_code);
  till.scan(Shop::chips);
  till.pay();
  count();
  EXPECT_EQ(totals.returns, yuan("7.90"));
  EXPECT_EQ(totals.deposits_back, yuan("6"));
  EXPECT_EQ(trail.blind_refunds.at(0).amount, yuan("7.90"));
}

TEST(RegisterDeposits, SomebodyElseAllowsMore) {
  Deposits till(Role::cashier);
  EXPECT_EQ(till.take_back("150"), "");
  EXPECT_EQ(till.run(PendingQuantity{qty("51")}), "");
  EXPECT_EQ(till.take_back(), "deposit.over_limit");
  EXPECT_EQ(till.detail("most"), "200.00");
  EXPECT_EQ(till.detail("amount"), "201.00");
  EXPECT_EQ(till.detail("permission"), "sale.deposit_back");
  EXPECT_EQ(till.run_by(staff_member(Role::supervisor, 9), TakeBackDeposit{till.bottle, {}, qty("1")}), "")
      << "the quantity has waited for the answer";
  EXPECT_EQ(till.view().total, yuan("-201"));
  EXPECT_EQ(till.view().approvals.at(0).permission, "sale.deposit_back");
  EXPECT_EQ(till.view().approvals.at(0).line, 2);
  EXPECT_EQ(till.run(VoidLine{1}), "");
  EXPECT_EQ(till.take_back("149"), "") << "what was voided does not count";
  EXPECT_EQ(till.take_back(), "deposit.over_limit");
}

TEST(RegisterDeposits, SomeCannotBeGivenBack) {
  Deposits till;
  EXPECT_EQ(till.run(TakeBackDeposit{0, Shop::milk, qty("1")}), "deposit.not_one");
  EXPECT_EQ(till.run(TakeBackDeposit{till.shop.named("可乐").id, {}, qty("1")}), "deposit.not_one");
  EXPECT_EQ(till.run(TakeBackDeposit{0, with_check_digit("690111111111"), qty("1")}), "barcode.unknown");
  EXPECT_EQ(till.run(TakeBackDeposit{999, {}, qty("1")}), "item.unknown");
  for (const auto* quantity : {"0", "-1", "0.5", "10000"}) EXPECT_EQ(till.take_back(quantity), "deposit.bad_quantity");
  auto& bottle = till.shop.named("啤酒瓶押金");
  bottle.prices.clear();
  EXPECT_EQ(till.take_back(), "item.no_price");
  bottle.prices.push_back({"regular", yuan("1.00"), {}, {}});
  bottle.active = false;
  EXPECT_EQ(till.take_back(), "item.inactive");
  bottle.active = true;
  bottle.unit = UnitOfMeasure::kilogram;
  EXPECT_EQ(till.take_back(), "deposit.not_one") << "nobody weighs a pledge";
  EXPECT_EQ(till.view().state, RegisterState::idle);
  bottle.unit = UnitOfMeasure::piece;
  bottle.sale_blocked = true;
  bottle.minimum_age = 18;
  EXPECT_EQ(till.take_back(), "") << "what must not be sold any more comes back all the same";
  EXPECT_EQ(till.run(BeginTender{}), "");
  EXPECT_EQ(till.take_back(), "register.tendering");
}

TEST(RegisterDeposits, ACrateIsWhatItHolds) {
  Deposits till;
  EXPECT_EQ(till.run(TakeBackDeposit{0, till.crate_code, qty("2")}), "");
  EXPECT_EQ(till.view().lines[0].quantity, qty("-48"));
  EXPECT_EQ(till.view().total, yuan("-48")) << "at the price of one, which everybody paid";
}

TEST(RegisterDeposits, WhatWaitsIsAnsweredFirst) {
  Deposits till;
  EXPECT_EQ(till.scan("612"), "register.weight_needed");
  EXPECT_EQ(till.take_back(), "register.weigh_first");
}

TEST(RegisterDeposits, TheyGoBesideAReturn) {
  Deposits till;
  till.scan(Shop::milk);
  till.run(BeginTender{});
  till.run(TenderOther{TenderKind::card, {}, yuan("49.90"), "1"});
  till.run(BeginReturn{{*till.sold, {}, {}, false, {}}});
  EXPECT_EQ(till.take_back("2"), "");
  EXPECT_EQ(till.take_back("3"), "");
  EXPECT_EQ(till.run(DescribeReturn{1, "quality", {}}), "return.no_line");
  EXPECT_EQ(till.run(ReturnLine{1, qty("1"), ReturnedTo::waste, "quality"}), "");
  EXPECT_EQ(till.take_back("4"), "");
  EXPECT_EQ(till.run(VoidLine{1}), "") << "in any order";
  EXPECT_EQ(till.run(BeginTender{}), "");
  EXPECT_EQ(till.view().total, yuan("-56.90"));
  EXPECT_EQ(till.view().refund_in_cash_most, yuan("7"));
  EXPECT_EQ(till.run(TenderCash{}), "refund.not_in_cash");
  EXPECT_EQ(till.run(RefundTender{TenderKind::card, {}, yuan("49.90"), "2"}), "");
  EXPECT_EQ(till.run(TenderCash{}), "");
  EXPECT_EQ(till.sold->change, yuan("7"));
  EXPECT_EQ(till.sold->lines[2].returns->to, ReturnedTo::waste);
  EXPECT_EQ(till.sold->lines[3].returns->to, ReturnedTo::supplier);
  EXPECT_FALSE(till.sold->lines[3].returns->reason);
  till.check();
}

TEST(RegisterDeposits, TheLimitsOfRefundsDoNotCountThem) {
  Deposits till(Role::supervisor);
  till.run(BeginBlindReturn{"no_receipt"});
  till.scan(Shop::milk);
  EXPECT_EQ(till.scan_many("99", till.bottle_code), "") << "scanned where goods come back it is a deposit as well";
  EXPECT_TRUE(sale::gives_deposit_back(till.machine.basket().lines[1]));
  EXPECT_EQ(till.machine.basket().lines[1].returns->to, ReturnedTo::supplier);
  EXPECT_EQ(till.run(BeginTender{}), "") << "49.90 of the 100.00 without a receipt";
  EXPECT_EQ(till.view().total, yuan("-148.90"));
}

// A deposit that stands on a receipt is goods like any others, and one that was given back in a sale takes nothing off
// what may come back of it.
TEST(RegisterDeposits, TheirSaleComesBackAsItWasSold) {
  auto settings = settings_with_offers();
  settings.cash_rounding = CashRounding::down_10;
  Deposits till(Role::manager, settings);
  till.scan_many("2", Shop::chips);  // 11.85
  till.scan(till.bottle_code);
  till.take_back("5");
  auto before = till.pay();
  EXPECT_EQ(till.sold->payable, yuan("7.80"));
  EXPECT_EQ(sale::sold_total(before.sale), yuan("12.85"));
  EXPECT_EQ(sale::sold_adjustment(before.sale), yuan("-0.05"));
  till.run(BeginReturn{before});
  EXPECT_EQ(till.run(ReturnLine{2, qty("1"), ReturnedTo::stock, "quality"}), "");
  EXPECT_FALSE(sale::gives_deposit_back(till.machine.basket().lines[0]));
  EXPECT_EQ(till.run(ReturnLine{3, qty("5"), ReturnedTo::stock, "quality"}), "return.no_line");
  EXPECT_EQ(till.run(ReturnLine{1, qty("2"), ReturnedTo::stock, "quality"}), "");
  till.take_back("2");
  till.pay();
  EXPECT_EQ(till.sold->change, yuan("14.80")) << "12.80 were paid for them";
  sale::note_return(before, *till.sold);
  EXPECT_EQ(before.refunded, yuan("12.85"));
  EXPECT_EQ(before.returned.size(), 2U);
  EXPECT_EQ(till.run(BeginReturn{before}), "return.nothing_left");
}

TEST(RegisterDeposits, ABasketWithOneMayBePutAside) {
  Deposits till;
  till.scan(Shop::milk);
  till.take_back("3");
  EXPECT_EQ(till.run(SuspendBasket{}), "");
  ASSERT_TRUE(till.put_aside);
  const auto basket = till.put_aside->basket;
  EXPECT_EQ(till.view().state, RegisterState::idle);
  EXPECT_EQ(till.run(RecallBasket{basket, "3-0001"}), "");
  EXPECT_EQ(till.view().total, yuan("46.90"));
  till.pay();
}

TEST(RegisterDeposits, ARestartedTillGoesOnWithThem) {
  Deposits till;
  till.take_back("3");
  till.scan(Shop::milk);
  till.take_back();
  Deposits again;
  again.machine.restore(till.machine.basket());
  EXPECT_EQ(again.view().total, yuan("45.90"));
  EXPECT_EQ(again.view().returned_to, ReturnedTo::stock);
  EXPECT_FALSE(again.view().selling_in_return);
  EXPECT_EQ(again.take_back(), "");
  again.pay();

  till.run(VoidBasket{});
  till.run(BeginBlindReturn{"no_receipt"});
  till.scan(Shop::chips);
  till.run(SellInReturn{true});
  till.scan(Shop::milk);
  till.take_back();
  Deposits exchanging;
  exchanging.machine.restore(till.machine.basket());
  EXPECT_TRUE(exchanging.view().selling_in_return) << "a deposit does not turn it round";
}

}  // namespace
}  // namespace lanekeeper::till::test
