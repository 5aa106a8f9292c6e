// Mettler Toledo 8217, weight only. Source: the scale's service manual by way of the driver in Odoo's point of sale.
//
//   till   W
//   scale  STX 12.345 CR     stable; "N" before CR: a tare stands in the scale
//   scale  STX ? status CR   bits: 0 motion, 1 over capacity, 2 under zero, 3 zero not captured, 4 centre of zero, 5
//   net

#include "peripherals/scale_codec.h"

namespace lanekeeper::till {

namespace {

using State = ScaleReading::State;

constexpr char stx = 0x02;
constexpr std::size_t longest_weight = 10;

ScaleReading reading_of_status(unsigned status) {
  if ((status & 0x02) != 0) return {State::overload, {}};
  if ((status & 0x0C) != 0) return {State::under_zero, {}};
  if ((status & 0x01) != 0) return {State::moving, {}};
  if ((status & 0x20) != 0) return {State::under_zero, {}};
  if ((status & 0x10) != 0) return {State::zero, {}};
  return {State::moving, {}};  // no weight yet, and no reason given
}

class Mettler8217 final : public ScaleCodec {
 public:
  explicit Mettler8217(WeightUnit unit) : unit_(unit) {}

  std::string begin() override {
    frames_.clear();
    return "W";
  }

  ScaleAnswer receive(std::string_view bytes) override {
    for (const char c : bytes) {
      // The status may be any byte, also one that would begin or end a frame.
      if (frames_.inside() && frames_.so_far().ends_with('?')) {
        frames_.clear();
        return {{}, reading_of_status(static_cast<unsigned char>(c))};
      }
      if (auto frame = frames_.take(c)) return {{}, weigh(*frame)};
    }
    return {};
  }

  [[nodiscard]] std::string zero_command() const override { return "Z"; }

 private:
  [[nodiscard]] ScaleReading weigh(std::string_view frame) const {
    const bool net = frame.ends_with('N');
    if (net) frame.remove_suffix(1);
    const auto weight = parse_weight(frame, unit_);
    if (!weight) return {State::garbled, {}};
    if (net) return {State::under_zero, {}};
    return reading_of(*weight, false);
  }

  WeightUnit unit_;
  FrameCollector frames_{stx, '\r', longest_weight};
};

}  // namespace

std::unique_ptr<ScaleCodec> make_mettler_8217(WeightUnit unit) {
  return std::make_unique<Mettler8217>(unit);
}

}  // namespace lanekeeper::till
