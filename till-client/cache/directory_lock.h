// One process per data directory: an flock on a file in it, let go by the system however the process ends.
#pragma once

#include <filesystem>

#include "base/error.h"

namespace lanekeeper::till {

class DirectoryLock {
 public:
  // till.already_running, journal.unwritable.
  [[nodiscard]] static Result<DirectoryLock> take(const std::filesystem::path& directory);
  ~DirectoryLock();
  DirectoryLock(DirectoryLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  DirectoryLock& operator=(DirectoryLock&&) = delete;

 private:
  explicit DirectoryLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_;
};

}  // namespace lanekeeper::till
