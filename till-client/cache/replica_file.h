// replica.db: its tables, and items as rows. Private to this room; throws sqlite::Failure.
//
//   item    one row per item that can be sold; a plain price and a plain code stand in columns, anything richer as
//   JSON.
//           Each row has a check sum: SQLite does not notice a byte that changed inside a price
//   code    barcode or PLU -> item
//   search  FTS5 without content: the pieces of search_text.h; whoever changes an item takes the old pieces out
//   meta    counters: where the catalogue stands, how many items there are
//   profile the store profile as it came
//   book    published promotions, with a check sum (promotion_shelf.h)
//   member, member_key  members with their check sums, and the keys they are found by (member_rows.h)
#pragma once

#include <filesystem>
#include <string_view>

#include "cache/sqlite.h"
#include "catalogue/item.h"

namespace lanekeeper::till {

// Grows with every change of tables or pieces: a file of another version is loaded anew.
inline constexpr std::int64_t replica_schema_version = 6;

enum class Counter {
  catalogue_version = 1,
  since = 2,
  after = 3,
  item_count = 4,
  profile_version = 5,
  promotion_version = 6,
  member_version = 7,
  member_since = 8,
  member_after = 9
};

// Opens the file; one that is damaged, foreign or of another version is replaced by an empty one.
[[nodiscard]] sqlite::Database open_replica(const std::filesystem::path& directory);
void remove_replica(const std::filesystem::path& directory);
// An empty replica in a file of its own beside it (replica-new.db); what lay there is thrown away.
[[nodiscard]] sqlite::Database open_new_replica(const std::filesystem::path& directory);
void remove_new_replica(const std::filesystem::path& directory);
// `to` becomes what `from` is, in one transaction, whatever it was, while others have it open and read it.
void replace_replica(const sqlite::Database& to, const sqlite::Database& from);

// "i.id, i.number, ..." of a table or alias i, in the order that read_item expects.
extern const char* const item_columns;
// Failure(SQLITE_CORRUPT) when the row is not what was written.
[[nodiscard]] catalogue::Item read_item(const sqlite::Statement& row);
[[nodiscard]] catalogue::ItemSummary summary_of(const catalogue::Item& item, Instant now);

class ItemInsert {
 public:
  explicit ItemInsert(const sqlite::Database& database);
  void run(const catalogue::Item& item);

 private:
  sqlite::Statement statement_;
};

}  // namespace lanekeeper::till
