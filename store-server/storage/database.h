// The one way to the database: a bounded pool of connections, each with a worker thread of its own, because the
// connector blocks and no io thread may.
//
//   database.submit([&](Connection&) { answer(service.list(principal)); });      // from an io thread
//   auto rows = database.transact([&](Connection& c) { ...; return rows; });     // from anywhere but an io thread
//
// transact() runs on the connection of the worker it is called from; on any other thread it queues the work and waits.
// It must not be nested. Isolation is READ COMMITTED: what has to be stable is locked by name (SELECT ... FOR UPDATE)
// or changed relatively, and no gap locks make tills that have nothing in common wait for each other. A reader that
// needs several statements to agree uses snapshot().
//
// A connection that is lost is made anew before the next work. One that was idle for a moment, or was made before
// another one broke, is asked first whether it still works, so that a restart of the database fails only what was under
// way. Nothing that was begun is repeated behind the caller's back, but for transact() after a deadlock or a lock wait
// that ran out, where the database has undone the whole transaction.
//
// Faults thrown by work and by the calls below (all carry what the database said):
//   db.unreachable      no connection; nothing was changed
//   db.lost             the connection broke before the commit was sent; nothing was changed
//   db.unknown_outcome  it broke during the commit: done or not done, the caller has to ask or repeat by identity
//   db.contention       deadlocked again and again; nothing was changed
//   db.data             the database refused these very values (too long, out of range, not UTF-8); nothing was changed
//   db.duplicate        a unique key forbids it; nothing was changed
//   db.disk_full        no room on the database's disk; nothing was changed
//   db.error            anything else: a defect of ours or of the installation; nothing was changed
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

#include "base/error.h"

namespace lanekeeper::storage {

struct DatabaseConfig {
  std::string unix_socket;  // when set, host and port are not used
  std::string host = "127.0.0.1";
  std::int64_t port = 3306;
  std::string user;
  std::string password;
  std::string schema = "lanekeeper";
  int pool_size = 4;               // connections and worker threads, 1..64
  std::size_t queue_limit = 4096;  // submitted work that waits for a worker
  int connect_timeout_s = 5;
  int statement_timeout_s = 60;  // reading or writing on the wire
  // A database does not end and start again faster than this: a connection used since needs no asking.
  int trusted_for_ms = 100;
};

// For work that is no request and may have to read a whole store: one connection, whose statements may take half a day.
[[nodiscard]] DatabaseConfig with_patience(DatabaseConfig config);

class Connection;  // storage/connection.h; only repositories look inside

// May a transaction be committed with this return value? Everything but a Result that holds an error.
template <class T>
[[nodiscard]] bool is_success(const T&) {
  return true;
}
template <class T>
[[nodiscard]] bool is_success(const Result<T>& result) {
  return result.has_value();
}

class Database {
 public:
  using Work = std::function<void(Connection&)>;

  explicit Database(DatabaseConfig config);  // starts the workers; they connect when they are first needed
  ~Database();                               // close()
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  // Throws Fault("db.unreachable") when the database does not answer.
  void check();

  // Queues work for the next free worker. db.busy when queue_limit is reached, db.closed after close(). The work itself
  // must not throw: a fault that escapes it ends the program.
  [[nodiscard]] Result<void> submit(Work work);

  // One transaction: commits when fn returns, rolls back when fn throws or returns a Result that holds an error. fn may
  // run up to three times more after a deadlock (1213), a lock wait timeout (1205) or a changed record (1020), so it
  // must do nothing but database work and overwrite what it captured. Throws Fault("db.busy") when the queue is full.
  template <class F>
  std::invoke_result_t<F, Connection&> transact(F&& fn) {
    return run(Mode::transaction, std::forward<F>(fn));
  }

  // Reads that all see the same state of the database, the one at the beginning. Nothing can be written.
  template <class F>
  std::invoke_result_t<F, Connection&> snapshot(F&& fn) {
    return run(Mode::snapshot, std::forward<F>(fn));
  }

  // Takes no new work, finishes what is queued, closes the connections. Called by the destructor.
  void close();

  struct Statistics {
    std::int64_t queued = 0;        // now
    std::int64_t working = 0;       // now
    std::int64_t transactions = 0;  // committed since the start
    std::int64_t retries = 0;       // after deadlocks
    std::int64_t reconnects = 0;
    std::int64_t refused = 0;  // db.busy
  };
  [[nodiscard]] Statistics statistics() const;
  [[nodiscard]] const DatabaseConfig& config() const;

 private:
  enum class Mode { transaction, snapshot };
  // fn returns whether to commit.
  void execute(Mode mode, const std::function<bool(Connection&)>& fn);

  template <class F>
  std::invoke_result_t<F, Connection&> run(Mode mode, F&& fn) {
    using R = std::invoke_result_t<F, Connection&>;
    if constexpr (std::is_void_v<R>) {
      execute(mode, [&](Connection& connection) {
        fn(connection);
        return true;
      });
    } else {
      std::optional<R> result;
      execute(mode, [&](Connection& connection) {
        result.emplace(fn(connection));
        return is_success(*result);
      });
      return std::move(*result);
    }
  }

  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace lanekeeper::storage
