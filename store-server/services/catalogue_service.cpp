#include "services/catalogue_service.h"

#include <algorithm>

#include "base/text.h"
#include "services/audit_trail.h"
#include "services/item_editing.h"
#include "services/item_json.h"
#include "storage/catalogue_repository.h"
#include "storage/connection.h"

namespace lanekeeper::services {

namespace {

constexpr std::int64_t max_list = 500;

struct RawPage {
  std::vector<catalogue::Item> items;
  catalogue::Version version = 0;
  bool complete = true;
};

Result<RawPage> read_page(const ServiceContext& context, const Principal& principal, catalogue::Version since,
                          catalogue::ItemId after, std::int64_t limit) {
  auto device = require_device(principal);
  if (!device) return fail(std::move(device.error()));
  const auto bounded = std::clamp<std::int64_t>(limit, 1, CatalogueService::max_page);
  // One snapshot: the version and the items belong together.
  auto page = context.database.snapshot([&](storage::Connection& connection) {
    storage::CatalogueRepository repository(connection, context.store_id);
    RawPage result;
    result.version = repository.version();
    result.items = repository.changed_since(since, after, bounded + 1);
    return result;
  });
  page.complete = static_cast<std::int64_t>(page.items.size()) <= bounded;
  if (!page.complete) page.items.pop_back();
  for (auto& item : page.items) item.cost.reset();
  return page;
}

storage::ItemFilter filter_of(const ItemQuery& query) {
  return {to_lower_ascii(trim(sanitize_utf8(query.text))), query.category, query.state};
}

std::int64_t count_of(const protocol::ItemCounts& counts, const std::optional<protocol::ItemState>& state) {
  using S = protocol::ItemState;
  if (!state) return counts.all;
  switch (*state) {
    case S::selling:
      return counts.selling;
    case S::out_of_stock:
      return counts.out_of_stock;
    case S::below_cost:
      return counts.below_cost;
    case S::unpriced:
      return counts.unpriced;
    case S::inactive:
      return counts.inactive;
  }
  return counts.all;
}

}  // namespace

catalogue::Version CatalogueService::version() {
  return context_.database.transact([&](storage::Connection& connection) {
    return storage::CatalogueRepository(connection, context_.store_id).version();
  });
}

Result<protocol::CataloguePage> CatalogueService::page(const Principal& principal, catalogue::Version since,
                                                       catalogue::ItemId after, std::int64_t limit) {
  auto page = read_page(context_, principal, since, after, limit);
  if (!page) return fail(std::move(page.error()));
  return protocol::CataloguePage{std::move(page->items), page->version, page->complete};
}

Result<std::string> CatalogueService::page_json(const Principal& principal, catalogue::Version since,
                                                catalogue::ItemId after, std::int64_t limit) {
  auto page = read_page(context_, principal, since, after, limit);
  if (!page) return fail(std::move(page.error()));
  return encode_page(page->items, page->version, page->complete);
}

Result<protocol::ItemPage> CatalogueService::list(const Principal& principal, const ItemQuery& query) {
  if (auto allowed = require(principal, access::Permission::items_read); !allowed) {
    return fail(std::move(allowed.error()));
  }
  const auto now = context_.clock.now().instant;
  return context_.database.snapshot([&](storage::Connection& connection) {
    storage::CatalogueRepository repository(connection, context_.store_id);
    const auto filter = filter_of(query);
    protocol::ItemPage page;
    page.rows = repository.list(filter, query.after, std::clamp<std::int64_t>(query.limit, 1, max_list), now);
    const auto counts = repository.counts(filter, now);
    page.total = count_of(counts, query.state);
    if (query.after == 0) page.counts = counts;
    return page;
  });
}

Result<protocol::ItemRow> CatalogueService::get(const Principal& principal, catalogue::ItemId id) {
  if (auto allowed = require(principal, access::Permission::items_read); !allowed) {
    return fail(std::move(allowed.error()));
  }
  return context_.database.snapshot([&](storage::Connection& connection) -> Result<protocol::ItemRow> {
    auto row = storage::CatalogueRepository(connection, context_.store_id).row(id);
    if (!row)
      return fail("item.not_found", "There is no such item. Search for it again.", {{"item", std::to_string(id)}});
    return std::move(*row);
  });
}

Result<protocol::ItemRow> CatalogueService::create(const Principal& principal, catalogue::Item item) {
  item.id = 0;
  return ItemEditing(context_, principal).save_one(std::move(item));
}

Result<protocol::ItemRow> CatalogueService::update(const Principal& principal, catalogue::Item item) {
  if (item.id <= 0) return fail("item.not_found", "There is no such item. Search for it again.");
  return ItemEditing(context_, principal).save_one(std::move(item));
}

Result<std::vector<ItemImportResult>> CatalogueService::import_items(const Principal& principal,
                                                                     const std::vector<ItemImport>& rows) {
  return ItemEditing(context_, principal).import(rows);
}

Result<void> CatalogueService::note_import(const Principal& principal, const protocol::ImportStatus& outcome) {
  if (auto allowed = require(principal, access::Permission::items_import); !allowed) {
    return fail(std::move(allowed.error()));
  }
  auto after = json::Value::object();
  after["rows"] = outcome.rows_total;
  after["added"] = outcome.added;
  after["changed"] = outcome.changed;
  after["unchanged"] = outcome.unchanged;
  after["refused"] = outcome.refused;
  after["state"] = json::to_value(outcome.state);
  AuditTrail(context_).add(&principal,
                           {"items.import", "file " + outcome.file_name, json::Value::object(), std::move(after)});
  return {};
}

}  // namespace lanekeeper::services
