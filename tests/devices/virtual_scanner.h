// A virtual scanner. Commands: "scan 6901234567892" (with "\x1d" and the like), "burst 20": as many different EAN-13
// codes at once.
#pragma once

#include <memory>
#include <string>

#include "device_host.h"

namespace lanekeeper::devices {

[[nodiscard]] std::unique_ptr<LineDevice> virtual_scanner(std::string prefix, std::string suffix);

// The n-th code of a burst, with its check digit.
[[nodiscard]] std::string burst_code(int n);

}  // namespace lanekeeper::devices
