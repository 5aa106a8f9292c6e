// When the till's certificate is renewed, and what of the server's answer is believed. Private to this room; pure.
#pragma once

#include "link/device_identity.h"
#include "protocol/certificate_messages.h"

namespace lanekeeper::till {

// When two thirds of its life are over, so that a store whose server is away for months is not locked out. One that
// cannot be read is not due: nothing that this till could say would help it.
[[nodiscard]] bool renewal_is_due(const Enrolment& enrolment, Instant now);

// The enrolment with its new certificate. link.other_store (another CA), link.bad_certificate (not for this till's key,
// or not newer than the one it has).
[[nodiscard]] Result<Enrolment> with_new_certificate(const Enrolment& enrolment, const journal::PublicKey& own_key,
                                                     const protocol::RenewedCertificate& renewed);

}  // namespace lanekeeper::till
