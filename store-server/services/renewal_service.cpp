#include "services/renewal_service.h"

#include <algorithm>

#include "services/audit_trail.h"
#include "storage/connection.h"
#include "storage/device_repository.h"

namespace lanekeeper::services {

namespace {

constexpr std::size_t max_csr = 4096;  // bytes

std::string common_name(const storage::DeviceRecord& device) {
  const std::string role =
      device.kind == protocol::DeviceKind::till ? "till-" + std::to_string(device.till) : "backoffice";
  return role + "-" + device.id;
}

json::Value trace_of(const std::string& fingerprint, const std::string& serial) {
  auto value = json::Value::object();
  value["fingerprint"] = fingerprint;
  value["serial"] = serial;
  return value;
}

}  // namespace

Result<protocol::RenewedCertificate> RenewalService::renew(const Principal& principal,
                                                           const protocol::CertificateRenewal& request) {
  const auto identity = require_device(principal);
  if (!identity) return fail(identity.error());
  if (request.csr_pem.size() > max_csr) return fail("tls.bad_csr", "The certificate request is too long. Start again.");
  const auto csr = issuer_.read_request(request.csr_pem);
  if (!csr) return fail(csr.error());
  const auto now = context_.clock.now();
  const auto answer = [&](const std::string& pem, Instant expires) {
    return protocol::RenewedCertificate{pem, issuer_.ca_pem(), {expires, now.utc_offset_min}};
  };
  return context_.database.transact([&](storage::Connection& connection) -> Result<protocol::RenewedCertificate> {
    storage::DeviceRepository devices(connection, context_.store_id);
    const auto device = devices.device(identity->id);
    if (!device || device->revoked_at) {
      return fail("access.not_enrolled", "This device is not enrolled, or no longer. Pair it with the store.");
    }
    const auto owners = devices.owners_of_key(csr->public_key);
    if (!owners.empty() && std::find(owners.begin(), owners.end(), device->id) == owners.end()) {
      return fail("device.key_taken", "Another device has this key. Make a new one and ask again.");
    }
    const auto lately = devices.certificates_since(device->id, {now.instant.unix_ms - repeat_ms});
    for (const auto& given : lately) {
      const bool same = given.public_key == csr->public_key && !given.pem.empty() && !given.ends_at;
      if (same && given.serial == device->certificate_serial) return answer(given.pem, given.expires_at);
    }
    if (static_cast<std::int64_t>(lately.size()) >= max_per_day) {
      const auto wait_ms = lately.front().issued_at.instant.unix_ms + repeat_ms - now.instant.unix_ms;
      return fail("device.renewed_too_often", "This device renewed its certificate too often. Wait, then try again.",
                  {{"seconds", std::to_string((wait_ms + 999) / 1000)}});
    }
    const auto issued = issuer_.issue(csr->public_key, common_name(*device));
    devices.renew(device->id,
                  {issued.serial_hex, csr->public_key, now, issued.expires_at, std::nullopt, issued.pem, device->id});
    auto after = trace_of(issuer_.fingerprint(csr->public_key), issued.serial_hex);
    after["expires_at"] = ZonedTime{issued.expires_at, now.utc_offset_min}.to_string();
    AuditTrail::add(connection, context_, &principal,
                    {"device.renew", "device " + device->id,
                     trace_of(issuer_.fingerprint(device->public_key), device->certificate_serial), std::move(after)});
    return answer(issued.pem, issued.expires_at);
  });
}

}  // namespace lanekeeper::services
