// What stands on the X screen, as a picture. wxScreenDC keeps the first picture it has taken, so this asks the server.
#pragma once

#include <string>

namespace lanekeeper::till::test {

struct ScreenArea {
  int x = 0, y = 0, width = 0, height = 0;
};

// false when there is no display or the file cannot be written.
[[nodiscard]] bool save_screen(const ScreenArea& area, const std::string& png_path);

}  // namespace lanekeeper::till::test
