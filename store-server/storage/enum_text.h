// Enumerators stand in the tables under the names they have in the protocol.
#pragma once

#include <string>
#include <string_view>

#include "base/json_codec.h"

namespace lanekeeper::storage {

template <class E>
[[nodiscard]] std::string enum_text(E value) {
  for (const auto& [enumerator, name] : json::EnumNames<E>::names) {
    if (enumerator == value) return std::string(name);
  }
  throw Fault("db.enum", "an enumerator without a name");
}

// Fault("db.enum"): the database holds a name that this version does not know.
template <class E>
[[nodiscard]] E enum_value(std::string_view text) {
  for (const auto& [enumerator, name] : json::EnumNames<E>::names) {
    if (name == text) return enumerator;
  }
  throw Fault("db.enum", "the database holds an unknown name: " + std::string(text));
}

}  // namespace lanekeeper::storage
