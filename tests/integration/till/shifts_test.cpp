// What is no sale in the journal, and the shift that is added up from it.
#include <gtest/gtest.h>

#include <chrono>
#include <fstream>

#include "cache/journal_file.h"
#include "till_files.h"

namespace lanekeeper::till::test {
namespace {

namespace fs = std::filesystem;
using Kind = sale::ControlKind;

// Whether what the journal says of its shifts is what its entries come to.
std::string problem(const OpenJournal& open, const fs::path& directory, std::int64_t till = 3) {
  return difference(open.journal->shifts(), shifts_of(entries_of(directory), till));
}

TEST(Control, StandsInTheChainAndUsesNoReceiptNumber) {
  const Folder folder;
  OpenJournal open(folder.path());
  const auto first = open.journal->commit(fresh_sale()).value();
  auto moved = fresh_control(Kind::paid_in, "20.00");
  moved.till = 99;
  const auto recorded = open.journal->commit_control(moved);
  ASSERT_TRUE(recorded) << recorded.error().message;
  EXPECT_EQ(recorded->sequence, 2);
  EXPECT_EQ(recorded->control.till, 3) << "the journal's own number";
  EXPECT_EQ(open.journal->last_sale(), first);
  EXPECT_EQ(open.journal->commit(fresh_sale())->receipt_number, 2);
  ASSERT_TRUE(open.journal->commit_control(fresh_control(Kind::no_sale)));
  const auto outbox = open.journal->outbox();
  EXPECT_EQ(outbox.unsent, 4);
  EXPECT_EQ(outbox.unsent_amount.minor(), 2 * first.payable.minor());
  EXPECT_EQ(outbox.last_sequence, 4);
  EXPECT_EQ(outbox.last_receipt_number, 2);
  const auto entries = entries_of(folder.path());
  EXPECT_EQ(chain_problem(entries), "");
  EXPECT_EQ(journal::decode_control(entries[1].payload).value(), recorded->control);
}

TEST(Control, DoesNotHideSales) {
  const Folder folder;
  sale::RetailTransaction sold;
  {
    OpenJournal open(folder.path());
    sold = open.journal->commit(fresh_sale()).value();
    for (int i = 0; i < 30; ++i) ASSERT_TRUE(open.journal->commit_control(fresh_control(Kind::no_sale)));
    EXPECT_EQ(open.journal->find_sale(1)->sale, sold);
  }
  OpenJournal open(folder.path());
  EXPECT_EQ(open.journal->last_sale(), sold);
  EXPECT_EQ(open.journal->find_sale(1)->sale, sold);
  EXPECT_EQ(open.journal->commit(sold), sold) << "recorded already";
  EXPECT_EQ(open.journal->commit(fresh_sale())->receipt_number, 2);
  EXPECT_EQ(chain_problem(entries_of(folder.path())), "");
}

TEST(Control, IsRecordedOnceAlsoOverARestart) {
  const Folder folder;
  const auto control = fresh_control(Kind::paid_out, "12.00");
  Result<JournalStore::RecordedControl> first = fail("test.none", "nothing yet");
  {
    OpenJournal open(folder.path());
    first = open.journal->commit_control(control);
    EXPECT_EQ(open.journal->commit_control(control)->sequence, 1);
    ASSERT_TRUE(open.journal->commit(fresh_sale()));
    EXPECT_EQ(open.journal->commit_control(control)->sequence, 1) << "a sale came after it";
  }
  OpenJournal open(folder.path());
  const auto again = open.journal->commit_control(control);
  ASSERT_TRUE(again);
  EXPECT_EQ(again->sequence, 1);
  EXPECT_EQ(again->control, first->control);
  EXPECT_EQ(entries_of(folder.path()).size(), 2U);
}

TEST(Control, IsRefusedWithoutIdentity) {
  const Folder folder;
  OpenJournal open(folder.path(), false);
  EXPECT_EQ(open.journal->commit_control(fresh_control(Kind::no_sale)).error().code, "journal.no_identity");
}

TEST(Control, GivingABasketUpClearsItEvenWhenTheFileStillHasIt) {
  const Folder folder;
  const auto basket = open_basket(3);
  auto given_up = fresh_control(Kind::basket_void);
  given_up.basket = sale::BasketTrace{basket.id, 3, samples::yuan("21.00"), {}, {}};
  {
    OpenJournal open(folder.path());
    ASSERT_TRUE(open.journal->save_basket(basket));
    for (const char* name : {"basket.db", "basket.db-wal"}) fs::copy(folder / name, (folder / name) += ".kept");
    ASSERT_TRUE(open.journal->commit_control(given_up));
    EXPECT_EQ(open.journal->load_basket(), std::nullopt);
    ASSERT_TRUE(open.journal->commit_control(fresh_control(Kind::no_sale)));
  }
  // As if the power had gone between the two files.
  for (const char* name : {"basket.db", "basket.db-wal"}) fs::rename((folder / name) += ".kept", folder / name);
  OpenJournal open(folder.path());
  EXPECT_EQ(open.journal->load_basket(), std::nullopt);
}

TEST(Control, ARecalledBasketStays) {
  const Folder folder;
  const auto basket = open_basket(2);
  const auto trace = sale::BasketTrace{basket.id, 2, samples::yuan("14.00"), "3-0001", {}};
  auto aside = fresh_control(Kind::basket_suspend);
  aside.basket = trace;
  auto recalled = fresh_control(Kind::basket_recall);
  recalled.basket = trace;
  {
    OpenJournal open(folder.path());
    ASSERT_TRUE(open.journal->save_basket(basket));
    ASSERT_TRUE(open.journal->commit_control(aside));
    EXPECT_EQ(open.journal->load_basket(), std::nullopt);
    ASSERT_TRUE(open.journal->save_basket(basket));
  }
  OpenJournal open(folder.path());
  EXPECT_EQ(open.journal->load_basket(), basket) << "killed before the recall was recorded";
  ASSERT_TRUE(open.journal->commit_control(recalled));
  EXPECT_EQ(open.journal->load_basket(), basket);
}

TEST(Shift, IsTheSameAfterARestartAtEveryStep) {
  const Folder folder;
  for (int step = 0; step < 22; ++step) {
    JournalStore::Shifts before;
    {
      OpenJournal open(folder.path());
      work_at_till(*open.journal, step);
      before = open.journal->shifts();
      ASSERT_EQ(problem(open, folder.path()), "") << "step " << step;
    }
    OpenJournal open(folder.path());
    ASSERT_EQ(difference(open.journal->shifts(), before), "") << "step " << step;
  }
  OpenJournal open(folder.path());
  const auto shifts = open.journal->shifts();
  EXPECT_EQ(shifts.last_number, 3);
  EXPECT_EQ(shifts.left_in_drawer, samples::yuan("200.00"));
  EXPECT_EQ(shifts.last_closing->closing->number, 2);
  EXPECT_EQ(shifts.totals.opening_float, samples::yuan("500.00"));
  EXPECT_EQ(shifts.totals.sale_count, 2);
  EXPECT_EQ(shifts.totals.paid_in, samples::yuan("20.00"));
}

TEST(Shift, HoldsOnlyWhatCameSinceItsOpening) {
  const Folder folder;
  OpenJournal open(folder.path());
  EXPECT_EQ(difference(open.journal->shifts(), {}), "");
  ASSERT_TRUE(open.journal->commit(fresh_sale()));
  EXPECT_EQ(difference(open.journal->shifts(), {}), "") << "no shift is open";
  ASSERT_TRUE(open.journal->commit_control(shift_opening(1, "100.00")));
  ASSERT_TRUE(open.journal->commit(fresh_sale()));
  EXPECT_EQ(open.journal->shifts().totals.sale_count, 1);
  EXPECT_EQ(open.journal->shifts().totals.first_receipt, 2);
}

TEST(Shift, BelongsToATillNumber) {
  const Folder folder;
  OpenJournal open(folder.path());
  for (int step = 0; step < 11; ++step) work_at_till(*open.journal, step);
  ASSERT_TRUE(open.journal->shifts().opening);
  ASSERT_TRUE(open.journal->set_identity(identity(8)));
  EXPECT_EQ(difference(open.journal->shifts(), {}), "") << "of till 8 there is none";
  ASSERT_TRUE(open.journal->commit_control(shift_opening(1, "50.00")));
  ASSERT_TRUE(open.journal->commit(fresh_sale()));
  EXPECT_EQ(problem(open, folder.path(), 8), "");
  ASSERT_TRUE(open.journal->set_identity(identity(3)));
  EXPECT_EQ(problem(open, folder.path(), 3), "") << "as it was left";
  EXPECT_EQ(open.journal->shifts().last_number, 2);
}

TEST(Shift, OutlivesADamagedJournal) {
  const Folder folder;
  {
    OpenJournal open(folder.path());
    for (int step = 0; step < 15; ++step) work_at_till(*open.journal, step);
  }
  std::ofstream(folder / "journal.suspect") << "";
  sqlite::Database(folder / "journal.db").execute("PRAGMA wal_checkpoint(TRUNCATE)");
  {
    const sqlite::Database journal(folder / "journal.db", sqlite::OpenMode::read_write);
    const auto page = journal.integer("SELECT rootpage FROM sqlite_master WHERE name = 'entry_receipt'");
    std::fstream file(folder / "journal.db", std::ios::in | std::ios::out | std::ios::binary);
    file.seekp((page - 1) * journal.integer("PRAGMA page_size"));
    file << std::string(64, '\x55');
  }
  OpenJournal open(folder.path());
  EXPECT_TRUE(open.journal->report().damaged);
  EXPECT_EQ(open.journal->report().carried_over, 15);
  EXPECT_EQ(problem(open, folder.path()), "");
  EXPECT_EQ(open.journal->shifts().last_number, 2);
  EXPECT_TRUE(open.journal->shifts().opening);
  for (int step = 15; step < 20; ++step) work_at_till(*open.journal, step);
  EXPECT_EQ(problem(open, folder.path()), "");
  EXPECT_EQ(chain_problem(entries_of(folder.path())), "");
}

class ShiftWithoutItsTail : public testing::Test {
 protected:
  // A day of `steps`, of which the newest entries are gone.
  void lose(int steps, int lost) {
    {
      OpenJournal open(folder_.path());
      for (int step = 0; step < steps; ++step) work_at_till(*open.journal, step);
    }
    sqlite::Database(folder_ / "journal.db")
        .execute("DELETE FROM entry WHERE position > " + std::to_string(steps - lost));
  }
  const Folder folder_;
};

TEST_F(ShiftWithoutItsTail, AClosedShiftStaysClosed) {
  lose(9, 1);
  for (int start = 0; start < 3; ++start) {
    OpenJournal open(folder_.path());
    EXPECT_FALSE(open.journal->shifts().opening) << "start " << start;
    EXPECT_EQ(open.journal->shifts().last_number, 1) << "start " << start;
    ASSERT_TRUE(open.journal->commit(fresh_sale()));
  }
  OpenJournal open(folder_.path());
  ASSERT_TRUE(open.journal->commit_control(shift_opening(2, "100.00")));
  EXPECT_EQ(open.journal->shifts().totals.opening_float, samples::yuan("100.00"));
}

TEST_F(ShiftWithoutItsTail, ANumberIsNotUsedAgain) {
  lose(12, 3);
  OpenJournal open(folder_.path());
  EXPECT_FALSE(open.journal->shifts().opening);
  EXPECT_EQ(open.journal->shifts().last_number, 2) << "its opening was lost";
}

TEST_F(ShiftWithoutItsTail, AnOpenShiftGoesOnWithWhatIsThere) {
  lose(6, 2);
  OpenJournal open(folder_.path());
  EXPECT_EQ(open.journal->report().missing_from, 5);
  EXPECT_EQ(problem(open, folder_.path()), "");
  EXPECT_TRUE(open.journal->shifts().opening);
}

TEST(Shift, AHeadFileThatIsBehindClosesNothing) {
  const Folder folder;
  {
    OpenJournal open(folder.path());
    for (int step = 0; step < 9; ++step) work_at_till(*open.journal, step);
  }
  fs::copy(folder / "journal.head", folder / "head.kept");
  {
    OpenJournal open(folder.path());
    for (int step = 9; step < 13; ++step) work_at_till(*open.journal, step);
  }
  fs::rename(folder / "head.kept", folder / "journal.head");
  OpenJournal open(folder.path());
  EXPECT_EQ(problem(open, folder.path()), "");
  EXPECT_TRUE(open.journal->shifts().opening);
}

// journal.db as version 3 made it, statement by statement.
void make_version_3(const fs::path& directory, const std::vector<sale::RetailTransaction>& sales) {
  const sqlite::Database journal(directory / "journal.db");
  journal.execute("PRAGMA journal_mode=WAL");
  journal.execute(
      "CREATE TABLE entry("
      "position INTEGER PRIMARY KEY, committed_ms INTEGER NOT NULL, receipt_number INTEGER NOT NULL,"
      "amount INTEGER NOT NULL, entries_through INTEGER NOT NULL, amount_through INTEGER NOT NULL,"
      "till INTEGER NOT NULL, sequence INTEGER NOT NULL, previous BLOB NOT NULL, hash BLOB NOT NULL,"
      "signature BLOB NOT NULL, payload TEXT NOT NULL, receipt INTEGER NOT NULL DEFAULT 0, returned_sale TEXT) STRICT;"
      "CREATE INDEX entry_receipt ON entry(till, receipt_number);"
      "CREATE INDEX entry_returned ON entry(returned_sale) WHERE returned_sale IS NOT NULL;"
      "CREATE TABLE failed_append(id INTEGER PRIMARY KEY, count INTEGER NOT NULL) STRICT;"
      "INSERT INTO failed_append(id, count) VALUES(1, 0);"
      "PRAGMA application_id=1280002609; PRAGMA user_version=3");
  sqlite::Statement insert(journal,
                           "INSERT INTO entry(position, committed_ms, receipt_number, amount, entries_through, "
                           "amount_through, till, sequence, previous, hash, signature, payload, receipt) "
                           "VALUES(?,?,?,?,?,?,3,?,?,?,?,?,0)");
  journal::Hash before{};
  std::int64_t number = 0;
  Money through;
  for (const auto& sale : sales) {
    ++number;
    through += sale.payable;
    const auto entry = journal::make_entry(3, number, before, journal::encode_sale(sale), till_key());
    insert.bind(1, number).bind(2, sale.completed_at.instant.unix_ms).bind(3, number).bind(4, sale.payable.minor());
    insert.bind(5, number).bind(6, through.minor()).bind(7, number);
    insert.bind_blob(8, {before.data(), 32}).bind_blob(9, {entry.hash.data(), 32});
    insert.bind_blob(10, {entry.signature.data(), 64}).bind(11, std::string_view(entry.payload)).run();
    before = entry.hash;
  }
}

TEST(Version3, IsTakenOverInPlace) {
  const Folder folder;
  std::vector<sale::RetailTransaction> sales;
  for (int number = 1; number <= 20; ++number) {
    sales.push_back(fresh_sale());
    sales.back().till = 3;
    sales.back().receipt_number = number;
  }
  make_version_3(folder.path(), sales);
  {
    OpenJournal open(folder.path());
    EXPECT_FALSE(open.journal->report().damaged) << open.journal->report().detail;
    EXPECT_EQ(open.journal->last_sale(), sales.back());
    EXPECT_EQ(open.journal->outbox().unsent, 20);
    EXPECT_EQ(difference(open.journal->shifts(), {}), "");
    for (int step = 0; step < 5; ++step) work_at_till(*open.journal, step);
  }
  OpenJournal open(folder.path());
  EXPECT_EQ(problem(open, folder.path()), "");
  EXPECT_EQ(open.journal->find_sale(7)->sale, sales[6]);
  EXPECT_EQ(open.journal->commit(fresh_sale())->receipt_number, 23);
  EXPECT_EQ(chain_problem(entries_of(folder.path())), "");
  EXPECT_EQ(sqlite::Database(folder / "journal.db").integer("PRAGMA user_version"), 4);
}

TEST(Version3, TakenBackFromVersion4ItIsTheSame) {
  const Folder folder;
  {
    OpenJournal open(folder.path());
    for (int i = 0; i < 3; ++i) ASSERT_TRUE(open.journal->commit(fresh_sale()));
  }
  make_older(folder.path(), 3);
  OpenJournal open(folder.path());
  work_at_till(*open.journal, 0);
  EXPECT_EQ(problem(open, folder.path()), "");
}

// A long day: what a start adds up must not be felt.
TEST(Shift, OfThreeThousandSalesIsAddedUpQuickly) {
  const Folder folder;
  {
    OpenJournal open(folder.path());
    ASSERT_TRUE(open.journal->commit_control(shift_opening(1, "500.00")));
  }
  {
    JournalFile file(folder / "journal.db");
    auto row = file.last().value();
    std::vector<JournalRow> rows;
    for (int i = 0; i < 3000; ++i) {
      auto sale = fresh_sale();
      sale.receipt_number = i + 1;
      for (int line = 4; line <= 10; ++line) {
        sale.lines.push_back(samples::line(line, "3.50", "2"));
        sale.priced.lines.push_back({line, Money::of_minor(700), {}, Money::of_minor(700), {}, {}});
      }
      ++row.position;
      ++row.entries_through;
      row.receipt_number = sale.receipt_number;
      row.kind = EntryKind::sale;
      row.entry =
          journal::make_entry(3, row.entry.sequence + 1, row.entry.hash, journal::encode_sale(sale), till_key());
      rows.push_back(row);
    }
    file.append_all(rows);
  }
  OpenJournal open(folder.path(), false);
  const auto start = std::chrono::steady_clock::now();
  ASSERT_TRUE(open.journal->set_identity(identity()));
  const auto took = std::chrono::steady_clock::now() - start;
  EXPECT_EQ(open.journal->shifts().totals.last_receipt, 3000);
  const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(took).count();
  std::printf("3000 sales of ten lines added up in %lld ms\n", static_cast<long long>(ms));
  EXPECT_LT(took, std::chrono::seconds(5)) << "even in a slow build";
}

TEST(Shifts, ATillThatWasInstalledAnewGoesOnBehindTheServersLastNumber) {
  const Folder folder;
  {
    OpenJournal open(folder.path(), false);
    auto known = identity();
    known.last_sequence = 40;
    known.last_receipt_number = 31;
    known.last_shift = 6;
    ASSERT_TRUE(open.journal->set_identity(known));
    EXPECT_FALSE(open.journal->shifts().opening);
    EXPECT_EQ(open.journal->shifts().last_number, 6);
    ASSERT_TRUE(open.journal->commit_control(shift_opening(7, "500.00")));
    EXPECT_EQ(open.journal->commit(fresh_sale())->receipt_number, 32);
  }
  OpenJournal open(folder.path(), false);
  auto known = identity();
  known.last_shift = 6;  // as it was enrolled
  ASSERT_TRUE(open.journal->set_identity(known));
  EXPECT_EQ(open.journal->shifts().opening->opening->number, 7) << "its own word counts from here on";
  EXPECT_EQ(open.journal->shifts().last_number, 7);
}

}  // namespace
}  // namespace lanekeeper::till::test
