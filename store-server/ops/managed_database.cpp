#include "ops/managed_database.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <future>
#include <system_error>

#include "base/text.h"
#include "ops/child_process.h"
#include "ops/database_files.h"

namespace lanekeeper::ops {
namespace fs = std::filesystem;
namespace {

using SteadyClock = std::chrono::steady_clock;
using Severity = DatabaseEvent::Severity;

constexpr std::int64_t first_pause_ms = 500;
constexpr std::int64_t longest_pause_ms = 30'000;
constexpr std::int64_t quiet_run_ms = 5'000;  // after this long a death counts as the first one again
constexpr int disk_check_ms = 5'000;
constexpr int ready_check_ms = 20;
constexpr std::int64_t killed_timeout_ms = 15'000;
// MariaDB can hang for good when it is told to end while it starts. It has answered nobody then, and a kill costs a
// recovery at most.
constexpr std::int64_t unready_stop_ms = 3'000;
constexpr std::int64_t longest_log_bytes = 16 * 1024 * 1024;

std::int64_t ms_since(SteadyClock::time_point start) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(SteadyClock::now() - start).count();
}

std::string reason_of(int error) {
  return std::error_code(error, std::generic_category()).message();
}

bool is_plain_name(std::string_view name) {
  return !name.empty() && name.size() <= 32 && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
}

// Both servers greet whoever connects, with their version, once they have run the init file and not earlier.
// Source: MySQL Internals, "Connection Phase Packets: Protocol::HandshakeV10".
std::optional<std::string> greeting_version(const fs::path& socket_path) {
  FileHandle socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const std::string path = socket_path.string();
  if (!socket.is_open() || path.size() >= sizeof address.sun_path) return std::nullopt;
  path.copy(address.sun_path, path.size());
  if (::connect(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) return std::nullopt;
  pollfd readable{socket.get(), POLLIN, 0};
  if (::poll(&readable, 1, 200) != 1) return std::nullopt;
  std::array<char, 256> bytes{};
  const ssize_t size = ::recv(socket.get(), bytes.data(), bytes.size(), 0);
  constexpr ssize_t header_bytes = 4;
  constexpr char protocol_10 = 10;
  if (size < header_bytes + 2 || bytes[header_bytes] != protocol_10) return std::nullopt;
  const std::string_view rest(bytes.data() + header_bytes + 1, static_cast<std::size_t>(size - header_bytes - 1));
  std::string version(rest.substr(0, rest.find('\0')));
  // MariaDB hides its own version behind this for the sake of old replicas.
  if (version.starts_with("5.5.5-")) version.erase(0, 6);
  return version;
}

}  // namespace

std::string_view name_of(DatabaseState state) {
  switch (state) {
    case DatabaseState::stopped:
      return "stopped";
    case DatabaseState::starting:
      return "starting";
    case DatabaseState::running:
      return "running";
    case DatabaseState::failed:
      return "failed";
  }
  return "stopped";
}

class ManagedDatabase::Impl {
 public:
  Impl(ManagedDatabaseConfig config, RandomSource& random)
      : config_(std::move(config)), random_(random), paths_(config_.directory) {}

  Result<void> start();
  void stop();
  DatabaseConnection connection() const;
  Status status() const;

 private:
  enum class Ending { died, stop_asked };

  Result<void> prepare();
  Result<void> take_ownership();
  Result<FileHandle> take_database_lock();
  void signal_orphan(int number) const;
  Result<void> check_disk();
  Result<void> initialise_data();
  LaunchPlan initialisation_plan() const;
  Result<void> bring_up();
  Result<void> wait_until_ready();
  Ending watch();
  void end_child();
  void supervise(std::promise<Result<void>> first);
  bool stop_asked_within(std::int64_t ms);
  FileHandle open_log();
  Error failure(std::string_view code, std::string_view what) const;
  void report(Severity severity, std::string code, std::string message) const;
  void set_state(DatabaseState state, std::string problem = {});
  void note_disk();

  const ManagedDatabaseConfig config_;
  RandomSource& random_;
  const DatabasePaths paths_;

  // Made in prepare(), then only read.
  DatabaseProgram program_;
  ProcessIdentity identity_;
  std::string password_;
  FileHandle owner_lock_;
  FileHandle stop_asked_;

  // Of the supervising thread.
  std::optional<ChildProcess> child_;
  std::int64_t log_start_ = 0;  // where this attempt's lines begin
  bool disk_low_ = false;

  std::thread supervisor_;
  std::mutex start_stop_;
  mutable std::mutex status_mutex_;
  Status status_;
};

void ManagedDatabase::Impl::report(Severity severity, std::string code, std::string message) const {
  if (config_.on_event) config_.on_event({severity, std::move(code), std::move(message)});
}

void ManagedDatabase::Impl::set_state(DatabaseState state, std::string problem) {
  const std::lock_guard lock(status_mutex_);
  status_.state = state;
  status_.problem = std::move(problem);
  status_.process = child_ ? child_->pid() : 0;
}

Error ManagedDatabase::Impl::failure(std::string_view code, std::string_view what) const {
  const std::string tail = log_excerpt(paths_.log, log_start_);
  if (says_disk_full(tail) || free_bytes(paths_.root) < config_.minimum_disk_bytes) {
    return Error{"database.disk_full",
                 fmt::format("{} The disk is full: free some space for {}.", what, paths_.root.string()),
                 {{"path", paths_.root.string()}}};
  }
  return Error{std::string(code),
               fmt::format("{} See {}.{}{}", what, paths_.log.string(), tail.empty() ? "" : " It says: ", tail),
               {{"log", paths_.log.string()}}};
}

FileHandle ManagedDatabase::Impl::open_log() {
  std::error_code ignored;
  if (fs::exists(paths_.log, ignored) && fs::file_size(paths_.log, ignored) > longest_log_bytes) {
    fs::rename(paths_.log, paths_.log.string() + ".1", ignored);
  }
  FileHandle log(::open(paths_.log.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0640));
  if (log.is_open() && identity_.switch_needed && ::fchown(log.get(), identity_.uid, identity_.gid) != 0) log.reset();
  log_start_ = log.is_open() ? ::lseek(log.get(), 0, SEEK_END) : 0;
  return log;
}

Result<void> ManagedDatabase::Impl::prepare() {
  if (!is_plain_name(config_.schema) || !is_plain_name(config_.app_user)) {
    return fail("database.directory", "Schema and user names are lower-case letters, digits and underscores.");
  }
  auto identity = choose_identity(config_.users);
  if (!identity) return fail(std::move(identity.error()));
  identity_ = std::move(*identity);
  if (auto arranged = arrange_directories(paths_, identity_); !arranged) return arranged;
  auto program = find_database_program(config_.program, identity_);
  if (!program) return fail(std::move(program.error()));
  program_ = std::move(*program);
  if (auto owned = take_ownership(); !owned) return owned;
  auto password = application_password(paths_, random_);
  if (!password) return fail(std::move(password.error()));
  const std::lock_guard lock(status_mutex_);
  password_ = std::move(*password);
  return {};
}

Result<void> ManagedDatabase::Impl::take_ownership() {
  owner_lock_ = FileHandle(::open(paths_.owner_lock.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!owner_lock_.is_open()) {
    return fail("database.directory", fmt::format("Cannot open {}: {}.", paths_.owner_lock.string(), reason_of(errno)),
                {{"path", paths_.owner_lock.string()}});
  }
  if (::flock(owner_lock_.get(), LOCK_EX | LOCK_NB) != 0) {
    owner_lock_.reset();
    return fail(
        "database.in_use",
        fmt::format("Another store server uses {}. Stop it first, or choose another directory.", paths_.root.string()),
        {{"path", paths_.root.string()}});
  }
  return {};
}

void ManagedDatabase::Impl::signal_orphan(int number) const {
  pid_t pid = 0;
  std::ifstream(paths_.database_lock) >> pid;
  if (pid <= 1) return;
  const FileHandle process = process_handle(pid);
  if (!process.is_open()) return;
  // The number may have been given to a stranger since.
  std::ifstream command("/proc/" + std::to_string(pid) + "/cmdline", std::ios::binary);
  const std::string text((std::istreambuf_iterator<char>(command)), std::istreambuf_iterator<char>());
  if (text.find(paths_.root.string()) == std::string::npos) return;
  signal_process(process, number);
}

// The lock is held by a database process for as long as it lives. If an orphan of a crashed server still has it, that
// one is ended.
Result<FileHandle> ManagedDatabase::Impl::take_database_lock() {
  FileHandle lock(::open(paths_.database_lock.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!lock.is_open()) return fail(failure("database.directory", "Cannot open " + paths_.database_lock.string() + "."));
  const auto is_free = [&lock] { return ::flock(lock.get(), LOCK_EX | LOCK_NB) == 0; };
  if (is_free()) return lock;

  report(Severity::warning, "database.orphan", "The database of a former server still runs and is being stopped.");
  signal_orphan(SIGTERM);
  // The init file is there until the database is ready.
  std::error_code ignored;
  const std::int64_t patience_ms = fs::exists(paths_.init_file, ignored)
                                       ? std::min(unready_stop_ms, config_.stop_timeout_ms)
                                       : config_.stop_timeout_ms;
  bool killed = false;
  auto since = SteadyClock::now();
  while (!is_free()) {
    if (stop_asked_within(ready_check_ms)) {
      return fail("database.stopped", "Stopped while waiting for a former database to end.");
    }
    if (ms_since(since) < (killed ? killed_timeout_ms : patience_ms)) continue;
    if (killed) {
      return fail("database.still_running",
                  fmt::format("A former database process still uses {} and does not end. End it by hand.",
                              paths_.root.string()),
                  {{"path", paths_.root.string()}});
    }
    signal_orphan(SIGKILL);
    killed = true;
    since = SteadyClock::now();
  }
  return lock;
}

Result<void> ManagedDatabase::Impl::check_disk() {
  const std::int64_t free = free_bytes(paths_.root);
  {
    const std::lock_guard lock(status_mutex_);
    status_.free_disk_bytes = free;
  }
  std::error_code ignored;
  const std::int64_t needed =
      fs::exists(paths_.data, ignored) ? config_.minimum_disk_bytes : config_.new_database_disk_bytes;
  if (free >= needed) return {};
  return fail("database.disk_full",
              fmt::format("Only {} MB are free for {}; the database needs at least {} MB. Free some space.",
                          free / (1024 * 1024), paths_.root.string(), needed / (1024 * 1024)),
              {{"path", paths_.root.string()}, {"free_mb", std::to_string(free / (1024 * 1024))}});
}

LaunchPlan ManagedDatabase::Impl::initialisation_plan() const {
  LaunchPlan plan;
  plan.identity = identity_;
  plan.directory = paths_.root;
  const std::string where = "--datadir=" + paths_.data_new.string();
  if (program_.kind == DatabaseKind::mariadb) {
    plan.program = program_.installer;
    plan.arguments = {"--no-defaults",       where,    "--auth-root-authentication-method=socket", "--skip-test-db",
                      "--skip-name-resolve", "--force"};
  } else {
    plan.program = program_.server;
    plan.arguments = {"--no-defaults", "--initialize-insecure", where};
  }
  return plan;
}

// Into a directory of its own that gets its name only when it is complete: an initialisation that was cut off is done
// again from the beginning.
Result<void> ManagedDatabase::Impl::initialise_data() {
  std::error_code error;
  if (fs::exists(paths_.data, error)) return {};
  report(Severity::info, "database.initialising", "Making a new database in " + paths_.data.string() + ".");
  auto lock = take_database_lock();
  if (!lock) return fail(std::move(lock.error()));
  fs::remove_all(paths_.data_new, error);
  const FileHandle log = open_log();
  LaunchPlan plan = initialisation_plan();
  plan.lock = lock->get();
  plan.output = log.get();
  auto child = ChildProcess::launch(plan);
  if (!child) return fail(failure("database.initialise", child.error().message));
  lock->reset();
  child_ = std::move(*child);
  const auto since = SteadyClock::now();
  while (!child_->wait_ms(ready_check_ms)) {
    const bool stop = stop_asked_within(0);
    if (!stop && ms_since(since) < config_.initialise_timeout_ms) continue;
    end_child();
    return fail(failure(stop ? "database.stopped" : "database.timeout", "Making the database was broken off."));
  }
  const bool done = child_->succeeded();
  const std::string how = child_->description();
  child_.reset();
  if (!done) return fail(failure("database.initialise", "Making the database failed with " + how + "."));
  fs::rename(paths_.data_new, paths_.data, error);
  if (error) return fail(failure("database.initialise", "Cannot name " + paths_.data.string() + "."));
  const FileHandle directory(::open(paths_.root.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (directory.is_open()) ::fsync(directory.get());
  return {};
}

Result<void> ManagedDatabase::Impl::bring_up() {
  if (auto enough = check_disk(); !enough) return enough;
  if (auto made = initialise_data(); !made) return made;
  auto lock = take_database_lock();
  if (!lock) return fail(std::move(lock.error()));

  Bytes unknown(24, 0);
  random_.fill(unknown);
  const std::string init = init_statements(config_, program_.kind, password_, to_hex(unknown));
  if (auto written = write_private_file(paths_.config, server_settings(config_, paths_), identity_); !written) {
    return written;
  }
  if (auto written = write_private_file(paths_.init_file, init, identity_); !written) return written;
  for (const auto& stale : {paths_.socket, paths_.pid}) ::unlink(stale.c_str());

  const FileHandle log = open_log();
  auto child = ChildProcess::launch(
      {program_.server, {"--defaults-file=" + paths_.config.string()}, identity_, paths_.root, lock->get(), log.get()});
  if (!child) return fail(failure("database.start", child.error().message));
  lock->reset();
  child_ = std::move(*child);
  set_state(DatabaseState::starting);
  auto ready = wait_until_ready();
  ::unlink(paths_.init_file.c_str());
  return ready;
}

Result<void> ManagedDatabase::Impl::wait_until_ready() {
  const auto since = SteadyClock::now();
  for (;;) {
    if (auto version = greeting_version(paths_.socket)) {
      set_state(DatabaseState::running);
      {
        const std::lock_guard lock(status_mutex_);
        status_.version = *version;
      }
      report(Severity::info, "database.started",
             fmt::format("Database {} runs as {} (process {}), ready after {} ms.", *version, identity_.name,
                         child_->pid(), ms_since(since)));
      return {};
    }
    if (child_->wait_ms(ready_check_ms)) {
      const std::string how = child_->description();
      child_.reset();
      return fail(failure("database.start", "The database ended while starting, with " + how + "."));
    }
    const bool stop = stop_asked_within(0);
    if (!stop && ms_since(since) < config_.start_timeout_ms) continue;
    end_child();
    if (stop) return fail("database.stopped", "Stopped while starting.");
    return fail(failure("database.timeout", "The database did not become ready in time."));
  }
}

void ManagedDatabase::Impl::note_disk() {
  const std::int64_t free = free_bytes(paths_.root);
  const bool low = free < config_.low_disk_bytes;
  const std::string text = fmt::format("Only {} MB are free for {}. Free some space before sales stop.",
                                       free / (1024 * 1024), paths_.root.string());
  {
    const std::lock_guard lock(status_mutex_);
    status_.free_disk_bytes = free;
    status_.problem = low ? text : std::string();
  }
  if (low == std::exchange(disk_low_, low)) return;
  if (low) {
    report(Severity::warning, "database.disk_low", text);
  } else {
    report(Severity::info, "database.disk_ok", "There is enough free disk space again.");
  }
}

ManagedDatabase::Impl::Ending ManagedDatabase::Impl::watch() {
  for (;;) {
    note_disk();
    std::array<pollfd, 2> watched{pollfd{child_->poll_handle(), POLLIN, 0}, pollfd{stop_asked_.get(), POLLIN, 0}};
    ::poll(watched.data(), watched.size(), disk_check_ms);
    if (watched[1].revents != 0) return Ending::stop_asked;
    if (child_->has_ended()) return Ending::died;
  }
}

void ManagedDatabase::Impl::end_child() {
  if (!child_) return;
  child_->signal(SIGTERM);
  const bool ready = status().state == DatabaseState::running;
  if (!child_->wait_ms(ready ? config_.stop_timeout_ms : std::min(unready_stop_ms, config_.stop_timeout_ms))) {
    report(Severity::error, "database.killed", "The database did not end in time and was killed; it will recover.");
    child_->signal(SIGKILL);
    if (!child_->wait_ms(killed_timeout_ms)) {
      report(Severity::error, "database.still_running", "The database does not even end when killed.");
    }
  }
  child_.reset();
}

bool ManagedDatabase::Impl::stop_asked_within(std::int64_t ms) {
  pollfd asked{stop_asked_.get(), POLLIN, 0};
  return ::poll(&asked, 1, static_cast<int>(ms)) == 1;
}

// The thread that launches the database must live as long as it: the signal at our death is the thread's.
void ManagedDatabase::Impl::supervise(std::promise<Result<void>> first) {
  std::optional<std::promise<Result<void>>> waiting(std::move(first));
  std::int64_t pause_ms = 0;
  for (;;) {
    set_state(DatabaseState::starting);
    auto up = bring_up();
    if (waiting) {
      const bool failed = !up;
      if (failed) set_state(DatabaseState::stopped, up.error().message);
      std::exchange(waiting, std::nullopt)->set_value(up);
      if (failed) return;
    }
    if (up) {
      const auto since = SteadyClock::now();
      if (watch() == Ending::stop_asked) break;
      const std::string how = child_->description();
      child_.reset();
      {
        const std::lock_guard lock(status_mutex_);
        ++status_.restarts;
      }
      set_state(DatabaseState::starting);
      if (ms_since(since) >= quiet_run_ms) pause_ms = 0;
      report(Severity::error, "database.died",
             fmt::format("The database ended by itself with {}; it is started again{}.", how,
                         pause_ms == 0 ? "" : fmt::format(" in {} ms", pause_ms)));
    } else {
      pause_ms = std::max(pause_ms, first_pause_ms);
      set_state(DatabaseState::failed, up.error().message);
      report(Severity::error, up.error().code,
             fmt::format("{} The next attempt follows in {} ms.", up.error().message, pause_ms));
    }
    if (stop_asked_within(pause_ms)) break;
    pause_ms = std::clamp(pause_ms * 2, first_pause_ms, longest_pause_ms);
  }
  end_child();
  set_state(DatabaseState::stopped);
}

Result<void> ManagedDatabase::Impl::start() {
  const std::lock_guard lock(start_stop_);
  if (supervisor_.joinable()) return {};
  stop_asked_ = FileHandle(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
  if (auto prepared = prepare(); !prepared) {
    owner_lock_.reset();
    return prepared;
  }
  std::promise<Result<void>> first;
  auto outcome = first.get_future();
  supervisor_ = std::thread([this, promise = std::move(first)]() mutable { supervise(std::move(promise)); });
  auto result = outcome.get();
  if (!result) {
    supervisor_.join();
    owner_lock_.reset();
  }
  return result;
}

void ManagedDatabase::Impl::stop() {
  const std::lock_guard lock(start_stop_);
  if (!supervisor_.joinable()) return;
  ::eventfd_write(stop_asked_.get(), 1);
  supervisor_.join();
  owner_lock_.reset();
  report(Severity::info, "database.stopped", "The database is stopped.");
}

DatabaseConnection ManagedDatabase::Impl::connection() const {
  const std::lock_guard lock(status_mutex_);
  return {paths_.socket, config_.app_user, password_, config_.schema};
}

ManagedDatabase::Status ManagedDatabase::Impl::status() const {
  const std::lock_guard lock(status_mutex_);
  return status_;
}

ManagedDatabase::ManagedDatabase(ManagedDatabaseConfig config, RandomSource& random)
    : impl_(std::make_unique<Impl>(std::move(config), random)) {}
ManagedDatabase::~ManagedDatabase() {
  stop();
}
Result<void> ManagedDatabase::start() {
  return impl_->start();
}
void ManagedDatabase::stop() {
  impl_->stop();
}
DatabaseConnection ManagedDatabase::connection() const {
  return impl_->connection();
}
ManagedDatabase::Status ManagedDatabase::status() const {
  return impl_->status();
}

}  // namespace lanekeeper::ops
