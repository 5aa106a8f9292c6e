// Identities as BINARY(16) columns take and give them: UNHEX(?), LOWER(HEX(column)).
#pragma once

#include <algorithm>
#include <string>

#include "base/ids.h"
#include "base/text.h"

namespace lanekeeper::storage {

inline std::string hex_of(const Uuid& id) {
  return to_hex(ByteView(id.bytes.data(), id.bytes.size()));
}

inline Uuid uuid_from_hex(const std::string& hex) {
  Uuid id;
  const auto bytes = from_hex(hex);
  if (!bytes || bytes->size() != id.bytes.size()) throw Fault("db.error", "an identity of the wrong length");
  std::copy(bytes->begin(), bytes->end(), id.bytes.begin());
  return id;
}

}  // namespace lanekeeper::storage
