// The managed database with a real mariadbd or mysqld. Skipped, loudly, where none is installed.
#include "ops/managed_database.h"

#include <gtest/gtest.h>
#include <mysql_connection.h>
#include <mysql_driver.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cppconn/exception.h>
#include <cppconn/resultset.h>
#include <cppconn/statement.h>
#include <fstream>
#include <iostream>
#include <random>

#include "base/system_random.h"
#include "eventually.h"

namespace lanekeeper::ops {
namespace {
namespace fs = std::filesystem;
using namespace std::chrono_literals;

class TestDirectory {
 public:
  TestDirectory() {
    std::string pattern = (fs::temp_directory_path() / "lk-database-XXXXXX").string();
    path_ = ::mkdtemp(pattern.data());
    ::chmod(path_.c_str(), 0755);
  }
  ~TestDirectory() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  [[nodiscard]] fs::path database() const { return path_ / "database"; }
  [[nodiscard]] const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

struct EventLog {
  std::mutex mutex;
  std::vector<DatabaseEvent> events;
  bool has(std::string_view code) {
    const std::lock_guard lock(mutex);
    return std::any_of(events.begin(), events.end(), [&](const auto& event) { return event.code == code; });
  }
};

ManagedDatabaseConfig config_for(const fs::path& directory, EventLog* log = nullptr) {
  ManagedDatabaseConfig config;
  config.directory = directory;
  config.buffer_pool_mb = 16;
  config.redo_log_mb = 8;
  config.low_disk_bytes = 0;
  config.minimum_disk_bytes = 1024 * 1024;
  config.new_database_disk_bytes = 1024 * 1024;
  if (log != nullptr) {
    config.on_event = [log](const DatabaseEvent& event) {
      const std::lock_guard lock(log->mutex);
      log->events.push_back(event);
    };
  }
  return config;
}

// A connection of our own, the way the storage room makes one.
std::unique_ptr<sql::Connection> connect(const DatabaseConnection& to) {
  sql::ConnectOptionsMap options;
  options["hostName"] = sql::SQLString("unix://" + to.socket.string());
  options["userName"] = sql::SQLString(to.user);
  options["password"] = sql::SQLString(to.password);
  options["schema"] = sql::SQLString(to.schema);
  return std::unique_ptr<sql::Connection>(get_driver_instance()->connect(options));
}

void execute(const DatabaseConnection& to, const std::string& statement) {
  const auto connection = connect(to);
  const std::unique_ptr<sql::Statement> run(connection->createStatement());
  run->execute(statement);
}

std::string value_of(const DatabaseConnection& to, const std::string& query, int column = 1) {
  const auto connection = connect(to);
  const std::unique_ptr<sql::Statement> run(connection->createStatement());
  const std::unique_ptr<sql::ResultSet> rows(run->executeQuery(query));
  return rows->next() ? std::string(rows->getString(column)) : std::string();
}

std::string variable(const DatabaseConnection& to, const std::string& name) {
  return value_of(to, "SHOW GLOBAL VARIABLES LIKE '" + name + "'", 2);
}

bool is_alive(std::int64_t pid) {
  std::ifstream status("/proc/" + std::to_string(pid) + "/stat");
  std::string text;
  std::getline(status, text);
  const auto name_end = text.rfind(')');
  return name_end != std::string::npos && text.size() > name_end + 2 && text[name_end + 2] != 'Z';
}

uid_t user_of(std::int64_t pid) {
  struct stat info {};
  return ::stat(("/proc/" + std::to_string(pid)).c_str(), &info) == 0 ? info.st_uid : 0;
}

// Processes that run on this directory.
int databases_on(const fs::path& directory) {
  int count = 0;
  for (const auto& entry : fs::directory_iterator("/proc")) {
    std::ifstream command(entry.path() / "cmdline", std::ios::binary);
    std::string text((std::istreambuf_iterator<char>(command)), std::istreambuf_iterator<char>());
    if (text.find("--defaults-file=" + (directory / "my.cnf").string()) != std::string::npos) ++count;
  }
  return count;
}

// A store server reduced to its database: a process of its own that can be killed.
class Owner {
 public:
  explicit Owner(const ManagedDatabaseConfig& config) {
    std::array<int, 2> pipe{};
    if (::pipe(pipe.data()) != 0) throw std::runtime_error("pipe");
    pid_ = ::fork();
    if (pid_ == 0) {
      ::close(pipe[0]);
      SystemRandom random;
      ManagedDatabase database(config, random);
      const auto started = database.start();
      const std::int64_t process = started ? database.status().process : -1;
      [[maybe_unused]] const auto written = ::write(pipe[1], &process, sizeof process);
      ::pause();
      ::_exit(0);
    }
    ::close(pipe[1]);
    in_ = pipe[0];
  }
  ~Owner() {
    kill();
    ::close(in_);
  }
  [[nodiscard]] std::int64_t wait_for_database() const {
    std::int64_t process = 0;
    return ::read(in_, &process, sizeof process) == sizeof process ? process : -1;
  }
  void kill() {
    if (pid_ <= 0) return;
    ::kill(pid_, SIGKILL);
    ::waitpid(std::exchange(pid_, 0), nullptr, 0);
  }

 private:
  pid_t pid_ = 0;
  int in_ = -1;
};

class ManagedDatabaseTest : public ::testing::Test {
 protected:
  void SetUp() override {
    for (const char* name :
         {"/usr/sbin/mariadbd", "/usr/sbin/mysqld", "/usr/libexec/mariadbd", "/usr/libexec/mysqld"}) {
      if (fs::exists(name)) return;
    }
    GTEST_SKIP() << "NOT CHECKED: the managed database, because neither mariadbd nor mysqld is installed";
  }
  SystemRandom random_;
  TestDirectory directory_;
  EventLog log_;
};

TEST_F(ManagedDatabaseTest, RunsDurablyAsAnOrdinaryUserBehindASocketOnly) {
  ManagedDatabase database(config_for(directory_.database(), &log_), random_);
  const auto started = database.start();
  ASSERT_TRUE(started) << started.error().message;
  EXPECT_EQ(database.state(), DatabaseState::running);
  const auto status = database.status();
  EXPECT_FALSE(status.version.empty());
  EXPECT_NE(user_of(status.process), 0U) << "the database runs as root";
  const auto to = database.connection();
  EXPECT_EQ(value_of(to, "SELECT DATABASE()"), "lanekeeper");
  for (const auto& [name, value] : {std::pair{"skip_networking", "ON"},
                                    {"innodb_flush_log_at_trx_commit", "1"},
                                    {"sync_binlog", "1"},
                                    {"log_bin", "ON"},
                                    {"binlog_format", "ROW"},
                                    {"innodb_doublewrite", "ON"},
                                    {"innodb_strict_mode", "ON"},
                                    {"character_set_server", "utf8mb4"},
                                    {"time_zone", "+00:00"},
                                    {"innodb_buffer_pool_size", "16777216"}}) {
    EXPECT_EQ(variable(to, name), value) << name;
  }
  EXPECT_NE(variable(to, "sql_mode").find("STRICT_ALL_TABLES"), std::string::npos);
  const std::string isolation = variable(to, "innodb_snapshot_isolation");
  EXPECT_TRUE(isolation == "ON" || isolation.empty()) << isolation;

  struct stat info {};
  ASSERT_EQ(::stat((directory_.database() / "database.password").c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0600U);
  EXPECT_GE(to.password.size(), 32U);
  EXPECT_FALSE(fs::exists(directory_.database() / "init.sql")) << "the password lies about";

  auto stranger = to;
  stranger.password = "wrong";
  EXPECT_THROW((void)connect(stranger), sql::SQLException);
  stranger.user = "root";
  stranger.password.clear();
  if (::geteuid() != 0) {
    EXPECT_THROW((void)connect(stranger), sql::SQLException);
  }

  database.stop();
  EXPECT_EQ(database.state(), DatabaseState::stopped);
  EXPECT_FALSE(is_alive(status.process));
}

TEST_F(ManagedDatabaseTest, KeepsDataAndPasswordOverAStop) {
  DatabaseConnection first;
  {
    ManagedDatabase database(config_for(directory_.database()), random_);
    ASSERT_TRUE(database.start());
    first = database.connection();
    execute(first, "CREATE TABLE goods (id INT PRIMARY KEY, name VARCHAR(40))");
    execute(first, "INSERT INTO goods VALUES (1, '可口可乐')");
  }
  EXPECT_EQ(databases_on(directory_.database()), 0);
  ManagedDatabase database(config_for(directory_.database()), random_);
  ASSERT_TRUE(database.start());
  EXPECT_EQ(database.connection().password, first.password);
  EXPECT_EQ(value_of(database.connection(), "SELECT name FROM goods"), "可口可乐");
}

TEST_F(ManagedDatabaseTest, StartsTheDatabaseAgainAfterItWasKilled) {
  ManagedDatabase database(config_for(directory_.database(), &log_), random_);
  ASSERT_TRUE(database.start());
  const auto to = database.connection();
  execute(to, "CREATE TABLE counter (id INT PRIMARY KEY)");
  for (int round = 1; round <= 3; ++round) {
    execute(to, "INSERT INTO counter VALUES (" + std::to_string(round) + ")");
    const auto before = database.status();
    ASSERT_EQ(::kill(static_cast<pid_t>(before.process), SIGKILL), 0);
    ASSERT_TRUE(testing::eventually(
        [&] {
          const auto now = database.status();
          return now.restarts == round && now.state == DatabaseState::running && now.process != before.process;
        },
        60s));
    EXPECT_EQ(value_of(to, "SELECT COUNT(*) FROM counter"), std::to_string(round));
    EXPECT_EQ(databases_on(directory_.database()), 1);
  }
  EXPECT_TRUE(log_.has("database.died"));
}

TEST_F(ManagedDatabaseTest, EndsTheDatabaseOfAKilledOwnerAndGoesOn) {
  std::int64_t orphan = 0;
  {
    Owner owner(config_for(directory_.database()));
    orphan = owner.wait_for_database();
    ASSERT_GT(orphan, 0);
    owner.kill();
  }
  ManagedDatabase database(config_for(directory_.database()), random_);
  const auto started = database.start();
  ASSERT_TRUE(started) << started.error().message;
  EXPECT_FALSE(is_alive(orphan));
  EXPECT_NE(database.status().process, orphan);
  EXPECT_EQ(databases_on(directory_.database()), 1);
  EXPECT_EQ(value_of(database.connection(), "SELECT 1"), "1");
}

TEST_F(ManagedDatabaseTest, ADatabaseDoesNotOutliveItsOwner) {
  Owner owner(config_for(directory_.database()));
  const auto process = owner.wait_for_database();
  ASSERT_GT(process, 0);
  owner.kill();
  EXPECT_TRUE(testing::eventually([&] { return !is_alive(process); }, 60s));
}

TEST_F(ManagedDatabaseTest, KillsAnOrphanThatDoesNotListen) {
  std::int64_t orphan = 0;
  {
    Owner owner(config_for(directory_.database()));
    orphan = owner.wait_for_database();
    ASSERT_GT(orphan, 0);
    ASSERT_EQ(::kill(static_cast<pid_t>(orphan), SIGSTOP), 0);
    owner.kill();
  }
  ASSERT_TRUE(is_alive(orphan));
  auto config = config_for(directory_.database(), &log_);
  config.stop_timeout_ms = 500;
  ManagedDatabase database(config, random_);
  const auto started = database.start();
  ASSERT_TRUE(started) << started.error().message;
  EXPECT_TRUE(log_.has("database.orphan"));
  EXPECT_FALSE(is_alive(orphan));
  EXPECT_EQ(databases_on(directory_.database()), 1);
}

TEST_F(ManagedDatabaseTest, SurvivesOwnersKilledAtAnyMomentOfTheStart) {
  std::mt19937 dice(20261122);
  for (int round = 0; round < 8; ++round) {
    Owner owner(config_for(directory_.database()));
    std::this_thread::sleep_for(std::chrono::milliseconds(dice() % 1500));  // the moment of the kill is the test
    owner.kill();
  }
  ManagedDatabase database(config_for(directory_.database()), random_);
  const auto started = database.start();
  ASSERT_TRUE(started) << started.error().message;
  EXPECT_EQ(databases_on(directory_.database()), 1);
  EXPECT_EQ(value_of(database.connection(), "SELECT 1"), "1");
}

TEST_F(ManagedDatabaseTest, TwoServersNeverShareADirectory) {
  ManagedDatabase first(config_for(directory_.database()), random_);
  ASSERT_TRUE(first.start());
  ManagedDatabase second(config_for(directory_.database()), random_);
  const auto refused = second.start();
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "database.in_use");
  EXPECT_EQ(databases_on(directory_.database()), 1);
  first.stop();
  EXPECT_TRUE(second.start());
}

TEST_F(ManagedDatabaseTest, BeginsAgainAfterAnInitialisationThatWasCutOff) {
  fs::create_directories(directory_.database() / "data.new" / "mysql");
  std::ofstream(directory_.database() / "data.new" / "ibdata1") << "half";
  ::chmod(directory_.database().c_str(), 0700);
  ManagedDatabase database(config_for(directory_.database()), random_);
  const auto started = database.start();
  ASSERT_TRUE(started) << started.error().message;
}

TEST_F(ManagedDatabaseTest, SaysWhatIsWrongWithTheMachine) {
  auto config = config_for(directory_.database());
  config.program = "/nonexistent/mariadbd";
  EXPECT_EQ(ManagedDatabase(config, random_).start().error().code, "database.not_found");

  EXPECT_EQ(ManagedDatabase(config_for(directory_.path() / std::string(100, 'x')), random_).start().error().code,
            "database.path_too_long");
  EXPECT_EQ(ManagedDatabase(config_for("relative"), random_).start().error().code, "database.directory");

  config = config_for(directory_.database());
  config.new_database_disk_bytes = INT64_MAX;
  EXPECT_EQ(ManagedDatabase(config, random_).start().error().code, "database.disk_full");

  if (::geteuid() == 0) {
    config = config_for(directory_.database());
    config.users = {"root", "no-such-user"};
    EXPECT_EQ(ManagedDatabase(config, random_).start().error().code, "database.no_user");
  }
}

TEST_F(ManagedDatabaseTest, ADiskThatFillsUpIsReportedWhileItRuns) {
  auto config = config_for(directory_.database(), &log_);
  config.low_disk_bytes = INT64_MAX;
  ManagedDatabase database(config, random_);
  ASSERT_TRUE(database.start());
  ASSERT_TRUE(testing::eventually([&] { return log_.has("database.disk_low"); }, 10s));
  EXPECT_FALSE(database.status().problem.empty());
  EXPECT_GT(database.status().free_disk_bytes, 0);
  EXPECT_EQ(database.state(), DatabaseState::running);
}

TEST_F(ManagedDatabaseTest, ABrokenDataDirectoryIsReportedWithTheLog) {
  auto config = config_for(directory_.database());
  {
    ManagedDatabase database(config, random_);
    ASSERT_TRUE(database.start());
  }
  std::ofstream(directory_.database() / "data" / "ibdata1", std::ios::trunc) << "rubbish";
  ManagedDatabase database(config, random_);
  const auto refused = database.start();
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "database.start");
  EXPECT_NE(refused.error().message.find("ERROR"), std::string::npos) << refused.error().message;
}

TEST_F(ManagedDatabaseTest, AFullDiskIsCalledAFullDisk) {
  const fs::path small = directory_.path() / "small";
  fs::create_directory(small);
  if (::mount("none", small.c_str(), "tmpfs", 0, "size=24m") != 0) {
    GTEST_SKIP() << "NOT CHECKED: a full disk, because there is no right to mount a small file system here";
  }
  ::chmod(small.c_str(), 0755);
  auto config = config_for(small / "database");
  config.minimum_disk_bytes = 0;
  config.new_database_disk_bytes = 0;
  {
    ManagedDatabase database(config, random_);
    const auto refused = database.start();
    EXPECT_EQ(refused ? "started" : refused.error().code, "database.disk_full");
  }
  ::umount(small.c_str());
}

}  // namespace
}  // namespace lanekeeper::ops
