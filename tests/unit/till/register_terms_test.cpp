// Promotions, members, coupons and discounts by hand at the register.
#include <gtest/gtest.h>

#include "offers.h"
#include "register_at_work.h"

namespace lanekeeper::till::test {
namespace {

struct Offers : RegisterAtWork {
  explicit Offers(access::Role role = access::Role::supervisor) : RegisterAtWork(role) {
    machine.set_settings(settings_with_offers());
  }
  void ring(std::initializer_list<const char*> codes) {
    for (const auto* code : codes) EXPECT_EQ(scan(code), "");
  }
  sale::RetailTransaction pay() {
    EXPECT_EQ(run(BeginTender{}), "");
    EXPECT_EQ(run(TenderCash{view().cash_due}), "");
    EXPECT_TRUE(sold && sale::check_arithmetic(*sold));
    return *sold;
  }
};

TEST(RegisterPromotions, EachLineSaysWhatItSavesAndWhy) {
  Offers till;
  till.ring({Shop::milk, Shop::chips, Shop::chips});
  const auto& line = till.view().lines[1];
  EXPECT_EQ(line.saving, yuan("3.95"));
  ASSERT_EQ(line.savings.size(), 1u);
  EXPECT_EQ(line.savings[0].promotion, "chips");
  EXPECT_EQ(line.savings[0].name, "chips名");
  EXPECT_EQ(line.savings[0].layer, "item");
  EXPECT_EQ(line.savings[0].kind, "nth_off");
  EXPECT_EQ(line.savings[0].count, 2);
  EXPECT_EQ(line.savings[0].amount, yuan("3.95"));
  EXPECT_EQ(till.view().total, yuan("61.75"));
  EXPECT_TRUE(till.view().optimal);
  till.ring({Shop::milk});
  EXPECT_EQ(till.view().saving, yuan("13.95"));
  ASSERT_EQ(till.view().savings.size(), 2u);
  EXPECT_EQ(till.view().savings[0].promotion, "chips");
  EXPECT_EQ(till.view().savings[1].amount, yuan("10")) << "over all lines";
  const auto sale = till.pay();
  EXPECT_EQ(sale.promotions->version, 7);
  EXPECT_EQ(sale.priced.lines[1].discounts[0].name, "chips名");
  EXPECT_TRUE(till.view().savings.empty()) << "nothing is left of the last basket";
}

TEST(RegisterPromotions, OneMoreAnd) {
  Offers till;
  till.ring({Shop::chips});
  const auto& misses = till.view().near_misses;
  const auto chips =
      std::find_if(misses.begin(), misses.end(), [](const auto& miss) { return miss.promotion == "chips"; });
  ASSERT_NE(chips, misses.end());
  EXPECT_EQ(chips->missing_pieces, 1);
  EXPECT_EQ(chips->name, "chips名");
}

TEST(RegisterPromotions, ARunningBasketKeepsItsSet) {
  Offers till;
  till.ring({Shop::chips, Shop::chips});
  auto settings = shop_settings();
  settings.promotions = pricing::PromotionCalendar({edition(8, "2026-11-20T10:42:01.000+08:00", {})});
  till.machine.set_settings(settings);
  till.ring({Shop::cola});
  EXPECT_EQ(till.view().lines[0].saving, yuan("3.95"));
  EXPECT_EQ(till.pay().promotions->version, 7);
  till.ring({Shop::chips, Shop::chips});
  EXPECT_EQ(till.view().saving, Money());
  EXPECT_EQ(till.machine.basket().promotions->version, 8);
}

TEST(RegisterPromotions, ARestoredBasketKeepsItsSetOrTakesTheOneOfItsBeginning) {
  Offers till;
  till.ring({Shop::chips, Shop::chips});
  const auto stored = till.machine.basket();
  auto settings = settings_with_offers();
  settings.promotions = pricing::PromotionCalendar(
      {edition(7, "2026-11-01T00:00:00.000+08:00"), edition(9, "2026-11-20T00:00:00.000+08:00", {})});
  Register same(till.shop, settings);
  same.restore(stored);
  EXPECT_EQ(same.view()->saving, yuan("3.95")) << "the version it began with is still known";
  EXPECT_EQ(same.basket(), stored);
  settings.promotions = pricing::PromotionCalendar({edition(9, "2026-11-20T00:00:00.000+08:00", {})});
  Register other(till.shop, settings);
  other.restore(stored);
  EXPECT_EQ(other.view()->saving, Money());
  EXPECT_EQ(other.basket().promotions->version, 9);
  EXPECT_FALSE(other.view()->message);
}

TEST(RegisterMembers, BeforeDuringAndAfterScanning) {
  Offers till;
  EXPECT_EQ(till.run(IdentifyMember{some_member()}), "");
  EXPECT_EQ(till.view().state, RegisterState::idle);
  EXPECT_EQ(till.view().member->name, "王*");
  till.ring({Shop::milk});
  EXPECT_EQ(till.view().total, yuan("45.90"));
  EXPECT_EQ(till.run(IdentifyMember{}), "");
  EXPECT_EQ(till.view().total, yuan("49.90"));
  EXPECT_EQ(till.run(BeginTender{}), "");
  EXPECT_EQ(till.run(IdentifyMember{some_member()}), "") << "until money is taken";
  EXPECT_EQ(till.view().cash_due, yuan("45.90"));
  EXPECT_EQ(till.run(TenderCash{yuan("20")}), "");
  EXPECT_EQ(till.run(IdentifyMember{}), "register.tender_taken");
  EXPECT_EQ(till.run(TenderCash{yuan("25.90")}), "");
  EXPECT_EQ(till.sold->member->id, 31);
  EXPECT_FALSE(till.view().member) << "the next customer is somebody else";
}

TEST(RegisterMembers, PayThePricesOfTheirLists) {
  Offers till;
  auto& prices = till.shop.named("可乐").prices;
  prices.push_back({"member", yuan("2.80"), {}, {}});
  prices.push_back({"gold", yuan("2.50"), {}, {}});
  prices.push_back({"dear", yuan("3.50"), {}, {}});
  prices.push_back({"wrong", yuan("-1.00"), {}, {}});
  prices.push_back({"over", yuan("1.00"), {}, ZonedTime::parse("2026-11-20T00:00:00.000+08:00").value()});
  till.ring({Shop::cola, Shop::cola});
  EXPECT_EQ(till.view().lines.size(), 1u);
  EXPECT_EQ(till.view().total, yuan("6.00")) << "everybody";
  const std::vector<sale::ListPrice> kept = {{"gold", yuan("2.50")}, {"member", yuan("2.80")}};
  EXPECT_EQ(till.machine.basket().lines[0].list_prices, kept);
  (void)till.run(IdentifyMember{some_member()});
  EXPECT_EQ(till.view().total, yuan("5.60"));
  EXPECT_EQ(till.view().lines[0].savings[0].promotion, sale::list_price_id);
  auto gold = some_member();
  gold.tier = "gold";
  (void)till.run(IdentifyMember{gold});
  EXPECT_EQ(till.view().total, yuan("5.00"));
  prices.erase(prices.begin() + 2);
  till.ring({Shop::cola});
  EXPECT_EQ(till.view().lines.size(), 2u) << "other prices are other lines";
  EXPECT_EQ(till.view().total, yuan("7.80"));
  EXPECT_EQ(till.run(OverridePrice{1, yuan("2.90"), "damaged"}), "");
  EXPECT_EQ(till.view().lines[0].net, yuan("5.80")) << "a price by hand is what it is";
  const auto sale = till.pay();
  EXPECT_EQ(till.run(BeginReturn{{sale, {}, {}, false}}), "");
  EXPECT_EQ(till.run(ReturnLine{2, qty("1"), sale::ReturnedTo::stock, "quality"}), "");
  EXPECT_EQ(till.view().total, yuan("-2.80"));
  EXPECT_FALSE(till.machine.basket().lines[0].list_prices);
}

TEST(RegisterMembers, WhatTheServerSaysIsLeftCounts) {
  Offers till;
  (void)till.run(IdentifyMember{some_member()});
  till.ring({Shop::milk});
  const auto basket = till.machine.basket().id;
  EXPECT_EQ(till.scan("0000"), "barcode.unknown");
  EXPECT_EQ(till.run(SetRemainingUses{basket, {{"milk", 0}, {"spend", 3}, {"gone", 1}}}), "");
  EXPECT_EQ(till.view().total, yuan("49.90"));
  EXPECT_EQ(till.view().message->code, "barcode.unknown") << "nothing a person was told is wiped away";
  const std::vector<sale::RemainingUses> kept = {{"milk", 0}};
  EXPECT_EQ(till.machine.basket().promotions->remaining, kept) << "only limits beyond the basket";
  EXPECT_EQ(till.run(SetRemainingUses{Uuid{}, {{"milk", 2}}}), "");
  EXPECT_EQ(till.view().total, yuan("49.90")) << "of another basket";
  auto other = some_member();
  other.id = 32;
  (void)till.run(IdentifyMember{other});
  EXPECT_EQ(till.view().total, yuan("45.90")) << "what was left for the one before is not hers";
  (void)till.run(BeginTender{});
  (void)till.run(SetRemainingUses{basket, {{"milk", 0}}});
  EXPECT_EQ(till.view().total, yuan("45.90")) << "no total changes while it is being paid";
}

TEST(RegisterCoupons, ACodeThatEverybodyHas) {
  Offers till;
  EXPECT_EQ(till.run(AddCoupon{"WELCOME"}), "register.empty_basket");
  till.ring({Shop::chips});
  EXPECT_EQ(till.run(AddCoupon{"WELCOME"}), "coupon.not_reached");
  const auto details = till.view().message->details;
  EXPECT_NE(std::find(details.begin(), details.end(), std::pair<std::string, std::string>{"missing", "22.10"}),
            details.end());
  EXPECT_TRUE(till.view().coupons.empty());
  till.ring({Shop::milk});
  EXPECT_EQ(till.scan("WELCOME"), "") << "scanned like goods";
  EXPECT_EQ(till.view().total, yuan("52.80"));
  ASSERT_EQ(till.view().coupons.size(), 1u);
  EXPECT_EQ(till.view().coupons[0].saving, yuan("5"));
  EXPECT_EQ(till.view().coupons[0].name, "welcome名");
  EXPECT_EQ(till.run(AddCoupon{"WELCOME"}), "coupon.presented_before");
  EXPECT_EQ(till.run(AddCoupon{"WHATEVER"}), "coupon.unknown");
  EXPECT_EQ(till.run(AddCoupon{" "}), "coupon.unknown");
  EXPECT_EQ(till.scan("WHATEVER"), "barcode.unknown");
  EXPECT_EQ(till.run(VoidLine{2}), "");
  EXPECT_EQ(till.view().coupons[0].saving, Money()) << "presented, but not reached any more";
  till.ring({Shop::milk});
  EXPECT_EQ(till.view().coupons[0].saving, yuan("5"));
  EXPECT_EQ(till.run(RemoveCoupon{"OTHER"}), "coupon.not_presented");
  EXPECT_EQ(till.run(RemoveCoupon{"WELCOME"}), "");
  EXPECT_EQ(till.view().total, yuan("57.80"));
  EXPECT_FALSE(till.machine.basket().coupons) << "never an empty list";
}

TEST(RegisterCoupons, ACodeThatIsGoodOnceNeedsTheServer) {
  Offers till;
  till.ring({Shop::milk});
  EXPECT_EQ(till.scan("88123456"), "coupon.needs_server");
  EXPECT_EQ(till.run(AddCoupon{"88123456", true}), "");
  EXPECT_EQ(till.view().total, yuan("46.90"));
  EXPECT_EQ(till.pay().coupons, (std::vector<std::string>{"88123456"}));
}

TEST(RegisterDiscounts, OfALine) {
  Offers till;
  till.ring({Shop::milk, Shop::cola});
  EXPECT_EQ(till.run(DiscountLine{1, yuan("5"), {}, "damaged"}), "");
  EXPECT_EQ(till.view().lines[0].net, yuan("44.90"));
  EXPECT_EQ(till.view().lines[0].savings[0].promotion, sale::manual_discount_id);
  EXPECT_EQ(till.view().lines[0].savings[0].layer, "manual");
  EXPECT_EQ(till.machine.basket().lines[0].discount->approved_by, 7);
  EXPECT_EQ(till.machine.basket().lines[0].discount->reason, "damaged");
  EXPECT_EQ(till.run(DiscountLine{1, yuan("9.98"), {}, ""}), "") << "20 % of 49.90, to the fen";
  EXPECT_EQ(till.run(DiscountLine{1, yuan("9.99"), {}, ""}), "discount.over_limit");
  EXPECT_EQ(till.view().message->details[0].second, "9.98");
  EXPECT_EQ(till.run(DiscountLine{1, {}, Rate::of_per_10k(2000), ""}), "");
  EXPECT_EQ(till.run(DiscountLine{1, {}, Rate::of_per_10k(2001), ""}), "discount.over_limit");
  EXPECT_EQ(till.run(DiscountLine{1, yuan("1"), Rate::of_per_10k(100), ""}), "discount.bad_value");
  EXPECT_EQ(till.run(DiscountLine{1, yuan("0"), {}, ""}), "discount.bad_value");
  EXPECT_EQ(till.run(DiscountLine{1, {}, Rate::of_per_10k(10001), ""}), "discount.bad_value");
  EXPECT_EQ(till.run(DiscountLine{9, yuan("1"), {}, ""}), "register.no_line");
  till.scan(Shop::milk);
  EXPECT_EQ(till.view().lines.size(), 3u) << "goods of the same kind are not swept along";
  EXPECT_EQ(till.run(DiscountLine{1, {}, {}, ""}), "");
  EXPECT_FALSE(till.machine.basket().lines[0].discount);
}

TEST(RegisterDiscounts, OfTheBasketTogetherWithThoseOfLines) {
  Offers till;
  EXPECT_EQ(till.run(DiscountBasket{yuan("1"), {}, ""}), "register.empty_basket");
  till.ring({Shop::milk, Shop::cola});
  EXPECT_EQ(till.run(DiscountBasket{{}, Rate::of_per_10k(2000), "complaint"}), "");
  EXPECT_EQ(till.view().saving, yuan("10.58"));
  EXPECT_EQ(till.view().discount->reason, "complaint");
  EXPECT_EQ(till.run(DiscountLine{2, yuan("0.10"), {}, ""}), "discount.over_limit") << "taken together";
  EXPECT_EQ(till.run(DiscountBasket{yuan("10"), {}, ""}), "");
  EXPECT_EQ(till.run(DiscountLine{2, yuan("0.10"), {}, ""}), "");
  EXPECT_EQ(till.view().saving, yuan("10.10"));
  const auto sale = till.pay();
  EXPECT_EQ(sale.discount->amount, yuan("10"));
  EXPECT_EQ(sale.lines[1].discount->reason, "discount.manual");
}

TEST(RegisterDiscounts, NotForEverybodyAndNotOnEverything) {
  Offers cashier(access::Role::cashier);
  cashier.ring({Shop::milk});
  EXPECT_EQ(cashier.run(DiscountLine{1, yuan("1"), {}, ""}), "access.denied");
  Offers till(access::Role::manager);
  till.shop.named("可乐").discount_blocked = true;
  till.ring({Shop::milk, Shop::cola});
  EXPECT_EQ(till.run(DiscountLine{1, {}, Rate::of_per_10k(10000), ""}), "");
  EXPECT_EQ(till.view().total, yuan("3.00"));
  EXPECT_EQ(till.run(DiscountLine{2, yuan("1"), {}, ""}), "discount.not_allowed");
  EXPECT_EQ(till.run(OverridePrice{1, yuan("40"), "damaged"}), "");
  EXPECT_EQ(till.view().lines[0].net, yuan("40")) << "a price by hand is what it is";
  EXPECT_EQ(till.run(DiscountLine{1, yuan("1"), {}, ""}), "discount.not_allowed");
  EXPECT_EQ(till.run(DiscountBasket{yuan("1"), {}, ""}), "discount.not_allowed");
}

TEST(RegisterRecalls, AreRefused) {
  RegisterAtWork till;
  auto settings = shop_settings();
  settings.recalls = {{std::string("0") + Shop::milk, ""}};
  till.scan(Shop::cola);
  till.machine.set_settings(settings);
  EXPECT_EQ(till.scan(Shop::milk), "barcode.recalled") << "at once, also in the middle of a sale";
  const auto milk = till.shop.find_by_code(std::string("0") + Shop::milk);
  ASSERT_FALSE(milk.empty());
  EXPECT_EQ(till.run(AddItem{milk.front().item.id}), "barcode.recalled") << "and not by its name";
  settings.recalls = {{std::string("0") + Shop::milk, "B7"}};
  till.machine.set_settings(settings);
  EXPECT_EQ(till.run(AddItem{milk.front().item.id}), "") << "of other batches nobody can tell by the name";
}

}  // namespace
}  // namespace lanekeeper::till::test
