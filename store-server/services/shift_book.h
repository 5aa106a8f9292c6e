// What arriving entries say about the shifts of their tills: that one begins or ends, that numbers are missing, that an
// entry belongs to a shift that was never opened or is closed already. When a shift's end is here, and whenever an
// entry of it comes later, its Z is added up anew from all of its entries.
//
// Used once per batch, by the one writer, inside its transaction. Entries of the shift that is open at their till cost
// nothing.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "services/entry_preparation.h"
#include "storage/journal_repository.h"
#include "storage/shift_repository.h"

namespace lanekeeper::services {

class ShiftBook {
 public:
  struct Remark {
    storage::EntryKey entry;
    ExceptionDraft what;
  };

  // heads: of the tills in the batch; where their shifts stand is moved on.
  ShiftBook(storage::Connection& connection, std::int64_t store_id, std::map<std::int64_t, storage::TillHead>& heads)
      : heads_(heads), shifts_(connection, store_id) {}

  // In the order of arrival, every entry that is new and readable. after_gap: entries before it are missing.
  void take(const PreparedEntry& prepared, bool after_gap);
  // When all were taken: adds up what has to be. Entries of this batch need not be in the database yet.
  void check();
  // What is wrong, about which entry.
  [[nodiscard]] const std::vector<Remark>& remarks() const { return remarks_; }
  void save();

 private:
  using Key = std::pair<std::int64_t, std::int64_t>;  // till, number
  struct Known {
    storage::ShiftRow row;
    bool is_here = false;  // it was, or is made by this batch
    bool changed = false;
  };

  [[nodiscard]] Known& look_up(std::int64_t till, std::int64_t number);
  void open(const PreparedEntry& prepared, bool after_gap);
  void close(const PreparedEntry& prepared, bool after_gap);
  void belong(const PreparedEntry& prepared, std::int64_t number, bool after_gap);
  void miss_opening(const PreparedEntry& prepared, Known& shift, bool after_gap);
  void remark_late(const PreparedEntry& prepared, const Known& shift);
  void remark(const PreparedEntry& prepared, const char* kind, const char* message, Error::Details details);
  void add_up(const Key& key, storage::EntryKey cause);

  std::map<std::int64_t, storage::TillHead>& heads_;
  storage::ShiftRepository shifts_;
  std::map<storage::EntryKey, const PreparedEntry*> taken_;
  std::map<Key, Known> known_;
  std::map<Key, storage::EntryKey> to_check_;  // and the entry that is named when the Z differs
  std::vector<Remark> remarks_;
};

}  // namespace lanekeeper::services
