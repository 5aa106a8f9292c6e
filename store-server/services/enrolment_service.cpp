#include "services/enrolment_service.h"

#include <algorithm>

#include "base/text.h"
#include "services/audit_trail.h"
#include "services/secret_text.h"
#include "storage/connection.h"
#include "storage/device_repository.h"
#include "storage/journal_repository.h"

namespace lanekeeper::services {

namespace {

using protocol::EnrolmentState;
using storage::DeviceRepository;
using storage::EnrolmentRecord;

constexpr std::size_t max_name = 64;         // characters of a host name, and of a software version
constexpr std::size_t max_csr = 4096;        // bytes
constexpr std::size_t max_addresses = 1000;  // remembered for the rate limit
constexpr std::int64_t max_till = 9999;

tl::unexpected<Error> not_found() {
  return fail("enrolment.not_found", "There is no such request any more. Start pairing again at the device.");
}

bool is_plain_name(const std::string& name) {
  const bool printable =
      std::none_of(name.begin(), name.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; });
  return !trim(name).empty() && is_valid_utf8(name) && printable && to_utf32(name).size() <= max_name;
}

EnrolmentState state_now(const EnrolmentRecord& record, Instant now) {
  const bool over = record.state == EnrolmentState::waiting && record.expires_at <= now;
  return over ? EnrolmentState::expired : record.state;
}

Result<void> must_wait(const EnrolmentRecord& record, Instant now) {
  if (state_now(record, now) == EnrolmentState::waiting) return {};
  if (record.state == EnrolmentState::waiting) {
    return fail("enrolment.expired", "The code is too old. Start pairing again at the device.");
  }
  return not_found();
}

// Which till it becomes; 0 for a back office.
Result<std::int64_t> choose_till(DeviceRepository& devices, const EnrolmentRecord& record,
                                 const protocol::EnrolmentApproval& approval) {
  if (record.kind != protocol::DeviceKind::till) return 0;
  devices.lock_numbers();
  if (!approval.till) return devices.next_till();
  const auto till = *approval.till;
  if (till < 1 || till > max_till) {
    return fail("enrolment.bad_till", "A till number lies between 1 and 9999. Choose another one.",
                {{"till", std::to_string(till)}});
  }
  const auto in_use = devices.tills_in_use();
  if (!approval.replace && std::find(in_use.begin(), in_use.end(), till) != in_use.end()) {
    return fail("enrolment.till_taken",
                "This till number is in use. Choose another one, or say that the device replaces the old one.",
                {{"till", std::to_string(till)}});
  }
  return till;
}

std::string common_name(const EnrolmentRecord& record, std::int64_t till, const std::string& device_id) {
  const std::string role = record.kind == protocol::DeviceKind::till ? "till-" + std::to_string(till) : "backoffice";
  return role + "-" + device_id;
}

}  // namespace

EnrolmentService::EnrolmentService(ServiceContext context, const CertificateIssuer& issuer,
                                   const journal::PublicKey& server_key)
    : context_(context), issuer_(issuer), server_key_(server_key) {}

Result<void> EnrolmentService::check_rate(const std::string& address, Instant now) {
  const std::lock_guard lock(mutex_);
  for (auto entry = requests_by_address_.begin(); entry != requests_by_address_.end();) {
    std::erase_if(entry->second, [&](Instant at) { return at.unix_ms + valid_ms <= now.unix_ms; });
    entry = entry->second.empty() ? requests_by_address_.erase(entry) : std::next(entry);
  }
  auto& requests = requests_by_address_[address];
  if (requests.size() >= max_requests_per_address || requests_by_address_.size() > max_addresses) {
    const auto wait_ms = requests.empty() ? valid_ms : requests.front().unix_ms + valid_ms - now.unix_ms;
    if (requests.empty()) requests_by_address_.erase(address);
    return fail("enrolment.too_often", "This device asked too often. Wait before asking again.",
                {{"seconds", std::to_string((wait_ms + 999) / 1000)}});
  }
  requests.push_back(now);
  return {};
}

Result<protocol::EnrolmentTicket> EnrolmentService::request(const Principal& principal,
                                                            const protocol::EnrolmentRequest& request) {
  const auto now = context_.clock.now();
  if (!is_plain_name(request.device_name) || to_utf32(request.software).size() > max_name) {
    return fail("enrolment.bad_name", "The device's name is empty, too long or not plain text. Give it another one.");
  }
  if (auto rate = check_rate(principal.address, now.instant); !rate) return fail(std::move(rate.error()));
  if (request.csr_pem.size() > max_csr) return fail("tls.bad_csr", "The certificate request is too long. Start again.");
  const auto csr = issuer_.read_request(request.csr_pem);
  if (!csr) return fail(csr.error());

  EnrolmentRecord record;
  record.id = Uuid::make_v7(now.instant.unix_ms, context_.random).to_string();
  const auto secret = make_secret(context_.random);
  record.poll_secret_hash = hash_of_secret(secret);
  record.code = make_code(context_.random);
  record.kind = request.kind;
  record.device_name = std::string(trim(request.device_name));
  record.address = principal.address.substr(0, max_name);
  record.software = sanitize_utf8(request.software);
  record.public_key = csr->public_key;
  record.asked_at = now;
  record.expires_at = {now.instant.unix_ms + valid_ms};
  auto stored = context_.database.transact([&](storage::Connection& connection) -> Result<void> {
    DeviceRepository devices(connection, context_.store_id);
    if (devices.count_waiting(now.instant) >= max_waiting) {
      return fail("enrolment.too_many", "Too many devices wait for approval. Approve or reject some first.");
    }
    devices.insert(record, now.instant);
    return {};
  });
  if (!stored) return fail(std::move(stored.error()));
  context_.changes.enrolment_changed();
  return protocol::EnrolmentTicket{
      record.id, secret, record.code, issuer_.fingerprint(record.public_key), {record.expires_at, now.utc_offset_min}};
}

Result<protocol::EnrolmentStatus> EnrolmentService::poll(const std::string& enrolment_id,
                                                         const std::string& poll_secret) {
  const auto now = context_.clock.now().instant;
  return context_.database.transact([&](storage::Connection& connection) -> Result<protocol::EnrolmentStatus> {
    const auto record = DeviceRepository(connection, context_.store_id).read_enrolment(enrolment_id);
    // Hashed and compared in any case, so that a wrong id takes as long as a wrong secret.
    const auto expected = record ? record->poll_secret_hash : journal::Hash{};
    const bool same = equal_in_constant_time(hash_of_secret(poll_secret), expected);
    if (!record || !same) return not_found();
    protocol::EnrolmentStatus status;
    status.state = state_now(*record, now);
    if (status.state != EnrolmentState::approved) return status;
    status.certificate_pem = record->certificate_pem;
    status.ca_pem = issuer_.ca_pem();
    status.device_id = record->device_id;
    status.server_public_key = to_hex(ByteView(server_key_.data(), server_key_.size()));
    if (record->kind == protocol::DeviceKind::till) {
      status.till = record->till;
      const auto at = head_of(connection, record->till);
      status.last_sequence = at.last_sequence;
      status.last_receipt_number = at.last_receipt_number;
      status.last_hash = at.last_hash;
      status.last_shift = at.last_shift;
    }
    return status;
  });
}

storage::TillHead EnrolmentService::head_of(storage::Connection& connection, std::int64_t till) const {
  return storage::JournalRepository(connection, context_.store_id).head(till).value_or(storage::TillHead{});
}

Result<protocol::JournalPosition> EnrolmentService::journal_position(const Principal& principal) {
  const auto device = require_till(principal);
  if (!device) return fail(device.error());
  return context_.database.transact([&](storage::Connection& connection) {
    const auto at = head_of(connection, device->till);
    return protocol::JournalPosition{at.last_sequence, at.last_receipt_number, at.last_shift, at.last_hash};
  });
}

Result<protocol::WaitingDevices> EnrolmentService::waiting(const Principal& principal) {
  if (auto allowed = require(principal, access::Permission::devices_approve); !allowed) {
    return fail(std::move(allowed.error()));
  }
  const auto now = context_.clock.now();
  return context_.database.transact([&](storage::Connection& connection) {
    DeviceRepository devices(connection, context_.store_id);
    const auto next = devices.next_till();
    protocol::WaitingDevices list;
    for (const auto& record : devices.waiting(now.instant)) {
      const bool till = record.kind == protocol::DeviceKind::till;
      list.devices.push_back({record.id, record.kind, record.device_name, record.address,
                              issuer_.fingerprint(record.public_key), record.software, record.asked_at,
                              ZonedTime{record.expires_at, now.utc_offset_min}, till ? next : 0});
    }
    return list;
  });
}

Result<void> EnrolmentService::approve(const Principal& principal, const std::string& enrolment_id,
                                       const protocol::EnrolmentApproval& approval) {
  if (auto allowed = require(principal, access::Permission::devices_approve); !allowed) return allowed;
  const auto now = context_.clock.now();
  std::optional<Error> wrong_code;
  auto done = context_.database.transact([&](storage::Connection& connection) -> Result<void> {
    wrong_code.reset();
    DeviceRepository devices(connection, context_.store_id);
    auto record = devices.enrolment(enrolment_id);
    if (!record) return not_found();
    if (auto waits = must_wait(*record, now.instant); !waits) return waits;
    if (!equal_in_constant_time(hash_of_secret(record->code), hash_of_secret(approval.code))) {
      ++record->wrong_codes;
      const auto left = max_wrong_codes - record->wrong_codes;
      if (left <= 0) record->state = EnrolmentState::rejected;
      devices.save(*record);
      // The count has to be kept, so this refusal commits.
      wrong_code = Error{"enrolment.wrong_code",
                         "The code is not the one that the device shows. Compare it again.",
                         {{"left", std::to_string(left)}}};
      return {};
    }
    return admit(connection, *record, &principal, approval, now);
  });
  if (done || wrong_code) context_.changes.enrolment_changed();
  if (wrong_code) return fail(std::move(*wrong_code));
  return done;
}

Result<void> EnrolmentService::approve_locally(const protocol::EnrolmentApproval& approval) {
  const auto now = context_.clock.now();
  auto done = context_.database.transact([&](storage::Connection& connection) -> Result<void> {
    DeviceRepository devices(connection, context_.store_id);
    for (const auto& waiting : devices.waiting(now.instant)) {
      if (waiting.code != approval.code) continue;
      auto record = devices.enrolment(waiting.id);
      if (record && record->state == EnrolmentState::waiting) return admit(connection, *record, nullptr, approval, now);
    }
    return not_found();
  });
  if (done) context_.changes.enrolment_changed();
  return done;
}

Result<void> EnrolmentService::admit(storage::Connection& connection, storage::EnrolmentRecord& record,
                                     const Principal* principal, const protocol::EnrolmentApproval& approval,
                                     const ZonedTime& now) {
  DeviceRepository devices(connection, context_.store_id);
  const auto till = choose_till(devices, record, approval);
  if (!till) return fail(till.error());
  storage::DeviceRecord device;
  device.id = Uuid::make_v7(now.instant.unix_ms, context_.random).to_string();
  device.kind = record.kind;
  device.name = record.device_name;
  device.till = *till;
  device.public_key = record.public_key;
  device.software = record.software;
  device.approved_by = principal != nullptr && principal->staff ? principal->staff->id : 0;
  device.enrolled_at = now;
  device.address = record.address;
  const auto certificate = issuer_.issue(record.public_key, common_name(record, *till, device.id));
  device.certificate_serial = certificate.serial_hex;
  device.certificate_expires_at = certificate.expires_at;
  if (*till != 0) devices.revoke_till(*till, now.instant);
  devices.insert(device);
  record.state = EnrolmentState::approved;
  record.device_id = device.id;
  record.till = *till;
  record.certificate_pem = certificate.pem;
  devices.save(record);
  {
    // Somebody who is admitted was no flood: a back room where twenty tills are unpacked asks often.
    const std::lock_guard lock(mutex_);
    requests_by_address_.erase(record.address);
  }
  auto after = json::Value::object();
  after["device"] = device.id;
  after["kind"] = json::to_value(device.kind);
  after["name"] = device.name;
  after["till"] = device.till;
  after["replace"] = approval.replace;
  after["fingerprint"] = issuer_.fingerprint(device.public_key);
  AuditTrail::add(connection, context_, principal,
                  {"enrolment.approve", "enrolment " + record.id, json::Value::object(), std::move(after)});
  return {};
}

Result<void> EnrolmentService::reject(const Principal& principal, const std::string& enrolment_id) {
  if (auto allowed = require(principal, access::Permission::devices_approve); !allowed) return allowed;
  const auto now = context_.clock.now().instant;
  auto done = context_.database.transact([&](storage::Connection& connection) -> Result<void> {
    DeviceRepository devices(connection, context_.store_id);
    auto record = devices.enrolment(enrolment_id);
    if (!record) return not_found();
    if (auto waits = must_wait(*record, now); !waits) return waits;
    record->state = EnrolmentState::rejected;
    devices.save(*record);
    auto after = json::Value::object();
    after["name"] = record->device_name;
    AuditTrail::add(connection, context_, &principal,
                    {"enrolment.reject", "enrolment " + record->id, json::Value::object(), std::move(after)});
    return {};
  });
  if (done) context_.changes.enrolment_changed();
  return done;
}

}  // namespace lanekeeper::services
