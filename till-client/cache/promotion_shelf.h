// The published promotions in replica.db, a row per book. Private to this room; throws sqlite::Failure.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <vector>

#include "base/error.h"
#include "cache/sqlite.h"
#include "pricing/promotion_calendar.h"
#include "protocol/promotions.h"

namespace lanekeeper::till {

// How long a book is kept after another one took its place: a basket is priced to its end by the book it began with.
inline constexpr std::int64_t keep_books_ms = 2LL * 24 * 60 * 60 * 1000;

// In the order in which they come into force; Failure(SQLITE_CORRUPT) when one is not what was written.
[[nodiscard]] std::vector<protocol::PromotionBook> read_books(const sqlite::Database& database);
// The books that the server gave take the place of all others, except of those that were in force lately. Part of a
// transaction of the caller's.
void replace_books(const sqlite::Database& database, const protocol::PromotionBooks& given, Instant now);
void insert_book(const sqlite::Database& database, const protocol::PromotionBook& book);

// Compiles what stands there; a book that was compiled before is not compiled again.
class PromotionShelf {
 public:
  using Complain = std::function<void(const Error&)>;
  // A damaged row is complained about as replica.damaged, definitions that this version cannot read as
  // promotions.unreadable, each once; both are left out.
  [[nodiscard]] pricing::PromotionCalendar read(const sqlite::Database& database, const Complain& complain);

 private:
  using Identity = std::pair<std::int64_t, std::int64_t>;  // version, check sum
  std::map<Identity, std::optional<pricing::PromotionIndex>> compiled_;
};

}  // namespace lanekeeper::till
