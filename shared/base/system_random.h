// The operating system's random generator.
#pragma once

#include "base/ids.h"

namespace lanekeeper {

class SystemRandom : public RandomSource {
 public:
  void fill(std::span<unsigned char> out) override;  // throws Fault("random.unavailable")
};

}  // namespace lanekeeper
