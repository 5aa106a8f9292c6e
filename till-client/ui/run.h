// The till in a window. main.cpp gives it the way to open a till and waits for its end.
#pragma once

#include "lane/host.h"

namespace lanekeeper::till::ui {

// Runs until the window is closed or it is asked to end (FaceOptions::on_stop); 0, or 1 when the till could not be
// opened (the window said why). Must be called on the main thread.
[[nodiscard]] int run_window(const FaceOptions& options, const OpenTill& open);

}  // namespace lanekeeper::till::ui
