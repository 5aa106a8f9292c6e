#include "cache/directory_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace lanekeeper::till {

Result<DirectoryLock> DirectoryLock::take(const std::filesystem::path& directory) {
  const auto file = directory / "till.lock";
  const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (descriptor < 0) {
    return fail("journal.unwritable", "The till's data directory cannot be written. Check its owner and the disk.",
                {{"path", directory.string()}, {"reason", std::strerror(errno)}});
  }
  DirectoryLock lock(descriptor);
  if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
    return fail("till.already_running", "A till is already running with this data directory. Use that one.",
                {{"path", directory.string()}});
  }
  return lock;
}

DirectoryLock::~DirectoryLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace lanekeeper::till
