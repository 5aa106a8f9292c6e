// Small files that nobody else may read.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.h"

namespace lanekeeper::server {

// Written whole or not at all, 0600, on disk when it returns. files.unwritable (details "path", "reason").
[[nodiscard]] Result<void> write_private_file(const std::filesystem::path& path, std::string_view text);
// Nothing when there is no such file. files.unreadable.
[[nodiscard]] Result<std::optional<std::string>> read_file(const std::filesystem::path& path);

// Held while it lives: one server for one data directory.
class DirectoryLock {
 public:
  // Makes the directory first when it is missing; others may pass through it (the database's user does), but not list
  // it. files.in_use, files.unwritable
  [[nodiscard]] static Result<DirectoryLock> take(const std::filesystem::path& directory);
  DirectoryLock(DirectoryLock&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  DirectoryLock& operator=(DirectoryLock&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  ~DirectoryLock();

 private:
  explicit DirectoryLock(int fd) : fd_(fd) {}
  int fd_ = -1;
};

}  // namespace lanekeeper::server
