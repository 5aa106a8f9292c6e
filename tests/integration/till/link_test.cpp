#include <algorithm>

#include "../eventually.h"
#include "link/clock_watch.h"
#include "link/store_contact.h"
#include "linked_till.h"

namespace lanekeeper::till::test {
namespace {

TEST_F(LinkTest, PairsWithACodeAndKeepsItsKeyPrivate) {
  till_.emplace(folder_, store_.endpoint());
  ASSERT_TRUE(till_->until([](auto& h) { return h.state() == State::pairing; }));
  EXPECT_EQ(till_->heard().statuses.back().ticket->code, "100001");
  EXPECT_EQ(till_->link().till(), 0);
  const auto permissions = std::filesystem::status(folder_ / "till.key").permissions();
  EXPECT_EQ(permissions, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  approve(store_);
  ASSERT_TRUE(till_->until([](auto& h) { return h.state() == State::online && h.till == 4 && h.profiles == 1; }));
  EXPECT_EQ(till_->link().till(), 4);
  EXPECT_EQ(till_->replica().profile()->name, "Test store");
  till_->sell(1);
  ASSERT_TRUE(all_delivered(1));
}

TEST_F(LinkTest, TakesATemplateOfReceiptsWhileItIsOn) {
  till_.emplace(folder_, store_.endpoint());
  ASSERT_TRUE(till_->until([](auto& h) { return h.state() == State::pairing; }));
  approve(store_);
  ASSERT_TRUE(till_->until([](auto& h) { return h.state() == State::online && h.profiles == 1; }));
  EXPECT_FALSE(till_->replica().profile()->receipt_templates);
  const protocol::ReceiptTemplate thanks{"sale", "zh_CN", "谢谢惠顾"};
  store_.with([&](FakeStore::State& state) {
    state.profile.receipt_templates = {thanks};
    ++state.profile.version;
  });
  protocol::PushMessage message;
  message.kind = protocol::PushKind::store;
  ASSERT_TRUE(testing::eventually([&] {
    store_.push(message);  // the channel may have opened only now
    const auto profile = till_->replica().profile();
    return profile && profile->receipt_templates == std::vector{thanks};
  }));
  EXPECT_GE(till_->heard().profiles, 2) << "the lane was told";
}

TEST_F(LinkTest, GoesOnWithTheSameCodeAfterARestart) {
  till_.emplace(folder_, store_.endpoint());
  ASSERT_TRUE(till_->until([](auto& h) { return h.state() == State::pairing; }));
  till_->close();
  approve(store_);  // while the till was off
  till_->open(store_.endpoint());
  ASSERT_TRUE(till_->until([](auto& h) { return h.state() == State::online; }));
  EXPECT_EQ(store_.with([](auto& state) { return state.codes_given; }), 1);
}

TEST_F(LinkTest, TakesANewCodeWhenTheOldOneRunsOutOrOnDemand) {
  till_.emplace(folder_, store_.endpoint());
  ASSERT_TRUE(till_->until([](auto& h) { return h.state() == State::pairing; }));
  till_->link().renew_pairing_code();
  const auto has_code = [](const char* code) {
    return [code](auto& h) { return h.statuses.back().ticket && h.statuses.back().ticket->code == code; };
  };
  ASSERT_TRUE(till_->until(has_code("100002")));
  store_.with([](auto& state) { state.enrolment = protocol::EnrolmentState::expired; });
  ASSERT_TRUE(till_->until(has_code("100003")));
}

TEST_F(LinkTest, SaysWhenItWasTurnedDown) {
  till_.emplace(folder_, store_.endpoint());
  ASSERT_TRUE(till_->until([](auto& h) { return h.state() == State::pairing; }));
  store_.with([](auto& state) { state.enrolment = protocol::EnrolmentState::rejected; });
  ASSERT_TRUE(till_->until([](auto& h) { return h.state() == State::unpaired; }));
  EXPECT_EQ(till_->heard().statuses.back().error->code, "enrolment.rejected");
}

TEST_F(LinkTest, IsPointedToAnotherServerWhileUnpaired) {
  till_.emplace(folder_, net::Endpoint{"127.0.0.1", 1});
  ASSERT_TRUE(till_->until([](auto& h) { return h.state() == State::unpaired; }));
  EXPECT_EQ(till_->link().use_server("not an address").error().code, "net.bad_address");
  ASSERT_TRUE(till_->link().use_server(store_.endpoint().to_string()));
  ASSERT_TRUE(till_->until([](auto& h) { return h.state() == State::pairing; }));
  approve(store_);
  ASSERT_TRUE(till_->until([](auto& h) { return h.state() == State::online; }));
  EXPECT_EQ(till_->link().use_server("elsewhere").error().code, "link.already_paired");
  till_->close();
  till_->open(net::Endpoint{"", 7443});  // nothing said: the server it was enrolled with
  ASSERT_TRUE(till_->until([](auto& h) { return h.statuses.size() > 4 && h.state() == State::online; }));
}

TEST_F(LinkTest, LoadsTheCatalogueAndHearsOfChanges) {
  store_.with([](auto& state) {
    for (int id = 1; id <= 4500; ++id) state.items.push_back(goods(id, 1));
    state.version = 1;
  });
  bring_up();
  ASSERT_TRUE(till_->until([](auto& h) { return !h.catalogues.empty(); }));
  EXPECT_EQ(till_->replica().item_count(), 4500);
  EXPECT_EQ(till_->replica().find_by_code("5500").size(), 1U);
  bool counted = false;
  for (const auto& status : till_->heard().statuses) counted |= status.catalogue_done == 2000;
  EXPECT_TRUE(counted) << "progress of the full load";

  store_.with([](auto& state) {
    state.items[6].prices[0].amount = Money::of_minor(777);
    state.items[6].version = 2;
    state.version = 2;
  });
  protocol::PushMessage message;
  message.kind = protocol::PushKind::catalogue;
  message.version = 2;
  const auto start = std::chrono::steady_clock::now();
  while (till_->heard().catalogues.back() != 2 && std::chrono::steady_clock::now() - start < 10s) {
    store_.push(message);  // until the channel is up
    till_->until([](auto& h) { return h.catalogues.back() == 2; }, 50ms);
  }
  EXPECT_EQ(till_->replica().find_by_id(7)->prices[0].amount.minor(), 777);
  EXPECT_EQ(till_->replica().catalogue_version(), 2);
}

TEST_F(LinkTest, StartsOverWhenTheServerWasSetBack) {
  store_.with([](auto& state) {
    state.items = {goods(1, 9), goods(2, 9)};
    state.version = 9;
  });
  bring_up();
  ASSERT_TRUE(till_->until([](auto& h) { return !h.catalogues.empty(); }));
  store_.with([](auto& state) {
    state.items = {goods(3, 5)};
    state.version = 5;
  });
  till_->link().reconnect_now();
  ASSERT_TRUE(till_->until([](auto& h) { return h.catalogues.back() == 5; }));
  EXPECT_EQ(till_->replica().item_count(), 1);
}

TEST_F(LinkTest, LoadsEverythingAgainWhenTheReplicaIsBroken) {
  store_.with([](auto& state) {
    state.items = {goods(1, 1)};
    state.version = 1;
  });
  bring_up();
  ASSERT_TRUE(till_->until([](auto& h) { return !h.catalogues.empty(); }));
  till_->link().replica_damaged();
  ASSERT_TRUE(till_->until([](auto& h) { return h.catalogues.size() == 2; }));
  EXPECT_EQ(till_->replica().item_count(), 1);
  EXPECT_TRUE(till_->replica().profile());
}

TEST_F(LinkTest, SellsWhileTheServerIsAwayAndDeliversEachSaleOnce) {
  bring_up();
  till_->sell(3);
  ASSERT_TRUE(all_delivered(3));
  store_.go_away();
  ASSERT_TRUE(till_->until([](auto& h) { return h.state() == State::offline; }));
  till_->sell(250);
  EXPECT_EQ(till_->outbox().unsent, 250);
  store_.come_back();
  ASSERT_TRUE(all_delivered(253));
  EXPECT_EQ(till_->outbox().unsent, 0);
  store_.with([](auto& state) {
    EXPECT_EQ(state.stored.size(), 253U);
    EXPECT_EQ(state.repeated, 0U);
    EXPECT_LE(state.largest_upload, 100U);
  });
  const auto heard = till_->heard();
  EXPECT_TRUE(std::is_sorted(heard.delivered.begin(), heard.delivered.end()));
}

TEST_F(LinkTest, SendsTheSameBytesAgainWhenTheAnswerIsLost) {
  bring_up();
  store_.with([](auto& state) { state.lose_answers = true; });
  till_->sell(5);
  ASSERT_TRUE(till_->until([](auto& h) { return h.state() == State::offline; }));
  EXPECT_EQ(till_->outbox().unsent, 5);
  store_.with([](auto& state) { state.lose_answers = false; });
  till_->link().reconnect_now();
  ASSERT_TRUE(all_delivered(5));
  store_.with([](auto& state) {
    EXPECT_EQ(state.stored.size(), 5U);
    EXPECT_GE(state.repeated, 1U);
    EXPECT_EQ(state.changed, 0U);
  });
}

TEST_F(LinkTest, SendsAgainWhatAServerThatWasSetBackHasLost) {
  bring_up();
  till_->sell(5);
  ASSERT_TRUE(all_delivered(5));
  store_.go_away();
  ASSERT_TRUE(till_->until([](auto& h) { return h.state() == State::offline; }));
  std::map<std::int64_t, journal::Entry> before;
  store_.with([&before](auto& state) {
    before = state.stored;
    state.stored.erase(3);
    state.stored.erase(4);
    state.stored.erase(5);
    state.repeated = 0;
  });
  till_->sell(2);
  store_.come_back();
  till_->link().reconnect_now();
  ASSERT_TRUE(till_->until([](auto& h) { return h.delivered.size() == 5 + 3 + 2; })) << till_->trouble();
  EXPECT_EQ(till_->outbox().unsent, 0);
  store_.with([&before](auto& state) {
    EXPECT_EQ(state.stored.size(), 7U);
    EXPECT_EQ(state.repeated, 0U) << "only what is missing";
    for (const auto& [sequence, entry] : before) EXPECT_EQ(state.stored.at(sequence), entry) << "the same bytes";
  });
  EXPECT_EQ(till_->heard().delivered, (std::vector<std::int64_t>{1, 2, 3, 4, 5, 3, 4, 5, 6, 7}));
}

TEST_F(LinkTest, BelievesNoForgedAnswer) {
  bring_up();
  store_.with([](auto& state) { state.forge_answers = true; });
  till_->sell(1);
  ASSERT_TRUE(till_->until([](auto& h) { return h.state() == State::offline; }));
  EXPECT_EQ(till_->heard().statuses.back().error->code, "ack.bad_signature");
  EXPECT_EQ(till_->outbox().unsent, 1);
  store_.with([](auto& state) { state.forge_answers = false; });
  ASSERT_TRUE(all_delivered(1));
}

TEST_F(LinkTest, ParksPoisonAndDeliversTheRest) {
  bring_up();
  store_.with([](auto& state) {
    state.poison = {3};
    state.choke_on = {7};
  });
  store_.go_away();
  ASSERT_TRUE(till_->until([](auto& h) { return h.state() == State::offline; }));
  till_->sell(20);
  store_.come_back();
  ASSERT_TRUE(all_delivered(18));
  EXPECT_EQ(till_->heard().parked, (std::vector<std::int64_t>{3, 7}));
  EXPECT_EQ(till_->outbox().parked, 2);
  EXPECT_EQ(till_->outbox().unsent, 0);
}

TEST_F(LinkTest, IsRevokedAndEnrolsAgainWithTheSameKey) {
  bring_up();
  till_->sell(2);
  ASSERT_TRUE(all_delivered(2));
  store_.with([](auto& state) {
    state.revoked = true;
    state.last_sequence = 2;
  });
  till_->link().reconnect_now();
  ASSERT_TRUE(till_->until([](auto& h) { return h.state() == State::pairing; }));
  bool told = false;
  for (const auto& status : till_->heard().statuses) told |= status.state == State::revoked;
  EXPECT_TRUE(told);
  till_->sell(1);  // recorded all the same
  approve(store_);
  ASSERT_TRUE(all_delivered(3));
  EXPECT_EQ(till_->heard().delivered.back(), 3);
}

constexpr std::int64_t three_hundred_days_ms = 300LL * 24 * 3600 * 1000;

TEST_F(LinkTest, RenewsItsCertificateBeforeItEndsAndGoesOnSelling) {
  store_.with([](auto& state) { state.certificate_age_ms = three_hundred_days_ms; });
  bring_up();
  const auto times_connecting = [](auto& h) {
    return std::count_if(h.statuses.begin(), h.statuses.end(), [](auto& s) { return s.state == State::connecting; });
  };
  // Paired, connecting with the first certificate, beginning anew with the new one.
  ASSERT_TRUE(till_->until([&](auto& h) { return times_connecting(h) >= 3 && h.state() == State::online; }));
  EXPECT_EQ(store_.with([](auto& state) { return state.renewals; }), 1);
  till_->sell(2);
  ASSERT_TRUE(all_delivered(2));
  till_->close();
  till_->open(store_.endpoint());
  ASSERT_TRUE(till_->until([](auto& h) { return h.statuses.size() > 6 && h.state() == State::online; }));
  till_->sell(1);
  ASSERT_TRUE(all_delivered(3));
  EXPECT_EQ(store_.with([](auto& state) { return state.renewals; }), 1) << "the new one was kept";
}

TEST_F(LinkTest, TakesNoCertificateForAnotherKey) {
  store_.with([](auto& state) {
    state.certificate_age_ms = three_hundred_days_ms;
    state.other_key = true;
  });
  bring_up();
  const auto before = std::filesystem::last_write_time(folder_ / "enrolment.json");
  ASSERT_TRUE(
      lanekeeper::testing::eventually([&] { return store_.with([](auto& state) { return state.renewals > 0; }); }));
  till_->sell(2);
  ASSERT_TRUE(all_delivered(2));
  EXPECT_EQ(std::filesystem::last_write_time(folder_ / "enrolment.json"), before);
}

TEST_F(LinkTest, ReportsTheLane) {
  bring_up();
  till_->link().lane_status("张敏", "ok");
  bool seen = false;
  const auto start = std::chrono::steady_clock::now();
  while (!seen && std::chrono::steady_clock::now() - start < 10s) {
    till_->until([](auto&) { return false; }, 20ms);
    seen = store_.with([](auto& state) {
      return !state.statuses.empty() && state.statuses.back().cashier == "张敏" && state.statuses.back().till == 4;
    });
  }
  EXPECT_TRUE(seen);
}

TEST_F(LinkTest, SaysThatItsClockIsNotTheServersAndWhenItIsRightAgain) {
  // The server's clock is off by so much, and this is what the till makes of its own.
  const auto server_is = [this](std::optional<std::int64_t> ahead_s) {
    store_.with([&](FakeStore::State& state) { state.clock_ahead_s = ahead_s; });
    till_->link().reconnect_now();
  };
  const auto told = [this](std::int64_t ahead_s) {
    return till_->until(
        [ahead_s](auto& h) { return !h.statuses.empty() && std::abs(h.statuses.back().clock_ahead_s - ahead_s) <= 2; });
  };
  store_.with([](FakeStore::State& state) { state.clock_ahead_s = -600; });
  bring_up();
  EXPECT_TRUE(told(600)) << till_->heard().statuses.back().clock_ahead_s;
  const auto quiet = [this] { return till_->heard().statuses.size(); };
  const auto before = quiet();
  server_is(-620);
  store_.with([](FakeStore::State& state) { ++state.profile.version; });
  const int profiles = till_->heard().profiles;
  till_->link().reconnect_now();
  ASSERT_TRUE(till_->until([profiles](auto& h) { return h.profiles > profiles; }));
  EXPECT_EQ(quiet(), before) << "the same minute is not told again";
  server_is(3600);
  EXPECT_TRUE(told(-3600));
  server_is(clock_tolerance_s - 10);
  EXPECT_TRUE(told(-(clock_tolerance_s - 10))) << "nearly right is not right yet";
  server_is(60);
  EXPECT_TRUE(told(0));
  till_->sell(1);
  EXPECT_TRUE(all_delivered(1)) << "it sells on all the while";
}

TEST_F(LinkTest, RemembersWhenItHeardTheServerAndHowFarItsClockWasOff) {
  store_.with([](FakeStore::State& state) { state.clock_ahead_s = -600; });
  bring_up();
  ASSERT_TRUE(till_->until([](auto& h) { return !h.statuses.empty() && h.statuses.back().clock_ahead_s > 590; }));
  const auto before = SystemClock().now().instant.unix_ms;
  till_->close();
  store_.go_away();
  till_->open(store_.endpoint());
  ASSERT_TRUE(till_->until([](auto& h) { return h.state() == State::offline; }));
  const auto status = till_->heard().statuses.back();
  EXPECT_NEAR(static_cast<double>(status.clock_ahead_s), 600, 3);
  ASSERT_TRUE(status.heard_at);
  EXPECT_LE(status.heard_at->unix_ms, before);
  EXPECT_GT(status.heard_at->unix_ms, before - 30'000);
}

TEST(ClockWatch, TellsASetClockFromOneThatRunsAndSleeps) {
  ClockWatch watch;
  EXPECT_EQ(watch.moved_s(Instant{1'000'000}, 5s), 0);
  EXPECT_EQ(watch.moved_s(Instant{1'060'000}, 65s), 0) << "a minute later";
  EXPECT_EQ(watch.moved_s(Instant{1'085'000}, 65s), 0) << "what a time service corrects";
  EXPECT_EQ(watch.moved_s(Instant{8'260'000}, 65s), 7200);
  EXPECT_EQ(watch.moved_s(Instant{8'265'000}, 70s), 0) << "told once";
  EXPECT_EQ(watch.moved_s(Instant{1'070'000}, 75s), -7200);
  watch.begin(Instant{5'000'000}, 80s);
  EXPECT_EQ(watch.moved_s(Instant{5'010'000}, 90s), 0);
}

TEST(StoreContact, MovesAlongWithAClockThatSomebodySets) {
  const Folder folder;
  constexpr std::int64_t hour_ms = 3600 * 1000;
  const Instant heard{1'800'000'000'000};
  {
    StoreContact contact(folder.path(), heard);
    contact.heard(heard, 3600);
    contact.clock_moved(-3600, 0);  // it was an hour ahead, and was set right without the server
    EXPECT_EQ(contact.heard_at(), Instant{heard.unix_ms - hour_ms});
  }
  const StoreContact after(folder.path(), Instant{heard.unix_ms + hour_ms});
  EXPECT_EQ(after.clock_ahead_s(), 0) << "not an hour any more";
  EXPECT_EQ(after.heard_at(), Instant{heard.unix_ms - hour_ms});
}

TEST_F(LinkTest, AServerThatSaysNoTimeIsNotDisagreedWith) {
  bring_up();
  till_->sell(1);
  ASSERT_TRUE(all_delivered(1));
  EXPECT_EQ(till_->heard().statuses.back().clock_ahead_s, 0);
}

TEST_F(LinkTest, StopsWithinASecond) {
  bring_up();
  const auto timed_stop = [&] {
    const auto start = std::chrono::steady_clock::now();
    till_->link().stop();
    return std::chrono::steady_clock::now() - start;
  };
  EXPECT_LT(timed_stop(), 1s);
  till_->close();
  store_.go_away();
  till_->open(net::Endpoint{"192.0.2.1", 7443});  // nobody ever answers there
  till_->until([](auto&) { return false; }, 200ms);
  EXPECT_LT(timed_stop(), 1s);
}

}  // namespace
}  // namespace lanekeeper::till::test
