// The directory of a managed database: who owns it, what is written into it, and the programs that serve it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/ids.h"
#include "ops/child_process.h"
#include "ops/managed_database.h"

namespace lanekeeper::ops {

struct DatabasePaths {
  explicit DatabasePaths(const std::filesystem::path& directory);
  std::filesystem::path root, data, data_new, binlog, temporary, socket, pid, config, init_file, log, password,
      owner_lock, database_lock;
};

enum class DatabaseKind { mariadb, mysql };
struct DatabaseProgram {
  std::filesystem::path server;
  std::filesystem::path installer;  // mariadb-install-db; empty for MySQL, which initialises itself
  DatabaseKind kind = DatabaseKind::mariadb;
};

// database.not_found
[[nodiscard]] Result<DatabaseProgram> find_database_program(const std::filesystem::path& wanted,
                                                            const ProcessIdentity& identity);
// database.no_user
[[nodiscard]] Result<ProcessIdentity> choose_identity(const std::vector<std::string>& users);
// Makes the directories and gives them to the identity. database.directory, database.path_too_long.
[[nodiscard]] Result<void> arrange_directories(const DatabasePaths& paths, const ProcessIdentity& identity);
// The stored password, or a new random one. database.directory.
[[nodiscard]] Result<std::string> application_password(const DatabasePaths& paths, RandomSource& random);

// my.cnf: durable, small, reachable through the socket only.
[[nodiscard]] std::string server_settings(const ManagedDatabaseConfig& config, const DatabasePaths& paths);
// Run by the server before it accepts anyone: schema and application user. Repeatable.
[[nodiscard]] std::string init_statements(const ManagedDatabaseConfig& config, DatabaseKind kind,
                                          std::string_view password, std::string_view unknown_password);

// Replaces the file in one step, owned by the identity and readable by nobody else. database.directory,
// database.disk_full.
[[nodiscard]] Result<void> write_private_file(const std::filesystem::path& path, std::string_view text,
                                              const ProcessIdentity& owner);

// Space that an ordinary user can still fill; 0 when it cannot be told.
[[nodiscard]] std::int64_t free_bytes(const std::filesystem::path& path);
// The first error lines of the server's log after so many bytes (else its last lines), in one line.
[[nodiscard]] std::string log_excerpt(const std::filesystem::path& log, std::int64_t from);
[[nodiscard]] bool says_disk_full(std::string_view log_text);

}  // namespace lanekeeper::ops
