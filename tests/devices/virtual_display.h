// A virtual line display: tells what it shows as JSON objects, and that its drawer was opened. Command: "shown".
#pragma once

#include <memory>

#include "device_host.h"
#include "display_decoder.h"

namespace lanekeeper::devices {

[[nodiscard]] std::unique_ptr<LineDevice> virtual_display(DisplayKind kind, LampWiring wiring = LampWiring::ascii);

}  // namespace lanekeeper::devices
