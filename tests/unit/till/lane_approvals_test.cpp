// Somebody else allows it: on the spot by PIN or badge, or from afar.
#include "whole_lane.h"

namespace lanekeeper::till::test {
namespace {

using Kind = LaneEvent::Kind;

const Command cheaper = OverridePrice{1, yuan("40"), "damaged"};

std::string approve(WholeLane& work, std::string_view number, std::string_view pin = "271828") {
  const auto result = work.lane().approved(cheaper, number, pin);
  return result ? std::string() : result.error().code;
}

TEST(LaneApprovals, ARefusalNamesWhatIsMissingAndIsKept) {
  WholeLane work;
  work.sign_in();
  ASSERT_EQ(work.scan(Shop::milk), "");
  EXPECT_FALSE(work.lane().refused());
  EXPECT_EQ(work.run(cheaper), "access.denied");
  ASSERT_TRUE(work.lane().refused());
  EXPECT_EQ(Lane::needs_approval(work.lane().refused()->error), access::Permission::price_override);
  EXPECT_FALSE(Lane::needs_approval(Error{"register.empty_basket", "", {}}));
  EXPECT_EQ(work.scan(Shop::chips), "");
  EXPECT_FALSE(work.lane().refused()) << "something else went through";
}

TEST(LaneApprovals, ByAnotherPersonsPinForThisOneCommand) {
  WholeLane work;
  work.sign_in();
  ASSERT_EQ(work.scan(Shop::milk), "");
  EXPECT_EQ(approve(work, "1028"), "");
  EXPECT_EQ(work.view().total, yuan("40.00"));
  ASSERT_EQ(work.view().approvals.size(), 1u);
  EXPECT_EQ(work.view().approvals[0].approver_number, "1028");
  EXPECT_EQ(work.view().approvals[0].means, sale::ApprovalMeans::pin);
  EXPECT_EQ(work.view().cashier->number, "1027") << "the cashier stays";
  EXPECT_EQ(work.run(OverridePrice{1, yuan("30"), "damaged"}), "access.denied") << "only that one";
}

TEST(LaneApprovals, NeverByOneselfAndNotByWhoMayNot) {
  WholeLane work;
  work.sign_in();
  ASSERT_EQ(work.scan(Shop::milk), "");
  EXPECT_EQ(approve(work, "1027"), "access.same_person");
  EXPECT_EQ(work.message(), "access.same_person");
  EXPECT_EQ(approve(work, "1029"), "access.denied") << "an accountant changes no price";
  EXPECT_EQ(approve(work, "9999"), "access.unknown_or_wrong");
  EXPECT_EQ(work.view().total, yuan("49.90"));
}

TEST(LaneApprovals, WrongPinsSlowDownAndLockHereAsAtSignIn) {
  WholeLane work;
  work.sign_in();
  ASSERT_EQ(work.scan(Shop::milk), "");
  for (int i = 0; i < 2; ++i) EXPECT_EQ(approve(work, "1028", "000000"), "access.unknown_or_wrong");
  EXPECT_EQ(approve(work, "1028"), "access.wait");
  EXPECT_EQ(work.lane().sign_in("1028", "271828").error().code, "access.wait");
  for (int i = 0; i < 3; ++i) {
    work.till.clock.time.instant.unix_ms += 60'000;
    EXPECT_EQ(approve(work, "1028", "000000"), "access.unknown_or_wrong");
  }
  EXPECT_EQ(approve(work, "1028"), "access.locked");
  EXPECT_EQ(approve(work, "1030"), "") << "somebody else can help";
}

TEST(LaneApprovals, ByBadge) {
  WholeLane work;
  work.sign_in();
  ASSERT_EQ(work.scan(Shop::milk), "");
  EXPECT_EQ(work.lane().approved_by_badge(cheaper, "B-0000").error().code, "access.unknown_badge");
  EXPECT_TRUE(work.lane().approved_by_badge(cheaper, " b-1030 "));
  ASSERT_EQ(work.view().approvals.size(), 1u);
  EXPECT_EQ(work.view().approvals[0].means, sale::ApprovalMeans::badge);
  EXPECT_TRUE(work.lane().approved_by_badge(cheaper, "]C0B-1030")) << "with what a scanner puts in front";
  EXPECT_EQ(work.lane().badge_owner("]C0B-1030")->number, "1030");
  EXPECT_EQ(work.scan("B-1030"), "access.badge_not_needed") << "no goods, and nothing waits";
  EXPECT_EQ(work.message(), "access.badge_not_needed");
}

TEST(LaneApprovals, NotOnTheSpotWhenTheServerWasNotHeardForAWeek) {
  WholeLane work;
  work.sign_in();
  ASSERT_EQ(work.scan(Shop::milk), "");
  LinkStatus status;
  status.state = LinkStatus::State::offline;
  const auto heard_days_ago = [&](double days) {
    status.heard_at = Instant{work.till.clock.time.instant.unix_ms - static_cast<std::int64_t>(days * 24 * 3600'000)};
    work.lane().link_changed(status);
  };
  heard_days_ago(6.9);
  EXPECT_EQ(approve(work, "1028"), "");
  heard_days_ago(7.1);
  EXPECT_EQ(approve(work, "1028"), "approval.too_long_offline");
  EXPECT_EQ(work.message(), "approval.too_long_offline");
  EXPECT_EQ(work.lane().approved_by_badge(cheaper, "B-1030").error().code, "approval.too_long_offline");
  heard_days_ago(-3);
  EXPECT_EQ(approve(work, "1028"), "approval.too_long_offline") << "somebody has put the clock back";
  EXPECT_EQ(work.scan(Shop::chips), "") << "selling goes on";
  EXPECT_EQ(work.run(VoidLine{2}), "");
  EXPECT_TRUE(work.lane().sign_in("1030", "271828")) << "and whoever may do it signs in";
  EXPECT_EQ(work.run(cheaper), "");
  work.sign_in("1030");
  status.state = LinkStatus::State::online;
  work.lane().link_changed(status);
  EXPECT_NE(approve(work, "1028"), "approval.too_long_offline");
}

TEST(LaneBadges, NameThePersonAndTheStoreSaysWhetherThatIsEnough) {
  WholeLane work;
  const auto sign_in = [&work](std::string_view code) {
    const auto done = work.lane().sign_in_by_badge(code);
    return done ? std::string() : done.error().code;
  };
  const auto owner = work.lane().badge_owner("B-1030");
  ASSERT_TRUE(owner);
  EXPECT_EQ(owner->number, "1030");
  EXPECT_TRUE(owner->pin_verifier.empty());
  EXPECT_FALSE(owner->badge_key);
  EXPECT_EQ(sign_in("B-0000"), "access.unknown_badge");
  EXPECT_EQ(sign_in("B-1030"), "access.pin_needed");
  EXPECT_FALSE(work.view().cashier);
  work.till.replica.stored->till_policy.emplace().badge_signs_in = true;
  work.lane().profile_changed();
  EXPECT_EQ(sign_in("B-1030"), "");
  EXPECT_EQ(work.view().cashier->number, "1030");
  EXPECT_FALSE(work.view().cashier->badge_key);
}

TEST(LaneBadges, DoNotMakeUpForWrongPinsOrMissingRights) {
  WholeLane work;
  work.till.replica.stored->till_policy.emplace().badge_signs_in = true;
  auto& staff = work.till.replica.stored->staff;
  staff[2].badge_key = access::badge_key(*work.till.replica.stored->member_secret, "B-1029");
  work.lane().profile_changed();
  EXPECT_EQ(work.lane().sign_in_by_badge("B-1029").error().code, "access.no_till_role") << "an accountant";
  for (int i = 0; i < 2; ++i) (void)work.lane().sign_in("1030", "000000");
  EXPECT_EQ(work.lane().sign_in_by_badge("B-1030").error().code, "access.wait");
  staff[3].active = false;
  work.lane().profile_changed();
  EXPECT_EQ(work.lane().sign_in_by_badge("B-1030").error().code, "access.unknown_badge");
}

TEST(LaneBadges, TakeALockedSaleOverOnlyWithTheRight) {
  WholeLane work;
  work.till.replica.stored->till_policy.emplace().badge_signs_in = true;
  auto& staff = work.till.replica.stored->staff;
  staff[1].badge_key = access::badge_key(*work.till.replica.stored->member_secret, "B-1028");
  staff[1].role = access::Role::cashier;
  work.lane().profile_changed();
  work.sign_in();
  ASSERT_EQ(work.scan(Shop::milk), "");
  EXPECT_EQ(work.lane().sign_in_by_badge("B-1028").error().code, "register.basket_open");
  EXPECT_EQ(work.view().cashier->number, "1027");
  EXPECT_TRUE(work.lane().sign_in_by_badge("B-1030"));
  EXPECT_EQ(work.view().cashier->number, "1030");
}

TEST(LaneApprovals, GoodsComeBackByAnotherPersonsRightOnceTheSaleIsFound) {
  WholeLane work;
  work.sign_in();
  work.sell();
  work.lane().begin_return("3-142", work.hear());
  work.till.run_tasks();
  ASSERT_EQ(work.heard, (std::vector<std::string>{"access.denied"}));
  ASSERT_TRUE(work.lane().refused());
  EXPECT_TRUE(work.lane().approved(work.lane().refused()->command, "1028", "271828"));
  EXPECT_TRUE(work.view().returning);
}

struct FromAfar : WholeLane {
  MemoryServer store;

  FromAfar() : WholeLane() {
    till.questions.server = &store;
    for (const auto& member : till.replica.stored->staff) store.staff[member.id] = member;
    go_online();
    sign_in();
    EXPECT_EQ(scan(Shop::milk), "");
  }
  void ask() {
    EXPECT_EQ(run(cheaper), "access.denied");
    const auto refused = *lane().refused();
    lane().ask_approval(refused.command, refused.error, "approval.price_override", {{"item", "milk"}}, hear());
    till.run_tasks();
  }
  void answer(bool granted, std::int64_t by = 4) {
    EXPECT_TRUE(store.answer(store.approvals.back().request.id, granted, by));
    lane().approvals_changed();
    till.run_tasks();
  }
};

TEST(LaneApprovalsFromAfar, TheCommandIsCarriedOutWhenItIsGranted) {
  FromAfar work;
  work.ask();
  EXPECT_EQ(work.heard, (std::vector<std::string>{""}));
  ASSERT_TRUE(work.lane().asked_approval());
  const auto& request = work.store.approvals.at(0).request;
  EXPECT_EQ(request.till, 3);
  EXPECT_EQ(request.cashier, 1);
  EXPECT_EQ(request.permission, "price.override");
  EXPECT_EQ(request.amount, yuan("40"));
  EXPECT_EQ(request.details["item"], "milk");
  EXPECT_EQ(work.scan(Shop::chips), "") << "selling goes on meanwhile";
  work.answer(true);
  EXPECT_FALSE(work.lane().asked_approval());
  EXPECT_EQ(work.view().total, yuan("47.90"));
  ASSERT_EQ(work.view().approvals.size(), 1u);
  EXPECT_EQ(work.view().approvals[0].means, sale::ApprovalMeans::remote);
  EXPECT_EQ(work.view().approvals[0].request, request.id);
  ASSERT_NE(work.last(Kind::approval_answered), nullptr);
  EXPECT_EQ(work.last(Kind::approval_answered)->text, "granted");
  EXPECT_FALSE(work.last(Kind::approval_answered)->error);
}

TEST(LaneApprovalsFromAfar, GoodsThatDoNotComeBackAreNamed) {
  FromAfar work;
  work.till.shop.named("晨牧纯牛奶").return_blocked = true;
  ASSERT_EQ(work.run(VoidBasket{}), "");
  ASSERT_EQ(work.run(BeginBlindReturn{"gift"}), "access.denied");
  ASSERT_TRUE(work.lane().approved(work.lane().refused()->command, "1028", "271828"));
  ASSERT_EQ(work.scan(Shop::milk), "return.not_returnable");
  const auto refused = *work.lane().refused();
  work.lane().ask_approval(refused.command, refused.error, "approval.sale_return_blocked", {}, work.hear());
  work.till.run_tasks();
  const auto& request = work.store.approvals.back().request;
  EXPECT_EQ(request.permission, "sale.return_blocked");
  EXPECT_EQ(request.details["name"], "晨牧纯牛奶");
  work.answer(true);
  ASSERT_EQ(work.view().lines.size(), 1u);
  EXPECT_EQ(work.view().approvals.back().permission, "sale.return_blocked");
}

TEST(LaneApprovalsFromAfar, ADrawerThatWasOpenedMeanwhileNeedsNoOpening) {
  FromAfar work;
  ASSERT_EQ(work.run(BeginTender{}), "");
  ASSERT_EQ(work.run(TenderCash{yuan("49.90")}), "");
  const NoSale open_drawer{"change"};
  ASSERT_EQ(work.run(open_drawer), "access.denied");
  work.lane().ask_approval(open_drawer, work.lane().refused()->error, "the drawer", {}, work.hear());
  work.till.run_tasks();
  work.lane().drawer_changed(CashDrawer::Position::open);
  work.answer(true);
  ASSERT_NE(work.last(Kind::approval_answered), nullptr);
  ASSERT_TRUE(work.last(Kind::approval_answered)->error);
  EXPECT_EQ(work.last(Kind::approval_answered)->error->code, "drawer.is_open");
  EXPECT_EQ(work.message(), "drawer.is_open");
  EXPECT_TRUE(work.controls().empty()) << "none is recorded that there was not";
}

TEST(LaneApprovalsFromAfar, HowFarAPriceFallsIsAskedAsARate) {
  FromAfar work;
  work.ask();
  const auto& asked = work.store.approvals.back().request;
  EXPECT_EQ(asked.amount, yuan("40"));
  EXPECT_EQ(asked.rate, Rate::of_per_10k(1984)) << "9.90 of 49.90, rounded up";
}

TEST(LaneApprovalsFromAfar, WhatGoesBackForDepositsIsAskedAsASum) {
  FromAfar work;
  EXPECT_EQ(work.run(TakeBackDeposit{0, Shop::bottle, qty("300")}), "");
  EXPECT_EQ(work.run(TakeBackDeposit{0, Shop::bottle, qty("34")}), "deposit.over_limit");
  const auto refused = *work.lane().refused();
  work.lane().ask_approval(refused.command, refused.error, "approval.sale_deposit_back", {}, work.hear());
  work.till.run_tasks();
  EXPECT_EQ(work.store.approvals.back().request.permission, "sale.deposit_back");
  EXPECT_EQ(work.store.approvals.back().request.amount, yuan("200.40")) << "all of this basket, not what is still due";
  work.answer(true);
  EXPECT_EQ(work.view().total, yuan("-150.50"));
}

TEST(LaneApprovalsFromAfar, RefusedSaysByWhom) {
  FromAfar work;
  work.ask();
  work.answer(false);
  EXPECT_EQ(work.message(), "approval.refused");
  EXPECT_EQ(work.view().message->details[0].second, "陈静");
  EXPECT_EQ(work.last(Kind::approval_answered)->text, "refused");
  EXPECT_EQ(work.view().total, yuan("49.90"));
}

TEST(LaneApprovalsFromAfar, OneAtATimeAndOnlyWithTheServer) {
  FromAfar work;
  work.ask();
  work.ask();
  EXPECT_EQ(work.heard, (std::vector<std::string>{"", "approval.one_at_a_time"}));
  work.lane().withdraw_approval();
  EXPECT_EQ(work.till.questions.withdrawn.size(), 1u);
  work.go_offline();
  work.ask();
  EXPECT_EQ(work.heard.back(), "link.offline");
  EXPECT_FALSE(work.lane().asked_approval());
}

TEST(LaneApprovalsFromAfar, WhatHasChangedMeanwhileIsNotAllowedAnyMore) {
  FromAfar work;
  work.ask();
  ASSERT_EQ(work.run(SetLineQuantity{1, qty("9")}), "");
  work.answer(true);
  EXPECT_EQ(work.message(), "approval.outdated");
  EXPECT_EQ(work.last(Kind::approval_answered)->error->code, "approval.outdated");
  EXPECT_EQ(work.view().total, yuan("449.10"));
}

TEST(LaneApprovalsFromAfar, EndsWithTheSaleAndWithTheCashier) {
  FromAfar work;
  work.ask();
  ASSERT_EQ(work.run(VoidBasket{}), "");
  EXPECT_FALSE(work.lane().asked_approval());
  EXPECT_EQ(work.till.questions.withdrawn.size(), 1u);
  ASSERT_EQ(work.scan(Shop::milk), "");
  work.ask();
  ASSERT_TRUE(work.lane().asked_approval());
  work.sign_in("1028");
  EXPECT_FALSE(work.lane().asked_approval()) << "somebody else is at the till";
  work.answer(true);
  EXPECT_EQ(work.view().total, yuan("49.90"));
}

TEST(LaneApprovalsFromAfar, TakenBackBeforeTheServerHadAnsweredItIsTakenBackThereToo) {
  FromAfar work;
  work.till.questions.wait = true;
  work.ask();
  work.lane().withdraw_approval();
  work.till.questions.answer_all();
  work.till.run_tasks();
  EXPECT_EQ(work.heard, (std::vector<std::string>{"approval.withdrawn"}));
  EXPECT_EQ(work.till.questions.withdrawn.size(), 2u);
  EXPECT_FALSE(work.lane().asked_approval());
}

TEST(LaneApprovalsFromAfar, AnAnswerAfterTheLaneHasGoneFindsNobody) {
  auto work = std::make_unique<FromAfar>();
  work->till.questions.wait = true;
  work->ask();
  work->open();  // another lane in its place
  work->till.questions.answer_all();
  work->till.run_tasks();
  EXPECT_TRUE(work->heard.empty());
}

TEST(LaneApprovalsFromAfar, SomebodyUnknownHereIsToldAsSuch) {
  FromAfar work;
  work.store.staff[99].name = "新来的";
  work.ask();
  work.answer(true, 99);
  EXPECT_EQ(work.message(), "approval.unknown_person");
  EXPECT_EQ(work.view().total, yuan("49.90"));
}

TEST(LaneApprovalsFromAfar, AnotherTillAnswersAndTheFirstAnswerCounts) {
  FromAfar asking;
  WholeLane other(&asking.store, 5);
  other.go_online();
  other.sign_in();
  asking.ask();
  other.lane().approvals_changed();
  other.till.run_tasks();
  ASSERT_EQ(other.lane().waiting_approvals().size(), 1u);
  EXPECT_EQ(other.last(Kind::approvals_waiting)->number, 1);
  const auto id = other.lane().waiting_approvals()[0].request.id;
  const auto answer = [&](std::string_view number, std::string_view pin) {
    other.lane().answer_approval(id, true, number, pin, other.hear());
    other.till.run_tasks();
  };
  answer("1028", "000000");
  answer("1027", "271828");
  EXPECT_EQ(other.heard, (std::vector<std::string>{"access.unknown_or_wrong", "access.denied"}));
  EXPECT_TRUE(asking.store.answer(id, false, 4)) << "the back office was quicker";
  answer("1028", "271828");
  EXPECT_EQ(other.heard.back(), "approval.answered");
  EXPECT_TRUE(other.lane().waiting_approvals().empty());
  asking.lane().approvals_changed();
  asking.till.run_tasks();
  EXPECT_EQ(asking.message(), "approval.refused");
  EXPECT_TRUE(asking.lane().waiting_approvals().empty()) << "its own request is not for it";
}

TEST(LaneApprovalsFromAfar, WhatWasAnsweredWhileTheServerWasGoneIsHeardLater) {
  FromAfar work;
  work.ask();
  work.go_offline();
  EXPECT_TRUE(work.store.answer(work.store.approvals[0].request.id, true, 4));
  EXPECT_TRUE(work.lane().asked_approval());
  work.go_online();
  EXPECT_EQ(work.view().total, yuan("40.00"));
}

}  // namespace
}  // namespace lanekeeper::till::test
