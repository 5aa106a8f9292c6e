#include "base/system_clock.h"

#include <chrono>
#include <ctime>

namespace lanekeeper {

ZonedTime SystemClock::now() const {
  const auto since_epoch = std::chrono::system_clock::now().time_since_epoch();
  const auto unix_ms = std::chrono::duration_cast<std::chrono::milliseconds>(since_epoch).count();
  const auto seconds = static_cast<std::time_t>(unix_ms / 1000);
  std::tm local{};
  const bool known = localtime_r(&seconds, &local) != nullptr;
  return ZonedTime{Instant{unix_ms}, known ? static_cast<int>(local.tm_gmtoff / 60) : 0};
}

}  // namespace lanekeeper
