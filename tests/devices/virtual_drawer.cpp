#include "virtual_drawer.h"

#include <stdexcept>

namespace lanekeeper::devices {

namespace {

class VirtualDrawer final : public LineDevice {
 public:
  explicit VirtualDrawer(std::string opens) : opens_(std::move(opens)) {}

  std::string receive(std::string_view bytes) override {
    for (const char c : bytes) {
      last_ += c;
      if (last_.size() > opens_.size()) last_.erase(0, 1);
      if (last_ != opens_) continue;
      last_.clear();
      ++pulses_;
      open_ = true;
    }
    return {};
  }

  std::string command(const Words& words) override {
    if (words[0] != "open" && words[0] != "close") throw std::invalid_argument("open, close, fault NAME, clear");
    open_ = words[0] == "open";
    return {};
  }

  [[nodiscard]] nlohmann::json status() const override { return {{"open", open_}, {"pulses", pulses_}}; }

  std::vector<nlohmann::json> events() override {
    if (told_ == open_) return {};
    told_ = open_;
    return {{{"event", "drawer"}, {"open", open_}}};
  }

 private:
  std::string opens_;
  std::string last_;
  bool open_ = false;
  bool told_ = false;
  int pulses_ = 0;
};

}  // namespace

std::unique_ptr<LineDevice> virtual_drawer(std::string opens) {
  return std::make_unique<VirtualDrawer>(std::move(opens));
}

}  // namespace lanekeeper::devices
