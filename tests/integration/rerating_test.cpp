// What past sales would have cost under another version of the promotions.
#include <gtest/gtest.h>

#include "selling_store.h"
#include "services/rerating_service.h"

namespace lanekeeper::services {
namespace {

using testing::PrivateDatabase;
using testing::SellingStore;
using testing::TestTill;

class ReratingTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto& server = PrivateDatabase::instance();
    if (!server.available()) GTEST_SKIP() << server.problem();
    store_.emplace(server.new_schema());
    till_.emplace(store_->enrol_till(1));
    rerating_.emplace(store_->context);
  }
  sale::RetailTransaction sell(std::size_t item, std::int64_t pieces, std::int64_t book) {
    auto sale = store_->ring(*till_, {{store_->items[item], Quantity::of_units(pieces)}}, book);
    EXPECT_EQ(store_->send(*till_, sale), "");
    return sale;
  }
  RerateSummary rerate(std::int64_t book) {
    rows_.clear();
    const auto today = store_->clock.now().local_date();
    const auto sums = rerating_->run(
        {book, today.plus_days(-20), today}, [&](const RerateRow& row) { rows_.push_back(row); },
        [&](const RerateSummary& so_far) {
          EXPECT_LE(so_far.done, so_far.total);
          return true;
        });
    return sums.value();
  }

  std::optional<SellingStore> store_;
  std::optional<TestTill> till_;
  std::optional<ReratingService> rerating_;
  std::vector<RerateRow> rows_;
};

TEST_F(ReratingTest, TellsWhatCustomersPaidTooMuch) {
  const auto dear = sell(0, 2, 0);
  (void)sell(1, 2, 0);
  const auto book = store_->publish(R"([{"id":"p","kind":"percent_off","percent":10,"scope":{"items":["G1"]}}])");
  (void)sell(0, 2, book);
  const auto sums = rerate(book);
  EXPECT_EQ(sums.total, 3);
  EXPECT_EQ(sums.done, 3);
  EXPECT_EQ(sums.same, 2);
  ASSERT_EQ(rows_.size(), 1U);
  EXPECT_EQ(rows_[0].receipt_number, 1);
  EXPECT_EQ(rows_[0].recorded, dear.priced.total);
  EXPECT_EQ(rows_[0].owed, rows_[0].recorded - rows_[0].rerated);
  EXPECT_GT(rows_[0].owed, Money{});
  EXPECT_EQ(sums.owed, rows_[0].owed);
  const auto without = rerate(0);
  EXPECT_EQ(without.undercharged, -rows_.at(0).owed) << "without promotions the third would have cost more";
  EXPECT_EQ(rows_[0].receipt_number, 3);
}

TEST_F(ReratingTest, NamesWhatItCannotPrice) {
  const auto sale = sell(0, 2, 0);
  sale::ReturnableSale sold;
  sold.sale = sale;
  ASSERT_EQ(store_->send(*till_, store_->take_back(*till_, sold, {{1, Quantity::of_units(1)}})), "");
  auto strange = store_->ring(*till_, {{store_->items[1], Quantity::of_units(1)}}, 0);
  strange.lines[0].tax_category = 77;
  EXPECT_EQ(store_->send(*till_, strange), "price.recomputed sale.arithmetic");
  const auto sums = rerate(0);
  EXPECT_EQ(sums.returns, 1);
  EXPECT_EQ(sums.failed, 1);
  EXPECT_EQ(sums.same + sums.differing + sums.returns + sums.failed, sums.total);
  ASSERT_EQ(rows_.size(), 2U);
  EXPECT_EQ(rows_[0].kind, RerateRow::Kind::returned);
  EXPECT_EQ(rows_[1].kind, RerateRow::Kind::failed);
  EXPECT_EQ(rows_[1].because, "pricing.unknown_tax");
}

TEST_F(ReratingTest, GoesOverEverySaleOnceInPages) {
  constexpr int count = ReratingService::page_sales * 2 + 17;
  std::vector<journal::Entry> entries;
  for (int i = 0; i < count; ++i) {
    if (i % 3 == 0) store_->clock.advance(1);                                     // many at the same moment
    if (i == count / 3 || i == count / 2) store_->clock.advance(3 * 86'400'000);  // and over several days
    entries.push_back(till_->record(store_->ring(*till_, {{store_->items[0], Quantity::of_units(1)}}, 0)));
    if (entries.size() == 100 || i + 1 == count) {
      ASSERT_TRUE(store_->sales.ingest(till_->principal(), {std::move(entries)}));
      entries.clear();
    }
  }
  const auto book = store_->publish(R"([{"id":"p","kind":"percent_off","percent":10,"scope":{"items":["G1"]}}])");
  const auto sums = rerate(book);
  EXPECT_EQ(sums.total, count);
  EXPECT_EQ(sums.differing, count);
  std::set<std::int64_t> receipts;
  for (const auto& row : rows_) receipts.insert(row.receipt_number);
  EXPECT_EQ(receipts.size(), static_cast<std::size_t>(count));
  const auto today = store_->clock.now().local_date();
  const auto stopped = rerating_->run(
      {book, today, today}, [](const RerateRow&) {}, [](const RerateSummary&) { return false; });
  EXPECT_TRUE(stopped->cancelled);
  EXPECT_EQ(stopped->done, ReratingService::page_sales);
}

TEST_F(ReratingTest, RefusesWhatMakesNoSense) {
  const auto today = store_->clock.now().local_date();
  EXPECT_EQ(rerating_->run({7, today, today}, {}, {}).error().code, "promotion.no_version");
  EXPECT_EQ(rerating_->run({0, today, today.plus_days(-1)}, {}, {}).error().code, "rerating.bad_period");
  EXPECT_EQ(rerating_->run({0, today, today.plus_days(100'000)}, {}, {}).error().code, "rerating.bad_period");
}

}  // namespace
}  // namespace lanekeeper::services
