// A way to a printer, used by one worker thread. Every call ends within its own time limit, and at once when the
// StopSignal is raised (device.stopped).
//
// Errors tell the printer's state: device.absent, device.paper_out, device.cover_open, device.timeout, device.error.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/error.h"
#include "peripherals/descriptor.h"

namespace lanekeeper::till {

class PrinterPort {
 public:
  virtual ~PrinterPort() = default;
  // Reaches the printer and asks how it is, where it can be asked. Does nothing when it is open and well.
  [[nodiscard]] virtual Result<void> open(const StopSignal& stop) = 0;
  // Success: the printer has taken every byte. After an error nobody knows how much was printed; close() follows.
  [[nodiscard]] virtual Result<void> send(std::string_view bytes, const StopSignal& stop) = 0;
  virtual void close() = 0;
};

[[nodiscard]] std::unique_ptr<PrinterPort> make_tcp_port(std::string host, std::uint16_t port);
[[nodiscard]] std::unique_ptr<PrinterPort> make_device_port(std::string path);
[[nodiscard]] std::unique_ptr<PrinterPort> make_directory_port(std::string path);

}  // namespace lanekeeper::till
