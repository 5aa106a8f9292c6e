#include "virtual_display.h"

#include <stdexcept>

namespace lanekeeper::devices {

namespace {

class VirtualDisplay final : public LineDevice {
 public:
  VirtualDisplay(DisplayKind kind, LampWiring wiring) : decoder_(kind, wiring), told_(decoder_.shown()) {}

  std::string receive(std::string_view bytes) override {
    decoder_.feed(bytes);
    return {};
  }

  std::string command(const Words& words) override {
    if (words[0] == "power_cut") {
      decoder_.feed("\x1B@");
    } else if (words[0] != "shown") {
      throw std::invalid_argument("shown, power_cut, fault NAME, clear");
    }
    return {};
  }

  [[nodiscard]] nlohmann::json status() const override {
    auto status = decoder_.shown();
    status["drawer_pulses"] = decoder_.drawer_pulses();
    status["unknown"] = decoder_.unknown();
    return status;
  }

  std::vector<nlohmann::json> events() override {
    std::vector<nlohmann::json> events;
    if (auto shown = decoder_.shown(); shown != told_) {
      told_ = shown;
      shown["event"] = "shown";
      events.push_back(std::move(shown));
    }
    for (; pulses_told_ < decoder_.drawer_pulses(); ++pulses_told_) events.push_back({{"event", "drawer"}});
    for (; unknown_told_ < decoder_.unknown().size(); ++unknown_told_) {
      events.push_back({{"event", "not understood"}, {"bytes", decoder_.unknown()[unknown_told_]}});
    }
    return events;
  }

 private:
  DisplayDecoder decoder_;
  nlohmann::json told_;
  int pulses_told_ = 0;
  std::size_t unknown_told_ = 0;
};

}  // namespace

std::unique_ptr<LineDevice> virtual_display(DisplayKind kind, LampWiring wiring) {
  return std::make_unique<VirtualDisplay>(kind, wiring);
}

}  // namespace lanekeeper::devices
