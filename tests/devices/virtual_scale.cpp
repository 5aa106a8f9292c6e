#include "virtual_scale.h"

#include <stdexcept>

namespace lanekeeper::devices {

namespace {

using Words = LineDevice::Words;
using Trouble = Plate::Trouble;

// "0.836" -> 836
long grams_of(const std::string& kilograms) {
  std::size_t used = 0;
  const auto point = kilograms.find('.');
  const auto whole = kilograms.substr(0, point);
  auto decimals = point == std::string::npos ? std::string() : kilograms.substr(point + 1);
  decimals.resize(3, '0');
  const long value = std::stol(whole + decimals, &used);
  if (used != whole.size() + 3 || value < 0 || value > 99'999) throw std::invalid_argument("no weight up to 99.999");
  return value;
}

class VirtualScale final : public LineDevice {
 public:
  explicit VirtualScale(std::unique_ptr<ScaleSpeech> speech) : speech_(std::move(speech)) {}

  std::string receive(std::string_view bytes) override { return speech_->hear(bytes, plate_); }
  std::string tick() override { return speech_->by_itself(plate_); }

  std::string command(const Words& words) override {
    const auto& what = words[0];
    if (what == "challenge" && words.size() == 2) {
      if (!speech_->challenge(static_cast<std::uint16_t>(std::stoul(words[1], nullptr, 16)))) {
        throw std::invalid_argument("this protocol asks for no checksum");
      }
      return {};
    }
    if (what == "weight" && words.size() == 2) {
      plate_.grams = grams_of(words[1]);
      plate_.trouble = Trouble::none;
    } else if (what == "zero") {
      plate_ = {};
    } else if (what == "moving") {
      plate_.trouble = Trouble::moving;
    } else if (what == "stable") {
      plate_.trouble = Trouble::none;
    } else if (what == "under") {
      plate_.trouble = Trouble::under;
    } else if (what == "over") {
      plate_.trouble = Trouble::over;
    } else if (what == "net") {
      plate_.net = true;
    } else {
      throw std::invalid_argument(
          "weight KG, moving, stable, zero, under, over, net, challenge HEX, fault NAME, clear");
    }
    plate_.disturbed = true;
    return {};
  }

  [[nodiscard]] nlohmann::json status() const override {
    static constexpr const char* names[] = {"stable", "moving", "under", "over"};
    return {{"grams", plate_.grams}, {"plate", names[static_cast<int>(plate_.trouble)]}, {"net", plate_.net}};
  }

 private:
  std::unique_ptr<ScaleSpeech> speech_;
  Plate plate_;
};

}  // namespace

std::unique_ptr<LineDevice> virtual_scale(const std::string& protocol) {
  auto speech = scale_speech(protocol);
  if (!speech) throw std::invalid_argument("no such protocol: " + protocol);
  return std::make_unique<VirtualScale>(std::move(speech));
}

}  // namespace lanekeeper::devices
