#include "storage/return_repository.h"

#include <algorithm>

#include "storage/batch.h"

namespace lanekeeper::storage {

namespace {

struct KeyedReturn {
  std::int64_t till;
  std::int64_t sequence;
  const SaleReturnRow* row;
};

}  // namespace

void ReturnRepository::insert(std::span<const EntryToStore> entries) {
  std::vector<KeyedReturn> all;
  for (const auto& entry : entries) {
    for (const auto& row : entry.rows->returns) all.push_back({entry.entry->till, entry.entry->sequence, &row});
  }
  insert_rows<KeyedReturn>(
      connection_,
      "INSERT INTO sale_return (store_id, till, sequence, line, original_sale_id, original_till, original_receipt, "
      "original_line, returned_before, quantity, amount, tax, to_stock, to_supplier, reason) VALUES ",
      "(?,?,?,?,UNHEX(?),?,?,?,?,?,?,?,?,?,?)", "", all, [&](Binder& b, const KeyedReturn& keyed) {
        const auto& row = *keyed.row;
        b.add(store_id_).add(keyed.till).add(keyed.sequence).add(row.line).add(row.original_sale_hex);
        b.add(row.original_till).add(row.original_receipt).add(row.original_line).add(row.returned_before);
        b.add(row.quantity).add(row.amount).add(row.tax).add(std::int64_t{row.to_stock});
        b.add(std::int64_t{row.to_supplier});
        row.reason ? b.add(*row.reason) : b.add_null();
      });
}

std::map<std::string, std::vector<EntryKey>> ReturnRepository::returns_of(std::span<const std::string> sale_ids_hex) {
  struct Found {
    std::int64_t completed_ms;
    EntryKey key;
    auto operator<=>(const Found&) const = default;
  };
  std::map<std::string, std::vector<Found>> found;
  query_keys<std::string>(
      connection_,
      "SELECT DISTINCT LOWER(HEX(r.original_sale_id)), s.completed_ms, r.till, r.sequence FROM sale_return r JOIN sale "
      "s "
      "ON s.store_id = r.store_id AND s.till = r.till AND s.sequence = r.sequence WHERE r.store_id = ? AND "
      "r.original_sale_id IN (",
      "UNHEX(?)", ")", sale_ids_hex, [&](Binder& b) { b.add(store_id_); },
      [](Binder& b, const std::string& id) { b.add(id); },
      [&](Rows& rows) {
        while (rows.next()) {
          found[rows.text(1)].push_back({rows.integer(2), {rows.integer(3), rows.integer(4)}});
        }
      });
  std::map<std::string, std::vector<EntryKey>> ordered;
  for (auto& [id, returns] : found) {
    std::sort(returns.begin(), returns.end());
    for (const auto& one : returns) ordered[id].push_back(one.key);
  }
  return ordered;
}

}  // namespace lanekeeper::storage
