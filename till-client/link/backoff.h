// How long to wait before the next try: doubled each time up to a limit, and never the same for two tills, so that a
// whole store does not come back in the same millisecond. Pure; not thread-safe.
#pragma once

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>

#include "base/ids.h"

namespace lanekeeper::till {

class Backoff {
 public:
  Backoff(std::chrono::milliseconds first, std::chrono::milliseconds longest, RandomSource& random)
      : first_(first), longest_(longest), random_(random), next_(first) {}

  // Between half of the wait and all of it.
  [[nodiscard]] std::chrono::milliseconds next() {
    const auto wait = next_;
    next_ = std::min(longest_, next_ * 2);
    std::array<unsigned char, 2> bytes{};
    random_.fill(bytes);
    const auto share = static_cast<std::int64_t>(bytes[0]) * 256 + bytes[1];
    return wait / 2 + std::chrono::milliseconds(wait.count() / 2 * share / 65535);
  }
  void reset() { next_ = first_; }

 private:
  std::chrono::milliseconds first_;
  std::chrono::milliseconds longest_;
  RandomSource& random_;
  std::chrono::milliseconds next_;
};

}  // namespace lanekeeper::till
