// Tables control_transaction and shift.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

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

class ShiftRepository {
 public:
  ShiftRepository(Connection& connection, std::int64_t store_id) : connection_(connection), store_id_(store_id) {}

  void insert_controls(std::span<const ControlToStore> controls);

  [[nodiscard]] std::optional<ShiftRow> find(std::int64_t till, std::int64_t number);
  // Adds them or writes them over.
  void save(std::span<const ShiftRow> shifts);
  // Of a business date, by till and number.
  [[nodiscard]] std::vector<ShiftRow> of_day(const Date& business_date);

  // Stored entries of a till from `first` to `last`, by sequence.
  [[nodiscard]] std::vector<std::pair<std::int64_t, std::string>> payloads(std::int64_t till, std::int64_t first,
                                                                           std::int64_t last, std::int64_t limit);

 private:
  Connection& connection_;
  std::int64_t store_id_;
};

}  // namespace lanekeeper::storage
