// A codec against bytes that were written down.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "peripherals/scale_codec.h"

namespace lanekeeper::till::test {

struct Conversation {
  std::string said;  // everything the till sent
  std::optional<ScaleReading> reading;
};

// Hands the scale's bytes over in pieces.
inline Conversation converse(ScaleCodec& codec, std::string_view bytes, std::size_t piece = 1) {
  Conversation result;
  result.said = codec.begin();
  while (!bytes.empty() && !result.reading) {
    const auto answer = codec.receive(bytes.substr(0, piece));
    bytes.remove_prefix(std::min(piece, bytes.size()));
    result.said += answer.reply;
    result.reading = answer.reading;
  }
  return result;
}

inline ScaleReading stable(std::int64_t grams) {
  return {ScaleReading::State::stable, Quantity::of_milli(grams)};
}
inline ScaleReading moving(std::int64_t grams) {
  return {ScaleReading::State::moving, Quantity::of_milli(grams)};
}
inline ScaleReading state(ScaleReading::State value) {
  return {value, {}};
}

}  // namespace lanekeeper::till::test
