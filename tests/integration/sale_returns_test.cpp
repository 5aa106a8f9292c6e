// Goods that come back, at the server: once, twice, of the wrong sale, before their sale is known.
#include <atomic>
#include <thread>

#include <gtest/gtest.h>

#include "ops/audit.h"
#include "selling_store.h"

namespace lanekeeper::services {
namespace {

using testing::PrivateDatabase;
using testing::SellingStore;
using testing::TestTill;

class SaleReturnsTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto& server = PrivateDatabase::instance();
    if (!server.available()) GTEST_SKIP() << server.problem();
    store_.emplace(server.new_schema());
    till_.emplace(store_->enrol_till(1));
    other_.emplace(store_->enrol_till(2));
  }
  [[nodiscard]] sale::RetailTransaction three_for_two() {
    const auto version =
        store_->publish(R"([{"id":"3for2","kind":"nth_off","count":3,"percent":100,"scope":{"items":["G1"]}}])");
    return store_->ring(
        *till_, {{store_->items[0], Quantity::of_units(3)}, {store_->items[1], Quantity::of_milli(735)}}, version);
  }
  [[nodiscard]] Result<sale::ReturnableSale> returnable(std::int64_t receipt) {
    return store_->sales.returnable(other_->principal(), 1, receipt);
  }
  [[nodiscard]] std::int64_t stock(std::size_t item) {
    return store_->number("SELECT quantity FROM stock_balance WHERE item_id = " +
                          std::to_string(store_->items[item].id));
  }
  void expect_clean() {
    const auto report = ops::audit(store_->database, 1);
    EXPECT_TRUE(report.clean()) << report.to_string();
  }
  static Quantity one() { return Quantity::of_units(1); }

  std::optional<SellingStore> store_;
  std::optional<TestTill> till_;
  std::optional<TestTill> other_;
};

TEST_F(SaleReturnsTest, OneByOneTheGoodsComeBackForWhatWasPaid) {
  const auto sale = three_for_two();
  ASSERT_EQ(store_->send(*till_, sale), "");
  Money refunded;
  for (int i = 0; i < 3; ++i) {
    auto sold = returnable(1);
    ASSERT_TRUE(sold);
    EXPECT_EQ(sold->sale, sale);
    EXPECT_EQ(sold->refunded, refunded);
    const auto back = store_->take_back(*other_, *sold, {{1, one()}});
    EXPECT_EQ(store_->send(*other_, back), "");
    refunded -= back.priced.total;
  }
  EXPECT_EQ(refunded, sale.priced.lines[0].net);
  const auto rest = store_->take_back(*other_, *returnable(1), {{2, Quantity::of_milli(735)}});
  EXPECT_EQ(store_->send(*other_, rest), "");
  EXPECT_EQ(returnable(1)->refunded, sale.priced.total);
  EXPECT_EQ(stock(0), 0);
  EXPECT_EQ(stock(1), 0);
  EXPECT_EQ(store_->number("SELECT SUM(amount) FROM cash_balance"), 0) << "what was taken in was paid out";
  EXPECT_EQ(store_->number("SELECT amount FROM cash_balance WHERE till = 2"), -sale.payable.minor());
  EXPECT_EQ(store_->number("SELECT SUM(tax) FROM sale_tax"), 0);
  expect_clean();
}

TEST_F(SaleReturnsTest, TheSecondReturnOfTheSameUnitIsCaught) {
  ASSERT_EQ(store_->send(*till_, three_for_two()), "");
  const auto before = *returnable(1);
  // Both tills ask before either has sent its return.
  EXPECT_EQ(store_->send(*other_, store_->take_back(*other_, before, {{1, Quantity::of_units(2)}})), "");
  EXPECT_EQ(store_->send(*till_, store_->take_back(*till_, before, {{1, Quantity::of_units(2)}})),
            "return.more_than_sold return.refunded_differs");
  EXPECT_EQ(returnable(1)->returned.at(0).quantity, Quantity::of_units(4)) << "the facts are kept";
  expect_clean();
}

// Edge case 51: goods of a sale come back at one till at a time.
TEST_F(SaleReturnsTest, OneTillAtATimeHasTheSale) {
  const auto sale = three_for_two();
  ASSERT_EQ(store_->send(*till_, sale), "");
  const auto ask = [&](TestTill& till) { return store_->sales.returnable(till.principal(), 1, 1); };
  const auto sold = ask(*other_);
  ASSERT_TRUE(sold);
  EXPECT_TRUE(ask(*other_)) << "its own till may ask again";
  const auto refused = ask(*till_);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "return.taken");
  EXPECT_EQ(refused.error().details, (Error::Details{{"till", "2"}}));
  EXPECT_TRUE(store_->sales.returnable(store_->manager(), 1, 1)) << "an office looks and takes nothing";

  // The return arrives: the next one may, and sees it.
  EXPECT_EQ(store_->send(*other_, store_->take_back(*other_, *sold, {{1, one()}})), "");
  ASSERT_TRUE(ask(*till_));
  EXPECT_EQ(ask(*till_)->returned.at(0).quantity, one());
  EXPECT_EQ(ask(*other_).error().code, "return.taken");
  EXPECT_TRUE(store_->sales.release_return(other_->principal(), {sale.id})) << "not its own: nothing happens";
  EXPECT_EQ(ask(*other_).error().code, "return.taken");
  EXPECT_TRUE(store_->sales.release_return(till_->principal(), {sale.id}));
  ASSERT_TRUE(ask(*other_));
  // A till that has gone holds nobody up for long.
  store_->clock.advance(SaleService::return_kept_ms);
  EXPECT_TRUE(ask(*till_));
}

TEST_F(SaleReturnsTest, OfManyTillsAtOnceOneGetsTheSale) {
  ASSERT_EQ(store_->send(*till_, three_for_two()), "");
  std::vector<TestTill> tills;
  for (int number = 3; number < 11; ++number) tills.push_back(store_->enrol_till(number));
  for (int round = 0; round < 5; ++round) {
    std::atomic<int> won = 0;
    std::atomic<int> told = 0;
    {
      std::vector<std::jthread> threads;
      for (auto& till : tills) {
        threads.emplace_back([&] {
          const auto sold = store_->sales.returnable(till.principal(), 1, 1);
          if (sold) ++won;
          if (!sold && sold.error().code == "return.taken") ++told;
        });
      }
    }
    EXPECT_EQ(won, 1);
    EXPECT_EQ(told, 7);
    store_->clock.advance(SaleService::return_kept_ms);
  }
}

TEST_F(SaleReturnsTest, TheAuditFindsAnEditedReturn) {
  ASSERT_EQ(store_->send(*till_, three_for_two()), "");
  ASSERT_EQ(store_->send(*other_, store_->take_back(*other_, *returnable(1), {{1, one()}})), "");
  expect_clean();
  for (const auto* edit : {"quantity = quantity + 1", "amount = amount - 1", "to_stock = 0", "to_supplier = 1",
                           "reason = 'other'", "original_sale_id = REVERSE(original_sale_id)", "original_line = 2"}) {
    store_->run(std::string("CREATE TABLE kept AS SELECT * FROM sale_return"));
    store_->run(std::string("UPDATE sale_return SET ") + edit);
    const auto report = ops::audit(store_->database, 1);
    ASSERT_FALSE(report.clean()) << edit;
    EXPECT_EQ(report.difference->table, "sale_return") << report.to_string();
    store_->run("DELETE FROM sale_return");
    EXPECT_EQ(ops::audit(store_->database, 1).difference->column, "row");
    store_->run("INSERT INTO sale_return SELECT * FROM kept");
    store_->run("DROP TABLE kept");
    expect_clean();
  }
}

TEST_F(SaleReturnsTest, AnotherAmountIsCaught) {
  ASSERT_EQ(store_->send(*till_, three_for_two()), "");
  auto back = store_->take_back(*other_, *returnable(1), {{1, one()}});
  back.lines[0].fixed_amount = *back.lines[0].fixed_amount - Money::of_minor(1);
  store_->price(back);
  EXPECT_EQ(store_->send(*other_, back), "return.amount_differs");
  auto other_goods = store_->take_back(*other_, *returnable(1), {{1, one()}});
  other_goods.lines[0].item = store_->items[4].id;
  EXPECT_EQ(store_->send(*other_, other_goods), "return.more_than_sold") << "these were not sold";
  expect_clean();
}

TEST_F(SaleReturnsTest, CashForWhatACardPaidNeedsSomebodyWhoAllowedIt) {
  const auto cashier = store_->put_person("1027", access::Role::cashier);
  const auto supervisor = store_->put_person("1028", access::Role::supervisor);
  auto sale = three_for_two();
  ASSERT_EQ(sale.cashier, cashier);
  sale.tenders = {{sale::TenderKind::card, sale.payable, "8800"}};
  sale.change = {};
  ASSERT_EQ(store_->send(*till_, sale), "");
  EXPECT_EQ(store_->send(*other_, store_->take_back(*other_, *returnable(1), {{1, one()}})), "return.too_much_cash");
  const auto instead = [&](SellingStore::Back goods, std::int64_t by) {
    auto back = store_->take_back(*other_, *returnable(1), goods);
    back.cash_instead = sale::CashInstead{{{sale::TenderKind::card, back.change, {}}}, "card_gone", by};
    back.approvals = {{"refund.in_cash", {}, by, "1028", sale::ApprovalMeans::pin, back.completed_at, {}}};
    return back;
  };
  const auto back = instead({{1, one()}}, supervisor);
  ASSERT_GT(back.change, Money{});
  EXPECT_EQ(store_->send(*other_, back), "");
  EXPECT_EQ(returnable(1)->refunded_otherwise->front().amount, back.change) << "it cannot go back to the card as well";
  const auto alone = instead({{2, Quantity::of_milli(735)}}, back.cashier);
  EXPECT_EQ(store_->send(*other_, alone), "approval.not_allowed return.too_much_cash") << "nobody does it alone";
  expect_clean();
}

TEST_F(SaleReturnsTest, WhatGoesToWasteDoesNotComeIntoTheStock) {
  ASSERT_EQ(store_->send(*till_, three_for_two()), "");
  auto back = store_->take_back(*other_, *returnable(1), {{1, one()}});
  back.lines[0].returns->to = sale::ReturnedTo::waste;
  EXPECT_EQ(store_->send(*other_, back), "");
  EXPECT_EQ(stock(0), -3000);
  expect_clean();
}

TEST_F(SaleReturnsTest, WhatGoesToTheSupplierCannotBeSoldEither) {
  ASSERT_EQ(store_->send(*till_, three_for_two()), "");
  auto back = store_->take_back(*other_, *returnable(1), {{1, one()}, {2, Quantity::of_milli(735)}});
  back.lines[0].returns->to = sale::ReturnedTo::supplier;
  back.lines[0].returns->reason = "quality";
  back.lines[1].returns->reason = "unwanted";
  EXPECT_EQ(store_->send(*other_, back), "");
  EXPECT_EQ(stock(0), -3000);
  EXPECT_EQ(stock(1), 0);
  EXPECT_EQ(store_->number("SELECT COUNT(*) FROM sale_return WHERE to_supplier = 1 AND to_stock = 0 AND reason = "
                           "'quality'"),
            1);
  EXPECT_EQ(store_->number("SELECT COUNT(*) FROM sale_return WHERE to_supplier = 0 AND to_stock = 1 AND reason = "
                           "'unwanted'"),
            1);
  expect_clean();
}

// Edge cases 52 and 55.
TEST_F(SaleReturnsTest, WhatWasTakenInAnExchangeComesBackAndARefundDoesNot) {
  ASSERT_EQ(store_->send(*till_, three_for_two()), "");
  auto exchange = store_->take_back(*other_, *returnable(1), {{1, one()}});
  auto bought = store_->make_sale(*other_, {{store_->items[2], Quantity::of_units(2)}}).lines[0];
  bought.line = 2;
  exchange.lines.push_back(bought);
  exchange.receipt_number = 1;
  store_->price(exchange);
  ASSERT_EQ(store_->send(*other_, exchange), "");
  const auto of_exchange = [&] { return store_->sales.returnable(till_->principal(), 2, 1); };
  ASSERT_TRUE(of_exchange());
  EXPECT_EQ(of_exchange()->sale, exchange);
  Money back;
  for (int i = 0; i < 2; ++i) {
    const auto some = store_->take_back(*till_, *of_exchange(), {{2, one()}});
    EXPECT_EQ(store_->send(*till_, some), "");
    back += some.change;
  }
  EXPECT_EQ(back, exchange.priced.lines[1].net);
  EXPECT_EQ(of_exchange()->refunded, sale::sold_total(exchange));
  EXPECT_EQ(stock(2), 0);
  // The line that came back in it, as if it had been sold there.
  auto again = store_->take_back(*till_, *returnable(1), {{1, one()}});
  const auto sold = *of_exchange();
  again.returned_sale->sale = sold.sale.id;
  again.returned_sale->till = 2;
  again.returned_sale->receipt_number = 1;
  again.returned_sale->total = sale::sold_total(sold.sale);
  again.returned_sale->refunded_before = sold.refunded;
  again.lines[0].returns->returned_before = {};
  EXPECT_EQ(store_->send(*till_, again), "return.more_than_sold");
  expect_clean();
}

TEST_F(SaleReturnsTest, AReturnWaitsForItsSale) {
  const auto sale = three_for_two();
  const auto entry = till_->record(sale);  // its till is offline
  sale::ReturnableSale sold;
  sold.sale = sale;
  EXPECT_EQ(store_->send(*other_, store_->take_back(*other_, sold, {{1, Quantity::of_units(2)}})), "");
  EXPECT_EQ(store_->send(*other_, store_->take_back(*other_, sold, {{1, Quantity::of_units(2)}})), "");
  EXPECT_EQ(returnable(1).error().code, "return.no_sale");
  ASSERT_TRUE(store_->sales.ingest(till_->principal(), {{entry}}));
  EXPECT_EQ(store_->number("SELECT COUNT(*) FROM journal_exception WHERE kind = 'return.more_than_sold'"), 1);
  EXPECT_EQ(store_->number("SELECT COUNT(*) FROM journal_exception WHERE details LIKE '%return_sequence\":\"2%'"), 2);
  EXPECT_EQ(returnable(1)->returned.at(0).quantity, Quantity::of_units(4));
  expect_clean();
}

TEST_F(SaleReturnsTest, ASaleThatWillNeverComeIsNamed) {
  ASSERT_EQ(store_->send(*till_, three_for_two()), "");
  auto invented = *returnable(1);
  invented.sale.id = Uuid::make_v7(1, store_->random);
  EXPECT_EQ(store_->send(*other_, store_->take_back(*other_, invented, {{1, one()}})), "return.unknown_sale");
  EXPECT_EQ(store_->sales.returnable(other_->principal(), 1, 7).error().code, "return.no_sale");
  EXPECT_EQ(store_->sales.returnable({}, 1, 1).error().code, "access.not_enrolled");
  expect_clean();
}

TEST_F(SaleReturnsTest, TheSaleAndItsReturnMayComeTogether) {
  const auto sale = three_for_two();
  sale::ReturnableSale sold;
  sold.sale = sale;
  const auto first = till_->record(sale);
  const auto back = till_->record(store_->take_back(*till_, sold, {{1, one()}}));
  const auto again = till_->record(store_->take_back(*till_, sold, {{1, Quantity::of_units(3)}}));
  ASSERT_TRUE(store_->sales.ingest(till_->principal(), {{first, back, again}}));
  EXPECT_EQ(store_->number("SELECT COUNT(*) FROM journal_exception WHERE kind = 'return.more_than_sold'"), 1);
  expect_clean();
}

}  // namespace
}  // namespace lanekeeper::services
