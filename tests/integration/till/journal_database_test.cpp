#include <gtest/gtest.h>

#include <fstream>

#include "cache/journal_file.h"
#include "till_files.h"

namespace lanekeeper::till::test {
namespace {

namespace fs = std::filesystem;

TEST(JournalDatabase, GivesNumbersAndChainsEntries) {
  const Folder folder;
  OpenJournal open(folder.path());
  for (int i = 1; i <= 5; ++i) {
    const auto recorded = open.journal->commit(fresh_sale());
    ASSERT_TRUE(recorded) << recorded.error().message;
    EXPECT_EQ(recorded->receipt_number, i);
    EXPECT_EQ(recorded->till, 3);
  }
  const auto entries = entries_of(folder.path());
  ASSERT_EQ(entries.size(), 5U);
  EXPECT_EQ(chain_problem(entries), "");
  const auto outbox = open.journal->outbox();
  EXPECT_EQ(outbox.unsent, 5);
  EXPECT_EQ(outbox.unsent_amount.minor(), 5 * samples::finished_sale().payable.minor());
  EXPECT_EQ(outbox.last_sequence, 5);
  EXPECT_EQ(outbox.last_receipt_number, 5);
}

TEST(JournalDatabase, GoesOnAfterARestart) {
  const Folder folder;
  sale::RetailTransaction last;
  {
    OpenJournal open(folder.path());
    for (int i = 0; i < 3; ++i) last = open.journal->commit(fresh_sale()).value();
  }
  OpenJournal open(folder.path());
  EXPECT_EQ(open.journal->last_sale(), last);
  EXPECT_EQ(open.journal->commit(fresh_sale())->receipt_number, 4);
  EXPECT_EQ(chain_problem(entries_of(folder.path())), "");
  EXPECT_FALSE(open.journal->report().damaged);
  EXPECT_EQ(open.journal->report().missing_from, 0);
}

TEST(JournalDatabase, RecordsTheSameSaleOnce) {
  const Folder folder;
  OpenJournal open(folder.path());
  const auto sale = fresh_sale();
  const auto first = open.journal->commit(sale);
  const auto again = open.journal->commit(sale);
  EXPECT_EQ(first, again);
  EXPECT_EQ(entries_of(folder.path()).size(), 1U);
}

TEST(JournalDatabase, NumbersGoByTheirCounterWhateverTheClockSays) {
  const Folder folder;
  auto later = fresh_sale();
  auto earlier = fresh_sale();
  earlier.completed_at.instant.unix_ms -= 400LL * 24 * 3600 * 1000;  // the till's battery is empty
  {
    OpenJournal open(folder.path());
    EXPECT_EQ(open.journal->commit(later)->receipt_number, 1);
    EXPECT_EQ(open.journal->commit(earlier)->receipt_number, 2);
  }
  OpenJournal open(folder.path());
  EXPECT_EQ(open.journal->last_sale()->id, earlier.id);
  EXPECT_EQ(open.journal->commit(fresh_sale())->receipt_number, 3);
  EXPECT_EQ(chain_problem(entries_of(folder.path())), "");
}

TEST(JournalDatabase, RefusesWithoutIdentity) {
  const Folder folder;
  OpenJournal open(folder.path(), false);
  EXPECT_EQ(open.journal->commit(fresh_sale()).error().code, "journal.no_identity");
}

TEST(JournalDatabase, ContinuesBehindWhatTheServerKnows) {
  const Folder folder;
  OpenJournal open(folder.path(), false);
  auto reinstalled = identity();
  reinstalled.last_sequence = 41;
  reinstalled.last_receipt_number = 40;
  reinstalled.last_hash.fill(9);
  ASSERT_TRUE(open.journal->set_identity(reinstalled));
  EXPECT_EQ(open.journal->commit(fresh_sale())->receipt_number, 41);
  const auto entries = entries_of(folder.path());
  EXPECT_EQ(entries.front().sequence, 42);
  EXPECT_EQ(entries.front().previous, reinstalled.last_hash);
  // What the server knew at enrolment must not pull the journal back later.
  ASSERT_TRUE(open.journal->set_identity(reinstalled));
  EXPECT_EQ(open.journal->commit(fresh_sale())->receipt_number, 42);
  EXPECT_EQ(chain_problem(entries_of(folder.path()), 42), "");
}

TEST(JournalDatabase, ComesBackToAnEarlierTillNumberWithoutReusingItsSequences) {
  const Folder folder;
  OpenJournal open(folder.path());
  ASSERT_TRUE(open.journal->commit(fresh_sale()));
  ASSERT_TRUE(open.journal->commit(fresh_sale()));
  ASSERT_TRUE(open.journal->set_identity(identity(8)));
  EXPECT_EQ(open.journal->commit(fresh_sale())->receipt_number, 1);
  ASSERT_TRUE(open.journal->set_identity(identity(3)));  // the server has none of till 3 yet
  EXPECT_EQ(open.journal->commit(fresh_sale())->receipt_number, 3);
  const auto entries = entries_of(folder.path());
  ASSERT_EQ(entries.size(), 4U);
  EXPECT_EQ(entries[3].till, 3);
  EXPECT_EQ(entries[3].sequence, 3);
  EXPECT_EQ(entries[3].previous, entries[1].hash);
}

TEST(JournalDatabase, HoldsItsDirectory) {
  const Folder folder;
  OpenJournal open(folder.path());
  const auto second = JournalDatabase::open(folder.path(), *open.deliveries);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, "till.already_running");
}

TEST(JournalDatabase, RefusesAFileOfANewerVersion) {
  const Folder folder;
  { OpenJournal open(folder.path()); }
  sqlite::Database(folder / "journal.db").execute("PRAGMA user_version=99");
  auto log = DeliveryLog::open(folder.path()).value();
  EXPECT_EQ(JournalDatabase::open(folder.path(), *log).error().code, "journal.newer");
}

TEST(Basket, ComesBackAsItWas) {
  const Folder folder;
  auto basket = open_basket(20);
  {
    OpenJournal open(folder.path());
    EXPECT_EQ(open.journal->load_basket(), std::nullopt);
    ASSERT_TRUE(open.journal->save_basket(basket));
    basket.lines.push_back(samples::line(21, "1.00", "3"));
    basket.lines[4].voided = true;
    basket.tenders.push_back({sale::TenderKind::cash, Money::of_minor(500), ""});
    ASSERT_TRUE(open.journal->save_basket(basket));
    basket.lines.resize(7);
    ASSERT_TRUE(open.journal->save_basket(basket));
    EXPECT_EQ(open.journal->load_basket(), basket);
  }
  {
    OpenJournal open(folder.path());
    EXPECT_EQ(open.journal->load_basket(), basket);
    basket.lines.resize(3);  // the first save after a start knows nothing of what the file holds
    ASSERT_TRUE(open.journal->save_basket(basket));
    EXPECT_EQ(open.journal->load_basket(), basket);
    ASSERT_TRUE(open.journal->save_basket(sale::Basket{}));
    EXPECT_EQ(open.journal->load_basket(), std::nullopt);
  }
}

TEST(Basket, KeepsARefusedAgeFromBeforeTheFirstLine) {
  const Folder folder;
  sale::Basket basket;
  basket.age_refusals.emplace().push_back({9, "100009", "啤酒", 18, 7, samples::time_at("2026-11-22T10:00:00+08:00")});
  {
    OpenJournal open(folder.path());
    ASSERT_TRUE(open.journal->save_basket(basket));
  }
  OpenJournal open(folder.path());
  EXPECT_EQ(open.journal->load_basket(), basket);
}

TEST(Basket, IsClearedByItsSaleEvenWhenTheFileStillHasIt) {
  const Folder folder;
  auto sale = fresh_sale();
  auto basket = open_basket(3);
  basket.id = sale.id;
  {
    OpenJournal open(folder.path());
    ASSERT_TRUE(open.journal->save_basket(basket));
    fs::copy(folder / "basket.db", folder / "kept");
    fs::copy(folder / "basket.db-wal", folder / "kept-wal");
    ASSERT_TRUE(open.journal->commit(sale));
    EXPECT_EQ(open.journal->load_basket(), std::nullopt);
  }
  // As if the power had gone between the two files.
  fs::rename(folder / "kept", folder / "basket.db");
  fs::rename(folder / "kept-wal", folder / "basket.db-wal");
  OpenJournal open(folder.path());
  EXPECT_EQ(open.journal->load_basket(), std::nullopt);
}

TEST(Basket, ABrokenFileCostsTheBasketOnly) {
  const Folder folder;
  {
    OpenJournal open(folder.path());
    ASSERT_TRUE(open.journal->commit(fresh_sale()));
    ASSERT_TRUE(open.journal->save_basket(open_basket(3)));
  }
  std::ofstream(folder / "basket.db", std::ios::binary) << std::string(5000, 'x');
  OpenJournal open(folder.path());
  EXPECT_EQ(open.journal->load_basket(), std::nullopt);
  EXPECT_EQ(open.journal->commit(fresh_sale())->receipt_number, 2);
}

class DamagedJournal : public testing::Test {
 protected:
  void fill(int sales) {
    OpenJournal open(folder_.path());
    for (int i = 0; i < sales; ++i) ASSERT_TRUE(open.journal->commit(fresh_sale()));
  }
  const Folder folder_;
};

TEST_F(DamagedJournal, NoticesThatTheTailIsGone) {
  fill(10);
  sqlite::Database(folder_ / "journal.db").execute("DELETE FROM entry WHERE position > 7");
  OpenJournal open(folder_.path());
  EXPECT_EQ(open.journal->report().missing_from, 8);
  EXPECT_EQ(open.journal->report().missing_to, 10);
  const auto recorded = open.journal->commit(fresh_sale());
  EXPECT_EQ(recorded->receipt_number, 11);
  EXPECT_EQ(entries_of(folder_.path()).back().sequence, 11);
}

TEST_F(DamagedJournal, NoticesThatTheWholeFileIsGone) {
  fill(10);
  fs::remove(folder_ / "journal.db");
  OpenJournal open(folder_.path());
  EXPECT_EQ(open.journal->report().missing_from, 1);
  EXPECT_EQ(open.journal->report().missing_to, 10);
  EXPECT_EQ(open.journal->commit(fresh_sale())->receipt_number, 11);
}

TEST_F(DamagedJournal, ATornHeadFileLeavesTheOneBefore) {
  fill(9);
  fill(1);  // heads that come close together are written as one; a closed journal has written its own
  {
    std::fstream head(folder_ / "journal.head", std::ios::in | std::ios::out | std::ios::binary);
    head.seekp(0);
    head << std::string(300, '?');
  }
  sqlite::Database(folder_ / "journal.db").execute("DELETE FROM entry WHERE position > 2");
  OpenJournal open(folder_.path());
  EXPECT_GE(open.journal->report().missing_to, 9);
  EXPECT_GE(open.journal->commit(fresh_sale())->receipt_number, 10);
}

TEST_F(DamagedJournal, CarriesOverWhatCanStillBeRead) {
  fill(60);
  {
    // Tear a hole into the middle of the file, as a bad block would.
    std::fstream file(folder_ / "journal.db", std::ios::in | std::ios::out | std::ios::binary);
    const auto size = fs::file_size(folder_ / "journal.db");
    file.seekp(static_cast<std::streamoff>(size / 2 / 4096 * 4096));
    file << std::string(8192, '\x5a');
  }
  OpenJournal open(folder_.path());
  EXPECT_TRUE(open.journal->report().damaged);
  EXPECT_TRUE(fs::exists(open.journal->report().damaged_file));
  EXPECT_GT(open.journal->report().carried_over, 40);
  EXPECT_EQ(open.journal->commit(fresh_sale())->receipt_number, 61);
  for (const auto& entry : entries_of(folder_.path())) {
    EXPECT_TRUE(journal::verify_entry(entry, till_key().public_key()));
  }
}

TEST_F(DamagedJournal, ARubbishFileIsPutAside) {
  fill(5);
  std::ofstream(folder_ / "journal.db", std::ios::binary) << std::string(20000, 'x');
  OpenJournal open(folder_.path());
  EXPECT_TRUE(open.journal->report().damaged);
  EXPECT_EQ(open.journal->report().missing_to, 5);
  EXPECT_EQ(open.journal->commit(fresh_sale())->receipt_number, 6);
}

TEST_F(DamagedJournal, AChangedAmountIsNoticed) {
  fill(5);
  sqlite::Database(folder_ / "journal.db")
      .execute(
          "UPDATE entry SET payload = replace(payload, '\"receipt_number\":4', '\"receipt_number\":9') "
          "WHERE position = 4");
  OpenJournal open(folder_.path());
  EXPECT_TRUE(open.journal->report().damaged);
  EXPECT_EQ(open.journal->report().carried_over, 4);
  EXPECT_EQ(open.journal->report().missing_from, 4);
  EXPECT_EQ(open.journal->report().missing_to, 4);
}

TEST_F(DamagedJournal, EverySingleTruncationIsNoticedOrHarmless) {
  fill(12);
  const auto size = fs::file_size(folder_ / "journal.db");
  for (std::uintmax_t length = 0; length < size; length += 4096 / 2) {
    const Folder copy;
    for (const char* name : {"journal.db", "journal.head", "delivery.db", "basket.db"}) {
      fs::copy(folder_ / name, copy / name);
    }
    fs::resize_file(copy / "journal.db", length);
    OpenJournal open(copy.path());
    const auto& report = open.journal->report();
    EXPECT_TRUE(report.damaged || report.missing_to == 12) << "cut at " << length;
    EXPECT_EQ(open.journal->commit(fresh_sale())->receipt_number, 13) << "cut at " << length;
  }
}

TEST(JournalDatabase, AControlThatCameOnceIsKnownAgainAmongTheNewest) {
  const Folder folder;
  auto held = fresh_control(sale::ControlKind::basket_suspend);
  held.basket = sale::BasketTrace{};
  held.basket->basket = fresh_control(sale::ControlKind::no_sale).id;
  {
    OpenJournal open(folder.path());
    ASSERT_TRUE(open.journal->commit_control(held));
    ASSERT_TRUE(open.journal->commit_control(fresh_control(sale::ControlKind::no_sale)));
    ASSERT_TRUE(open.journal->commit(fresh_sale()));
    EXPECT_EQ(open.journal->commit_control(held)->sequence, 1);
  }
  OpenJournal open(folder.path());
  EXPECT_EQ(open.journal->last_control_of(held.basket->basket)->kind, sale::ControlKind::basket_suspend)
      << "whatever came after it";
  EXPECT_FALSE(open.journal->last_control_of(held.id)) << "no such basket";
  EXPECT_EQ(open.journal->commit_control(held)->sequence, 1);
  EXPECT_EQ(entries_of(folder.path()).size(), 3U);
}

TEST(JournalDatabase, ARecordOfABasketThatWasPutAsideLeavesTheOneThatIsOpen) {
  const Folder folder;
  OpenJournal open(folder.path());
  const auto now_open = open_basket(2);
  ASSERT_TRUE(open.journal->save_basket(now_open));
  auto late = fresh_control(sale::ControlKind::basket_suspend);
  late.basket = sale::BasketTrace{};
  late.basket->basket = samples::uuid("00000000-0000-4000-8000-00000000000a");
  ASSERT_TRUE(open.journal->commit_control(late));
  ASSERT_TRUE(open.journal->load_basket());
  late.id = samples::uuid("00000000-0000-4000-8000-00000000000b");
  late.basket->basket = now_open.id;
  ASSERT_TRUE(open.journal->commit_control(late));
  EXPECT_FALSE(open.journal->load_basket());
  const auto longer = [&] {
    auto basket = open_basket(3);
    basket.id = now_open.id;
    return basket;
  }();
  ASSERT_TRUE(open.journal->save_basket(longer));
  ASSERT_TRUE(open.journal->commit_control(late)) << "it is known already";
  EXPECT_EQ(open.journal->load_basket(), longer) << "taken up again since, with more in it";
}

}  // namespace
}  // namespace lanekeeper::till::test
