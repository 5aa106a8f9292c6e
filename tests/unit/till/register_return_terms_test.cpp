// Why goods come back, and where they go.
#include <gtest/gtest.h>

#include "offers.h"
#include "register_at_work.h"
#include "sale/returned_goods.h"

namespace lanekeeper::till::test {
namespace {

using sale::ReturnedTo;

struct ReturnTerms : RegisterAtWork {
  explicit ReturnTerms() : RegisterAtWork(access::Role::manager) { machine.set_settings(settings_with_offers()); }
  void sell_and_begin() {
    for (const auto* code : {Shop::chips, Shop::milk, Shop::cola}) EXPECT_EQ(scan(code), "");
    EXPECT_EQ(run(BeginTender{}), "");
    EXPECT_EQ(run(TenderCash{view().cash_due}), "");
    EXPECT_EQ(run(BeginReturn{{*sold, {}, {}, false, {}}}), "");
  }
  std::string take(std::int64_t line) { return run(ReturnLine{line, qty("1"), {}, {}}); }
  [[nodiscard]] const sale::LineReturn& at(std::size_t line) const { return *machine.basket().lines.at(line).returns; }
};

TEST(RegisterReturnTerms, NoMoneyGoesBackBeforeAReasonWasChosen) {
  ReturnTerms till;
  till.sell_and_begin();
  EXPECT_FALSE(till.view().return_reason);
  EXPECT_EQ(till.view().returned_to, ReturnedTo::stock);
  EXPECT_EQ(till.take(1), "");
  EXPECT_EQ(till.take(2), "");
  EXPECT_EQ(till.run(BeginTender{}), "return.why_needed");
  EXPECT_EQ(till.run(DescribeReturn{0, "  ", {}}), "return.why_needed");
  EXPECT_EQ(till.run(DescribeReturn{0, "unwanted", {}}), "");
  ASSERT_NE(till.effect<PersistBasket>(), nullptr);
  EXPECT_EQ(till.at(0).reason, "unwanted") << "all that had none";
  EXPECT_EQ(till.at(1).reason, "unwanted");
  EXPECT_EQ(till.view().lines[1].return_reason, "unwanted");
  EXPECT_EQ(till.take(3), "");
  EXPECT_EQ(till.at(2).reason, "unwanted") << "and what comes back after that";
  EXPECT_EQ(till.run(BeginTender{}), "");
  EXPECT_EQ(till.run(DescribeReturn{0, "quality", {}}), "register.tendering");
  EXPECT_EQ(till.run(TenderCash{}), "");
  EXPECT_TRUE(sale::check_arithmetic(*till.sold));
  EXPECT_EQ(till.sold->lines[2].returns->reason, "unwanted");
}

TEST(RegisterReturnTerms, EachLineMayHaveItsOwn) {
  ReturnTerms till;
  till.sell_and_begin();
  EXPECT_EQ(till.run(ReturnLine{1, qty("1"), ReturnedTo::waste, "spoiled"}), "");
  EXPECT_EQ(till.take(2), "");
  EXPECT_EQ(till.at(1).to, ReturnedTo::waste) << "as the goods before";
  EXPECT_EQ(till.run(DescribeReturn{2, "quality", ReturnedTo::supplier}), "");
  EXPECT_EQ(till.at(0).reason, "spoiled");
  EXPECT_EQ(till.at(0).to, ReturnedTo::waste);
  EXPECT_EQ(till.at(1).reason, "quality");
  EXPECT_EQ(till.at(1).to, ReturnedTo::supplier);
  EXPECT_EQ(till.view().lines[1].returned_to, ReturnedTo::supplier);
  EXPECT_EQ(till.run(DescribeReturn{0, "other", ReturnedTo::stock}), "") << "only what comes next";
  EXPECT_EQ(till.at(1).to, ReturnedTo::supplier);
  EXPECT_EQ(till.take(3), "");
  EXPECT_EQ(till.at(2).reason, "other");
  EXPECT_EQ(till.at(2).to, ReturnedTo::stock);
  EXPECT_EQ(till.run(DescribeReturn{9, "other", {}}), "return.no_line");
  EXPECT_EQ(till.run(ReturnLine{3, qty("1"), {}, " "}), "refund.more_than_sold");
}

TEST(RegisterReturnTerms, GoodsOfOneLineOfTheSaleGoTogether) {
  ReturnTerms till;
  till.run(PendingQuantity{qty("3")});
  till.sell_and_begin();
  EXPECT_EQ(till.run(ReturnLine{1, qty("1"), {}, "quality"}), "");
  EXPECT_EQ(till.take(1), "");
  EXPECT_EQ(till.run(DescribeReturn{2, {}, ReturnedTo::waste}), "");
  EXPECT_EQ(till.at(0).to, ReturnedTo::waste);
  EXPECT_EQ(till.at(1).to, ReturnedTo::waste);
}

TEST(RegisterReturnTerms, TheNextReturnChoosesAnew) {
  ReturnTerms till;
  till.sell_and_begin();
  EXPECT_EQ(till.run(ReturnLine{1, qty("1"), ReturnedTo::waste, "quality"}), "");
  EXPECT_EQ(till.run(VoidBasket{}), "");
  till.sell_and_begin();
  EXPECT_FALSE(till.view().return_reason);
  EXPECT_EQ(till.take(1), "");
  EXPECT_EQ(till.at(0).to, ReturnedTo::stock);
  EXPECT_EQ(till.run(BeginTender{}), "return.why_needed");
  EXPECT_EQ(till.run(VoidLine{1}), "");
  EXPECT_EQ(till.run(BeginTender{}), "register.empty_basket");
}

TEST(RegisterReturnTerms, SurviveAPowerCut) {
  ReturnTerms till;
  till.sell_and_begin();
  EXPECT_EQ(till.run(ReturnLine{1, qty("1"), ReturnedTo::supplier, "quality"}), "");
  RegisterAtWork after(access::Role::manager);
  after.machine.set_settings(settings_with_offers());
  after.machine.restore(till.machine.basket());
  EXPECT_EQ(after.view().return_reason, "quality");
  EXPECT_EQ(after.view().returned_to, ReturnedTo::supplier);
}

// Edge case 54: food goes to waste, also without a receipt; the reason is that of the whole basket.
TEST(RegisterReturnTerms, GoodsWithoutAReceiptGoSomewhereToo) {
  ReturnTerms till;
  EXPECT_EQ(till.run(DescribeReturn{0, "quality", {}}), "return.not_begun");
  EXPECT_EQ(till.run(BeginBlindReturn{"gift"}), "");
  EXPECT_EQ(till.run(DescribeReturn{0, {}, ReturnedTo::waste}), "");
  EXPECT_EQ(till.scan(Shop::milk), "");
  EXPECT_EQ(till.scan(Shop::chips), "");
  EXPECT_EQ(till.run(DescribeReturn{2, "spoiled", ReturnedTo::supplier}), "");
  EXPECT_EQ(till.run(BeginTender{}), "");
  EXPECT_EQ(till.run(TenderCash{}), "");
  EXPECT_EQ(till.sold->lines[0].returns->to, ReturnedTo::waste);
  EXPECT_EQ(till.sold->lines[1].returns->to, ReturnedTo::supplier);
  EXPECT_EQ(till.sold->lines[1].returns->reason, std::nullopt);
  EXPECT_EQ(till.sold->blind_return->reason, "spoiled");
}

TEST(RegisterReturnTerms, GoodsAreKnownByBarcodeAndNumber) {
  ReturnTerms till;
  const auto now = ZonedTime::parse("2026-11-20T11:00:00.000+08:00").value();
  const auto milk = till.machine.goods_of(Shop::milk, now);
  ASSERT_TRUE(milk);
  EXPECT_EQ(*milk, till.shop.named("晨牧纯牛奶").id);
  EXPECT_TRUE(till.machine.goods_of(Shop::blocked, now)) << "also what may not be sold any more";
  EXPECT_FALSE(till.machine.goods_of("13812345678", now));
}

// With 45.00 spent on milk: chips for nothing.
struct Gifts : RegisterAtWork {
  explicit Gifts(std::variant<Money, std::int64_t> when = yuan("45"), bool every = false)
      : RegisterAtWork(access::Role::manager) {
    auto settings = shop_settings();
    const pricing::Gift gift{when, every, "N2", Money(), false};
    settings.promotions = pricing::PromotionCalendar(
        {edition(7, "2026-11-01T00:00:00.000+08:00", {offer_on("gift", {"N1", "N2"}, gift, pricing::Layer::basket)})});
    machine.set_settings(settings);
  }
  void sell(const std::vector<std::string>& codes) {
    for (const auto& code : codes) EXPECT_EQ(scan(code), "");
    EXPECT_EQ(run(BeginTender{}), "");
    EXPECT_EQ(run(TenderCash{view().cash_due}), "");
    before = {*sold, {}, {}, false, {}};
  }
  std::string bring_back(const std::vector<std::pair<std::int64_t, std::string>>& goods) {
    EXPECT_EQ(run(BeginReturn{before}), "");
    for (const auto& [line, pieces] : goods) EXPECT_EQ(run(ReturnLine{line, qty(pieces), {}, "unwanted"}), "");
    return run(BeginTender{});
  }
  std::string pay_out() {
    const auto refused = run(TenderCash{});
    if (refused.empty()) sale::note_return(before, *sold);
    return refused;
  }
  sale::ReturnableSale before;
};

TEST(RegisterGifts, WhatWasGivenComesBackWithWhatEarnedIt) {
  Gifts till;
  till.sell({Shop::milk, Shop::chips});
  ASSERT_EQ(till.sold->payable, yuan("49.90")) << "the chips cost nothing";
  EXPECT_EQ(till.bring_back({{1, "1"}}), "return.gift_stays");
  EXPECT_EQ(till.detail("count"), "1");
  EXPECT_EQ(till.detail("amount"), "7.90");
  EXPECT_EQ(till.run(ReturnLine{2, qty("1"), {}, {}}), "");
  EXPECT_EQ(till.run(BeginTender{}), "");
  EXPECT_EQ(till.view().cash_due, -yuan("49.90"));
  EXPECT_EQ(till.pay_out(), "");
}

TEST(RegisterGifts, OneThatCameBackBeforeIsOwedNoMore) {
  Gifts till;
  till.sell({Shop::milk, Shop::chips});
  EXPECT_EQ(till.bring_back({{2, "1"}}), "") << "a gift alone may come back, for nothing";
  EXPECT_EQ(till.pay_out(), "");
  EXPECT_EQ(till.bring_back({{1, "1"}}), "");
  EXPECT_EQ(till.pay_out(), "");
  EXPECT_EQ(till.before.refunded, yuan("49.90"));
}

TEST(RegisterGifts, WhoKeepsItPaysForIt) {
  Gifts till;
  till.sell({Shop::milk, Shop::chips});
  EXPECT_EQ(till.bring_back({{1, "1"}, {2, "1"}}), "");
  EXPECT_EQ(till.run(BackToSale{}), "");
  EXPECT_EQ(till.run(SellInReturn{true}), "");
  EXPECT_EQ(till.scan(Shop::chips), "");
  EXPECT_EQ(till.run(BeginTender{}), "");
  EXPECT_EQ(till.view().cash_due, -yuan("42"));
  EXPECT_EQ(till.pay_out(), "");
  EXPECT_TRUE(sale::check_arithmetic(*till.sold));
  EXPECT_EQ(till.before.refunded, yuan("49.90")) << "all of the sale is back, and the chips are paid";
}

TEST(RegisterGifts, AsLongAsEnoughStaysNothingIsOwed) {
  Gifts till;
  till.sell({Shop::milk, Shop::milk, Shop::chips});
  EXPECT_EQ(till.bring_back({{1, "1"}}), "") << "one milk still earns it";
  EXPECT_EQ(till.pay_out(), "");
  EXPECT_EQ(till.bring_back({{1, "1"}}), "return.gift_stays");
  EXPECT_EQ(till.run(ReturnLine{2, qty("1"), {}, {}}), "");
  EXPECT_EQ(till.run(BeginTender{}), "");
}

TEST(RegisterGifts, OnceForEachFullThresholdAndByPieces) {
  for (const auto& when : {std::variant<Money, std::int64_t>(yuan("49.90")), std::variant<Money, std::int64_t>(1)}) {
    Gifts till(when, true);
    till.sell({Shop::milk, Shop::milk, Shop::chips, Shop::chips});
    ASSERT_EQ(till.sold->payable, yuan("99.80"));
    EXPECT_EQ(till.bring_back({{1, "1"}}), "return.gift_stays");
    EXPECT_EQ(till.detail("count"), "1");
    EXPECT_EQ(till.run(ReturnLine{2, qty("1"), {}, {}}), "");
    EXPECT_EQ(till.run(BeginTender{}), "");
    EXPECT_EQ(till.pay_out(), "");
    EXPECT_EQ(till.bring_back({{1, "1"}, {2, "1"}}), "");
  }
}

TEST(RegisterGifts, GoodsWithoutThemAndPromotionsThatAreForgottenOweNothing) {
  Gifts till;
  till.sell({Shop::milk, Shop::milk});
  EXPECT_EQ(till.bring_back({{1, "2"}}), "");
  till.run(BackToSale{});
  till.run(VoidBasket{});
  till.sell({Shop::milk, Shop::chips});
  till.machine.set_settings(shop_settings());
  EXPECT_EQ(till.bring_back({{1, "1"}}), "") << "the till cannot tell any more";
}

TEST(RegisterGifts, OneThatAnyBasketEarnsIsNeverOwed) {
  Gifts till(yuan("0"));
  till.sell({Shop::milk, Shop::chips});
  ASSERT_EQ(till.sold->payable, yuan("49.90"));
  EXPECT_EQ(till.bring_back({{1, "1"}}), "");
}

TEST(RegisterGifts, OfSeveralCouponsEachGoesWithTheGoods) {
  Gifts till;
  auto settings = shop_settings();
  auto ticket =
      offer_on("ticket", {"N1"}, pricing::Gift{yuan("45"), false, "N2", Money(), false}, pricing::Layer::coupon);
  ticket.coupon = pricing::CouponCodes{{}, "88", 8};
  settings.promotions = pricing::PromotionCalendar({edition(7, "2026-11-01T00:00:00.000+08:00", {ticket})});
  till.machine.set_settings(settings);
  for (const auto* code : {Shop::milk, Shop::milk, Shop::chips, Shop::chips}) EXPECT_EQ(till.scan(code), "");
  EXPECT_EQ(till.run(AddCoupon{"88000001", true}), "");
  EXPECT_EQ(till.run(AddCoupon{"88000002", true}), "");
  till.sell({});
  ASSERT_EQ(till.sold->payable, yuan("99.80"));
  EXPECT_EQ(till.bring_back({{1, "2"}}), "return.gift_stays");
  EXPECT_EQ(till.detail("count"), "2");
  EXPECT_EQ(till.run(ReturnLine{2, qty("2"), {}, {}}), "");
  EXPECT_EQ(till.run(BeginTender{}), "");
}

}  // namespace
}  // namespace lanekeeper::till::test
