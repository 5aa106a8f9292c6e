// How far a till's journal has come at the server. docs/protocol/openapi.yaml.
#pragma once

#include <cstdint>
#include <optional>

#include "base/json_codec.h"
#include "journal/chain.h"

namespace lanekeeper::protocol {

// GET /v1/journal/position (tills), asked before the first upload of each connection: a server that was set back to an
// older state knows less than it had answered, and gets the rest again.
struct JournalPosition {
  std::int64_t last_sequence = 0;  // 0: the server has nothing of this till
  // Always written, though nobody here reads them: tills of version 0.1 cannot read an answer without.
  std::optional<std::int64_t> last_receipt_number;
  std::optional<std::int64_t> last_shift;
  std::optional<journal::Hash> last_hash;
};
template <class V>
void describe(V& visit, JournalPosition& p) {
  visit("last_sequence", p.last_sequence);
  visit("last_receipt_number", p.last_receipt_number);
  visit("last_shift", p.last_shift);
  visit("last_hash", p.last_hash);
}

}  // namespace lanekeeper::protocol
