#include "peripherals/device_address.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/text.h"

namespace lanekeeper::till {

namespace {

constexpr std::array<int, 8> speeds = {1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200};

// Up to the next comma that no backslash stands before.
std::string_view take_part(std::string_view& text) {
  std::size_t end = 0;
  while (end < text.size() && text[end] != ',') end += text[end] == '\\' ? 2 : 1;
  end = std::min(end, text.size());
  const auto part = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return part;
}

template <class Number>
std::optional<Number> number(std::string_view text) {
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

bool split_host(std::string_view text, SerialAddress& address) {
  std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos) return false;
  auto host = text.substr(0, colon);
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  const auto port = number<std::uint16_t>(text.substr(colon + 1));
  if (host.empty() || !port || *port == 0) return false;
  address.host = host;
  address.port = *port;
  return true;
}

}  // namespace

DeviceAddress DeviceAddress::split(std::string_view text) {
  DeviceAddress address;
  auto rest = trim(text);
  if (rest.empty()) rest = "none";
  auto first = take_part(rest);
  while (!rest.empty()) address.options.emplace_back(take_part(rest));
  if (first.starts_with("tcp://")) {
    address.kind = "tcp";
    address.place = first;
    return address;
  }
  const auto colon = first.find(':');
  address.kind = first.substr(0, colon);
  if (colon != std::string_view::npos) address.place = first.substr(colon + 1);
  return address;
}

bool SerialSettings::take(std::string_view option) {
  if (const auto speed = number<int>(option)) {
    if (std::find(speeds.begin(), speeds.end(), *speed) == speeds.end()) return false;
    baud = *speed;
    return true;
  }
  if (option.size() != 3) return false;
  const char bits = option[0];
  const char parity_letter = option[1];
  const char stops = option[2];
  if ((bits != '7' && bits != '8') || (stops != '1' && stops != '2')) return false;
  switch (parity_letter) {
    case 'N':
      parity = Parity::none;
      break;
    case 'E':
      parity = Parity::even;
      break;
    case 'O':
      parity = Parity::odd;
      break;
    default:
      return false;
  }
  data_bits = bits - '0';
  stop_bits = stops - '0';
  return true;
}

std::optional<SerialAddress> SerialAddress::parse(std::string_view place, const SerialSettings& settings) {
  SerialAddress address;
  address.settings = settings;
  constexpr std::string_view tcp = "tcp://";
  if (place.starts_with(tcp)) {
    if (!split_host(place.substr(tcp.size()), address)) return std::nullopt;
    return address;
  }
  if (!place.starts_with('/') || place.size() < 2) return std::nullopt;
  address.path = place;
  return address;
}

std::string SerialAddress::to_string() const {
  return path.empty() ? "tcp://" + host + ":" + std::to_string(port) : path;
}

std::optional<std::string> unescape_bytes(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\') {
      out += text[i];
      continue;
    }
    if (++i == text.size()) return std::nullopt;
    constexpr std::string_view names = "rnt\\,";
    constexpr std::string_view bytes = "\r\n\t\\,";
    if (const auto at = names.find(text[i]); at != std::string_view::npos) {
      out += bytes[at];
      continue;
    }
    if (text[i] != 'x' || i + 2 >= text.size()) return std::nullopt;
    unsigned value = 0;
    const auto* digits = text.data() + i + 1;
    const auto [end, error] = std::from_chars(digits, digits + 2, value, 16);
    if (error != std::errc() || end != digits + 2) return std::nullopt;
    out += static_cast<char>(value);
    i += 2;
  }
  return out;
}

std::optional<std::string_view> option_value(std::string_view option, std::string_view name) {
  if (!option.starts_with(name) || option.size() <= name.size() || option[name.size()] != '=') return std::nullopt;
  return option.substr(name.size() + 1);
}

}  // namespace lanekeeper::till
