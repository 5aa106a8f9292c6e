// Promotions as the store keeps them: published, reviewed, in force by their hour, brought back.
#include <gtest/gtest.h>

#include "services/promotion_service.h"
#include "test_store.h"

namespace lanekeeper::services {
namespace {

using testing::PrivateDatabase;
using testing::TestStore;
using testing::TestTill;

constexpr std::int64_t hour_ms = 3'600'000;

std::string percent_off(const std::string& id, const std::string& percent, const std::string& item = "G1") {
  return R"([{"id":")" + id + R"(","kind":"percent_off","percent":)" + percent + R"(,"scope":{"items":[")" + item +
         R"("]}}])";
}

class PromotionServiceTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto& server = PrivateDatabase::instance();
    if (!server.available()) GTEST_SKIP() << server.problem();
    store_.emplace(server.new_schema());
    store_->add_items(3);
    promotions_.emplace(store_->context);
    till_ = TestTill(1, journal::SigningKey::generate(store_->random)).principal();
  }
  [[nodiscard]] ZonedTime in_hours(std::int64_t hours) const {
    auto time = store_->clock.now();
    time.instant.unix_ms += hours * hour_ms;
    return time;
  }
  [[nodiscard]] std::string publish(const std::string& definitions,
                                    std::optional<ZonedTime> effective_at = std::nullopt,
                                    std::optional<std::int64_t> based_on = std::nullopt) {
    const auto published = promotions_->publish(store_->manager(), {definitions, effective_at, "because", based_on});
    return published ? std::to_string(published->version) : published.error().code;
  }
  [[nodiscard]] protocol::PromotionBooks books(std::int64_t known = 0) {
    return promotions_->books(till_, known).value();
  }
  [[nodiscard]] std::vector<std::int64_t> versions() {
    std::vector<std::int64_t> versions;
    const auto all = books(-1);
    for (const auto& book : all.books.value()) versions.push_back(book.version);
    return versions;
  }
  using Versions = std::vector<std::int64_t>;

  std::optional<TestStore> store_;
  std::optional<PromotionService> promotions_;
  Principal till_;
};

TEST_F(PromotionServiceTest, ADeviceGetsWhatIsInForceAndWhatComesIntoForce) {
  EXPECT_EQ(books().newest, 0);
  EXPECT_EQ(versions(), Versions{});
  EXPECT_EQ(publish(percent_off("a", "10")), "1");
  EXPECT_EQ(publish(percent_off("b", "20"), in_hours(2)), "2");
  EXPECT_EQ(publish(percent_off("c", "30"), in_hours(1)), "3");
  EXPECT_EQ(versions(), (Versions{1, 3, 2}));
  store_->clock.advance(hour_ms);
  EXPECT_EQ(versions(), (Versions{3, 2}));
  store_->clock.advance(hour_ms);
  EXPECT_EQ(versions(), Versions{2});
  // What is published now goes before what came into force by its hour.
  EXPECT_EQ(publish(percent_off("d", "40")), "4");
  EXPECT_EQ(versions(), Versions{4});
}

TEST_F(PromotionServiceTest, WhoKnowsTheNewestIsToldNothingMore) {
  EXPECT_EQ(publish(percent_off("a", "12.5")), "1");
  EXPECT_FALSE(books(1).books);
  const auto news = books(0);
  ASSERT_TRUE(news.books);
  ASSERT_EQ(news.books->size(), 1U);
  EXPECT_NE(news.books->front().definitions.find("12.5"), std::string::npos) << "percents stay as they were written";
}

TEST_F(PromotionServiceTest, TillsAreToldAtOnce) {
  const auto told = store_->sink.copy(store_->sink.store_versions).size();
  EXPECT_EQ(publish(percent_off("a", "10")), "1");
  EXPECT_EQ(store_->sink.copy(store_->sink.store_versions).size(), told + 1);
}

TEST_F(PromotionServiceTest, WhatCannotBeReadOrCannotWorkIsRefusedAndChangesNothing) {
  EXPECT_EQ(publish("["), "json.malformed");
  EXPECT_EQ(publish(percent_off("a", "10") + "x"), "json.malformed");
  EXPECT_EQ(publish(percent_off("a", "10", "NOTHING")), "promotion.refused");
  EXPECT_EQ(publish(R"({"promotions":)" + percent_off("a", "10") + "}"), "1") << "the price tool's files do as well";
  EXPECT_EQ(books().newest, 1);
}

TEST_F(PromotionServiceTest, TwoAuthorsDoNotOverwriteEachOther) {
  EXPECT_EQ(publish(percent_off("a", "10"), std::nullopt, 0), "1");
  EXPECT_EQ(publish(percent_off("b", "20"), std::nullopt, 0), "promotion.changed_meanwhile");
  EXPECT_EQ(publish(percent_off("b", "20"), std::nullopt, 1), "2");
}

TEST_F(PromotionServiceTest, AnEarlierVersionComesBackAsANewOne) {
  EXPECT_EQ(publish(percent_off("a", "10")), "1");
  EXPECT_EQ(publish("[]"), "2");
  EXPECT_EQ(promotions_->restore(store_->manager(), 1)->version, 3);
  EXPECT_EQ(promotions_->get(3)->definitions, promotions_->get(1)->definitions);
  EXPECT_EQ(promotions_->restore(store_->manager(), 9).error().code, "promotion.no_version");
  const auto list = promotions_->list(0, 10);
  ASSERT_EQ(list.size(), 3U);
  EXPECT_EQ(list.front().version, 3);
  EXPECT_EQ(list.front().restored_from, 1);
  EXPECT_TRUE(list.front().definitions.empty());
  EXPECT_EQ(list.front().published_by_name, "王店长");
  EXPECT_EQ(store_->number("SELECT COUNT(*) FROM audit_record WHERE record LIKE '%promotions.publish%'"), 3);
}

TEST_F(PromotionServiceTest, StrangersGetNothing) {
  EXPECT_EQ(promotions_->books({}, 0).error().code, "access.not_enrolled");
}

}  // namespace
}  // namespace lanekeeper::services
