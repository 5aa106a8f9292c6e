#include "peripherals/scale.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/system_random.h"
#include "peripherals/serial_scale.h"

namespace lanekeeper::till {

namespace {

using Protocol = ScaleAddress::Protocol;
using Parity = SerialSettings::Parity;

struct Kind {
  std::string_view name;
  Protocol protocol;
  SerialSettings usual;
};

constexpr std::array<Kind, 6> kinds = {{
    {"mettler-8217", Protocol::mettler_8217, {9600, 7, Parity::even, 1}},
    {"cas", Protocol::cas, {9600, 8, Parity::none, 1}},
    {"cas-text", Protocol::cas_text, {9600, 8, Parity::none, 1}},
    {"cas-pd2", Protocol::cas_pd2, {9600, 7, Parity::even, 1}},
    {"nci", Protocol::nci, {9600, 7, Parity::even, 1}},
    {"dialog06", Protocol::dialog06, {9600, 7, Parity::odd, 1}},
}};

class NoScale final : public Scale {
 public:
  void on_reading(std::function<void(const ScaleReading&)>) override {}
  void start() override {}
  void set_live(bool) override {}
  [[nodiscard]] ScaleReading reading() const override { return {}; }
  void zero() override {}
};

bool take_option(ScaleAddress& address, SerialSettings& line, std::string_view option) {
  if (line.take(option)) return true;
  if (option == "lb" && (address.protocol == Protocol::mettler_8217 || address.protocol == Protocol::cas_pd2)) {
    address.unit = WeightUnit::pound;
    return true;
  }
  if (const auto question = option_value(option, "ask"); question && address.protocol == Protocol::cas_text) {
    const auto bytes = unescape_bytes(*question);
    if (bytes) address.question = *bytes;
    return bytes.has_value();
  }
  if (const auto hex = option_value(option, "poly"); hex && address.protocol == Protocol::dialog06) {
    std::uint16_t value = 0;
    const auto [end, error] = std::from_chars(hex->data(), hex->data() + hex->size(), value, 16);
    address.polynomial = value;
    return error == std::errc() && end == hex->data() + hex->size();
  }
  return false;
}

std::uint16_t random_number() {
  std::array<unsigned char, 2> bytes{};
  SystemRandom().fill(bytes);
  return static_cast<std::uint16_t>(bytes[0] << 8 | bytes[1]);
}

}  // namespace

Result<ScaleAddress> ScaleAddress::parse(std::string_view text) {
  const auto bad = [text] {
    return fail("scale.bad_address",
                "This is no scale address. Use for example mettler-8217:/dev/ttyS0, cas:tcp://host:4001 or none.",
                {{"address", std::string(text)}});
  };
  const auto parts = DeviceAddress::split(text);
  ScaleAddress address;
  if (parts.kind == "none") return address;
  const auto kind = std::find_if(kinds.begin(), kinds.end(), [&](const Kind& k) { return k.name == parts.kind; });
  if (kind == kinds.end()) return bad();
  address.protocol = kind->protocol;
  SerialSettings line = kind->usual;
  for (const auto& option : parts.options) {
    if (!take_option(address, line, option)) return bad();
  }
  const auto port = SerialAddress::parse(parts.place, line);
  if (!port) return bad();
  address.port = *port;
  return address;
}

std::unique_ptr<ScaleCodec> make_scale_codec(const ScaleAddress& address) {
  switch (address.protocol) {
    case Protocol::mettler_8217:
      return make_mettler_8217(address.unit);
    case Protocol::cas:
      return make_cas();
    case Protocol::cas_text:
      return make_cas_text(address.question);
    case Protocol::cas_pd2:
      return make_cas_pd2(address.unit);
    case Protocol::nci:
      return make_nci();
    case Protocol::dialog06:
      return make_dialog06({address.polynomial, random_number});
    case Protocol::none:
      break;
  }
  throw Fault("scale.protocol", "a scale without a protocol has no codec");
}

std::unique_ptr<Scale> make_scale(const ScaleAddress& address, const ScaleTiming& timing) {
  if (address.protocol == Protocol::none) return std::make_unique<NoScale>();
  return std::make_unique<SerialScale>(SerialPort(address.port), make_scale_codec(address), timing);
}

}  // namespace lanekeeper::till
