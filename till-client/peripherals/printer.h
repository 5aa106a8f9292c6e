// Receipt printers by address.
//
//   tcp://10.0.8.40:9100   a network printer (raw port); without a port 9100
//   file:/dev/usb/lp0      a USB or parallel port, or any file: bytes are appended
//   serial:/dev/ttyS0,19200,rtscts   a serial port, 8N1; without a speed 19200, without rtscts no flow control
//   dir:/var/tmp/receipts  one file per job, for trials: receipt-000001.bin, drawer-000002.bin
//   none                   no printer: every job succeeds at once
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/error.h"
#include "lane/ports.h"

namespace lanekeeper::till {

struct PrinterAddress {
  enum class Kind { none, tcp, device, directory, serial };
  Kind kind = Kind::none;
  std::string host;
  std::uint16_t port = 9100;
  std::string path;
  int baud = 19200;  // of a serial port
  bool hardware_flow = false;
  [[nodiscard]] static Result<PrinterAddress> parse(std::string_view text);  // printer.bad_address
};

// The printer with its queue and its worker thread. Never blocks the caller; the destructor waits at most three seconds
// for jobs that are going well. Thread-safe.
[[nodiscard]] std::unique_ptr<ReceiptPrinter> make_printer(const PrinterAddress& address);

}  // namespace lanekeeper::till
