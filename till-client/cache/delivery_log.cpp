#include "cache/delivery_log.h"

#include <algorithm>
#include <utility>

#include "cache/failures.h"

namespace lanekeeper::till {

namespace {

sqlite::Database open_tables(const std::filesystem::path& file) {
  sqlite::Database database(file);
  database.execute("PRAGMA journal_mode=WAL");
  database.execute("PRAGMA synchronous=NORMAL");
  database.execute("PRAGMA cache_size=-512");
  database.execute(
      "CREATE TABLE IF NOT EXISTS state(id INTEGER PRIMARY KEY, delivered_through INTEGER NOT NULL,"
      "till INTEGER NOT NULL, sequence INTEGER NOT NULL, receipt_number INTEGER NOT NULL,"
      "entries_through INTEGER NOT NULL, amount_through INTEGER NOT NULL, hash BLOB NOT NULL) STRICT");
  database.execute(
      "CREATE TABLE IF NOT EXISTS parked(position INTEGER PRIMARY KEY, till INTEGER NOT NULL,"
      "sequence INTEGER NOT NULL, outcome INTEGER NOT NULL, amount INTEGER NOT NULL, parked_ms INTEGER NOT NULL) "
      "STRICT");
  database.execute(
      "CREATE TABLE IF NOT EXISTS answer(last_position INTEGER PRIMARY KEY, first_position INTEGER NOT NULL,"
      "received_ms INTEGER NOT NULL, body TEXT NOT NULL) STRICT");
  if (database.text("PRAGMA quick_check(1)") != "ok") throw sqlite::Failure(SQLITE_CORRUPT, "delivery.db is damaged");
  return database;
}

}  // namespace

DeliveryLog::Impl::Impl(const std::filesystem::path& file) : database_(sqlite::open_or_replace(file, open_tables)) {
  load();
}

void DeliveryLog::Impl::load() {
  sqlite::Statement state(database_,
                          "SELECT delivered_through, till, sequence, receipt_number, entries_through, amount_through, "
                          "hash FROM state WHERE id = 1");
  if (state.step()) {
    summary_.delivered_through = state.integer(0);
    summary_.till = state.integer(1);
    summary_.sequence = state.integer(2);
    summary_.receipt_number = state.integer(3);
    summary_.entries_through = state.integer(4);
    summary_.amount_through = Money::of_minor(state.integer(5));
    const auto hash = state.blob(6);
    if (hash.size() == summary_.hash.size()) std::copy(hash.begin(), hash.end(), summary_.hash.begin());
  }
  summary_.parked = database_.integer("SELECT count(*) FROM parked");
}

void DeliveryLog::Impl::write(const Step& step) {
  sqlite::Transaction transaction(database_);
  sqlite::Statement state(database_,
                          "INSERT OR REPLACE INTO state(id, delivered_through, till, sequence, receipt_number, "
                          "entries_through, amount_through, hash) VALUES(1,?,?,?,?,?,?,?)");
  const auto& s = step.state;
  state.bind(1, s.delivered_through).bind(2, s.till).bind(3, s.sequence).bind(4, s.receipt_number);
  state.bind(5, s.entries_through).bind(6, s.amount_through.minor());
  state.bind_blob(7, {s.hash.data(), s.hash.size()}).run();
  sqlite::Statement park(database_,
                         "INSERT OR REPLACE INTO parked(position, till, sequence, outcome, amount, parked_ms) "
                         "VALUES(?,?,?,?,?,?)");
  for (const auto& entry : step.parked) {
    park.bind(1, entry.position).bind(2, entry.till).bind(3, entry.sequence);
    park.bind(4, static_cast<std::int64_t>(entry.outcome)).bind(5, entry.amount.minor()).bind(6, step.now_ms).run();
  }
  if (!step.answer.empty()) {
    sqlite::Statement answer(
        database_, "INSERT OR REPLACE INTO answer(last_position, first_position, received_ms, body) VALUES(?,?,?,?)");
    answer.bind(1, s.delivered_through).bind(2, step.first_position).bind(3, step.now_ms).bind(4, step.answer).run();
  }
  const auto parked_now = database_.integer("SELECT count(*) FROM parked");
  transaction.commit();
  const std::lock_guard guard(mutex_);
  summary_ = s;
  summary_.parked = parked_now;
}

std::vector<ParkedEntry> DeliveryLog::Impl::parked() const {
  sqlite::Statement rows(database_, "SELECT position, till, sequence, outcome, amount FROM parked ORDER BY position");
  std::vector<ParkedEntry> entries;
  while (rows.step()) {
    entries.push_back({rows.integer(0), rows.integer(1), rows.integer(2),
                       static_cast<protocol::EntryOutcome>(rows.integer(3)), Money::of_minor(rows.integer(4))});
  }
  return entries;
}

std::set<std::int64_t> DeliveryLog::Impl::parked_positions() const {
  std::set<std::int64_t> positions;
  for (const auto& entry : parked()) positions.insert(entry.position);
  return positions;
}

void DeliveryLog::Impl::forget_answers_before(std::int64_t position) {
  sqlite::Statement forget(database_, "DELETE FROM answer WHERE last_position < ?");
  forget.bind(1, position).run();
}

DeliveryLog::Summary DeliveryLog::Impl::shown() const {
  const std::lock_guard guard(mutex_);
  return summary_;
}

DeliveryLog::DeliveryLog(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
DeliveryLog::~DeliveryLog() = default;

Result<std::unique_ptr<DeliveryLog>> DeliveryLog::open(const std::filesystem::path& directory) {
  try {
    std::filesystem::create_directories(directory);
    return std::unique_ptr<DeliveryLog>(new DeliveryLog(std::make_unique<Impl>(directory / "delivery.db")));
  } catch (const sqlite::Failure& failure) {
    return fail(journal_error(failure));
  } catch (const std::filesystem::filesystem_error& error) {
    return fail("journal.unwritable", "The till's data directory cannot be written. Check its owner and the disk.",
                {{"path", directory.string()}, {"reason", error.what()}});
  }
}

DeliveryLog::Summary DeliveryLog::summary() const {
  return impl_->shown();
}

}  // namespace lanekeeper::till
