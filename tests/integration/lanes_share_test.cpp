// What the lanes share: baskets that were put aside go to one till, requests are answered by one person, whoever asks
// at the same instant.
#include <gtest/gtest.h>

#include <barrier>
#include <thread>

#include "services/approval_service.h"
#include "services/audit_trail.h"
#include "services/suspended_service.h"
#include "test_store.h"

namespace lanekeeper::services {
namespace {

using protocol::ApprovalState;
using testing::PrivateDatabase;
using testing::TestStore;

constexpr int racers = 16;

// Each on a thread of its own, all let go at once; what each came to.
std::vector<std::string> race(const std::function<std::string(int)>& run) {
  std::vector<std::string> outcomes(racers);
  std::barrier start(racers);
  std::vector<std::thread> threads;
  for (int i = 0; i < racers; ++i) {
    threads.emplace_back([&, i] {
      start.arrive_and_wait();
      outcomes[static_cast<std::size_t>(i)] = run(i);
    });
  }
  for (auto& thread : threads) thread.join();
  std::sort(outcomes.begin(), outcomes.end());
  return outcomes;
}

class LanesShareTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto& server = PrivateDatabase::instance();
    if (!server.available()) GTEST_SKIP() << server.problem();
    const auto config = server.new_schema();
    store_.emplace(config);
    // As a second server program on the same database would.
    elsewhere_.emplace(config);
    other_context_.emplace(
        ServiceContext{*elsewhere_, store_->clock, store_->random, store_->sink, store_->context.store_id});
  }
  [[nodiscard]] static Principal till(std::int64_t number) {
    Principal principal;
    principal.device = DeviceIdentity{"till-" + std::to_string(number), protocol::DeviceKind::till, "lane", number};
    return principal;
  }
  [[nodiscard]] Principal person(std::int64_t id, access::Role role) const {
    auto principal = store_->manager(role);
    principal.staff->id = id;
    principal.staff->name = "员工" + std::to_string(id);
    return principal;
  }
  [[nodiscard]] Uuid new_id() { return Uuid::make_v7(store_->clock.now().instant.unix_ms, store_->random); }
  [[nodiscard]] protocol::SuspendedBasket basket(const std::string& label) {
    protocol::SuspendedBasket basket;
    basket.id = new_id();
    basket.label = label;
    basket.till = 99;  // the server knows better
    basket.cashier_name = "王芳";
    basket.suspended_at = store_->clock.now();
    basket.business_date = basket.suspended_at.local_date();
    basket.line_count = 1;
    basket.total = Money::of_minor(12'34);
    basket.first_goods = "可口可乐";
    basket.basket.id = new_id();
    basket.basket.lines.resize(1);
    basket.basket.lines.front().line = 1;
    basket.basket.lines.front().name = "可口可乐";
    basket.basket.lines.front().name_en = "Coca-Cola";
    return basket;
  }
  [[nodiscard]] protocol::ApprovalRequest request(const char* permission) {
    protocol::ApprovalRequest request;
    request.id = new_id();
    request.cashier = 11;
    request.cashier_name = "王芳";
    request.permission = permission;
    request.subject = "approval.test";
    request.details["item"] = "可口可乐";
    request.asked_at = store_->clock.now();
    return request;
  }
  template <class T>
  static std::string outcome(const Result<T>& result) {
    return result ? "won" : result.error().code;
  }
  template <class T>
  static std::string detail(const Result<T>& result, std::string_view wanted) {
    if (!result) {
      for (const auto& [name, value] : result.error().details) {
        if (name == wanted) return value;
      }
    }
    return "none";
  }

  std::optional<TestStore> store_;
  std::optional<storage::Database> elsewhere_;
  std::optional<ServiceContext> other_context_;
};

TEST_F(LanesShareTest, ABasketIsPutAsideSeenAndTakenUpOnce) {
  SuspendedService suspended(store_->context);
  const auto one = basket("3-0017");
  ASSERT_TRUE(suspended.suspend(till(3), one));
  ASSERT_TRUE(suspended.suspend(till(3), one));  // the answer was lost
  EXPECT_EQ(store_->number("SELECT COUNT(*) FROM suspended_basket"), 1);
  const auto list = suspended.list(till(5), one.business_date);
  ASSERT_EQ(list->baskets.size(), 1U);
  EXPECT_EQ(list->baskets.front().label, "3-0017");
  EXPECT_EQ(list->baskets.front().till, 3);
  EXPECT_EQ(list->baskets.front().total, one.total);
  EXPECT_EQ(list->baskets.front().first_goods_en, "Coca-Cola");
  const auto got = suspended.recall(till(5), one.id);
  ASSERT_TRUE(got);
  EXPECT_EQ(got->basket, one.basket);
  EXPECT_EQ(outcome(suspended.recall(till(5), one.id)), "won");  // and again: it died before it had saved it
  const auto late = suspended.recall(till(3), one.id);
  EXPECT_EQ(outcome(late), "suspended.taken");
  EXPECT_EQ(detail(late, "till"), "5");
  EXPECT_EQ(outcome(suspended.suspend(till(3), one)), "suspended.taken");
  EXPECT_TRUE(suspended.list(till(3), one.business_date)->baskets.empty());
  EXPECT_EQ(outcome(suspended.recall(till(3), new_id())), "suspended.unknown");
  EXPECT_GE(store_->sink.suspended, 2);
}

TEST_F(LanesShareTest, BasketsOfAnotherDayAreNotOffered) {
  SuspendedService suspended(store_->context);
  auto old = basket("1-0001");
  old.business_date = {2026, 11, 21};
  auto ancient = basket("1-0002");
  ancient.business_date = {2026, 8, 1};
  const auto today = basket("1-0003");
  ASSERT_TRUE(suspended.suspend(till(1), ancient));
  ASSERT_TRUE(suspended.suspend(till(1), old));
  ASSERT_TRUE(suspended.suspend(till(1), today));
  const auto list = suspended.list(till(2), today.business_date);
  ASSERT_EQ(list->baskets.size(), 1U);
  EXPECT_EQ(list->baskets.front().label, "1-0003");
  EXPECT_EQ(store_->number("SELECT COUNT(*) FROM suspended_basket"), 2) << "those of long ago are forgotten";
}

TEST_F(LanesShareTest, WhatIsNoBasketIsRefused) {
  SuspendedService suspended(store_->context);
  const auto with = [&](const std::function<void(protocol::SuspendedBasket&)>& change) {
    auto one = basket("1-0001");
    change(one);
    return detail(suspended.suspend(till(1), one), "at");
  };
  EXPECT_EQ(with([](auto& b) { b.label.clear(); }), "label");
  EXPECT_EQ(with([](auto& b) { b.basket.lines.clear(); }), "basket.lines");
  EXPECT_EQ(with([](auto& b) { b.basket.tenders.resize(1); }), "basket.tenders");
  EXPECT_EQ(with([](auto& b) { b.note = std::string(401, 'x'); }), "note");
  EXPECT_EQ(outcome(suspended.suspend(store_->manager(), basket("1-0001"))), "access.not_a_till");
}

TEST_F(LanesShareTest, OfSixteenTillsThatRecallAtOnceExactlyOneWins) {
  SuspendedService here(store_->context);
  SuspendedService there(*other_context_);
  for (int round = 0; round < 10; ++round) {
    const auto one = basket("1-00" + std::to_string(10 + round));
    ASSERT_TRUE(here.suspend(till(1), one));
    const auto outcomes = race([&](int i) { return outcome((i % 2 == 0 ? here : there).recall(till(i + 1), one.id)); });
    EXPECT_EQ(std::count(outcomes.begin(), outcomes.end(), "won"), 1);
    EXPECT_EQ(std::count(outcomes.begin(), outcomes.end(), "suspended.taken"), racers - 1);
  }
}

TEST_F(LanesShareTest, ARequestIsAnsweredByWhoMay) {
  ApprovalService approvals(store_->context);
  const auto wish = request("sale.void_line");
  const auto asked = approvals.ask(till(3), wish);
  ASSERT_TRUE(asked);
  EXPECT_EQ(asked->state, ApprovalState::waiting);
  EXPECT_EQ(asked->request.till, 3);
  EXPECT_EQ(approvals.list(till(4))->approvals.size(), 1U);
  EXPECT_EQ(outcome(approvals.answer(person(21, access::Role::cashier), wish.id, true)), "access.forbidden");
  EXPECT_EQ(outcome(approvals.answer(person(21, access::Role::accountant), wish.id, true)), "access.forbidden");
  EXPECT_EQ(outcome(approvals.answer(person(11, access::Role::manager), wish.id, true)), "approval.same_person");
  EXPECT_EQ(outcome(approvals.answer(person(21, access::Role::manager), new_id(), true)), "approval.unknown");
  const auto granted = approvals.answer(person(21, access::Role::supervisor), wish.id, true);
  ASSERT_TRUE(granted);
  EXPECT_EQ(granted->state, ApprovalState::granted);
  EXPECT_EQ(granted->answered_by, 21);
  const auto known = approvals.status(till(3), wish.id);
  EXPECT_EQ(known->state, ApprovalState::granted);
  EXPECT_EQ(known->answered_by_name, "员工21");
  EXPECT_EQ(known->request.details["item"], "可口可乐");
  EXPECT_EQ(outcome(approvals.answer(person(21, access::Role::supervisor), wish.id, true)), "won") << "asked again";
  const auto late = approvals.answer(person(22, access::Role::manager), wish.id, false);
  EXPECT_EQ(outcome(late), "approval.answered");
  EXPECT_EQ(detail(late, "name"), "员工21");
  EXPECT_EQ(detail(late, "state"), "granted");
  EXPECT_TRUE(approvals.list(till(4))->approvals.empty());
  EXPECT_EQ(approvals.ask(till(3), wish)->state, ApprovalState::granted) << "the same id again";
  EXPECT_GE(store_->sink.approvals, 2);
}

TEST_F(LanesShareTest, LimitsOfTheRoleHoldFromAfarToo) {
  ApprovalService approvals(store_->context);
  const auto answer = [&](protocol::ApprovalRequest wish, access::Role role) {
    EXPECT_TRUE(approvals.ask(till(1), wish));
    return outcome(approvals.answer(person(30, role), wish.id, true));
  };
  auto discount = request("sale.discount");
  discount.rate = Rate::of_per_10k(2001);
  EXPECT_EQ(answer(discount, access::Role::supervisor), "approval.over_limit");
  EXPECT_EQ(answer(discount, access::Role::manager), "won");
  auto refund = request("sale.return");
  refund.amount = Money::of_minor(500'01);
  EXPECT_EQ(answer(refund, access::Role::supervisor), "approval.over_limit");
  EXPECT_EQ(answer(refund, access::Role::manager), "won");
  auto whole = request("sale.void_completed");
  whole.amount = Money::of_minor(500'01);
  EXPECT_EQ(answer(whole, access::Role::supervisor), "approval.over_limit");
  EXPECT_EQ(answer(whole, access::Role::manager), "won");
  auto blind = request("sale.return_blind");
  blind.amount = Money::of_minor(100'00);
  EXPECT_EQ(answer(blind, access::Role::supervisor), "won");
  auto deposits = request("sale.deposit_back");
  deposits.amount = Money::of_minor(2'000'01);
  EXPECT_EQ(answer(deposits, access::Role::supervisor), "approval.over_limit");
  EXPECT_EQ(answer(deposits, access::Role::manager), "won");
  auto dear = request("sale.open_price");
  dear.amount = Money::of_minor(2'000'01);
  EXPECT_EQ(answer(dear, access::Role::supervisor), "approval.over_limit");
}

TEST_F(LanesShareTest, AnAnswerAtAnotherTillIsThatOfThePersonThere) {
  ApprovalService approvals(store_->context);
  const auto supervisor = store_->put_person("2001", access::Role::supervisor);
  const auto cashier = store_->put_person("1001", access::Role::cashier);
  const auto wish = request("sale.void_line");
  ASSERT_TRUE(approvals.ask(till(1), wish));
  EXPECT_EQ(outcome(approvals.answer_at_till(till(2), wish.id, {true, cashier})), "access.forbidden");
  EXPECT_EQ(outcome(approvals.answer_at_till(till(2), wish.id, {true, 4711})), "access.forbidden");
  EXPECT_EQ(outcome(approvals.answer_at_till(till(2), wish.id, {true, std::nullopt})), "access.forbidden");
  const auto refused = approvals.answer_at_till(till(2), wish.id, {false, supervisor});
  ASSERT_TRUE(refused);
  EXPECT_EQ(refused->state, ApprovalState::refused);
  EXPECT_EQ(refused->answered_by_number, "2001");
  auto admin = store_->manager();
  const auto trail = AuditTrail(store_->context).list(admin, 0, 10);
  ASSERT_TRUE(trail);
  EXPECT_EQ(trail->front().act.act, "approval.refuse");
  EXPECT_EQ(trail->front().staff, supervisor);
  EXPECT_EQ(trail->front().device_id, "till-2");
}

TEST_F(LanesShareTest, RequestsEndByTimeAndByTakingThemBack) {
  ApprovalService approvals(store_->context);
  const auto old = request("sale.void_line");
  ASSERT_TRUE(approvals.ask(till(1), old));
  store_->clock.advance(ApprovalService::waits_ms);
  EXPECT_EQ(approvals.list(till(1))->approvals.size(), 1U);
  store_->clock.advance(1);
  EXPECT_TRUE(approvals.list(till(1))->approvals.empty());
  EXPECT_EQ(outcome(approvals.answer(person(21, access::Role::manager), old.id, true)), "approval.expired");
  EXPECT_EQ(approvals.status(till(1), old.id)->state, ApprovalState::expired);
  EXPECT_EQ(outcome(approvals.answer(person(21, access::Role::manager), old.id, true)), "approval.expired");
  const auto wish = request("sale.void_line");
  ASSERT_TRUE(approvals.ask(till(1), wish));
  EXPECT_EQ(outcome(approvals.withdraw(till(2), wish.id)), "approval.unknown");
  EXPECT_EQ(approvals.withdraw(till(1), wish.id)->state, ApprovalState::withdrawn);
  EXPECT_EQ(outcome(approvals.answer(person(21, access::Role::manager), wish.id, true)), "approval.answered");
  const auto granted = request("sale.void_line");
  ASSERT_TRUE(approvals.ask(till(1), granted));
  ASSERT_TRUE(approvals.answer(person(21, access::Role::manager), granted.id, true));
  EXPECT_EQ(approvals.withdraw(till(1), granted.id)->state, ApprovalState::granted) << "somebody was faster";
}

TEST_F(LanesShareTest, WhatNobodyCanAnswerIsRefused) {
  ApprovalService approvals(store_->context);
  auto wish = request("nothing.known");
  EXPECT_EQ(detail(approvals.ask(till(1), wish), "at"), "permission");
  wish = request("sale.void_line");
  wish.details = json::Value::array();
  EXPECT_EQ(detail(approvals.ask(till(1), wish), "at"), "details");
}

TEST_F(LanesShareTest, OfSixteenWhoAnswerAtOnceExactlyOneCounts) {
  ApprovalService here(store_->context);
  ApprovalService there(*other_context_);
  for (int round = 0; round < 10; ++round) {
    const auto wish = request("sale.void_line");
    ASSERT_TRUE(here.ask(till(1), wish));
    const auto outcomes = race([&](int i) {
      auto& service = i % 2 == 0 ? here : there;
      return outcome(service.answer(person(100 + i, access::Role::manager), wish.id, i % 3 == 0));
    });
    EXPECT_EQ(std::count(outcomes.begin(), outcomes.end(), "won"), 1);
    EXPECT_EQ(std::count(outcomes.begin(), outcomes.end(), "approval.answered"), racers - 1);
  }
  EXPECT_EQ(store_->number("SELECT COUNT(*) FROM audit_record"), 10);
}

}  // namespace
}  // namespace lanekeeper::services
