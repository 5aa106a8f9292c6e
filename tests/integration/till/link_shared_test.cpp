// What the lanes share through the store: baskets that were put aside, and approvals from afar.
#include <vector>

#include "../eventually.h"
#include "linked_till.h"
#include "reply.h"

namespace lanekeeper::till::test {
namespace {

constexpr Date day{2026, 11, 22};

protocol::SuspendedBasket basket(const char* id) {
  protocol::SuspendedBasket one;
  one.id = samples::uuid(id);
  one.label = "4-0001";
  one.till = 4;
  one.cashier_name = "张敏";
  one.suspended_at = samples::time_at("2026-11-22T12:00:00+08:00");
  one.business_date = day;
  one.line_count = 2;
  one.total = samples::yuan("14.00");
  one.first_goods = "可口可乐";
  one.basket = open_basket(2);
  return one;
}

protocol::ApprovalRequest wish(const char* id) {
  protocol::ApprovalRequest request;
  request.id = samples::uuid(id);
  request.till = 4;
  request.cashier = 7;
  request.cashier_name = "张敏";
  request.permission = "price.override";
  request.subject = "approval.price_override";
  request.details["name"] = "可口可乐";
  request.amount = samples::yuan("2.00");
  request.asked_at = samples::time_at("2026-11-22T12:00:00+08:00");
  return request;
}

constexpr const char* first_id = "00000000-0000-4000-8000-00000000000a";
constexpr const char* second_id = "00000000-0000-4000-8000-00000000000b";

class SharedTest : public LinkTest {
 protected:
  [[nodiscard]] StoreQuestions& questions() { return till_->link().questions(); }
  Result<void> suspend(const protocol::SuspendedBasket& one) {
    Reply<void> reply;
    questions().suspend(one, reply.take());
    return reply.get();
  }
  Result<protocol::SuspendedBasket> recall(const char* id) {
    Reply<protocol::SuspendedBasket> reply;
    questions().recall(samples::uuid(id), reply.take());
    return reply.get();
  }
  Result<protocol::ApprovalStatus> ask_approval(const char* id) {
    Reply<protocol::ApprovalStatus> reply;
    questions().ask_approval(wish(id), reply.take());
    return reply.get();
  }
  [[nodiscard]] int requests() {
    return store_.with([](auto& state) { return state.shared_requests; });
  }
};

TEST_F(SharedTest, BasketsAreHandedOverListedAndTakenUp) {
  bring_up();
  const auto one = basket(first_id);
  ASSERT_TRUE(suspend(one));
  EXPECT_TRUE(suspend(one)) << "the same again";
  Reply<protocol::SuspendedList> listed;
  questions().suspended(day, listed.take());
  const auto list = listed.get();
  ASSERT_TRUE(list) << list.error().message;
  ASSERT_EQ(list->baskets.size(), 1U);
  EXPECT_EQ(list->baskets[0].label, "4-0001");
  EXPECT_EQ(list->baskets[0].total, one.total);
  EXPECT_EQ(recall(first_id), one);
  EXPECT_EQ(recall(second_id).error().code, "suspended.unknown");
  EXPECT_EQ(suspend(one).error().code, "suspended.taken") << "it must not come back";
}

TEST_F(SharedTest, OneTillWins) {
  bring_up();
  ASSERT_TRUE(suspend(basket(first_id)));
  store_.with([](FakeStore::State& state) { state.recalled_by[samples::uuid(first_id)] = 9; });
  EXPECT_EQ(recall(first_id).error().code, "suspended.taken");
}

TEST_F(SharedTest, ALostAnswerToARecallIsAskedForAgain) {
  bring_up();
  const auto one = basket(first_id);
  ASSERT_TRUE(suspend(one));
  store_.with([](FakeStore::State& state) { state.drop_shared_answers = 1; });
  EXPECT_EQ(recall(first_id).error().code, "link.offline");
  EXPECT_EQ(store_.with([](auto& state) { return state.recalled_by.size(); }), 1U) << "it had happened";
  EXPECT_EQ(recall(first_id), one);
}

TEST_F(SharedTest, ALostAnswerToSuspendIsHarmless) {
  bring_up();
  store_.with([](FakeStore::State& state) { state.drop_shared_answers = 1; });
  EXPECT_EQ(suspend(basket(first_id)).error().code, "link.offline");
  EXPECT_TRUE(suspend(basket(first_id)));
  EXPECT_EQ(store_.with([](auto& state) { return state.suspended.size(); }), 1U);
}

TEST_F(SharedTest, ApprovalsAreAskedForAnsweredAndTakenBack) {
  bring_up();
  const auto asked = ask_approval(first_id);
  ASSERT_TRUE(asked) << asked.error().message;
  EXPECT_EQ(asked->state, protocol::ApprovalState::waiting);
  EXPECT_EQ(asked->request.details["name"], "可口可乐");
  EXPECT_EQ(asked->request.amount, samples::yuan("2.00"));
  Reply<protocol::ApprovalList> listed;
  questions().approvals(listed.take());
  EXPECT_EQ(listed.get()->approvals.size(), 1U);
  Reply<protocol::ApprovalStatus> answered;
  questions().answer_approval(samples::uuid(first_id), {true, 12}, answered.take());
  EXPECT_EQ(answered.get()->state, protocol::ApprovalState::granted);
  Reply<protocol::ApprovalStatus> late;
  questions().answer_approval(samples::uuid(first_id), {false, 13}, late.take());
  EXPECT_EQ(late.get().error().code, "approval.answered");
  Reply<protocol::ApprovalStatus> known;
  questions().approval(samples::uuid(first_id), known.take());
  EXPECT_EQ(known.get()->answered_by, 12);

  ASSERT_TRUE(ask_approval(second_id));
  questions().withdraw_approval(samples::uuid(second_id));
  Reply<protocol::ApprovalStatus> after;
  questions().approval(samples::uuid(second_id), after.take());
  EXPECT_EQ(after.get()->state, protocol::ApprovalState::withdrawn);
}

TEST_F(SharedTest, ASlowStoreIsToldFromNone) {
  bring_up();
  store_.with([](FakeStore::State& state) { state.hold_shared = true; });
  EXPECT_EQ(recall(first_id).error().code, "link.timeout");
  store_.with([](FakeStore::State& state) { state.hold_shared = false; });
  till_->close();
  till_.emplace(folder_, net::Endpoint{"127.0.0.1", 1});
  const auto start = std::chrono::steady_clock::now();
  EXPECT_EQ(recall(first_id).error().code, "link.offline");
  EXPECT_LT(std::chrono::steady_clock::now() - start, 1s);
}

TEST_F(SharedTest, GoBeforeCouponsAndSalesThatWait) {
  store_.with([](FakeStore::State& state) { state.hold_questions = true; });
  bring_up();
  ASSERT_TRUE(suspend(basket(first_id)));
  std::vector<std::unique_ptr<Reply<sale::ReturnableSale>>> sales;
  for (int i = 0; i < 9; ++i) {
    sales.push_back(std::make_unique<Reply<sale::ReturnableSale>>());
    questions().find_sale(4, 12, sales.back()->take());
    // The first is under way before the others wait.
    const auto asked = [&] { return store_.with([](auto& state) { return state.questions > 0; }); };
    if (i == 0) {
      ASSERT_TRUE(lanekeeper::testing::eventually(asked));
    }
  }
  Reply<protocol::SuspendedBasket> recalled;
  questions().recall(samples::uuid(first_id), recalled.take());
  Reply<protocol::ApprovalStatus> asked;
  questions().ask_approval(wish(first_id), asked.take());
  EXPECT_FALSE(recalled.there()) << "it has a place of its own";
  store_.with([](FakeStore::State& state) { state.hold_questions = false; });
  EXPECT_TRUE(recalled.get());
  EXPECT_TRUE(asked.get());
  EXPECT_FALSE(sales.back()->there());
  for (auto& sale : sales) EXPECT_EQ(sale->get().error().code, "return.no_sale");
}

TEST_F(SharedTest, AreBoundedToo) {
  bring_up();
  store_.with([](FakeStore::State& state) { state.hold_shared = true; });
  std::vector<std::unique_ptr<Reply<protocol::ApprovalStatus>>> replies;
  int busy = 0;
  for (int i = 0; i < 20; ++i) {
    replies.push_back(std::make_unique<Reply<protocol::ApprovalStatus>>());
    questions().ask_approval(wish(first_id), replies.back()->take());
    if (replies.back()->there()) {
      ++busy;
      EXPECT_EQ(replies.back()->get().error().code, "link.busy");
      replies.pop_back();
    }
  }
  EXPECT_GE(busy, 11);
  EXPECT_LE(busy, 12);
  store_.with([](FakeStore::State& state) { state.hold_shared = false; });
  for (auto& reply : replies) EXPECT_TRUE(reply->get());
}

TEST_F(SharedTest, ChangesAreToldAsTheyHappenAndAfterEachConnection) {
  bring_up();
  ASSERT_TRUE(till_->until([](auto& h) { return h.approvals > 0 && h.suspended > 0; })) << "when it comes up";
  const auto told = [&](protocol::PushKind kind, auto count) {
    protocol::PushMessage message;
    message.kind = kind;
    auto heard = till_->heard();
    const auto before = count(heard);
    return lanekeeper::testing::eventually([&] {
      store_.push(message);  // until the channel is up
      return till_->until([&](auto& h) { return count(h) > before; }, 50ms);
    });
  };
  EXPECT_TRUE(told(protocol::PushKind::approvals, [](auto& h) { return h.approvals; }));
  EXPECT_TRUE(told(protocol::PushKind::suspended, [](auto& h) { return h.suspended; }));
  store_.go_away();
  ASSERT_TRUE(till_->until([](auto& h) { return h.state() == State::offline; }, 30s));
  const auto before = till_->heard();
  store_.come_back();
  till_->link().reconnect_now();
  EXPECT_TRUE(
      till_->until([&](auto& h) { return h.approvals > before.approvals && h.suspended > before.suspended; }, 30s))
      << "pushes may have been missed";
}

TEST_F(SharedTest, ControlEntriesAreSentLikeSales) {
  bring_up();
  for (int step = 0; step < 10; ++step) work_at_till(till_->journal(), step);
  ASSERT_TRUE(all_delivered(10));
  EXPECT_EQ(till_->outbox().unsent, 0);
  store_.with([](auto& state) {
    ASSERT_EQ(state.stored.size(), 10U);
    EXPECT_TRUE(journal::decode_control(state.stored.begin()->second.payload));
  });
}

TEST_F(SharedTest, TheShiftIsReported) {
  bring_up();
  till_->link().lane_status({"张敏", "ok", 17});
  EXPECT_TRUE(lanekeeper::testing::eventually([&] {
    return store_.with([](auto& state) { return !state.statuses.empty() && state.statuses.back().shift == 17; });
  }));
}

}  // namespace
}  // namespace lanekeeper::till::test
