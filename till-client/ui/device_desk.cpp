#include "till_ui/device_desk.h"

#include "barcode/decode.h"
#include "till_ui/scale_desk.h"

namespace lanekeeper::till::ui {

namespace {

using Tone = DeviceRow::Tone;
using Device = DeviceRow::Device;

Words words_of(const Error& error) {
  return {"error." + error.code, error.details, {}, "", error};
}

struct Stand {
  std::string_view key;
  Tone tone = Tone::warning;
};

Stand printer_stand(DeviceState state) {
  switch (state) {
    case DeviceState::none:
      return {"till.check.printer_none", Tone::quiet};
    case DeviceState::ok:
      return {"till.check.ok", Tone::good};
    case DeviceState::absent:
      return {"till.status.printer_absent"};
    case DeviceState::paper_out:
      return {"till.status.printer_paper"};
    case DeviceState::cover_open:
      return {"till.status.printer_cover"};
    case DeviceState::error:
      return {"till.status.printer_error"};
    case DeviceState::paper_low:
      return {"till.status.printer_paper_low"};
    case DeviceState::offline:
      return {"till.status.printer_offline"};
  }
  return {};
}

// What is wrong with a printer, in the words of the errors of its receipts.
Words printer_advice(DeviceState state) {
  switch (state) {
    case DeviceState::absent:
      return {"error.device.absent"};
    case DeviceState::paper_out:
      return {"error.device.paper_out"};
    case DeviceState::cover_open:
      return {"error.device.cover_open"};
    case DeviceState::error:
      return {"error.device.error"};
    case DeviceState::offline:
      return {"error.device.offline"};
    case DeviceState::none:
    case DeviceState::ok:
    case DeviceState::paper_low:
      break;
  }
  return {};
}

// Of a device that is either there or not.
Stand plain_stand(DeviceState state) {
  if (state == DeviceState::none) return {"till.check.printer_none", Tone::quiet};
  if (state == DeviceState::ok) return {"till.check.ok", Tone::good};
  return {"till.check.printer_absent", Tone::warning};
}

DeviceRow row(Device device, Words name, const Stand& stand) {
  return {device, std::move(name), {std::string(stand.key)}, stand.tone};
}

Words slip_words(Lane::Devices::TestSlip slip) {
  using TestSlip = Lane::Devices::TestSlip;
  switch (slip) {
    case TestSlip::none:
      break;
    case TestSlip::waiting:
      return {"till.devices.slip_waiting"};
    case TestSlip::printed:
      return {"till.devices.slip_printed"};
    case TestSlip::lost:
      return {"till.devices.slip_lost"};
  }
  return {"till.devices.print_hint"};
}

DeviceRow scanner_row(std::size_t index, DeviceState state) {
  return row(Device::scanner, {"till.devices.scanner_number", {{"number", std::to_string(index + 1)}}},
             plain_stand(state));
}

DeviceRow no_scanner_row() {
  DeviceRow none = row(Device::scanner, {"till.devices.scanner"}, {"till.devices.no_port", Tone::quiet});
  none.note = {"till.devices.wedge"};
  return none;
}

}  // namespace

void DeviceDesk::begin() {
  hand_.set_typed({});
  not_printed_.reset();
  not_shown_.reset();
  read_.reset();
  open_ = true;
  hand_.lane().watch_devices(true);
}

void DeviceDesk::close() {
  open_ = false;
  hand_.lane().watch_devices(false);
}

std::vector<DeviceRow> DeviceDesk::rows() const {
  const Lane::Devices devices = hand_.lane().devices();
  std::vector<DeviceRow> rows = {printer_row(devices), drawer_row(devices), scale_row(), display_row(devices)};
  for (std::size_t i = 0; i < devices.scanners.size(); ++i) rows.push_back(scanner_row(i, devices.scanners[i]));
  if (devices.scanners.empty()) rows.push_back(no_scanner_row());
  return rows;
}

DeviceRow DeviceDesk::printer_row(const Lane::Devices& devices) const {
  DeviceRow printer = row(Device::printer, {"till.check.printer"}, printer_stand(devices.printer));
  if (devices.printer == DeviceState::none) return printer;
  printer.note = slip_words(devices.test_slip);
  printer.advice = printer_advice(devices.printer);
  if (not_printed_) {
    printer.note = words_of(*not_printed_);
  } else if (printer.advice.empty() && devices.test_trouble) {
    printer.advice = words_of(*devices.test_trouble);
  }
  return printer;
}

DeviceRow DeviceDesk::drawer_row(const Lane::Devices& devices) const {
  if (!devices.drawer) return row(Device::drawer, {"till.check.drawer"}, plain_stand(DeviceState::none));
  Stand stand{"till.devices.drawer_unknown", Tone::quiet};
  const auto position = hand_.lane().drawer_position();
  if (position == CashDrawer::Position::open) stand = {"till.check.drawer_open", Tone::warning};
  if (position == CashDrawer::Position::closed) stand = {"till.devices.drawer_closed", Tone::good};
  DeviceRow drawer = row(Device::drawer, {"till.check.drawer"}, stand);
  drawer.note = {"till.devices.drawer_note"};
  return drawer;
}

DeviceRow DeviceDesk::scale_row() const {
  const ScaleReading reading = hand_.lane().weight();
  const ScaleWords words = scale_words(reading);
  const bool none = reading.state == ScaleReading::State::none;
  const bool weighs = reading.state == ScaleReading::State::moving;
  DeviceRow scale = row(Device::scale, {"till.check.scale"},
                        {words.state, none                      ? Tone::quiet
                                      : words.settled || weighs ? Tone::good
                                                                : Tone::warning});
  scale.figure = words.weight;
  if (!none) scale.note = {"till.devices.scale_hint"};
  return scale;
}

DeviceRow DeviceDesk::display_row(const Lane::Devices& devices) const {
  DeviceRow display = row(Device::display, {"till.devices.display"}, plain_stand(devices.display));
  if (devices.display == DeviceState::none) return display;
  display.note = {devices.test_shown ? "till.devices.shown" : "till.devices.show_hint"};
  if (not_shown_) display.note = words_of(*not_shown_);
  return display;
}

bool DeviceDesk::act(Action action) {
  switch (action) {
    case Action::print_test:
      attempt(hand_.lane().print_test(), not_printed_);
      return true;
    case Action::show_test:
      attempt(hand_.lane().show_test(), not_shown_);
      return true;
    default:
      return false;
  }
}

void DeviceDesk::attempt(const Result<void>& tried, std::optional<Error>& refused) {
  refused.reset();
  if (!tried) refused = tried.error();
  hand_.sound(tried ? Sound::ok : Sound::attention);
}

// Badges let people in and payment codes are worth money: neither is for the eyes of whoever stands by.
bool DeviceDesk::scan(const DetectedScan& scan) {
  const auto badge = hand_.lane().badge_owner(scan.data);
  if (badge || badge.error().code != "access.unknown_badge") {
    read_ = Read{{}, {"till.devices.kind.badge"}};
    hand_.sound(Sound::ok);
    return true;
  }
  barcode::DecodeContext context;
  context.now = hand_.lane().now();
  context.partners_required = false;  // as the register reads them
  if (const auto& store = hand_.lane().profile()) {
    context.layouts = store->layouts;
    context.currency = store->currency;
  }
  const auto decoded = barcode::decode(scan.data, scan.symbology, context);
  if (!decoded) {
    read_ = Read{scan.data, words_of(decoded.error()), false};
    hand_.sound(Sound::attention);
    return true;
  }
  const bool secret = decoded->kind == barcode::DecodedScan::Kind::payment_code;
  read_ = Read{secret ? std::string() : decoded->raw,
               {"till.devices.kind." + json::to_value(decoded->kind).get<std::string>()}};
  hand_.sound(Sound::ok);
  return true;
}

}  // namespace lanekeeper::till::ui
