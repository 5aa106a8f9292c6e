#include "virtual_scanner.h"

#include <cstdio>
#include <stdexcept>

namespace lanekeeper::devices {

namespace {

constexpr int most_in_a_burst = 1000;

class VirtualScanner final : public LineDevice {
 public:
  VirtualScanner(std::string prefix, std::string suffix) : prefix_(std::move(prefix)), suffix_(std::move(suffix)) {}

  std::string receive(std::string_view) override { return {}; }

  std::string command(const Words& words) override {
    if (words.size() == 2 && words[0] == "scan") return marked(typed_bytes(words[1]));
    if (words.size() != 2 || words[0] != "burst") throw std::invalid_argument("scan CODE, burst N, fault NAME, clear");
    const int count = std::stoi(words[1]);
    if (count < 1 || count > most_in_a_burst) throw std::invalid_argument("a burst has 1 to 1000 codes");
    std::string bytes;
    for (int n = 0; n < count; ++n) bytes += marked(burst_code(n));
    return bytes;
  }

  [[nodiscard]] nlohmann::json status() const override { return {{"scans", scans_}}; }

 private:
  std::string marked(const std::string& code) {
    ++scans_;
    return prefix_ + code + suffix_;
  }

  std::string prefix_;
  std::string suffix_;
  int scans_ = 0;
};

}  // namespace

std::string burst_code(int n) {
  char body[16];
  std::snprintf(body, sizeof body, "69%010d", n % 1'000'000);
  int sum = 0;
  for (int i = 0; i < 12; ++i) sum += (body[i] - '0') * (i % 2 == 0 ? 1 : 3);
  return std::string(body) + static_cast<char>('0' + (10 - sum % 10) % 10);
}

std::unique_ptr<LineDevice> virtual_scanner(std::string prefix, std::string suffix) {
  return std::make_unique<VirtualScanner>(std::move(prefix), std::move(suffix));
}

}  // namespace lanekeeper::devices
