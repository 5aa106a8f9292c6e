#include "storage/catalogue_repository.h"

#include <algorithm>

#include "base/text.h"
#include "storage/batch.h"
#include "storage/enum_text.h"

namespace lanekeeper::storage {

namespace {

constexpr std::string_view item_columns =
    "i.item_id, i.number, i.name, i.name_en, i.spec, i.brand, i.mnemonic, i.category_id, i.tax_category_id, i.unit, "
    "i.cost, i.tare, i.minimum_age, i.active, i.sale_blocked, i.discount_blocked, i.version, i.open_price, "
    "i.return_blocked, i.deposit, i.sale_from_minute, i.sale_to_minute";

catalogue::Item read_item(const Rows& rows) {
  catalogue::Item item;
  item.id = rows.integer(1);
  item.number = rows.text(2);
  item.name = rows.text(3);
  item.name_en = rows.text(4);
  item.spec = rows.text(5);
  item.brand = rows.text(6);
  item.mnemonic = rows.text(7);
  item.category = rows.integer(8);
  item.tax_category = rows.integer(9);
  item.unit = enum_value<catalogue::UnitOfMeasure>(rows.text(10));
  if (const auto cost = rows.optional_integer(11)) item.cost = Money::of_minor(*cost);
  item.tare = Quantity::of_milli(rows.integer(12));
  item.minimum_age = rows.integer(13);
  item.active = rows.boolean(14);
  item.sale_blocked = rows.boolean(15);
  item.discount_blocked = rows.boolean(16);
  item.version = rows.integer(17);
  if (rows.boolean(18)) item.open_price = true;
  if (rows.boolean(19)) item.return_blocked = true;
  if (rows.boolean(20)) item.deposit = true;
  const auto from = rows.optional_integer(21);
  const auto to = rows.optional_integer(22);
  if (from && to) item.sale_hours = catalogue::SaleHours{*from, *to};
  return item;
}

std::optional<ZonedTime> read_time(const Rows& rows, unsigned ms_column) {
  if (rows.is_null(ms_column)) return std::nullopt;
  return ZonedTime{{rows.integer(ms_column)}, static_cast<int>(rows.integer(ms_column + 1))};
}

// Columns from first on: list, amount, valid_from (2), valid_to (2).
catalogue::Price read_price(const Rows& rows, unsigned first) {
  return {rows.text(first), Money::of_minor(rows.integer(first + 1)), read_time(rows, first + 2),
          read_time(rows, first + 4)};
}

void add_time(Binder& binder, const std::optional<ZonedTime>& time) {
  if (time) {
    binder.add(time->instant.unix_ms).add(std::int64_t{time->utc_offset_min});
  } else {
    binder.add_null().add_null();
  }
}

template <class Value>
std::vector<catalogue::ItemId> keys_of(const std::map<catalogue::ItemId, Value>& by_id) {
  std::vector<catalogue::ItemId> ids;
  ids.reserve(by_id.size());
  for (const auto& [id, value] : by_id) ids.push_back(id);
  return ids;
}

struct DatedPrice {
  std::optional<std::int64_t> amount;  // the regular price, when it is one and has no dates
  bool by_date = false;
};

DatedPrice regular_price_of(const catalogue::Item& item) {
  DatedPrice result;
  int found = 0;
  for (const auto& price : item.prices) {
    if (price.list != "regular") continue;
    ++found;
    result.amount = price.amount.minor();
    if (price.valid_from || price.valid_to) result.by_date = true;
  }
  if (found > 1) result.by_date = true;
  if (result.by_date) result.amount.reset();
  return result;
}

}  // namespace

std::string search_text(const catalogue::Item& item) {
  std::string text = item.number;
  for (const auto* part : {&item.name, &item.name_en, &item.spec, &item.brand, &item.mnemonic}) {
    if (!part->empty()) text += " " + *part;
  }
  for (const auto& code : item.codes) text += " " + code.code;
  return to_lower_ascii(text);
}

catalogue::Version CatalogueRepository::version() {
  auto rows = connection_.query("SELECT catalogue_version FROM store WHERE store_id = ?", store_id_);
  return rows.next() ? rows.integer(1) : 0;
}

CatalogueHead CatalogueRepository::lock() {
  auto rows =
      connection_.query("SELECT catalogue_version, last_item_id FROM store WHERE store_id = ? FOR UPDATE", store_id_);
  if (!rows.next()) throw Fault("db.no_store", "the store has not been set up");
  return {rows.integer(1), rows.integer(2)};
}

void CatalogueRepository::save(const CatalogueHead& head) {
  connection_.execute("UPDATE store SET catalogue_version = ?, last_item_id = ? WHERE store_id = ?", head.version,
                      head.last_item_id, store_id_);
}

std::vector<catalogue::Item> CatalogueRepository::changed_since(catalogue::Version since, catalogue::ItemId after,
                                                                std::int64_t limit) {
  std::vector<catalogue::Item> items;
  // Two ranges of the key (version, item_id), because the optimizers differ in what they make of an OR.
  const auto head = std::string("SELECT ") + std::string(item_columns) + " FROM item i WHERE i.store_id = ? AND ";
  {
    auto rows = connection_.query(head + "i.version = ? AND i.item_id > ? ORDER BY i.item_id LIMIT ?", store_id_, since,
                                  after, limit);
    while (rows.next()) items.push_back(read_item(rows));
  }
  if (const auto left = limit - static_cast<std::int64_t>(items.size()); left > 0) {
    auto rows = connection_.query(head + "i.version > ? ORDER BY i.version, i.item_id LIMIT ?", store_id_, since, left);
    while (rows.next()) items.push_back(read_item(rows));
  }
  add_codes_and_prices(items);
  return items;
}

std::vector<catalogue::Item> CatalogueRepository::by_ids(std::span<const catalogue::ItemId> ids) {
  std::vector<catalogue::Item> items;
  query_keys<catalogue::ItemId>(
      connection_,
      std::string("SELECT ") + std::string(item_columns) + " FROM item i WHERE i.store_id = ? AND i.item_id IN (", "?",
      ") ORDER BY i.item_id", ids, [&](Binder& b) { b.add(store_id_); },
      [](Binder& b, catalogue::ItemId id) { b.add(id); },
      [&](Rows& rows) {
        while (rows.next()) items.push_back(read_item(rows));
      });
  add_codes_and_prices(items);
  return items;
}

void CatalogueRepository::add_codes_and_prices(std::vector<catalogue::Item>& items) {
  std::map<catalogue::ItemId, catalogue::Item*> by_id;
  for (auto& item : items) by_id[item.id] = &item;
  const auto ids = keys_of(by_id);
  const auto ask = [&](std::string_view head, std::string_view tail, auto&& read) {
    query_keys<catalogue::ItemId>(
        connection_, head, "?", tail, ids, [&](Binder& b) { b.add(store_id_); },
        [](Binder& b, catalogue::ItemId id) { b.add(id); }, read);
  };
  ask("SELECT item_id, code, pack_quantity, pack_price FROM item_code WHERE store_id = ? AND item_id IN (",
      ") ORDER BY item_id, position", [&](Rows& rows) {
        while (rows.next()) {
          catalogue::ItemCode code{rows.text(2), Quantity::of_milli(rows.integer(3)), std::nullopt};
          if (const auto price = rows.optional_integer(4)) code.pack_price = Money::of_minor(*price);
          by_id.at(rows.integer(1))->codes.push_back(std::move(code));
        }
      });
  ask("SELECT p.item_id, p.list, p.amount, p.valid_from_ms, p.valid_from_offset_min, p.valid_to_ms, "
      "p.valid_to_offset_min FROM item_price p JOIN item i ON i.store_id = p.store_id AND i.item_id = p.item_id AND "
      "i.price_version = p.version WHERE p.store_id = ? AND p.item_id IN (",
      ") ORDER BY p.item_id, p.position", [&](Rows& rows) {
        while (rows.next()) by_id.at(rows.integer(1))->prices.push_back(read_price(rows, 2));
      });
}

std::map<std::string, catalogue::ItemId> CatalogueRepository::ids_by_number(std::span<const std::string> numbers) {
  std::map<std::string, catalogue::ItemId> ids;
  query_keys<std::string>(
      connection_, "SELECT number, item_id FROM item WHERE store_id = ? AND number IN (", "?", ")", numbers,
      [&](Binder& b) { b.add(store_id_); }, [](Binder& b, const std::string& number) { b.add(number); },
      [&](Rows& rows) {
        while (rows.next()) ids[rows.text(1)] = rows.integer(2);
      });
  return ids;
}

std::multimap<std::string, catalogue::ItemId> CatalogueRepository::active_by_code(std::span<const std::string> codes) {
  std::multimap<std::string, catalogue::ItemId> found;
  query_keys<std::string>(
      connection_,
      "SELECT c.code, c.item_id FROM item_code c JOIN item i ON i.store_id = c.store_id AND i.item_id = c.item_id "
      "WHERE "
      "i.active = 1 AND c.store_id = ? AND c.code IN (",
      "?", ")", codes, [&](Binder& b) { b.add(store_id_); }, [](Binder& b, const std::string& code) { b.add(code); },
      [&](Rows& rows) {
        while (rows.next()) found.emplace(rows.text(1), rows.integer(2));
      });
  return found;
}

std::map<catalogue::ItemId, std::vector<PricesSince>> CatalogueRepository::price_history(
    std::span<const catalogue::ItemId> ids) {
  std::map<catalogue::ItemId, std::vector<PricesSince>> history;
  std::map<catalogue::ItemId, catalogue::Version> now;
  const auto ask = [&](std::string_view head, std::string_view tail, auto&& read) {
    query_keys<catalogue::ItemId>(
        connection_, head, "?", tail, ids, [&](Binder& b) { b.add(store_id_); },
        [](Binder& b, catalogue::ItemId id) { b.add(id); }, read);
  };
  ask("SELECT item_id, price_version FROM item WHERE store_id = ? AND item_id IN (", ")", [&](Rows& rows) {
    while (rows.next()) {
      now[rows.integer(1)] = rows.integer(2);
      history[rows.integer(1)];
    }
  });
  ask("SELECT item_id, version, list, amount, valid_from_ms, valid_from_offset_min, valid_to_ms, valid_to_offset_min "
      "FROM item_price WHERE store_id = ? AND item_id IN (",
      ") ORDER BY item_id, version, position", [&](Rows& rows) {
        while (rows.next()) {
          auto& versions = history[rows.integer(1)];
          if (versions.empty() || versions.back().version != rows.integer(2)) versions.push_back({rows.integer(2), {}});
          versions.back().prices.push_back(read_price(rows, 3));
        }
      });
  // Prices that were taken away leave no rows: the version itself says that there are none from then on.
  for (const auto& [id, version] : now) {
    auto& versions = history[id];
    if (version > 0 && (versions.empty() || versions.back().version < version)) versions.push_back({version, {}});
  }
  return history;
}

std::vector<catalogue::ItemId> CatalogueRepository::ids_changed_since(catalogue::Version version, std::int64_t limit) {
  std::vector<catalogue::ItemId> ids;
  auto rows = connection_.query("SELECT item_id FROM item WHERE store_id = ? AND version > ? ORDER BY version LIMIT ?",
                                store_id_, version, limit + 1);
  while (rows.next()) ids.push_back(rows.integer(1));
  return ids;
}

void CatalogueRepository::write(std::span<const Change> changes, const Editor& editor) {
  insert_rows<Change>(
      connection_,
      "INSERT INTO item (store_id, item_id, number, name, name_en, spec, brand, mnemonic, category_id, "
      "tax_category_id, unit, cost, tare, minimum_age, active, sale_blocked, discount_blocked, version, price_version, "
      "regular_price, priced_by_date, search_text, updated_by, updated_by_name, updated_ms, updated_offset_min, "
      "open_price, return_blocked, deposit, sale_from_minute, sale_to_minute) VALUES ",
      "(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
      " ON DUPLICATE KEY UPDATE number = VALUES(number), name = VALUES(name), name_en = VALUES(name_en), "
      "spec = VALUES(spec), brand = VALUES(brand), mnemonic = VALUES(mnemonic), category_id = VALUES(category_id), "
      "tax_category_id = VALUES(tax_category_id), unit = VALUES(unit), cost = VALUES(cost), tare = VALUES(tare), "
      "minimum_age = VALUES(minimum_age), active = VALUES(active), sale_blocked = VALUES(sale_blocked), "
      "discount_blocked = VALUES(discount_blocked), version = VALUES(version), "
      "price_version = CASE WHEN VALUES(price_version) > 0 THEN VALUES(price_version) ELSE price_version END, "
      "regular_price = VALUES(regular_price), priced_by_date = VALUES(priced_by_date), "
      "search_text = VALUES(search_text), updated_by = VALUES(updated_by), updated_by_name = VALUES(updated_by_name), "
      "updated_ms = VALUES(updated_ms), updated_offset_min = VALUES(updated_offset_min), open_price = "
      "VALUES(open_price), return_blocked = VALUES(return_blocked), deposit = VALUES(deposit), "
      "sale_from_minute = VALUES(sale_from_minute), sale_to_minute = VALUES(sale_to_minute)",
      changes, [&](Binder& b, const Change& change) {
        const auto& item = change.item;
        const auto regular = regular_price_of(item);
        b.add(store_id_).add(item.id).add(item.number).add(item.name).add(item.name_en).add(item.spec).add(item.brand);
        b.add(item.mnemonic).add(item.category).add(item.tax_category).add(enum_text(item.unit));
        b.add(item.cost ? std::optional(item.cost->minor()) : std::nullopt).add(item.tare.milli());
        b.add(item.minimum_age).add(std::int64_t{item.active}).add(std::int64_t{item.sale_blocked});
        b.add(std::int64_t{item.discount_blocked}).add(item.version).add(change.prices_changed ? item.version : 0);
        b.add(regular.amount).add(std::int64_t{regular.by_date}).add(search_text(item)).add(editor.staff);
        b.add(editor.name).add(editor.at.instant.unix_ms).add(std::int64_t{editor.at.utc_offset_min});
        b.add(std::int64_t{item.open_price.value_or(false)}).add(std::int64_t{item.return_blocked.value_or(false)});
        b.add(std::int64_t{item.deposit.value_or(false)});
        b.add(item.sale_hours ? std::optional(item.sale_hours->from_minute) : std::nullopt);
        b.add(item.sale_hours ? std::optional(item.sale_hours->to_minute) : std::nullopt);
      });
  struct Part {
    const catalogue::Item* item;
    std::size_t position;
  };
  std::vector<Part> codes;
  std::vector<Part> prices;
  for (const auto& change : changes) {
    if (change.codes_changed) {
      if (!change.is_new) {
        connection_.execute("DELETE FROM item_code WHERE store_id = ? AND item_id = ?", store_id_, change.item.id);
      }
      for (std::size_t i = 0; i < change.item.codes.size(); ++i) codes.push_back({&change.item, i});
    }
    for (std::size_t i = 0; change.prices_changed && i < change.item.prices.size(); ++i) {
      prices.push_back({&change.item, i});
    }
  }
  insert_rows<Part>(connection_,
                    "INSERT INTO item_code (store_id, item_id, position, code, pack_quantity, pack_price) VALUES ",
                    "(?,?,?,?,?,?)", "", codes, [&](Binder& b, const Part& part) {
                      const auto& code = part.item->codes[part.position];
                      b.add(store_id_).add(part.item->id).add(static_cast<std::int64_t>(part.position)).add(code.code);
                      b.add(code.pack_quantity.milli());
                      b.add(code.pack_price ? std::optional(code.pack_price->minor()) : std::nullopt);
                    });
  insert_rows<Part>(
      connection_,
      "INSERT INTO item_price (store_id, item_id, version, position, list, amount, valid_from_ms, "
      "valid_from_offset_min, valid_to_ms, valid_to_offset_min) VALUES ",
      "(?,?,?,?,?,?,?,?,?,?)", "", prices, [&](Binder& b, const Part& part) {
        const auto& price = part.item->prices[part.position];
        b.add(store_id_).add(part.item->id).add(part.item->version).add(static_cast<std::int64_t>(part.position));
        b.add(price.list).add(price.amount.minor());
        add_time(b, price.valid_from);
        add_time(b, price.valid_to);
      });
}

}  // namespace lanekeeper::storage
