// `lanekeeper-server audit`: are the books what the signed journals say?
//
// Recomputed, row by row: every entry's hash, signature and place in its till's chain; every sale, line, tax, tender,
// control transaction, shift and movement from the signed payload; every stock and cash balance from its movements; the
// head of every till; what was put aside; the audit trail's chain. Gaps and broken chains that were noticed when the
// entries came in (there is an exception about them) are counted, not reported.
//
// Reads one consistent state of the database, a thousand rows at a time; memory does not grow with the history.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "storage/database.h"

namespace lanekeeper::ops {

struct AuditDifference {
  std::string table;     // "stock_balance"
  std::string key;       // "item_id 4711", "till 3, sequence 1207, line 2"
  std::string column;    // "quantity"; "row" when a whole row is missing or too much
  std::string expected;  // "missing" for a row that should not be there
  std::string found;     // "missing" for a row that should be there
  [[nodiscard]] std::string to_string() const;
};

struct AuditReport {
  std::optional<AuditDifference> difference;  // the first one; nothing is looked at after it
  std::int64_t tills = 0;
  std::int64_t entries = 0;  // of journals
  std::int64_t set_aside = 0;
  std::int64_t sales = 0;
  std::int64_t sale_lines = 0;
  std::int64_t controls = 0;  // what happened at tills besides sales
  std::int64_t shifts = 0;
  std::int64_t stock_movements = 0;
  std::int64_t stock_balances = 0;
  std::int64_t cash_movements = 0;
  std::int64_t audit_records = 0;
  std::int64_t known_gaps = 0;  // with an exception about them
  std::int64_t known_broken_chains = 0;
  [[nodiscard]] bool clean() const { return !difference; }
  [[nodiscard]] std::string to_string() const;  // for the terminal, several lines
};

// How to connect for an audit: one connection, whose statements may take half a day.
[[nodiscard]] storage::DatabaseConfig for_audit(storage::DatabaseConfig config);

// progress (may be empty) is told now and then how many journal entries have been looked at. Throws the faults of
// storage/database.h.
[[nodiscard]] AuditReport audit(storage::Database& database, std::int64_t store_id,
                                const std::function<void(std::int64_t entries)>& progress = {});

}  // namespace lanekeeper::ops
