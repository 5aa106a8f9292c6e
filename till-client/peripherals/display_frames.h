// What line displays are told, as pure functions. docs/devices.md has the frames and their sources.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "lane/device_ports.h"

namespace lanekeeper::till {

// How the lamp of a display with digits only is switched: 单价 price, 总计 total, 收款 paid, 找零 change.
enum class LampStyle {
  ascii,    // ESC s '1'..'4', '0' off; most of them
  binary,   // ESC s 1..4, 0 off; Hisense VC108 and VC110, Wintec CD110
  partner,  // ESC s 2..5 1; Partner CD7110, which cannot switch it off
  bare,     // '1'..'4' in front of ESC Q A; Ejeton VFD8C
  none,     // it has none
};

enum class DisplayCharset { gb18030, ascii };

class DisplayEncoder {
 public:
  virtual ~DisplayEncoder() = default;
  [[nodiscard]] virtual std::string reset() const = 0;
  [[nodiscard]] virtual std::string show(const LineDisplay::Contents& contents) const = 0;
};

constexpr int display_columns = 20;

[[nodiscard]] std::unique_ptr<DisplayEncoder> make_cd5220_encoder(DisplayCharset charset);
[[nodiscard]] std::unique_ptr<DisplayEncoder> make_dm_d_encoder(DisplayCharset charset);
[[nodiscard]] std::unique_ptr<DisplayEncoder> make_led8_encoder(LampStyle lamps);

// The pulse of a drawer that hangs at a display.
constexpr std::string_view display_drawer_pulse = "\x02M";

// What eight digits can show of a number: digits, one point, a minus in front; no grouping. Decimals go first when it
// is too long; nullopt: it does not fit even so, or is no number.
[[nodiscard]] std::optional<std::string> led_number(std::string_view text);

// A line of exactly display_columns columns in the display's characters.
[[nodiscard]] std::string display_line(std::string_view text, DisplayCharset charset);

}  // namespace lanekeeper::till
