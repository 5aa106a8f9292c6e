#include "model/private_files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace lanekeeper::office {
namespace {

constexpr std::size_t max_file_bytes = 1024 * 1024;

tl::unexpected<Error> directory_error(const std::filesystem::path& path, int cause) {
  return fail("office.data_directory",
              "The data directory cannot be used. Check its owner and the free space, then start again.",
              {{"path", path.string()}, {"reason", std::strerror(cause)}});
}

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() { close(); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  [[nodiscard]] int get() const { return fd_; }
  void close() {
    if (fd_ >= 0) ::close(fd_);
    fd_ = -1;
  }

 private:
  int fd_;
};

bool write_all(int fd, std::string_view content) {
  while (!content.empty()) {
    const ssize_t written = ::write(fd, content.data(), content.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    content.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

void flush_directory(const std::filesystem::path& directory) {
  const Descriptor fd(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (fd.get() >= 0) ::fsync(fd.get());
}

}  // namespace

Result<void> write_private_file(const std::filesystem::path& path, std::string_view content) {
  const auto directory = path.parent_path();
  std::error_code failure;
  if (!std::filesystem::is_directory(directory, failure)) {
    std::filesystem::create_directories(directory.parent_path(), failure);
    if (::mkdir(directory.c_str(), 0700) != 0 && errno != EEXIST) return directory_error(directory, errno);
  }
  auto fresh = path;
  fresh += ".new";
  Descriptor fd(::open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
  if (fd.get() < 0) return directory_error(path, errno);
  if (!write_all(fd.get(), content) || ::fsync(fd.get()) != 0) {
    const int cause = errno;
    ::unlink(fresh.c_str());
    return directory_error(path, cause);
  }
  fd.close();
  if (::rename(fresh.c_str(), path.c_str()) != 0) return directory_error(path, errno);
  flush_directory(directory);
  return {};
}

Result<std::optional<std::string>> read_small_file(const std::filesystem::path& path) {
  const Descriptor fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (fd.get() < 0) {
    if (errno == ENOENT || errno == ENOTDIR) return std::optional<std::string>();
    return directory_error(path, errno);
  }
  std::string content;
  char buffer[4096];
  while (true) {
    const ssize_t count = ::read(fd.get(), buffer, sizeof buffer);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return directory_error(path, errno);
    if (count == 0) return std::optional(std::move(content));
    content.append(buffer, static_cast<std::size_t>(count));
    if (content.size() > max_file_bytes) return directory_error(path, EFBIG);
  }
}

}  // namespace lanekeeper::office
