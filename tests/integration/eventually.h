// Waiting for what happens on other threads or in other processes: the one place where tests poll.
#pragma once

#include <chrono>
#include <thread>

namespace lanekeeper::testing {

// Looks again and again until the condition holds; false: it did not within the limit. Looks at least twice, however
// busy the machine is.
template <class Condition>
[[nodiscard]] bool eventually(Condition&& condition, std::chrono::milliseconds limit = std::chrono::seconds(5)) {
  constexpr std::chrono::milliseconds pause{2};
  const auto end = std::chrono::steady_clock::now() + limit;
  while (!condition()) {
    if (std::chrono::steady_clock::now() > end) return condition();
    std::this_thread::sleep_for(pause);
  }
  return true;
}

}  // namespace lanekeeper::testing
