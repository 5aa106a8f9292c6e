#include "peripherals/printer.h"

#include <charconv>

#include "base/text.h"
#include "peripherals/printer_port.h"
#include "peripherals/queued_printer.h"

namespace lanekeeper::till {

namespace {

class NoPrinter final : public ReceiptPrinter {
 public:
  Result<void> print(std::string, std::function<void(Result<void>)> done) override {
    done({});
    return {};
  }
  Result<void> pulse(std::string) override { return {}; }
  [[nodiscard]] DeviceState state() const override { return DeviceState::none; }
};

tl::unexpected<Error> bad_address(std::string_view text) {
  return fail(
      "printer.bad_address",
      "This is no printer address. Use tcp://host:9100, file:/dev/usb/lp0, serial:/dev/ttyS0,19200, dir:/some/folder "
      "or none.",
      {{"address", std::string(text)}});
}

bool consume(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

Result<PrinterAddress> parse_tcp(std::string_view all, std::string_view text) {
  PrinterAddress address;
  address.kind = PrinterAddress::Kind::tcp;
  std::string_view port;
  if (consume(text, "[")) {  // IPv6 in brackets
    const auto close = text.find(']');
    if (close == std::string_view::npos) return bad_address(all);
    address.host = text.substr(0, close);
    text.remove_prefix(close + 1);
    if (!text.empty() && !consume(text, ":")) return bad_address(all);
    port = text;
  } else {
    const auto colon = text.find(':');
    address.host = text.substr(0, colon);
    if (colon != std::string_view::npos) port = text.substr(colon + 1);
  }
  if (address.host.empty()) return bad_address(all);
  if (port.empty()) return address;
  const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), address.port);
  if (error != std::errc() || end != port.data() + port.size() || address.port == 0) return bad_address(all);
  return address;
}

// "/dev/ttyS0", then the speed and "rtscts", in this order, where they are given.
Result<PrinterAddress> parse_serial(std::string_view all, std::string_view text) {
  PrinterAddress address;
  address.kind = PrinterAddress::Kind::serial;
  std::string_view rest = text;
  const auto next = [&rest] {
    const auto part = rest.substr(0, rest.find(','));
    rest.remove_prefix(std::min(part.size() + 1, rest.size()));
    return part;
  };
  address.path = next();
  if (address.path.empty()) return bad_address(all);
  if (rest.empty()) return address;
  const auto speed = next();
  const auto [end, error] = std::from_chars(speed.data(), speed.data() + speed.size(), address.baud);
  if (error != std::errc() || end != speed.data() + speed.size() || !is_baud_rate(address.baud)) {
    return bad_address(all);
  }
  if (rest.empty()) return address;
  if (rest != "rtscts") return bad_address(all);
  address.hardware_flow = true;
  return address;
}

}  // namespace

Result<PrinterAddress> PrinterAddress::parse(std::string_view text) {
  std::string_view rest = trim(text);
  if (rest.empty() || rest == "none") return PrinterAddress{};
  if (consume(rest, "tcp://") || consume(rest, "tcp:")) return parse_tcp(text, rest);
  PrinterAddress address;
  if (consume(rest, "serial:")) {
    if (rest.starts_with("//")) rest.remove_prefix(2);
    return parse_serial(text, rest);
  }
  if (consume(rest, "file:")) {
    address.kind = Kind::device;
  } else if (consume(rest, "dir:")) {
    address.kind = Kind::directory;
  } else {
    return bad_address(text);
  }
  if (rest.starts_with("//")) rest.remove_prefix(2);
  if (rest.empty()) return bad_address(text);
  address.path = rest;
  return address;
}

std::unique_ptr<ReceiptPrinter> make_printer(const PrinterAddress& address) {
  using Kind = PrinterAddress::Kind;
  switch (address.kind) {
    case Kind::none:
      return std::make_unique<NoPrinter>();
    case Kind::tcp:
      return std::make_unique<QueuedPrinter>(make_tcp_port(address.host, address.port));
    case Kind::device:
      return std::make_unique<QueuedPrinter>(make_device_port(address.path));
    case Kind::serial:
      return std::make_unique<QueuedPrinter>(
          make_serial_printer_port(address.path, {address.baud, address.hardware_flow}));
    case Kind::directory:
      return std::make_unique<QueuedPrinter>(make_directory_port(address.path));
  }
  throw Fault("printer.kind", "an unknown kind of printer");
}

}  // namespace lanekeeper::till
