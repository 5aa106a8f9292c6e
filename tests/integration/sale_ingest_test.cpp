// Journals of tills into a real database: once, twice, at once, wrong in every way.
#include <gtest/gtest.h>

#include <future>
#include <thread>

#include <spdlog/fmt/fmt.h>

#include "barcode/gtin.h"
#include "services/sale_service.h"
#include "test_store.h"

namespace lanekeeper::services {
namespace {

using protocol::EntryOutcome;
using testing::PrivateDatabase;
using testing::TestStore;
using testing::TestTill;

class SaleIngestTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto& server = PrivateDatabase::instance();
    if (!server.available()) GTEST_SKIP() << server.problem();
    store_.emplace(server.new_schema());
    items_ = store_->add_items(20);
    server_key_.emplace(journal::SigningKey::generate(store_->random));
    sales_.emplace(store_->context, *server_key_);
    till_.emplace(store_->enrol_till(1));
  }

  protocol::JournalAck send(TestTill& till, std::vector<journal::Entry> entries) {
    std::vector<journal::Hash> hashes;
    for (const auto& entry : entries) hashes.push_back(entry.hash);
    auto ack = sales_->ingest(till.principal(), {std::move(entries)});
    EXPECT_TRUE(ack) << ack.error().code << ": " << ack.error().message;
    if (!ack) return {};
    EXPECT_TRUE(
        journal::verify(protocol::acknowledgement_bytes(*ack, hashes), ack->signature, server_key_->public_key()));
    return *ack;
  }
  EntryOutcome send_one(TestTill& till, const journal::Entry& entry) {
    const auto ack = send(till, {entry});
    return ack.results.empty() ? EntryOutcome::malformed : ack.results.front().outcome;
  }
  journal::Entry next() { return store_->record_sale(*till_, {{items_[0], Quantity::of_units(2)}}); }
  std::int64_t exceptions(const std::string& kind) {
    return store_->number("SELECT COUNT(*) FROM journal_exception WHERE kind = '" + kind + "'");
  }
  std::int64_t all_exceptions() { return store_->number("SELECT COUNT(*) FROM journal_exception"); }

  std::optional<TestStore> store_;
  std::vector<catalogue::Item> items_;
  std::optional<journal::SigningKey> server_key_;
  std::optional<SaleService> sales_;
  std::optional<TestTill> till_;
};

TEST_F(SaleIngestTest, StoresASaleWithAllItsParts) {
  auto weighed = Quantity::of_milli(836);
  const auto sale = store_->make_sale(
      *till_, {{items_[0], Quantity::of_units(3)}, {items_[1], weighed}, {items_[0], Quantity::of_units(1)}});
  EXPECT_EQ(send_one(*till_, till_->record(sale)), EntryOutcome::stored);
  EXPECT_EQ(all_exceptions(), 0);
  EXPECT_EQ(store_->number("SELECT COUNT(*) FROM sale"), 1);
  EXPECT_EQ(store_->number("SELECT COUNT(*) FROM sale_line"), 3);
  EXPECT_EQ(store_->number("SELECT COUNT(*) FROM stock_movement"), 2) << "one per item";
  EXPECT_EQ(store_->number("SELECT quantity FROM stock_balance WHERE item_id = " + std::to_string(items_[0].id)),
            -4000);
  EXPECT_EQ(store_->number("SELECT quantity FROM stock_balance WHERE item_id = " + std::to_string(items_[1].id)), -836);
  EXPECT_EQ(store_->number("SELECT amount FROM cash_balance WHERE till = 1"), sale.payable.minor());
  EXPECT_EQ(store_->number("SELECT total FROM sale"), sale.priced.total.minor());
  EXPECT_EQ(store_->number("SELECT SUM(tax) FROM sale_tax"), store_->number("SELECT tax FROM sale"));

  const auto day = sales_->list(store_->manager(), {sale.business_date, 0, 10, "", false});
  ASSERT_TRUE(day);
  ASSERT_EQ(day->sales.size(), 1U);
  EXPECT_EQ(day->sales[0].sale_id, sale.id.to_string());
  EXPECT_EQ(day->sales[0].payable, sale.payable);
  EXPECT_EQ(day->sale_count, 1);
  EXPECT_EQ(day->total, sale.payable);
  const auto detail = sales_->detail(store_->manager(), 1, 1);
  ASSERT_TRUE(detail);
  EXPECT_EQ(detail->sale, sale);
  const auto told = store_->sink.copy(store_->sink.sales);
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(told[0].sale_id, sale.id.to_string());
}

TEST_F(SaleIngestTest, TheSameEntryTwiceIsTheSameAsOnce) {
  const auto entry = next();
  EXPECT_EQ(send_one(*till_, entry), EntryOutcome::stored);
  EXPECT_EQ(send_one(*till_, entry), EntryOutcome::duplicate);
  EXPECT_EQ(store_->number("SELECT COUNT(*) FROM sale"), 1);
  EXPECT_EQ(store_->number("SELECT SUM(quantity) FROM stock_balance"), -2000);
  EXPECT_EQ(all_exceptions(), 0);
  EXPECT_EQ(sales_->statistics().entries_duplicate, 1);
}

TEST_F(SaleIngestTest, FiftyAtOnceAreOneEffect) {
  const auto entry = next();
  std::vector<std::future<Result<protocol::JournalAck>>> answers;
  for (int i = 0; i < 50; ++i) {
    auto promise = std::make_shared<std::promise<Result<protocol::JournalAck>>>();
    answers.push_back(promise->get_future());
    sales_->ingest(till_->principal(), {{entry}}, [promise](auto ack) { promise->set_value(std::move(ack)); });
  }
  int stored = 0;
  for (auto& answer : answers) {
    const auto ack = answer.get();
    ASSERT_TRUE(ack) << ack.error().message;
    if (ack->results.at(0).outcome == EntryOutcome::stored) ++stored;
  }
  EXPECT_EQ(stored, 1);
  EXPECT_EQ(store_->number("SELECT COUNT(*) FROM sale"), 1);
  EXPECT_EQ(store_->number("SELECT SUM(quantity) FROM stock_balance"), -2000);
  EXPECT_EQ(store_->number("SELECT SUM(quantity) FROM stock_movement"), -2000);
  EXPECT_EQ(all_exceptions(), 0);
}

TEST_F(SaleIngestTest, WhatATillSendsAtOnceIsStoredInItsOrder) {
  constexpr int rounds = 10;
  std::vector<std::future<Result<protocol::JournalAck>>> answers;
  for (int round = 0; round < rounds; ++round) {
    // A large upload takes longer to prepare than the single entry that comes right behind it.
    for (const int size : {60, 1}) {
      std::vector<journal::Entry> entries;
      for (int i = 0; i < size; ++i) entries.push_back(next());
      auto promise = std::make_shared<std::promise<Result<protocol::JournalAck>>>();
      answers.push_back(promise->get_future());
      sales_->ingest(till_->principal(), {std::move(entries)},
                     [promise](auto ack) { promise->set_value(std::move(ack)); });
    }
  }
  for (auto& answer : answers) {
    const auto ack = answer.get();
    ASSERT_TRUE(ack) << ack.error().message;
  }
  EXPECT_EQ(store_->number("SELECT COUNT(*) FROM sale"), rounds * 61);
  EXPECT_EQ(all_exceptions(), 0);
}

TEST_F(SaleIngestTest, ManyTillsAtOnce) {
  constexpr int tills = 8;
  constexpr int sales_each = 40;
  std::vector<std::thread> threads;
  std::vector<TestTill> lanes;
  for (int t = 0; t < tills; ++t) lanes.push_back(store_->enrol_till(10 + t));
  for (auto& lane : lanes) {
    threads.emplace_back([&] {
      for (int i = 0; i < sales_each; ++i) {
        TestTill::Bought bought;
        for (int n = 0; n < 5; ++n) {
          bought.emplace_back(items_[static_cast<std::size_t>((i * 7 + n * 3 + lane.number()) % 20)],
                              Quantity::of_units(1 + n));
        }
        EXPECT_EQ(send_one(lane, store_->record_sale(lane, bought)), EntryOutcome::stored);
      }
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(store_->number("SELECT COUNT(*) FROM sale"), tills * sales_each);
  EXPECT_EQ(store_->number("SELECT SUM(quantity) FROM stock_balance"),
            store_->number("SELECT SUM(quantity) FROM stock_movement"));
  EXPECT_EQ(all_exceptions(), 0);
  EXPECT_LT(sales_->statistics().batches, tills * sales_each) << "nothing was coalesced";
}

TEST_F(SaleIngestTest, OtherContentUnderTheSameNumberIsAConflict) {
  const auto entry = next();
  ASSERT_EQ(send_one(*till_, entry), EntryOutcome::stored);
  auto other = store_->make_sale(*till_, {{items_[3], Quantity::of_units(9)}});
  other.receipt_number = 1;
  const auto forged = till_->rewrite(entry, journal::encode_sale(other));
  EXPECT_EQ(send_one(*till_, forged), EntryOutcome::conflict);
  EXPECT_EQ(send_one(*till_, forged), EntryOutcome::conflict) << "and again the same answer";
  EXPECT_EQ(exceptions("journal.conflict"), 1);
  EXPECT_EQ(store_->number("SELECT COUNT(*) FROM sale"), 1);
  EXPECT_EQ(store_->number("SELECT COUNT(*) FROM journal_set_aside WHERE outcome = 'conflict'"), 1);
  EXPECT_EQ(store_->number("SELECT COUNT(*) FROM journal_set_aside WHERE payload = (SELECT payload FROM "
                           "journal_entry)"),
            0)
      << "the other content is kept as it came";
  EXPECT_EQ(send_one(*till_, next()), EntryOutcome::stored) << "it blocks nothing";
}

TEST_F(SaleIngestTest, WhatCannotBeReadIsKeptAsideAndBlocksNothing) {
  auto broken = till_->record_payload("{\"kind\":\"future\"}");
  auto tampered = next();
  const auto good = next();
  tampered.payload[tampered.payload.size() / 2] ^= 1;
  auto latin = till_->record_payload("not json at all");
  const auto ack = send(*till_, {broken, tampered, good, latin});
  ASSERT_EQ(ack.results.size(), 4U);
  EXPECT_EQ(ack.results[0].outcome, EntryOutcome::malformed);
  EXPECT_EQ(ack.results[1].outcome, EntryOutcome::malformed);
  EXPECT_EQ(ack.results[2].outcome, EntryOutcome::stored);
  EXPECT_EQ(ack.results[3].outcome, EntryOutcome::malformed);
  EXPECT_EQ(exceptions("journal.malformed"), 3);
  EXPECT_EQ(exceptions("journal.gap"), 1) << "the tampered one left a hole";
  EXPECT_EQ(store_->number("SELECT COUNT(*) FROM sale"), 1);
  EXPECT_EQ(store_->number("SELECT last_sequence FROM till_head WHERE till = 1"), 4);
  EXPECT_EQ(send(*till_, {broken}).results[0].outcome, EntryOutcome::malformed);
  EXPECT_EQ(exceptions("journal.malformed"), 3) << "raised once";
}

TEST_F(SaleIngestTest, AGapIsNamedAndCanBeFilledLater) {
  const auto first = next();
  const auto second = next();
  const auto third = next();
  EXPECT_EQ(send_one(*till_, first), EntryOutcome::stored);
  EXPECT_EQ(send_one(*till_, third), EntryOutcome::stored);
  EXPECT_EQ(exceptions("journal.gap"), 1);
  EXPECT_EQ(exceptions("sale.receipt_gap"), 0) << "the gap says it all";
  EXPECT_EQ(send_one(*till_, second), EntryOutcome::stored);
  EXPECT_EQ(all_exceptions(), 1);
  EXPECT_EQ(store_->number("SELECT COUNT(*) FROM sale"), 3);
}

TEST_F(SaleIngestTest, ABrokenChainIsNamed) {
  ASSERT_EQ(send_one(*till_, next()), EntryOutcome::stored);
  const auto sale = store_->make_sale(*till_, {{items_[0], Quantity::of_units(1)}});
  journal::Hash elsewhere{};
  elsewhere.fill(7);
  const auto entry = journal::make_entry(1, 2, elsewhere, journal::encode_sale(sale), till_->key());
  EXPECT_EQ(send_one(*till_, entry), EntryOutcome::stored);
  EXPECT_EQ(exceptions("journal.broken_chain"), 1);
}

TEST_F(SaleIngestTest, NumbersUsedTwiceAreNamed) {
  auto sale = store_->make_sale(*till_, {{items_[0], Quantity::of_units(1)}});
  ASSERT_EQ(send_one(*till_, till_->record(sale)), EntryOutcome::stored);
  EXPECT_EQ(send_one(*till_, till_->record(sale)), EntryOutcome::stored) << "a fact is never refused";
  EXPECT_EQ(exceptions("sale.receipt_reused"), 1);
  EXPECT_EQ(exceptions("sale.id_reused"), 1);
  sale = store_->make_sale(*till_, {{items_[0], Quantity::of_units(1)}});
  sale.receipt_number = 9;
  EXPECT_EQ(send_one(*till_, till_->record(sale)), EntryOutcome::stored);
  EXPECT_EQ(exceptions("sale.receipt_gap"), 1);
  const auto day = sales_->list(store_->manager(), {sale.business_date, 0, 10, "", true});
  ASSERT_TRUE(day);
  EXPECT_EQ(day->sales.size(), 2U);
  EXPECT_EQ(day->exception_count, 2);
  EXPECT_EQ(sales_->exceptions(store_->manager(), "", 10)->size(), 3U);
}

TEST_F(SaleIngestTest, WrongSumsAndWrongPricesAreNamed) {
  auto sale = store_->make_sale(*till_, {{items_[0], Quantity::of_units(2)}});
  sale.payable = sale.payable - Money::of_minor(1);
  EXPECT_EQ(send_one(*till_, till_->record(sale)), EntryOutcome::stored);
  EXPECT_EQ(exceptions("sale.arithmetic"), 1);
  EXPECT_EQ(exceptions("price.recomputed"), 0);

  auto cheap = items_[1];
  cheap.prices[0].amount = Money::of_minor(1);
  EXPECT_EQ(send_one(*till_, store_->record_sale(*till_, {{cheap, Quantity::of_units(2)}})), EntryOutcome::stored);
  EXPECT_EQ(exceptions("price.differs"), 1);

  auto taxed = store_->make_sale(*till_, {{items_[0], Quantity::of_units(2)}});
  auto wrong_rates = store_->taxes;
  for (auto& tax : wrong_rates) tax.rates[0].rate = Rate::of_per_10k(4200);
  sale::Basket basket;
  basket.lines = taxed.lines;
  TestTill::price(taxed, basket, wrong_rates);
  EXPECT_EQ(send_one(*till_, till_->record(taxed)), EntryOutcome::stored);
  EXPECT_EQ(exceptions("price.recomputed"), 1);

  auto stranger = items_[2];
  stranger.id = 999'999;
  EXPECT_EQ(send_one(*till_, store_->record_sale(*till_, {{stranger, Quantity::of_units(1)}})), EntryOutcome::stored);
  EXPECT_EQ(exceptions("item.unknown"), 1);
  EXPECT_EQ(all_exceptions(), 4);
}

TEST_F(SaleIngestTest, ASaleFromTheFutureIsNamedAndStored) {
  const auto sell_at = [this](std::int64_t ahead_ms, bool simulated) {
    auto sale = store_->make_sale(*till_, {{items_[0], Quantity::of_units(1)}});
    sale.completed_at.instant.unix_ms += ahead_ms;
    sale.simulated_clock = simulated;
    return send_one(*till_, till_->record(sale));
  };
  constexpr auto tolerance = SaleService::clock_tolerance_ms;
  EXPECT_EQ(sell_at(tolerance, false), EntryOutcome::stored);
  EXPECT_EQ(sell_at(-100 * tolerance, false), EntryOutcome::stored) << "it was offline for hours";
  EXPECT_EQ(sell_at(100 * tolerance, true), EntryOutcome::stored) << "a trial";
  EXPECT_EQ(all_exceptions(), 0);
  EXPECT_EQ(sell_at(tolerance + 1, false), EntryOutcome::stored);
  EXPECT_EQ(exceptions("till.clock_ahead"), 1);
  EXPECT_EQ(all_exceptions(), 1);
  const auto page = sales_->exceptions(store_->manager(), "", 10);
  ASSERT_TRUE(page);
  EXPECT_EQ(page->front().what.details["minutes"], "3");
  EXPECT_EQ(store_->number("SELECT COUNT(*) FROM sale"), 4);
  for (int i = 0; i < 3; ++i) EXPECT_EQ(sell_at(tolerance + 1 + 10'000 * i, false), EntryOutcome::stored);
  EXPECT_EQ(exceptions("till.clock_ahead"), 1) << "it was told";
  EXPECT_EQ(sell_at(tolerance + 1 + 60'000, false), EntryOutcome::stored);
  EXPECT_EQ(exceptions("till.clock_ahead"), 2) << "another minute";
  EXPECT_EQ(sell_at(-tolerance - 1, false), EntryOutcome::stored);
  EXPECT_EQ(sell_at(tolerance + 1, false), EntryOutcome::stored);
  EXPECT_EQ(exceptions("till.clock_ahead"), 2) << "one that comes late says nothing of the clock";
  EXPECT_EQ(sell_at(0, false), EntryOutcome::stored);
  EXPECT_EQ(sell_at(tolerance + 1, false), EntryOutcome::stored);
  EXPECT_EQ(exceptions("till.clock_ahead"), 3) << "it was right in between";
}

TEST_F(SaleIngestTest, ALabelOfAnOlderPriceIsNamed) {
  auto profile = store_->stores.profile(till_->principal()).value();
  profile.layouts = {{"amount and weight", "26PPPPPAAAAAWWWWWC"}};
  ASSERT_TRUE(store_->stores.replace_profile(profile));
  bool open_price = false;
  const auto sell = [&](const std::string& code, std::int64_t amount, std::int64_t grams) {
    auto item = items_[0];
    auto sale = store_->make_sale(*till_, {{item, Quantity::of_milli(grams)}});
    auto& line = sale.lines[0];
    line.code = code;
    line.fixed_amount = Money::of_minor(amount);
    line.weight_source = sale::WeightSource::label;
    if (open_price) line.unit_price = {};
    sale::Basket basket;
    basket.lines = sale.lines;
    TestTill::price(sale, basket, store_->taxes);
    return send_one(*till_, till_->record(sale));
  };
  const std::int64_t grams = 836;
  const auto due =
      multiply(*catalogue::price_at(items_[0], "regular", store_->clock.now().instant), Quantity::of_milli(grams))
          ->minor();
  const auto label = [&](std::int64_t amount) {
    const auto body = fmt::format("2600001{:05}{:05}", amount, grams);
    return body + barcode::check_digit(body);
  };
  EXPECT_EQ(sell(label(due), due, grams), EntryOutcome::stored);
  EXPECT_EQ(sell(label(due + 9), due + 9, grams), EntryOutcome::stored) << "its scale rounds to tenths";
  EXPECT_EQ(sell("6901234567892", due - 50, grams), EntryOutcome::stored) << "a pack has a price of its own";
  EXPECT_EQ(all_exceptions(), 0);
  EXPECT_EQ(sell(label(due - 50), due - 50, grams), EntryOutcome::stored);
  EXPECT_EQ(exceptions("price.label_differs"), 1);
  EXPECT_EQ(all_exceptions(), 1);
  const auto page = sales_->exceptions(store_->manager(), "", 10);
  ASSERT_TRUE(page);
  EXPECT_EQ(page->front().what.details["number"], items_[0].number);
  EXPECT_EQ(page->front().what.details["charged"], Money::of_minor(due - 50).to_string());
  EXPECT_EQ(page->front().what.details["catalogue"], Money::of_minor(due).to_string());
  open_price = true;
  EXPECT_EQ(sell(label(due - 50), due - 50, grams), EntryOutcome::stored);
  EXPECT_EQ(all_exceptions(), 1) << "the catalogue has no price for them: the label says what they cost";
}

TEST_F(SaleIngestTest, ALabelOnTheShelfThatSaysAnotherPriceIsNamed) {
  const auto sell = [this](const char* reason) {
    auto sale = store_->make_sale(*till_, {{items_[0], Quantity::of_units(1)}});
    auto& line = sale.lines[0];
    line.price_override = sale::PriceOverride{line.unit_price, reason, 1};
    line.unit_price = line.unit_price - Money::of_minor(1);
    sale::Basket basket;
    basket.lines = sale.lines;
    TestTill::price(sale, basket, store_->taxes);
    return send_one(*till_, till_->record(sale));
  };
  EXPECT_EQ(sell("price.near_expiry"), EntryOutcome::stored);
  EXPECT_EQ(exceptions("price.shelf_label"), 0);
  EXPECT_EQ(sell("price.label"), EntryOutcome::stored);
  ASSERT_EQ(exceptions("price.shelf_label"), 1);
  const auto page = sales_->exceptions(store_->manager(), "", 10);
  const auto found =
      std::find_if(page->begin(), page->end(), [](const auto& one) { return one.what.code == "price.shelf_label"; });
  auto& details = found->what.details;
  const auto price = *catalogue::price_at(items_[0], "regular", store_->clock.now().instant);
  EXPECT_EQ(details["name"], items_[0].name);
  EXPECT_EQ(details["catalogue"], price.to_string());
  EXPECT_EQ(details["label"], (price - Money::of_minor(1)).to_string());
}

TEST_F(SaleIngestTest, APriceIsComparedWithTheCatalogueTheTillHad) {
  const auto before = items_[0];
  auto changed = before;
  for (int i = 0; i < 3; ++i) {
    changed.prices[0].amount = Money::of_minor(4200 + i);
    auto saved = store_->catalogue.update(store_->manager(), changed);
    ASSERT_TRUE(saved) << saved.error().code;
    changed = saved->item;
  }
  // The till was offline: it has the old catalogue and the old price.
  EXPECT_EQ(send_one(*till_, store_->record_sale(*till_, {{before, Quantity::of_units(1)}})), EntryOutcome::stored);
  EXPECT_EQ(all_exceptions(), 0);
  // Now it has the new catalogue.
  store_->version = changed.version;
  EXPECT_EQ(send_one(*till_, store_->record_sale(*till_, {{changed, Quantity::of_units(1)}})), EntryOutcome::stored);
  EXPECT_EQ(all_exceptions(), 0);
  EXPECT_EQ(send_one(*till_, store_->record_sale(*till_, {{before, Quantity::of_units(1)}})), EntryOutcome::stored);
  EXPECT_EQ(exceptions("price.differs"), 1) << "it sells at a price from three versions ago";
}

TEST_F(SaleIngestTest, StockBelowZeroIsNamedOnceForItemsThatAreKept) {
  store_->run("INSERT INTO stock_balance (store_id, item_id, quantity) VALUES (1, " + std::to_string(items_[0].id) +
              ", 3000)");
  EXPECT_EQ(send_one(*till_, next()), EntryOutcome::stored);
  EXPECT_EQ(exceptions("stock.negative"), 0);
  EXPECT_EQ(send_one(*till_, next()), EntryOutcome::stored);
  EXPECT_EQ(exceptions("stock.negative"), 1);
  EXPECT_EQ(send_one(*till_, next()), EntryOutcome::stored);
  EXPECT_EQ(exceptions("stock.negative"), 1);
}

TEST_F(SaleIngestTest, APoisonousEntryIsIsolated) {
  // A balance that cannot go further down: the database refuses the sum.
  store_->run("INSERT INTO stock_balance (store_id, item_id, quantity) VALUES (1, " + std::to_string(items_[5].id) +
              ", -9223372036854775807)");
  std::vector<journal::Entry> entries;
  for (int i = 0; i < 9; ++i) entries.push_back(next());
  entries.push_back(store_->record_sale(*till_, {{items_[5], Quantity::of_units(2)}}));
  for (int i = 0; i < 9; ++i) entries.push_back(next());
  const auto poison = entries[9];
  const auto ack = send(*till_, entries);
  ASSERT_EQ(ack.results.size(), 19U);
  for (std::size_t i = 0; i < ack.results.size(); ++i) {
    EXPECT_EQ(ack.results[i].outcome, i == 9 ? EntryOutcome::malformed : EntryOutcome::stored) << i;
  }
  EXPECT_EQ(store_->number("SELECT COUNT(*) FROM sale"), 18);
  EXPECT_EQ(all_exceptions(), 1);
  EXPECT_EQ(send_one(*till_, poison), EntryOutcome::malformed);
  EXPECT_EQ(all_exceptions(), 1);
}

TEST_F(SaleIngestTest, RefusesWhatIsNotThisTills) {
  auto other = store_->enrol_till(2);
  const auto entry = next();
  const auto refused = sales_->ingest(other.principal(), {{entry}});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "journal.foreign_till");
  const auto mixed =
      sales_->ingest(till_->principal(), {{entry, store_->record_sale(other, {{items_[0], Quantity::of_units(1)}})}});
  EXPECT_EQ(mixed.error().code, "journal.mixed_tills");
  EXPECT_EQ(sales_->ingest(till_->principal(), {}).error().code, "journal.empty");
  EXPECT_EQ(sales_->ingest(store_->manager(), {{entry}}).error().code, "access.not_a_till");
  EXPECT_EQ(sales_->ingest(Principal{}, {{entry}}).error().code, "access.not_enrolled");
  EXPECT_EQ(sales_->ingest(till_->principal(), {std::vector<journal::Entry>(101, entry)}).error().code,
            "journal.too_many");
  EXPECT_EQ(store_->number("SELECT COUNT(*) FROM journal_entry"), 0);
}

TEST_F(SaleIngestTest, AReplacedDeviceMayStillSendWhatItSigned) {
  const auto entry = next();
  // The same machine, with the same key, is enrolled again as till 5.
  auto again = testing::TestTill(5, till_->key());
  storage::DeviceRecord device;
  device.id = again.device_id = "again";
  device.till = 5;
  device.public_key = till_->key().public_key();
  device.certificate_serial = "again";
  device.enrolled_at = store_->clock.now();
  store_->database.transact([&](storage::Connection& c) {
    storage::DeviceRepository devices(c, 1);
    devices.revoke_till(1, store_->clock.now().instant);
    devices.insert(device);
  });
  EXPECT_EQ(send_one(again, entry), EntryOutcome::stored);
}

TEST_F(SaleIngestTest, ANewDeviceGoesOnWithTheTillsJournal) {
  const auto first = next();
  ASSERT_EQ(send_one(*till_, first), EntryOutcome::stored);
  auto successor = store_->enrol_till(1);
  auto sale = store_->make_sale(successor, {{items_[0], Quantity::of_units(1)}});
  sale.receipt_number = 2;
  const auto entry = journal::make_entry(1, 2, first.hash, journal::encode_sale(sale), successor.key());
  EXPECT_EQ(send_one(successor, entry), EntryOutcome::stored);
  EXPECT_EQ(all_exceptions(), 0);
}

TEST_F(SaleIngestTest, SurvivesTheDeathOfTheDatabase) {
  auto& server = PrivateDatabase::instance();
  std::vector<journal::Entry> entries;
  for (int i = 0; i < 30; ++i) entries.push_back(next());
  for (int i = 0; i < 10; ++i) ASSERT_EQ(send_one(*till_, entries[static_cast<std::size_t>(i)]), EntryOutcome::stored);
  server.kill();
  const auto lost = sales_->ingest(till_->principal(), {{entries[10]}});
  ASSERT_FALSE(lost);
  EXPECT_EQ(lost.error().code, "server.storage");
  server.start();
  // The till sends everything again, from the beginning.
  int answered = 0;
  for (const auto& entry : entries) {
    // Each connection of the pool may still have to notice that its server was gone.
    for (int attempt = 0; attempt < 6; ++attempt) {
      if (sales_->ingest(till_->principal(), {{entry}})) {
        ++answered;
        break;
      }
    }
  }
  EXPECT_EQ(answered, 30);
  EXPECT_EQ(store_->number("SELECT COUNT(*) FROM sale"), 30);
  EXPECT_EQ(store_->number("SELECT SUM(quantity) FROM stock_balance"), -60'000);
  EXPECT_EQ(all_exceptions(), 0);
}

TEST_F(SaleIngestTest, ListsADayInPages) {
  for (int i = 0; i < 7; ++i) {
    ASSERT_EQ(send_one(*till_, next()), EntryOutcome::stored);
    if (i % 2 == 0) store_->clock.advance(1000);
  }
  std::vector<std::int64_t> seen;
  std::string before;
  while (true) {
    const auto page = sales_->list(store_->manager(), {store_->clock.now().local_date(), 0, 3, before, false});
    ASSERT_TRUE(page);
    EXPECT_EQ(page->sale_count, 7);
    for (const auto& sale : page->sales) seen.push_back(sale.sequence);
    if (!page->more) break;
    before = page->sales.back().sale_id;
  }
  EXPECT_EQ(seen, (std::vector<std::int64_t>{7, 6, 5, 4, 3, 2, 1}));
  EXPECT_EQ(sales_->list(store_->manager(access::Role::cashier), {}).error().code, "access.forbidden");
  EXPECT_EQ(sales_->detail(store_->manager(), 1, 99).error().code, "sale.not_found");
}

TEST_F(SaleIngestTest, ALargePayloadFits) {
  auto sale = store_->make_sale(*till_, {{items_[0], Quantity::of_units(1)}});
  sale.lines[0].name = std::string(900'000, 'x');
  EXPECT_EQ(send_one(*till_, till_->record(sale)), EntryOutcome::stored);
  sale = store_->make_sale(*till_, {{items_[0], Quantity::of_units(1)}});
  sale.lines[0].name = std::string(2'000'000, 'x');
  EXPECT_EQ(send_one(*till_, till_->record(sale)), EntryOutcome::malformed);
  EXPECT_EQ(store_->number("SELECT LENGTH(payload) > 2000000 FROM journal_set_aside"), 1) << "kept as it came";
}

}  // namespace
}  // namespace lanekeeper::services
