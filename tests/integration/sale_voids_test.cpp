// Whole sales that are made undone, at the server: what they used is free again, and what could not be voided is named
// (edge case 43).
#include <gtest/gtest.h>

#include "ops/audit.h"
#include "selling_store.h"
#include "services/coupon_service.h"

namespace lanekeeper::services {
namespace {

using testing::PrivateDatabase;
using testing::SellingStore;
using testing::TestTill;

constexpr std::string_view serial = "88000001";
constexpr std::int64_t member_id = 7;
// The books know no delivery: when all has come back, what is sold next was never there.
constexpr std::string_view out_of_stock = "stock.negative stock.negative";

class SaleVoidsTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto& server = PrivateDatabase::instance();
    if (!server.available()) GTEST_SKIP() << server.problem();
    store_.emplace(server.new_schema());
    till_.emplace(store_->enrol_till(1));
    other_.emplace(store_->enrol_till(2));
    ASSERT_EQ(store_->put_person("1001", access::Role::cashier), 1) << "who rings the sales here";
    supervisor_ = store_->put_person("2001", access::Role::supervisor);
    clerk_ = store_->put_person("2002", access::Role::cashier);
    version_ = store_->publish(
        R"([{"id":"p","kind":"percent_off","percent":10,"scope":{"items":["G1"]},"audience":{"members":true},)"
        R"("max_per_member_day":3,"max_total":9},)"
        R"({"id":"c","layer":"coupon","kind":"spend","threshold":"1.00","amount":"0.50","scope":{"all":true},)"
        R"("coupon":{"serial_prefix":"88","serial_length":8}}])");
  }
  // With a single-use coupon, and two pieces of a limited offer.
  [[nodiscard]] sale::RetailTransaction ring(TestTill& till) {
    auto sale = store_->ring(till, {{store_->items[0], Quantity::of_units(2)}, {store_->items[1], one()}}, version_);
    sale.member = SellingStore::member(member_id);
    sale.coupons = {std::string(serial)};
    store_->price(sale);
    return sale;
  }
  // By somebody else than who rang it.
  [[nodiscard]] sale::RetailTransaction void_of(TestTill& till, const sale::ReturnableSale& sold,
                                                const SellingStore::Back& what) {
    auto back = store_->take_back(till, sold, what);
    back.returned_sale->void_reason = "wrong_payment";
    back.cashier = supervisor_;
    return back;
  }
  [[nodiscard]] sale::RetailTransaction void_of(TestTill& till, const sale::ReturnableSale& sold) {
    return void_of(till, sold, {{1, Quantity::of_units(2)}, {2, one()}});
  }
  [[nodiscard]] static sale::ReturnableSale only(const sale::RetailTransaction& sale) {
    return {sale, {}, {}, false, {}};
  }
  // What is left of the offer for the member today.
  [[nodiscard]] std::int64_t left() {
    const auto uses = store_->promotions.uses(till_->principal(), member_id, store_->clock.now().local_date());
    for (const auto& one : uses.value().remaining) {
      if (one.promotion == "p") return one.left;
    }
    return -1;
  }
  [[nodiscard]] std::string reserve() {
    const auto kept = CouponService(store_->context)
                          .reserve(other_->principal(), {std::string(serial), Uuid::make_v7(9, store_->random)});
    store_->run("DELETE FROM coupon_reservation");
    return kept ? "" : kept.error().code;
  }
  // How often it was said that this was why a void could not be.
  [[nodiscard]] std::int64_t told(const std::string& because) {
    return store_->number(
        "SELECT COUNT(*) FROM journal_exception WHERE kind = 'void.not_allowed' AND details LIKE '%\"" + because +
        "\"%'");
  }
  void expect_clean() {
    const auto report = ops::audit(store_->database, 1);
    EXPECT_TRUE(report.clean()) << report.to_string();
  }
  static Quantity one() { return Quantity::of_units(1); }

  std::optional<SellingStore> store_;
  std::optional<TestTill> till_;
  std::optional<TestTill> other_;
  std::int64_t supervisor_ = 0;
  std::int64_t clerk_ = 0;
  std::int64_t version_ = 0;
};

TEST_F(SaleVoidsTest, WhatTheSaleUsedIsFreeAgain) {
  const auto sale = ring(*till_);
  ASSERT_EQ(store_->send(*till_, sale), "");
  ASSERT_EQ(left(), 1);
  ASSERT_EQ(reserve(), "coupon.used");
  const auto entry = other_->record(void_of(*other_, *store_->sales.returnable(other_->principal(), 1, 1)));
  for (int times = 0; times < 3; ++times) {  // its answer was lost
    ASSERT_TRUE(store_->sales.ingest(other_->principal(), {{entry}}));
    EXPECT_EQ(left(), 3);
    EXPECT_EQ(reserve(), "");
  }
  EXPECT_EQ(store_->number("SELECT COUNT(*) FROM journal_exception"), 0);
  EXPECT_EQ(store_->number("SELECT SUM(amount) FROM cash_balance"), 0);
  EXPECT_EQ(store_->number("SELECT SUM(quantity) FROM stock_balance"), 0);
  expect_clean();
  EXPECT_EQ(store_->send(*other_, ring(*other_)), out_of_stock) << "the coupon is somebody else's first";
  EXPECT_EQ(left(), 1);
  EXPECT_EQ(reserve(), "coupon.used");
  EXPECT_EQ(store_->number("SELECT till FROM coupon_redemption"), 2);
  expect_clean();
  ASSERT_TRUE(store_->sales.ingest(other_->principal(), {{entry}}));
  EXPECT_EQ(reserve(), "coupon.used") << "a void that comes again takes nobody else's coupon";
  expect_clean();
}

TEST_F(SaleVoidsTest, AlsoInOneBatch) {
  const auto sale = ring(*till_);
  std::vector<journal::Entry> entries{till_->record(sale)};
  entries.push_back(till_->record(void_of(*till_, only(sale))));
  entries.push_back(till_->record(ring(*till_)));
  const auto ack = store_->sales.ingest(till_->principal(), {entries});
  ASSERT_TRUE(ack);
  for (const auto& result : ack->results) EXPECT_EQ(result.outcome, protocol::EntryOutcome::stored);
  EXPECT_EQ(store_->number("SELECT COUNT(*) FROM journal_exception WHERE kind <> 'stock.negative'"), 0);
  EXPECT_EQ(left(), 1);
  EXPECT_EQ(store_->number("SELECT sequence FROM coupon_redemption"), 3);
  expect_clean();
}

TEST_F(SaleVoidsTest, TheAuditFindsWhatWasNotGivenBack) {
  const auto sale = ring(*till_);
  ASSERT_EQ(store_->send(*till_, sale), "");
  ASSERT_EQ(store_->send(*other_, void_of(*other_, only(sale))), "");
  store_->run(
      "INSERT INTO coupon_redemption (store_id, code, promotion, till, sequence) VALUES (1, '88000001', 'c', 1, 1)");
  EXPECT_EQ(ops::audit(store_->database, 1).difference->table, "coupon_redemption");
  store_->run("DELETE FROM coupon_redemption");
  expect_clean();
  store_->run("UPDATE sale_promotion_use SET uses = uses + 1 WHERE till = 2");
  EXPECT_EQ(ops::audit(store_->database, 1).difference->table, "sale_promotion_use");
}

TEST_F(SaleVoidsTest, WhatCouldNotBeVoidedStaysUsed) {
  const auto sale = ring(*till_);
  ASSERT_EQ(store_->send(*till_, sale), "");
  const auto refused = [&](const sale::RetailTransaction& back, const std::string& because) {
    const auto kinds = store_->send(*other_, back);
    EXPECT_NE(kinds.find("void.not_allowed"), std::string::npos) << kinds;
    EXPECT_EQ(reserve(), "coupon.used");
    EXPECT_EQ(store_->number("SELECT SUM(uses) FROM promotion_use WHERE member_id = 7"), 2);
    EXPECT_EQ(told(because), 1);
  };
  auto early = void_of(*other_, only(sale));
  early.returned_sale->sale.bytes[0] ^= 1;
  refused(early, "sale_missing");
  refused(void_of(*other_, only(sale), {{2, one()}}), "not_all");
  refused(void_of(*other_, only(sale)), "something_back");
  expect_clean();
}

TEST_F(SaleVoidsTest, WhoMayNotVoidsNothing) {
  const auto sale = ring(*till_);
  ASSERT_EQ(store_->send(*till_, sale), "");
  auto by_clerk = void_of(*other_, only(sale));
  by_clerk.cashier = clerk_;
  EXPECT_EQ(store_->send(*other_, by_clerk), "void.not_allowed");
  EXPECT_EQ(told("permission"), 1);
  EXPECT_EQ(reserve(), "coupon.used");

  auto next = ring(*till_);
  next.coupons.reset();
  next.cashier = supervisor_;
  store_->price(next);
  ASSERT_EQ(store_->send(*till_, next), "promotion.limit_exceeded " + std::string(out_of_stock));
  EXPECT_EQ(store_->send(*other_, void_of(*other_, only(next))), "void.not_allowed") << "who rang it, alone";
  EXPECT_EQ(told("own_sale"), 1);

  store_->clock.advance(std::int64_t{24} * 3600 * 1000);
  auto today = ring(*till_);
  today.coupons.reset();
  store_->price(today);
  ASSERT_EQ(store_->send(*till_, today), out_of_stock);
  store_->clock.advance(std::int64_t{24} * 3600 * 1000);
  EXPECT_EQ(store_->send(*other_, void_of(*other_, only(today))), "void.not_allowed");
  EXPECT_EQ(told("other_day"), 1);
  expect_clean();
}

TEST_F(SaleVoidsTest, SomebodyElseLendsTheRight) {
  const auto sale = ring(*till_);
  ASSERT_EQ(store_->send(*till_, sale), "");
  auto lent = void_of(*other_, only(sale));
  lent.cashier = sale.cashier;
  lent.approvals = {{"sale.void_completed", {}, supervisor_, "2001", sale::ApprovalMeans::pin, lent.started_at, {}}};
  EXPECT_EQ(store_->send(*other_, lent), "");
  EXPECT_EQ(reserve(), "");
  expect_clean();
}

}  // namespace
}  // namespace lanekeeper::services
