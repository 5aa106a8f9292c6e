// Certificates of devices end after a year; a device that is enrolled gets the next one by itself. The one it has goes
// on to count until it used the new one, and a little longer for what is under way (DeviceService), so that an answer
// that is lost locks nobody out. A device whose certificate has ended has to be paired again.
#pragma once

#include <cstdint>

#include "protocol/certificate_messages.h"
#include "services/certificate_issuer.h"
#include "services/principal.h"
#include "services/service_context.h"

namespace lanekeeper::services {

class RenewalService {
 public:
  static constexpr std::int64_t repeat_ms = 24LL * 60 * 60 * 1000;  // the same key gets the same certificate
  static constexpr std::int64_t max_per_day = 5;

  // issuer outlives the service.
  RenewalService(ServiceContext context, const CertificateIssuer& issuer) : context_(context), issuer_(issuer) {}

  // Any enrolled device, for itself. Audited. Afterwards call DeviceService::refresh(). access.not_enrolled,
  // tls.bad_csr, device.key_taken (another device has or had this key), device.renewed_too_often (detail "seconds").
  [[nodiscard]] Result<protocol::RenewedCertificate> renew(const Principal& principal,
                                                           const protocol::CertificateRenewal& request);

 private:
  ServiceContext context_;
  const CertificateIssuer& issuer_;
};

}  // namespace lanekeeper::services
