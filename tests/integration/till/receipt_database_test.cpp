#include "cache/receipt_database.h"

#include <gtest/gtest.h>

#include <fstream>

#include "cache/sqlite.h"
#include "till_files.h"

namespace lanekeeper::till::test {
namespace {

namespace fs = std::filesystem;

// One run of a till: what was left from the run before, and sales of this one.
class TillRun {
 public:
  explicit TillRun(const Folder& folder, bool printer = true) : files_(folder.path()) {
    files_.journal->want_receipts(printer);
    log_ = ReceiptDatabase::open(folder.path()).value();
  }
  ReceiptLog::Receipt sell() {
    const auto sale = files_.journal->commit(fresh_sale()).value();
    return {sale.till, sale.receipt_number};
  }
  void open_drawer() { ASSERT_TRUE(files_.journal->commit_control(fresh_control(sale::ControlKind::no_sale))); }
  ReceiptDatabase& log() { return *log_; }
  // "3 4*": the numbers that are left, with a star where printing had begun.
  [[nodiscard]] std::string left() const {
    std::string out;
    for (const auto& one : log_->unprinted()) {
      out += (out.empty() ? "" : " ") + std::to_string(one.sale.receipt_number) + (one.begun ? "*" : "");
    }
    return out;
  }

 private:
  OpenJournal files_;
  std::unique_ptr<ReceiptDatabase> log_;
};

TEST(ReceiptDatabase, KnowsWhatIsLeftAfterARestart) {
  const Folder folder;
  {
    TillRun run(folder);
    EXPECT_EQ(run.left(), "");
    const auto first = run.sell();
    run.log().begun(first);
    run.log().printed(first);
    run.log().begun(run.sell());
    static_cast<void>(run.sell());
  }
  {
    TillRun run(folder);
    EXPECT_EQ(run.left(), "2* 3");
    EXPECT_EQ(run.log().unprinted()[1].sale.tenders.size(), 1U);
    run.log().printed({3, 2});
    run.log().printed({3, 3});
  }
  EXPECT_EQ(TillRun(folder).left(), "");
}

TEST(ReceiptDatabase, ATillWithoutAPrinterOwesNothing) {
  const Folder folder;
  {
    TillRun run(folder, false);
    static_cast<void>(run.sell());
  }
  EXPECT_EQ(TillRun(folder).left(), "");
}

TEST(ReceiptDatabase, AReprintOfWhatIsPrintedChangesNothing) {
  const Folder folder;
  {
    TillRun run(folder);
    const auto receipt = run.sell();
    run.log().printed(receipt);
    run.log().begun(receipt);
  }
  EXPECT_EQ(TillRun(folder).left(), "");
}

TEST(ReceiptDatabase, OnlyTheNewestComeBack) {
  const Folder folder;
  {
    TillRun run(folder);
    for (int i = 0; i < 3 * ReceiptDatabase::most_left; ++i) static_cast<void>(run.sell());
  }
  TillRun run(folder);
  ASSERT_EQ(run.log().unprinted().size(), 20U);
  EXPECT_EQ(run.log().unprinted().front().sale.receipt_number, 41);
  EXPECT_EQ(run.log().unprinted().back().sale.receipt_number, 60);
}

TEST(ReceiptDatabase, WhatIsNoSaleTakesNoPlace) {
  const Folder folder;
  {
    TillRun run(folder);
    static_cast<void>(run.sell());
    for (int i = 0; i < 2 * ReceiptDatabase::most_left; ++i) run.open_drawer();
  }
  EXPECT_EQ(TillRun(folder).left(), "1");
}

TEST(ReceiptDatabase, LostOrDamagedItCountsEverythingAsPrinted) {
  const Folder folder;
  { static_cast<void>(TillRun(folder).sell()); }
  std::ofstream(folder / "receipts.db") << "this is no database, and long enough to be looked at as one";
  fs::remove(folder / "receipts.db-wal");
  {
    TillRun run(folder);
    EXPECT_EQ(run.left(), "");
    static_cast<void>(run.sell());
  }
  EXPECT_EQ(TillRun(folder).left(), "2");
}

TEST(ReceiptDatabase, AJournalOfTheVersionBeforeIsTakenOver) {
  const Folder folder;
  { static_cast<void>(TillRun(folder).sell()); }
  make_older(folder.path(), 1);
  fs::remove(folder / "receipts.db");
  {
    TillRun run(folder);
    EXPECT_EQ(run.left(), "");
    static_cast<void>(run.sell());
  }
  EXPECT_EQ(TillRun(folder).left(), "2");
  EXPECT_EQ(chain_problem(entries_of(folder.path())), "");
}

}  // namespace
}  // namespace lanekeeper::till::test
