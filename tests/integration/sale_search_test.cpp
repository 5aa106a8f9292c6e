// Sales whose receipt is not at hand, at the server.
#include <gtest/gtest.h>

#include "ops/audit.h"
#include "selling_store.h"

namespace lanekeeper::services {
namespace {

using testing::PrivateDatabase;
using testing::SellingStore;
using testing::TestTill;

class SaleSearchTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto& server = PrivateDatabase::instance();
    if (!server.available()) GTEST_SKIP() << server.problem();
    store_.emplace(server.new_schema());
    till_.emplace(store_->enrol_till(1));
    other_.emplace(store_->enrol_till(2));
  }
  // Of so many pieces of an item, some minutes after the one before.
  sale::RetailTransaction sell(TestTill& till, std::size_t item, std::int64_t pieces, std::int64_t member = 0) {
    store_->clock.advance(5 * 60 * 1000);
    auto sale = store_->make_sale(till, {{store_->items[item], Quantity::of_units(pieces)}});
    if (member != 0) sale.member = SellingStore::member(member);
    store_->price(sale);
    EXPECT_EQ(store_->send(till, sale), "");
    return sale;
  }
  [[nodiscard]] protocol::SaleSearch today() const {
    const auto date = store_->clock.now().local_date();
    protocol::SaleSearch search;
    search.from = Date::from_days(date.days_since_1970() - 29);
    search.to = date;
    return search;
  }
  [[nodiscard]] Result<protocol::FoundSales> find(const protocol::SaleSearch& search) {
    return store_->sales.search(other_->principal(), search);
  }
  // "till-receipt" of each.
  [[nodiscard]] std::string receipts(const protocol::SaleSearch& search) {
    std::string all;
    const auto found = find(search);
    if (!found) return found.error().code;
    for (const auto& sale : found->sales) {
      all += (all.empty() ? "" : " ") + std::to_string(sale.till) + "-" + std::to_string(sale.receipt_number);
    }
    return all;
  }

  std::optional<SellingStore> store_;
  std::optional<TestTill> till_;
  std::optional<TestTill> other_;
};

TEST_F(SaleSearchTest, ByWhateverIsKnown) {
  const auto first = sell(*till_, 0, 1, 31);
  sell(*other_, 1, 2);
  const auto third = sell(*till_, 0, 3);
  const auto fourth = sell(*other_, 2, 1, 31);
  auto search = today();
  EXPECT_EQ(receipts(search), "2-2 1-2 2-1 1-1") << "newest first";
  EXPECT_FALSE(find(search)->more);
  search.limit = 2;
  EXPECT_EQ(receipts(search), "2-2 1-2");
  EXPECT_TRUE(find(search)->more);
  search = today();
  search.member = 31;
  EXPECT_EQ(receipts(search), "2-2 1-1");
  search.item = store_->items[0].id;
  EXPECT_EQ(receipts(search), "1-1") << "both at once";
  search.member.reset();
  EXPECT_EQ(receipts(search), "1-2 1-1");
  search.till = 2;
  EXPECT_EQ(receipts(search), "");
  search = today();
  search.till = 2;
  EXPECT_EQ(receipts(search), "2-2 2-1");
  search = today();
  search.amount = third.payable;
  EXPECT_EQ(receipts(search), "1-2");
  search = today();
  store_->clock.advance(24LL * 60 * 60 * 1000);
  sell(*till_, 4, 1);
  EXPECT_EQ(receipts(search), "2-2 1-2 2-1 1-1") << "of those days";
  search.from = search.to = store_->clock.now().local_date();
  EXPECT_EQ(receipts(search), "1-3");

  search = today();
  search.member = 31;
  const auto found = find(search)->sales;
  EXPECT_EQ(found[1], protocol::found_sale({first, {}, {}, false}));
  EXPECT_EQ(found[0].member_name, "王*");
  EXPECT_EQ(found[0].payable, fourth.payable);
  EXPECT_TRUE(ops::audit(store_->database, 1).clean());
}

TEST_F(SaleSearchTest, WhatCameBackIsSaidAndReturnsAreNoSales) {
  sell(*till_, 0, 2);
  const auto take_one = [&] {
    const auto sold = store_->sales.returnable(other_->principal(), 1, 1);
    EXPECT_EQ(store_->send(*other_, store_->take_back(*other_, *sold, {{1, Quantity::of_units(1)}})), "");
  };
  take_one();
  EXPECT_EQ(receipts(today()), "1-1");
  EXPECT_TRUE(find(today())->sales[0].left);
  take_one();
  EXPECT_EQ(receipts(today()), "1-1");
  EXPECT_FALSE(find(today())->sales[0].left);
}

TEST_F(SaleSearchTest, WhatIsAskedWrongly) {
  auto search = today();
  std::swap(search.from, search.to);
  EXPECT_EQ(receipts(search), "request.bad_parameter");
  search = today();
  search.from = Date::from_days(search.to.days_since_1970() - protocol::max_search_days);
  EXPECT_EQ(receipts(search), "request.bad_parameter");
  search = today();
  search.limit = 51;
  EXPECT_EQ(receipts(search), "request.bad_parameter");
  EXPECT_EQ(store_->sales.search(store_->manager(), today()).error().code, "access.not_a_till");
}

// Where goods sell every day, those of a week long ago must not cost a look at all that came after.
TEST_F(SaleSearchTest, ByGoodsOnlyWhatArrivedNotLongAfterItsDay) {
  sell(*till_, 0, 1);
  auto search = today();
  search.item = store_->items[0].id;
  EXPECT_EQ(receipts(search), "1-1");
  const auto arrive_after = [&](std::int64_t days) {
    store_->run("UPDATE stock_movement SET recorded_ms = recorded_ms + " + std::to_string(days * 24 * 60 * 60 * 1000));
  };
  arrive_after(protocol::max_days_late);
  EXPECT_EQ(receipts(search), "1-1");
  arrive_after(3);
  EXPECT_EQ(receipts(search), "");
  search.item.reset();
  EXPECT_EQ(receipts(search), "1-1") << "by anything else it is found";
}

TEST_F(SaleSearchTest, SalesFromBeforeTheColumnAreFoundAfterTheMigration) {
  sell(*till_, 0, 1, 31);
  sell(*till_, 0, 1);
  store_->run("UPDATE sale SET member_id = NULL");
  auto search = today();
  search.member = 31;
  EXPECT_EQ(receipts(search), "");
  const auto migrations = storage::built_in_migrations();
  const auto migration = std::find_if(migrations.begin(), migrations.end(),
                                      [](const auto& one) { return one.name == "0015_return_reasons.sql"; });
  ASSERT_NE(migration, migrations.end());
  const auto update = migration->sql.find("UPDATE sale");
  ASSERT_NE(update, std::string_view::npos);
  store_->run(std::string(migration->sql.substr(update)));
  EXPECT_EQ(receipts(search), "1-1");
  EXPECT_TRUE(ops::audit(store_->database, 1).clean());
}

}  // namespace
}  // namespace lanekeeper::services
