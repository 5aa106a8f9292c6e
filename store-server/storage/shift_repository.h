// Tables control_transaction, shift and shift_loss.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/ids.h"
#include "base/time.h"
#include "storage/connection.h"
#include "storage/control_rows.h"
#include "storage/journal_repository.h"

namespace lanekeeper::storage {

struct ControlToStore {
  const journal::Entry* entry = nullptr;
  const ControlRow* row = nullptr;
  std::int64_t drawer_cash = 0;
  std::int64_t exceptions = 0;
};

struct ShiftLossRow {
  std::int64_t till = 0;
  std::int64_t number = 0;
  ZonedTime at;
  std::int64_t by = 0;  // staff id
  std::string reason;
};

class ShiftRepository {
 public:
  ShiftRepository(Connection& connection, std::int64_t store_id) : connection_(connection), store_id_(store_id) {}

  void insert_controls(std::span<const ControlToStore> controls);

  // Where a till recorded last that it put this basket aside; nullopt: that has not arrived.
  [[nodiscard]] std::optional<std::int64_t> suspended_at(std::int64_t till, const Uuid& basket);
  // One more exception was raised about a control transaction.
  void count_exception(std::int64_t till, std::int64_t sequence);

  [[nodiscard]] std::optional<ShiftRow> find(std::int64_t till, std::int64_t number);
  // Adds them or writes them over.
  void save(std::span<const ShiftRow> shifts);
  // Of a business date, by till and number.
  [[nodiscard]] std::vector<ShiftRow> of_day(const Date& business_date);

  // Shifts that were given up: of one business date; of one shift.
  [[nodiscard]] std::vector<ShiftLossRow> losses_of_day(const Date& business_date);
  [[nodiscard]] bool is_lost(std::int64_t till, std::int64_t number);
  void add_loss(const ShiftLossRow& loss);

  // Stored entries of a till from `first` to `last`, by sequence.
  [[nodiscard]] std::vector<std::pair<std::int64_t, std::string>> payloads(std::int64_t till, std::int64_t first,
                                                                           std::int64_t last, std::int64_t limit);

 private:
  Connection& connection_;
  std::int64_t store_id_;
};

}  // namespace lanekeeper::storage
