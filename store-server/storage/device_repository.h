// Tables device and enrolment.
#pragma once

#include <cstdint>
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
  // Keys of all devices that ever were this till, those revoked or replaced too.
  [[nodiscard]] std::vector<journal::PublicKey> keys_of_till(std::int64_t till);
  // Tills whose number a device that counts has now.
  [[nodiscard]] std::vector<std::int64_t> tills_in_use();
  // Whoever gives out numbers of tills does it alone, until the commit.
  void lock_numbers();
  [[nodiscard]] std::int64_t next_till();  // one above the highest that was ever used
  void insert(const DeviceRecord& device);
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
  Connection& connection_;
  std::int64_t store_id_;
};

}  // namespace lanekeeper::storage
