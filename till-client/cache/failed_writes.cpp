#include "cache/failed_writes.h"

namespace lanekeeper::till {

FailedWrites::FailedWrites(const sqlite::Database& database)
    : database_(database), bury_(database, "UPDATE failed_append SET count = count + 1 WHERE id = 1") {}

void FailedWrites::before_write() {
  if (!log_doubtful_) return;
  sqlite::Statement checkpoint(database_, "PRAGMA wal_checkpoint(TRUNCATE)");
  if (!checkpoint.step() || checkpoint.integer(0) != 0) {
    throw sqlite::Failure(SQLITE_IOERR, "the log that failed to sync cannot be emptied yet");
  }
  log_doubtful_ = false;
}

void FailedWrites::bury(const sqlite::Failure& failure) noexcept {
  if (failure.primary_code() == SQLITE_IOERR) log_doubtful_ = true;
  database_.roll_back();
  try {
    bury_.run();
  } catch (const sqlite::Failure&) {
    // The disk refuses everything: then it has not taken the failed write either, or nothing can help here.
    database_.roll_back();
  }
}

}  // namespace lanekeeper::till
