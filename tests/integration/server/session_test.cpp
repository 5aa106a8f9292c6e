// People at back offices: passwords, tokens, and who is slowed down.
#include <gtest/gtest.h>

#include "../test_store.h"
#include "services/audit_trail.h"
#include "services/session_service.h"
#include "services/sign_in_limiter.h"

namespace lanekeeper::services {
namespace {

using testing::PrivateDatabase;
using testing::TestStore;

class SessionTest : public ::testing::Test {
 protected:
  static constexpr const char* password = "correct-horse-7";

  void SetUp() override {
    auto& server = PrivateDatabase::instance();
    if (!server.available()) GTEST_SKIP() << server.problem();
    store_.emplace(server.new_schema());
    sessions_.emplace(store_->context);
    person_ = put(manager("1027", "王丽"));
    (void)put(manager("1028", "李强"));
  }
  static NewStaff manager(const std::string& number, const std::string& name) {
    NewStaff staff;
    staff.number = number;
    staff.name = name;
    staff.role = access::Role::manager;
    staff.password = password;
    return staff;
  }
  std::int64_t put(const NewStaff& staff) {
    const auto id = store_->stores.put_staff(staff);
    EXPECT_TRUE(id) << id.error().code;
    return id.value_or(0);
  }
  static Principal office(const std::string& id = "office") {
    Principal principal;
    principal.device = DeviceIdentity{id, protocol::DeviceKind::backoffice, id, 0};
    principal.address = "10.0.0.9";
    return principal;
  }
  // "ok" or the code of the refusal, with its first detail.
  std::string sign_in(const std::string& number, const std::string& secret) {
    const auto session = sessions_->sign_in(office(), {number, secret});
    if (session) return "ok";
    const auto& error = session.error();
    return error.details.empty() ? error.code : error.code + " " + error.details.front().second;
  }
  std::string token(const std::string& number = "1027") {
    return sessions_->sign_in(office(), {number, password}).value().token;
  }
  std::string state(const std::string& token, const std::string& device = "office") {
    const auto staff = sessions_->authenticate(token, device);
    return staff ? "alive" : staff.error().code;
  }
  std::optional<TestStore> store_;
  std::optional<SessionService> sessions_;
  std::int64_t person_ = 0;
};

TEST_F(SessionTest, ThePasswordGivesASessionAtThisDeviceOnly) {
  const auto session = sessions_->sign_in(office(), {"1027", password});
  ASSERT_TRUE(session);
  EXPECT_EQ(session->staff, person_);
  EXPECT_EQ(session->name, "王丽");
  EXPECT_EQ(session->role, access::Role::manager);
  const auto staff = sessions_->authenticate(session->token, "office");
  ASSERT_TRUE(staff);
  EXPECT_EQ(staff->number, "1027");
  EXPECT_EQ(state(session->token, "another"), "access.session_ended");
  EXPECT_EQ(state(session->token), "access.session_ended") << "a token that was stolen counts nowhere any more";

  EXPECT_EQ(sessions_->sign_in(Principal{}, {"1027", password}).error().code, "access.not_enrolled");
  const auto trail = AuditTrail(store_->context).list(store_->manager(access::Role::administrator), 0, 10);
  ASSERT_TRUE(trail);
  EXPECT_EQ(trail->front().act.act, "session.sign_in");
  EXPECT_EQ(trail->front().act.subject, "staff 1027");
}

TEST_F(SessionTest, EverybodyWhoCannotIsToldTheSame) {
  auto cashier = manager("1040", "只用收银机");
  cashier.role = access::Role::cashier;
  cashier.password.reset();
  cashier.pin = "4826";
  (void)put(cashier);
  auto gone = manager("1041", "离职");
  gone.active = false;
  (void)put(gone);
  for (const char* number : {"1027", "1040", "1041", "9999", ""}) {
    EXPECT_EQ(sign_in(number, "wrong-password"), "access.wrong") << number;
  }
  EXPECT_EQ(sign_in("1041", password), "access.wrong");
  EXPECT_EQ(sign_in("1040", "4826"), "access.wrong") << "a PIN is for tills";
  EXPECT_EQ(sign_in(std::string(65, '1'), password), "access.wrong");
  EXPECT_EQ(sign_in("\xff\xfe", password), "access.wrong");
  EXPECT_EQ(sign_in("1027", std::string(2000, 'x')), "access.wrong");
}

TEST_F(SessionTest, WrongPasswordsSlowDownAndThenLock) {
  EXPECT_EQ(sign_in("1027", "wrong-1"), "access.wrong");
  EXPECT_EQ(sign_in("1027", "wrong-2"), "access.wrong");
  EXPECT_EQ(sign_in("1027", password), "access.wait 2") << "the right one has to wait as well";
  store_->clock.advance(2000);
  EXPECT_EQ(sign_in("1027", "wrong-3"), "access.wrong");
  store_->clock.advance(4000);
  EXPECT_EQ(sign_in("1027", "wrong-4"), "access.wrong");
  store_->clock.advance(8000);
  EXPECT_EQ(sign_in("1027", "wrong-5"), "access.wrong");
  EXPECT_EQ(sign_in("1027", password), "access.locked 5");
  EXPECT_EQ(sign_in("1028", password), "ok") << "one person's lock is nobody else's";
  store_->clock.advance(access::AttemptLimiter::lock_ms);
  EXPECT_EQ(sign_in("1027", password), "ok");
  EXPECT_EQ(sign_in("1027", "wrong-1"), "access.wrong") << "and it counts from the beginning";
  EXPECT_EQ(sign_in("1027", password), "ok");
  EXPECT_EQ(store_->number("SELECT COUNT(*) FROM audit_record WHERE record LIKE '%session.failed%'"), 6);
}

// The database takes "1027 " for "1027": a number that is spelt otherwise must not have tries of its own.
TEST_F(SessionTest, ALockCannotBeWalkedAroundByAnotherSpelling) {
  EXPECT_EQ(sign_in("1027 ", password), "access.wrong");
  for (int i = 0; i < access::AttemptLimiter::max_tries; ++i) {
    EXPECT_EQ(sign_in("1027", "wrong"), "access.wrong");
    store_->clock.advance(20'000);
  }
  for (const char* number : {"1027", "1027 ", "1027  ", "1027   "})
    EXPECT_NE(sign_in(number, password), "ok") << number;
}

TEST_F(SessionTest, ASessionEndsWhenItIsIdleOrOld) {
  const auto used = token();
  const auto idle = token();
  for (int i = 0; i < 3; ++i) {
    store_->clock.advance(SessionService::idle_ms - 1);
    EXPECT_EQ(state(used), "alive") << i;
  }
  EXPECT_EQ(state(idle), "access.session_ended");
  store_->clock.advance(SessionService::idle_ms);
  EXPECT_EQ(state(used), "access.session_ended");

  const auto left_alone = token();
  const auto look_again = [&] {
    return sessions_->authenticate(left_alone, "office", SessionService::Asked::by_itself).has_value();
  };
  store_->clock.advance(SessionService::idle_ms / 2);
  EXPECT_TRUE(look_again());
  store_->clock.advance(SessionService::idle_ms / 2 - 1);
  EXPECT_TRUE(look_again());
  EXPECT_EQ(sessions_->left_ms(left_alone), 1);
  store_->clock.advance(1);
  EXPECT_FALSE(look_again()) << "nobody was there";
  EXPECT_EQ(sessions_->left_ms(left_alone), 0);

  const auto busy = token();
  for (std::int64_t passed = 0; passed < SessionService::max_ms - 1'000'000; passed += 1'000'000) {
    store_->clock.advance(1'000'000);
    ASSERT_EQ(state(busy), "alive") << passed;
  }
  store_->clock.advance(1'000'000);
  EXPECT_EQ(state(busy), "access.session_ended") << "a day's work is long enough";
}

TEST_F(SessionTest, SigningOutEndsOneSessionAndRevokingTheDeviceAll) {
  const auto first = token();
  const auto second = token();
  sessions_->sign_out(first);
  EXPECT_EQ(state(first), "access.session_ended");
  EXPECT_EQ(state(second), "alive");
  const auto elsewhere = sessions_->sign_in(office("elsewhere"), {"1027", password}).value().token;
  sessions_->end_sessions_of_device("office");
  EXPECT_EQ(state(second), "access.session_ended");
  EXPECT_EQ(state(elsewhere, "elsewhere"), "alive");
  sessions_->end_sessions_of_staff(person_);
  EXPECT_EQ(state(elsewhere, "elsewhere"), "access.session_ended");
}

// What a person may do, and with which password, changed: whoever holds the sessions has to hear of it.
TEST_F(SessionTest, AChangeOfWhatAPersonMayDoIsTold) {
  const auto told = [&] { return store_->sink.copy(store_->sink.staff); };
  auto staff = manager("1027", "王丽");
  staff.id = person_;
  staff.password.reset();
  const auto before = told().size();
  staff.name = "王小丽";
  (void)put(staff);
  EXPECT_EQ(told().size(), before) << "a new name ends nothing";
  staff.role = access::Role::accountant;
  (void)put(staff);
  staff.password = "another-horse-8";
  (void)put(staff);
  staff.password.reset();
  staff.active = false;
  (void)put(staff);
  EXPECT_EQ(told().size(), before + 3);
  EXPECT_EQ(told().back(), person_);
  EXPECT_EQ(sign_in("1027", "another-horse-8"), "access.wrong") << "not active";
}

TEST_F(SessionTest, ManyPeopleAtOnceAreBounded) {
  std::atomic<int> answered = 0;
  std::atomic<int> busy = 0;
  constexpr int all = static_cast<int>(SessionService::max_waiting) + 10;
  for (int i = 0; i < all; ++i) {
    sessions_->sign_in(office(), {"1027", password}, [&](const Result<protocol::Session>& session) {
      if (!session && session.error().code == "access.busy") ++busy;
      ++answered;
    });
  }
  EXPECT_TRUE(testing::eventually([&] { return answered == all; }, std::chrono::seconds(60)));
  EXPECT_GT(busy, 0);
  EXPECT_LE(busy, 10);
}

// ---- the limiter by itself

TEST(SignInLimiterTest, MadeUpNumbersPushNobodysLockOut) {
  SignInLimiter limiter;
  const SignInLimiter::Who manager{7, "1001"};
  const Instant now{1'795'312'800'000};
  for (int i = 0; i < access::AttemptLimiter::max_tries; ++i) limiter.failed(manager, now);
  ASSERT_FALSE(limiter.may_try(manager, now));
  for (int i = 0; i < 50'000; ++i) limiter.failed({std::nullopt, "made-up-" + std::to_string(i)}, {now.unix_ms + i});
  const auto verdict = limiter.may_try(manager, {now.unix_ms + 50'000});
  ASSERT_FALSE(verdict);
  EXPECT_EQ(verdict.error().code, "access.locked");
}

TEST(SignInLimiterTest, AMadeUpNumberIsLockedLikeAPersonAndIsNotOne) {
  SignInLimiter limiter;
  const Instant now{1'795'312'800'000};
  for (int i = 0; i < access::AttemptLimiter::max_tries; ++i) limiter.failed({std::nullopt, "7"}, now);
  EXPECT_FALSE(limiter.may_try({std::nullopt, "7"}, now));
  EXPECT_TRUE(limiter.may_try({7, "1001"}, now)) << "the number 7 is not the person 7";
  limiter.succeeded({std::nullopt, "7"});
  EXPECT_TRUE(limiter.may_try({std::nullopt, "7"}, now));
}

}  // namespace
}  // namespace lanekeeper::services
