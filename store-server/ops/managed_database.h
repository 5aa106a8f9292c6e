// The store server's own private MariaDB or MySQL: found, initialised, started, watched and stopped by us.
//
// It listens on a Unix socket only, never as root, with settings that lose no committed transaction. Everything lies
// under one directory (see ManagedDatabaseConfig::directory):
//
//   data/  binlog/              what InnoDB and the binary log write
//   database.sock  my.cnf  error.log  database.password (0600)
//   owner.lock                  held by the one Lanekeeper server that owns the directory
//   database.lock               held by the running database process (inherited through exec), with its pid inside
//
// Who dies when: the database gets SIGTERM when its owner dies, even by kill -9, and shuts down cleanly. An owner that
// starts while the database of a crashed owner still runs ends that one cleanly first; two never share a directory.
// When the database dies, it is started again, at once the first time, then with growing pauses.
//
// Thread-safe. start() and stop() block; the callback of the configuration comes on a thread of this object and must
// not call back into it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/ids.h"

namespace lanekeeper::ops {

enum class DatabaseState {
  stopped,   // not started, or stopped by stop()
  starting,  // being initialised or started; also after it died
  running,   // accepts connections
  failed,    // the last attempt to start it failed; another one follows after a pause
};
[[nodiscard]] std::string_view name_of(DatabaseState state);

// Something that an operator should find in the log.
struct DatabaseEvent {
  enum class Severity { info, warning, error };
  Severity severity = Severity::info;
  std::string code;     // database.started, database.died, database.disk_low, ...
  std::string message;  // English, one line
};

struct ManagedDatabaseConfig {
  std::filesystem::path directory;  // made when missing; absolute, and short enough for a socket path (107 bytes)
  std::filesystem::path program;    // mariadbd or mysqld; empty: searched in PATH, /usr/sbin, /usr/libexec ...
  // Whom the database runs as when we are root: the first of these that exists. Not root: always ourselves.
  std::vector<std::string> users = {"lanekeeper", "mysql", "nobody"};
  std::string schema = "lanekeeper";
  std::string app_user = "lanekeeper";
  int buffer_pool_mb = 128;
  int redo_log_mb = 96;
  int max_connections = 64;
  int keep_binlog_days = 14;
  std::int64_t low_disk_bytes = 512LL * 1024 * 1024;           // below: a warning
  std::int64_t minimum_disk_bytes = 64LL * 1024 * 1024;        // below: not started (database.disk_full)
  std::int64_t new_database_disk_bytes = 512LL * 1024 * 1024;  // the same for a database that is to be made
  std::int64_t initialise_timeout_ms = 180'000;
  std::int64_t start_timeout_ms = 120'000;             // crash recovery included
  std::int64_t stop_timeout_ms = 60'000;               // then SIGKILL; InnoDB recovers at the next start
  std::function<void(const DatabaseEvent&)> on_event;  // may be empty
};

// How to reach the database; what the storage room needs to know, in nobody's dialect.
struct DatabaseConnection {
  std::filesystem::path socket;
  std::string user;
  std::string password;
  std::string schema;
};

class ManagedDatabase {
 public:
  ManagedDatabase(ManagedDatabaseConfig config, RandomSource& random);
  ~ManagedDatabase();  // stop()
  ManagedDatabase(const ManagedDatabase&) = delete;
  ManagedDatabase& operator=(const ManagedDatabase&) = delete;

  // Returns when the database accepts the application user. Errors: database.not_found (no program; which package to
  // install), database.in_use (another server owns the directory), database.still_running (an old database does not
  // end), database.no_user, database.directory, database.path_too_long, database.disk_full, database.initialise,
  // database.start, database.timeout; the last lines of error.log are in the message.
  [[nodiscard]] Result<void> start();

  // Ends the database cleanly and waits for it. Does nothing when it was not started.
  void stop();

  // Valid after start() succeeded, also while the database is down for a moment.
  [[nodiscard]] DatabaseConnection connection() const;

  struct Status {
    DatabaseState state = DatabaseState::stopped;
    std::string version;        // "10.11.19-MariaDB-..." as the server greets; empty before the first start
    std::int64_t process = 0;   // pid, 0 when none
    std::int64_t restarts = 0;  // times it died by itself since start()
    std::int64_t free_disk_bytes = 0;
    std::string problem;  // why failed, or that the disk is low; empty: none
  };
  [[nodiscard]] Status status() const;
  [[nodiscard]] DatabaseState state() const { return status().state; }

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace lanekeeper::ops
