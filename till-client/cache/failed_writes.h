// What a write that failed may have left in a write-ahead log must not come to life at the next start. Private to this
// room; for databases whose commits are promises (WAL, synchronous FULL).
#pragma once

#include <optional>

#include "cache/sqlite.h"

namespace lanekeeper::till {

class FailedWrites {
 public:
  // SQL of the table that this needs.
  static constexpr const char* schema =
      "CREATE TABLE failed_append(id INTEGER PRIMARY KEY, count INTEGER NOT NULL) STRICT;"
      "INSERT INTO failed_append(id, count) VALUES(1, 0)";

  explicit FailedWrites(const sqlite::Database& database);

  // Before each write. After a failed sync the log is emptied into the file first: what the system reports of the same
  // log afterwards cannot be believed.
  void before_write();
  // After each write that failed: leaves its transaction and writes something harmless over it.
  void bury(const sqlite::Failure& failure) noexcept;

 private:
  const sqlite::Database& database_;
  sqlite::Statement bury_;
  bool log_doubtful_ = false;
};

}  // namespace lanekeeper::till
