#include "storage/database.h"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

#include <mysql_driver.h>

#include "storage/connection.h"

namespace lanekeeper::storage {

namespace {

constexpr int max_attempts = 4;  // the first and three more
constexpr int patient_statement_timeout_s = 12 * 60 * 60;

// The client library keeps memory per thread.
class ClientThread {
 public:
  ClientThread() { sql::mysql::get_mysql_driver_instance()->threadInit(); }
  ~ClientThread() { sql::mysql::get_mysql_driver_instance()->threadEnd(); }
  ClientThread(const ClientThread&) = delete;
  ClientThread& operator=(const ClientThread&) = delete;
};

struct CurrentWorker {
  const void* owner = nullptr;  // the Database whose worker this thread is
  Connection* connection = nullptr;
  bool in_transaction = false;
  std::chrono::steady_clock::time_point last_used;
  std::int64_t losses_seen = 0;
};
thread_local CurrentWorker current;

}  // namespace

class Database::Impl {
 public:
  explicit Impl(DatabaseConfig config) : config_(std::move(config)) {
    sql::mysql::get_mysql_driver_instance();  // initialises the client library before the threads use it
    const int workers = std::clamp(config_.pool_size, 1, 64);
    for (int i = 0; i < workers; ++i) threads_.emplace_back([this] { work(); });
  }
  ~Impl() { close(); }

  Result<void> submit(Work work) {
    {
      const std::lock_guard lock(mutex_);
      if (closed_) return fail("db.closed", "The server is stopping. Try again when it is back.");
      if (queue_.size() >= config_.queue_limit) {
        ++refused_;
        return fail("db.busy", "The database has too much to do. Try again in a moment.");
      }
      queue_.push_back(std::move(work));
    }
    work_waits_.notify_one();
    return {};
  }

  void execute(Mode mode, const std::function<bool(Connection&)>& fn) {
    if (current.owner == this) {
      attempt_repeatedly(*current.connection, mode, fn);
      return;
    }
    struct Call {
      std::mutex mutex;
      std::condition_variable finished;
      bool done = false;
      std::exception_ptr error;
    } call;
    const auto queued = submit([&](Connection& connection) {
      std::exception_ptr error;
      try {
        attempt_repeatedly(connection, mode, fn);
      } catch (...) {
        error = std::current_exception();
      }
      const std::lock_guard lock(call.mutex);
      call.error = error;
      call.done = true;
      call.finished.notify_one();  // under the lock: the caller destroys the condition as soon as it can take it
    });
    if (!queued) throw Fault(queued.error().code, queued.error().message);
    std::unique_lock lock(call.mutex);
    call.finished.wait(lock, [&] { return call.done; });
    if (call.error) std::rethrow_exception(call.error);
  }

  void close() {
    {
      const std::lock_guard lock(mutex_);
      closed_ = true;
    }
    work_waits_.notify_all();
    for (auto& thread : threads_) {
      if (thread.joinable()) thread.join();
    }
  }

  Statistics statistics() const {
    const std::lock_guard lock(mutex_);
    return {static_cast<std::int64_t>(queue_.size()), working_, transactions_, retries_, reconnects_, refused_};
  }
  const DatabaseConfig& config() const { return config_; }

 private:
  void work() {
    const ClientThread client;
    Connection connection(config_);
    current = {this, &connection, false, {}, 0};
    std::unique_lock lock(mutex_);
    while (true) {
      work_waits_.wait(lock, [&] { return closed_ || !queue_.empty(); });
      if (queue_.empty()) break;
      Work work = std::move(queue_.front());
      queue_.pop_front();
      ++working_;
      lock.unlock();
      run_work(work, connection);
      work = nullptr;
      lock.lock();
      --working_;
    }
    lock.unlock();
    connection.close();
    current = {};
  }

  static void run_work(const Work& work, Connection& connection) noexcept { work(connection); }

  void attempt_repeatedly(Connection& connection, Mode mode, const std::function<bool(Connection&)>& fn) {
    if (current.in_transaction) throw Fault("db.nested", "a transaction inside a transaction");
    for (int attempt = 1;; ++attempt) {
      try {
        attempt_once(connection, mode, fn);
        return;
      } catch (const DatabaseFault& fault) {
        if (!fault.is_retriable() || attempt == max_attempts) throw;
        count(retries_);
      }
    }
  }

  void attempt_once(Connection& connection, Mode mode, const std::function<bool(Connection&)>& fn) {
    make_sure_it_works(connection);
    struct Used {
      ~Used() { current.last_used = std::chrono::steady_clock::now(); }
    } const used;
    struct InTransaction {
      InTransaction() { current.in_transaction = true; }
      ~InTransaction() { current.in_transaction = false; }
    } const in_transaction;
    bool commit = false;
    try {
      if (mode == Mode::snapshot) connection.begin_snapshot();
      commit = fn(connection);
      if (!commit) connection.rollback();
    } catch (const DatabaseFault& fault) {
      undo(connection, fault.is_connection_lost());
      throw;
    } catch (...) {
      undo(connection, false);
      throw;
    }
    if (commit) finish(connection, mode);
  }

  // Nothing of the work ran on it yet.
  void make_sure_it_works(Connection& connection) {
    const auto losses = losses_.load();
    const auto unused_for = std::chrono::steady_clock::now() - current.last_used;
    const bool doubtful =
        current.losses_seen != losses || unused_for >= std::chrono::milliseconds(config_.trusted_for_ms);
    if (connection.is_open() && doubtful && !connection.answers()) connection.close();
    current.losses_seen = losses;
    if (connection.is_open()) return;
    connection.open();
    count(reconnects_);
  }

  // After a failure of any kind: the connection is either clean again or gone.
  void undo(Connection& connection, bool lost) {
    if (!lost) {
      try {
        connection.rollback();
        return;
      } catch (const DatabaseFault&) {
        // It is lost after all; the database rolls back by itself.
        lost = true;
      }
    }
    lose(connection);
  }
  void lose(Connection& connection) {
    connection.close();
    ++losses_;
  }

  void finish(Connection& connection, Mode mode) {
    try {
      connection.commit();
    } catch (const DatabaseFault& fault) {
      if (fault.is_connection_lost()) {
        lose(connection);
        if (mode == Mode::snapshot) throw;  // nothing was written
        throw DatabaseFault("db.unknown_outcome",
                            std::string("the connection broke during the commit: ") + fault.what(), 0);
      }
      undo(connection, false);
      throw;
    }
    count(transactions_);
  }

  void count(std::int64_t& counter) {
    const std::lock_guard lock(mutex_);
    ++counter;
  }

  const DatabaseConfig config_;
  mutable std::mutex mutex_;
  std::condition_variable work_waits_;
  std::deque<Work> queue_;
  bool closed_ = false;
  std::atomic<std::int64_t> losses_ = 0;  // connections that broke
  std::int64_t working_ = 0;
  std::int64_t transactions_ = 0;
  std::int64_t retries_ = 0;
  std::int64_t reconnects_ = 0;
  std::int64_t refused_ = 0;
  std::vector<std::thread> threads_;
};

DatabaseConfig with_patience(DatabaseConfig config) {
  config.statement_timeout_s = patient_statement_timeout_s;
  config.pool_size = 1;
  return config;
}

Database::Database(DatabaseConfig config) : impl_(std::make_unique<Impl>(std::move(config))) {}
Database::~Database() = default;

void Database::check() {
  transact([](Connection& connection) { (void)connection.query("SELECT 1"); });
}
Result<void> Database::submit(Work work) {
  return impl_->submit(std::move(work));
}
void Database::execute(Mode mode, const std::function<bool(Connection&)>& fn) {
  impl_->execute(mode, fn);
}
void Database::close() {
  impl_->close();
}
Database::Statistics Database::statistics() const {
  return impl_->statistics();
}
const DatabaseConfig& Database::config() const {
  return impl_->config();
}

}  // namespace lanekeeper::storage
