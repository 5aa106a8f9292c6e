#include "services/item_editing.h"

#include <algorithm>

#include "base/text.h"
#include "services/audit_trail.h"
#include "storage/connection.h"
#include "storage/store_repository.h"

namespace lanekeeper::services {

namespace {

constexpr std::size_t max_category_name = 120;  // characters

bool same_but_version(catalogue::Item a, catalogue::Item b) {
  a.version = b.version = 0;
  return a == b;
}

Error no_such_item(catalogue::ItemId id) {
  return {"item.not_found", "There is no such item. Search for it again.", {{"item", std::to_string(id)}}};
}

std::vector<std::string> codes_of(const catalogue::Item& item) {
  std::vector<std::string> codes;
  for (const auto& code : item.codes) codes.push_back(code.code);
  return codes;
}

// Codes of another item that are added to one: what is there stays, the same code is overwritten.
void add_codes(std::vector<catalogue::ItemCode>& codes, const std::vector<catalogue::ItemCode>& more) {
  for (const auto& code : more) {
    const auto same = std::find_if(codes.begin(), codes.end(), [&](const auto& c) { return c.code == code.code; });
    if (same == codes.end()) {
      codes.push_back(code);
    } else {
      *same = code;
    }
  }
}

// As it is stored: what is not so is left out.
void drop_false(catalogue::Item& item) {
  for (auto* flag : {&item.open_price, &item.return_blocked, &item.deposit}) {
    if (*flag == false) flag->reset();
  }
}

template <class T>
void take_if(bool given, T& into, const T& from) {
  if (given) into = from;
}

}  // namespace

ItemEditing::Neighbours ItemEditing::read_neighbours(storage::Connection& connection,
                                                     const std::vector<std::string>& numbers,
                                                     const std::vector<std::string>& codes,
                                                     const std::vector<std::string>& category_names,
                                                     bool& categories_made) const {
  storage::CatalogueRepository goods(connection, context_.store_id);
  storage::StoreRepository store(connection, context_.store_id);
  Neighbours around;
  around.category_by_name = store.categories_by_name(category_names, categories_made);
  for (const auto& [name, id] : around.category_by_name) around.categories.insert(id);
  for (const auto& tax : store.taxes()) {
    if (around.usual_tax == 0) around.usual_tax = tax.id;
    around.taxes.insert(tax.id);
  }
  around.by_number = goods.ids_by_number(numbers);
  std::vector<catalogue::ItemId> ids;
  for (const auto& [number, id] : around.by_number) {
    ids.push_back(id);
    around.numbers[id] = number;
  }
  std::sort(ids.begin(), ids.end());
  auto all_codes = codes;
  for (auto& item : goods.by_ids(ids)) {
    // A deactivated item that comes back brings its stored codes with it.
    for (auto& code : codes_of(item)) all_codes.push_back(std::move(code));
    around.stored.emplace(item.id, std::move(item));
  }
  std::sort(all_codes.begin(), all_codes.end());
  all_codes.erase(std::unique(all_codes.begin(), all_codes.end()), all_codes.end());
  around.active_by_code = goods.active_by_code(all_codes);
  ids.clear();
  for (const auto& [code, id] : around.active_by_code) {
    if (!around.numbers.contains(id)) ids.push_back(id);
  }
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  for (const auto& item : goods.by_ids(ids)) around.numbers[item.id] = item.number;
  return around;
}

Result<void> ItemEditing::check(const catalogue::Item& item, const Neighbours& around) const {
  if (auto valid = catalogue::validate(item); !valid) return valid;
  if (item.category != 0 && !around.categories.contains(item.category)) {
    return fail("item.unknown_category", "There is no such category. Choose another one.",
                {{"category", std::to_string(item.category)}});
  }
  if (!around.taxes.contains(item.tax_category)) {
    return fail("item.unknown_tax", "There is no such tax category. Choose another one.",
                {{"tax", std::to_string(item.tax_category)}});
  }
  const auto namesake = around.by_number.find(item.number);
  if (namesake != around.by_number.end() && namesake->second != item.id) {
    return fail("item.number_taken", "Another item has this number already. Choose another one.",
                {{"number", item.number}, {"item", std::to_string(namesake->second)}});
  }
  if (!item.active) return {};
  for (const auto& code : item.codes) {
    const auto [first, last] = around.active_by_code.equal_range(code.code);
    for (auto other = first; other != last; ++other) {
      if (other->second == item.id) continue;
      const auto number = around.numbers.find(other->second);
      return fail("item.code_taken", "Another item has this barcode already. Take it away there first.",
                  {{"code", code.code},
                   {"item", std::to_string(other->second)},
                   {"number", number == around.numbers.end() ? std::string() : number->second}});
    }
  }
  return {};
}

Result<protocol::ItemRow> ItemEditing::save_one(catalogue::Item item) {
  if (auto allowed = require(principal_, access::Permission::items_edit); !allowed) {
    return fail(std::move(allowed.error()));
  }
  catalogue::Version version = 0;
  // "G1 " would be "G1" to the database, and its item would be overwritten.
  item.number = std::string(trim(item.number));
  drop_false(item);
  auto row = context_.database.transact([&](storage::Connection& connection) -> Result<protocol::ItemRow> {
    storage::CatalogueRepository goods(connection, context_.store_id);
    auto head = goods.lock();
    version = 0;
    auto edited = item;
    std::optional<protocol::ItemRow> stored;
    if (edited.id != 0) {
      stored = goods.row(edited.id);
      if (!stored) return fail(no_such_item(edited.id));
      if (stored->item.version != edited.version) {
        return fail("item.changed_meanwhile", "Somebody else changed this item meanwhile. Look at it again.",
                    {{"by", stored->updated_by}, {"version", std::to_string(stored->item.version)}});
      }
      if (same_but_version(stored->item, edited)) return std::move(*stored);
    }
    if (edited.mnemonic.empty()) edited.mnemonic = catalogue::pinyin_initials(edited.name);
    bool categories_made = false;
    const auto around = read_neighbours(connection, {edited.number}, codes_of(edited), {}, categories_made);
    if (auto checked = check(edited, around); !checked) return fail(std::move(checked.error()));
    if (edited.id == 0) edited.id = ++head.last_item_id;
    std::vector<Change> changes(1);
    changes.front() = {edited, !stored, !stored || stored->item.codes != edited.codes,
                       !stored || stored->item.prices != edited.prices};
    write(connection, changes, head);
    version = head.version;
    trace(connection, stored ? &stored->item : nullptr, changes.front().item);
    auto saved = goods.row(edited.id);
    if (!saved) throw Fault("db.error", "the item that was written is not there: another one has its number");
    return std::move(*saved);
  });
  if (row && version > 0) context_.changes.catalogue_changed(version);
  return row;
}

void ItemEditing::write(storage::Connection& connection, std::vector<Change>& changes,
                        storage::CatalogueHead& head) const {
  storage::CatalogueRepository goods(connection, context_.store_id);
  if (!changes.empty()) ++head.version;
  for (auto& change : changes) change.item.version = head.version;
  storage::Editor editor{0, "", context_.clock.now()};
  if (principal_.staff) {
    editor.staff = principal_.staff->id;
    editor.name = principal_.staff->name;
  }
  goods.write(changes, editor);
  goods.save(head);
}

void ItemEditing::trace(storage::Connection& connection, const catalogue::Item* before,
                        const catalogue::Item& after) const {
  const auto old = before != nullptr ? json::to_value(*before) : json::Value::object();
  AuditTrail::add(
      connection, context_, &principal_,
      {before == nullptr ? "item.create" : "item.change", "item " + after.number, old, json::to_value(after)});
}

// ---- import
// ----------------------------------------------------------------------------------------------------------

catalogue::Item ItemEditing::merged(const ItemImport& row, const catalogue::Item* stored,
                                    const Neighbours& around) const {
  catalogue::Item item = stored != nullptr ? *stored : catalogue::Item{};
  const auto& given = row.given;
  const auto& from = row.item;
  item.number = from.number;
  take_if(given.name, item.name, from.name);
  take_if(given.name_en, item.name_en, from.name_en);
  take_if(given.spec, item.spec, from.spec);
  take_if(given.brand, item.brand, from.brand);
  take_if(given.category, item.category, from.category);
  if (!row.category_name.empty()) item.category = around.category_by_name.at(row.category_name);
  take_if(given.tax_category, item.tax_category, from.tax_category);
  if (item.tax_category == 0) item.tax_category = around.usual_tax;
  take_if(given.unit, item.unit, from.unit);
  take_if(given.codes, item.codes, from.codes);
  if (given.add_codes) add_codes(item.codes, from.codes);
  take_if(given.prices, item.prices, from.prices);
  take_if(given.cost, item.cost, from.cost);
  take_if(given.tare, item.tare, from.tare);
  take_if(given.minimum_age, item.minimum_age, from.minimum_age);
  take_if(given.active, item.active, from.active);
  take_if(given.sale_blocked, item.sale_blocked, from.sale_blocked);
  take_if(given.discount_blocked, item.discount_blocked, from.discount_blocked);
  take_if(given.open_price, item.open_price, from.open_price);
  take_if(given.return_blocked, item.return_blocked, from.return_blocked);
  take_if(given.deposit, item.deposit, from.deposit);
  take_if(given.sale_hours, item.sale_hours, from.sale_hours);
  drop_false(item);
  if (given.mnemonic) {
    item.mnemonic = from.mnemonic;
  } else if (stored == nullptr || stored->name != item.name) {
    item.mnemonic = catalogue::pinyin_initials(item.name);
  }
  return item;
}

// Later rows of the same file have to see what earlier ones took.
void ItemEditing::note(Neighbours& around, const catalogue::Item& item, const catalogue::Item* before) const {
  around.by_number[item.number] = item.id;
  around.numbers[item.id] = item.number;
  if (before != nullptr) {
    for (const auto& code : before->codes) {
      auto [first, last] = around.active_by_code.equal_range(code.code);
      const auto own = std::find_if(first, last, [&](const auto& entry) { return entry.second == item.id; });
      if (own != last) around.active_by_code.erase(own);
    }
  }
  if (item.active) {
    for (const auto& code : item.codes) around.active_by_code.emplace(code.code, item.id);
  }
}

ItemImportResult ItemEditing::import_row(const ItemImport& row, Neighbours& around, storage::CatalogueHead& head,
                                         std::map<catalogue::ItemId, Change>& changes) const {
  const auto found = around.by_number.find(row.item.number);
  const auto stored = found == around.by_number.end() ? around.stored.end() : around.stored.find(found->second);
  const catalogue::Item* before = stored == around.stored.end() ? nullptr : &stored->second;
  if (!row.category_name.empty() && !around.category_by_name.contains(row.category_name)) {
    return {row.line, ImportOutcome::refused,
            Error{"item.bad_category",
                  "The name of the category is too long. Shorten it.",
                  {{"limit", std::to_string(max_category_name)}}}};
  }
  auto item = merged(row, before, around);
  if (before != nullptr && *before == item) return {row.line, ImportOutcome::unchanged, std::nullopt};
  if (auto checked = check(item, around); !checked) {
    return {row.line, ImportOutcome::refused, std::move(checked.error())};
  }
  const bool is_new = before == nullptr;
  if (is_new) item.id = ++head.last_item_id;
  note(around, item, before);
  auto& change = changes.try_emplace(item.id, Change{{}, is_new, is_new, is_new}).first->second;
  if (!is_new) {
    // Another row of this file may have changed it already.
    change.codes_changed = change.codes_changed || before->codes != item.codes;
    change.prices_changed = change.prices_changed || before->prices != item.prices;
  }
  change.item = item;
  around.stored[item.id] = std::move(item);
  return {row.line, is_new ? ImportOutcome::added : ImportOutcome::changed, std::nullopt};
}

Result<std::vector<ItemImportResult>> ItemEditing::import(const std::vector<ItemImport>& rows) {
  if (auto allowed = require(principal_, access::Permission::items_import); !allowed) {
    return fail(std::move(allowed.error()));
  }
  if (rows.size() > CatalogueService::max_import_rows) {
    return fail("import.too_many_rows", "Too many rows at once. Import them in parts.",
                {{"limit", std::to_string(CatalogueService::max_import_rows)}});
  }
  std::vector<std::string> numbers;
  std::vector<std::string> codes;
  std::set<std::string> names;
  for (const auto& row : rows) {
    numbers.push_back(row.item.number);
    for (auto& code : codes_of(row.item)) codes.push_back(std::move(code));
    if (!row.category_name.empty() && to_utf32(row.category_name).size() <= max_category_name) {
      names.insert(row.category_name);
    }
  }
  catalogue::Version version = 0;
  std::int64_t store_version = 0;
  auto results = context_.database.transact([&](storage::Connection& connection) {
    storage::CatalogueRepository goods(connection, context_.store_id);
    auto head = goods.lock();
    version = store_version = 0;
    bool categories_made = false;
    auto around = read_neighbours(connection, numbers, codes, {names.begin(), names.end()}, categories_made);
    std::vector<ItemImportResult> outcome;
    std::map<catalogue::ItemId, Change> by_id;
    outcome.reserve(rows.size());
    for (const auto& row : rows) outcome.push_back(import_row(row, around, head, by_id));
    std::vector<Change> changes;
    changes.reserve(by_id.size());
    for (auto& [id, change] : by_id) changes.push_back(std::move(change));
    if (!changes.empty()) {
      write(connection, changes, head);
      version = head.version;
    }
    if (categories_made) store_version = storage::StoreRepository(connection, context_.store_id).next_version();
    return outcome;
  });
  if (store_version > 0) context_.changes.store_changed(store_version);
  if (version > 0) context_.changes.catalogue_changed(version);
  return results;
}

}  // namespace lanekeeper::services
