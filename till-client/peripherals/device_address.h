// How the places of devices are written: "kind:place,option,option", for example
//   mettler-8217:/dev/ttyS0          cd5220:/dev/ttyS1,19200,8N1          serial:tcp://10.0.8.51:4001
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lanekeeper::till {

struct DeviceAddress {
  std::string kind;   // "none" when nothing was given
  std::string place;  // after the first colon, up to the first comma
  std::vector<std::string> options;
  [[nodiscard]] static DeviceAddress split(std::string_view text);
};

struct SerialSettings {
  enum class Parity { none, even, odd };
  int baud = 9600;
  int data_bits = 8;
  Parity parity = Parity::none;
  int stop_bits = 1;
  // "19200" (1200 to 115200, the usual steps) or "7E1": true when it was one of them, and is kept.
  [[nodiscard]] bool take(std::string_view option);
  bool operator==(const SerialSettings&) const = default;
};

// A serial port of this machine (or a pty), or one behind a serial server that passes bytes on over TCP.
struct SerialAddress {
  std::string path;  // empty: host and port hold
  std::string host;
  std::uint16_t port = 0;
  SerialSettings settings;
  // "/dev/ttyS0", "tcp://host:port", "tcp://[::1]:4001"
  [[nodiscard]] static std::optional<SerialAddress> parse(std::string_view place, const SerialSettings& settings);
  [[nodiscard]] std::string to_string() const;  // for logs
};

// Bytes as people write them into settings: "\x02", "\r", "\n", "\t", "\\", "\," and ordinary characters. nullopt: a
// backslash that begins nothing.
[[nodiscard]] std::optional<std::string> unescape_bytes(std::string_view text);

// "name=value" -> value.
[[nodiscard]] std::optional<std::string_view> option_value(std::string_view option, std::string_view name);

}  // namespace lanekeeper::till
