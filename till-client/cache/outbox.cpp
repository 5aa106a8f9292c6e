#include "cache/outbox.h"

#include <algorithm>
#include <limits>
#include <map>
#include <set>
#include <utility>

#include "cache/delivery_log.h"
#include "cache/failures.h"
#include "cache/journal_file.h"

namespace lanekeeper::till {

namespace {

// What an entry takes in the body of a request: its payload with quotes escaped, hashes and signature in hex.
std::size_t encoded_size(std::size_t payload_bytes) {
  return payload_bytes + payload_bytes / 3 + 500;
}

// Of a PendingEntry or a JournalRow.
template <class Row>
DeliveryLog::Summary summary_at(const Row& row) {
  DeliveryLog::Summary state;
  state.delivered_through = row.position;
  state.till = row.entry.till;
  state.sequence = row.entry.sequence;
  state.receipt_number = row.receipt_number;
  state.entries_through = row.entries_through;
  state.amount_through = row.amount_through;
  state.hash = row.entry.hash;
  return state;
}

// As if everything before this entry was delivered, of which nothing is known but that.
DeliveryLog::Summary summary_before(const JournalRow& row) {
  DeliveryLog::Summary state;
  state.delivered_through = row.position - 1;
  state.entries_through = row.entries_through - 1;
  state.amount_through = row.amount_through - row.amount;
  return state;
}

ParkedEntry parked_as(const PendingEntry& entry, protocol::EntryOutcome outcome) {
  return {entry.position, entry.entry.till, entry.entry.sequence, outcome, entry.amount};
}

Result<void> check_answer(const std::vector<PendingEntry>& sent, const protocol::JournalAck& ack,
                          const journal::PublicKey& server_key) {
  const auto unexpected = [] {
    return fail("ack.unexpected",
                "The server answered about other entries than the ones it was sent. They stay unsent.");
  };
  if (ack.results.empty() || ack.results.size() > sent.size()) return unexpected();
  std::vector<journal::Hash> hashes;
  for (std::size_t i = 0; i < ack.results.size(); ++i) {
    if (ack.till != sent[i].entry.till || ack.results[i].sequence != sent[i].entry.sequence) return unexpected();
    hashes.push_back(sent[i].entry.hash);
  }
  if (!journal::verify(protocol::acknowledgement_bytes(ack, hashes), ack.signature, server_key)) {
    return fail(
        "ack.bad_signature",
        "The answer to the entries that were sent is not signed by this store's server. They stay unsent; check "
        "which server this till talks to.");
  }
  return {};
}

}  // namespace

struct Outbox::Impl {
  Impl(const std::filesystem::path& directory, DeliveryLog& log)
      : deliveries(log),
        journal(directory / "journal.db", sqlite::OpenMode::read_write),
        pending(journal, "SELECT " + std::string(journal_columns) + " FROM entry WHERE position > ? ORDER BY position"),
        oldest(journal, "SELECT position, committed_ms FROM entry ORDER BY position LIMIT ?"),
        erase(journal, "DELETE FROM entry WHERE position = ?") {
    // Pruning may be lost in a power cut: it is then done again.
    journal.execute("PRAGMA synchronous=NORMAL");
    journal.execute("PRAGMA secure_delete=OFF");
    journal.execute("PRAGMA cache_size=-1024");
    journal.execute("PRAGMA wal_autocheckpoint=0");
    begin_behind_pruned();
  }

  // With a new delivery.db beside an old journal, counting begins where the journal does.
  void begin_behind_pruned() {
    if (deliveries.summary().delivered_through > 0) return;
    const sqlite::Use use(pending);
    if (!use->bind(1, 0).step()) return;
    const auto first = read_journal_row(pending);
    if (first.position <= 1) return;
    DeliveryLog::Impl::Step step;
    step.state = summary_before(first);
    deliveries.impl_->write(step);
  }

  // Of those that count as delivered, the oldest of this till that the server does not have.
  [[nodiscard]] std::optional<JournalRow> first_lost(std::int64_t till, std::int64_t sequence,
                                                     std::int64_t delivered_through) const {
    sqlite::Statement rows(journal, "SELECT " + std::string(journal_columns) +
                                        " FROM entry WHERE till = ? AND sequence > ? AND position <= ? "
                                        "ORDER BY position");
    rows.bind(1, till).bind(2, sequence).bind(3, delivered_through);
    const auto parked = deliveries.impl_->parked_positions();
    while (rows.step()) {
      auto row = read_journal_row(rows);
      if (!parked.contains(row.position)) return row;  // what it did not take it has not lost
    }
    return std::nullopt;
  }

  [[nodiscard]] std::optional<JournalRow> row_before(std::int64_t position) const {
    sqlite::Statement rows(journal, "SELECT " + std::string(journal_columns) +
                                        " FROM entry WHERE position < ? ORDER BY position DESC LIMIT 1");
    if (!rows.bind(1, position).step()) return std::nullopt;
    return read_journal_row(rows);
  }

  // The shifts of a till are worked out of its journal: the last opening and the last close of each till are added to
  // `kept`. Answers where the entries of a shift that is open begin; the largest number when none is.
  [[nodiscard]] std::int64_t needed_for_shifts(std::set<std::int64_t>& kept) const {
    sqlite::Statement rows(journal,
                           "SELECT till, kind, max(position) FROM entry WHERE kind >= 2 GROUP BY till, kind "
                           "ORDER BY till, kind");
    std::map<std::int64_t, std::int64_t> opened;  // by till: the last opening that no close follows
    while (rows.step()) {
      const auto till = rows.integer(0);
      const auto position = rows.integer(2);
      kept.insert(position);
      if (static_cast<EntryKind>(rows.integer(1)) == EntryKind::shift_open) {
        opened[till] = position;
      } else if (const auto open = opened.find(till); open != opened.end() && open->second < position) {
        opened.erase(open);
      }
    }
    const auto present = opened.find(journal.integer("SELECT till FROM entry ORDER BY position DESC LIMIT 1"));
    return present == opened.end() ? std::numeric_limits<std::int64_t>::max() : present->second;
  }

  DeliveryLog& deliveries;
  sqlite::Database journal;
  sqlite::Statement pending;
  sqlite::Statement oldest;
  sqlite::Statement erase;
};

Outbox::Outbox(const std::filesystem::path& directory, DeliveryLog& deliveries)
    : impl_(std::make_unique<Impl>(directory, deliveries)) {}
Outbox::~Outbox() = default;

std::vector<PendingEntry> Outbox::next_batch(std::size_t max_entries, std::size_t max_bytes) {
  const sqlite::Use use(impl_->pending);
  use->bind(1, impl_->deliveries.summary().delivered_through);
  std::vector<PendingEntry> batch;
  std::size_t bytes = 0;
  while (batch.size() < max_entries && impl_->pending.step()) {
    auto row = read_journal_row(impl_->pending);
    bytes += encoded_size(row.entry.payload.size());
    if (!batch.empty() && (bytes > max_bytes || row.entry.till != batch.front().entry.till)) break;
    batch.push_back(
        {row.position, row.receipt_number, row.amount, row.entries_through, row.amount_through, std::move(row.entry)});
  }
  return batch;
}

Result<Outbox::Recorded> Outbox::record(const std::vector<PendingEntry>& sent, const protocol::JournalAck& ack,
                                        const journal::PublicKey& server_key, Instant now) {
  if (auto sound = check_answer(sent, ack, server_key); !sound) return fail(std::move(sound.error()));
  Recorded recorded;
  DeliveryLog::Impl::Step step;
  for (std::size_t i = 0; i < ack.results.size(); ++i) {
    const auto outcome = ack.results[i].outcome;
    if (outcome == protocol::EntryOutcome::stored || outcome == protocol::EntryOutcome::duplicate) {
      recorded.delivered.push_back(ack.results[i].sequence);
    } else {
      recorded.parked.push_back(parked_as(sent[i], outcome));
    }
  }
  const auto answer = json::encode(ack);
  step.state = summary_at(sent[ack.results.size() - 1]);
  step.parked = recorded.parked;
  step.first_position = sent.front().position;
  step.answer = answer;
  step.now_ms = now.unix_ms;
  try {
    impl_->deliveries.impl_->write(step);
  } catch (const sqlite::Failure& failure) {
    return fail(journal_error(failure));
  }
  return recorded;
}

Result<ParkedEntry> Outbox::park(const PendingEntry& entry, protocol::EntryOutcome outcome, Instant now) {
  DeliveryLog::Impl::Step step;
  step.state = summary_at(entry);
  step.parked = {parked_as(entry, outcome)};
  step.first_position = entry.position;
  step.now_ms = now.unix_ms;
  try {
    impl_->deliveries.impl_->write(step);
  } catch (const sqlite::Failure& failure) {
    return fail(journal_error(failure));
  }
  return step.parked.front();
}

Result<std::int64_t> Outbox::set_back(std::int64_t till, std::int64_t sequence) {
  try {
    const auto before = impl_->deliveries.summary();
    if (before.till == till && before.sequence <= sequence) return 0;
    const auto lost = impl_->first_lost(till, sequence, before.delivered_through);
    if (!lost) return 0;
    const auto last_kept = impl_->row_before(lost->position);
    DeliveryLog::Impl::Step step;
    step.state =
        last_kept && last_kept->position == lost->position - 1 ? summary_at(*last_kept) : summary_before(*lost);
    impl_->deliveries.impl_->write(step);
    return before.delivered_through - step.state.delivered_through;
  } catch (const sqlite::Failure& failure) {
    return fail(journal_error(failure));
  }
}

std::vector<ParkedEntry> Outbox::parked() const {
  return impl_->deliveries.impl_->parked();
}

std::int64_t Outbox::prune(Instant now, std::int64_t limit) {
  try {
    const auto newest = impl_->journal.integer("SELECT max(position) FROM entry");
    const auto newest_ms = impl_->journal.integer("SELECT committed_ms FROM entry ORDER BY position DESC LIMIT 1");
    const auto delivered = impl_->deliveries.summary().delivered_through;
    // A clock that jumped ahead must not make a whole month forgotten: age counts back from the newest entry.
    const auto before_ms = std::min(now.unix_ms, newest_ms) - retention_ms;
    auto kept = impl_->deliveries.impl_->parked_positions();
    const auto needed = impl_->needed_for_shifts(kept);
    std::vector<std::int64_t> old;
    {
      const sqlite::Use use(impl_->oldest);
      use->bind(1, limit + static_cast<std::int64_t>(kept.size()));
      while (impl_->oldest.step()) {
        const auto position = impl_->oldest.integer(0);
        if (static_cast<std::int64_t>(old.size()) == limit) break;
        if (position > delivered || position >= std::min(newest, needed) || impl_->oldest.integer(1) >= before_ms)
          break;
        if (!kept.contains(position)) old.push_back(position);
      }
    }
    if (old.empty()) return 0;
    sqlite::Transaction transaction(impl_->journal);
    for (const auto position : old) impl_->erase.bind(1, position).run();
    transaction.commit();
    impl_->deliveries.impl_->forget_answers_before(old.back());
    return static_cast<std::int64_t>(old.size());
  } catch (const sqlite::Failure&) {
    return 0;  // nothing hangs on it; the next round tries again
  }
}

}  // namespace lanekeeper::till
