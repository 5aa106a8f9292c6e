// The till in a terminal: the emergency till, and the way scripts and tests drive one.
//
// One command a line on stdin (see grammar.h); each is answered, in order, by exactly one JSON object on one line:
// {"ok":true,...} or {"ok":false,"code":...,"message":...}. What happens by itself is an object with "event", and may
// come between two answers, never inside one. End of input quits after the last answer.
#pragma once

#include "lane/host.h"

namespace lanekeeper::till::console {

struct Streams {
  int in = 0;
  int out = 1;
};

// The exit status: 0, or 1 when the till could not be opened (one {"ok":false,...} says why) or nobody reads the output
// any more. Ends between two commands when it is asked to (FaceOptions::on_stop).
[[nodiscard]] int run_console(const FaceOptions& options, const OpenTill& open, Streams streams = {});

}  // namespace lanekeeper::till::console
