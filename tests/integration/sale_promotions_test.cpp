// Sales with promotions, at the server: priced again, their uses counted, their coupons spent.
#include <gtest/gtest.h>

#include <thread>

#include "ops/audit.h"
#include "selling_store.h"
#include "services/coupon_service.h"
#include "services/price_book.h"

namespace lanekeeper::services {
namespace {

using testing::PrivateDatabase;
using testing::SellingStore;
using testing::TestTill;

constexpr std::int64_t minute_ms = 60'000;

std::string percent_off(const std::string& more) {
  return R"({"id":"p","kind":"percent_off","percent":10,"scope":{"items":["G1"]})" + more + "}";
}
std::string serial_coupon() {
  return R"([{"id":"c","layer":"coupon","kind":"spend","threshold":"1.00","amount":"0.50","scope":{"all":true},)"
         R"("coupon":{"serial_prefix":"88","serial_length":8,"codes":["SAVE"]}}])";
}

class SalePromotionsTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto& server = PrivateDatabase::instance();
    if (!server.available()) GTEST_SKIP() << server.problem();
    store_.emplace(server.new_schema());
    till_.emplace(store_->enrol_till(1));
    other_.emplace(store_->enrol_till(2));
  }
  [[nodiscard]] sale::RetailTransaction ring(TestTill& till, std::int64_t version) {
    return store_->ring(till, {{store_->items[0], Quantity::of_units(2)}, {store_->items[1], Quantity::of_units(1)}},
                        version);
  }
  [[nodiscard]] sale::RetailTransaction ring_for(TestTill& till, std::int64_t version, std::int64_t member) {
    auto sale = ring(till, version);
    sale.member = SellingStore::member(member);
    store_->price(sale);
    return sale;
  }
  [[nodiscard]] std::int64_t left(std::int64_t member, const std::string& promotion = "p") {
    const auto uses = store_->promotions.uses(till_->principal(), member, store_->clock.now().local_date());
    for (const auto& one : uses.value().remaining) {
      if (one.promotion == promotion) return one.left;
    }
    return -1;
  }
  void expect_clean() {
    const auto report = ops::audit(store_->database, 1);
    EXPECT_TRUE(report.clean()) << report.to_string();
  }

  std::optional<SellingStore> store_;
  std::optional<TestTill> till_;
  std::optional<TestTill> other_;
};

TEST_F(SalePromotionsTest, ASaleIsPricedAgainWithTheVersionItNames) {
  const auto first = store_->publish("[" + percent_off("") + "]");
  const auto sale = ring(*till_, first);
  ASSERT_EQ(sale.priced.lines[0].discounts.size(), 1U);
  EXPECT_EQ(store_->send(*till_, sale), "");
  auto cheaper = ring(*till_, first);
  cheaper.lines[0].discount_blocked = true;
  EXPECT_EQ(store_->send(*till_, cheaper), "price.recomputed") << "the till gave what it must not give";
  EXPECT_EQ(store_->send(*till_, ring(*till_, 0)), "promotion.wrong_version") << "the till knows of no promotions";
  auto unknown = ring(*till_, first);
  unknown.promotions->version = 9;
  EXPECT_EQ(store_->send(*till_, unknown), "promotion.unknown_version");
  expect_clean();
}

TEST_F(SalePromotionsTest, DiscountsAndUnitsAreComparedToo) {
  const auto version = store_->publish("[" + percent_off("") + "]");
  auto sale = ring(*till_, version);
  sale.priced.lines[0].discounts[0].promotion = "q";
  EXPECT_EQ(store_->send(*till_, sale), "price.recomputed");
  EXPECT_EQ(store_->number("SELECT COUNT(*) FROM journal_exception WHERE details LIKE '%line 1 discounts%'"), 1);
  sale = ring(*till_, version);
  sale.priced.lines[0].units.reset();
  EXPECT_EQ(store_->send(*till_, sale), "price.recomputed");
  EXPECT_EQ(store_->number("SELECT COUNT(*) FROM journal_exception WHERE details LIKE '%line 1 units%'"), 1);
}

TEST_F(SalePromotionsTest, ATillHasTimeToLearnOfNewPromotions) {
  const auto first = store_->publish("[" + percent_off("") + "]");
  ASSERT_TRUE(store_->promotions.publish(store_->manager(), {"[]", std::nullopt, "", std::nullopt}));
  store_->clock.advance(1000);
  EXPECT_EQ(store_->send(*till_, ring(*till_, first)), "");
  store_->clock.advance(20 * minute_ms);
  EXPECT_EQ(store_->send(*till_, ring(*till_, first)), "promotion.wrong_version");
  EXPECT_EQ(store_->send(*till_, ring(*till_, 2)), "");
  auto later = store_->clock.now();
  later.instant.unix_ms += 3 * minute_ms;
  ASSERT_TRUE(store_->promotions.publish(store_->manager(), {"[]", later, "", std::nullopt}));
  store_->clock.advance(1000);
  EXPECT_EQ(store_->send(*till_, ring(*till_, 3)), "promotion.wrong_version") << "before its hour";
  store_->clock.advance(3 * minute_ms);
  EXPECT_EQ(store_->send(*till_, ring(*till_, 3)), "");
}

TEST_F(SalePromotionsTest, APriceForMembersIsComparedWithTheCatalogue) {
  auto item = store_->items[0];
  const auto regular = item.prices[0].amount;
  const auto cheaper = regular - Money::of_minor(20);
  item.prices.push_back({"member", cheaper, std::nullopt, std::nullopt});
  const auto saved = store_->catalogue.update(store_->manager(), item);
  ASSERT_TRUE(saved) << saved.error().code;
  store_->version = saved->item.version;
  store_->clock.advance(PriceBook::look_again_ms);
  const auto sell = [&](Money to_members) {
    auto sale = ring_for(*till_, 0, 7);
    sale.lines[0].list_prices = {{"member", to_members}};
    store_->price(sale);
    return sale;
  };
  const auto sale = sell(cheaper);
  EXPECT_EQ(sale.priced.discount, Money::of_minor(40));
  EXPECT_EQ(store_->send(*till_, sale), "");
  EXPECT_EQ(store_->send(*till_, sell(cheaper - Money::of_minor(1))), "price.differs");
}

TEST_F(SalePromotionsTest, UsesAreCountedPerMemberAndDay) {
  const auto version =
      store_->publish("[" + percent_off(R"(,"audience":{"members":true},"max_per_member_day":3)") + "]");
  EXPECT_EQ(left(7), 3);
  EXPECT_EQ(left(0), -1) << "without a member there is nothing to say";
  EXPECT_EQ(store_->send(*till_, ring_for(*till_, version, 7)), "");
  EXPECT_EQ(left(7), 1);
  EXPECT_EQ(left(8), 3);
  // The other till has not heard of it.
  EXPECT_EQ(store_->send(*other_, ring_for(*other_, version, 7)), "promotion.limit_exceeded");
  EXPECT_EQ(left(7), 0);
  store_->clock.advance(24 * 60 * minute_ms);
  EXPECT_EQ(left(7), 3) << "another day";
  expect_clean();
  store_->run("UPDATE promotion_use SET uses = uses + 1 WHERE member_id = 7");
  EXPECT_EQ(ops::audit(store_->database, 1).difference->table, "promotion_use");
  store_->run("UPDATE promotion_use SET uses = uses - 1 WHERE member_id = 7");
  store_->run("UPDATE sale_promotion_use SET uses = uses + 1 WHERE till = 1");
  EXPECT_EQ(ops::audit(store_->database, 1).difference->table, "sale_promotion_use");
}

TEST_F(SalePromotionsTest, UsesAreCountedInTotal) {
  const auto version = store_->publish("[" + percent_off(R"(,"max_total":5)") + "]");
  EXPECT_EQ(left(0), 5);
  EXPECT_EQ(store_->send(*till_, ring(*till_, version)), "");
  EXPECT_EQ(store_->send(*other_, ring_for(*other_, version, 7)), "");
  EXPECT_EQ(left(0), 1);
  EXPECT_EQ(left(7), 1);
  auto last = ring(*till_, version);
  last.promotions->remaining = {{"p", 1}};
  store_->price(last);
  EXPECT_EQ(store_->send(*till_, last), "");
  EXPECT_EQ(left(0), 0);
  EXPECT_EQ(store_->send(*till_, ring(*till_, version)), "promotion.limit_exceeded");
  expect_clean();
}

TEST_F(SalePromotionsTest, TheSameSaleTwiceIsCountedOnce) {
  const auto version = store_->publish("[" + percent_off(R"(,"max_total":5)") + "]");
  const auto entry = till_->record(ring(*till_, version));
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(store_->sales.ingest(till_->principal(), {{entry}}));
  EXPECT_EQ(left(0), 3);
}

TEST_F(SalePromotionsTest, OneBasketHasACoupon) {
  (void)store_->publish(serial_coupon());
  CouponService coupons(store_->context);
  const auto basket = Uuid::make_v7(1, store_->random);
  const auto other = Uuid::make_v7(2, store_->random);
  const auto code = [](const Result<void>& result) { return result ? std::string("ok") : result.error().code; };
  const auto reserve = [&](const Uuid& id) { return code(coupons.reserve(till_->principal(), {"88000001", id})); };
  EXPECT_EQ(reserve(basket), "ok");
  EXPECT_EQ(reserve(basket), "ok") << "again the same";
  EXPECT_EQ(reserve(other), "coupon.taken");
  EXPECT_TRUE(coupons.release(till_->principal(), {"88000001", other})) << "not its own: nothing happens";
  EXPECT_EQ(reserve(other), "coupon.taken");
  EXPECT_TRUE(coupons.release(till_->principal(), {"88000001", basket}));
  EXPECT_EQ(reserve(other), "ok");
  store_->clock.advance(15 * minute_ms);
  EXPECT_EQ(reserve(basket), "ok") << "its time was over";
  EXPECT_EQ(code(coupons.reserve(till_->principal(), {"77000001", basket})), "coupon.unknown");
  EXPECT_EQ(code(coupons.reserve(till_->principal(), {"SAVE", basket})), "ok") << "good for everybody";
  EXPECT_EQ(code(coupons.reserve({}, {"88000001", basket})), "access.not_enrolled");
}

TEST_F(SalePromotionsTest, OfTwoTillsAtTheSameMomentOneGetsTheCoupon) {
  (void)store_->publish(serial_coupon());
  CouponService coupons(store_->context);
  for (int round = 0; round < 10; ++round) {
    const auto code = "8800010" + std::to_string(round);
    std::atomic<int> kept = 0;
    std::atomic<int> taken = 0;
    std::vector<std::thread> threads;
    for (int t = 0; t < 6; ++t) {
      threads.emplace_back([&, t] {
        const auto result = coupons.reserve(till_->principal(), {code, Uuid::make_v7(t, store_->random)});
        if (result) ++kept;
        if (!result && result.error().code == "coupon.taken") ++taken;
      });
    }
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(kept, 1);
    EXPECT_EQ(taken, 5);
  }
}

TEST_F(SalePromotionsTest, ACouponIsSpentWithItsSaleAndOnlyOnce) {
  const auto version = store_->publish(serial_coupon());
  CouponService coupons(store_->context);
  const auto sell = [&](TestTill& till) {
    auto sale = ring(till, version);
    sale.coupons = {"88000001"};
    store_->price(sale);
    return sale;
  };
  const auto sale = sell(*till_);
  ASSERT_TRUE(sale.priced.discount > Money{});
  ASSERT_TRUE(coupons.reserve(till_->principal(), {"88000001", sale.id}));
  EXPECT_EQ(store_->send(*till_, sale), "");
  EXPECT_EQ(store_->number("SELECT COUNT(*) FROM coupon_reservation"), 0);
  EXPECT_EQ(coupons.reserve(other_->principal(), {"88000001", Uuid::make_v7(2, store_->random)}).error().code,
            "coupon.used");
  EXPECT_EQ(store_->send(*other_, sell(*other_)), "coupon.used_twice") << "it was offline";
  expect_clean();
  store_->run("UPDATE coupon_redemption SET till = 2, sequence = 1");
  EXPECT_EQ(ops::audit(store_->database, 1).difference->table, "coupon_redemption");
  store_->run("DELETE FROM coupon_redemption");
  EXPECT_EQ(ops::audit(store_->database, 1).difference->table, "coupon_redemption");
}

}  // namespace
}  // namespace lanekeeper::services
