// Changing goods: one at a time from the back office, a thousand at a time from an import. Both check the same things
// and end in the same rows.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "services/catalogue_service.h"
#include "storage/catalogue_repository.h"

namespace lanekeeper::services {

class ItemEditing {
 public:
  ItemEditing(const ServiceContext& context, const Principal& principal) : context_(context), principal_(principal) {}

  // item.id 0: a new one.
  [[nodiscard]] Result<protocol::ItemRow> save_one(catalogue::Item item);
  [[nodiscard]] Result<std::vector<ItemImportResult>> import(const std::vector<ItemImport>& rows);

 private:
  using Change = storage::CatalogueRepository::Change;

  // What has to be known of the other goods before some can be changed. Read under the catalogue's lock.
  struct Neighbours {
    std::map<std::string, catalogue::ItemId> by_number;
    std::multimap<std::string, catalogue::ItemId> active_by_code;
    std::map<catalogue::ItemId, catalogue::Item> stored;
    std::set<catalogue::CategoryId> categories;
    std::set<catalogue::TaxCategoryId> taxes;
    catalogue::TaxCategoryId usual_tax = 0;
    std::map<std::string, catalogue::CategoryId> category_by_name;
    std::map<catalogue::ItemId, std::string> numbers;  // of whoever is in by_number or active_by_code
  };

  [[nodiscard]] Neighbours read_neighbours(storage::Connection& connection, const std::vector<std::string>& numbers,
                                           const std::vector<std::string>& codes,
                                           const std::vector<std::string>& category_names, bool& categories_made) const;
  [[nodiscard]] Result<void> check(const catalogue::Item& item, const Neighbours& around) const;
  [[nodiscard]] catalogue::Item merged(const ItemImport& row, const catalogue::Item* stored,
                                       const Neighbours& around) const;
  [[nodiscard]] ItemImportResult import_row(const ItemImport& row, Neighbours& around, storage::CatalogueHead& head,
                                            std::map<catalogue::ItemId, Change>& changes) const;
  void note(Neighbours& around, const catalogue::Item& item, const catalogue::Item* before) const;
  void write(storage::Connection& connection, std::vector<Change>& changes, storage::CatalogueHead& head) const;
  void trace(storage::Connection& connection, const catalogue::Item* before, const catalogue::Item& after) const;

  ServiceContext context_;
  const Principal& principal_;
};

}  // namespace lanekeeper::services
