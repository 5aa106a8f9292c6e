// The enrolled machines: which certificates count, who is connected, what they last said.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "protocol/messages.h"
#include "services/principal.h"
#include "services/service_context.h"

namespace lanekeeper::services {

class DeviceService {
 public:
  static constexpr std::int64_t store_contact_every_ms = 60'000;  // last contacts reach the database this often
  // A certificate goes on to count that long after a newer one of the same device was used first.
  static constexpr std::int64_t overlap_ms = 15 * 60 * 1000;

  explicit DeviceService(ServiceContext context);
  ~DeviceService();
  DeviceService(const DeviceService&) = delete;
  DeviceService& operator=(const DeviceService&) = delete;

  // Reads the devices: once before the first authenticate(), and again after an enrolment was approved. Devices that
  // were revoked or replaced meanwhile are told by ChangeSink::device_revoked.
  void refresh();

  // The allow-list, in memory, quick: may be called on an io thread. access.not_enrolled: no such certificate, or the
  // device was revoked or replaced. access.certificate_ended: it expired, or the device has used a newer one meanwhile.
  // serial_hex as net::CertificateInfo has it.
  [[nodiscard]] Result<DeviceIdentity> authenticate(const std::string& serial_hex) const;
  // A connection was made with this certificate: the older ones of the device will end. In memory, quick.
  void came_with(const std::string& serial_hex);

  // From http and the push hub, in memory, quick; ChangeSink::device_changed is called when something that a person
  // would see changed.
  void connected(const std::string& device_id, const std::string& address);
  void disconnected(const std::string& device_id);
  void heard(const std::string& device_id, const protocol::TillStatus& status);
  void contacted(const std::string& device_id, const std::string& address);  // any request

  // devices_read
  [[nodiscard]] Result<protocol::DevicePage> list(const Principal& principal);
  // devices_approve. device.not_found. Takes effect at once: ChangeSink::device_revoked.
  [[nodiscard]] Result<void> revoke(const Principal& principal, const std::string& device_id);

  // Writes the last contacts and the ends of certificates that changed; the server calls it every
  // store_contact_every_ms, and at the end.
  void store_contacts();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace lanekeeper::services
