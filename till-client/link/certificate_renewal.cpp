#include "link/certificate_renewal.h"

#include "net/x509.h"

namespace lanekeeper::till {

bool renewal_is_due(const Enrolment& enrolment, Instant now) {
  const auto own = net::parse_certificate(enrolment.certificate_pem);
  if (!own) return false;
  const auto life_ms = own->not_after.unix_ms - own->not_before.unix_ms;
  return now.unix_ms >= own->not_before.unix_ms + life_ms / 3 * 2;
}

Result<Enrolment> with_new_certificate(const Enrolment& enrolment, const journal::PublicKey& own_key,
                                       const protocol::RenewedCertificate& renewed) {
  if (renewed.ca_pem != enrolment.ca_pem) {
    return fail("link.other_store", "Another store answered than the one this till asked. Check the server's address.");
  }
  const auto fresh = net::parse_certificate(renewed.certificate_pem);
  const auto own = net::parse_certificate(enrolment.certificate_pem);
  const bool usable = fresh && fresh->public_key == own_key && (!own || fresh->not_after > own->not_after);
  if (!usable) {
    return fail("link.bad_certificate",
                "The server renewed this till's certificate with one that cannot be used. Update the server.");
  }
  auto changed = enrolment;
  changed.certificate_pem = renewed.certificate_pem;
  return changed;
}

}  // namespace lanekeeper::till
