// A database server of the test program's own: made and started when it is first asked for, without a network port, not
// as root, gone when the program ends. Every test takes a schema of its own.
//
//   auto& server = PrivateDatabase::instance();
//   if (!server.available()) GTEST_SKIP() << server.problem();
//   storage::Database database(server.new_schema());
#pragma once

#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <vector>

#include "eventually.h"
#include "storage/connection.h"
#include "storage/database.h"

namespace lanekeeper::testing {

class PrivateDatabase {
 public:
  // durable: with the settings of a shop (binary log, every commit on the disk), as benches want it.
  explicit PrivateDatabase(bool durable = false) : durable_(durable) {
    try {
      make();
      start();
    } catch (const std::exception& error) {
      problem_ = error.what();
    }
  }
  ~PrivateDatabase() {
    stop(SIGTERM);
    std::error_code ignored;
    std::filesystem::remove_all(directory_, ignored);
  }
  PrivateDatabase(const PrivateDatabase&) = delete;
  PrivateDatabase& operator=(const PrivateDatabase&) = delete;

  static PrivateDatabase& instance() {
    static PrivateDatabase server;
    return server;
  }

  [[nodiscard]] bool available() const { return problem_.empty(); }
  [[nodiscard]] const std::string& problem() const { return problem_; }
  [[nodiscard]] const std::filesystem::path& directory() const { return directory_; }

  // An empty schema and how to reach it.
  [[nodiscard]] storage::DatabaseConfig new_schema() {
    auto config = connection_to("mysql");
    const std::string name = "test_" + std::to_string(++schemas_);
    storage::Database administration(config);
    administration.transact([&](storage::Connection& c) {
      c.run_script("CREATE DATABASE " + name + " CHARACTER SET utf8mb4 COLLATE utf8mb4_bin");
    });
    config.schema = name;
    config.pool_size = 4;
    return config;
  }
  [[nodiscard]] storage::DatabaseConfig connection_to(const std::string& schema) const {
    storage::DatabaseConfig config;
    config.unix_socket = socket().string();
    config.user = "root";
    config.schema = schema;
    config.pool_size = 1;
    return config;
  }

  // A power cut and what follows it.
  void kill() { stop(SIGKILL); }
  void start() {
    const auto defaults = std::string("--no-defaults");
    std::vector<std::string> words = {program_.string(),
                                      defaults,
                                      "--datadir=" + (directory_ / "data").string(),
                                      "--socket=" + socket().string(),
                                      "--pid-file=" + (directory_ / "pid").string(),
                                      "--log-error=" + (directory_ / "error.log").string(),
                                      "--skip-networking",
                                      "--character-set-server=utf8mb4",
                                      "--innodb-buffer-pool-size=" + std::string(durable_ ? "512M" : "64M"),
                                      "--max-connections=100"};
    if (durable_) {
      for (const char* option : {"--innodb-flush-log-at-trx-commit=1", "--sync-binlog=1", "--binlog-format=ROW",
                                 "--server-id=1", "--innodb-log-file-size=256M"}) {
        words.emplace_back(option);
      }
      words.push_back("--log-bin=" + (directory_ / "binlog").string());
    } else {
      words.emplace_back("--innodb-flush-log-at-trx-commit=2");
    }
    process_ = spawn(words);
    wait_until_it_answers();
  }

 private:
  [[nodiscard]] std::filesystem::path socket() const { return directory_ / "s"; }

  static std::filesystem::path find(std::initializer_list<const char*> names) {
    for (const char* name : names) {
      for (const char* folder : {"/usr/sbin", "/usr/bin", "/usr/libexec", "/usr/local/bin", "/usr/local/sbin"}) {
        if (::access((std::filesystem::path(folder) / name).c_str(), X_OK) == 0) {
          return std::filesystem::path(folder) / name;
        }
      }
    }
    return {};
  }

  void make() {
    program_ = find({"mariadbd", "mysqld"});
    if (program_.empty()) throw std::runtime_error("neither mariadbd nor mysqld is installed");
    user_ = ::getpwnam("mysql") != nullptr ? "mysql" : "nobody";
    std::string pattern = (std::filesystem::temp_directory_path() / "lk-db-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary directory");
    directory_ = pattern;
    if (::geteuid() == 0) {
      const auto* account = ::getpwnam(user_.c_str());
      if (account == nullptr || ::chown(directory_.c_str(), account->pw_uid, account->pw_gid) != 0) {
        throw std::runtime_error("no account to run the database as");
      }
      user_id_ = account->pw_uid;
      group_id_ = account->pw_gid;
    }
    ::chmod(directory_.c_str(), 0755);
    const auto installer = find({"mariadb-install-db"});
    const auto data = "--datadir=" + (directory_ / "data").string();
    std::vector<std::string> words;
    if (!installer.empty()) {
      words = {installer.string(), "--no-defaults", data, "--skip-test-db", "--auth-root-authentication-method=normal"};
    } else {
      words = {program_.string(), "--no-defaults", "--initialize-insecure", data};
    }
    int status = 0;
    ::waitpid(spawn(words), &status, 0);
    if (status != 0) throw std::runtime_error("the database could not be initialised in " + directory_.string());
  }

  [[nodiscard]] pid_t spawn(std::vector<std::string>& words) const {
    std::vector<char*> arguments;
    arguments.reserve(words.size() + 1);
    for (auto& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    const pid_t child = ::fork();
    if (child != 0) return child;
    // The system forgets the signal when a process changes its user: so we change it, and not the database.
    if (::geteuid() == 0 && (::setgroups(0, nullptr) != 0 || ::setgid(group_id_) != 0 || ::setuid(user_id_) != 0)) {
      ::_exit(127);
    }
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    const int quiet = ::open((directory_ / "output.log").c_str(), O_WRONLY | O_CREAT | O_APPEND, 0644);
    ::dup2(quiet, STDOUT_FILENO);
    ::dup2(quiet, STDERR_FILENO);
    ::execv(arguments[0], arguments.data());
    ::_exit(127);
  }

  [[nodiscard]] bool answers() const {
    try {
      storage::Database(connection_to("mysql")).check();
      return true;
    } catch (const Fault&) {
      return false;
    }
  }
  void wait_until_it_answers() {
    bool answered = false;
    const auto answers_or_ended = [&] {
      answered = answers();
      if (!answered && ::waitpid(process_, nullptr, WNOHANG) != 0) process_ = 0;
      return answered || process_ == 0;
    };
    if (eventually(answers_or_ended, std::chrono::seconds(60)) && answered) return;
    std::ifstream log(directory_ / "error.log");
    throw std::runtime_error("the database does not start: " +
                             std::string(std::istreambuf_iterator<char>(log), std::istreambuf_iterator<char>()));
  }

  void stop(int signal) {
    if (process_ <= 0) return;
    ::kill(process_, signal);
    ::waitpid(process_, nullptr, 0);
    process_ = 0;
  }

  const bool durable_;
  std::filesystem::path directory_;
  std::filesystem::path program_;
  std::string user_;
  uid_t user_id_ = 0;
  gid_t group_id_ = 0;
  std::string problem_;
  pid_t process_ = 0;
  int schemas_ = 0;
};

}  // namespace lanekeeper::testing
