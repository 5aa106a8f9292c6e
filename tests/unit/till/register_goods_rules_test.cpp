// What the catalogue says of goods besides their price: hours outside which they are not sold, and that they do not
// come back.
#include <gtest/gtest.h>

#include "offers.h"
#include "register_at_work.h"

namespace lanekeeper::till::test {
namespace {

using access::Role;
using catalogue::SaleHours;

constexpr SaleHours evening{18 * 60, 22 * 60};
constexpr SaleHours until_noon{6 * 60, 12 * 60};

// At 10:42, while nothing else is said.
struct Hours : RegisterAtWork {
  explicit Hours(Role role = Role::supervisor) : RegisterAtWork(role) {}
  Item& sold_in(std::string_view name, SaleHours hours) {
    auto& item = shop.named(name);
    item.sale_hours = hours;
    return item;
  }
  void wait_until(std::string_view time) {
    now = ZonedTime::parse("2026-11-20T" + std::string(time) + ":00.000+08:00").value();
  }
};

TEST(RegisterSaleHours, AreToldWithTheTimeFromWhichTheGoodsMayBeSold) {
  Hours till;
  till.sold_in("晨牧纯牛奶", evening);
  EXPECT_EQ(till.scan(Shop::milk), "item.not_now");
  EXPECT_EQ(till.detail("name"), "晨牧纯牛奶");
  EXPECT_EQ(till.detail("from"), "18:00");
  EXPECT_EQ(till.detail("to"), "22:00");
  EXPECT_EQ(till.detail("permission"), "") << "nobody can allow it";
  EXPECT_TRUE(till.view().lines.empty());
  till.wait_until("18:00");
  EXPECT_EQ(till.scan(Shop::milk), "");
  till.wait_until("22:00");
  EXPECT_EQ(till.scan(Shop::milk), "item.not_now");
}

TEST(RegisterSaleHours, AreKeptByEveryWayIn) {
  Hours till;
  till.shop.add("熟食", "7001", "").open_price = true;
  for (const char* name : {"晨牧纯牛奶", "上海青", "新酱油", "青岭啤酒", "熟食"}) till.sold_in(name, evening);
  const auto id_of = [&](std::string_view name) { return till.shop.named(name).id; };
  EXPECT_EQ(till.run(AddItem{id_of("晨牧纯牛奶")}), "item.not_now") << "search, quick keys";
  EXPECT_EQ(till.scan("301"), "item.not_now");
  EXPECT_FALSE(till.view().waiting_for_weight);
  EXPECT_EQ(till.run(Weigh{"301", qty("1"), sale::WeightSource::scale}), "item.not_now");
  EXPECT_EQ(till.scan("7001"), "item.not_now") << "before a price is asked for";
  EXPECT_EQ(till.scan(Shop::beer), "item.not_now") << "before an age is asked for";
  EXPECT_EQ(till.scan(Shop::beer_case), "item.not_now");
  EXPECT_EQ(till.scan(Shop::twice), "register.choose_item");
  EXPECT_EQ(till.run(AddItem{id_of("新酱油")}), "item.not_now");
  EXPECT_EQ(till.run(AddItem{id_of("老酱油")}), "") << "the other one may be the right one";
  EXPECT_EQ(till.view().lines.size(), 1u);
}

TEST(RegisterSaleHours, WhatWaitsUntilTheyAreOverIsGivenUp) {
  Hours till;
  till.sold_in("上海青", until_noon);
  till.sold_in("青岭啤酒", until_noon);
  EXPECT_EQ(till.scan("301"), "register.weight_needed");
  till.wait_until("12:00");
  EXPECT_EQ(till.run(Weigh{"", qty("1"), sale::WeightSource::scale}), "item.not_now");
  EXPECT_FALSE(till.view().waiting_for_weight);
  till.wait_until("11:59");
  EXPECT_EQ(till.scan(Shop::beer), "register.age_check");
  till.wait_until("12:00");
  EXPECT_EQ(till.run(ConfirmAge{true}), "item.not_now");
  EXPECT_FALSE(till.view().age_check);
  EXPECT_FALSE(till.machine.basket().age_refusals) << "nobody was too young";
  EXPECT_EQ(till.scan(Shop::chips), "");
}

TEST(RegisterSaleHours, MoreOfALineIsSoldOnlyWithinThem) {
  Hours till;
  till.sold_in("晨牧纯牛奶", until_noon);
  till.run(PendingQuantity{qty("3")});
  EXPECT_EQ(till.scan(Shop::milk), "");
  till.wait_until("12:00");
  EXPECT_EQ(till.run(SetLineQuantity{1, qty("4")}), "item.not_now");
  EXPECT_EQ(till.detail("line"), "1");
  EXPECT_EQ(till.run(SetLineQuantity{1, qty("2")}), "");
  EXPECT_EQ(till.run(VoidLine{1}), "");
}

TEST(RegisterSaleHours, ABasketThatWaitedIsPaidOnlyWithoutThem) {
  Hours till;
  till.sold_in("晨牧纯牛奶", until_noon);
  till.scan(Shop::chips);
  till.scan(Shop::milk);
  EXPECT_EQ(till.run(BeginTender{}), "");
  till.wait_until("12:00");
  EXPECT_EQ(till.run(BackToSale{}), "");
  EXPECT_EQ(till.run(BeginTender{}), "item.not_now");
  EXPECT_EQ(till.detail("name"), "晨牧纯牛奶");
  EXPECT_EQ(till.detail("line"), "2");
  EXPECT_EQ(till.run(VoidLine{2}), "");
  EXPECT_EQ(till.run(BeginTender{}), "");
  EXPECT_EQ(till.run(TenderCash{yuan("7.90")}), "");
}

TEST(RegisterSaleHours, PuttingAsideAndTakingUpDoesNotSkipThem) {
  Hours till;
  till.sold_in("晨牧纯牛奶", until_noon);
  till.scan(Shop::milk);
  till.scan(Shop::chips);
  EXPECT_EQ(till.run(SuspendBasket{}), "");
  const auto put_aside = till.put_aside->basket;
  till.wait_until("12:01");
  EXPECT_EQ(till.run(RecallBasket{put_aside, "3-0001"}), "") << "the rest of it may be sold";
  EXPECT_EQ(till.run(BeginTender{}), "item.not_now");
  EXPECT_EQ(till.run(VoidLine{1}), "");
  EXPECT_EQ(till.run(BeginTender{}), "");
}

TEST(RegisterSaleHours, OnceMoneyWasTakenItIsSold) {
  Hours till;
  till.sold_in("晨牧纯牛奶", until_noon);
  till.scan(Shop::milk);
  till.run(BeginTender{});
  EXPECT_EQ(till.run(TenderCash{yuan("20")}), "");
  const auto basket = till.machine.basket();
  Hours again;
  again.sold_in("晨牧纯牛奶", until_noon);
  again.machine.restore(basket);
  again.wait_until("12:01");
  EXPECT_EQ(again.run(BeginTender{}), "") << "the till was switched off while it was being paid";
  EXPECT_EQ(again.run(TenderCash{yuan("29.90")}), "");
}

TEST(RegisterSaleHours, GoodsComeBackAtAnyTime) {
  Hours till(Role::manager);
  till.scan(Shop::milk);
  till.run(BeginTender{});
  EXPECT_EQ(till.run(TenderCash{yuan("49.90")}), "");
  const sale::ReturnableSale before{*till.sold, {}, {}, false, {}};
  till.sold_in("晨牧纯牛奶", evening);
  EXPECT_EQ(till.run(BeginReturn{before}), "");
  EXPECT_EQ(till.run(ReturnLine{1, qty("1"), sale::ReturnedTo::stock, "quality"}), "");
  EXPECT_EQ(till.run(SellInReturn{true}), "");
  EXPECT_EQ(till.scan(Shop::milk), "item.not_now") << "an exchange sells";
  EXPECT_EQ(till.run(BeginTender{}), "");
  EXPECT_EQ(till.run(TenderCash{}), "");
  till.run(BeginBlindReturn{"no_receipt"});
  EXPECT_EQ(till.scan(Shop::milk), "");
}

// ---- goods that do not come back ----

struct Blocked : RegisterAtWork {
  explicit Blocked(Role role = Role::cashier) : RegisterAtWork(role) {
    machine.set_settings(settings_with_offers());
    shop.named("晨牧纯牛奶").return_blocked = true;
  }
  sale::ReturnableSale sell(std::initializer_list<const char*> codes) {
    for (const auto* code : codes) EXPECT_EQ(scan(code), "");
    EXPECT_EQ(run(BeginTender{}), "");
    EXPECT_EQ(run(TenderCash{view().cash_due}), "");
    return {*sold, {}, {}, false, {}};
  }
};

access::StaffMember supervisor() {
  return staff_member(Role::supervisor, 50);
}

const ReturnLine first_line{1, qty("1"), sale::ReturnedTo::stock, "quality"};

TEST(RegisterReturnBlocked, NeedsSomebodyWhoMayTakeItBack) {
  Blocked till;
  const auto before = till.sell({Shop::milk, Shop::chips});
  EXPECT_EQ(till.run_by(supervisor(), BeginReturn{before}), "");
  EXPECT_EQ(till.run(ReturnLine{2, qty("1"), sale::ReturnedTo::stock, "quality"}), "") << "of others nobody asks";
  EXPECT_EQ(till.run(first_line), "return.not_returnable");
  EXPECT_EQ(till.detail("permission"), "sale.return_blocked");
  EXPECT_EQ(till.detail("name"), "晨牧纯牛奶");
  EXPECT_EQ(till.run_by(staff_member(Role::cashier, 51), first_line), "access.denied");
  EXPECT_EQ(till.run_by(staff_member(Role::supervisor, 7), first_line), "access.same_person");
  EXPECT_EQ(till.view().lines.size(), 1u);
  EXPECT_EQ(till.run_by(supervisor(), first_line), "");
  ASSERT_EQ(till.view().lines.size(), 2u);
  const auto& approvals = till.machine.basket().approvals;
  ASSERT_TRUE(approvals);
  EXPECT_EQ(approvals->back().permission, "sale.return_blocked");
  EXPECT_EQ(approvals->back().line, 2);
  EXPECT_EQ(approvals->back().approved_by, 50);
  till.run(BeginTender{});
  EXPECT_EQ(till.run(TenderCash{}), "");
}

TEST(RegisterReturnBlocked, WhoMayDoesItAlone) {
  Blocked till(Role::supervisor);
  const auto before = till.sell({Shop::milk});
  EXPECT_EQ(till.run(BeginReturn{before}), "");
  EXPECT_EQ(till.run(first_line), "");
  EXPECT_FALSE(till.machine.basket().approvals);
}

TEST(RegisterReturnBlocked, ComesBackByItsReceiptWhenTheCatalogueKnowsItNoMore) {
  Blocked till;
  const auto before = till.sell({Shop::milk});
  std::erase_if(till.shop.items, [](const auto& item) { return item.name == "晨牧纯牛奶"; });
  EXPECT_EQ(till.run_by(supervisor(), BeginReturn{before}), "");
  EXPECT_EQ(till.run(first_line), "");
}

TEST(RegisterReturnBlocked, WithoutAReceiptToo) {
  Blocked till;
  till.shop.named("上海青").return_blocked = true;
  EXPECT_EQ(till.run_by(supervisor(), BeginBlindReturn{"no_receipt"}), "");
  EXPECT_EQ(till.scan(Shop::chips), "");
  const Scan milk{Shop::milk, barcode::Symbology::unknown};
  EXPECT_EQ(till.run(milk), "return.not_returnable");
  EXPECT_EQ(till.detail("permission"), "sale.return_blocked");
  EXPECT_EQ(till.run_by(supervisor(), milk), "");
  EXPECT_EQ(till.run(milk), "return.not_returnable") << "each time";
  // What was allowed for goods that wait for their weight is kept with them.
  const Scan greens{"301", barcode::Symbology::unknown};
  EXPECT_EQ(till.run(greens), "return.not_returnable");
  EXPECT_EQ(till.run_by(supervisor(), greens), "register.weight_needed");
  EXPECT_EQ(till.run(Weigh{"", qty("0.5"), sale::WeightSource::scale}), "");
  const auto& approvals = till.machine.basket().approvals;
  ASSERT_TRUE(approvals);
  EXPECT_EQ(std::count_if(approvals->begin(), approvals->end(),
                          [](const auto& approval) { return approval.permission == "sale.return_blocked"; }),
            2);
  EXPECT_EQ(approvals->back().line, 3);
  till.run(BeginTender{});
  EXPECT_EQ(till.run(TenderCash{}), "");
}

}  // namespace
}  // namespace lanekeeper::till::test
