// The bench's eyes and hands on a window: keys as a scanner in keyboard mode sends them, and the moment at which the
// screen shows something else. Apart from the benches because the headers of X define None, Bool and Status as macros.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

namespace lanekeeper::bench {

class ScreenWatch {
 public:
  // A part of the screen, in pixels.
  struct Region {
    int x = 0;
    int y = 0;
    unsigned width = 0;
    unsigned height = 0;
  };

  // nullptr: there is no X server with XTEST.
  [[nodiscard]] static std::unique_ptr<ScreenWatch> open();
  ~ScreenWatch();

  // The largest window that is shown; nullopt when none is.
  [[nodiscard]] std::optional<Region> largest_window() const;

  // Sends the characters and Enter at once, then waits until each of the regions shows something else than before.
  // nullopt when that has not happened within the limit.
  [[nodiscard]] std::optional<std::chrono::nanoseconds> scan(std::string_view code, const std::vector<Region>& regions,
                                                             std::chrono::milliseconds limit);
  // The same for one key by its name of the X keyboard ("Up").
  [[nodiscard]] std::optional<std::chrono::nanoseconds> press(const char* key, const std::vector<Region>& regions,
                                                              std::chrono::milliseconds limit);

 private:
  struct Impl;
  explicit ScreenWatch(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace lanekeeper::bench
