// CAS AP and AD checkout scales.
//
//   till   ENQ                                                       scale  ACK; NAK while it cannot weigh
//   till   DC1
//   scale  SOH STX status sign weight(6) unit(2) BCC ETX EOT
//          status S stable, U moving, F or O overload; sign space, + or -, F overload; the weight with its point;
//          BCC the exclusive or of status to unit

#include <utility>

#include "peripherals/scale_codec.h"

namespace lanekeeper::till {

namespace {

using State = ScaleReading::State;

constexpr char soh = 0x01;
constexpr char stx = 0x02;
constexpr char etx = 0x03;
constexpr char eot = 0x04;
constexpr char enq = 0x05;
constexpr char ack = 0x06;
constexpr char dc1 = 0x11;
constexpr char nak = 0x15;
constexpr std::size_t frame_length = 15;

ScaleReading read_frame(std::string_view frame) {
  const auto checked = frame.substr(2, 10);
  char check = 0;
  for (const char c : checked) check = static_cast<char>(check ^ c);
  if (frame[1] != stx || frame[12] != check || frame[13] != etx || frame[14] != eot) return {State::garbled, {}};
  const char status = checked[0];
  const char sign = checked[1];
  if (status == 'F' || status == 'O' || sign == 'F') return {State::overload, {}};
  const auto unit = weight_unit(checked.substr(8));
  const auto weight = unit ? parse_weight(checked.substr(2, 6), *unit) : std::nullopt;
  constexpr std::string_view signs = " +-";
  if (!weight || (status != 'S' && status != 'U') || signs.find(sign) == std::string_view::npos) {
    return {State::garbled, {}};
  }
  return reading_of(sign == '-' ? -*weight : *weight, status == 'U');
}

class Cas final : public ScaleCodec {
 public:
  std::string begin() override {
    frame_.clear();
    asked_ = false;
    return {enq};
  }

  ScaleAnswer receive(std::string_view bytes) override {
    ScaleAnswer answer;
    for (const char c : bytes) {
      if (frame_.empty() && c == nak) {
        answer.reading = ScaleReading{State::moving, {}};
        return answer;
      }
      // A doubled ACK is answered once.
      if (frame_.empty() && c == ack && !std::exchange(asked_, true)) answer.reply += dc1;
      if (!frame_.empty() || (c == soh && asked_)) frame_ += c;
      if (frame_.size() < frame_length) continue;
      answer.reading = read_frame(frame_);
      frame_.clear();
      return answer;
    }
    return answer;
  }

 private:
  bool asked_ = false;
  std::string frame_;
};

}  // namespace

std::unique_ptr<ScaleCodec> make_cas() {
  return std::make_unique<Cas>();
}

}  // namespace lanekeeper::till
