// Which stored item a row of a file means, and what of it changes. Pure; the database's part comes in as values.
#pragma once

#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/error.h"
#include "base/time.h"
#include "catalogue/item.h"
#include "importing/item_rows.h"
#include "services/catalogue_service.h"

namespace lanekeeper::services {

// What is stored of the goods that a batch of rows may mean.
struct StoredGoods {
  std::map<catalogue::ItemId, catalogue::Item> items;
  std::map<std::string, catalogue::ItemId> by_number;
  std::multimap<std::string, catalogue::ItemId> active_by_code;
};

// Of one import: what earlier rows of the same file have taken.
class RowsSoFar {
 public:
  // import.duplicate_barcode, import.duplicate_number (details "line" of the first, "code" or "number").
  [[nodiscard]] Result<void> check(const importing::ItemRow& row, const std::string& number) const;
  void add(const importing::ItemRow& row, const std::string& number);
  void take_over(RowsSoFar&& other);

 private:
  std::unordered_map<std::string, std::int64_t> lines_by_code_;
  std::unordered_map<std::string, std::int64_t> lines_by_number_;
};

struct Match {
  std::string number;                     // of the item the row is for, a new one included
  const catalogue::Item* item = nullptr;  // null: a new one
  std::vector<Error> warnings;            // import.number_kept, import.inactive
};

// The number of an item that the file gives none.
[[nodiscard]] std::string number_by_code(const importing::ItemRow& row);

// By barcode, else by number; a new item without a number is numbered by its first code. item.code_taken (the barcode
// is one item's, the number another's), import.ambiguous (several items have the barcode).
[[nodiscard]] Result<Match> match_row(const importing::ItemRow& row, const StoredGoods& goods);

// What to store. import.unknown_tax
[[nodiscard]] Result<ItemImport> import_of(const importing::ItemRow& row, const Match& match,
                                           const std::vector<catalogue::TaxCategory>& taxes, ZonedTime now);

// Nobody knows whether the first try to store a batch was committed; the second found what it left and calls it
// unchanged. What the whole batch did shows in the difference between before the first try and before the second.
void count_whole_batch(std::vector<ItemImportResult>& results, const std::vector<ItemImport>& imports,
                       const StoredGoods& before_first, const StoredGoods& before_second);

}  // namespace lanekeeper::services
