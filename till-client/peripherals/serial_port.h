// A line to a device that is neither printer nor network service: a serial port, a pty, or a serial server on TCP.
//
// Used by one worker thread. Every call ends within its limit, and at once when the StopSignal is raised
// (device.stopped). After device.absent or device.error the port is closed and open() may be tried again.
#pragma once

#include <string>
#include <string_view>

#include "base/error.h"
#include "peripherals/descriptor.h"
#include "peripherals/device_address.h"

namespace lanekeeper::till {

class SerialPort {
 public:
  explicit SerialPort(SerialAddress address) : address_(std::move(address)) {}

  // device.absent. Does nothing when it is open. What came before is thrown away.
  [[nodiscard]] Result<void> open(const StopSignal& stop);
  [[nodiscard]] bool is_open() const { return static_cast<bool>(fd_); }
  [[nodiscard]] Result<void> write(std::string_view bytes, Milliseconds limit, const StopSignal& stop);
  // What came: at least one byte, or device.timeout.
  [[nodiscard]] Result<std::string> read(Milliseconds limit, const StopSignal& stop);
  // Whether the other side is still there, as far as that can be told; what came is thrown away.
  [[nodiscard]] bool still_there();
  void drop_input() { (void)still_there(); }
  void close() { fd_.reset(); }
  [[nodiscard]] const SerialAddress& address() const { return address_; }

 private:
  Result<void> lost(Error error);

  SerialAddress address_;
  Descriptor fd_;
};

// How long to wait before the next attempt: doubled with every failure.
class RetryPause {
 public:
  RetryPause(Milliseconds first, Milliseconds longest) : first_(first), longest_(longest), next_(first) {}
  Milliseconds next() {
    const auto now = next_;
    next_ = std::min(next_ * 2, longest_);
    return now;
  }
  void reset() { next_ = first_; }

 private:
  Milliseconds first_;
  Milliseconds longest_;
  Milliseconds next_;
};

}  // namespace lanekeeper::till
