// The sending side of the journal: what has not reached the server yet, and what the server answered.
//
// The state of deliveries stands in a file of its own, delivery.db (WAL, synchronous NORMAL), so that recording an
// answer never makes the lane wait. It may be lost: everything is then sent again and answered "duplicate".
//
// Entries are numbered by position, which grows by one per entry of this data directory; sequence numbers belong to a
// till number and start again when the till is enrolled under another one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/time.h"
#include "journal/chain.h"
#include "money/money.h"
#include "protocol/messages.h"

namespace lanekeeper::till {

// Delivered and parked entries. Thread-safe: the link's thread writes, the lane's thread reads the summary.
class DeliveryLog {
 public:
  // Opens or creates delivery.db; a broken one is replaced by an empty one. journal.unwritable, journal.disk_full.
  [[nodiscard]] static Result<std::unique_ptr<DeliveryLog>> open(const std::filesystem::path& directory);
  ~DeliveryLog();

  // How far the server has answered, and what is known of the entry at that point.
  struct Summary {
    std::int64_t delivered_through = 0;  // position: this one and all before are delivered or parked
    std::int64_t till = 0;
    std::int64_t sequence = 0;
    std::int64_t receipt_number = 0;
    std::int64_t entries_through = 0;  // entries of this directory up to and with it
    Money amount_through;              // what they add up to
    journal::Hash hash{};
    std::int64_t parked = 0;
  };
  [[nodiscard]] Summary summary() const;

 private:
  friend class Outbox;
  struct Impl;
  explicit DeliveryLog(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

struct PendingEntry {
  std::int64_t position = 0;
  std::int64_t receipt_number = 0;
  Money amount;                      // payable; zero where nothing was sold
  std::int64_t entries_through = 0;  // as in DeliveryLog::Summary
  Money amount_through;
  journal::Entry entry;
};

struct ParkedEntry {
  std::int64_t position = 0;
  std::int64_t till = 0;
  std::int64_t sequence = 0;
  protocol::EntryOutcome outcome = protocol::EntryOutcome::conflict;
  Money amount;
};

// One thread uses it (the link's); connections of its own, so that it never stands in the lane's way.
class Outbox {
 public:
  static constexpr std::size_t max_batch_entries = 100;
  static constexpr std::size_t max_batch_bytes = 1024 * 1024;
  static constexpr std::int64_t retention_ms = 35LL * 24 * 3600 * 1000;

  Outbox(const std::filesystem::path& directory, DeliveryLog& deliveries);
  ~Outbox();

  // The oldest unsent entries in order, all of one till number; empty when everything was sent. At least one entry
  // whatever its size.
  [[nodiscard]] std::vector<PendingEntry> next_batch(std::size_t max_entries = max_batch_entries,
                                                     std::size_t max_bytes = max_batch_bytes);

  struct Recorded {
    std::vector<std::int64_t> delivered;  // sequences
    std::vector<ParkedEntry> parked;
  };
  // Marks entries as the server answered, after checking its signature. The answer must be about a beginning of `sent`,
  // in order; what it leaves out stays pending. ack.bad_signature, ack.unexpected (another till, sequence or order),
  // journal.disk_full, journal.unwritable.
  [[nodiscard]] Result<Recorded> record(const std::vector<PendingEntry>& sent, const protocol::JournalAck& ack,
                                        const journal::PublicKey& server_key, Instant now);
  // Parks one entry that cannot be sent at all (the server refuses the request it stands in, alone).
  [[nodiscard]] Result<ParkedEntry> park(const PendingEntry& entry, protocol::EntryOutcome outcome, Instant now);

  // The server says that it has nothing of this till behind `sequence`, though it had answered: what is still here is
  // to be sent again. Returns how many entries that are; mostly none. journal.disk_full, journal.unwritable.
  [[nodiscard]] Result<std::int64_t> set_back(std::int64_t till, std::int64_t sequence);

  [[nodiscard]] std::vector<ParkedEntry> parked() const;

  // Forgets delivered entries that were committed more than retention_ms before now and are followed by others; at most
  // `limit` of them, so that the lane is never kept waiting for long. Returns how many. Parked entries stay, and so do
  // those of the shift that is open and the last opening and close of each till.
  std::int64_t prune(Instant now, std::int64_t limit = 200);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace lanekeeper::till
