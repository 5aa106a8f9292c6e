// SQLite behind a few small owners. Private to this room.
//
// Errors are exceptions here (Failure); the room's public functions turn them into values. Text and blobs are bound
// without copying: they must live until the statement has been stepped for the last time.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include <sqlite3.h>

#include "base/error.h"
#include "base/ids.h"

namespace lanekeeper::till::sqlite {

class Failure : public Fault {
 public:
  Failure(int extended_code, const std::string& what) : Fault("sqlite.failure", what), extended_code_(extended_code) {}
  [[nodiscard]] int primary_code() const { return extended_code_ & 0xff; }
  [[nodiscard]] int extended_code() const { return extended_code_; }
  [[nodiscard]] bool is_full() const { return primary_code() == SQLITE_FULL; }
  // The file is not a database of ours any more, as opposed to a disk that does not let us at it.
  [[nodiscard]] bool is_damage() const {
    return primary_code() == SQLITE_CORRUPT || primary_code() == SQLITE_NOTADB ||
           extended_code_ == SQLITE_IOERR_SHORT_READ;
  }

 private:
  int extended_code_;
};

enum class OpenMode { read_write_create, read_write, read_only };

// A connection. Not thread-safe (opened without SQLite's mutexes).
class Database {
 public:
  // Waits up to five seconds for a lock.
  explicit Database(const std::filesystem::path& file, OpenMode mode = OpenMode::read_write_create);

  void execute(const char* sql) const;
  void execute(const std::string& sql) const { execute(sql.c_str()); }
  [[nodiscard]] std::int64_t integer(const char* sql) const;  // first column of the first row, 0 without a row
  [[nodiscard]] std::string text(const char* sql) const;
  // Leaves a failed transaction behind; never throws.
  void roll_back() const noexcept;
  [[nodiscard]] sqlite3* handle() const { return handle_.get(); }

 private:
  struct Close {
    void operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }
  };
  std::unique_ptr<sqlite3, Close> handle_;
};

// A prepared statement that is kept. Between uses it holds no lock and no bindings.
class Statement {
 public:
  Statement(const Database& database, std::string_view sql);

  Statement& bind(int index, std::int64_t value);
  Statement& bind(int index, std::string_view text);
  Statement& bind_blob(int index, ByteView bytes);
  Statement& bind_null(int index);

  [[nodiscard]] bool step();  // true: a row
  void run();                 // steps to the end and resets, also when it fails
  void reset() noexcept;

  [[nodiscard]] std::int64_t integer(int column) const;
  [[nodiscard]] std::string_view text(int column) const;  // valid until the next step or reset
  [[nodiscard]] ByteView blob(int column) const;
  [[nodiscard]] bool is_null(int column) const;

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
  };
  void check(int code) const;
  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
};

// Resets a statement at the end of a scope, however that is left.
class Use {
 public:
  explicit Use(Statement& statement) : statement_(statement) {}
  ~Use() { statement_.reset(); }
  Use(const Use&) = delete;
  Use& operator=(const Use&) = delete;
  Statement* operator->() const { return &statement_; }

 private:
  Statement& statement_;
};

// BEGIN IMMEDIATE ... COMMIT; rolls back unless commit() succeeded.
class Transaction {
 public:
  explicit Transaction(const Database& database);
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  void commit();

 private:
  const Database& database_;
  bool open_ = true;
};

// Removes a database with its -wal and -shm files; what is not there does not matter.
void remove_files(const std::filesystem::path& file);

// What open(file) answers; a file that is damaged, or of another shape, is replaced by an empty one first. For what can
// be found out again, never for a journal.
template <class Open>
[[nodiscard]] Database open_or_replace(const std::filesystem::path& file, Open&& open) {
  try {
    return open(file);
  } catch (const Failure& failure) {
    if (!failure.is_damage() && failure.primary_code() != SQLITE_ERROR) throw;
  }
  remove_files(file);
  return open(file);
}

}  // namespace lanekeeper::till::sqlite
