// Notices when somebody sets the machine's clock while the server cannot be asked: against a clock that nobody can set.
// Pure and private to this room.
#pragma once

#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <optional>

#include "base/time.h"

namespace lanekeeper::till {

class ClockWatch {
 public:
  static constexpr std::int64_t least_jump_s = 60;  // smaller steps are what time services make of a drift

  // By how much the clock was moved since the last call, forwards above zero; 0: not at all. `running`: since any fixed
  // moment, time in which the machine slept included.
  [[nodiscard]] std::int64_t moved_s(Instant now, std::chrono::milliseconds running) {
    const auto difference_ms = now.unix_ms - running.count();
    if (!difference_ms_) difference_ms_ = difference_ms;
    const auto jump_s = (difference_ms - *difference_ms_) / 1000;
    if (std::abs(jump_s) < least_jump_s) return 0;
    difference_ms_ = difference_ms;
    return jump_s;
  }
  // From here on it is compared anew: the server has said how late it is.
  void begin(Instant now, std::chrono::milliseconds running) { difference_ms_ = now.unix_ms - running.count(); }

 private:
  std::optional<std::int64_t> difference_ms_;
};

}  // namespace lanekeeper::till
