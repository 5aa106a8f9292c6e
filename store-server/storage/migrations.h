// Brings the schema to the state this program was built for. The files sql/migrations/NNNN_name.sql are built into the
// program; they only ever go forward, and each is recorded with its SHA-256 in the table schema_migration.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/time.h"
#include "storage/database.h"

namespace lanekeeper::storage {

struct Migration {
  std::int64_t number = 0;  // 1.., without gaps
  std::string_view name;    // "0001_store.sql"
  std::string_view sql;
};

// What is built in, by number.
[[nodiscard]] std::span<const Migration> built_in_migrations();

struct MigrationReport {
  std::int64_t from = 0;  // schema version before; 0: an empty schema
  std::int64_t to = 0;
  std::vector<std::string> applied;  // names
};

// Applies what is missing. One server at a time (a lock named after the schema is held meanwhile). A migration that was
// interrupted half way (DDL commits by itself) is resumed: its statements are counted as they are done.
//   schema.changed   a migration that was applied differs from the built-in one: this is not the program's database
//   schema.newer     the schema was written by a newer Lanekeeper: update this program
//   schema.locked    another server is migrating
[[nodiscard]] Result<MigrationReport> migrate(Database& database, const Clock& clock,
                                              std::span<const Migration> migrations = built_in_migrations());

}  // namespace lanekeeper::storage
