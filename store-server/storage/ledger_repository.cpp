#include "storage/ledger_repository.h"

#include <vector>

#include "money/money.h"
#include "storage/batch.h"

namespace lanekeeper::storage {

namespace {

using Sum = std::pair<std::int64_t, std::int64_t>;  // key, amount

std::vector<Sum> as_vector(const std::map<std::int64_t, std::int64_t>& sums) {
  return {sums.begin(), sums.end()};
}

}  // namespace

std::map<std::int64_t, std::int64_t> LedgerRepository::lock_stock(std::span<const std::int64_t> items) {
  std::map<std::int64_t, std::int64_t> balances;
  query_keys<std::int64_t>(
      connection_, "SELECT item_id, quantity FROM stock_balance WHERE store_id = ? AND item_id IN (", "?",
      ") ORDER BY item_id FOR UPDATE", items, [&](Binder& b) { b.add(store_id_); },
      [](Binder& b, std::int64_t item) { b.add(item); },
      [&](Rows& rows) {
        while (rows.next()) balances[rows.integer(1)] = rows.integer(2);
      });
  return balances;
}

void LedgerRepository::book_sales(std::span<const EntryToStore> entries, std::int64_t recorded_ms) {
  std::vector<CashMovement> movements;
  for (const auto& entry : entries) {
    if (entry.rows->drawer_cash == 0) continue;
    movements.push_back({entry.entry->till, source_sale, entry.entry->sequence, entry.rows->drawer_cash});
  }
  book_cash(movements);
  book_stock(entries, recorded_ms);
}

void LedgerRepository::book_stock(std::span<const EntryToStore> entries, std::int64_t recorded_ms) {
  struct Movement {
    std::int64_t item;
    std::int64_t till;
    std::int64_t sequence;
    std::int64_t quantity;
  };
  std::vector<Movement> movements;
  std::map<std::int64_t, std::int64_t> sums;
  for (const auto& entry : entries) {
    for (const auto& row : entry.rows->stock) {
      movements.push_back({row.item_id, entry.entry->till, entry.entry->sequence, row.quantity});
      auto& sum = sums[row.item_id];
      sum = (Quantity::of_milli(sum) + Quantity::of_milli(row.quantity)).milli();
    }
  }
  insert_rows<Movement>(
      connection_,
      "INSERT INTO stock_movement (store_id, item_id, recorded_ms, source, till, document, quantity) VALUES ",
      "(?,?,?,?,?,?,?)", "", movements, [&](Binder& b, const Movement& row) {
        b.add(store_id_).add(row.item).add(recorded_ms).add(source_sale).add(row.till).add(row.sequence);
        b.add(row.quantity);
      });
  insert_rows<Sum>(connection_, "INSERT INTO stock_balance (store_id, item_id, quantity) VALUES ", "(?,?,?)",
                   " ON DUPLICATE KEY UPDATE quantity = quantity + VALUES(quantity)", as_vector(sums),
                   [&](Binder& b, const Sum& row) { b.add(store_id_).add(row.first).add(row.second); });
}

void LedgerRepository::book_controls(std::span<const ControlToStore> controls) {
  std::vector<CashMovement> movements;
  for (const auto& control : controls) {
    if (control.drawer_cash == 0) continue;
    movements.push_back({control.entry->till, source_control, control.entry->sequence, control.drawer_cash});
  }
  book_cash(movements);
}

void LedgerRepository::book_cash(std::span<const CashMovement> movements) {
  std::map<std::int64_t, std::int64_t> sums;
  for (const auto& movement : movements) {
    auto& sum = sums[movement.till];
    sum = (Money::of_minor(sum) + Money::of_minor(movement.amount)).minor();
  }
  insert_rows<CashMovement>(connection_, "INSERT INTO cash_movement (store_id, till, source, document, amount) VALUES ",
                            "(?,?,?,?,?)", "", movements, [&](Binder& b, const CashMovement& row) {
                              b.add(store_id_).add(row.till).add(row.source).add(row.document).add(row.amount);
                            });
  insert_rows<Sum>(connection_, "INSERT INTO cash_balance (store_id, till, amount) VALUES ", "(?,?,?)",
                   " ON DUPLICATE KEY UPDATE amount = amount + VALUES(amount)", as_vector(sums),
                   [&](Binder& b, const Sum& row) { b.add(store_id_).add(row.first).add(row.second); });
}

}  // namespace lanekeeper::storage
