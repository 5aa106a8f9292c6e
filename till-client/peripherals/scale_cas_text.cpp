// CAS ER, AD and indicators of the CI and NT series in their text form, one line a weight, ended by CR LF:
//
//   ST,GS,+  1.500kg              ST stable, US moving, OL overload; GS gross, NT net
//   ST,GS,1<lamps>,   1.500 kg    the 22 byte form with the device's number and its lamps (CAS manuals CI-600D, NT-200)

#include "peripherals/scale_codec.h"

namespace lanekeeper::till {

namespace {

using State = ScaleReading::State;

constexpr std::size_t longest_line = 64;

std::optional<ScaleReading> read_line(std::string_view line) {
  const auto first = line.substr(0, 3);
  const bool stable = first == "ST,";
  if (first == "OL,") return ScaleReading{State::overload, {}};
  if (!stable && first != "US,") return std::nullopt;
  const auto kind = line.substr(3, 3);
  if (kind != "GS," && kind != "NT,") return ScaleReading{State::garbled, {}};
  const auto last = line.substr(line.rfind(',') + 1);
  const auto letters = last.find_first_not_of("+- 0123456789.");
  const auto unit = letters == std::string_view::npos ? std::nullopt : weight_unit(last.substr(letters));
  if (!unit) return ScaleReading{State::garbled, {}};
  auto number = last.substr(0, letters);
  while (number.ends_with(' ')) number.remove_suffix(1);
  const auto weight = parse_weight(number, *unit);
  if (!weight) return ScaleReading{State::garbled, {}};
  if (kind == "NT,") return ScaleReading{State::under_zero, {}};
  return reading_of(*weight, !stable);
}

class CasText final : public ScaleCodec {
 public:
  explicit CasText(std::string question) : question_(std::move(question)) {}

  std::string begin() override {
    line_.clear();
    return question_;
  }

  ScaleAnswer receive(std::string_view bytes) override {
    for (const char c : bytes) {
      if (c != '\r' && c != '\n') {
        // A line that is too long is no weight; its end is still waited for.
        if (line_.size() <= longest_line) line_ += c;
        continue;
      }
      const auto line = std::exchange(line_, {});
      // The first line may be the end of one: it begins with nothing that is known, and the next one counts.
      if (line.size() > longest_line) continue;
      if (auto reading = read_line(line)) return {{}, reading};
    }
    return {};
  }

 private:
  std::string question_;
  std::string line_;
};

}  // namespace

std::unique_ptr<ScaleCodec> make_cas_text(std::string question) {
  return std::make_unique<CasText>(std::move(question));
}

}  // namespace lanekeeper::till
