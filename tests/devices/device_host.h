// Lets a virtual device live at an endpoint, with faults on demand. In a test's own process or in the program
// lanekeeper-devices.
//
// Commands, one a line, in words ("weight 0.836") or as JSON ({"command": "weight", "value": "0.836"}):
//   fault silent    it answers nothing            fault garbage   it answers other bytes
//   fault slow      byte after byte, 8 ms apart   fault split     in pieces of one to three bytes
//   fault double    every byte twice              fault late      a second and a half later than usual
//   fault pulled    the cable is out              clear           nothing is wrong any more
// and the device's own ones. Each is answered by one JSON object.
#pragma once

#include <chrono>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <nlohmann/json.hpp>

#include "endpoint.h"

namespace lanekeeper::devices {

// What is behind the line. Called under one lock.
class LineDevice {
 public:
  using Words = std::vector<std::string>;
  virtual ~LineDevice() = default;
  // Bytes from the till; what the device says to them.
  [[nodiscard]] virtual std::string receive(std::string_view bytes) = 0;
  // What it says by itself, asked ten times a second.
  [[nodiscard]] virtual std::string tick() { return {}; }
  // A command of its own: what it then says on the line. Throws std::invalid_argument when it does not understand.
  [[nodiscard]] virtual std::string command(const Words& words) = 0;
  [[nodiscard]] virtual nlohmann::json status() const = 0;
  // What happened since it was last asked, as JSON objects with "event".
  [[nodiscard]] virtual std::vector<nlohmann::json> events() { return {}; }
};

class DeviceHost {
 public:
  using Tell = std::function<void(const nlohmann::json&)>;

  // Events are told on the device's thread. Throws std::runtime_error when the endpoint cannot be had.
  DeviceHost(std::unique_ptr<LineDevice> device, const Endpoint::Options& where, Tell tell = {});
  ~DeviceHost();
  DeviceHost(const DeviceHost&) = delete;
  DeviceHost& operator=(const DeviceHost&) = delete;

  [[nodiscard]] int port() const { return port_; }
  nlohmann::json command(std::string_view line);
  [[nodiscard]] nlohmann::json status() const;

 private:
  using Clock = std::chrono::steady_clock;
  struct Waiting {
    Clock::time_point due;
    std::string bytes;
  };

  void serve();
  void obey(const LineDevice::Words& words);
  void hear(const std::string& bytes);
  void say(std::string bytes);
  void send_what_is_due();
  [[nodiscard]] int patience_ms() const;
  void tell_events(std::unique_lock<std::mutex>& lock);
  void wake() const;

  std::unique_ptr<LineDevice> device_;
  Endpoint endpoint_;
  Tell tell_;
  int port_ = 0;
  int wake_ = -1;
  mutable std::mutex mutex_;
  std::string fault_;
  std::deque<Waiting> waiting_;
  Clock::time_point next_tick_{};
  std::uint32_t noise_ = 1;
  bool ending_ = false;
  std::thread thread_;
};

// Serves until SIGTERM, SIGINT or "quit": commands from stdin, answers and events to stdout. Returns the exit status.
int run_line_device(std::unique_ptr<LineDevice> device, const Endpoint::Options& where, const std::string& fault);

// "\x02", "\r", "\n", "\t" and "\\" in what people type.
[[nodiscard]] std::string typed_bytes(std::string_view text);

}  // namespace lanekeeper::devices
