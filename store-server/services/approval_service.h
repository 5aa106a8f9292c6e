// Requests of tills to be allowed something by somebody who is not there: kept here, shown in back offices and at other
// tills, answered by the first who may.
#pragma once

#include "access/permissions.h"
#include "protocol/lane_messages.h"
#include "services/principal.h"
#include "services/service_context.h"

namespace lanekeeper::services {

class ApprovalService {
 public:
  static constexpr std::int64_t waits_ms = 5 * 60 * 1000;  // then it is over: nobody stands at the till any more
  static constexpr std::int64_t max_list = 200;

  explicit ApprovalService(const ServiceContext& context) : context_(context) {}

  // For tills. The same id again answers with how it stands. approval.bad_request (detail "at")
  [[nodiscard]] Result<protocol::ApprovalStatus> ask(const Principal& principal, protocol::ApprovalRequest request);
  // For tills, any: approval.unknown
  [[nodiscard]] Result<protocol::ApprovalStatus> status(const Principal& principal, const Uuid& id);
  // For devices: those that wait, oldest first.
  [[nodiscard]] Result<protocol::ApprovalList> list(const Principal& principal);
  // For the till that asked. How it stands then: somebody may have been faster.
  [[nodiscard]] Result<protocol::ApprovalStatus> withdraw(const Principal& principal, const Uuid& id);

  // The first answer counts, and is in the audit trail. approvals_answer, and of the request: its permission and
  // limits. Errors: approval.unknown, approval.same_person, access.forbidden (detail "permission"),
  // approval.over_limit, approval.expired, approval.answered (details "name", "state"). By a person at a back office:
  [[nodiscard]] Result<protocol::ApprovalStatus> answer(const Principal& principal, const Uuid& id, bool granted);
  // By a till, where that person has shown who they are. The same; access.forbidden also for people who are gone.
  [[nodiscard]] Result<protocol::ApprovalStatus> answer_at_till(const Principal& principal, const Uuid& id,
                                                                const protocol::ApprovalAnswer& answer);

 private:
  [[nodiscard]] Result<protocol::ApprovalStatus> settle(const Principal& principal, const Uuid& id, bool granted);
  [[nodiscard]] std::int64_t oldest_waiting_ms() const;

  ServiceContext context_;
};

// Whether a request is within what the role may allow: nothing, access.forbidden or approval.over_limit.
[[nodiscard]] Result<void> may_grant(access::Role role, const protocol::ApprovalRequest& request);

}  // namespace lanekeeper::services
