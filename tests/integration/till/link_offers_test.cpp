// Promotions and members on their way to the till, and what the till asks the store.
#include "../eventually.h"
#include "access/member_keys.h"
#include "linked_till.h"
#include "reply.h"

namespace lanekeeper::till::test {
namespace {

constexpr const char* secret = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

protocol::PromotionBook book(std::int64_t version) {
  return {
      version, samples::time_at("2026-01-01T00:00:00+08:00"),
      R"([{"id":"P)" + std::to_string(version) + R"(","kind":"percent_off","scope":{"items":["1"]},"percent":10}])"};
}

protocol::MemberCard member(std::int64_t id, std::int64_t version) {
  protocol::MemberCard card{id, version, std::to_string(880'000 + id), "王*", "gold", {}, {}, true};
  card.keys = {access::member_key(secret, card.number)};
  return card;
}

class OffersTest : public LinkTest {
 protected:
  void SetUp() override {
    store_.with([](FakeStore::State& state) {
      state.profile.member_secret = secret;
      state.profile.promotion_version = 3;
      state.promotions = {3, std::vector{book(3)}};
      for (int id = 1; id <= 2500; ++id) state.members.push_back(member(id, id <= 2000 ? 1 : 2));
      state.member_version = 2;
      state.profile.member_version = 2;
      state.items = {goods(1, 1)};
      state.version = 1;
    });
  }
  [[nodiscard]] std::int64_t in_force() {
    const auto calendar = till_->replica().promotions();
    return calendar.in_force(SystemClock().now().instant).version();
  }
  // Changes the store as its server would and lets the till hear of it until `holds`.
  template <class Change, class Condition>
  bool after(Change&& change, Condition&& holds) {
    store_.with([&](FakeStore::State& state) {
      change(state);
      ++state.profile.version;
    });
    protocol::PushMessage message;
    message.kind = protocol::PushKind::store;
    const auto deadline = std::chrono::steady_clock::now() + 10s;
    while (!holds() && std::chrono::steady_clock::now() < deadline) {
      store_.push(message);
      static_cast<void>(till_->until([](auto&) { return false; }, 50ms));
    }
    return holds();
  }
};

TEST_F(OffersTest, ComeWithTheFirstLoadAndWhenTheyChange) {
  bring_up();
  ASSERT_TRUE(till_->until([](auto& h) { return h.profiles >= 3; })) << "profile, promotions, members";
  EXPECT_EQ(in_force(), 3);
  EXPECT_EQ(till_->replica().find_member("882500")->id, 2500);
  EXPECT_EQ(till_->replica().find_member("880001")->id, 1);
  const auto told = till_->heard().profiles;
  EXPECT_TRUE(after(
      [](FakeStore::State& state) {
        state.promotions = {4, std::vector{book(4)}};
        state.profile.promotion_version = 4;
        state.members[0].active = false;
        state.members[0].version = state.member_version = 5;
        state.profile.member_version = 5;
      },
      [&] { return in_force() == 4 && !till_->replica().find_member("880001"); }));
  EXPECT_TRUE(till_->until([&](auto& h) { return h.profiles >= told + 3; }));
  EXPECT_EQ(store_.with([](auto& state) { return state.promotion_requests; }), 2);
}

TEST_F(OffersTest, AreNotAskedForWhenNothingChanged) {
  bring_up();
  ASSERT_TRUE(till_->until([](auto& h) { return h.profiles >= 3 && !h.catalogues.empty(); }));
  till_->close();
  till_->open(store_.endpoint());
  ASSERT_TRUE(till_->until([](auto& h) { return h.statuses.size() > 4 && h.state() == State::online; }));
  till_->sell(1);
  ASSERT_TRUE(all_delivered(1));
  EXPECT_EQ(store_.with([](auto& state) { return state.promotion_requests; }), 1);
  EXPECT_EQ(store_.with([](auto& state) { return state.member_requests; }), 2);
  EXPECT_EQ(in_force(), 3);
}

TEST_F(OffersTest, DoNotStopTheGoodsWhenTheyCannotBeHad) {
  store_.with([](FakeStore::State& state) { state.without_offers = true; });
  bring_up();
  ASSERT_TRUE(till_->until([](auto& h) { return !h.catalogues.empty(); }));
  EXPECT_EQ(till_->replica().item_count(), 1);
  EXPECT_EQ(in_force(), 0);
  EXPECT_TRUE(after([](FakeStore::State& state) { state.without_offers = false; },
                    [&] { return in_force() == 3 && till_->replica().find_member("880001").has_value(); }));
}

TEST_F(OffersTest, FollowAListOfMembersThatWasSetBack) {
  bring_up();
  ASSERT_TRUE(till_->until([](auto& h) { return h.profiles >= 3; }));
  EXPECT_TRUE(after(
      [](FakeStore::State& state) {
        state.members = {member(7, 1)};
        state.member_version = 1;
        state.profile.member_version = 1;
      },
      [&] { return !till_->replica().find_member("880001") && till_->replica().find_member("880007").has_value(); }));
}

TEST_F(OffersTest, AServerThatKnowsNoneIsNotAsked) {
  store_.with([](FakeStore::State& state) {
    state.profile.promotion_version.reset();
    state.profile.member_version.reset();
  });
  bring_up();
  ASSERT_TRUE(till_->until([](auto& h) { return !h.catalogues.empty(); }));
  EXPECT_EQ(store_.with([](auto& state) { return state.promotion_requests + state.member_requests; }), 0);
}

class QuestionsTest : public OffersTest {
 protected:
  [[nodiscard]] StoreQuestions& questions() { return till_->link().questions(); }
  Result<sale::ReturnableSale> ask_sale(std::int64_t receipt) {
    Reply<sale::ReturnableSale> reply;
    questions().find_sale(4, receipt, reply.take());
    return reply.get();
  }
  Result<void> reserve(const char* code, const char* basket) {
    Reply<void> reply;
    questions().reserve_coupon({code, samples::uuid(basket)}, reply.take());
    return reply.get();
  }
};

constexpr const char* basket_a = "00000000-0000-4000-8000-00000000000a";
constexpr const char* basket_b = "00000000-0000-4000-8000-00000000000b";

TEST_F(QuestionsTest, AreAnsweredByTheStore) {
  sale::ReturnableSale sold;
  sold.sale = samples::finished_sale();
  sold.refunded = Money::of_minor(150);
  store_.with([&](FakeStore::State& state) {
    state.returnable[12] = sold;
    state.remaining = {{"P1", 2}};
  });
  bring_up();
  EXPECT_EQ(ask_sale(12), sold);
  EXPECT_EQ(ask_sale(13).error().code, "return.no_sale");
  EXPECT_TRUE(reserve("C-1", basket_a));
  EXPECT_TRUE(reserve("C-1", basket_a)) << "for the same basket again";
  EXPECT_EQ(reserve("C-1", basket_b).error().code, "coupon.taken");
  questions().release_coupon({"C-1", samples::uuid(basket_a)});
  EXPECT_TRUE(reserve("C-1", basket_b));
  Reply<protocol::PromotionUses> uses;
  questions().promotion_uses(5, {2026, 11, 20}, uses.take());
  EXPECT_EQ(uses.get()->remaining, (std::vector<sale::RemainingUses>{{"P1", 2}}));
}

TEST_F(QuestionsTest, FindASaleWithoutItsReceipt) {
  const auto sold = protocol::found_sale({samples::finished_sale(), {}, {}, false});
  store_.with([&](FakeStore::State& state) { state.found_sales = {{sold}, true}; });
  bring_up();
  protocol::SaleSearch search{{2026, 10, 22}, {2026, 11, 20}, 31, 4711, 3, Money::of_minor(1739), 50};
  Reply<protocol::FoundSales> reply;
  questions().find_sales(search, reply.take());
  const auto found = reply.get();
  ASSERT_TRUE(found);
  EXPECT_EQ(found->sales, (std::vector<protocol::FoundSale>{sold}));
  EXPECT_TRUE(found->more);
  EXPECT_EQ(store_.with([](FakeStore::State& state) { return state.last_search; }),
            "/v1/sales/search?from=2026-10-22&to=2026-11-20&limit=50&member=31&item=4711&till=3&amount=17.39");
}

TEST_F(QuestionsTest, AreRefusedAtOnceWithoutTheStore) {
  till_.emplace(folder_, net::Endpoint{"127.0.0.1", 1});
  Reply<sale::ReturnableSale> reply;
  questions().find_sale(4, 12, reply.take());
  ASSERT_TRUE(reply.there());
  EXPECT_EQ(reply.get().error().code, "link.offline");
  questions().release_coupon({"C-1", samples::uuid(basket_a)});
}

TEST_F(QuestionsTest, ALineThatBreaksMeanwhileIsAnAnswerToo) {
  bring_up();
  store_.with([](FakeStore::State& state) { state.hold_questions = true; });
  Reply<sale::ReturnableSale> reply;
  questions().find_sale(4, 12, reply.take());
  ASSERT_TRUE(lanekeeper::testing::eventually([&] { return store_.with([](auto& s) { return s.questions > 0; }); }));
  store_.go_away();
  EXPECT_EQ(reply.get().error().code, "link.offline");
  store_.come_back();
}

TEST_F(QuestionsTest, AreFewAtOnceAndNeverHoldUpSales) {
  bring_up();
  store_.with([](FakeStore::State& state) { state.hold_questions = true; });
  std::vector<std::unique_ptr<Reply<sale::ReturnableSale>>> replies;
  int busy = 0;
  for (int i = 0; i < 20; ++i) {
    replies.push_back(std::make_unique<Reply<sale::ReturnableSale>>());
    questions().find_sale(4, 12, replies.back()->take());
    if (replies.back()->there()) {
      ++busy;
      EXPECT_EQ(replies.back()->get().error().code, "link.busy");
      replies.pop_back();
    }
  }
  EXPECT_GE(busy, 11);
  EXPECT_LE(busy, 12);
  till_->sell(3);
  EXPECT_TRUE(all_delivered(3)) << "while the questions wait";
  store_.with([](FakeStore::State& state) { state.hold_questions = false; });
  for (auto& reply : replies) EXPECT_EQ(reply->get().error().code, "return.no_sale");
}

TEST_F(QuestionsTest, EndWithTheTill) {
  bring_up();
  store_.with([](FakeStore::State& state) { state.hold_questions = true; });
  Reply<sale::ReturnableSale> running;
  questions().find_sale(4, 12, running.take());
  const auto start = std::chrono::steady_clock::now();
  till_->link().stop();
  EXPECT_LT(std::chrono::steady_clock::now() - start, 2s);
  Reply<sale::ReturnableSale> late;
  questions().find_sale(4, 12, late.take());
  EXPECT_EQ(late.get().error().code, "link.offline");
  store_.with([](FakeStore::State& state) { state.hold_questions = false; });
}

}  // namespace
}  // namespace lanekeeper::till::test
