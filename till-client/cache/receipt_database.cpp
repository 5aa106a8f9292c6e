#include "cache/receipt_database.h"

#include <algorithm>
#include <mutex>
#include <utility>

#include "cache/failures.h"
#include "cache/journal_file.h"
#include "cache/sqlite.h"

namespace lanekeeper::till {

namespace {

enum class Stage : std::int64_t { waiting = 0, begun = 1, printed = 2 };

struct Known {
  ReceiptLog::Receipt receipt;
  Stage stage = Stage::waiting;
};

sqlite::Database open_tables(const std::filesystem::path& file) {
  sqlite::Database database(file);
  database.execute("PRAGMA journal_mode=WAL");
  database.execute("PRAGMA synchronous=NORMAL");
  database.execute("PRAGMA cache_size=-256");
  database.execute(
      "CREATE TABLE IF NOT EXISTS receipt(till INTEGER NOT NULL, number INTEGER NOT NULL, stage INTEGER NOT NULL,"
      "PRIMARY KEY(till, number)) STRICT, WITHOUT ROWID");
  if (database.text("PRAGMA quick_check(1)") != "ok") throw sqlite::Failure(SQLITE_CORRUPT, "receipts.db is damaged");
  return database;
}

// The newest sales that were to be printed, newest first.
std::vector<sale::RetailTransaction> newest_wanted(const std::filesystem::path& directory) {
  std::vector<sale::RetailTransaction> sales;
  const sqlite::Database journal(directory / "journal.db", sqlite::OpenMode::read_write);
  sqlite::Statement rows(journal, "SELECT payload, receipt FROM entry WHERE kind = 0 ORDER BY position DESC LIMIT ?");
  rows.bind(1, ReceiptDatabase::most_left);
  while (rows.step()) {
    if (rows.integer(1) == 0) continue;
    if (auto sale = journal::decode_sale(rows.text(0))) sales.push_back(std::move(*sale));
  }
  return sales;
}

}  // namespace

struct ReceiptDatabase::Impl {
  explicit Impl(const std::filesystem::path& directory)
      : database(sqlite::open_or_replace(directory / "receipts.db", open_tables)),
        put(database,
            "INSERT INTO receipt(till, number, stage) VALUES(?, ?, ?) "
            "ON CONFLICT(till, number) DO UPDATE SET stage = max(stage, excluded.stage)"),
        forget(database, "DELETE FROM receipt WHERE till = ? AND number < ?") {
    find_left(newest_wanted(directory));
  }

  [[nodiscard]] Stage stage_of(const Receipt& receipt) const {
    sqlite::Statement row(database, "SELECT stage FROM receipt WHERE till = ? AND number = ?");
    row.bind(1, receipt.till).bind(2, receipt.number);
    return row.step() ? static_cast<Stage>(row.integer(0)) : Stage::waiting;
  }

  void find_left(std::vector<sale::RetailTransaction> newest) {
    const bool fresh = database.integer("PRAGMA user_version") == 0;
    std::reverse(newest.begin(), newest.end());
    for (auto& sale : newest) {
      const Receipt receipt{sale.till, sale.receipt_number};
      const auto stage = fresh ? Stage::printed : stage_of(receipt);
      known.push_back({receipt, stage});
      if (stage != Stage::printed) left.push_back({std::move(sale), stage == Stage::begun});
    }
    keep_only_known();
  }

  void keep_only_known() {
    sqlite::Transaction transaction(database);
    database.execute("DELETE FROM receipt");
    for (const auto& [receipt, stage] : known) {
      if (stage != Stage::waiting) write(receipt, stage);
    }
    database.execute("PRAGMA user_version=1");
    transaction.commit();
  }

  void write(const Receipt& receipt, Stage stage) {
    put.bind(1, receipt.till).bind(2, receipt.number).bind(3, static_cast<std::int64_t>(stage)).run();
  }

  // What cannot be recorded is printed all the same; after a crash it may then come again.
  void note(const Receipt& receipt, Stage stage) noexcept {
    const std::lock_guard guard(mutex);
    try {
      database.execute(stage == Stage::begun ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=NORMAL");
      write(receipt, stage);
      if (stage == Stage::printed) forget.bind(1, receipt.till).bind(2, receipt.number - 2 * most_left).run();
    } catch (const sqlite::Failure&) {
      database.roll_back();
    }
  }

  sqlite::Database database;
  sqlite::Statement put;
  sqlite::Statement forget;
  std::vector<Known> known;
  std::vector<Unprinted> left;
  std::mutex mutex;
};

ReceiptDatabase::ReceiptDatabase(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
ReceiptDatabase::~ReceiptDatabase() = default;

Result<std::unique_ptr<ReceiptDatabase>> ReceiptDatabase::open(const std::filesystem::path& directory) {
  try {
    return std::unique_ptr<ReceiptDatabase>(new ReceiptDatabase(std::make_unique<Impl>(directory)));
  } catch (const sqlite::Failure& failure) {
    return fail(journal_error(failure));
  }
}

std::vector<ReceiptLog::Unprinted> ReceiptDatabase::unprinted() const {
  return impl_->left;
}

void ReceiptDatabase::begun(const Receipt& receipt) {
  impl_->note(receipt, Stage::begun);
}

void ReceiptDatabase::printed(const Receipt& receipt) {
  impl_->note(receipt, Stage::printed);
}

}  // namespace lanekeeper::till
