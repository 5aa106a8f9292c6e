// Machines of the store as the server and its people see them: tills and back offices.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/json_codec.h"
#include "catalogue/item.h"
#include "money/money.h"

namespace lanekeeper::protocol {

enum class DeviceKind { till, backoffice };

// Sent by tills over the push channel every few seconds and when something changes.
struct TillStatus {
  std::int64_t till = 0;
  std::string software;
  std::string cashier;  // name, empty when nobody is signed in
  catalogue::Version catalogue_version = 0;
  std::int64_t store_version = 0;
  std::int64_t unsent = 0;  // entries in the outbox
  Money unsent_amount;
  std::int64_t parked = 0;                           // poison entries
  std::string printer;                               // "ok", "absent", "error", "none"
  std::optional<std::int64_t> shift = std::nullopt;  // number of the one that is open
};
template <class V>
void describe(V& visit, TillStatus& s) {
  visit("till", s.till);
  visit("software", s.software);
  visit("cashier", s.cashier);
  visit("catalogue_version", s.catalogue_version);
  visit("store_version", s.store_version);
  visit("unsent", s.unsent);
  visit("unsent_amount", s.unsent_amount);
  visit("parked", s.parked);
  visit("printer", s.printer);
  visit("shift", s.shift);
}
// GET /v1/devices; POST /v1/devices/{device_id}/revocation (no body): its certificate counts no more, from now on
struct DeviceRow {
  std::string device_id;
  DeviceKind kind = DeviceKind::till;
  std::string name;
  std::int64_t till = 0;
  bool connected = false;
  bool revoked = false;
  std::optional<ZonedTime> last_contact;
  std::string address;
  std::optional<TillStatus> status;  // the last one heard
};
template <class V>
void describe(V& visit, DeviceRow& d) {
  visit("device_id", d.device_id);
  visit("kind", d.kind);
  visit("name", d.name);
  visit("till", d.till);
  visit("connected", d.connected);
  visit("revoked", d.revoked);
  visit("last_contact", d.last_contact);
  visit("address", d.address);
  visit("status", d.status);
}
struct DevicePage {
  std::vector<DeviceRow> devices;
};
template <class V>
void describe(V& visit, DevicePage& p) {
  visit("devices", p.devices);
}

}  // namespace lanekeeper::protocol

namespace lanekeeper::json {
template <>
struct EnumNames<protocol::DeviceKind> {
  static constexpr std::pair<protocol::DeviceKind, std::string_view> names[] = {
      {protocol::DeviceKind::till, "till"}, {protocol::DeviceKind::backoffice, "backoffice"}};
};
}  // namespace lanekeeper::json
