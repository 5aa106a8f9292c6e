// Scanners by address.
//
//   serial:/dev/ttyACM0                       9600 8N1; the line as an option: ",115200", ",7E1"
//   tcp://10.0.8.53:4001                      behind a serial server
//   evdev:/dev/input/by-id/...-event-kbd      a scanner that types, taken away from the keyboard (Linux input events)
//   none
// Options of all: ",prefix=\x02" and ",suffix=\x03", the marks the scanner is set up to send; without a suffix a scan
// ends at CR or LF, or when the scanner falls silent.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

#include "base/error.h"
#include "lane/device_ports.h"
#include "peripherals/device_address.h"
#include "peripherals/scan_framer.h"

namespace lanekeeper::till {

struct ScannerAddress {
  enum class Kind { none, serial, evdev };
  Kind kind = Kind::none;
  SerialAddress port;  // serial
  std::string path;    // evdev
  ScanMarks marks;
  [[nodiscard]] static Result<ScannerAddress> parse(std::string_view text);  // scanner.bad_address
};

struct ScannerTiming {
  std::chrono::milliseconds gap{100};           // silence that ends a scan without an end mark
  std::chrono::milliseconds patient_gap{1000};  // the same for a scanner that is known to mark its ends
  std::chrono::milliseconds first_retry{250};
  std::chrono::milliseconds longest_retry{3000};
};

// The scanner with its worker thread.
[[nodiscard]] std::unique_ptr<Scanner> make_scanner(const ScannerAddress& address, const ScannerTiming& timing = {});

}  // namespace lanekeeper::till
