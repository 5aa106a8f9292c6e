// The machine's clock, in the machine's time zone. Only main.cpp makes one.
#pragma once

#include "base/time.h"

namespace lanekeeper {

class SystemClock : public Clock {
 public:
  [[nodiscard]] ZonedTime now() const override;
};

}  // namespace lanekeeper
