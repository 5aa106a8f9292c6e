// The running server: the store behind its listener, its push channel and its admin socket.
#pragma once

#include "program/options.h"

namespace lanekeeper::server {

// Runs until SIGTERM or SIGINT, then drains and stops; returns the exit status. Blocks these signals, so it has to be
// called before any thread was made. Errors are logged.
[[nodiscard]] int serve(const Options& options);

}  // namespace lanekeeper::server
