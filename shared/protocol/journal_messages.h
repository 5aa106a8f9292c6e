// How far a till's journal has come at the server. docs/protocol/openapi.yaml.
#pragma once

#include <cstdint>

#include "base/json_codec.h"

namespace lanekeeper::protocol {

// GET /v1/journal/position (tills), asked before the first upload of each connection: a server that was set back to an
// older state knows less than it had answered, and gets the rest again.
struct JournalPosition {
  std::int64_t last_sequence = 0;  // 0: the server has nothing of this till
};
template <class V>
void describe(V& visit, JournalPosition& p) {
  visit("last_sequence", p.last_sequence);
}

}  // namespace lanekeeper::protocol
