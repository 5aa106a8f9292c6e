// Nobody rings up their own purchases, and nobody lends a right for them.
#include <gtest/gtest.h>

#include "offers.h"
#include "register_at_work.h"

namespace lanekeeper::till::test {
namespace {

using access::Role;

access::StaffMember who_is(std::int64_t member, Role role = Role::manager, std::int64_t id = 7) {
  auto staff = staff_member(role, id);
  staff.member = member;
  return staff;
}

// The cashier, 7, is the member 31; `sold` is what a colleague, 8, rang for them.
struct OwnPurchases : RegisterAtWork {
  sale::ReturnableSale sold_before;

  explicit OwnPurchases(Role role = Role::manager) : RegisterAtWork(role) {
    machine.set_settings(settings_with_offers());
    EXPECT_EQ(run(SignedIn{who_is(31, role)}), "");
  }
  void sell_to(const sale::MemberRef& member, Role colleague = Role::manager) {
    EXPECT_EQ(run(SignedIn{staff_member(colleague, 8)}), "");
    EXPECT_EQ(scan(Shop::milk), "");
    EXPECT_EQ(run(IdentifyMember{member}), "");
    EXPECT_EQ(run(BeginTender{}), "");
    EXPECT_EQ(run(TenderCash{view().cash_due}), "");
    sold_before = {*sold, {}, {}, false, {}};
  }
};

TEST(RegisterOwnPurchases, OnesOwnCardIsRefusedWhoeverStandsBy) {
  OwnPurchases till;
  till.scan(Shop::milk);
  EXPECT_EQ(till.run(IdentifyMember{some_member()}), "member.own_card");
  EXPECT_EQ(till.detail("permission"), "") << "there is nobody to ask";
  EXPECT_EQ(till.run_by(staff_member(Role::manager, 50), IdentifyMember{some_member()}), "member.own_card");
  EXPECT_FALSE(till.view().member);
  auto other = some_member();
  other.id = 32;
  EXPECT_EQ(till.run(IdentifyMember{other}), "");
  EXPECT_EQ(till.run(IdentifyMember{some_member()}), "member.own_card");
  EXPECT_EQ(till.view().member->id, 32);
  EXPECT_EQ(till.run(IdentifyMember{}), "") << "a member is taken off as ever";
}

TEST(RegisterOwnPurchases, WhoIsNoMemberRingsUpEveryMember) {
  RegisterAtWork till;
  till.scan(Shop::milk);
  EXPECT_EQ(till.run(IdentifyMember{some_member()}), "");
}

TEST(RegisterOwnPurchases, WhatAColleagueRangIsFinishedByTheColleague) {
  OwnPurchases till;
  till.run(SignedIn{staff_member(Role::cashier, 8)});
  till.scan(Shop::milk);
  EXPECT_EQ(till.run(IdentifyMember{some_member()}), "");
  EXPECT_EQ(till.run(SignedIn{who_is(31)}), "member.own_card");
  EXPECT_EQ(till.view().cashier->id, 8);
  EXPECT_EQ(till.run(SignedIn{who_is(32, Role::manager, 9)}), "") << "somebody else takes it over";
  // Where only the card was shown, it is taken off.
  till.run(VoidBasket{});
  EXPECT_EQ(till.run(IdentifyMember{some_member()}), "");
  EXPECT_EQ(till.run(SignedIn{who_is(31)}), "");
  EXPECT_FALSE(till.view().member);
  const auto* kept = till.effect<PersistBasket>();
  ASSERT_NE(kept, nullptr);
  EXPECT_FALSE(kept->basket.member);
}

TEST(RegisterOwnPurchases, ABasketThatWasPutAsideIsNotTakenUpByItsMember) {
  OwnPurchases till;
  till.run(SignedIn{staff_member(Role::cashier, 8)});
  till.scan(Shop::milk);
  till.run(IdentifyMember{some_member()});
  EXPECT_EQ(till.run(SuspendBasket{}), "");
  ASSERT_TRUE(till.put_aside);
  EXPECT_EQ(till.run(SignedIn{who_is(31)}), "");
  const RecallBasket recall{till.put_aside->basket, "3-0001"};
  EXPECT_EQ(till.run(recall), "member.own_card");
  EXPECT_TRUE(till.view().lines.empty());
  EXPECT_EQ(till.run(SignedIn{staff_member(Role::cashier, 8)}), "");
  EXPECT_EQ(till.run(recall), "");
}

TEST(RegisterOwnPurchases, NobodyLendsARightForTheirOwn) {
  RegisterAtWork till(Role::cashier);
  till.scan(Shop::milk);
  till.run(IdentifyMember{some_member()});
  const OverridePrice cheaper{1, yuan("1"), "damaged"};
  EXPECT_EQ(till.run_by(who_is(31, Role::manager, 50), cheaper), "approval.own_purchase");
  EXPECT_EQ(till.detail("permission"), "price.override") << "somebody else is asked";
  EXPECT_TRUE(till.view().approvals.empty());
  EXPECT_EQ(till.run_by(who_is(32, Role::manager, 51), cheaper), "");
}

TEST(RegisterOwnPurchases, GoodsAreTakenBackByAColleague) {
  OwnPurchases till;
  till.sell_to(some_member());
  const BeginReturn begin{till.sold_before};
  EXPECT_EQ(till.run(SignedIn{who_is(31)}), "");
  EXPECT_EQ(till.run(begin), "return.own_purchase");
  EXPECT_EQ(till.detail("permission"), "");
  EXPECT_EQ(till.run_by(staff_member(Role::manager, 50), begin), "return.own_purchase");
  EXPECT_EQ(till.run(SignedIn{staff_member(Role::cashier, 9)}), "");
  EXPECT_EQ(till.run_by(who_is(31), begin), "approval.own_purchase");
  EXPECT_FALSE(till.view().returning);
  EXPECT_EQ(till.run_by(staff_member(Role::supervisor, 50), begin), "");
  EXPECT_EQ(till.run(ReturnLine{1, qty("1"), sale::ReturnedTo::stock, "quality"}), "");
  EXPECT_EQ(till.run(SignedIn{who_is(31)}), "return.own_purchase") << "nor does its member go on with it";
  EXPECT_EQ(till.view().cashier->id, 9);
}

TEST(RegisterOwnPurchases, MoneyForThemGoesBackByNobodysOwnRight) {
  OwnPurchases till;
  till.run(SignedIn{staff_member(Role::manager, 8)});
  till.run(PendingQuantity{qty("20")});
  till.scan(Shop::milk);
  till.run(IdentifyMember{some_member()});
  till.run(BeginTender{});
  EXPECT_EQ(till.run(TenderCash{till.view().cash_due}), "");
  const sale::ReturnableSale sold{*till.sold, {}, {}, false, {}};
  till.run(SignedIn{staff_member(Role::supervisor, 9)});
  EXPECT_EQ(till.run(BeginReturn{sold}), "");
  const ReturnLine all{1, qty("20"), sale::ReturnedTo::stock, "quality"};
  EXPECT_EQ(till.run(all), "return.over_limit");
  EXPECT_EQ(till.run_by(who_is(31, Role::manager, 50), all), "approval.own_purchase");
  EXPECT_EQ(till.run_by(staff_member(Role::manager, 51), all), "");
}

}  // namespace
}  // namespace lanekeeper::till::test
