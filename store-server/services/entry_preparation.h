// Everything about one journal entry that needs no lock: does it hold, what sale is it, what is odd about it, which
// rows will it be. Runs on many workers at once, before the one writer takes the entry.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "journal/chain.h"
#include "services/price_book.h"
#include "storage/control_rows.h"
#include "storage/sale_rows.h"

namespace lanekeeper::services {

struct ExceptionDraft {
  std::string kind;
  std::string message;
  Error::Details details;
};

// The limit beyond the basket of a promotion that the sale used.
struct UseLimit {
  std::string promotion;
  std::optional<std::int64_t> per_member_day;
  std::optional<std::int64_t> total;
  std::optional<Date> total_since;  // uses before it do not count
};

struct PreparedEntry {
  journal::Entry entry;
  journal::Hash content_hash{};                     // only when it is set aside
  bool authentic = false;                           // hash and signature hold
  std::string malformed;                            // why it cannot be read: code of an error; empty: it can
  std::optional<sale::ControlTransaction> control;  // missing: it is a sale
  storage::ControlRow control_row;                  // of the control transaction
  std::int64_t drawer_cash = 0;                     // of the control transaction
  std::optional<std::int64_t> shift;                // that it belongs to
  bool simulated_clock = false;                     // its times were set by hand
  storage::SaleRows rows;                           // of the sale
  std::vector<UseLimit> limits;                     // of rows.uses, in their order
  std::vector<ExceptionDraft> exceptions;
};

// keys: of the devices that are or were this till.
[[nodiscard]] bool is_authentic(const journal::Entry& entry, std::span<const journal::PublicKey> keys);

// May ask the database for prices: on a database worker only.
[[nodiscard]] PreparedEntry prepare_entry(journal::Entry entry, bool authentic, PriceBook& book);

}  // namespace lanekeeper::services
