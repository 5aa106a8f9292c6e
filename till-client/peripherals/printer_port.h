// A way to a printer, used by one worker thread. Every call ends within its own time limit, and at once when the
// StopSignal is raised (device.stopped).
//
// Errors tell the printer's state: device.absent, device.paper_out, device.cover_open, device.offline, device.timeout,
// device.error.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/error.h"
#include "peripherals/descriptor.h"
#include "peripherals/printer_status.h"

namespace lanekeeper::till {

class PrinterPort {
 public:
  virtual ~PrinterPort() = default;
  // Reaches the printer and asks how it is, where it can be asked. Does nothing when it is open and well.
  [[nodiscard]] virtual Result<void> open(const StopSignal& stop) = 0;
  // Success: the printer has taken every byte. After an error nobody knows how much was printed; close() follows.
  [[nodiscard]] virtual Result<void> send(std::string_view bytes, const StopSignal& stop) = 0;
  virtual void close() = 0;
  // Success: what was sent is on paper, as far as the printer can say. After an error close() follows.
  [[nodiscard]] virtual Result<void> confirm(const StopSignal& /*stop*/) { return {}; }
  // Whether confirm() knows, so that sending piece by piece is worth it. Known once open.
  [[nodiscard]] virtual bool confirms() const { return false; }
  [[nodiscard]] virtual PrinterStatus status() const { return {}; }  // what it said last
  // Whether it is kept open between jobs; then listen() hears what the printer says by itself.
  [[nodiscard]] virtual bool stays_open() const { return false; }
  // Until `limit` is over, something was heard, or `wake` is raised.
  [[nodiscard]] virtual Result<void> listen(Milliseconds limit, const StopSignal& wake) {
    (void)wait_readable(wake.fd(), limit, wake);
    return {};
  }
};

struct SerialSettings {
  int baud = 19200;  // 8 bits, no parity, one stop bit
  bool hardware_flow = false;
};
[[nodiscard]] bool is_baud_rate(int baud);

[[nodiscard]] std::unique_ptr<PrinterPort> make_tcp_port(std::string host, std::uint16_t port);
[[nodiscard]] std::unique_ptr<PrinterPort> make_device_port(std::string path);
[[nodiscard]] std::unique_ptr<PrinterPort> make_serial_printer_port(std::string path, const SerialSettings& settings);
[[nodiscard]] std::unique_ptr<PrinterPort> make_directory_port(std::string path);

}  // namespace lanekeeper::till
