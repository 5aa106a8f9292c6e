// The machine's clock, or one that was set by hand for trials and runs on from there. Thread-safe.
#pragma once

#include <mutex>

#include "base/system_clock.h"

namespace lanekeeper::till {

class SettableClock final : public Clock {
 public:
  [[nodiscard]] ZonedTime now() const override {
    ZonedTime time = machine_.now();
    const std::lock_guard lock(mutex_);
    if (!set_) return time;
    time.instant.unix_ms += shift_ms_;
    time.utc_offset_min = utc_offset_min_;
    return time;
  }
  void set(const ZonedTime& now) {
    const auto machine_ms = machine_.now().instant.unix_ms;
    const std::lock_guard lock(mutex_);
    set_ = true;
    shift_ms_ = now.instant.unix_ms - machine_ms;
    utc_offset_min_ = now.utc_offset_min;
  }

 private:
  SystemClock machine_;
  mutable std::mutex mutex_;
  bool set_ = false;
  std::int64_t shift_ms_ = 0;
  int utc_offset_min_ = 0;
};

}  // namespace lanekeeper::till
