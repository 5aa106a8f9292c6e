#include "recording_disk.h"

#include <dlfcn.h>
#include <sys/types.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace lanekeeper::till::test {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t sector_bytes = 512;

struct Call {
  enum class Kind { write, truncate, sync } kind = Kind::write;
  std::string file;
  std::int64_t offset = 0;  // or the new length
  std::string data;
};

struct Recording {
  std::mutex mutex;
  bool running = false;
  std::string directory;
  std::map<std::string, std::string> before;
  std::vector<Call> calls;
};
Recording recording;

template <class Function>
Function next(const char* name) {
  return reinterpret_cast<Function>(::dlsym(RTLD_NEXT, name));
}

std::optional<std::string> name_of(int descriptor) {
  std::array<char, 512> target{};
  const auto link = "/proc/self/fd/" + std::to_string(descriptor);
  const auto length = ::readlink(link.c_str(), target.data(), target.size());
  if (length <= 0) return std::nullopt;
  const fs::path path(std::string(target.data(), static_cast<std::size_t>(length)));
  if (path.parent_path() != recording.directory || path.string().ends_with("-shm")) return std::nullopt;
  return path.filename().string();
}

void record(Call::Kind kind, int descriptor, std::int64_t offset, std::string data) {
  const std::lock_guard guard(recording.mutex);
  if (!recording.running) return;
  auto name = name_of(descriptor);
  if (name) recording.calls.push_back({kind, std::move(*name), offset, std::move(data)});
}

void apply(std::string& content, const Call& call, std::size_t bytes) {
  if (call.kind == Call::Kind::truncate) {
    content.resize(static_cast<std::size_t>(call.offset), '\0');
    return;
  }
  if (bytes == 0) return;  // nothing of it reached the disk, not even the room for it
  const auto end = static_cast<std::size_t>(call.offset) + bytes;
  if (content.size() < end) content.resize(end, '\0');
  content.replace(static_cast<std::size_t>(call.offset), bytes, call.data, 0, bytes);
}

// How much of an unsynced write has made it: all, nothing, or the sectors up to somewhere.
std::size_t surviving_bytes(const Call& call, std::mt19937& chance) {
  switch (chance() % 3) {
    case 0:
      return 0;
    case 1:
      return call.data.size();
    default:
      return std::min(call.data.size(), sector_bytes * (chance() % (call.data.size() / sector_bytes + 1)));
  }
}

}  // namespace

void start_recording(const fs::path& directory) {
  const std::lock_guard guard(recording.mutex);
  recording.directory = directory.string();
  recording.before.clear();
  recording.calls.clear();
  for (const auto& entry : fs::directory_iterator(directory)) {
    std::ifstream in(entry.path(), std::ios::binary);
    recording.before[entry.path().filename().string()] = {std::istreambuf_iterator<char>(in), {}};
  }
  recording.running = true;
}

std::size_t recorded_calls() {
  const std::lock_guard guard(recording.mutex);
  return recording.calls.size();
}

void stop_recording() {
  const std::lock_guard guard(recording.mutex);
  recording.running = false;
}

void power_cut(std::size_t calls, std::mt19937& chance, const fs::path& into) {
  const std::lock_guard guard(recording.mutex);
  auto files = recording.before;
  std::map<std::string, std::size_t> synced;  // calls before this one are safe
  for (std::size_t i = 0; i < calls; ++i) {
    if (recording.calls[i].kind == Call::Kind::sync) synced[recording.calls[i].file] = i;
  }
  for (std::size_t i = 0; i < calls; ++i) {
    const auto& call = recording.calls[i];
    if (call.kind == Call::Kind::sync) continue;
    const auto safe = synced.find(call.file);
    const bool is_safe = safe != synced.end() && i < safe->second;
    if (call.kind == Call::Kind::truncate) {
      if (is_safe || chance() % 2 == 0) apply(files[call.file], call, 0);
    } else {
      apply(files[call.file], call, is_safe ? call.data.size() : surviving_bytes(call, chance));
    }
  }
  for (const auto& [name, content] : files) {
    if (!name.ends_with("-shm")) std::ofstream(into / name, std::ios::binary) << content;
  }
}

}  // namespace lanekeeper::till::test

using lanekeeper::till::test::Call;
using lanekeeper::till::test::next;
using lanekeeper::till::test::record;

// Recorded before it is carried out: what has begun may have reached the disk. A sync counts once it has returned.
extern "C" ssize_t pwrite64(int descriptor, const void* data, std::size_t bytes, std::int64_t offset) {
  static const auto real = next<ssize_t (*)(int, const void*, std::size_t, std::int64_t)>("pwrite64");
  record(Call::Kind::write, descriptor, offset, std::string(static_cast<const char*>(data), bytes));
  return real(descriptor, data, bytes, offset);
}

extern "C" ssize_t pwrite(int descriptor, const void* data, std::size_t bytes, off_t offset) {
  return pwrite64(descriptor, data, bytes, offset);
}

extern "C" int ftruncate64(int descriptor, std::int64_t length) noexcept {
  static const auto real = next<int (*)(int, std::int64_t)>("ftruncate64");
  record(Call::Kind::truncate, descriptor, length, {});
  return real(descriptor, length);
}

extern "C" int fdatasync(int descriptor) {
  static const auto real = next<int (*)(int)>("fdatasync");
  const int result = real(descriptor);
  if (result == 0) record(Call::Kind::sync, descriptor, 0, {});
  return result;
}

extern "C" int fsync(int descriptor) {
  static const auto real = next<int (*)(int)>("fsync");
  const int result = real(descriptor);
  if (result == 0) record(Call::Kind::sync, descriptor, 0, {});
  return result;
}
