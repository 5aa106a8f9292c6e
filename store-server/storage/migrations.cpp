#include "storage/migrations.h"

#include <algorithm>
#include <map>

#include "base/text.h"
#include "journal/chain.h"
#include "storage/connection.h"

namespace lanekeeper::storage {

namespace {

constexpr std::string_view create_table = R"(CREATE TABLE IF NOT EXISTS schema_migration (
  number BIGINT NOT NULL,
  name VARCHAR(200) NOT NULL,
  checksum CHAR(64) NOT NULL,
  statements INT NOT NULL,
  statements_done INT NOT NULL,
  finished_ms BIGINT NULL,
  PRIMARY KEY (number)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin)";

// What a DDL statement answers when it was done already, by a run that died before it could count it.
constexpr int already_done[] = {1050 /* table */, 1060 /* column */, 1061 /* key */, 1091 /* dropped */,
                                1051 /* table */};

struct Applied {
  std::string name;
  std::string checksum;
  std::int64_t statements_done = 0;
  bool finished = false;
};

std::string checksum_of(const Migration& migration) {
  const auto hash = journal::sha256(as_bytes(migration.sql));
  return to_hex(ByteView(hash.data(), hash.size()));
}

std::string_view without_comments_in_front(std::string_view statement) {
  while (true) {
    statement = trim(statement);
    if (!statement.starts_with("--")) return statement;
    const auto end = statement.find('\n');
    statement = end == std::string_view::npos ? std::string_view{} : statement.substr(end);
  }
}

// Statements end with ';'; those inside quotes and comments do not count.
std::vector<std::string_view> split(std::string_view sql) {
  std::vector<std::string_view> statements;
  std::size_t begin = 0;
  char quote = '\0';
  for (std::size_t i = 0; i < sql.size(); ++i) {
    const char c = sql[i];
    if (quote != '\0') {
      if (c == quote) quote = '\0';
    } else if (c == '\'' || c == '"' || c == '`') {
      quote = c;
    } else if (c == '-' && sql.substr(i, 2) == "--") {
      i = std::min(sql.find('\n', i), sql.size());
    } else if (c == ';') {
      statements.push_back(without_comments_in_front(sql.substr(begin, i - begin)));
      begin = i + 1;
    }
  }
  if (const auto rest = without_comments_in_front(sql.substr(begin)); !rest.empty()) statements.push_back(rest);
  return statements;
}

// One migrating server per schema; the lock ends with the connection at the latest. MySQL's names of locks have at most
// 64 characters, which a schema's name may use up alone.
class MigrationLock {
 public:
  explicit MigrationLock(Connection& connection) : connection_(connection) {
    auto rows = connection_.query("SELECT GET_LOCK(CONCAT('lanekeeper.migrate.', MD5(DATABASE())), 30)");
    held_ = rows.next() && rows.integer(1) == 1;
  }
  ~MigrationLock() {
    if (!held_) return;
    try {
      auto rows = connection_.query("SELECT RELEASE_LOCK(CONCAT('lanekeeper.migrate.', MD5(DATABASE())))");
      (void)rows.next();
    } catch (const Fault&) {
      connection_.close();  // the lock goes with it
    }
  }
  MigrationLock(const MigrationLock&) = delete;
  MigrationLock& operator=(const MigrationLock&) = delete;
  [[nodiscard]] bool held() const { return held_; }

 private:
  Connection& connection_;
  bool held_ = false;
};

std::map<std::int64_t, Applied> read_applied(Connection& connection) {
  std::map<std::int64_t, Applied> applied;
  auto rows = connection.query(
      "SELECT number, name, checksum, statements_done, finished_ms IS NOT NULL FROM schema_migration ORDER BY number");
  while (rows.next()) {
    applied[rows.integer(1)] = {rows.text(2), rows.text(3), rows.integer(4), rows.boolean(5)};
  }
  return applied;
}

Result<void> check(const std::map<std::int64_t, Applied>& applied, std::span<const Migration> migrations) {
  for (const auto& [number, found] : applied) {
    if (number > static_cast<std::int64_t>(migrations.size())) {
      return fail(
          "schema.newer",
          "The database was written by a newer Lanekeeper. Install that version or a later one and start again.",
          {{"migration", found.name}, {"known", std::to_string(migrations.size())}});
    }
    const auto& migration = migrations[number - 1];
    if (found.checksum != checksum_of(migration)) {
      return fail(
          "schema.changed",
          "A migration that was applied to the database differs from the one in this program. Start the program "
          "that belongs to this database, or restore a backup that belongs to this program.",
          {{"migration", std::string(migration.name)}, {"applied", found.name}});
    }
  }
  return {};
}

// found: what an interrupted run left behind, nullptr when there was none.
void apply(Connection& connection, const Migration& migration, const Applied* found, const Clock& clock) {
  const auto statements = split(migration.sql);
  if (found == nullptr) {
    connection.execute(
        "INSERT INTO schema_migration (number, name, checksum, statements, statements_done) VALUES (?, ?, ?, ?, 0)",
        migration.number, migration.name, checksum_of(migration), static_cast<std::int64_t>(statements.size()));
    connection.commit();
  }
  const std::int64_t first = found == nullptr ? 0 : found->statements_done;
  for (auto i = first; i < static_cast<std::int64_t>(statements.size()); ++i) {
    try {
      connection.run_script(statements[i]);
    } catch (const DatabaseFault& fault) {
      const bool was_done =
          std::find(std::begin(already_done), std::end(already_done), fault.number()) != std::end(already_done);
      if (!was_done || found == nullptr || i != first) throw;
    }
    connection.execute("UPDATE schema_migration SET statements_done = ? WHERE number = ?", i + 1, migration.number);
    connection.commit();
  }
  connection.execute("UPDATE schema_migration SET finished_ms = ? WHERE number = ?", clock.now().instant.unix_ms,
                     migration.number);
  connection.commit();
}

}  // namespace

Result<MigrationReport> migrate(Database& database, const Clock& clock, std::span<const Migration> migrations) {
  Database patient(with_patience(database.config()));
  return patient.transact([&](Connection& connection) -> Result<MigrationReport> {
    const MigrationLock lock(connection);
    if (!lock.held()) {
      return fail("schema.locked", "Another server is bringing this database up to date. Wait until it has finished.");
    }
    connection.run_script(create_table);
    const auto applied = read_applied(connection);
    if (auto checked = check(applied, migrations); !checked) return fail(std::move(checked.error()));
    MigrationReport report;
    for (const auto& [number, found] : applied) {
      if (found.finished) report.from = report.to = number;
    }
    for (const auto& migration : migrations) {
      const auto found = applied.find(migration.number);
      if (found != applied.end() && found->second.finished) continue;
      apply(connection, migration, found == applied.end() ? nullptr : &found->second, clock);
      report.applied.emplace_back(migration.name);
      report.to = migration.number;
    }
    return report;
  });
}

}  // namespace lanekeeper::storage
