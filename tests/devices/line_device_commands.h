// The subcommands of lanekeeper-devices for what hangs at a serial line: scale, display, scanner, drawer.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "device_host.h"

namespace CLI {
class App;
}

namespace lanekeeper::devices {

class LineDeviceCommands {
 public:
  explicit LineDeviceCommands(CLI::App& app);
  [[nodiscard]] bool chosen() const { return static_cast<bool>(make_); }
  [[nodiscard]] int run() const;

 private:
  CLI::App* add(CLI::App& app, const std::string& name, const std::string& about,
                std::function<std::unique_ptr<LineDevice>()> make);

  std::string listen_ = "127.0.0.1:0";
  std::string pty_;
  std::string fault_;
  std::string protocol_;
  std::string lamp_ = "ascii";
  std::string prefix_;
  std::string suffix_ = "\\r";
  std::string opens_ = "\\x02M";
  std::function<std::unique_ptr<LineDevice>()> make_;
};

}  // namespace lanekeeper::devices
