#include "services/audit_trail.h"

#include <algorithm>

#include "storage/audit_repository.h"
#include "storage/connection.h"

namespace lanekeeper::services {

namespace {

constexpr std::int64_t max_list = 500;

}  // namespace

template <class V>
void describe(V& visit, AuditAct& a) {
  visit("act", a.act);
  visit("subject", a.subject);
  visit("before", a.before);
  visit("after", a.after);
}
template <class V>
void describe(V& visit, AuditRecord& r) {
  visit("number", r.number);
  visit("at", r.at);
  visit("staff", r.staff);
  visit("staff_name", r.staff_name);
  visit("device_id", r.device_id);
  visit("address", r.address);
  visit("act", r.act);
}

void AuditTrail::add(storage::Connection& connection, const ServiceContext& context, const Principal* principal,
                     const AuditAct& act) {
  storage::AuditRepository repository(connection, context.store_id);
  const auto head = repository.lock();
  AuditRecord record;
  record.number = head.last_number + 1;
  record.at = context.clock.now();
  record.act = act;
  if (principal != nullptr) {
    if (principal->staff) {
      record.staff = principal->staff->id;
      record.staff_name = principal->staff->name;
    }
    if (principal->device) record.device_id = principal->device->id;
    record.address = principal->address;
  }
  storage::StoredAuditRecord stored{record.number, {}, json::encode(record)};
  stored.hash = storage::audit_hash(context.store_id, stored.number, head.last_hash, stored.record);
  repository.append(stored);
}

void AuditTrail::add(const Principal* principal, const AuditAct& act) {
  context_.database.transact([&](storage::Connection& connection) { add(connection, context_, principal, act); });
}

Result<std::vector<AuditRecord>> AuditTrail::list(const Principal& principal, std::int64_t before, std::int64_t limit) {
  if (auto allowed = require(principal, access::Permission::staff_edit); !allowed) {
    return fail(std::move(allowed.error()));
  }
  const auto stored = context_.database.transact([&](storage::Connection& connection) {
    return storage::AuditRepository(connection, context_.store_id)
        .before(before, std::clamp<std::int64_t>(limit, 1, max_list));
  });
  std::vector<AuditRecord> records;
  for (const auto& row : stored) {
    auto record = json::decode<AuditRecord>(row.record);
    if (!record) throw Fault("audit.damaged", "a record of the audit trail cannot be read");
    records.push_back(std::move(*record));
  }
  return records;
}

}  // namespace lanekeeper::services
