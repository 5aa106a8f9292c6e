// Tables stock_movement, stock_balance, cash_movement, cash_balance: append-only movements and their sums.
#pragma once

#include <cstdint>
#include <map>
#include <span>

#include "storage/connection.h"
#include "storage/journal_repository.h"
#include "storage/shift_repository.h"

namespace lanekeeper::storage {

class LedgerRepository {
 public:
  // source of a movement; the numbers stand in the tables.
  static constexpr std::int64_t source_sale = 1;
  static constexpr std::int64_t source_control = 2;  // moves cash only

  LedgerRepository(Connection& connection, std::int64_t store_id) : connection_(connection), store_id_(store_id) {}

  // Balances of those of the items that have one, locked until the commit. items in ascending order, each once.
  [[nodiscard]] std::map<std::int64_t, std::int64_t> lock_stock(std::span<const std::int64_t> items);

  // The movements of these sales and their balances. Balances change by one statement in the order of their keys, so
  // that two that book at once never wait for each other in a circle.
  void book_sales(std::span<const EntryToStore> entries, std::int64_t recorded_ms);
  // What control transactions put into drawers and took out of them.
  void book_controls(std::span<const ControlToStore> controls);

 private:
  void book_stock(std::span<const EntryToStore> entries, std::int64_t recorded_ms);
  struct CashMovement {
    std::int64_t till;
    std::int64_t source;
    std::int64_t document;
    std::int64_t amount;
  };
  void book_cash(std::span<const CashMovement> movements);

  Connection& connection_;
  std::int64_t store_id_;
};

}  // namespace lanekeeper::storage
