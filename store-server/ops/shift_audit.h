// The part of the audit about shifts of one till: every row of the table from the signed entries, in the order of the
// journal. Holds the shifts that are open, however long the history is.
#pragma once

#include <cstdint>
#include <map>
#include <set>

#include "ops/audit.h"
#include "storage/shift_repository.h"

namespace lanekeeper::ops {

class ShiftAudit {
 public:
  ShiftAudit(storage::Connection& connection, std::int64_t store_id, std::int64_t till)
      : shifts_(connection, store_id), till_(till) {}

  // Entries by sequence. Throws FoundDifference.
  void add(std::int64_t sequence, const journal::Event& event);
  // At the end of the till's journal. Returns how many rows there are.
  [[nodiscard]] std::int64_t finish();
  [[nodiscard]] std::int64_t last_shift() const { return seen_.empty() ? 0 : *seen_.rbegin(); }

 private:
  struct Running {
    storage::ShiftRow row;
    storage::ShiftSum sum;
  };

  void compare(const storage::ShiftRow& expected);

  storage::ShiftRepository shifts_;
  std::int64_t till_;
  std::map<std::int64_t, Running> running_;  // by number
  std::set<std::int64_t> seen_;
};

}  // namespace lanekeeper::ops
