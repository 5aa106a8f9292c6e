#include "peripherals/scale_codec.h"

namespace lanekeeper::till {

ScaleReading Steadiness::judge(const ScaleReading& reading) {
  using State = ScaleReading::State;
  const bool same = reading == last_;
  last_ = reading;
  if (reading.state == State::stable && !same) return {State::moving, reading.gross};
  return reading;
}

std::optional<std::string> FrameCollector::take(char c) {
  if (c == start_) {
    inside_ = true;
    frame_.clear();
    return std::nullopt;
  }
  if (!inside_) return std::nullopt;
  if (c == end_) {
    inside_ = false;
    return frame_;
  }
  if (frame_.size() >= longest_) {
    inside_ = false;
    return std::nullopt;
  }
  frame_ += c;
  return std::nullopt;
}

}  // namespace lanekeeper::till
