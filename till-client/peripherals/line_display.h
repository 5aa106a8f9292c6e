// Line displays by address.
//
//   cd5220:/dev/ttyS1                 two lines of 20, Chinese as GB18030, 9600 8N1; ",ascii": no Chinese
//   dm-d:tcp://10.0.8.52:4001         Epson DM-D and what speaks like it, the same options
//   led8:/dev/ttyS1,lamp=binary       eight digits and four lamps, 2400 8N1; lamp=ascii (usual), binary, partner, bare,
//   none none
// More options after commas: the line ("9600", "8N1").
#pragma once

#include <chrono>
#include <memory>
#include <string_view>

#include "base/error.h"
#include "lane/device_ports.h"
#include "peripherals/device_address.h"
#include "peripherals/display_frames.h"

namespace lanekeeper::till {

struct LineDisplayAddress {
  enum class Kind { none, cd5220, dm_d, led8 };
  Kind kind = Kind::none;
  SerialAddress port;
  DisplayCharset charset = DisplayCharset::gb18030;
  LampStyle lamps = LampStyle::ascii;
  [[nodiscard]] static Result<LineDisplayAddress> parse(std::string_view text);  // display.bad_address
};

// A display that may have a drawer hanging at it.
class DrawerDisplay : public LineDisplay {
 public:
  // device.no_display, device.drawer_absent while the display cannot be reached. The pulse goes out in front of what is
  // to be shown, and is dropped after a few seconds.
  [[nodiscard]] virtual Result<void> pulse() = 0;
};

struct DisplayTiming {
  std::chrono::milliseconds first_retry{250};
  std::chrono::milliseconds longest_retry{5000};
  std::chrono::milliseconds look{1000};      // whether it is still there
  std::chrono::milliseconds refresh{10000};  // a display that lost its power shows the same again
  std::chrono::milliseconds pulse_limit{5000};
};

// The display with its worker thread, which has one place for what is newest.
[[nodiscard]] std::unique_ptr<DrawerDisplay> make_line_display(const LineDisplayAddress& address,
                                                               const DisplayTiming& timing = {});

}  // namespace lanekeeper::till
