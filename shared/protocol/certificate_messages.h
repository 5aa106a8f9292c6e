// A device renews its certificate before it ends (DeviceCertificates in the server gives them a year).
#pragma once

#include <string>

#include "base/json_codec.h"
#include "base/time.h"

namespace lanekeeper::protocol {

// POST /v1/certificate, with the certificate that still counts. The key of the request may be the device's own or a new
// one; whoever asks again for the same key within a day gets the same certificate.
struct CertificateRenewal {
  std::string csr_pem;  // PKCS#10, signed with the key that is to be certified
};
template <class V>
void describe(V& visit, CertificateRenewal& r) {
  visit("csr_pem", r.csr_pem);
}
struct RenewedCertificate {
  std::string certificate_pem;
  std::string ca_pem;
  ZonedTime expires_at;
};
template <class V>
void describe(V& visit, RenewedCertificate& c) {
  visit("certificate_pem", c.certificate_pem);
  visit("ca_pem", c.ca_pem);
  visit("expires_at", c.expires_at);
}

}  // namespace lanekeeper::protocol
