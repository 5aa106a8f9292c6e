#include "storage/connection.h"

#include <cppconn/connection.h>
#include <cppconn/driver.h>
#include <cppconn/exception.h>
#include <cppconn/prepared_statement.h>
#include <cppconn/resultset.h>
#include <cppconn/statement.h>
#include <mysql_driver.h>

#include <mutex>

namespace lanekeeper::storage {

namespace {

constexpr std::size_t max_cached_statements = 256;  // per connection

// Numbers of MySQL's errors; the same in MariaDB.
constexpr int lost_connection[] = {2006, 2013, 2055, 2014, 1053, 1927, 4031, 1079, 1080, 1152, 1159, 1160, 1161};
constexpr int unreachable[] = {2002, 2003, 2005, 2012, 1040, 1044, 1045, 1049, 1203, 1226, 1698};
constexpr int retriable[] = {1213, 1205, 1020};
constexpr int disk_full[] = {1021, 1114, 1026, 1041, 1037, 3};
constexpr int duplicate[] = {1062, 1586};

bool is_one_of(std::span<const int> numbers, int number) {
  return std::find(numbers.begin(), numbers.end(), number) != numbers.end();
}

std::string code_of(const sql::SQLException& error) {
  const int number = error.getErrorCode();
  if (is_one_of(retriable, number)) return "db.contention";
  if (is_one_of(lost_connection, number)) return "db.lost";
  if (is_one_of(unreachable, number)) return "db.unreachable";
  if (is_one_of(disk_full, number)) return "db.disk_full";
  if (is_one_of(duplicate, number)) return "db.duplicate";
  // SQLSTATE class 22: data exception; 23: constraint violation.
  const std::string state = const_cast<sql::SQLException&>(error).getSQLState();
  if (state.starts_with("22") || state.starts_with("23") || number == 1366 || number == 1264 || number == 1265) {
    return "db.data";
  }
  return "db.error";
}

[[noreturn]] void rethrow(const sql::SQLException& error) {
  throw DatabaseFault(code_of(error), std::string(error.what()) + " (" + std::to_string(error.getErrorCode()) + ")",
                      error.getErrorCode());
}

template <class F>
auto guarded(F&& f) -> decltype(f()) {
  try {
    return f();
  } catch (const sql::SQLException& error) {
    rethrow(error);
  }
}

sql::mysql::MySQL_Driver& driver() {
  // The driver initialises the client library: once, before any thread uses it.
  static sql::mysql::MySQL_Driver* instance = sql::mysql::get_mysql_driver_instance();
  return *instance;
}

constexpr std::string_view session_settings[] = {
    "SET NAMES utf8mb4",
    "SET SESSION time_zone = '+00:00'",
    "SET SESSION sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION,NO_ZERO_DATE,NO_ZERO_IN_DATE,"
    "ERROR_FOR_DIVISION_BY_ZERO,ONLY_FULL_GROUP_BY'",
    // Why READ COMMITTED: see database.h.
    "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED",
    "SET SESSION innodb_lock_wait_timeout = 10",
};

}  // namespace

bool DatabaseFault::is_retriable() const {
  return is_one_of(retriable, number_);
}
bool DatabaseFault::is_connection_lost() const {
  return is_one_of(lost_connection, number_);
}
bool DatabaseFault::is_data() const {
  return code() == "db.data" || code() == "db.duplicate";
}

Binder& Binder::add(std::int64_t value) {
  statement_.setInt64(++count_, value);
  return *this;
}
Binder& Binder::add(std::string_view value) {
  statement_.setString(++count_, sql::SQLString(value.data(), value.size()));
  return *this;
}
Binder& Binder::add_null() {
  statement_.setNull(++count_, 0);
  return *this;
}

Rows::Rows(std::unique_ptr<sql::ResultSet> result) : result_(std::move(result)) {}
Rows::Rows(Rows&&) noexcept = default;
Rows& Rows::operator=(Rows&&) noexcept = default;
Rows::~Rows() = default;

bool Rows::next() {
  return guarded([&] { return result_->next(); });
}
std::int64_t Rows::integer(unsigned column) const {
  return guarded([&] { return result_->getInt64(column); });
}
std::optional<std::int64_t> Rows::optional_integer(unsigned column) const {
  if (is_null(column)) return std::nullopt;
  return integer(column);
}
std::string Rows::text(unsigned column) const {
  return guarded([&] {
    const sql::SQLString text = result_->getString(column);
    return std::string(text.c_str(), text.length());
  });
}
bool Rows::is_null(unsigned column) const {
  return guarded([&] { return result_->isNull(column); });
}

Connection::Connection(const DatabaseConfig& config) : config_(config) {}
Connection::~Connection() {
  close();
}

void Connection::open() {
  if (connection_) return;
  sql::ConnectOptionsMap options;
  options["hostName"] =
      sql::SQLString(config_.unix_socket.empty() ? "tcp://" + config_.host + ":" + std::to_string(config_.port)
                                                 : "unix://" + config_.unix_socket);
  options["userName"] = sql::SQLString(config_.user);
  options["password"] = sql::SQLString(config_.password);
  options["schema"] = sql::SQLString(config_.schema);
  options["OPT_CONNECT_TIMEOUT"] = config_.connect_timeout_s;
  options["OPT_READ_TIMEOUT"] = config_.statement_timeout_s;
  options["OPT_WRITE_TIMEOUT"] = config_.statement_timeout_s;
  options["OPT_RECONNECT"] = false;  // a new session would have lost its settings and its transaction
  try {
    static std::mutex mutex;  // connecting is not thread-safe in every version of the client library
    const std::lock_guard lock(mutex);
    connection_.reset(driver().connect(options));
    for (const auto setting : session_settings) run_script(setting);
    connection_->setAutoCommit(false);
  } catch (const sql::SQLException& error) {
    close();
    throw DatabaseFault("db.unreachable",
                        std::string("cannot connect to the database: ") + error.what() + " (" +
                            std::to_string(error.getErrorCode()) + ")",
                        error.getErrorCode());
  } catch (const Fault&) {
    close();
    throw;
  }
}

void Connection::close() noexcept {
  statements_.clear();
  uses_.clear();
  try {
    connection_.reset();
  } catch (const sql::SQLException&) {
    // The peer is gone already: there is nothing left to close.
    connection_ = nullptr;
  }
}

bool Connection::answers() noexcept {
  try {
    return connection_ && connection_->isValid();
  } catch (const sql::SQLException&) {
    return false;
  }
}

sql::PreparedStatement& Connection::prepare(std::string_view sql) {
  open();
  if (const auto found = statements_.find(sql); found != statements_.end()) {
    uses_.splice(uses_.begin(), uses_, found->second.use);
    return *found->second.statement;
  }
  if (statements_.size() >= max_cached_statements) {
    statements_.erase(statements_.find(uses_.back()));
    uses_.pop_back();
  }
  return guarded([&]() -> sql::PreparedStatement& {
    std::unique_ptr<sql::PreparedStatement> statement(
        connection_->prepareStatement(sql::SQLString(sql.data(), sql.size())));
    uses_.emplace_front(sql);
    auto& cached = statements_[uses_.front()];
    cached = {std::move(statement), uses_.begin()};
    return *cached.statement;
  });
}

std::int64_t Connection::run(sql::PreparedStatement& statement) {
  return guarded([&] { return statement.executeUpdate(); });
}

Rows Connection::read(sql::PreparedStatement& statement) {
  return guarded([&] { return Rows(std::unique_ptr<sql::ResultSet>(statement.executeQuery())); });
}

void Connection::run_script(std::string_view sql) {
  open();
  guarded([&] {
    const std::unique_ptr<sql::Statement> statement(connection_->createStatement());
    // Some of these answer with rows (GET_LOCK), most do not.
    if (statement->execute(sql::SQLString(sql.data(), sql.size()))) {
      const std::unique_ptr<sql::ResultSet> ignored(statement->getResultSet());
    }
  });
}

void Connection::begin_snapshot() {
  run_script("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
  run_script("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY");
}
// As statements: the connector's own commit() says nothing when the database has gone meanwhile, and what it calls
// committed then is lost. And never over a new connection, which would have nothing to commit.
void Connection::commit() {
  if (!connection_) throw DatabaseFault("db.lost", "the connection is gone", 0);
  run_script("COMMIT");
}
void Connection::rollback() {
  if (!connection_) throw DatabaseFault("db.lost", "the connection is gone", 0);
  run_script("ROLLBACK");
}

}  // namespace lanekeeper::storage
