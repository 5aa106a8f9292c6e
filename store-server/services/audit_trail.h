// The trail of sensitive acts: who, when, where, what before and after. Each record is bound to the one before by
// SHA-256, so that one that is changed or taken out shows.
//
//   hash(n) = SHA-256( "LKA1" || store as 8 bytes big endian || number as 8 bytes big endian || hash(n-1) ||
//                      canonical JSON of the record )          hash(0) = 32 zero bytes
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "journal/chain.h"
#include "protocol/messages.h"
#include "services/principal.h"
#include "services/service_context.h"

namespace lanekeeper::services {

// Acts: "enrolment.approve", "enrolment.reject", "device.revoke", "device.renew", "item.create", "item.change",
// "items.import", "staff.create", "staff.change", "session.sign_in", "session.failed", "store.change",
// "promotions.publish", "members.import", "recall.add", "recall.lift", "approval.grant", "approval.refuse",
// "store.till_policy", "store.receipt_template", "staff.badge", "staff.badge_removed", "staff.member", "shift.lost",
// "basket.untaken".
struct AuditAct {
  std::string act;
  std::string subject;  // what it was done to: "item 4711", "till 3"
  json::Value before = json::Value::object();
  json::Value after = json::Value::object();
};

struct AuditRecord {
  std::int64_t number = 0;
  ZonedTime at;
  std::int64_t staff = 0;  // 0: the server itself
  std::string staff_name;
  std::string device_id;
  std::string address;
  AuditAct act;
};

class AuditTrail {
 public:
  // Adds a record inside the caller's transaction, so that the act and its trace are one. principal nullptr: the server
  // itself. Locks the end of the trail until the commit: call it last.
  static void add(storage::Connection& connection, const ServiceContext& context, const Principal* principal,
                  const AuditAct& act);

  explicit AuditTrail(ServiceContext context) : context_(context) {}
  // In a transaction of its own, for acts that change nothing else (a failed sign-in).
  void add(const Principal* principal, const AuditAct& act);
  // staff_edit. Newest first, before: number of the last one that one has (0: from the newest). limit 1..500.
  [[nodiscard]] Result<std::vector<AuditRecord>> list(const Principal& principal, std::int64_t before,
                                                      std::int64_t limit);

 private:
  ServiceContext context_;
};

}  // namespace lanekeeper::services
