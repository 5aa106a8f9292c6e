// A TCP connection with a time limit.
#pragma once

#include <cstdint>
#include <string>

#include "base/error.h"
#include "peripherals/descriptor.h"

namespace lanekeeper::till {

// Tries the addresses of the name one after the other, each up to the limit. The descriptor does not block. Looking a
// name up may take as long as the resolver likes; an address in digits never waits. device.absent, device.stopped.
[[nodiscard]] Result<Descriptor> tcp_connect(const std::string& host, std::uint16_t port, Milliseconds limit,
                                             const StopSignal& stop);

}  // namespace lanekeeper::till
