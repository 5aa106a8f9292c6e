#include "services/device_service.h"

#include <atomic>
#include <map>
#include <mutex>
#include <shared_mutex>
#include <unordered_map>
#include <vector>

#include "services/audit_trail.h"
#include "storage/connection.h"
#include "storage/device_repository.h"

namespace lanekeeper::services {

namespace {

constexpr std::size_t max_address = 64;

struct Device {
  storage::DeviceRecord record;
  int connections = 0;
  std::optional<protocol::TillStatus> status;
  bool contact_unsaved = false;
};

struct DeviceList {
  std::vector<storage::DeviceRecord> devices;
  std::vector<storage::CertificateRecord> certificates;  // of those that count
};

bool same_status(const std::optional<protocol::TillStatus>& a, const protocol::TillStatus& b) {
  return a && json::to_value(*a) == json::to_value(b);
}

protocol::DeviceRow row_of(const Device& device) {
  protocol::DeviceRow row;
  row.device_id = device.record.id;
  row.kind = device.record.kind;
  row.name = device.record.name;
  row.till = device.record.till;
  row.connected = device.connections > 0;
  row.revoked = device.record.revoked_at.has_value();
  row.last_contact = device.record.last_contact;
  row.address = device.record.address;
  row.status = device.status;
  return row;
}

}  // namespace

class DeviceService::Impl {
 public:
  explicit Impl(ServiceContext context) : context_(context) {}

  // To be drawn before the database is asked, see take().
  std::uint64_t draw_ticket() { return ++last_ticket_; }

  // Takes over what the database says; what is only known in memory stays. Returns who lost the right to come. An
  // answer to a question that was asked before one whose answer is here already is old news: a device that was revoked
  // meanwhile would come back with it.
  std::vector<std::string> take(DeviceList list, std::uint64_t ticket) {
    const std::unique_lock lock(mutex_);
    std::vector<std::string> revoked;
    if (ticket < taken_ticket_) return revoked;
    taken_ticket_ = ticket;
    auto& records = list.devices;
    take_certificates(std::move(list.certificates));
    for (auto& record : records) {
      auto& device = devices_[record.id];
      const bool counted = !device.record.id.empty() && !device.record.revoked_at;
      if (counted && record.revoked_at) revoked.push_back(record.id);
      if (device.contact_unsaved) {
        record.last_contact = device.record.last_contact;
        record.address = device.record.address;
      }
      device.record = std::move(record);
    }
    return revoked;
  }

  Result<DeviceIdentity> authenticate(const std::string& serial_hex) const {
    const auto now = context_.clock.now().instant;
    const std::shared_lock lock(mutex_);
    const auto found = by_serial_.find(serial_hex);
    if (found == by_serial_.end()) {
      return fail("access.not_enrolled", "This device is not enrolled, or no longer. Pair it with the store.");
    }
    const auto& certificate = found->second;
    if (certificate.expires_at <= now || (certificate.ends_at && *certificate.ends_at <= now)) {
      return fail("access.certificate_ended", "This certificate has ended. Connect with the device's newest one.");
    }
    const auto& record = devices_.at(certificate.device_id).record;
    return DeviceIdentity{record.id, record.kind, record.name, record.till};
  }

  void came_with(const std::string& serial_hex) {
    const Instant end{context_.clock.now().instant.unix_ms + overlap_ms};
    const std::unique_lock lock(mutex_);
    const auto found = by_serial_.find(serial_hex);
    if (found == by_serial_.end()) return;
    const auto& id = found->second.device_id;
    if (devices_.at(id).record.certificate_serial != serial_hex) return;  // not its newest
    for (auto& [serial, other] : by_serial_) {
      if (other.device_id != id || serial == serial_hex || other.ends_at) continue;
      other.ends_at = end;
      unsaved_ends_[serial] = end;
    }
  }

  std::map<std::string, Instant> take_unsaved_ends() {
    const std::unique_lock lock(mutex_);
    return std::exchange(unsaved_ends_, {});
  }

  // change(device) returns whether a person would see it.
  template <class F>
  void alter(const std::string& device_id, F&& change) {
    bool visible = false;
    {
      const std::unique_lock lock(mutex_);
      const auto found = devices_.find(device_id);
      if (found == devices_.end()) return;
      visible = change(found->second);
    }
    if (visible) context_.changes.device_changed(device_id);
  }

  void touch(Device& device, const std::string* address) {
    device.record.last_contact = context_.clock.now();
    if (address != nullptr) device.record.address = address->substr(0, max_address);
    device.contact_unsaved = true;
  }

  protocol::DevicePage page() const {
    const std::shared_lock lock(mutex_);
    protocol::DevicePage page;
    std::map<std::tuple<int, std::int64_t, std::int64_t, std::string>, const Device*> ordered;
    for (const auto& [id, device] : devices_) {
      const auto& record = device.record;
      ordered[{record.kind == protocol::DeviceKind::till ? 0 : 1, record.till, record.enrolled_at.instant.unix_ms,
               id}] = &device;
    }
    for (const auto& [key, device] : ordered) page.devices.push_back(row_of(*device));
    return page;
  }

  std::vector<storage::DeviceRecord> take_unsaved_contacts() {
    const std::unique_lock lock(mutex_);
    std::vector<storage::DeviceRecord> unsaved;
    for (auto& [id, device] : devices_) {
      if (device.contact_unsaved && device.record.last_contact) unsaved.push_back(device.record);
      device.contact_unsaved = false;
    }
    return unsaved;
  }

  ServiceContext context_;

 private:
  void take_certificates(std::vector<storage::CertificateRecord> certificates) {
    by_serial_.clear();
    for (auto& certificate : certificates) {
      const auto unsaved = unsaved_ends_.find(certificate.serial);
      if (unsaved != unsaved_ends_.end()) certificate.ends_at = unsaved->second;
      by_serial_[certificate.serial] = std::move(certificate);
    }
  }

  std::atomic<std::uint64_t> last_ticket_ = 0;
  mutable std::shared_mutex mutex_;
  std::uint64_t taken_ticket_ = 0;
  std::unordered_map<std::string, Device> devices_;
  std::unordered_map<std::string, storage::CertificateRecord> by_serial_;  // of devices that count
  std::map<std::string, Instant> unsaved_ends_;                            // by serial
};

DeviceService::DeviceService(ServiceContext context) : impl_(std::make_unique<Impl>(context)) {}
DeviceService::~DeviceService() = default;

void DeviceService::refresh() {
  const auto ticket = impl_->draw_ticket();
  auto list = impl_->context_.database.snapshot([&](storage::Connection& connection) {
    storage::DeviceRepository repository(connection, impl_->context_.store_id);
    return DeviceList{repository.devices(), repository.certificates()};
  });
  for (const auto& id : impl_->take(std::move(list), ticket)) {
    impl_->context_.changes.device_revoked(id);
    impl_->context_.changes.device_changed(id);
  }
}

Result<DeviceIdentity> DeviceService::authenticate(const std::string& serial_hex) const {
  return impl_->authenticate(serial_hex);
}

void DeviceService::came_with(const std::string& serial_hex) {
  impl_->came_with(serial_hex);
}

void DeviceService::connected(const std::string& device_id, const std::string& address) {
  impl_->alter(device_id, [&](Device& device) {
    impl_->touch(device, &address);
    return ++device.connections == 1;
  });
}

void DeviceService::disconnected(const std::string& device_id) {
  impl_->alter(device_id, [&](Device& device) {
    impl_->touch(device, nullptr);
    if (device.connections > 0) --device.connections;
    return device.connections == 0;
  });
}

void DeviceService::heard(const std::string& device_id, const protocol::TillStatus& status) {
  impl_->alter(device_id, [&](Device& device) {
    impl_->touch(device, nullptr);
    if (same_status(device.status, status)) return false;
    device.status = status;
    device.status->till = device.record.till;  // not what it says, but what it is
    return true;
  });
}

void DeviceService::contacted(const std::string& device_id, const std::string& address) {
  impl_->alter(device_id, [&](Device& device) {
    impl_->touch(device, &address);
    return false;
  });
}

Result<protocol::DevicePage> DeviceService::list(const Principal& principal) {
  if (auto allowed = require(principal, access::Permission::devices_read); !allowed) {
    return fail(std::move(allowed.error()));
  }
  return impl_->page();
}

Result<void> DeviceService::revoke(const Principal& principal, const std::string& device_id) {
  if (auto allowed = require(principal, access::Permission::devices_approve); !allowed) return allowed;
  const auto& context = impl_->context_;
  const auto now = context.clock.now().instant;
  auto done = context.database.transact([&](storage::Connection& connection) -> Result<void> {
    storage::DeviceRepository devices(connection, context.store_id);
    const auto device = devices.device(device_id);
    if (!device) return fail("device.not_found", "There is no such device. Reload the list.", {{"device", device_id}});
    if (device->revoked_at) return {};
    devices.revoke(device_id, now);
    auto before = json::Value::object();
    before["name"] = device->name;
    before["till"] = device->till;
    AuditTrail::add(connection, context, &principal,
                    {"device.revoke", "device " + device_id, std::move(before), json::Value::object()});
    return {};
  });
  if (done) refresh();
  return done;
}

void DeviceService::store_contacts() {
  const auto unsaved = impl_->take_unsaved_contacts();
  const auto ends = impl_->take_unsaved_ends();
  if (unsaved.empty() && ends.empty()) return;
  impl_->context_.database.transact([&](storage::Connection& connection) {
    storage::DeviceRepository devices(connection, impl_->context_.store_id);
    for (const auto& record : unsaved) devices.save_contact(record.id, *record.last_contact, record.address);
    for (const auto& [serial, end] : ends) devices.end_certificate(serial, end);
  });
}

}  // namespace lanekeeper::services
