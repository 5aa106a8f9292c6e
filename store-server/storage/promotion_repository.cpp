#include "storage/promotion_repository.h"

namespace lanekeeper::storage {

namespace {

// All but the definitions.
constexpr std::string_view head_columns =
    "version, effective_ms, effective_offset_min, published_ms, published_offset_min, published_by, "
    "published_by_name, note, restored_from, promotion_count";
constexpr unsigned definitions_column = 11;

PromotionBookRow read_head(const Rows& rows) {
  PromotionBookRow book;
  book.version = rows.integer(1);
  book.effective_at = {{rows.integer(2)}, static_cast<int>(rows.integer(3))};
  book.published_at = {{rows.integer(4)}, static_cast<int>(rows.integer(5))};
  book.published_by = rows.integer(6);
  book.published_by_name = rows.text(7);
  book.note = rows.text(8);
  book.restored_from = rows.optional_integer(9);
  book.promotion_count = rows.integer(10);
  return book;
}

PromotionBookRow read_book(const Rows& rows) {
  auto book = read_head(rows);
  book.definitions = rows.text(definitions_column);
  return book;
}

const std::string& select_books() {
  static const std::string text = "SELECT " + std::string(head_columns) + ", definitions FROM promotion_book ";
  return text;
}

}  // namespace

std::int64_t PromotionRepository::newest_version() {
  auto rows = connection_.query("SELECT COALESCE(MAX(version), 0) FROM promotion_book WHERE store_id = ?", store_id_);
  return rows.next() ? rows.integer(1) : 0;
}

void PromotionRepository::insert(const PromotionBookRow& book) {
  connection_.execute(
      "INSERT INTO promotion_book (store_id, version, effective_ms, effective_offset_min, published_ms, "
      "published_offset_min, published_by, published_by_name, note, restored_from, promotion_count, definitions) "
      "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      store_id_, book.version, book.effective_at.instant.unix_ms, std::int64_t{book.effective_at.utc_offset_min},
      book.published_at.instant.unix_ms, std::int64_t{book.published_at.utc_offset_min}, book.published_by,
      book.published_by_name, book.note, book.restored_from, book.promotion_count, book.definitions);
}

std::optional<PromotionBookRow> PromotionRepository::find(std::int64_t version) {
  auto rows = connection_.query(select_books() + "WHERE store_id = ? AND version = ?", store_id_, version);
  if (!rows.next()) return std::nullopt;
  return read_book(rows);
}

std::vector<PromotionBookRow> PromotionRepository::from(Instant at) {
  std::vector<PromotionBookRow> books;
  {
    auto rows = connection_.query(
        select_books() + "WHERE store_id = ? AND effective_ms <= ? ORDER BY effective_ms DESC, version DESC LIMIT 1",
        store_id_, at.unix_ms);
    if (rows.next()) books.push_back(read_book(rows));
  }
  auto rows = connection_.query(
      select_books() + "WHERE store_id = ? AND effective_ms > ? ORDER BY effective_ms, version", store_id_, at.unix_ms);
  while (rows.next()) books.push_back(read_book(rows));
  return books;
}

std::vector<std::int64_t> PromotionRepository::versions_from(Instant at) {
  std::vector<std::int64_t> versions;
  {
    auto rows = connection_.query(
        "SELECT version FROM promotion_book WHERE store_id = ? AND effective_ms <= ? ORDER BY effective_ms DESC, "
        "version DESC LIMIT 1",
        store_id_, at.unix_ms);
    if (rows.next()) versions.push_back(rows.integer(1));
  }
  auto rows = connection_.query(
      "SELECT version FROM promotion_book WHERE store_id = ? AND effective_ms > ? ORDER BY effective_ms, version",
      store_id_, at.unix_ms);
  while (rows.next()) versions.push_back(rows.integer(1));
  return versions;
}

std::vector<PromotionBookRow> PromotionRepository::list(std::int64_t before, std::int64_t limit) {
  auto rows = connection_.query("SELECT " + std::string(head_columns) +
                                    " FROM promotion_book WHERE store_id = ? AND version < ? ORDER BY version DESC "
                                    "LIMIT ?",
                                store_id_, before, limit);
  std::vector<PromotionBookRow> books;
  while (rows.next()) books.push_back(read_head(rows));
  return books;
}

std::vector<PromotionRepository::Times> PromotionRepository::times() {
  auto rows = connection_.query(
      "SELECT version, published_ms, effective_ms FROM promotion_book WHERE store_id = ? ORDER BY version", store_id_);
  std::vector<Times> times;
  while (rows.next()) times.push_back({rows.integer(1), {rows.integer(2)}, {rows.integer(3)}});
  return times;
}

std::vector<PromotableGoods> PromotionRepository::goods() {
  auto rows = connection_.query(
      "SELECT number, category_id, brand, regular_price FROM item WHERE store_id = ? AND active = 1 ORDER BY item_id",
      store_id_);
  std::vector<PromotableGoods> goods;
  while (rows.next()) goods.push_back({rows.text(1), rows.integer(2), rows.text(3), rows.optional_integer(4)});
  return goods;
}

}  // namespace lanekeeper::storage
