// The part of the audit that goes along the stock ledger, in the order of the items.
#pragma once

#include <cstdint>
#include <map>
#include <optional>

#include "ops/audit.h"
#include "ops/movement_print.h"
#include "storage/audit_reader.h"

namespace lanekeeper::ops {

class LedgerAudit {
 public:
  // expected: the movements that the journals ask for.
  LedgerAudit(storage::AuditReader& reader, const MovementPrint& expected, AuditReport& report)
      : reader_(reader), expected_(expected), report_(report) {}

  void run();  // throws FoundDifference

 private:
  void close_item();
  void compare_balance(std::int64_t item, std::int64_t expected);
  [[noreturn]] void find_wrong_movement();
  void look_for_missing_movements();

  storage::AuditReader& reader_;
  const MovementPrint& expected_;
  AuditReport& report_;
  std::int64_t item_ = 0;
  std::int64_t sum_ = 0;
  // The first balance that differs; a movement that was edited explains it better, so those are compared first.
  std::optional<AuditDifference> wrong_balance_;
  std::map<std::int64_t, std::int64_t> balances_;  // read ahead
  std::int64_t balances_read_to_ = 0;
  bool balances_ended_ = false;
};

}  // namespace lanekeeper::ops
