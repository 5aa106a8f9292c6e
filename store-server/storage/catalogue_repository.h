// Tables item, item_code, item_price, and the catalogue's version in store.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "catalogue/item.h"
#include "protocol/messages.h"
#include "storage/connection.h"

namespace lanekeeper::storage {

struct CatalogueHead {
  catalogue::Version version = 0;
  catalogue::ItemId last_item_id = 0;
};

// Who changed an item, for its row.
struct Editor {
  std::int64_t staff = 0;
  std::string name;
  ZonedTime at;
};

struct ItemFilter {
  std::string text;  // lower case, trimmed
  std::optional<catalogue::CategoryId> category;
  std::optional<protocol::ItemState> state;
};

// The prices an item had from a version of the catalogue on.
struct PricesSince {
  catalogue::Version version = 0;
  std::vector<catalogue::Price> prices;
};

class CatalogueRepository {
 public:
  CatalogueRepository(Connection& connection, std::int64_t store_id) : connection_(connection), store_id_(store_id) {}

  [[nodiscard]] catalogue::Version version();
  // For changing: other changes wait until the commit, so that versions become visible in their order.
  [[nodiscard]] CatalogueHead lock();
  void save(const CatalogueHead& head);

  // Items changed after (since, after), by (version, id).
  [[nodiscard]] std::vector<catalogue::Item> changed_since(catalogue::Version since, catalogue::ItemId after,
                                                           std::int64_t limit);
  [[nodiscard]] std::vector<catalogue::Item> by_ids(std::span<const catalogue::ItemId> ids);
  [[nodiscard]] std::map<std::string, catalogue::ItemId> ids_by_number(std::span<const std::string> numbers);
  // Active items that have one of these codes: code -> item ids.
  [[nodiscard]] std::multimap<std::string, catalogue::ItemId> active_by_code(std::span<const std::string> codes);

  [[nodiscard]] std::vector<protocol::ItemRow> list(const ItemFilter& filter, catalogue::ItemId after,
                                                    std::int64_t limit, Instant now);
  [[nodiscard]] protocol::ItemCounts counts(const ItemFilter& filter, Instant now);  // the filter's state is left out
  [[nodiscard]] std::optional<protocol::ItemRow> row(catalogue::ItemId id);

  // Items that are new (insert) or stand with this id already (replace). prices_changed: whether item_price gets rows
  // of item.version.
  struct Change {
    catalogue::Item item;
    bool is_new = false;
    bool codes_changed = true;
    bool prices_changed = true;
  };
  void write(std::span<const Change> changes, const Editor& editor);

  // All prices these items ever had, oldest version first. Unknown items are left out.
  [[nodiscard]] std::map<catalogue::ItemId, std::vector<PricesSince>> price_history(
      std::span<const catalogue::ItemId> ids);
  // Ids of items changed after a version; at most limit + 1 of them.
  [[nodiscard]] std::vector<catalogue::ItemId> ids_changed_since(catalogue::Version version, std::int64_t limit);

 private:
  void add_codes_and_prices(std::vector<catalogue::Item>& items);

  Connection& connection_;
  std::int64_t store_id_;
};

// What a search by part looks into: number, names, spec, brand, mnemonic, codes, in lower case.
[[nodiscard]] std::string search_text(const catalogue::Item& item);

}  // namespace lanekeeper::storage
