// The back office's table of goods: the part of CatalogueRepository that searches.
#include <algorithm>
#include <sstream>

#include "storage/catalogue_repository.h"
#include "storage/enum_text.h"

namespace lanekeeper::storage {

namespace {

constexpr std::size_t max_words = 6;

// The regular price of now, NULL when there is none (see catalogue::price_at). Two parameters: now, now.
constexpr std::string_view price_now =
    "(CASE WHEN i.priced_by_date = 0 THEN i.regular_price ELSE (SELECT p.amount FROM item_price p WHERE p.store_id = "
    "i.store_id AND p.item_id = i.item_id AND p.version = i.price_version AND p.list = 'regular' AND (p.valid_from_ms "
    "IS "
    "NULL OR p.valid_from_ms <= ?) AND (p.valid_to_ms IS NULL OR p.valid_to_ms > ?) ORDER BY p.valid_from_ms IS NULL, "
    "p.valid_from_ms DESC, p.position LIMIT 1) END)";
constexpr std::string_view from_item =
    " FROM item i LEFT JOIN stock_balance b ON b.store_id = i.store_id AND b.item_id = i.item_id WHERE i.store_id = ?";
constexpr std::string_view row_columns =
    "i.item_id, i.number, i.name, i.name_en, i.spec, i.brand, i.mnemonic, i.category_id, i.tax_category_id, i.unit, "
    "i.cost, i.tare, i.minimum_age, i.active, i.sale_blocked, i.discount_blocked, i.version, COALESCE(b.quantity, 0), "
    "i.updated_by_name, i.updated_ms, i.updated_offset_min";

std::string like_pattern(std::string_view word) {
  std::string pattern = "%";
  for (const char c : word) {
    if (c == '%' || c == '_' || c == '!') pattern += '!';
    pattern += c;
  }
  return pattern + "%";
}

std::vector<std::string> words_of(const std::string& text) {
  std::istringstream in(text);
  std::vector<std::string> words;
  for (std::string word; words.size() < max_words && in >> word;) words.push_back(word);
  return words;
}

// The conditions that text and category make, and their parameters.
struct Conditions {
  std::string sql;
  std::vector<std::string> words;
  std::optional<std::int64_t> category;

  explicit Conditions(const ItemFilter& filter) : words(words_of(filter.text)), category(filter.category) {
    for (std::size_t i = 0; i < words.size(); ++i) sql += " AND i.search_text LIKE ? ESCAPE '!'";
    if (category) sql += " AND i.category_id = ?";
  }
  void bind(Binder& binder) const {
    for (const auto& word : words) binder.add(like_pattern(word));
    if (category) binder.add(*category);
  }
};

struct StateCondition {
  std::string sql;
  int times = 0;  // how often "now" is a parameter
};

StateCondition condition_of(protocol::ItemState state) {
  using S = protocol::ItemState;
  switch (state) {
    case S::selling:
      return {" AND i.active = 1 AND i.sale_blocked = 0"};
    case S::out_of_stock:
      return {" AND i.active = 1 AND COALESCE(b.quantity, 0) <= 0"};
    case S::below_cost:
      return {" AND i.active = 1 AND " + std::string(price_now) + " < i.cost", 2};
    case S::unpriced:
      return {" AND i.active = 1 AND i.open_price = 0 AND " + std::string(price_now) + " IS NULL", 2};
    case S::inactive:
      return {" AND i.active = 0"};
  }
  throw Fault("db.enum", "an unknown state of items");
}

}  // namespace

std::vector<protocol::ItemRow> CatalogueRepository::list(const ItemFilter& filter, catalogue::ItemId after,
                                                         std::int64_t limit, Instant now) {
  const Conditions conditions(filter);
  const auto state = filter.state ? condition_of(*filter.state) : StateCondition{};
  auto& statement =
      connection_.prepare("SELECT " + std::string(row_columns) + std::string(from_item) + " AND i.item_id > ?" +
                          conditions.sql + state.sql + " ORDER BY i.item_id LIMIT ?");
  Binder binder(statement);
  binder.add(store_id_).add(after);
  conditions.bind(binder);
  for (int i = 0; i < state.times; ++i) binder.add(now.unix_ms);
  binder.add(limit);
  std::vector<protocol::ItemRow> list;
  std::vector<catalogue::ItemId> ids;
  {
    auto rows = connection_.read(statement);
    while (rows.next()) {
      protocol::ItemRow row;
      row.item.id = rows.integer(1);
      row.stock = Quantity::of_milli(rows.integer(18));
      row.updated_by = rows.text(19);
      row.updated_at = ZonedTime{{rows.integer(20)}, static_cast<int>(rows.integer(21))};
      ids.push_back(row.item.id);
      list.push_back(std::move(row));
    }
  }
  auto items = by_ids(ids);  // in the same order
  for (std::size_t i = 0; i < items.size() && i < list.size(); ++i) list[i].item = std::move(items[i]);
  return list;
}

std::optional<protocol::ItemRow> CatalogueRepository::row(catalogue::ItemId id) {
  auto items = by_ids(std::span(&id, 1));
  if (items.empty()) return std::nullopt;
  protocol::ItemRow row;
  row.item = std::move(items.front());
  auto rows =
      connection_.query("SELECT COALESCE(b.quantity, 0), i.updated_by_name, i.updated_ms, i.updated_offset_min" +
                            std::string(from_item) + " AND i.item_id = ?",
                        store_id_, id);
  if (!rows.next()) return std::nullopt;
  row.stock = Quantity::of_milli(rows.integer(1));
  row.updated_by = rows.text(2);
  row.updated_at = ZonedTime{{rows.integer(3)}, static_cast<int>(rows.integer(4))};
  return row;
}

protocol::ItemCounts CatalogueRepository::counts(const ItemFilter& filter, Instant now) {
  const Conditions conditions(filter);
  auto& statement = connection_.prepare(
      "SELECT COUNT(*), COALESCE(SUM(x.active = 1 AND x.sale_blocked = 0), 0), "
      "COALESCE(SUM(x.active = 1 AND x.stock <= 0), 0), COALESCE(SUM(x.active = 1 AND x.price < x.cost), 0), "
      // DISTINCT (of unique rows) keeps MariaDB from merging the inner query into the sums, where it would take the
      // columns that the price's own query refers to for ungrouped ones (error 1140).
      "COALESCE(SUM(x.active = 1 AND x.open_price = 0 AND x.price IS NULL), 0), COALESCE(SUM(x.active = 0), 0) FROM "
      "(SELECT DISTINCT "
      "i.item_id, i.active, i.sale_blocked, i.cost, i.open_price, COALESCE(b.quantity, 0) AS stock, " +
      std::string(price_now) + " AS price" + std::string(from_item) + conditions.sql + ") x");
  Binder binder(statement);
  binder.add(now.unix_ms).add(now.unix_ms).add(store_id_);
  conditions.bind(binder);
  auto rows = connection_.read(statement);
  protocol::ItemCounts counts;
  if (rows.next()) {
    counts = {rows.integer(1), rows.integer(2), rows.integer(3), rows.integer(4), rows.integer(5), rows.integer(6)};
  }
  return counts;
}

}  // namespace lanekeeper::storage
