// Stores a batch of prepared entries inside one transaction: decides for each whether it is new, had already, in
// conflict or unreadable, raises what only the database can tell (gaps, broken chains, numbers used twice, stock below
// zero, what arrived_sales.h tells), and writes everything with a few statements over all of them.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "protocol/messages.h"
#include "services/arrived_sales.h"
#include "services/entry_preparation.h"
#include "services/service_context.h"
#include "services/shift_book.h"
#include "storage/journal_repository.h"
#include "storage/ledger_repository.h"

namespace lanekeeper::services {

struct StoredOutcome {
  protocol::EntryOutcome outcome = protocol::EntryOutcome::stored;
  bool is_news = false;         // false: it was here before, in whatever form
  std::int64_t exceptions = 0;  // raised for it now
};

class BatchStore {
 public:
  BatchStore(storage::Connection& connection, const ServiceContext& context, const ZonedTime& now)
      : connection_(connection),
        context_(context),
        journal_(connection, context.store_id),
        ledger_(connection, context.store_id),
        now_(now) {}

  // Entries of one till stand in the order they are to be taken. One outcome per entry. Used once.
  [[nodiscard]] std::vector<StoredOutcome> store(std::span<const PreparedEntry* const> entries);

 private:
  using Key = storage::EntryKey;

  void read_state(std::span<const PreparedEntry* const> entries);
  [[nodiscard]] StoredOutcome take(const PreparedEntry& prepared);
  [[nodiscard]] StoredOutcome take_readable(const PreparedEntry& prepared);
  [[nodiscard]] StoredOutcome put_aside(const PreparedEntry& prepared, const journal::Hash& content_hash,
                                        protocol::EntryOutcome outcome, const std::string& reason);
  // Compares with the entries before and after; moves the head. Returns the number of exceptions it raised.
  std::int64_t chain(const journal::Entry& entry);
  std::int64_t fill_gap(const journal::Entry& entry);
  void check_clocks();
  void check_unknown_codes();
  std::int64_t check_numbers(const PreparedEntry& prepared, bool after_gap);
  [[nodiscard]] bool is_unreadable(std::int64_t till, std::int64_t sequence);
  void check_against_earlier();
  void check_shifts();
  void check_stock();
  void raise(const journal::Entry& entry, ExceptionDraft draft);
  void write();

  storage::Connection& connection_;
  const ServiceContext& context_;
  storage::JournalRepository journal_;
  storage::LedgerRepository ledger_;
  ZonedTime now_;

  std::map<std::int64_t, storage::TillHead> heads_;
  std::map<Key, storage::StoredEntry> known_;                 // stored before or taken in this batch
  std::map<std::string, Key> sale_ids_;                       // stored before or taken in this batch
  std::set<std::pair<std::int64_t, std::int64_t>> receipts_;  // till, receipt number; taken in this batch
  std::set<std::pair<Key, journal::Hash>> aside_;             // content put aside in this batch
  std::vector<const journal::Entry*> entries_;                // sales and control transactions, as they were taken
  struct Taken {
    const PreparedEntry* prepared;
    std::size_t outcome;  // its place in outcomes_
    bool after_gap;
  };
  std::vector<Taken> taken_;  // the same ones
  std::vector<storage::ControlToStore> controls_;
  std::vector<std::size_t> outcome_of_control_;
  std::optional<ShiftBook> shifts_;
  std::vector<storage::EntryToStore> sales_;
  std::vector<const PreparedEntry*> prepared_sales_;  // of sales_, in their order
  std::vector<storage::Redemption> redemptions_;
  std::vector<storage::UseGivenBack> given_back_;
  std::vector<storage::EntryKey> freed_;      // sales whose coupons are free again
  std::vector<std::size_t> outcome_of_sale_;  // sales_[i] is outcomes_[outcome_of_sale_[i]]
  std::vector<storage::EntryToSetAside> to_set_aside_;
  std::vector<storage::ExceptionRow> exceptions_;
  std::map<std::string, std::string> raised_again_;  // details that exceptions have now, by their identity
  std::vector<StoredOutcome> outcomes_;
};

}  // namespace lanekeeper::services
