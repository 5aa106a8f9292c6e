// NCI / Weigh-Tronix SCP-01. Source: the protocol's description by Weigh-Tronix (8408-14788-01), as a public simulator
// quotes it.
//
//   till   W CR
//   scale  LF weight unit CR LF status CR ETX     0A "0000.26LB" 0D 0A 30 30 0D 03
//   scale  LF status CR ETX                       no weight can be given
//   scale  LF ? CR ETX                            not understood
// Status bytes have bits 4 and 5 set. First: 0 motion, 1 at zero, 2 RAM, 3 EEPROM error. Second: 0 under, 1 over
// capacity, 2 ROM error, 3 calibration, 6 a third one follows. Third: 2 net, 3 initial zero error. Some scales put S
// in front (SCP-02). Z CR sets to zero.

#include "base/text.h"
#include "peripherals/scale_codec.h"

namespace lanekeeper::till {

namespace {

using State = ScaleReading::State;

constexpr char lf = '\n';
constexpr char cr = '\r';
constexpr char etx = 0x03;
constexpr std::size_t longest = 40;

struct Status {
  unsigned first = 0;
  unsigned second = 0;
  unsigned third = 0;
};

std::optional<Status> parse_status(std::string_view text) {
  if (text.starts_with('S')) text.remove_prefix(1);
  if (text.size() < 2 || text.size() > 4) return std::nullopt;
  unsigned bytes[4] = {};
  for (std::size_t i = 0; i < text.size(); ++i) {
    bytes[i] = static_cast<unsigned char>(text[i]) & 0x7F;  // bit 7 is parity
    if ((bytes[i] & 0x30) != 0x30) return std::nullopt;
  }
  return Status{bytes[0], bytes[1], bytes[2]};
}

// What the status alone says; nullopt: the weight counts.
std::optional<ScaleReading> trouble(const Status& status) {
  if ((status.first & 0x0C) != 0 || (status.second & 0x0C) != 0) return ScaleReading{State::garbled, {}};
  if ((status.second & 0x02) != 0) return ScaleReading{State::overload, {}};
  if ((status.second & 0x01) != 0) return ScaleReading{State::under_zero, {}};
  if ((status.third & 0x0C) != 0) return ScaleReading{State::under_zero, {}};
  return std::nullopt;
}

// "0000.26LB", "2lb 03.5oz"
std::optional<Quantity> parse_shown(std::string_view text) {
  if (const auto pounds = to_lower_ascii(text).find("lb "); pounds != std::string::npos) {
    auto ounces = text.substr(pounds + 3);
    if (weight_unit(ounces.substr(ounces.size() < 2 ? 0 : ounces.size() - 2)) != WeightUnit::ounce) return std::nullopt;
    ounces.remove_suffix(2);
    return parse_pounds_ounces(text.substr(0, pounds), ounces);
  }
  const auto letters = text.find_last_of("0123456789.") + 1;
  const auto unit = weight_unit(text.substr(letters));
  return unit ? parse_weight(text.substr(0, letters), *unit) : std::nullopt;
}

ScaleReading read_frame(std::string_view frame) {
  if (!frame.starts_with(lf) || !frame.ends_with(cr)) return {State::garbled, {}};
  frame = frame.substr(1, frame.size() - 2);
  const auto second_line = frame.find(lf);
  const auto status_text = second_line == std::string_view::npos ? frame : frame.substr(second_line + 1);
  const auto status = parse_status(status_text);
  if (!status) return {State::garbled, {}};
  if (const auto wrong = trouble(*status)) return *wrong;
  const bool moving = (status->first & 0x01) != 0;
  if (second_line == std::string_view::npos) {
    if (moving) return {State::moving, {}};
    return {(status->first & 0x02) != 0 ? State::zero : State::garbled, {}};
  }
  auto shown = frame.substr(0, second_line);
  if (!shown.ends_with(cr)) return {State::garbled, {}};
  shown.remove_suffix(1);
  const auto weight = parse_shown(shown);
  return weight ? reading_of(*weight, moving) : ScaleReading{State::garbled, {}};
}

class Nci final : public ScaleCodec {
 public:
  std::string begin() override {
    frame_.clear();
    return "W\r";
  }

  ScaleAnswer receive(std::string_view bytes) override {
    for (const char c : bytes) {
      if (c == etx && !frame_.empty()) return {{}, read_frame(std::exchange(frame_, {}))};
      if (frame_.empty() && c != lf) continue;
      if (frame_.size() >= longest) frame_.clear();
      if (!frame_.empty() || c == lf) frame_ += c;
    }
    return {};
  }

  [[nodiscard]] std::string zero_command() const override { return "Z\r"; }

 private:
  std::string frame_;
};

}  // namespace

std::unique_ptr<ScaleCodec> make_nci() {
  return std::make_unique<Nci>();
}

}  // namespace lanekeeper::till
