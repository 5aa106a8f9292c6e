// CAS PD-II, ECR type 2, as a public driver (@kortoaus/cas-scale) says to have tested it: the till sends W, the scale
// answers with seven bytes from STX to ETX. Five of them are the weight: digits in thousandths, or with a point. The
// protocol tells no motion. Ask for the maker's manual before trusting it with another model.

#include "peripherals/scale_codec.h"

namespace lanekeeper::till {

namespace {

using State = ScaleReading::State;

constexpr char stx = 0x02;
constexpr char etx = 0x03;
constexpr std::size_t weight_length = 5;
constexpr std::size_t longest = 8;

class CasPd2 final : public ScaleCodec {
 public:
  explicit CasPd2(WeightUnit unit) : unit_(unit) {}

  std::string begin() override {
    frames_.clear();
    return "W";
  }

  ScaleAnswer receive(std::string_view bytes) override {
    for (const char c : bytes) {
      if (const auto frame = frames_.take(c)) return {{}, weigh(*frame)};
    }
    return {};
  }

  [[nodiscard]] bool tells_motion() const override { return false; }

 private:
  [[nodiscard]] ScaleReading weigh(std::string text) const {
    if (text.size() != weight_length) return {State::garbled, {}};
    if (text.find('.') == std::string::npos) text.insert(text.size() - 3, ".");
    const auto weight = parse_weight(text, unit_);
    return weight ? reading_of(*weight, false) : ScaleReading{State::garbled, {}};
  }

  WeightUnit unit_;
  FrameCollector frames_{stx, etx, longest};
};

}  // namespace

std::unique_ptr<ScaleCodec> make_cas_pd2(WeightUnit unit) {
  return std::make_unique<CasPd2>(unit);
}

}  // namespace lanekeeper::till
