// Goods: what tills replicate and what the back office edits. Every committed change takes the next version of the
// catalogue; versions become visible in their order, so a till that asks for "since V" misses nothing.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "catalogue/item.h"
#include "protocol/messages.h"
#include "services/principal.h"
#include "services/service_context.h"

namespace lanekeeper::services {

struct ItemQuery {
  std::string text;  // part of a name, pinyin initials, number, part of a barcode; may be empty
  std::optional<catalogue::CategoryId> category;
  std::optional<protocol::ItemState> state;
  catalogue::ItemId after = 0;  // id of the last row one has
  std::int64_t limit = 100;     // 1..500
};

// One row of an import file. Members of the item that are not given keep what is stored (or the default of a new item).
struct ItemImport {
  std::int64_t line = 0;      // in the file
  catalogue::Item item;       // id is not looked at
  std::string category_name;  // found by its name or made; empty: item.category, if given
  struct Given {
    bool name = true;
    bool name_en = false;
    bool spec = false;
    bool brand = false;
    bool mnemonic = false;  // not given: made from the name
    bool category = false;
    bool tax_category = false;
    bool unit = false;
    bool codes = false;
    bool add_codes = false;  // item.codes come on top of the stored ones instead of replacing them
    bool prices = false;
    bool cost = false;
    bool tare = false;
    bool minimum_age = false;
    bool active = false;
    bool sale_blocked = false;
    bool discount_blocked = false;
    bool open_price = false;
    bool return_blocked = false;
    bool deposit = false;
    bool sale_hours = false;
  } given;
};
enum class ImportOutcome { added, changed, unchanged, refused };
struct ItemImportResult {
  std::int64_t line = 0;
  ImportOutcome outcome = ImportOutcome::refused;
  std::optional<Error> error;  // why refused
};

class CatalogueService {
 public:
  static constexpr std::int64_t max_page = 2000;        // items of one catalogue page
  static constexpr std::size_t max_import_rows = 1000;  // of one import_items call; import.too_many_rows

  explicit CatalogueService(ServiceContext context) : context_(context) {}

  [[nodiscard]] catalogue::Version version();

  // For devices, ordered by (version, id); costs are left out. limit 1..max_page.
  [[nodiscard]] Result<protocol::CataloguePage> page(const Principal& principal, catalogue::Version since,
                                                     catalogue::ItemId after, std::int64_t limit);
  // The same as JSON text of a protocol::CataloguePage, without building a tree in between: for full loads.
  [[nodiscard]] Result<std::string> page_json(const Principal& principal, catalogue::Version since,
                                              catalogue::ItemId after, std::int64_t limit);

  // items_read. By id.
  [[nodiscard]] Result<protocol::ItemPage> list(const Principal& principal, const ItemQuery& query);
  [[nodiscard]] Result<protocol::ItemRow> get(const Principal& principal, catalogue::ItemId id);  // item.not_found

  // items_edit. Beside what catalogue::validate() says: item.number_taken (details "number", "item"), item.code_taken
  // (details "code", "item", "number": the active item that has it), item.unknown_category, item.unknown_tax,
  // item.changed_meanwhile (details "by", "version"), item.not_found. An unchanged item keeps its version.
  [[nodiscard]] Result<protocol::ItemRow> create(const Principal& principal, catalogue::Item item);
  [[nodiscard]] Result<protocol::ItemRow> update(const Principal& principal, catalogue::Item item);

  // items_import. Rows are matched to items by number. One transaction and at most one new version for all good rows;
  // a bad row is reported and harms no other. Results in the order of the rows. The caller audits the whole import with
  // note_import() when it is done.
  [[nodiscard]] Result<std::vector<ItemImportResult>> import_items(const Principal& principal,
                                                                   const std::vector<ItemImport>& rows);
  [[nodiscard]] Result<void> note_import(const Principal& principal, const protocol::ImportStatus& outcome);

 private:
  ServiceContext context_;
};

}  // namespace lanekeeper::services
