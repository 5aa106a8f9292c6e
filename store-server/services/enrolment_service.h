// How a machine nobody knows becomes a till or a back office: it asks, shows a code, a person with the right types the
// same code, it fetches its certificate. Requests are stored, so a restart of the server loses none.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "journal/chain.h"
#include "protocol/journal_messages.h"
#include "protocol/messages.h"
#include "services/certificate_issuer.h"
#include "services/principal.h"
#include "services/service_context.h"

namespace lanekeeper::storage {
struct EnrolmentRecord;
struct TillHead;
}  // namespace lanekeeper::storage

namespace lanekeeper::services {

class EnrolmentService {
 public:
  static constexpr std::int64_t valid_ms = 10 * 60 * 1000;
  static constexpr std::int64_t max_waiting = 20;  // enrolment.too_many
  static constexpr std::int64_t max_wrong_codes = 5;
  static constexpr std::size_t max_requests_per_address = 5;  // within valid_ms, forgotten when one is admitted;
  // enrolment.too_often (detail "seconds")

  // issuer outlives the service; server_key is told to devices, it signs acknowledgements.
  EnrolmentService(ServiceContext context, const CertificateIssuer& issuer, const journal::PublicKey& server_key);

  // Nobody needs to be known for these two; principal gives the address only.
  // enrolment.bad_name, enrolment.too_many, enrolment.too_often, tls.bad_csr
  [[nodiscard]] Result<protocol::EnrolmentTicket> request(const Principal& principal,
                                                          const protocol::EnrolmentRequest& request);
  // enrolment.not_found: also for a wrong secret. When the answer is "approved", call DeviceService::refresh(): another
  // process (the command line) may have approved.
  [[nodiscard]] Result<protocol::EnrolmentStatus> poll(const std::string& enrolment_id, const std::string& poll_secret);

  // How far this till's journal has come here.
  [[nodiscard]] Result<protocol::JournalPosition> journal_position(const Principal& principal);

  // devices_approve. After an approval call DeviceService::refresh().
  [[nodiscard]] Result<protocol::WaitingDevices> waiting(const Principal& principal);
  // enrolment.not_found, enrolment.wrong_code (detail "left"), enrolment.expired, enrolment.till_taken (detail "till"),
  // enrolment.bad_till. A till whose number is not told gets the next free one.
  [[nodiscard]] Result<void> approve(const Principal& principal, const std::string& enrolment_id,
                                     const protocol::EnrolmentApproval& approval);
  [[nodiscard]] Result<void> reject(const Principal& principal, const std::string& enrolment_id);

  // For the first back office of a store, whom nobody can approve yet: whoever owns the server's machine approves by
  // the code alone, on its command line. enrolment.not_found when no waiting request has this code.
  [[nodiscard]] Result<void> approve_locally(const protocol::EnrolmentApproval& approval);

 private:
  [[nodiscard]] storage::TillHead head_of(storage::Connection& connection, std::int64_t till) const;
  Result<void> check_rate(const std::string& address, Instant now);
  Result<void> admit(storage::Connection& connection, storage::EnrolmentRecord& record, const Principal* principal,
                     const protocol::EnrolmentApproval& approval, const ZonedTime& now);

  ServiceContext context_;
  const CertificateIssuer& issuer_;
  journal::PublicKey server_key_;
  std::mutex mutex_;
  std::map<std::string, std::vector<Instant>> requests_by_address_;  // guarded by mutex_, forgotten after valid_ms
};

}  // namespace lanekeeper::services
