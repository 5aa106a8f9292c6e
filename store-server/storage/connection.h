// One connection to the database, as repositories see it. Statements are prepared once per connection and kept; values
// are always bound. Integers travel as signed 64-bit, text and bytes as strings (columns of fixed bytes are written
// with UNHEX(?), because a bound string is text to the server and has to be valid UTF-8).
//
// Not thread-safe: a worker of the pool owns it.
#pragma once

#include <cstdint>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/error.h"
#include "storage/database.h"

namespace sql {
class Connection;
class PreparedStatement;
class ResultSet;
}  // namespace sql

namespace lanekeeper::storage {

// Binds the parameters of a statement one after another.
class Binder {
 public:
  explicit Binder(sql::PreparedStatement& statement) : statement_(statement) {}
  Binder& add(std::int64_t value);
  Binder& add(std::string_view value);
  Binder& add_null();
  Binder& add(const std::optional<std::int64_t>& value) { return value ? add(*value) : add_null(); }
  [[nodiscard]] unsigned count() const { return count_; }

 private:
  sql::PreparedStatement& statement_;
  unsigned count_ = 0;
};

// The rows of a query, read forward. Columns count from 1. Ends before the next use of the same statement.
class Rows {
 public:
  explicit Rows(std::unique_ptr<sql::ResultSet> result);
  Rows(Rows&&) noexcept;
  Rows& operator=(Rows&&) noexcept;
  ~Rows();

  [[nodiscard]] bool next();
  [[nodiscard]] std::int64_t integer(unsigned column) const;  // NULL reads as 0
  [[nodiscard]] std::optional<std::int64_t> optional_integer(unsigned column) const;
  [[nodiscard]] bool boolean(unsigned column) const { return integer(column) != 0; }
  [[nodiscard]] std::string text(unsigned column) const;  // NULL reads as ""
  [[nodiscard]] bool is_null(unsigned column) const;

 private:
  std::unique_ptr<sql::ResultSet> result_;
};

class Connection {
 public:
  explicit Connection(const DatabaseConfig& config);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // Connects when it is not connected. Fault("db.unreachable").
  void open();
  void close() noexcept;
  [[nodiscard]] bool is_open() const { return connection_ != nullptr; }
  // Asks the database, one short round trip. Only between transactions.
  [[nodiscard]] bool answers() noexcept;

  template <class... Parameters>
  std::int64_t execute(std::string_view sql, const Parameters&... parameters) {
    auto& statement = prepare(sql);
    Binder binder(statement);
    (binder.add(parameters), ...);
    return run(statement);
  }
  template <class... Parameters>
  [[nodiscard]] Rows query(std::string_view sql, const Parameters&... parameters) {
    auto& statement = prepare(sql);
    Binder binder(statement);
    (binder.add(parameters), ...);
    return read(statement);
  }

  // For statements with a varying number of parameters (see batch.h).
  [[nodiscard]] sql::PreparedStatement& prepare(std::string_view sql);
  std::int64_t run(sql::PreparedStatement& statement);  // returns the number of changed rows
  [[nodiscard]] Rows read(sql::PreparedStatement& statement);

  // Without preparing: DDL and what cannot be prepared. Never with values in it.
  void run_script(std::string_view sql);

  // Used by Database only.
  void begin_snapshot();
  void commit();
  void rollback();

 private:
  struct StringHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };
  struct Cached {
    std::unique_ptr<sql::PreparedStatement> statement;
    std::list<std::string>::iterator use;
  };

  const DatabaseConfig& config_;
  std::unique_ptr<sql::Connection> connection_;
  std::list<std::string> uses_;  // most recent first
  std::unordered_map<std::string, Cached, StringHash, std::equal_to<>> statements_;
};

// How a failure of the database is told apart; see the faults in database.h.
class DatabaseFault : public Fault {
 public:
  DatabaseFault(std::string code, const std::string& what, int number, std::string table_or_key = {})
      : Fault(std::move(code), what), number_(number), key_(std::move(table_or_key)) {}
  [[nodiscard]] int number() const { return number_; }  // of MySQL: 1213, ...
  [[nodiscard]] bool is_retriable() const;              // deadlock, lock wait timeout, changed record
  [[nodiscard]] bool is_connection_lost() const;
  [[nodiscard]] bool is_data() const;  // db.data or db.duplicate: these very values are the cause

 private:
  int number_ = 0;
  std::string key_;
};

}  // namespace lanekeeper::storage
