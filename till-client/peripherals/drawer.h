// Cash drawers by address.
//
//   printer              at the receipt printer, connector pin 2; "printer:5" for pin 5
//   display              at the line display, which sends it on (02 4D)
//   serial:/dev/ttyS2    at a port of its own, 9600 8N1; ",byte=\x07" is what opens it (usual: 02 4D). tcp://host:port
//   too none
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/error.h"
#include "lane/device_ports.h"
#include "peripherals/line_display.h"

namespace lanekeeper::till {

struct DrawerAddress {
  enum class Kind { none, printer, display, serial };
  Kind kind = Kind::none;
  int pin = 2;
  SerialAddress port;
  std::string bytes;                                                        // serial
  [[nodiscard]] static Result<DrawerAddress> parse(std::string_view text);  // drawer.bad_address
};

// What a drawer may hang at. The printer and the display outlive the drawer.
struct DrawerMeans {
  ReceiptPrinter* printer = nullptr;
  DrawerDisplay* display = nullptr;
  // The position as the device that can tell it knows it; called often, must answer at once, from any thread. Empty:
  // the position stays unknown.
  std::function<CashDrawer::Position()> position;
  std::chrono::milliseconds look{200};           // between two looks at the position
  std::chrono::milliseconds left_open_after{0};  // when on_left_open() is told; 0: never
};

[[nodiscard]] std::unique_ptr<CashDrawer> make_drawer(const DrawerAddress& address, const DrawerMeans& means);

// ESC p for connector pin 2 or 5: 100 ms on, 500 ms off.
[[nodiscard]] std::string printer_drawer_pulse(int pin);

}  // namespace lanekeeper::till
