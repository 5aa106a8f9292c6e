// The routes of promotions, coupons and returns over the wire.
#include <gtest/gtest.h>

#include <algorithm>

#include "../eventually.h"
#include "live_server.h"
#include "protocol/promotion_messages.h"
#include "protocol/promotions.h"

namespace lanekeeper::http {
namespace {

using protocol::DeviceKind;
using testing::LiveServer;
using testing::outcome;
using testing::request;

class PromotionRoutesTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string problem;
    live_ = testing::shared_server(problem);
    if (live_ == nullptr) GTEST_SKIP() << problem;
    office_ = live_->enrol(DeviceKind::backoffice);
    manager_ = live_->token(access::Role::manager, office_);
    till_ = live_->enrol(DeviceKind::till, ++tills_);
    catalogue::Item item;
    item.number = "P1";
    item.name = "促销商品";
    item.tax_category = 1;
    item.prices = {{"regular", Money::of_minor(1000), std::nullopt, std::nullopt}};
    const auto made = ask(office_, request("POST", "/v1/items", manager_, json::encode(item)));
    EXPECT_TRUE(made == "201" || made == "422 item.number_taken" || made == "409 item.number_taken") << made;
  }
  template <class T>
  [[nodiscard]] T answer(const LiveServer::Device& device, const net::HttpRequest& what) {
    const auto response = live_->client(device.identity)->send(what);
    const auto decoded = json::decode<T>(response.value().body);
    EXPECT_TRUE(decoded) << response->body;
    return decoded.value();
  }
  [[nodiscard]] std::string ask(const LiveServer::Device& device, const net::HttpRequest& what) {
    return outcome(live_->client(device.identity)->send(what));
  }
  [[nodiscard]] protocol::PromotionReview publish(const std::string& definitions) {
    protocol::PromotionDraft draft;
    draft.definitions = definitions;
    draft.note = "试一试";
    return answer<protocol::PromotionReview>(office_,
                                             request("POST", "/v1/promotions/books", manager_, json::encode(draft)));
  }

  static inline std::int64_t tills_ = 40;
  LiveServer* live_ = nullptr;
  LiveServer::Device office_;
  LiveServer::Device till_;
  std::string manager_;
};

TEST_F(PromotionRoutesTest, AnOfficePublishesLooksAndBringsBack) {
  const std::string limited = R"([{"id":"p","kind":"percent_off","percent":10.25,"scope":{"all":true},"max_total":5}])";
  const auto first = publish(limited);
  ASSERT_GT(first.version, 0);
  EXPECT_EQ(answer<protocol::StoreProfile>(till_, request("GET", "/v1/store")).promotion_version, first.version);
  const auto version = "/v1/promotions/books/" + std::to_string(first.version);
  const auto book = answer<protocol::PromotionVersion>(office_, request("GET", version, manager_));
  EXPECT_EQ(book.note, "试一试");
  EXPECT_NE(book.definitions.value().find("10.25"), std::string::npos);
  const auto uses = answer<protocol::PromotionUses>(till_, request("GET", "/v1/promotions/uses?date=2026-11-22"));
  ASSERT_EQ(uses.remaining.size(), 1U);
  EXPECT_EQ(uses.remaining[0].left, 5);
  EXPECT_EQ(ask(till_, request("GET", "/v1/promotions/uses?date=today")), "400 request.bad_parameter");

  EXPECT_EQ(publish("[]").version, first.version + 1);
  const auto restored = answer<protocol::PromotionReview>(office_, request("POST", version + "/restore", manager_));
  EXPECT_EQ(restored.version, first.version + 2);
  const auto page =
      answer<protocol::PromotionVersions>(office_, request("GET", "/v1/promotions/books?limit=1", manager_));
  ASSERT_EQ(page.versions.size(), 1U);
  EXPECT_TRUE(page.more);
  EXPECT_EQ(page.versions[0].restored_from, first.version);
  EXPECT_FALSE(page.versions[0].definitions);
  EXPECT_EQ(ask(office_, request("GET", "/v1/promotions/books/999999", manager_)), "404 promotion.no_version");
}

TEST_F(PromotionRoutesTest, WhatCannotWorkIsToldAndNotPublished) {
  protocol::PromotionDraft draft;
  draft.definitions = R"([{"id":"p","kind":"percent_off","percent":10,"scope":{"items":["nothing"]}}])";
  const auto check = request("POST", "/v1/promotions/check", manager_, json::encode(draft));
  const auto review = answer<protocol::PromotionReview>(office_, check);
  EXPECT_EQ(review.version, 0);
  EXPECT_TRUE(std::any_of(review.findings.begin(), review.findings.end(), [](const auto& one) { return one.error; }));
  EXPECT_EQ(ask(office_, request("POST", "/v1/promotions/books", manager_, json::encode(draft))),
            "422 promotion.refused");
  draft.definitions = "[]";
  draft.based_on = 999;
  EXPECT_EQ(ask(office_, request("POST", "/v1/promotions/books", manager_, json::encode(draft))),
            "409 promotion.changed_meanwhile");
  const auto supervisor = live_->token(access::Role::supervisor, office_);
  EXPECT_EQ(ask(office_, request("POST", "/v1/promotions/books", supervisor, json::encode(draft))),
            "403 access.forbidden");
  EXPECT_EQ(ask(office_, request("GET", "/v1/promotions/books", supervisor)), "200");
}

TEST_F(PromotionRoutesTest, ATillKeepsCouponsAndAsksForReturns) {
  (void)publish(R"([{"id":"c","layer":"coupon","kind":"spend","threshold":"1.00","amount":"0.50","scope":{"all":true},)"
                R"("coupon":{"serial_prefix":"88","serial_length":8}}])");
  const auto other = live_->enrol(DeviceKind::till, ++tills_);
  protocol::CouponReservation mine{"88000001", {}};
  mine.basket.bytes[0] = 1;
  protocol::CouponReservation theirs{"88000001", {}};
  theirs.basket.bytes[0] = 2;
  const auto keep = [&](const LiveServer::Device& device, const protocol::CouponReservation& wish) {
    return ask(device, request("POST", "/v1/coupons", "", json::encode(wish)));
  };
  EXPECT_EQ(keep(till_, mine), "204");
  EXPECT_EQ(keep(other, theirs), "409 coupon.taken");
  EXPECT_EQ(ask(till_, request("POST", "/v1/coupons/release", "", json::encode(mine))), "204");
  EXPECT_EQ(keep(other, theirs), "204");
  EXPECT_EQ(keep(till_, {"99", mine.basket}), "404 coupon.unknown");
  EXPECT_EQ(keep(office_, mine), "403 access.not_a_till");
  EXPECT_EQ(ask(till_, request("GET", "/v1/sales/returnable?till=1&receipt=77")), "404 return.no_sale");
  EXPECT_EQ(ask(till_, request("GET", "/v1/sales/returnable?till=x&receipt=77")), "400 request.bad_parameter");
  const std::string days = "from=2026-11-01&to=2026-11-22";
  const auto search = [&](const LiveServer::Device& device, const std::string& what) {
    return ask(device, request("GET", "/v1/sales/search?" + what));
  };
  EXPECT_EQ(search(till_, days), "200");
  EXPECT_EQ(search(till_, days + "&member=31&item=4&till=2&amount=12.50&limit=10"), "200");
  EXPECT_EQ(search(office_, days), "403 access.not_a_till");
  for (const auto* wrong : {"to=2026-11-22", "from=2026-11-22", "from=2026-11-22&to=2026-11-01", "from=x&to=y"}) {
    EXPECT_EQ(search(till_, wrong), "400 request.bad_parameter") << wrong;
  }
  for (const auto* wrong : {"member=x", "item=0", "till=100000", "amount=much", "limit=51"}) {
    EXPECT_EQ(search(till_, days + "&" + wrong), "400 request.bad_parameter") << wrong;
  }
}

TEST_F(PromotionRoutesTest, PastSalesArePricedAgainOnAThreadOfItsOwn) {
  protocol::RerateRequest wish;
  wish.from = wish.to = Date{2026, 11, 22};
  const auto begun =
      answer<protocol::RerateStatus>(office_, request("POST", "/v1/promotions/rerates", manager_, json::encode(wish)));
  const auto address = "/v1/promotions/rerates/" + begun.id;
  EXPECT_TRUE(testing::eventually([&] {
    return answer<protocol::RerateStatus>(office_, request("GET", address, manager_)).state ==
           protocol::RerateState::done;
  }));
  EXPECT_EQ(ask(office_, request("POST", address + "/cancellation", manager_)), "204");
  wish.version = 999'999;
  const auto wrong =
      answer<protocol::RerateStatus>(office_, request("POST", "/v1/promotions/rerates", manager_, json::encode(wish)));
  EXPECT_TRUE(testing::eventually([&] {
    const auto now =
        answer<protocol::RerateStatus>(office_, request("GET", "/v1/promotions/rerates/" + wrong.id, manager_));
    return now.error && now.error->code == "promotion.no_version";
  }));
  EXPECT_EQ(ask(office_, request("GET", "/v1/promotions/rerates/nothing", manager_)), "404 rerating.unknown");
}

}  // namespace
}  // namespace lanekeeper::http
