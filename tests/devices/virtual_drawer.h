// A virtual cash drawer at a port of its own. Commands: "close", "open" (with its key).
#pragma once

#include <memory>
#include <string>

#include "device_host.h"

namespace lanekeeper::devices {

// `opens`: the bytes that open it.
[[nodiscard]] std::unique_ptr<LineDevice> virtual_drawer(std::string opens);

}  // namespace lanekeeper::devices
