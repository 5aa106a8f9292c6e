#include "ops/ledger_audit.h"

#include <fmt/format.h>

#include <limits>

#include "storage/sale_rows.h"

namespace lanekeeper::ops {

namespace {

using storage::AuditedMovement;

constexpr std::int64_t page = 1000;
constexpr std::int64_t source_sale = 1;
constexpr AuditedMovement before_all{std::numeric_limits<std::int64_t>::min(), 0, 0, 0, 0, 0};

std::string key_of(const AuditedMovement& movement) {
  return fmt::format("item_id {}, recorded_ms {}, source {}, till {}, document {}", movement.item_id,
                     movement.recorded_ms, movement.source, movement.till, movement.document);
}

[[noreturn]] void different(const AuditedMovement& movement, std::string column, std::string expected,
                            std::string found) {
  throw FoundDifference{{"stock_movement", key_of(movement), std::move(column), std::move(expected), std::move(found)}};
}

}  // namespace

void LedgerAudit::run() {
  auto found = expected_.emptied();
  AuditedMovement last = before_all;
  balances_read_to_ = std::numeric_limits<std::int64_t>::min();
  bool any = false;
  bool strange = false;
  while (true) {
    const auto movements = reader_.movements_after(last, page);
    for (const auto& movement : movements) {
      if (any && movement.item_id != item_) close_item();
      any = true;
      item_ = movement.item_id;
      strange = strange || __builtin_add_overflow(sum_, movement.quantity, &sum_);
      found.add(movement);
      ++report_.stock_movements;
    }
    if (static_cast<std::int64_t>(movements.size()) < page) break;
    last = movements.back();
  }
  if (strange || found != expected_) find_wrong_movement();
  if (any) close_item();
  compare_balance(std::numeric_limits<std::int64_t>::max(), 0);
  if (wrong_balance_) throw FoundDifference{*wrong_balance_};
}

void LedgerAudit::close_item() {
  compare_balance(item_, sum_);
  sum_ = 0;
}

// Balances come in the order of the items as well. Those of items without movements must be zero.
void LedgerAudit::compare_balance(std::int64_t item, std::int64_t expected) {
  const auto differs = [&](std::int64_t which, std::string should, std::string is) {
    if (wrong_balance_) return;
    wrong_balance_ = {"stock_balance", fmt::format("item_id {}", which), "quantity", std::move(should), std::move(is)};
  };
  while (true) {
    if (balances_.empty() && !balances_ended_) {
      balances_ = reader_.balances_after(balances_read_to_, page);
      balances_ended_ = static_cast<std::int64_t>(balances_.size()) < page;
      if (!balances_.empty()) balances_read_to_ = balances_.rbegin()->first;
    }
    if (balances_.empty() || balances_.begin()->first > item) {
      if (expected != 0) differs(item, std::to_string(expected), "missing");
      return;
    }
    const auto [which, quantity] = *balances_.begin();
    balances_.erase(balances_.begin());
    ++report_.stock_balances;
    const auto should = which == item ? expected : 0;
    if (quantity != should) differs(which, std::to_string(should), std::to_string(quantity));
    if (which == item) return;
  }
}

// The sets differ: which movement is it? The rows of the sales are known to be right by now.
void LedgerAudit::find_wrong_movement() {
  AuditedMovement last = before_all;
  while (true) {
    const auto movements = reader_.movements_after(last, page);
    for (const auto& movement : movements) {
      if (movement.source != source_sale) different(movement, "source", "1", std::to_string(movement.source));
      const auto expected = reader_.expected_for(movement);
      if (!expected.received_ms || !expected.sold) different(movement, "row", "missing", "present");
      if (*expected.received_ms != movement.recorded_ms) {
        different(movement, "recorded_ms", fmt::format("{} (received_ms of its journal entry)", *expected.received_ms),
                  std::to_string(movement.recorded_ms));
      }
      if (-*expected.sold != movement.quantity) {
        different(movement, "quantity", std::to_string(-*expected.sold), std::to_string(movement.quantity));
      }
    }
    if (static_cast<std::int64_t>(movements.size()) < page) break;
    last = movements.back();
  }
  look_for_missing_movements();
  throw FoundDifference{{"stock_movement", "all rows", "count", std::to_string(expected_.count()),
                         std::to_string(report_.stock_movements)}};
}

void LedgerAudit::look_for_missing_movements() {
  for (const auto till : reader_.tills()) {
    std::int64_t read_to = 0;
    while (true) {
      const auto entries = reader_.entries(till, read_to, page);
      for (const auto& audited : entries) {
        const auto sale = journal::decode_sale(audited.entry.payload);
        if (!sale) continue;
        for (const auto& row : storage::rows_of(*sale).stock) {
          const AuditedMovement key{row.item_id, audited.received_ms,    source_sale,
                                    till,        audited.entry.sequence, row.quantity};
          if (!reader_.movement(key)) different(key, "row", "present", "missing");
        }
      }
      if (static_cast<std::int64_t>(entries.size()) < page) break;
      read_to = entries.back().entry.sequence;
    }
  }
}

}  // namespace lanekeeper::ops
