#include "ops/database_files.h"

#include <fcntl.h>
#include <pwd.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <fstream>
#include <system_error>

#include "base/text.h"

namespace lanekeeper::ops {
namespace fs = std::filesystem;
namespace {

constexpr std::int64_t version_timeout_ms = 20'000;

std::string reason_of(int error) {
  return std::error_code(error, std::generic_category()).message();
}

tl::unexpected<Error> directory_problem(const fs::path& path, int error) {
  if (error == ENOSPC || error == EDQUOT) {
    return fail("database.disk_full", "The disk is full: free some space for " + path.string() + ".",
                {{"path", path.string()}});
  }
  return fail(
      "database.directory",
      fmt::format("Cannot use {}: {}. Choose another directory or correct its owner.", path.string(), reason_of(error)),
      {{"path", path.string()}});
}

std::vector<fs::path> search_directories() {
  std::vector<fs::path> out;
  if (const char* path = std::getenv("PATH")) {
    std::string_view rest(path);
    while (!rest.empty()) {
      const auto colon = rest.find(':');
      if (const auto part = rest.substr(0, colon); !part.empty()) out.emplace_back(part);
      rest = colon == std::string_view::npos ? std::string_view() : rest.substr(colon + 1);
    }
  }
  for (const char* usual : {"/usr/sbin", "/usr/bin", "/usr/libexec", "/usr/local/sbin", "/usr/local/bin",
                            "/usr/local/mysql/bin", "/usr/local/libexec"}) {
    out.emplace_back(usual);
  }
  return out;
}

std::optional<fs::path> find_program(std::string_view name) {
  for (const auto& directory : search_directories()) {
    const fs::path candidate = directory / name;
    std::error_code ignored;
    if (fs::is_regular_file(candidate, ignored) && ::access(candidate.c_str(), X_OK) == 0) {
      return fs::canonical(candidate, ignored);
    }
  }
  return std::nullopt;
}

// `mysqld` is MariaDB's name too on some systems: the file it leads to tells, or the version text.
bool is_mariadb(const fs::path& program, const ProcessIdentity& identity) {
  if (program.filename().string().find("mariadb") != std::string::npos) return true;
  std::array<int, 2> pipe{};
  if (::pipe2(pipe.data(), O_CLOEXEC) != 0) return false;
  FileHandle in(pipe[0]);
  FileHandle out(pipe[1]);
  auto child = ChildProcess::launch({program, {"--no-defaults", "--version"}, identity, "/", -1, out.get()});
  out.reset();
  if (!child || !child->wait_ms(version_timeout_ms)) return false;
  std::array<char, 512> text{};
  const ssize_t size = ::read(in.get(), text.data(), text.size());
  return size > 0 &&
         std::string_view(text.data(), static_cast<std::size_t>(size)).find("MariaDB") != std::string_view::npos;
}

Result<void> make_directory(const fs::path& path, const ProcessIdentity& identity) {
  if (::mkdir(path.c_str(), 0700) != 0 && errno != EEXIST) return directory_problem(path, errno);
  struct stat info {};
  if (::lstat(path.c_str(), &info) != 0) return directory_problem(path, errno);
  if (!S_ISDIR(info.st_mode)) return directory_problem(path, ENOTDIR);
  if (info.st_uid == identity.uid) return {};
  if (!identity.switch_needed) return directory_problem(path, EACCES);
  if (::chown(path.c_str(), identity.uid, identity.gid) != 0) return directory_problem(path, errno);
  return {};
}

// After a change of user (lanekeeper was created meanwhile) old files still belong to the former one.
Result<void> give_files(const fs::path& directory, const ProcessIdentity& identity) {
  std::error_code error;
  for (fs::recursive_directory_iterator at(directory, error), end; !error && at != end; at.increment(error)) {
    struct stat info {};
    if (::lstat(at->path().c_str(), &info) != 0 || info.st_uid == identity.uid) continue;
    if (::lchown(at->path().c_str(), identity.uid, identity.gid) != 0) return directory_problem(at->path(), errno);
  }
  if (error) return directory_problem(directory, error.value());
  return {};
}

}  // namespace

DatabasePaths::DatabasePaths(const fs::path& directory)
    : root(directory),
      data(root / "data"),
      data_new(root / "data.new"),
      binlog(root / "binlog"),
      temporary(root / "tmp"),
      socket(root / "database.sock"),
      pid(root / "database.pid"),
      config(root / "my.cnf"),
      init_file(root / "init.sql"),
      log(root / "error.log"),
      password(root / "database.password"),
      owner_lock(root / "owner.lock"),
      database_lock(root / "database.lock") {}

Result<DatabaseProgram> find_database_program(const fs::path& wanted, const ProcessIdentity& identity) {
  DatabaseProgram out;
  if (!wanted.empty()) {
    if (::access(wanted.c_str(), X_OK) != 0) {
      return fail("database.not_found", "There is no database program at " + wanted.string() + ".",
                  {{"program", wanted.string()}});
    }
    out.server = wanted;
  } else if (auto found = find_program("mariadbd")) {
    out.server = *found;
  } else if (found = find_program("mysqld"); found) {
    out.server = *found;
  } else {
    return fail("database.not_found",
                "Neither mariadbd nor mysqld is installed. Install the package mariadb-server, or configure an "
                "existing database.");
  }
  out.kind = is_mariadb(out.server, identity) ? DatabaseKind::mariadb : DatabaseKind::mysql;
  if (out.kind == DatabaseKind::mariadb) {
    auto installer = find_program("mariadb-install-db");
    if (!installer) installer = find_program("mysql_install_db");
    if (!installer) {
      return fail("database.not_found", "mariadb-install-db is missing. Install the package mariadb-server.");
    }
    out.installer = *installer;
  }
  return out;
}

Result<ProcessIdentity> choose_identity(const std::vector<std::string>& users) {
  if (::geteuid() != 0) return ProcessIdentity{::geteuid(), ::getegid(), "the current user", false};
  for (const auto& name : users) {
    const passwd* entry = ::getpwnam(name.c_str());
    if (entry != nullptr && entry->pw_uid != 0 && entry->pw_gid != 0) {
      return ProcessIdentity{entry->pw_uid, entry->pw_gid, name, true};
    }
  }
  return fail("database.no_user",
              "The database must not run as root and no user for it exists. Create one: adduser --system --group "
              "lanekeeper");
}

Result<void> arrange_directories(const DatabasePaths& paths, const ProcessIdentity& identity) {
  if (!paths.root.is_absolute()) return directory_problem(paths.root, EINVAL);
  if (paths.socket.string().size() >= sizeof(sockaddr_un::sun_path)) {
    return fail("database.path_too_long",
                fmt::format("{} is too long for a socket. Choose a directory of at most {} bytes.", paths.root.string(),
                            sizeof(sockaddr_un::sun_path) - 2 - paths.socket.filename().string().size()),
                {{"path", paths.root.string()}});
  }
  std::error_code error;
  fs::create_directories(paths.root.parent_path(), error);
  if (error) return directory_problem(paths.root.parent_path(), error.value());
  for (const auto& path : {paths.root, paths.binlog, paths.temporary}) {
    if (auto made = make_directory(path, identity); !made) return made;
  }
  if (!identity.switch_needed) return {};
  for (const auto& path : {paths.data, paths.binlog}) {
    if (!fs::exists(path, error)) continue;
    if (auto made = make_directory(path, identity); !made) return made;
    if (auto given = give_files(path, identity); !given) return given;
  }
  return {};
}

Result<std::string> application_password(const DatabasePaths& paths, RandomSource& random) {
  std::error_code error;
  if (fs::exists(paths.password, error)) {
    std::ifstream in(paths.password);
    std::string text;
    std::getline(in, text);
    if (text.size() >= 32 && text.find_first_not_of("0123456789abcdef") == std::string::npos) return text;
  }
  Bytes bytes(24, 0);
  random.fill(bytes);
  std::string password = to_hex(bytes);
  auto written = write_private_file(paths.password, password + "\n", {::geteuid(), ::getegid(), "", false});
  if (!written) return fail(std::move(written.error()));
  return password;
}

Result<void> write_private_file(const fs::path& path, std::string_view text, const ProcessIdentity& owner) {
  const fs::path fresh = path.string() + ".new";
  ::unlink(fresh.c_str());
  FileHandle file(::open(fresh.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!file.is_open()) return directory_problem(fresh, errno);
  while (!text.empty()) {
    const ssize_t written = ::write(file.get(), text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return directory_problem(fresh, errno);
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  if (owner.switch_needed && ::fchown(file.get(), owner.uid, owner.gid) != 0) return directory_problem(fresh, errno);
  if (::fsync(file.get()) != 0) return directory_problem(fresh, errno);
  if (::rename(fresh.c_str(), path.c_str()) != 0) return directory_problem(path, errno);
  return {};
}

std::int64_t free_bytes(const fs::path& path) {
  struct statvfs info {};
  if (::statvfs(path.c_str(), &info) != 0) return 0;
  return static_cast<std::int64_t>(info.f_bavail) * static_cast<std::int64_t>(info.f_frsize);
}

std::string log_excerpt(const fs::path& log, std::int64_t from) {
  std::ifstream in(log, std::ios::binary);
  if (!in) return {};
  in.seekg(from);
  constexpr std::size_t shown = 3;
  std::vector<std::string> errors;
  std::deque<std::string> last;
  for (std::string line; errors.size() < shown && std::getline(in, line);) {
    if (line.empty()) continue;
    if (line.find("ERROR") != std::string::npos) {
      errors.push_back(sanitize_utf8(line));
    } else {
      last.push_back(sanitize_utf8(line));
      if (last.size() > shown) last.pop_front();
    }
  }
  return errors.empty() ? fmt::format("{}", fmt::join(last, " | ")) : fmt::format("{}", fmt::join(errors, " | "));
}

bool says_disk_full(std::string_view log_text) {
  for (const std::string_view sign : {"No space left", "Disk is full", "Disk full", "error 28", "errno: 28",
                                      "Errcode: 28", "error number 28", "OS error: 28", "disk is full"}) {
    if (log_text.find(sign) != std::string_view::npos) return true;
  }
  return false;
}

}  // namespace lanekeeper::ops
