#include <ctime>

#include <gtest/gtest.h>

#include "access/permissions.h"
#include "access/verifier.h"

namespace lanekeeper::access {
namespace {

constexpr Permission all_permissions[] = {
    Permission::sale_ring,     Permission::sale_void_line,     Permission::sale_void_basket, Permission::price_override,
    Permission::weight_manual, Permission::till_lock_takeover, Permission::items_read,       Permission::items_edit,
    Permission::items_import,  Permission::sales_read,         Permission::devices_approve,  Permission::devices_read,
    Permission::staff_edit,    Permission::store_settings,     Permission::exceptions_read,  Permission::ops_metrics};

std::string granted(Role role) {
  std::string names;
  for (const auto permission : all_permissions) {
    if (allows(role, permission)) names += std::string(names.empty() ? "" : " ") + std::string(name_of(permission));
  }
  return names;
}

TEST(Permissions, EveryRoleHasExactlyItsOwn) {
  EXPECT_EQ(granted(Role::cashier), "sale.ring sale.void_line sale.void_basket");
  EXPECT_EQ(granted(Role::supervisor),
            "sale.ring sale.void_line sale.void_basket price.override weight.manual till.lock_takeover items.read "
            "sales.read");
  EXPECT_EQ(granted(Role::stock_clerk), "items.read items.edit items.import");
  EXPECT_EQ(granted(Role::purchaser), "items.read items.edit items.import sales.read");
  EXPECT_EQ(granted(Role::accountant), "items.read sales.read devices.read exceptions.read");
  EXPECT_EQ(
      granted(Role::manager),
      "sale.ring sale.void_line sale.void_basket price.override weight.manual till.lock_takeover items.read items.edit "
      "items.import sales.read devices.approve devices.read staff.edit store.settings exceptions.read");
  EXPECT_EQ(granted(Role::owner), "items.read sales.read devices.read store.settings exceptions.read ops.metrics");
  EXPECT_EQ(granted(Role::administrator),
            "devices.approve devices.read staff.edit store.settings exceptions.read ops.metrics");
}

TEST(Permissions, UnknownRolesMayNothing) {
  EXPECT_EQ(granted(static_cast<Role>(99)), "");
  EXPECT_FALSE(allows(Role::manager, static_cast<Permission>(99)));
  EXPECT_EQ(name_of(static_cast<Permission>(99)), "unknown");
}

TEST(Permissions, TheListAgreesWithTheQuestion) {
  for (const auto& [role, name] : json::EnumNames<Role>::names) {
    const auto list = permissions_of(role);
    for (const auto permission : all_permissions) {
      const bool listed = std::find(list.begin(), list.end(), permission) != list.end();
      EXPECT_EQ(allows(role, permission), listed) << name << " " << name_of(permission);
    }
  }
}

TEST(Verifier, PinAndPasswordAtTheirCosts) {
  const auto pin = make_verifier(SecretKind::pin, "2580").value();
  EXPECT_TRUE(pin.starts_with("$argon2id$v=19$m=8192,t=2,p=1$")) << pin;
  EXPECT_TRUE(matches(pin, "2580"));
  EXPECT_FALSE(matches(pin, "2581"));
  EXPECT_FALSE(matches(pin, ""));
  EXPECT_NE(make_verifier(SecretKind::pin, "2580").value(), pin);  // salted
  const auto password = make_verifier(SecretKind::password, "correct 马 battery").value();
  EXPECT_TRUE(password.starts_with("$argon2id$v=19$m=65536,t=3,p=1$")) << password;
  EXPECT_TRUE(matches(SecretKind::password, password, "correct 马 battery"));
}

TEST(Verifier, RubbishMatchesNothing) {
  EXPECT_FALSE(matches("", "2580"));
  EXPECT_FALSE(matches("2580", "2580"));
  EXPECT_FALSE(matches(std::string(5000, '$'), "2580"));
  EXPECT_FALSE(matches("$argon2id$v=19$m=8192,t=2,p=1$", "2580"));
}

TEST(Verifier, WeakSecretsAreRefused) {
  for (const auto* weak : {"", "123", "123456789", "1111", "1234", "4321", "7890", "0987", "12a4", "１２３５"}) {
    EXPECT_EQ(make_verifier(SecretKind::pin, weak).error().code, "access.weak_pin") << weak;
  }
  EXPECT_TRUE(make_verifier(SecretKind::pin, "1235"));
  EXPECT_EQ(make_verifier(SecretKind::password, "1234567").error().code, "access.weak_password");
  EXPECT_EQ(make_verifier(SecretKind::password, "密码密码").error().code, "access.weak_password");
}

std::int64_t cpu_ns(const std::function<void()>& work) {
  const auto now = [] {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return std::int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
  };
  std::int64_t best = INT64_MAX;
  for (int i = 0; i < 5; ++i) {
    const auto start = now();
    work();
    best = std::min(best, now() - start);
  }
  return best;
}

TEST(Verifier, AnEmptyOneCostsAsMuchWorkAsARealOne) {
  const auto real = make_verifier(SecretKind::pin, "2580").value();
  const auto known = cpu_ns([&] { (void)matches(real, "9753"); });
  const auto unknown = cpu_ns([&] { (void)matches("", "9753"); });
  EXPECT_GT(unknown * 2, known);
  EXPECT_GT(known * 2, unknown);
}

class Limiter : public testing::Test {
 protected:
  std::string verdict(std::int64_t at_ms, std::string_view name = "1027") {
    const auto result = limiter.may_try(name, Instant{at_ms});
    if (result) return "ok";
    return result.error().code + " " + result.error().details.front().second;
  }
  void fail_at(std::int64_t at_ms, std::string_view name = "1027") { limiter.failed(name, Instant{at_ms}); }
  AttemptLimiter limiter;
};

TEST_F(Limiter, WaitsLongerEachTimeAndThenLocks) {
  EXPECT_EQ(verdict(0), "ok");
  fail_at(0);
  EXPECT_EQ(verdict(0), "ok");
  fail_at(0);
  EXPECT_EQ(verdict(0), "access.wait 2");
  EXPECT_EQ(verdict(1999), "access.wait 1");
  EXPECT_EQ(verdict(2000), "ok");
  fail_at(2000);
  EXPECT_EQ(verdict(2000), "access.wait 4");
  EXPECT_EQ(verdict(6000), "ok");
  fail_at(6000);
  EXPECT_EQ(verdict(6000), "access.wait 8");
  EXPECT_EQ(verdict(14'000), "ok");
  fail_at(14'000);
  EXPECT_EQ(verdict(14'000), "access.locked 5");
  EXPECT_EQ(verdict(14'000 + AttemptLimiter::lock_ms - 1), "access.locked 1");
  EXPECT_EQ(verdict(14'000 + AttemptLimiter::lock_ms), "ok");
}

TEST_F(Limiter, ALockThatIsOverCountsFromTheBeginning) {
  for (int i = 0; i < 5; ++i) fail_at(0);
  fail_at(AttemptLimiter::lock_ms);
  EXPECT_EQ(verdict(AttemptLimiter::lock_ms), "ok");
}

TEST_F(Limiter, SuccessForgetsAndNamesAreApart) {
  for (int i = 0; i < 5; ++i) fail_at(0);
  EXPECT_EQ(verdict(0, "1028"), "ok");
  limiter.succeeded("1027");
  limiter.succeeded("nobody");
  EXPECT_EQ(verdict(0), "ok");
}

TEST_F(Limiter, AClockThatJumpsBackLocksNobodyOutForEver) {
  for (int i = 0; i < 5; ++i) fail_at(4'000'000'000'000);
  EXPECT_EQ(verdict(1'795'312'800'000), "ok");
}

TEST_F(Limiter, StrangersCannotFillTheMemory) {
  for (int i = 0; i < 10'000; ++i) fail_at(i, "stranger" + std::to_string(i));
  for (int i = 0; i < 5; ++i) fail_at(10'000);
  EXPECT_EQ(verdict(10'000), "access.locked 5");
}

}  // namespace
}  // namespace lanekeeper::access
