// Time that passes, as models see it. The window implements it with wxTimer, tests by hand.
#pragma once

#include <chrono>
#include <functional>
#include <memory>

namespace lanekeeper::office {

// Destroying it stops it.
class Timer {
 public:
  virtual ~Timer() = default;
};

class Timers {
 public:
  virtual ~Timers() = default;
  // Calls once on the UI thread, unless the Timer is destroyed before. The call may destroy its own Timer.
  [[nodiscard]] virtual std::unique_ptr<Timer> once(std::chrono::milliseconds delay, std::function<void()> call) = 0;
};

}  // namespace lanekeeper::office
