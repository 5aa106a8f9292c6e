// The audit finds the books right when they are, and names what is wrong when anything was edited.
#include <gtest/gtest.h>

#include "ops/audit.h"
#include "services/audit_trail.h"
#include "services/sale_service.h"
#include "test_store.h"

namespace lanekeeper::ops {
namespace {

using testing::PrivateDatabase;
using testing::TestStore;
using testing::TestTill;

class AuditTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto& server = PrivateDatabase::instance();
    if (!server.available()) GTEST_SKIP() << server.problem();
    store_.emplace(server.new_schema());
    items_ = store_->add_items(12);
    sales_.emplace(store_->context, journal::SigningKey::generate(store_->random));
  }
  void send(TestTill& till, std::vector<journal::Entry> entries) {
    const auto ack = sales_->ingest(till.principal(), {std::move(entries)});
    ASSERT_TRUE(ack) << ack.error().message;
  }
  // Three tills, fifteen sales, one gap, one conflict, one unreadable entry, an overridden price and a voided line.
  void trade() {
    for (std::int64_t number = 1; number <= 3; ++number) {
      auto till = store_->enrol_till(number);
      std::vector<journal::Entry> entries;
      for (std::size_t i = 0; i < 5; ++i) {
        auto sale = store_->make_sale(till, {{items_[i], Quantity::of_units(2)},
                                             {items_[i + 5], Quantity::of_milli(735)},
                                             {items_[i], Quantity::of_units(1)}});
        if (i == 2) {
          sale.lines[0].price_override = sale::PriceOverride{sale.lines[0].unit_price, "price.dispute", 7};
          sale.lines[2].voided = true;
          sale::Basket basket;
          basket.lines = sale.lines;
          TestTill::price(sale, basket, store_->taxes);
        }
        entries.push_back(till.record(sale));
        if (i == 3 && number == 2) entries.push_back(till.record_payload("{\"kind\":\"from the future\"}"));
      }
      if (number == 3) {
        auto other = entries[1];
        entries.push_back(till.rewrite(other, entries[0].payload));
        entries.erase(entries.begin() + 3);
      }
      send(till, entries);
    }
    services::AuditTrail trail(store_->context);
    const auto manager = store_->manager();
    for (int i = 0; i < 4; ++i) trail.add(&manager, {"test.act", "thing " + std::to_string(i), {}, {}});
  }
  static std::string slow_statement(storage::Database& database) {
    try {
      database.transact([](storage::Connection& c) { (void)c.query("SELECT SLEEP(2)").next(); });
    } catch (const Fault& fault) {
      return fault.code();
    }
    return "done";
  }
  AuditReport look() { return audit(store_->database, 1); }

  std::optional<TestStore> store_;
  std::vector<catalogue::Item> items_;
  std::optional<services::SaleService> sales_;
};

TEST_F(AuditTest, AnEmptyStoreIsClean) {
  const auto report = look();
  EXPECT_TRUE(report.clean()) << report.to_string();
  EXPECT_EQ(report.entries, 0);
}

// Counting the lines of years takes longer than any request may.
TEST_F(AuditTest, HasTimeForLongStatements) {
  auto config = store_->database.config();
  config.statement_timeout_s = 1;
  storage::Database impatient(config);
  EXPECT_EQ(slow_statement(impatient), "db.lost");
  storage::Database patient(for_audit(config));
  EXPECT_EQ(slow_statement(patient), "done");
  EXPECT_GE(patient.config().statement_timeout_s, 3600);
  EXPECT_EQ(patient.config().pool_size, 1);
}

TEST_F(AuditTest, AHonestDayIsClean) {
  trade();
  const auto report = look();
  EXPECT_TRUE(report.clean()) << report.to_string();
  EXPECT_EQ(report.tills, 3);
  EXPECT_EQ(report.sales, 14);
  EXPECT_EQ(report.set_aside, 2);
  EXPECT_EQ(report.known_gaps, 1);
  EXPECT_EQ(report.stock_balances, 10);
  EXPECT_GE(report.audit_records, 4);
}

TEST_F(AuditTest, AFilledGapIsClean) {
  auto till = store_->enrol_till(1);
  std::vector<journal::Entry> entries;
  for (int i = 0; i < 6; ++i) entries.push_back(store_->record_sale(till, {{items_[0], Quantity::of_units(1)}}));
  send(till, {entries[0], entries[4], entries[5]});
  EXPECT_TRUE(look().clean()) << look().to_string();
  EXPECT_EQ(look().known_gaps, 1);
  send(till, {entries[2]});
  EXPECT_TRUE(look().clean()) << look().to_string();
  send(till, {entries[1], entries[3]});
  EXPECT_TRUE(look().clean()) << look().to_string();
  EXPECT_EQ(look().known_gaps, 0);
}

struct Edit {
  const char* sql;
  const char* undo;   // nullptr: everything before it stays
  const char* table;  // that the audit has to name
  const char* column;
};

TEST_F(AuditTest, AnySingleEditIsFoundAndNamed) {
  trade();
  ASSERT_TRUE(look().clean()) << look().to_string();
  const Edit edits[] = {
      {"UPDATE stock_balance SET quantity = quantity + 1 ORDER BY item_id DESC LIMIT 1",
       "UPDATE stock_balance SET quantity = quantity - 1 ORDER BY item_id DESC LIMIT 1", "stock_balance", "quantity"},
      {"INSERT INTO stock_balance VALUES (1, 987654, 5)", "DELETE FROM stock_balance WHERE item_id = 987654",
       "stock_balance", "quantity"},
      {"UPDATE cash_balance SET amount = amount - 1 WHERE till = 2",
       "UPDATE cash_balance SET amount = amount + 1 WHERE till = 2", "cash_balance", "amount"},
      {"UPDATE cash_movement SET amount = amount + 1 WHERE till = 3 AND document = 1",
       "UPDATE cash_movement SET amount = amount - 1 WHERE till = 3 AND document = 1", "cash_movement", "amount"},
      {"UPDATE stock_movement SET quantity = quantity + 1 WHERE till = 2 AND document = 2",
       "UPDATE stock_movement SET quantity = quantity - 1 WHERE till = 2 AND document = 2", "stock_movement",
       "quantity"},
      {"UPDATE stock_movement SET recorded_ms = recorded_ms + 1 WHERE till = 1 AND document = 2 LIMIT 1",
       "UPDATE stock_movement SET recorded_ms = recorded_ms - 1 WHERE recorded_ms > (SELECT x FROM (SELECT "
       "MIN(received_ms) x FROM journal_entry) t)",
       "stock_movement", "recorded_ms"},
      {"INSERT INTO stock_movement VALUES (1, 3, 5, 1, 1, 77, -10)", "DELETE FROM stock_movement WHERE document = 77",
       "stock_movement", "row"},
      {"UPDATE till_head SET last_sequence = last_sequence + 1 WHERE till = 1",
       "UPDATE till_head SET last_sequence = last_sequence - 1 WHERE till = 1", "till_head", "last_sequence"},
      {"UPDATE till_head SET last_receipt_number = 1 WHERE till = 1",
       "UPDATE till_head SET last_receipt_number = 5 WHERE till = 1", "till_head", "last_receipt_number"},
      {"UPDATE sale_line SET quantity = quantity + 1 WHERE till = 2 AND sequence = 3 AND line = 2",
       "UPDATE sale_line SET quantity = quantity - 1 WHERE till = 2 AND sequence = 3 AND line = 2", "sale_line",
       "quantity"},
      {"UPDATE sale_line SET override_by = 8 WHERE override_by = 7 AND till = 1",
       "UPDATE sale_line SET override_by = 7 WHERE override_by = 8", "sale_line", "override_by"},
      {"UPDATE sale_tax SET tax = tax + 1 WHERE till = 1 AND sequence = 1 AND position = 1",
       "UPDATE sale_tax SET tax = tax - 1 WHERE till = 1 AND sequence = 1 AND position = 1", "sale_tax", "tax"},
      {"UPDATE sale_tender SET amount = amount + 1 WHERE till = 1 AND sequence = 4",
       "UPDATE sale_tender SET amount = amount - 1 WHERE till = 1 AND sequence = 4", "sale_tender", "amount"},
      {"UPDATE sale SET payable = payable + 1 WHERE till = 3 AND sequence = 5",
       "UPDATE sale SET payable = payable - 1 WHERE till = 3 AND sequence = 5", "sale", "payable"},
      {"UPDATE sale SET business_date = '2026-11-23' WHERE till = 3 AND sequence = 5",
       "UPDATE sale SET business_date = '2026-11-22' WHERE till = 3 AND sequence = 5", "sale", "business_date"},
      {"UPDATE sale SET exceptions = 9 WHERE till = 1 AND sequence = 1",
       "UPDATE sale SET exceptions = 0 WHERE till = 1 AND sequence = 1", "sale", "exceptions"},
      {"UPDATE journal_entry SET payload = REPLACE(payload, '\"change\"', '\"chance\"') WHERE till = 1 AND sequence = "
       "2",
       "UPDATE journal_entry SET payload = REPLACE(payload, '\"chance\"', '\"change\"') WHERE till = 1 AND sequence = "
       "2",
       "journal_entry", "hash"},
      {"UPDATE journal_entry SET signature = REVERSE(signature) WHERE till = 2 AND sequence = 1",
       "UPDATE journal_entry SET signature = REVERSE(signature) WHERE till = 2 AND sequence = 1", "journal_entry",
       "signature"},
      {"UPDATE journal_entry SET received_ms = received_ms + 1 WHERE till = 2 AND sequence = 1",
       "UPDATE journal_entry SET received_ms = received_ms - 1 WHERE till = 2 AND sequence = 1", "stock_movement",
       "recorded_ms"},
      {"UPDATE journal_set_aside SET payload = CONCAT(payload, 'x') WHERE till = 3",
       "UPDATE journal_set_aside SET payload = LEFT(payload, LENGTH(payload) - 1) WHERE till = 3", "journal_set_aside",
       "content_hash"},
      {"UPDATE audit_record SET record = REPLACE(record, 'thing 2', 'thing 7')",
       "UPDATE audit_record SET record = REPLACE(record, 'thing 7', 'thing 2')", "audit_record", "hash"},
      {"UPDATE audit_head SET last_number = last_number - 1", "UPDATE audit_head SET last_number = last_number + 1",
       "audit_head", "last_number"},
      {"INSERT INTO sale_tender (store_id, till, sequence, position, kind, amount) VALUES (1, 1, 5, 9, 'cash', 1)",
       "DELETE FROM sale_tender WHERE position = 9", "sale_tender", "row"},
      {"INSERT INTO sale_tender (store_id, till, sequence, position, kind, amount) VALUES (1, 44, 5, 9, 'cash', 1)",
       "DELETE FROM sale_tender WHERE till = 44", "sale_tender", "count"},
      {"DELETE FROM audit_record WHERE number = 3", nullptr, "audit_record", "row"},
      {"DELETE FROM stock_movement WHERE till = 3 AND document = 5 LIMIT 1", nullptr, "stock_movement", "row"},
      {"DELETE FROM sale_line WHERE till = 3 AND sequence = 2 AND line = 3", nullptr, "sale_line", "row"},
      {"DELETE FROM sale WHERE till = 2 AND sequence = 4", nullptr, "sale", "row"},
      {"DELETE FROM journal_entry WHERE till = 1 AND sequence = 3", nullptr, "journal_entry", "row"},
  };
  for (const auto& edit : edits) {
    SCOPED_TRACE(edit.sql);
    store_->run(edit.sql);
    const auto report = look();
    ASSERT_FALSE(report.clean());
    EXPECT_EQ(report.difference->table, edit.table) << report.to_string();
    EXPECT_EQ(report.difference->column, edit.column) << report.to_string();
    if (edit.undo == nullptr) continue;
    store_->run(edit.undo);
    ASSERT_TRUE(look().clean()) << look().to_string();
  }
}

TEST_F(AuditTest, TheLastEntryTakenAwayIsMissed) {
  trade();
  for (const auto* table : {"journal_entry", "sale", "sale_line", "sale_tax", "sale_tender"}) {
    store_->run(std::string("DELETE FROM ") + table + " WHERE till = 1 AND sequence = 5");
  }
  const auto report = look();
  ASSERT_FALSE(report.clean());
  EXPECT_EQ(report.difference->key, "till 1, sequence 5");
}

}  // namespace
}  // namespace lanekeeper::ops
