#include "cache/put_aside.h"

#include <string>
#include <system_error>

#include "base/error.h"

namespace lanekeeper::till {

namespace {

namespace fs = std::filesystem;

constexpr int max_damaged_files = 1000;

}  // namespace

fs::path put_aside(const fs::path& file) {
  for (int number = 1; number < max_damaged_files; ++number) {
    auto aside = fs::path(file) += ".damaged-" + std::to_string(number);
    if (fs::exists(aside)) continue;
    fs::rename(file, aside);
    std::error_code missing;
    fs::rename(fs::path(file) += "-wal", fs::path(aside) += "-wal", missing);
    fs::remove(fs::path(file) += "-shm", missing);
    return aside;
  }
  throw Fault("cache.damaged_files", "too many damaged files lie in the data directory");
}

}  // namespace lanekeeper::till
