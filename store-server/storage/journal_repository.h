// Tables till_head, journal_entry, journal_set_aside, journal_exception, sale and its parts: what storing a batch of
// journal entries needs. Everything works on many entries at once, to spare round trips.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/time.h"
#include "journal/chain.h"
#include "storage/connection.h"
#include "storage/sale_rows.h"

namespace lanekeeper::storage {

struct TillHead {
  std::int64_t last_sequence = 0;
  journal::Hash last_hash{};
  std::int64_t last_receipt_number = 0;
  std::int64_t last_shift = 0;      // the highest number of a shift that was opened
  std::int64_t open_shift = 0;      // 0: none is open
  std::int64_t clock_ahead_ms = 0;  // that was told last of its clock; 0: it is right
};

struct StoredEntry {
  journal::Hash hash{};
  journal::Hash previous{};
  std::optional<journal::Hash> aside_content;  // set: it lies in journal_set_aside, authentic, under this content hash
};

struct ExceptionRow {
  std::string id_hex;
  std::int64_t till = 0;
  std::int64_t sequence = 0;
  std::string kind;
  std::string message;
  std::string details;  // JSON object of texts
};

// A sale; other entries are stored in tables of their own.
struct EntryToStore {
  const journal::Entry* entry = nullptr;
  const SaleRows* rows = nullptr;
  std::int64_t exceptions = 0;
};

struct EntryToSetAside {
  const journal::Entry* entry = nullptr;
  journal::Hash content_hash{};
  std::string outcome;  // "conflict", "malformed"
  std::string reason;
  bool authentic = false;
};

using EntryKey = std::pair<std::int64_t, std::int64_t>;  // till, sequence

class JournalRepository {
 public:
  JournalRepository(Connection& connection, std::int64_t store_id) : connection_(connection), store_id_(store_id) {}

  // Locked until the commit; tills without a row yet are left out.
  [[nodiscard]] std::map<std::int64_t, TillHead> lock_heads(std::span<const std::int64_t> tills);
  [[nodiscard]] std::optional<TillHead> head(std::int64_t till);
  void save_heads(const std::map<std::int64_t, TillHead>& heads);

  // What is stored under these sequence numbers of a till, in journal_entry or authentic in journal_set_aside.
  [[nodiscard]] std::map<std::int64_t, StoredEntry> find_entries(std::int64_t till,
                                                                 std::span<const std::int64_t> sequences);
  [[nodiscard]] bool is_set_aside(std::int64_t till, std::int64_t sequence, const journal::Hash& content_hash);
  // Those of the identities that sales have already.
  [[nodiscard]] std::map<std::string, EntryKey> find_sale_ids(std::span<const std::string> sale_ids_hex);
  [[nodiscard]] std::optional<std::int64_t> find_receipt(std::int64_t till, std::int64_t receipt_number);

  void insert_entries(std::span<const journal::Entry* const> entries, const ZonedTime& received_at);
  void insert_sales(std::span<const EntryToStore> entries);
  void insert_set_aside(std::span<const EntryToSetAside> entries, const ZonedTime& received_at);
  void insert_exceptions(std::span<const ExceptionRow> exceptions, const ZonedTime& raised_at);
  // Of one that is there already: what it tells has gone on.
  void set_details(const std::string& exception_hex, const std::string& details);

 private:
  void insert_sale_parts(std::span<const EntryToStore> entries);

  Connection& connection_;
  std::int64_t store_id_;
};

// SHA-256 over previous, hash, signature and payload: tells apart what claims the same sequence number.
[[nodiscard]] journal::Hash content_hash_of(const journal::Entry& entry);
[[nodiscard]] std::string hex_of(const journal::Hash& hash);
[[nodiscard]] journal::Hash hash_from_bytes(const std::string& bytes);  // as read from a BINARY(32) column

}  // namespace lanekeeper::storage
