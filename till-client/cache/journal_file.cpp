#include "cache/journal_file.h"

#include <algorithm>

namespace lanekeeper::till {

namespace {

constexpr std::int64_t application_id = 0x4c4b4a31;  // "LKJ1"
constexpr std::int64_t salvage_span = 2'000'000;

template <std::size_t N>
std::array<unsigned char, N> fixed_bytes(ByteView bytes) {
  std::array<unsigned char, N> out{};
  if (bytes.size() == N) std::copy(bytes.begin(), bytes.end(), out.begin());
  return out;
}

template <std::size_t N>
ByteView view(const std::array<unsigned char, N>& bytes) {
  return {bytes.data(), N};
}

// Version 1 did not know which sales were to be printed.
void add_receipt_column(const sqlite::Database& database) {
  sqlite::Transaction transaction(database);
  database.execute("ALTER TABLE entry ADD COLUMN receipt INTEGER NOT NULL DEFAULT 0");
  database.execute("PRAGMA user_version=2");
  transaction.commit();
}

// What find() and returns_of() go by. Most entries return nothing and take no room in the second index.
constexpr const char* indexes =
    "CREATE INDEX entry_receipt ON entry(till, receipt_number);"
    "CREATE INDEX entry_returned ON entry(returned_sale) WHERE returned_sale IS NOT NULL";

// Version 2 knew no returns.
void add_returned_column(const sqlite::Database& database) {
  sqlite::Transaction transaction(database);
  database.execute("ALTER TABLE entry ADD COLUMN returned_sale TEXT");
  database.execute(indexes);
  database.execute("PRAGMA user_version=3");
  transaction.commit();
}

// Where shifts begin and end: two rows a day. SQLite uses it only for queries that repeat its condition.
constexpr const char* shift_index = "CREATE INDEX entry_shift ON entry(till, kind) WHERE kind >= 2";

// Version 3 knew sales only.
void add_kind_column(const sqlite::Database& database) {
  sqlite::Transaction transaction(database);
  database.execute("ALTER TABLE entry ADD COLUMN kind INTEGER NOT NULL DEFAULT 0");
  database.execute(shift_index);
  database.execute("PRAGMA user_version=4");
  transaction.commit();
}

bool is_what_was_hashed(const journal::Entry& entry) {
  return journal::entry_hash(entry.till, entry.sequence, entry.previous, entry.payload) == entry.hash;
}

void create_tables(const sqlite::Database& database) {
  database.execute("BEGIN IMMEDIATE");
  // Everything that is not the payload stands in front of it, so that reading it never touches overflow pages.
  database.execute(
      "CREATE TABLE entry("
      "position INTEGER PRIMARY KEY, committed_ms INTEGER NOT NULL, receipt_number INTEGER NOT NULL,"
      "amount INTEGER NOT NULL, entries_through INTEGER NOT NULL, amount_through INTEGER NOT NULL,"
      "till INTEGER NOT NULL, sequence INTEGER NOT NULL, previous BLOB NOT NULL, hash BLOB NOT NULL,"
      "signature BLOB NOT NULL, payload TEXT NOT NULL, receipt INTEGER NOT NULL DEFAULT 0, returned_sale TEXT, "
      "kind INTEGER NOT NULL DEFAULT 0) STRICT");
  database.execute(indexes);
  database.execute(shift_index);
  database.execute(FailedWrites::schema);
  database.execute("PRAGMA application_id=" + std::to_string(application_id));
  database.execute("PRAGMA user_version=" + std::to_string(JournalFile::schema_version));
  database.execute("COMMIT");
}

}  // namespace

EntryKind kind_of(const sale::ControlTransaction& control) {
  if (control.kind == sale::ControlKind::shift_open) return EntryKind::shift_open;
  if (control.kind == sale::ControlKind::shift_close) return EntryKind::shift_close;
  return EntryKind::control;
}

JournalHead JournalRow::head() const {
  return {position, entry.till, entry.sequence, receipt_number, entries_through, amount_through, entry.hash};
}

JournalRow read_journal_row(const sqlite::Statement& statement) {
  JournalRow row;
  row.position = statement.integer(0);
  row.committed_ms = statement.integer(1);
  row.receipt_number = statement.integer(2);
  row.amount = Money::of_minor(statement.integer(3));
  row.entries_through = statement.integer(4);
  row.amount_through = Money::of_minor(statement.integer(5));
  row.entry.till = statement.integer(6);
  row.entry.sequence = statement.integer(7);
  row.entry.previous = fixed_bytes<32>(statement.blob(8));
  row.entry.hash = fixed_bytes<32>(statement.blob(9));
  row.entry.signature = fixed_bytes<64>(statement.blob(10));
  row.entry.payload = std::string(statement.text(11));
  return row;
}

JournalFile::JournalFile(const std::filesystem::path& file) : database_(file) {
  database_.execute("PRAGMA journal_mode=WAL");
  database_.execute("PRAGMA synchronous=FULL");
  database_.execute("PRAGMA cell_size_check=ON");
  // The flushing thread checkpoints; this is only the net below it (16 MiB).
  database_.execute("PRAGMA wal_autocheckpoint=4096");
  database_.execute("PRAGMA cache_size=-1024");
  const auto version = database_.integer("PRAGMA user_version");
  if (version > schema_version) throw Fault("journal.newer", "journal.db was written by a newer version");
  if (version == 0) create_tables(database_);
  if (database_.integer("PRAGMA application_id") != application_id) {
    throw sqlite::Failure(SQLITE_NOTADB, "journal.db belongs to something else");
  }
  if (version == 1) add_receipt_column(database_);
  if (version == 1 || version == 2) add_returned_column(database_);
  if (version >= 1 && version <= 3) add_kind_column(database_);
  failed_writes_.emplace(database_);
  insert_.emplace(database_,
                  "INSERT INTO entry(position, committed_ms, receipt_number, amount, entries_through, amount_through, "
                  "till, sequence, previous, hash, signature, payload, receipt, returned_sale, kind) "
                  "VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
  const std::string select = "SELECT " + std::string(journal_columns) + " FROM entry ";
  by_receipt_.emplace(database_,
                      select + "WHERE till = ? AND receipt_number = ? AND kind = 0 ORDER BY position DESC LIMIT 1");
  by_returned_sale_.emplace(database_, select + "WHERE returned_sale = ? ORDER BY position");
}

std::optional<std::string> JournalFile::check_pages() const {
  auto answer = database_.text("PRAGMA quick_check(1)");
  if (answer == "ok") return std::nullopt;
  return answer;
}

std::optional<std::string> JournalFile::check_tail(int entries) const {
  sqlite::Statement newest(database_,
                           "SELECT " + std::string(journal_columns) + " FROM entry ORDER BY position DESC LIMIT ?");
  newest.bind(1, entries);
  std::optional<JournalRow> later;
  while (newest.step()) {
    auto row = read_journal_row(newest);
    if (!is_what_was_hashed(row.entry)) {
      return "entry " + std::to_string(row.entry.sequence) + " is not what was hashed";
    }
    const bool linked = later && later->entry.till == row.entry.till && later->entry.sequence == row.entry.sequence + 1;
    if (linked && later->entry.previous != row.entry.hash) {
      return "entry " + std::to_string(later->entry.sequence) + " does not follow the one before";
    }
    later = std::move(row);
  }
  return std::nullopt;
}

std::optional<JournalRow> JournalFile::last() const {
  sqlite::Statement newest(database_,
                           "SELECT " + std::string(journal_columns) + " FROM entry ORDER BY position DESC LIMIT 1");
  if (!newest.step()) return std::nullopt;
  return read_journal_row(newest);
}

std::optional<JournalRow> JournalFile::last_of(std::int64_t till) const {
  sqlite::Statement newest(database_, "SELECT " + std::string(journal_columns) +
                                          " FROM entry WHERE till = ? ORDER BY position DESC LIMIT 1");
  newest.bind(1, till);
  if (!newest.step()) return std::nullopt;
  return read_journal_row(newest);
}

std::optional<journal::Entry> JournalFile::last_sale() const {
  sqlite::Statement newest(database_, "SELECT " + std::string(journal_columns) +
                                          " FROM entry WHERE kind = 0 ORDER BY position DESC LIMIT 1");
  if (!newest.step()) return std::nullopt;
  return read_journal_row(newest).entry;
}

std::vector<journal::Entry> JournalFile::newest(int entries) const {
  sqlite::Statement rows(database_,
                         "SELECT " + std::string(journal_columns) + " FROM entry ORDER BY position DESC LIMIT ?");
  rows.bind(1, entries);
  std::vector<journal::Entry> found;
  while (rows.step()) found.push_back(read_journal_row(rows).entry);
  return found;
}

std::optional<JournalRow> JournalFile::last_shift_entry(std::int64_t till, EntryKind kind) const {
  sqlite::Statement newest(database_, "SELECT " + std::string(journal_columns) +
                                          " FROM entry WHERE till = ? AND kind = ? AND kind >= 2 "
                                          "ORDER BY position DESC LIMIT 1");
  if (!newest.bind(1, till).bind(2, static_cast<std::int64_t>(kind)).step()) return std::nullopt;
  auto row = read_journal_row(newest);
  if (!is_what_was_hashed(row.entry)) return std::nullopt;
  return row;
}

void JournalFile::each_since(std::int64_t position, std::int64_t till,
                             const std::function<void(EntryKind kind, const journal::Entry&)>& found) const {
  // The plus keeps SQLite to the order of the table: by the index of receipts it would read the till's whole history.
  sqlite::Statement rows(database_, "SELECT " + std::string(journal_columns) +
                                        ", kind FROM entry WHERE position > ? AND +till = ? ORDER BY position");
  rows.bind(1, position).bind(2, till);
  while (rows.step()) {
    const auto row = read_journal_row(rows);
    if (is_what_was_hashed(row.entry)) found(static_cast<EntryKind>(rows.integer(12)), row.entry);
  }
}

std::optional<journal::Entry> JournalFile::find(std::int64_t till, std::int64_t receipt_number) {
  const sqlite::Use use(*by_receipt_);
  if (!use->bind(1, till).bind(2, receipt_number).step()) return std::nullopt;
  auto row = read_journal_row(*by_receipt_);
  if (!is_what_was_hashed(row.entry)) return std::nullopt;
  return std::move(row.entry);
}

std::vector<journal::Entry> JournalFile::returns_of(const std::string& sale) {
  std::vector<journal::Entry> entries;
  const sqlite::Use use(*by_returned_sale_);
  use->bind(1, std::string_view(sale));
  while (use->step()) {
    auto row = read_journal_row(*by_returned_sale_);
    if (is_what_was_hashed(row.entry)) entries.push_back(std::move(row.entry));
  }
  return entries;
}

void JournalFile::append(const JournalRow& row) {
  try {
    failed_writes_->before_write();
    insert(row);
  } catch (const sqlite::Failure& failure) {
    failed_writes_->bury(failure);
    throw;
  }
}

void JournalFile::insert(const JournalRow& row) {
  insert_->bind(1, row.position).bind(2, row.committed_ms).bind(3, row.receipt_number).bind(4, row.amount.minor());
  insert_->bind(5, row.entries_through).bind(6, row.amount_through.minor());
  insert_->bind(7, row.entry.till).bind(8, row.entry.sequence);
  insert_->bind_blob(9, view(row.entry.previous)).bind_blob(10, view(row.entry.hash));
  insert_->bind_blob(11, view(row.entry.signature)).bind(12, std::string_view(row.entry.payload));
  insert_->bind(13, row.receipt_wanted ? 1 : 0);
  if (row.returned_sale.empty()) {
    insert_->bind_null(14);
  } else {
    insert_->bind(14, std::string_view(row.returned_sale));
  }
  insert_->bind(15, static_cast<std::int64_t>(row.kind));
  insert_->run();
}

void JournalFile::append_all(const std::vector<JournalRow>& rows) {
  sqlite::Transaction transaction(database_);
  for (const auto& row : rows) insert(row);
  transaction.commit();
}

void JournalFile::checkpoint() const {
  database_.execute("PRAGMA wal_checkpoint(PASSIVE)");
}

std::int64_t JournalFile::size_bytes() const {
  return database_.integer("PRAGMA page_count") * database_.integer("PRAGMA page_size");
}

void salvage_journal(const std::filesystem::path& file, std::int64_t last_position,
                     const std::function<void(JournalRow)>& found) {
  try {
    const sqlite::Database database(file, sqlite::OpenMode::read_write);
    const auto bound = [&](const char* sql, std::int64_t otherwise) {
      try {
        return database.integer(sql);
      } catch (const sqlite::Failure&) {
        return otherwise;
      }
    };
    const auto first = std::max<std::int64_t>(1, bound("SELECT min(position) FROM entry", 1));
    // A broken page may claim any position: look no further than a till can have got.
    const auto end =
        std::min(first + salvage_span, std::max(last_position, bound("SELECT max(position) FROM entry", 0)));
    sqlite::Statement one(database, "SELECT " + std::string(journal_columns) + " FROM entry WHERE position = ?");
    for (auto position = first; position <= end; ++position) {
      const sqlite::Use use(one);
      try {
        if (!one.bind(1, position).step()) continue;
        auto row = read_journal_row(one);
        if (is_what_was_hashed(row.entry)) found(std::move(row));
      } catch (const sqlite::Failure&) {
        continue;  // this entry stands on a page that is gone
      }
    }
  } catch (const sqlite::Failure&) {
    return;  // not a database any more: nothing can be read
  }
}

}  // namespace lanekeeper::till
