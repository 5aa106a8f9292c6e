#include "faulty_disk.h"

#include <dlfcn.h>
#include <sys/types.h>

#include <cerrno>
#include <cstddef>
#include <cstdint>

namespace lanekeeper::till::test {

namespace {

struct Plan {
  bool armed = false;
  DiskCall call = DiskCall::write;
  int countdown = 0;
  int error_number = 0;
  bool for_good = false;
  bool fired = false;
};
thread_local Plan plan;

bool fails(DiskCall call) {
  if (!plan.armed || plan.call != call) return false;
  if (plan.countdown > 0 && --plan.countdown > 0) return false;
  if (plan.fired && !plan.for_good) return false;
  plan.fired = true;
  errno = plan.error_number;
  return true;
}

template <class Function>
Function next(const char* name) {
  return reinterpret_cast<Function>(::dlsym(RTLD_NEXT, name));
}

}  // namespace

void arm_faulty_disk(DiskCall call, int nth, int error_number, bool for_good) {
  plan = {true, call, nth, error_number, for_good, false};
}

bool disarm_faulty_disk() {
  plan.armed = false;
  return plan.fired;
}

}  // namespace lanekeeper::till::test

using lanekeeper::till::test::DiskCall;
using lanekeeper::till::test::fails;
using lanekeeper::till::test::next;

extern "C" ssize_t pwrite64(int descriptor, const void* data, std::size_t bytes, std::int64_t offset) {
  static const auto real = next<ssize_t (*)(int, const void*, std::size_t, std::int64_t)>("pwrite64");
  return fails(DiskCall::write) ? -1 : real(descriptor, data, bytes, offset);
}

extern "C" int ftruncate64(int descriptor, std::int64_t length) noexcept {
  static const auto real = next<int (*)(int, std::int64_t)>("ftruncate64");
  return fails(DiskCall::write) ? -1 : real(descriptor, length);
}

extern "C" int fdatasync(int descriptor) {
  static const auto real = next<int (*)(int)>("fdatasync");
  return fails(DiskCall::sync) ? -1 : real(descriptor);
}
