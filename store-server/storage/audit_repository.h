// Tables audit_head and audit_record: a chain of records, each with the bytes that were hashed.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "journal/chain.h"
#include "storage/connection.h"

namespace lanekeeper::storage {

struct AuditHead {
  std::int64_t last_number = 0;
  journal::Hash last_hash{};
};

struct StoredAuditRecord {
  std::int64_t number = 0;
  journal::Hash hash{};
  std::string record;  // JSON
};

class AuditRepository {
 public:
  AuditRepository(Connection& connection, std::int64_t store_id) : connection_(connection), store_id_(store_id) {}

  [[nodiscard]] AuditHead lock();  // makes the row when there is none; other writers wait until the commit
  [[nodiscard]] AuditHead head();
  void append(const StoredAuditRecord& record);  // and moves the head
  // Records above a number, ascending.
  [[nodiscard]] std::vector<StoredAuditRecord> after(std::int64_t number, std::int64_t limit);
  // Records below a number (0: all), descending.
  [[nodiscard]] std::vector<StoredAuditRecord> before(std::int64_t number, std::int64_t limit);

 private:
  Connection& connection_;
  std::int64_t store_id_;
};

// The hash of a record, as services/audit_trail.h states it.
[[nodiscard]] journal::Hash audit_hash(std::int64_t store_id, std::int64_t number, const journal::Hash& previous,
                                       std::string_view record);

}  // namespace lanekeeper::storage
