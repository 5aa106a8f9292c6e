// Exchange: what comes back and what is sold in one receipt; and goods that come back without one.
#include <gtest/gtest.h>

#include "offers.h"
#include "register_at_work.h"
#include "sale/returned_goods.h"

namespace lanekeeper::till::test {
namespace {

using access::Role;
using sale::TenderKind;

struct Exchange : RegisterAtWork {
  explicit Exchange(RegisterSettings settings = settings_with_offers(), Role role = Role::manager)
      : RegisterAtWork(role) {
    machine.set_settings(std::move(settings));
  }
  sale::ReturnableSale sell(std::initializer_list<const char*> codes) {
    for (const auto* code : codes) EXPECT_EQ(scan(code), "");
    EXPECT_EQ(run(BeginTender{}), "");
    EXPECT_EQ(run(TenderCash{view().cash_due}), "");
    return {*sold, {}, {}, false, {}};
  }
  void take_back_and_sell(const sale::ReturnableSale& before, std::int64_t line, const char* code) {
    EXPECT_EQ(run(BeginReturn{before}), "");
    EXPECT_EQ(run(ReturnLine{line, qty("1"), sale::ReturnedTo::stock, "quality"}), "");
    EXPECT_EQ(scan(code), "return.goods_only");
    EXPECT_EQ(run(SellInReturn{true}), "");
    EXPECT_EQ(scan(code), "");
    EXPECT_EQ(run(BeginTender{}), "");
  }
  void check() const {
    const auto checked = sale::check_arithmetic(*sold);
    EXPECT_TRUE(checked) << checked.error().code << " " << checked.error().details[0].second;
  }
};

TEST(RegisterExchange, TheCustomerPaysTheDifference) {
  Exchange till;
  const auto before = till.sell({Shop::cola});
  till.take_back_and_sell(before, 1, Shop::chips);
  EXPECT_TRUE(till.view().selling_in_return);
  EXPECT_EQ(till.view().total, yuan("4.90"));
  EXPECT_EQ(till.view().cash_due, yuan("4.90"));
  EXPECT_TRUE(till.view().lines[0].returns);
  EXPECT_FALSE(till.view().lines[1].returns);
  EXPECT_EQ(till.run(RefundTender{TenderKind::card, {}, yuan("1"), "1"}), "refund.nothing_due");
  EXPECT_EQ(till.run(TenderCash{yuan("5")}), "");
  EXPECT_EQ(till.sold->change, yuan("0.10"));
  till.check();
  EXPECT_FALSE(till.view().selling_in_return);
}

TEST(RegisterExchange, TheShopPaysTheDifference) {
  Exchange till;
  const auto before = till.sell({Shop::milk});
  till.take_back_and_sell(before, 1, Shop::chips);
  EXPECT_EQ(till.view().cash_due, yuan("-42"));
  EXPECT_EQ(till.run(TenderOther{TenderKind::card, {}, yuan("1"), "1"}), "return.pays_out");
  EXPECT_EQ(till.run(TenderCash{}), "");
  EXPECT_EQ(till.sold->change, yuan("42"));
  till.check();
}

TEST(RegisterExchange, AnEvenOneIsFinishedWithNothing) {
  for (const auto mode : {pricing::TaxMode::inclusive, pricing::TaxMode::exclusive}) {
    auto settings = settings_with_offers();
    settings.tax_mode = mode;
    Exchange till(settings);
    const auto before = till.sell({Shop::milk});
    till.take_back_and_sell(before, 1, Shop::milk);
    EXPECT_EQ(till.view().total, Money());
    EXPECT_EQ(till.run(TenderOther{TenderKind::card, {}, yuan("1"), "1"}), "tender.too_much");
    EXPECT_EQ(till.run(TenderCash{}), "");
    EXPECT_EQ(till.sold->change, Money());
    EXPECT_EQ(sale::refund_of(till.sold->lines, till.sold->priced), before.sale.priced.total);
    till.check();
    EXPECT_EQ(till.effect<OpenDrawer>(), nullptr);
  }
}

TEST(RegisterExchange, OnlyWhatIsSoldTakesPartInPromotions) {
  Exchange till;
  const auto before = till.sell({Shop::chips});
  till.take_back_and_sell(before, 1, Shop::chips);
  EXPECT_EQ(till.view().saving, Money()) << "one back and one sold are not two";
  till.run(BackToSale{});
  EXPECT_EQ(till.scan(Shop::chips), "");
  EXPECT_EQ(till.view().saving, yuan("3.95"));
  EXPECT_EQ(till.run(DiscountBasket{{}, Rate::of_per_10k(1000), "regular"}), "");
  EXPECT_EQ(till.view().lines[0].net, yuan("-7.90"));
  EXPECT_EQ(till.run(DiscountLine{1, yuan("1"), {}, ""}), "discount.not_allowed");
  EXPECT_EQ(till.run(SellInReturn{false}), "");
  EXPECT_EQ(till.scan(Shop::chips), "return.goods_only");
  till.run(BeginTender{});
  EXPECT_EQ(till.run(TenderCash{till.view().cash_due}), "");
  till.check();
}

TEST(RegisterExchange, OnlyTheRefundCountsAgainstItsLimit) {
  Exchange till(settings_with_offers(), Role::supervisor);
  till.run(PendingQuantity{qty("20")});
  const auto before = till.sell({Shop::milk});
  till.run(BeginReturn{before});
  EXPECT_EQ(till.run(ReturnLine{1, qty("10"), sale::ReturnedTo::stock, "quality"}), "");
  till.run(SellInReturn{true});
  till.run(PendingQuantity{qty("10")});
  till.scan(Shop::milk);
  EXPECT_EQ(till.run(ReturnLine{1, qty("10"), sale::ReturnedTo::stock, "quality"}), "return.over_limit")
      << "998.00 goes back, whatever is bought for it";
  EXPECT_EQ(till.run(BeginTender{}), "");
}

TEST(RegisterExchange, WhatIsPaidInCashIsRoundedAndTheRefundIsAsItWasPaid) {
  auto settings = settings_with_offers();
  settings.cash_rounding = CashRounding::down_10;
  Exchange till(settings);
  const auto before = till.sell({Shop::chips, Shop::chips});  // 11.85, paid 11.80
  till.run(BeginReturn{before});
  EXPECT_EQ(till.run(ReturnLine{1, qty("2"), sale::ReturnedTo::stock, "quality"}), "");
  till.run(SellInReturn{true});
  till.scan(Shop::chips);
  till.scan(Shop::milk);
  EXPECT_EQ(till.view().total, yuan("45.95"));
  till.run(BeginTender{});
  EXPECT_EQ(till.view().cash_due, yuan("46.00")) << "57.80 less the 11.80 that were paid";
  till.run(TenderCash{yuan("46")});
  till.check();
}

TEST(RegisterExchange, PartOfTheSaleGoesBackByCardWhereItWasPaidSo) {
  Exchange till;
  till.scan(Shop::milk);
  till.run(BeginTender{});
  till.run(TenderOther{TenderKind::card, {}, yuan("49.90"), "1"});
  till.take_back_and_sell({*till.sold, {}, {}, false, {}}, 1, Shop::chips);
  EXPECT_EQ(till.view().refund_options.at(0).most, yuan("42"));
  EXPECT_EQ(till.run(TenderCash{}), "refund.not_in_cash");
  EXPECT_EQ(till.run(RefundTender{TenderKind::card, {}, yuan("42"), "2"}), "");
  till.check();
  EXPECT_EQ(till.effect<OpenDrawer>(), nullptr);
}

TEST(RegisterExchange, AnotherWayOfReckoningTaxKeepsThemApart) {
  auto settings = settings_with_offers();
  Exchange till(settings);
  const auto before = till.sell({Shop::milk});
  settings.tax_mode = pricing::TaxMode::exclusive;
  till.machine.set_settings(settings);
  till.run(BeginReturn{before});
  EXPECT_EQ(till.run(SellInReturn{true}), "return.no_exchange");
  EXPECT_EQ(till.run(VoidBasket{}), "");
  EXPECT_EQ(till.run(SellInReturn{true}), "return.not_begun");
}

TEST(RegisterExchange, ARestoredOneGoesOn) {
  Exchange till;
  const auto before = till.sell({Shop::milk});
  till.take_back_and_sell(before, 1, Shop::chips);
  Exchange after;
  after.machine.restore(till.machine.basket());
  EXPECT_TRUE(after.view().selling_in_return);
  EXPECT_EQ(after.view().total, till.view().total);
  EXPECT_EQ(after.scan(Shop::chips), "return.sale_missing");
  after.machine.resume_return(before);
  EXPECT_EQ(after.scan(Shop::chips), "");
  EXPECT_EQ(after.view().saving, yuan("3.95"));
}

// Edge cases 52 and 55: what was taken in an exchange can come back, what came back in it cannot come back again.
TEST(RegisterExchange, WhatWasTakenInItComesBackForWhatItCost) {
  Exchange till;
  const auto before = till.sell({Shop::cola});
  till.take_back_and_sell(before, 1, Shop::chips);
  EXPECT_EQ(till.run(TenderCash{yuan("4.90")}), "");
  const sale::ReturnableSale exchange{*till.sold, {}, {}, false, {}};
  EXPECT_EQ(till.run(BeginReturn{exchange}), "");
  ASSERT_EQ(till.view().returning->lines.size(), 1u) << "the cola came back already";
  EXPECT_EQ(till.view().returning->lines[0].line, 2);
  EXPECT_EQ(till.view().returning->lines[0].net, yuan("7.90"));
  EXPECT_EQ(till.run(ReturnLine{1, qty("1"), sale::ReturnedTo::stock, "quality"}), "return.no_line");
  EXPECT_EQ(till.run(ReturnLine{2, qty("1"), sale::ReturnedTo::stock, "quality"}), "");
  EXPECT_EQ(till.run(BeginTender{}), "");
  EXPECT_EQ(till.view().cash_due, yuan("-7.90"));
  EXPECT_EQ(till.run(TenderCash{}), "");
  EXPECT_EQ(till.sold->change, yuan("7.90"));
  till.check();
  auto after = exchange;
  sale::note_return(after, *till.sold);
  EXPECT_EQ(till.run(BeginReturn{after}), "return.nothing_left");
  EXPECT_EQ(till.run(BeginReturn{{*till.sold, {}, {}, false, {}}}), "return.is_return") << "a refund of a refund";
}

TEST(RegisterExchange, WhatWasTakenForMoreComesBackThoughTheShopPaid) {
  auto settings = settings_with_offers();
  settings.cash_rounding = CashRounding::down_10;
  Exchange till(settings);
  const auto before = till.sell({Shop::milk});
  till.take_back_and_sell(before, 1, Shop::chips);
  EXPECT_EQ(till.run(TenderCash{}), "");
  const auto paid_out = till.sold->change;
  EXPECT_EQ(till.run(BeginReturn{{*till.sold, {}, {}, false, {}}}), "");
  EXPECT_EQ(till.run(ReturnLine{2, qty("1"), sale::ReturnedTo::stock, "quality"}), "");
  EXPECT_EQ(till.run(BeginTender{}), "");
  EXPECT_EQ(till.run(TenderCash{}), "");
  till.check();
  EXPECT_EQ(paid_out + till.sold->change, before.sale.payable) << "all goods are back, and all money";
}

TEST(RegisterBlindReturns, WhatIsScannedComesBackAtTodaysLowestPrice) {
  Exchange till;
  auto& milk = till.shop.named("晨牧纯牛奶");
  milk.prices.push_back({"regular", yuan("45"), ZonedTime::parse("2026-11-01T00:00:00.000+08:00").value(), {}});
  milk.prices.push_back({"regular", yuan("47"), ZonedTime::parse("2026-11-10T00:00:00.000+08:00").value(), {}});
  milk.prices.push_back({"regular", yuan("1"), ZonedTime::parse("2026-11-21T00:00:00.000+08:00").value(), {}});
  milk.prices.push_back({"member", yuan("40"), {}, {}});
  EXPECT_EQ(till.run(BeginBlindReturn{" "}), "return.reason_needed");
  EXPECT_EQ(till.run(BeginBlindReturn{"gift"}), "");
  EXPECT_TRUE(till.view().blind_return);
  EXPECT_EQ(till.scan(Shop::milk), "");
  EXPECT_EQ(till.view().total, yuan("-45"));
  EXPECT_EQ(till.view().lines[0].quantity, qty("-1"));
  till.run(PendingQuantity{qty("2")});
  EXPECT_EQ(till.scan(Shop::cola), "");
  EXPECT_EQ(till.view().lines[1].net, yuan("-6"));
  EXPECT_EQ(till.run(VoidLine{1}), "") << "in any order";
  EXPECT_EQ(till.run(BeginTender{}), "");
  EXPECT_TRUE(till.view().refund_options.empty());
  EXPECT_EQ(till.run(TenderCash{}), "");
  EXPECT_EQ(till.sold->change, yuan("6"));
  EXPECT_EQ(till.sold->blind_return->reason, "gift");
  EXPECT_EQ(till.sold->lines[1].returns->tax, yuan("-0.50"));
  till.check();
  EXPECT_EQ(till.run(BeginReturn{{*till.sold, {}, {}, false, {}}}), "return.is_return");
}

TEST(RegisterBlindReturns, PromotionsForEverybodyLowerIt) {
  auto settings = shop_settings();
  auto members = offer_on("members", {"N1"}, pricing::FixedPrice{yuan("10")});
  members.audience.members = true;
  settings.promotions = pricing::PromotionCalendar({edition(
      1, "2026-11-01T00:00:00.000+08:00", {offer_on("cheap", {"N1"}, pricing::FixedPrice{yuan("30")}), members})});
  Exchange till(settings);
  till.run(BeginBlindReturn{"no_receipt"});
  till.scan(Shop::milk);
  EXPECT_EQ(till.view().total, yuan("-30"));
}

TEST(RegisterBlindReturns, WeighedLabelledPackedAndForbiddenGoods) {
  Exchange till;
  till.shop.named("可乐").prices[0].amount = yuan("3");
  auto& dishes = till.shop.add("熟食", "7001", "");
  dishes.open_price = true;
  till.run(BeginBlindReturn{"no_receipt"});
  EXPECT_EQ(till.scan("301"), "register.weight_needed");
  EXPECT_EQ(till.run(Weigh{"", qty("0.5")}), "");
  EXPECT_EQ(till.view().lines[0].net, yuan("-2.98"));
  EXPECT_EQ(till.scan(with_check_digit("210061201250")), "") << "12.50 on its label";
  EXPECT_EQ(till.view().lines[1].net, yuan("-12.50"));
  EXPECT_EQ(till.scan(Shop::beer_case), "") << "nobody's age matters";
  EXPECT_EQ(till.view().lines[2].net, yuan("-54"));
  EXPECT_EQ(till.scan(Shop::blocked), "");
  EXPECT_EQ(till.scan(Shop::unpriced), "item.no_price");
  EXPECT_EQ(till.scan("7001"), "return.open_price");
  EXPECT_EQ(till.scan("(01)06901234567892(17)261119"), "") << "past its date";
  till.run(BeginTender{});
  EXPECT_EQ(till.run(TenderCash{}), "");
  till.check();
}

TEST(RegisterBlindReturns, WhoMayAndHowMuch) {
  Exchange cashier(settings_with_offers(), Role::cashier);
  EXPECT_EQ(cashier.run(BeginBlindReturn{"gift"}), "access.denied");
  EXPECT_EQ(cashier.detail("permission"), "sale.return_blind");
  EXPECT_EQ(cashier.run_by(staff_member(Role::supervisor, 50), BeginBlindReturn{"gift"}), "");
  cashier.scan(Shop::milk);
  EXPECT_EQ(cashier.run(BeginTender{}), "");
  EXPECT_EQ(cashier.run(BackToSale{}), "");
  cashier.scan(Shop::milk);
  cashier.scan(Shop::chips);
  EXPECT_EQ(cashier.run(BeginTender{}), "return.over_limit");
  EXPECT_EQ(cashier.detail("most"), "100.00");
  EXPECT_EQ(cashier.detail("permission"), "sale.return_blind");
  EXPECT_EQ(cashier.run_by(staff_member(Role::manager, 51), BeginTender{}), "");
  ASSERT_NE(cashier.effect<PersistBasket>(), nullptr) << "who allowed it survives a power cut";
  EXPECT_EQ(cashier.run(TenderCash{}), "");
  EXPECT_EQ(cashier.sold->approvals->size(), 2u);
  cashier.check();
}

TEST(RegisterBlindReturns, OneAfterTheOtherComesToALimitInAShift) {
  Exchange till(settings_with_offers(), Role::supervisor);
  till.run(OpenShift{yuan("1000")});
  const auto bring_back = [&till](std::string_view who) {
    till.run(BeginBlindReturn{"gift"});
    till.scan(Shop::milk);
    till.scan(Shop::milk);  // 99.80
    const auto refused =
        who == "manager" ? till.run_by(staff_member(Role::manager, 51), BeginTender{}) : till.run(BeginTender{});
    return refused.empty() ? till.run(TenderCash{}) : refused;
  };
  for (int i = 0; i < 3; ++i) EXPECT_EQ(bring_back("alone"), "") << i;
  EXPECT_EQ(bring_back("alone"), "return.over_shift_limit");
  EXPECT_EQ(till.detail("permission"), "sale.return_blind");
  EXPECT_EQ(till.detail("most"), "300.00");
  EXPECT_EQ(till.detail("before"), "299.40");
  EXPECT_EQ(till.run_by(staff_member(Role::manager, 51), BeginTender{}), "");
  EXPECT_EQ(till.run(TenderCash{}), "");
  EXPECT_EQ(bring_back("manager"), "") << "what the manager allowed counts as theirs";

  sale::ShiftTrail trail;
  for (const auto& control : till.controls) sale::follow(trail, control);
  sale::follow(trail, *till.sold);
  EXPECT_EQ(sale::blind_refunds_of(trail, 51), yuan("99.80"));
  EXPECT_EQ(sale::blind_refunds_of(trail, 7), Money());

  till.run(BeginClose{});
  till.run(CountCash{{{yuan("501"), 1}}});
  EXPECT_EQ(till.run_by(staff_member(Role::manager, 51), CloseShift{}), "");
  till.run(SignedIn{staff_member(Role::supervisor)});
  till.run(OpenShift{yuan("1000")});
  EXPECT_EQ(bring_back("alone"), "") << "another shift";
}

TEST(RegisterBlindReturns, GoodsAreExchangedWithoutAReceiptToo) {
  Exchange till;
  till.run(BeginBlindReturn{"gift"});
  till.scan(Shop::milk);
  till.run(SellInReturn{true});
  till.scan(Shop::milk);
  EXPECT_EQ(till.view().total, Money());
  EXPECT_EQ(till.scan(Shop::beer), "register.age_check");
  EXPECT_EQ(till.run(ConfirmAge{true}), "");
  till.run(SellInReturn{false});
  till.scan(Shop::cola);
  EXPECT_EQ(till.view().total, yuan("2"));
  till.run(BeginTender{});
  EXPECT_EQ(till.run(TenderCash{yuan("2")}), "");
  till.check();
}

}  // namespace
}  // namespace lanekeeper::till::test
