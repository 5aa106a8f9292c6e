// Tables device and enrolment.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "journal/chain.h"
#include "protocol/messages.h"
#include "storage/connection.h"

namespace lanekeeper::storage {

struct DeviceRecord {
  std::string id;
  protocol::DeviceKind kind = protocol::DeviceKind::till;
  std::string name;
  std::int64_t till = 0;  // 0 for a back office
  journal::PublicKey public_key{};
  std::string certificate_serial;
  std::string software;
  std::int64_t approved_by = 0;
  ZonedTime enrolled_at;
  std::optional<Instant> revoked_at;
  std::optional<ZonedTime> last_contact;
  std::string address;
  Instant certificate_expires_at{std::numeric_limits<std::int64_t>::max()};  // only written, with a new device
};

// A certificate that a device was given.
struct CertificateRecord {
  std::string serial;
  journal::PublicKey public_key{};
  ZonedTime issued_at;
  Instant expires_at;
  std::optional<Instant> ends_at;  // before that: it was replaced
  std::string pem;                 // empty for the first one of a device
  std::string device_id;           // not needed for renew()
};

struct EnrolmentRecord {
  std::string id;
  journal::Hash poll_secret_hash{};
  std::string code;
  protocol::EnrolmentState state = protocol::EnrolmentState::waiting;
  std::int64_t wrong_codes = 0;
  protocol::DeviceKind kind = protocol::DeviceKind::till;
  std::string device_name;
  std::string address;
  std::string software;
  journal::PublicKey public_key{};
  ZonedTime asked_at;
  Instant expires_at;
  std::string device_id;  // from here on when approved
  std::int64_t till = 0;
  std::string certificate_pem;
};

class DeviceRepository {
 public:
  DeviceRepository(Connection& connection, std::int64_t store_id) : connection_(connection), store_id_(store_id) {}

  [[nodiscard]] std::vector<DeviceRecord> devices();
  [[nodiscard]] std::optional<DeviceRecord> device(const std::string& id);  // locked until the commit
  // All keys of all devices that ever were this till, those revoked or replaced too; newest first.
  [[nodiscard]] std::vector<journal::PublicKey> keys_of_till(std::int64_t till);
  // Tills whose number a device that counts has now.
  [[nodiscard]] std::vector<std::int64_t> tills_in_use();
  // Whoever gives out numbers of tills does it alone, until the commit.
  void lock_numbers();
  [[nodiscard]] std::int64_t next_till();   // one above the highest that was ever used
  void insert(const DeviceRecord& device);  // with its first certificate

  // Of devices that are not revoked.
  [[nodiscard]] std::vector<CertificateRecord> certificates();
  // Of one device, issued at that moment or later, oldest first.
  [[nodiscard]] std::vector<CertificateRecord> certificates_since(const std::string& device_id, Instant since);
  [[nodiscard]] std::vector<journal::PublicKey> keys_of_device(const std::string& device_id);
  // Devices that have or had this key.
  [[nodiscard]] std::vector<std::string> owners_of_key(const journal::PublicKey& key);
  // Adds a certificate; its key is the device's from now on.
  void renew(const std::string& device_id, const CertificateRecord& certificate);
  void end_certificate(const std::string& serial, Instant at);
  void revoke(const std::string& id, Instant at);
  void revoke_till(std::int64_t till, Instant at);
  void save_contact(const std::string& id, const ZonedTime& at, const std::string& address);

  // Enrolments; those that ended more than a day before now are forgotten when a new one is made.
  void insert(const EnrolmentRecord& enrolment, Instant now);
  [[nodiscard]] std::int64_t count_waiting(Instant now);
  [[nodiscard]] std::vector<EnrolmentRecord> waiting(Instant now);
  [[nodiscard]] std::optional<EnrolmentRecord> enrolment(const std::string& id);  // locked until the commit
  [[nodiscard]] std::optional<EnrolmentRecord> read_enrolment(const std::string& id);
  void save(const EnrolmentRecord& enrolment);  // state, wrong codes, device, till, certificate

 private:
  void add_certificate(const std::string& device_id, const CertificateRecord& certificate);

  Connection& connection_;
  std::int64_t store_id_;
};

}  // namespace lanekeeper::storage
