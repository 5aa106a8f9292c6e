// A virtual device at a pseudo terminal or a port, and its address for the till.
#pragma once

#include <unistd.h>

#include <filesystem>
#include <memory>
#include <string>

#include "devices/device_host.h"

namespace lanekeeper::till::test {

enum class Plug { pty, tcp };

class Plugged {
 public:
  Plugged(std::unique_ptr<devices::LineDevice> device, Plug plug) : plug_(plug) {
    devices::Endpoint::Options where;
    if (plug == Plug::pty) where.pty = link_;
    host_ = std::make_unique<devices::DeviceHost>(std::move(device), where);
  }

  [[nodiscard]] std::string place() const {
    return plug_ == Plug::pty ? link_.string() : "tcp://127.0.0.1:" + std::to_string(host_->port());
  }
  // Whether the device understood it.
  bool tell(std::string_view command) { return host_->command(command)["ok"]; }
  [[nodiscard]] nlohmann::json status() const { return host_->status(); }

 private:
  static std::filesystem::path fresh_link() {
    static int count = 0;
    return std::filesystem::temp_directory_path() /
           ("lanekeeper-line-" + std::to_string(::getpid()) + "-" + std::to_string(++count));
  }

  Plug plug_;
  std::filesystem::path link_ = fresh_link();
  std::unique_ptr<devices::DeviceHost> host_;
};

}  // namespace lanekeeper::till::test
