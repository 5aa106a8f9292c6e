#include "program/private_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>

namespace lanekeeper::server {
namespace {

tl::unexpected<Error> unwritable(const std::filesystem::path& path, int number) {
  return fail("files.unwritable", "A file of the server cannot be written. Is the disk full, and whose is the folder?",
              {{"path", path.string()}, {"reason", std::strerror(number)}});
}

bool write_all(int fd, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(fd, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

Result<void> make_data_dir(const std::filesystem::path& path) {
  std::error_code error;
  const bool fresh = std::filesystem::create_directories(path, error);
  if (error) return unwritable(path, error.value());
  using std::filesystem::perms;
  if (fresh) {
    std::filesystem::permissions(path, perms::owner_all | perms::group_exec | perms::others_exec, error);
  }
  if (error) return unwritable(path, error.value());
  return {};
}

}  // namespace

Result<void> write_private_file(const std::filesystem::path& path, std::string_view text) {
  const std::filesystem::path fresh = path.string() + ".new";
  ::unlink(fresh.c_str());  // of a start that was interrupted
  const int fd = ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd < 0) return unwritable(path, errno);
  const bool written = write_all(fd, text) && ::fsync(fd) == 0;
  const int reason = errno;
  const bool closed = ::close(fd) == 0;
  if (!written || !closed) return unwritable(path, written ? errno : reason);
  if (::rename(fresh.c_str(), path.c_str()) != 0) return unwritable(path, errno);
  const int directory = ::open(path.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (directory < 0) return unwritable(path, errno);
  const bool synced = ::fsync(directory) == 0;
  const int sync_reason = errno;
  ::close(directory);
  if (!synced) return unwritable(path, sync_reason);
  return {};
}

Result<std::optional<std::string>> read_file(const std::filesystem::path& path) {
  std::error_code error;
  if (!std::filesystem::exists(path, error) && !error) return std::nullopt;
  std::ifstream file(path, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(file), {}};
  if (error || !file.good()) {
    return fail("files.unreadable", "A file of the server cannot be read. Whose is it?", {{"path", path.string()}});
  }
  return text;
}

Result<DirectoryLock> DirectoryLock::take(const std::filesystem::path& directory) {
  if (auto made = make_data_dir(directory); !made) return fail(std::move(made.error()));
  const std::filesystem::path path = directory / "server.lock";
  const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd < 0) return unwritable(path, errno);
  if (::flock(fd, LOCK_EX | LOCK_NB) != 0) {
    ::close(fd);
    return fail("files.in_use", "Another store server runs with this data directory. Stop it first.",
                {{"path", directory.string()}});
  }
  return DirectoryLock(fd);
}

DirectoryLock::~DirectoryLock() {
  if (fd_ >= 0) ::close(fd_);
}

}  // namespace lanekeeper::server
