// The models' timers on wxTimer.
#pragma once

#include "model/timers.h"

namespace lanekeeper::office {

class WxTimers : public Timers {
 public:
  [[nodiscard]] std::unique_ptr<Timer> once(std::chrono::milliseconds delay, std::function<void()> call) override;
};

}  // namespace lanekeeper::office
