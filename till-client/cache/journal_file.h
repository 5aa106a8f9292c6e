// journal.db: the table of entries. Private to this room; throws sqlite::Failure.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "cache/failed_writes.h"
#include "cache/journal_head.h"
#include "cache/sqlite.h"
#include "journal/chain.h"
#include "money/money.h"

namespace lanekeeper::till {

// What an entry is, as its row says it: for queries that look for one kind only.
enum class EntryKind : std::int64_t { sale = 0, control = 1, shift_open = 2, shift_close = 3 };
[[nodiscard]] EntryKind kind_of(const sale::ControlTransaction& control);

struct JournalRow {
  std::int64_t position = 0;  // 1.., over all till numbers of this directory
  std::int64_t committed_ms = 0;
  std::int64_t receipt_number = 0;  // of what is no sale: the last one used before it
  Money amount;
  std::int64_t entries_through = 0;
  Money amount_through;
  bool receipt_wanted = false;       // the sale is to be printed; not read back by read_journal_row
  std::string returned_sale;         // id of the sale whose goods it takes back; empty: none. Not read back either
  EntryKind kind = EntryKind::sale;  // not read back either
  journal::Entry entry;

  [[nodiscard]] JournalHead head() const;
};

// SELECT list and its reader, for whoever queries the table.
inline constexpr const char* journal_columns =
    "position, committed_ms, receipt_number, amount, entries_through, amount_through, till, sequence, previous, hash, "
    "signature, payload";
[[nodiscard]] JournalRow read_journal_row(const sqlite::Statement& statement);

class JournalFile {
 public:
  static constexpr std::int64_t schema_version = 4;

  // Opens or creates. Failure is_damage() when it is not a usable database; Fault("journal.newer").
  explicit JournalFile(const std::filesystem::path& file);

  // SQLite's quick_check over the whole file. nullopt: sound.
  [[nodiscard]] std::optional<std::string> check_pages() const;
  // Are the newest entries what was hashed, and linked to each other? nullopt: yes.
  [[nodiscard]] std::optional<std::string> check_tail(int entries) const;

  [[nodiscard]] std::optional<JournalRow> last() const;
  [[nodiscard]] std::optional<JournalRow> last_of(std::int64_t till) const;  // reads the whole table
  [[nodiscard]] std::optional<journal::Entry> last_sale() const;
  [[nodiscard]] std::vector<journal::Entry> newest(int entries) const;  // newest first
  // The newest opening or close of a shift of this till, if it is what was hashed.
  [[nodiscard]] std::optional<JournalRow> last_shift_entry(std::int64_t till, EntryKind kind) const;
  // The entries of a till behind a position that are what was hashed, oldest first.
  void each_since(std::int64_t position, std::int64_t till,
                  const std::function<void(EntryKind kind, const journal::Entry&)>& found) const;
  // The newest sale of a till with this receipt number, if it is what was hashed.
  [[nodiscard]] std::optional<journal::Entry> find(std::int64_t till, std::int64_t receipt_number);
  // Those that take goods of a sale back, oldest first.
  [[nodiscard]] std::vector<journal::Entry> returns_of(const std::string& sale);
  // One row, one transaction, synced. What failed leaves nothing behind.
  void append(const JournalRow& row);
  // Several rows in one transaction, for entries that are carried over.
  void append_all(const std::vector<JournalRow>& rows);
  void checkpoint() const;
  [[nodiscard]] std::int64_t size_bytes() const;

 private:
  void insert(const JournalRow& row);

  sqlite::Database database_;
  std::optional<FailedWrites> failed_writes_;
  std::optional<sqlite::Statement> insert_;
  std::optional<sqlite::Statement> by_receipt_;
  std::optional<sqlite::Statement> by_returned_sale_;
};

// Reads whatever can be read of a damaged journal and calls `found` for each entry that is what was hashed, in order of
// position, up to and with `last_position` (at most that many). Never throws sqlite::Failure.
void salvage_journal(const std::filesystem::path& file, std::int64_t last_position,
                     const std::function<void(JournalRow)>& found);

}  // namespace lanekeeper::till
