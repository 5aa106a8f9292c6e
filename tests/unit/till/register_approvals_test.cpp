// What the person at the till may not do alone, and who lends the right.
#include <gtest/gtest.h>

#include "offers.h"
#include "register_at_work.h"

namespace lanekeeper::till::test {
namespace {

using access::Role;

access::StaffMember lender(Role role) {
  auto member = staff_member(role, 50);
  member.number = "2001";
  return member;
}

TEST(RegisterApprovals, ARefusalThatSomebodyCouldLiftNamesThePermission) {
  RegisterAtWork till(Role::cashier);
  till.scan(Shop::milk);
  EXPECT_EQ(till.run(OverridePrice{1, yuan("40"), "damaged"}), "access.denied");
  EXPECT_EQ(till.detail("permission"), "price.override");
  EXPECT_EQ(till.run(DiscountLine{1, {}, Rate::of_per_10k(500), ""}), "access.denied");
  EXPECT_EQ(till.detail("permission"), "sale.discount");
  EXPECT_EQ(till.run(Weigh{"301", qty("1"), sale::WeightSource::manual}), "access.denied");
  EXPECT_EQ(till.detail("permission"), "weight.manual");
}

TEST(RegisterApprovals, TheRightIsLentForOneCommandAndRecorded) {
  RegisterAtWork till(Role::cashier);
  till.scan(Shop::milk);
  EXPECT_EQ(till.run_by(lender(Role::supervisor), OverridePrice{1, yuan("40"), "damaged"}), "");
  EXPECT_EQ(till.run(OverridePrice{1, yuan("30"), "damaged"}), "access.denied") << "only once";
  ASSERT_EQ(till.view().approvals.size(), 1u);
  const auto& approval = till.view().approvals.front();
  EXPECT_EQ(approval.permission, "price.override");
  EXPECT_EQ(approval.line, 1);
  EXPECT_EQ(approval.approved_by, 50);
  EXPECT_EQ(approval.approver_number, "2001");
  EXPECT_EQ(till.machine.basket().lines[0].price_override->approved_by, 50);
  till.run(BeginTender{});
  till.run(TenderCash{yuan("40")});
  ASSERT_TRUE(till.sold);
  ASSERT_TRUE(till.sold->approvals);
  EXPECT_EQ(till.sold->approvals->size(), 1u);
  EXPECT_EQ(till.sold->cashier, 7);
}

TEST(RegisterApprovals, NobodyAllowsThemselvesAndNobodyWithoutTheRight) {
  RegisterAtWork till(Role::cashier);
  till.scan(Shop::milk);
  EXPECT_EQ(till.run_by(staff_member(Role::supervisor, 7), OverridePrice{1, yuan("40"), "damaged"}),
            "access.same_person");
  EXPECT_EQ(till.run_by(lender(Role::cashier), OverridePrice{1, yuan("40"), "damaged"}), "access.denied");
  auto dismissed = lender(Role::manager);
  dismissed.active = false;
  EXPECT_EQ(till.run_by(dismissed, OverridePrice{1, yuan("40"), "damaged"}), "access.denied");
  EXPECT_TRUE(till.view().approvals.empty());
}

TEST(RegisterApprovals, WhereTheOwnRightIsEnoughNobodyElseIsRecorded) {
  RegisterAtWork till(Role::supervisor);
  till.scan(Shop::milk);
  EXPECT_EQ(till.run_by(lender(Role::manager), OverridePrice{1, yuan("40"), "damaged"}), "");
  EXPECT_TRUE(till.view().approvals.empty());
  EXPECT_EQ(till.machine.basket().lines[0].price_override->approved_by, 7);
  EXPECT_EQ(till.run_by(staff_member(Role::supervisor, 7), VoidLine{1}), "") << "not used at all";
}

TEST(RegisterApprovals, LimitsAreThoseOfWhoeverLendsTheRight) {
  RegisterAtWork till(Role::supervisor);
  till.scan(Shop::milk);
  const DiscountLine half{1, {}, Rate::of_per_10k(5000), "complaint"};
  EXPECT_EQ(till.run(half), "discount.over_limit");
  EXPECT_EQ(till.detail("permission"), "sale.discount");
  EXPECT_EQ(till.detail("percent"), "20");
  EXPECT_EQ(till.run_by(lender(Role::supervisor), half), "discount.over_limit");
  EXPECT_EQ(till.run_by(lender(Role::manager), half), "");
  EXPECT_EQ(till.view().approvals.size(), 1u);
  EXPECT_EQ(till.machine.basket().lines[0].discount->approved_by, 50);
}

TEST(RegisterApprovals, WhatWasAllowedForGoodsThatWaitIsKeptWithThem) {
  RegisterAtWork till(Role::cashier);
  till.shop.named("上海青").minimum_age = 18;
  EXPECT_EQ(till.run_by(lender(Role::supervisor), Weigh{"301", qty("1"), sale::WeightSource::manual}),
            "register.age_check");
  EXPECT_EQ(till.run(ConfirmAge{true}), "");
  ASSERT_EQ(till.view().approvals.size(), 1u);
  EXPECT_EQ(till.view().approvals.front().line, 1);
  EXPECT_EQ(till.view().approvals.front().permission, "weight.manual");
}

TEST(RegisterApprovals, OpenPricesHaveALimit) {
  RegisterAtWork till(Role::cashier);
  auto& dishes = till.shop.add("熟食", "7001", "");
  dishes.open_price = true;
  EXPECT_EQ(till.scan("7001"), "register.price_needed");
  EXPECT_TRUE(till.view().waiting_for_price);
  EXPECT_EQ(till.scan(Shop::milk), "register.price_first");
  EXPECT_EQ(till.run(EnterPrice{yuan("0")}), "register.bad_price");
  EXPECT_EQ(till.run(EnterPrice{yuan("200.01")}), "price.over_limit");
  EXPECT_EQ(till.detail("most"), "200.00");
  EXPECT_EQ(till.run_by(lender(Role::supervisor), EnterPrice{yuan("250")}), "");
  EXPECT_EQ(till.view().total, yuan("250"));
  EXPECT_TRUE(till.view().lines[0].open_price);
  EXPECT_EQ(till.run(EnterPrice{yuan("5")}), "register.no_price_waiting");
  EXPECT_EQ(till.run(PendingQuantity{qty("3")}), "");
  EXPECT_EQ(till.scan("7001"), "register.price_needed");
  EXPECT_EQ(till.run(EnterPrice{yuan("2.50")}), "");
  EXPECT_EQ(till.view().lines[1].gross, yuan("7.50"));
  EXPECT_EQ(till.scan("7001"), "register.price_needed");
  EXPECT_EQ(till.run(EnterPrice{yuan("2.50")}), "");
  EXPECT_EQ(till.view().lines.size(), 3u) << "typed prices never run together";
}

TEST(RegisterApprovals, AgeComesBeforeThePriceAndThePriceBeforeTheWeight) {
  RegisterAtWork till(Role::supervisor);
  auto& wine = till.shop.add("散装酒", "7002", "", UnitOfMeasure::kilogram);
  wine.open_price = true;
  wine.minimum_age = 18;
  EXPECT_EQ(till.scan("7002"), "register.age_check");
  EXPECT_EQ(till.run(ConfirmAge{true}), "register.price_needed");
  EXPECT_EQ(till.run(EnterPrice{yuan("40")}), "register.weight_needed");
  EXPECT_EQ(till.run(Weigh{"", qty("0.500")}), "");
  EXPECT_EQ(till.view().total, yuan("20"));
  EXPECT_EQ(till.machine.basket().lines[0].age_confirmed, 18);
}

TEST(RegisterApprovals, ACashierTakesGoodsBackByASupervisorsRightUpToTheirLimit) {
  RegisterAtWork till(Role::cashier);
  till.run(PendingQuantity{qty("20")});
  till.scan(Shop::milk);  // 998.00
  till.run(BeginTender{});
  till.run(TenderCash{yuan("998")});
  const sale::ReturnableSale sold{*till.sold, {}, {}, false, {}};
  EXPECT_EQ(till.run(BeginReturn{sold}), "access.denied");
  EXPECT_EQ(till.detail("permission"), "sale.return");
  EXPECT_EQ(till.run_by(lender(Role::supervisor), BeginReturn{sold}), "");
  EXPECT_EQ(till.run(ReturnLine{1, qty("1"), sale::ReturnedTo::stock, "quality"}), "") << "lent for the whole return";
  EXPECT_EQ(till.run(ReturnLine{1, qty("10"), sale::ReturnedTo::stock, "quality"}), "return.over_limit");
  EXPECT_EQ(till.detail("permission"), "sale.return");
  EXPECT_EQ(till.detail("most"), "500.00");
  EXPECT_EQ(till.run_by(lender(Role::manager), ReturnLine{1, qty("10"), sale::ReturnedTo::stock, "quality"}), "");
  EXPECT_EQ(till.run(BeginTender{}), "") << "asked once";
  EXPECT_EQ(till.run(TenderCash{}), "");
  EXPECT_EQ(till.sold->change, yuan("548.90"));
  ASSERT_TRUE(till.sold->approvals);
  EXPECT_EQ(till.sold->approvals->size(), 2u);
}

TEST(RegisterApprovals, WhatIsEnteredIsNotRecordedWhenItIsRefusedAfterAll) {
  RegisterAtWork till(Role::cashier);
  till.scan(Shop::milk);
  EXPECT_EQ(till.run_by(lender(Role::supervisor), OverridePrice{9, yuan("1"), ""}), "register.no_line");
  EXPECT_EQ(till.run_by(lender(Role::supervisor), OverridePrice{1, yuan("-1"), ""}), "register.bad_price");
  EXPECT_TRUE(till.view().approvals.empty());
  EXPECT_FALSE(till.machine.basket().approvals);
}

}  // namespace
}  // namespace lanekeeper::till::test
