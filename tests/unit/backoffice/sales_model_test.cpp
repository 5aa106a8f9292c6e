#include "model/sales_model.h"

#include <gtest/gtest.h>

#include "fakes.h"

namespace lanekeeper::office {
namespace {

class SalesModelTest : public testing::Test {
 protected:
  static protocol::SaleSummary sale(std::int64_t till, std::int64_t sequence, const std::string& time,
                                    std::int64_t payable_minor) {
    protocol::SaleSummary result;
    result.sale_id = std::to_string(till) + "-" + std::to_string(sequence);
    result.till = till;
    result.sequence = sequence;
    result.receipt_number = sequence;
    result.business_date = Date{2026, 11, 20};
    result.completed_at = ZonedTime::parse("2026-11-20T" + time + ".000+08:00").value();
    result.payable = result.total = Money::of_minor(payable_minor);
    return result;
  }
  static protocol::SalesPage page(std::vector<protocol::SaleSummary> sales, std::int64_t count, std::int64_t total) {
    protocol::SalesPage result;
    result.business_date = Date{2026, 11, 20};
    result.sales = std::move(sales);
    result.sale_count = count;
    result.total = Money::of_minor(total);
    result.exception_count = 0;
    return result;
  }
  void load_two() {
    sales.refresh();
    server.reply(page({sale(3, 12, "09:58:00", 500), sale(1, 7, "09:50:00", 700)}, 2, 1200));
  }

  FakeTransport server;
  FakeTimers timers;
  FakeClock clock;
  StoreModel store{server};
  SalesModel sales{server, timers, clock, store};
};

TEST_F(SalesModelTest, AsksForTodayOnce) {
  sales.refresh();
  EXPECT_EQ(server.next(), "GET /v1/sales?date=2026-11-20&limit=100");
  server.reply(page({sale(1, 1, "08:00:00", 500)}, 1, 500));
  EXPECT_EQ(sales.count(), 1);
  EXPECT_EQ(sales.total(), Money::of_minor(500));
}

TEST_F(SalesModelTest, APushedSaleAppearsOnTopWithoutAskingAgain) {
  load_two();
  auto fresh = sale(3, 13, "10:00:00", 18313);
  fresh.exceptions = 1;
  sales.pushed(fresh);
  sales.pushed(fresh);
  EXPECT_TRUE(server.asked.empty());
  ASSERT_EQ(sales.sales().size(), 3u);
  EXPECT_EQ(sales.sales()[0].sequence, 13);
  EXPECT_EQ(sales.count(), 3);
  EXPECT_EQ(sales.total(), Money::of_minor(19513));
  EXPECT_EQ(sales.exception_count(), 1);
  EXPECT_TRUE(sales.is_fresh({3, 13}));
  sales.looked();
  EXPECT_FALSE(sales.is_fresh({3, 13}));
}

TEST_F(SalesModelTest, ALateSaleOfATillThatWasOfflineTakesItsPlaceInTime) {
  load_two();
  sales.pushed(sale(2, 4, "09:55:00", 100));
  ASSERT_EQ(sales.sales().size(), 3u);
  EXPECT_EQ(sales.sales()[1].till, 2);
}

TEST_F(SalesModelTest, SalesOfOtherDaysAndOtherTillsAreNotCounted) {
  load_two();
  auto yesterday = sale(1, 6, "09:00:00", 100);
  yesterday.business_date = Date{2026, 11, 19};
  sales.pushed(yesterday);
  EXPECT_EQ(sales.count(), 2);
  sales.set_till(3);
  EXPECT_EQ(server.next(), "GET /v1/sales?date=2026-11-20&limit=100&till=3");
  server.reply(page({sale(3, 12, "09:58:00", 500)}, 1, 500));
  sales.pushed(sale(1, 8, "10:00:00", 100));
  EXPECT_EQ(sales.count(), 1);
}

TEST_F(SalesModelTest, AfterAPushDuringALoadTheTotalsAreAskedAgain) {
  sales.refresh();
  server.reply(page({}, 0, 0));
  sales.refresh();
  sales.pushed(sale(1, 1, "10:00:00", 500));
  server.reply(page({}, 0, 0));
  EXPECT_TRUE(server.asked.empty());
  timers.advance(SalesModel::catch_up_pause);
  ASSERT_EQ(server.asked.size(), 1u);
  server.reply(page({sale(1, 1, "10:00:00", 500)}, 1, 500));
  EXPECT_EQ(sales.count(), 1);
  EXPECT_EQ(sales.sales().size(), 1u);
  EXPECT_TRUE(sales.is_fresh({1, 1}));
  timers.advance(SalesModel::catch_up_pause);
  EXPECT_TRUE(server.asked.empty());
}

TEST_F(SalesModelTest, MoreComeFromWhereTheListEnds) {
  sales.refresh();
  auto first = page({sale(1, 9, "09:50:00", 100)}, 2, 200);
  first.more = true;
  server.reply(first);
  ASSERT_EQ(server.next(), "GET /v1/sales?date=2026-11-20&limit=100&before=1-9");
  server.reply(page({sale(1, 8, "09:40:00", 100)}, 2, 200));
  EXPECT_EQ(sales.sales().size(), 2u);
  sales.need_more();
  EXPECT_TRUE(server.asked.empty());
}

TEST_F(SalesModelTest, ANewBusinessDayBeginsEmpty) {
  load_two();
  clock.time = ZonedTime::parse("2026-11-21T00:00:01.000+08:00").value();
  sales.day_may_have_changed();
  EXPECT_EQ(server.next(), "GET /v1/sales?date=2026-11-21&limit=100");
}

TEST_F(SalesModelTest, DetailsBelongToTheSaleThatIsSelectedNow) {
  load_two();
  sales.select(SaleKey{3, 12});
  sales.select(SaleKey{1, 7});
  protocol::SaleDetail other;
  other.summary = sale(3, 12, "09:58:00", 500);
  server.reply(other);
  EXPECT_FALSE(sales.detail());
  protocol::SaleDetail wanted;
  wanted.summary = sale(1, 7, "09:50:00", 700);
  EXPECT_EQ(server.next(), "GET /v1/sales/1/7");
  server.reply(wanted);
  ASSERT_TRUE(sales.detail());
  EXPECT_EQ(sales.detail()->summary.sequence, 7);
  EXPECT_EQ(sales.selected_row(), 1u);
}

}  // namespace
}  // namespace lanekeeper::office
