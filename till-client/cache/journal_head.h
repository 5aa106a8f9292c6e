// The end of the journal, in a small file beside it (journal.head).
//
// A hash chain cannot show that its tail was cut off. This file is written and synced right after each commit, by
// another thread, so at the next start a journal that is shorter than its head says is found out.
//
// Two slots of 1 KiB are written in turn, each with a check sum, so a torn write leaves the one before.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

#include "base/json_codec.h"
#include "journal/chain.h"
#include "money/money.h"

namespace lanekeeper::till {

// The newest shift of the till, as the journal stood then.
struct ShiftMark {
  std::int64_t number = 0;
  bool open = false;
  bool operator==(const ShiftMark&) const = default;
};
template <class V>
void describe(V& visit, ShiftMark& m) {
  visit("number", m.number);
  visit("open", m.open);
}

struct JournalHead {
  std::int64_t position = 0;  // 0: no entry yet
  std::int64_t till = 0;
  std::int64_t sequence = 0;
  std::int64_t receipt_number = 0;
  std::int64_t entries_through = 0;  // entries of this directory up to and with this one
  Money amount_through;              // what they add up to
  journal::Hash hash{};
  std::optional<ShiftMark> shift = std::nullopt;  // missing: none is known
  bool operator==(const JournalHead&) const = default;
};
template <class V>
void describe(V& visit, JournalHead& h) {
  visit("position", h.position);
  visit("till", h.till);
  visit("sequence", h.sequence);
  visit("receipt_number", h.receipt_number);
  visit("entries_through", h.entries_through);
  visit("amount_through", h.amount_through);
  visit("hash", h.hash);
  visit("shift", h.shift);
}

// Not thread-safe.
class JournalHeadFile {
 public:
  explicit JournalHeadFile(std::filesystem::path file);
  ~JournalHeadFile();
  JournalHeadFile(const JournalHeadFile&) = delete;
  JournalHeadFile& operator=(const JournalHeadFile&) = delete;

  // The newest intact slot; nullopt when there is none.
  [[nodiscard]] std::optional<JournalHead> read();
  // True when it has reached the disk.
  [[nodiscard]] bool write(const JournalHead& head);

 private:
  std::filesystem::path file_;
  int descriptor_ = -1;
  std::int64_t generation_ = 0;
};

}  // namespace lanekeeper::till
