// A scanner that types like a keyboard: all its keys reach the X server in one go, so the server stamps them as fast as
// a real one, however busy the window is that hears them.
#pragma once

#include <string_view>

namespace lanekeeper::till::test {

// Waits until a window is on the screen. False when none comes in twenty seconds.
[[nodiscard]] bool wait_for_window();

// Types printable ASCII at a person's pace, then Enter.
[[nodiscard]] bool type_by_hand(std::string_view text);

// Types printable ASCII on a keyboard of the US layout, GS (0x1D) as Ctrl+], then Enter. False when there is no X
// server with XTEST.
[[nodiscard]] bool wedge_scan(std::string_view code);

}  // namespace lanekeeper::till::test
