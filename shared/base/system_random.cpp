#include "base/system_random.h"

#include <cerrno>
#include <cstring>

#include <sys/random.h>

namespace lanekeeper {

void SystemRandom::fill(std::span<unsigned char> out) {
  while (!out.empty()) {
    const auto got = getrandom(out.data(), out.size(), 0);
    if (got < 0) {
      if (errno == EINTR) continue;
      throw Fault("random.unavailable", std::string("the system gives no random bytes: ") + std::strerror(errno));
    }
    out = out.subspan(static_cast<std::size_t>(got));
  }
}

}  // namespace lanekeeper
