// A virtual line display: tells what it shows as JSON objects, and that its drawer was opened. Commands: "shown",
// "power_cut": it forgets what it showed.
#pragma once

#include <memory>

#include "device_host.h"
#include "display_decoder.h"

namespace lanekeeper::devices {

[[nodiscard]] std::unique_ptr<LineDevice> virtual_display(DisplayKind kind, LampWiring wiring = LampWiring::ascii);

}  // namespace lanekeeper::devices
