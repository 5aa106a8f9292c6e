#include "cache/safe_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

namespace lanekeeper::till {

namespace {

constexpr std::size_t largest_bytes = 1024 * 1024;

class Descriptor {
 public:
  Descriptor(const std::filesystem::path& file, int flags)
      : descriptor_(::open(file.c_str(), flags | O_CLOEXEC, 0600)) {}
  ~Descriptor() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  [[nodiscard]] int get() const { return descriptor_; }
  [[nodiscard]] bool is_open() const { return descriptor_ >= 0; }

 private:
  int descriptor_;
};

tl::unexpected<Error> refused(const std::filesystem::path& file) {
  const bool full = errno == ENOSPC || errno == EDQUOT;
  return fail(full ? "file.disk_full" : "file.unwritable",
              full ? "The disk is full. Free space on it and try again."
                   : "A file of the till cannot be written. Check the owner of its data directory and the disk.",
              {{"path", file.string()}, {"reason", std::strerror(errno)}});
}

bool write_all(int descriptor, std::string_view content) {
  while (!content.empty()) {
    const auto written = ::write(descriptor, content.data(), content.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    content.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

void sync_directory_of(const std::filesystem::path& file) {
  const Descriptor directory(file.parent_path(), O_RDONLY | O_DIRECTORY);
  if (directory.is_open()) ::fsync(directory.get());
}

}  // namespace

Result<void> write_private_file(const std::filesystem::path& file, std::string_view content) {
  const auto fresh = std::filesystem::path(file) += ".new";
  {
    const Descriptor out(fresh, O_WRONLY | O_CREAT | O_TRUNC);
    if (!out.is_open() || !write_all(out.get(), content) || ::fsync(out.get()) != 0) return refused(fresh);
  }
  if (::rename(fresh.c_str(), file.c_str()) != 0) return refused(file);
  sync_directory_of(file);
  return {};
}

Result<std::optional<std::string>> read_small_file(const std::filesystem::path& file) {
  const Descriptor in(file, O_RDONLY);
  if (!in.is_open() && errno == ENOENT) return std::nullopt;
  std::string content;
  std::array<char, 4096> buffer{};
  ssize_t got = in.is_open() ? 1 : -1;
  while (got > 0 && content.size() <= largest_bytes) {
    got = ::read(in.get(), buffer.data(), buffer.size());
    if (got > 0) content.append(buffer.data(), static_cast<std::size_t>(got));
  }
  if (got < 0) {
    return fail("file.unreadable", "A file of the till cannot be read. Check the owner of its data directory.",
                {{"path", file.string()}, {"reason", std::strerror(errno)}});
  }
  if (content.size() > largest_bytes) {
    return fail("file.too_large", "A file of the till is larger than it can be. Remove it and start again.",
                {{"path", file.string()}});
  }
  return content;
}

void remove_file(const std::filesystem::path& file) {
  if (::unlink(file.c_str()) == 0) sync_directory_of(file);
}

}  // namespace lanekeeper::till
