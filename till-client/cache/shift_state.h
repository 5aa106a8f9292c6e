// Where the shifts of a till stand. Worked out of the journal when it gets its identity, and kept up by each commit, so
// that a commit writes nothing more for it. Private to this room; not thread-safe.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>

#include "cache/journal_file.h"
#include "lane/ports.h"

namespace lanekeeper::till {

class ShiftState {
 public:
  // `known_end`: what the head file says of the journal. A journal that lost its tail may have lost an opening or a
  // close with it: a shift number is then not used again, and a shift that was closed does not come back.
  [[nodiscard]] static ShiftState read(const JournalFile& file, std::int64_t till, const JournalHead& known_end);

  // Numbers up to this one were used by this till before its directory was made.
  void goes_on_behind(std::int64_t number) { shifts_.last_number = std::max(shifts_.last_number, number); }

  void add(const sale::RetailTransaction& sale);
  void add(const sale::ControlTransaction& control);

  [[nodiscard]] const JournalStore::Shifts& shown() const { return shifts_; }
  [[nodiscard]] std::optional<ShiftMark> mark() const;
  // A page of the journal could not be read: the totals are short.
  [[nodiscard]] bool incomplete() const { return incomplete_; }

 private:
  void read_entries(const JournalFile& file, std::int64_t till, std::int64_t from);

  JournalStore::Shifts shifts_;
  bool incomplete_ = false;
};

}  // namespace lanekeeper::till
