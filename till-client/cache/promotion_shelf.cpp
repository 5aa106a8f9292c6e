#include "cache/promotion_shelf.h"

#include <algorithm>
#include <set>
#include <string>
#include <tuple>
#include <utility>

#include "cache/failures.h"
#include "cache/row_sum.h"
#include "pricing/promotion_json.h"

namespace lanekeeper::till {

namespace {

using protocol::PromotionBook;

struct BookRow {
  PromotionBook book;
  std::int64_t check_sum = 0;
  bool sound = false;  // is what was written
};

std::int64_t sum_of(const PromotionBook& book) {
  return RowSum()
      .add(book.version)
      .add(book.effective_at.instant.unix_ms)
      .add(book.effective_at.utc_offset_min)
      .add(book.definitions)
      .value();
}

std::vector<BookRow> read_rows(const sqlite::Database& database) {
  std::vector<BookRow> rows;
  sqlite::Statement all(database,
                        "SELECT version, effective_ms, utc_offset_min, definitions, check_sum FROM book "
                        "ORDER BY effective_ms, version");
  while (all.step()) {
    BookRow row;
    row.book.version = all.integer(0);
    row.book.effective_at = {{all.integer(1)}, static_cast<int>(all.integer(2))};
    row.book.definitions = all.text(3);
    row.check_sum = all.integer(4);
    row.sound = row.check_sum == sum_of(row.book);
    rows.push_back(std::move(row));
  }
  return rows;
}

auto order_of(const PromotionBook& book) {
  return std::tuple(book.effective_at.instant, book.version);
}

// What was in force before the earliest of the given books and was replaced only a while ago.
std::vector<PromotionBook> still_needed(const sqlite::Database& database, const protocol::PromotionBooks& given,
                                        Instant now) {
  std::vector<PromotionBook> needed;
  if (!given.books || given.books->empty()) return needed;
  const auto earliest = std::min_element(given.books->begin(), given.books->end(),
                                         [](const auto& a, const auto& b) { return order_of(a) < order_of(b); });
  auto replaced_at = earliest->effective_at.instant;
  auto rows = read_rows(database);
  std::reverse(rows.begin(), rows.end());
  for (auto& row : rows) {
    if (!row.sound || row.book.version > given.newest || order_of(row.book) >= order_of(*earliest)) continue;
    if (replaced_at.unix_ms < now.unix_ms - keep_books_ms) break;
    replaced_at = row.book.effective_at.instant;
    needed.push_back(std::move(row.book));
  }
  return needed;
}

Result<pricing::PromotionIndex> compile(const PromotionBook& book) {
  const auto parsed = pricing::exact_json::parse(book.definitions);
  if (!parsed) return fail(parsed.error());
  auto promotions = pricing::read_promotions(*parsed, {});
  if (!promotions) return fail(std::move(promotions.error()));
  return pricing::PromotionIndex::compile(std::move(*promotions), book.version);
}

Error unreadable(const PromotionBook& book, const Error& why) {
  return {"promotions.unreadable",
          "This till cannot read the store's newest promotions, so it sells without them. Update the till.",
          {{"version", std::to_string(book.version)}, {"reason", why.code + ": " + why.message}}};
}

Error damaged(const PromotionBook& book) {
  return replica_error(sqlite::Failure(SQLITE_CORRUPT, "replica.db holds promotions " + std::to_string(book.version) +
                                                           " that are not what was written"));
}

}  // namespace

std::vector<PromotionBook> read_books(const sqlite::Database& database) {
  std::vector<PromotionBook> books;
  for (auto& row : read_rows(database)) {
    if (!row.sound) throw sqlite::Failure(SQLITE_CORRUPT, "replica.db holds promotions that are not what was written");
    books.push_back(std::move(row.book));
  }
  return books;
}

void insert_book(const sqlite::Database& database, const PromotionBook& book) {
  sqlite::Statement insert(database,
                           "INSERT OR REPLACE INTO book(version, effective_ms, utc_offset_min, definitions, check_sum) "
                           "VALUES(?, ?, ?, ?, ?)");
  insert.bind(1, book.version).bind(2, book.effective_at.instant.unix_ms).bind(3, book.effective_at.utc_offset_min);
  insert.bind(4, std::string_view(book.definitions)).bind(5, sum_of(book)).run();
}

void replace_books(const sqlite::Database& database, const protocol::PromotionBooks& given, Instant now) {
  const auto kept = still_needed(database, given, now);
  database.execute("DELETE FROM book");
  for (const auto& book : kept) insert_book(database, book);
  if (!given.books) return;
  for (const auto& book : *given.books) insert_book(database, book);
}

pricing::PromotionCalendar PromotionShelf::read(const sqlite::Database& database, const Complain& complain) {
  std::vector<pricing::PromotionCalendar::Edition> editions;
  std::set<Identity> present;
  for (const auto& row : read_rows(database)) {
    // What was complained about is known by the sum that was found, so that it is complained about once.
    const Identity identity{row.book.version, row.sound ? row.check_sum : ~sum_of(row.book)};
    present.insert(identity);
    auto known = compiled_.find(identity);
    if (known == compiled_.end()) {
      std::optional<pricing::PromotionIndex> index;
      if (!row.sound) {
        complain(damaged(row.book));
      } else if (auto made = compile(row.book)) {
        index = std::move(*made);
      } else {
        complain(unreadable(row.book, made.error()));
      }
      known = compiled_.emplace(identity, std::move(index)).first;
    }
    if (known->second) editions.push_back({row.book.effective_at.instant, *known->second});
  }
  std::erase_if(compiled_, [&](const auto& one) { return !present.contains(one.first); });
  return pricing::PromotionCalendar(std::move(editions));
}

}  // namespace lanekeeper::till
