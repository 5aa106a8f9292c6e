#include "services/import_matching.h"

#include <algorithm>

#include "barcode/gtin.h"
#include "base/text.h"

namespace lanekeeper::services {
namespace {

using catalogue::Item;
using catalogue::Price;
using importing::ItemRow;

// As people know it: without the zeros that make every GTIN 14 digits long.
std::string shown_code(const std::string& code) {
  constexpr std::size_t canonical_digits = 14;
  return code.size() == canonical_digits && is_ascii_digits(code) ? barcode::display_gtin(code) : code;
}

// A price of the file takes the place of those of its list that hold now without an end; what is limited or begins
// later was planned by somebody and stays.
void set_price(std::vector<Price>& prices, std::string_view list, Money amount, Instant now) {
  std::erase_if(prices, [&](const Price& price) {
    return price.list == list && !price.valid_to && (!price.valid_from || price.valid_from->instant <= now);
  });
  Price price;
  price.list = std::string(list);
  price.amount = amount;
  prices.insert(prices.begin(), std::move(price));
}

bool has_price(const Item& item, std::string_view list, Money amount, Instant now) {
  return std::any_of(item.prices.begin(), item.prices.end(),
                     [&](const Price& price) {
                       return price.list == list && price.amount == amount && !price.valid_to &&
                              (!price.valid_from || price.valid_from->instant <= now);
                     }) &&
         catalogue::price_at(item, list, now) == amount;
}

void take_prices(const ItemRow& row, const Match& match, Instant now, ItemImport& out) {
  if (match.item != nullptr) out.item.prices = match.item->prices;
  for (const auto& [list, amount] :
       {std::pair<std::string_view, std::optional<Money>>{"member", row.member_price}, {"regular", row.price}}) {
    if (!amount) continue;
    if (match.item != nullptr && has_price(*match.item, list, *amount, now)) continue;
    set_price(out.item.prices, list, *amount, now);
    out.given.prices = true;
  }
}

// Codes come on top of the stored ones: goods in the shop may still carry the old barcode. A case's size and price are
// the file's, for which the whole list has to be written.
void take_codes(const ItemRow& row, const Match& match, ItemImport& out) {
  std::vector<catalogue::ItemCode> all;
  if (match.item != nullptr) all = match.item->codes;
  std::vector<catalogue::ItemCode> fresh;
  bool replaced = false;
  for (const auto& code : row.codes) {
    const auto stored =
        std::find_if(all.begin(), all.end(), [&](const auto& known) { return known.code == code.code; });
    if (stored == all.end()) {
      all.push_back(code);
      fresh.push_back(code);
    } else if (*stored != code) {
      *stored = code;
      replaced = true;
    }
  }
  if (!replaced && fresh.empty()) return;
  out.given.codes = replaced;
  out.given.add_codes = !replaced;
  out.item.codes = replaced ? std::move(all) : std::move(fresh);
}

template <class T, class Member>
void take(const std::optional<T>& from, Member& to, bool& given) {
  if (!from) return;
  to = *from;
  given = true;
}

}  // namespace

Result<void> RowsSoFar::check(const ItemRow& row, const std::string& number) const {
  for (const auto& code : row.codes) {
    const auto found = lines_by_code_.find(code.code);
    if (found == lines_by_code_.end()) continue;
    const std::string shown = shown_code(code.code);
    return fail(
        "import.duplicate_barcode",
        fmt::format("The barcode {} stands in line {} already. Keep one of the two rows.", shown, found->second),
        {{"code", shown}, {"line", std::to_string(found->second)}});
  }
  if (const auto found = lines_by_number_.find(number); found != lines_by_number_.end()) {
    return fail(
        "import.duplicate_number",
        fmt::format("Line {} is for the same item ({}) already. Keep one of the two rows.", found->second, number),
        {{"number", number}, {"line", std::to_string(found->second)}});
  }
  return {};
}

void RowsSoFar::add(const ItemRow& row, const std::string& number) {
  for (const auto& code : row.codes) lines_by_code_.emplace(code.code, row.line);
  lines_by_number_.emplace(number, row.line);
}

void RowsSoFar::take_over(RowsSoFar&& other) {
  lines_by_code_.merge(std::move(other.lines_by_code_));
  lines_by_number_.merge(std::move(other.lines_by_number_));
}

std::string number_by_code(const ItemRow& row) {
  return row.codes.empty() ? std::string() : shown_code(row.codes.front().code);
}

Result<Match> match_row(const ItemRow& row, const StoredGoods& goods) {
  std::set<catalogue::ItemId> owners;
  std::string owned_code;
  for (const auto& code : row.codes) {
    const auto [begin, end] = goods.active_by_code.equal_range(code.code);
    for (auto at = begin; at != end; ++at) {
      owners.insert(at->second);
      owned_code = code.code;
    }
  }
  const auto by_number = goods.by_number.find(row.number);
  const auto numbered =
      by_number == goods.by_number.end() || row.number.empty() ? nullptr : &goods.items.at(by_number->second);
  const auto stored_match = [&row](const Item& item) {
    Match match{item.number, &item, {}};
    if (!item.active && !row.active) {
      match.warnings.push_back({"import.inactive", "The item is inactive and stays so. Activate it to sell it.", {}});
    }
    return match;
  };

  if (owners.empty()) {
    if (numbered != nullptr) return stored_match(*numbered);
    if (!row.number.empty()) return Match{row.number, nullptr, {}};
    const std::string number = number_by_code(row);
    const auto taken = goods.by_number.find(number);
    return taken == goods.by_number.end() ? Match{number, nullptr, {}} : stored_match(goods.items.at(taken->second));
  }
  if (numbered != nullptr && owners.contains(numbered->id)) return stored_match(*numbered);
  const Item& owner = goods.items.at(*owners.begin());
  if (numbered != nullptr) {
    return fail("item.code_taken",
                fmt::format("The barcode {} belongs to item {} ({}). Correct the barcode or the item number.",
                            shown_code(owned_code), owner.number, owner.name),
                {{"code", shown_code(owned_code)}, {"item", owner.name}, {"number", owner.number}});
  }
  if (owners.size() > 1) {
    return fail("import.ambiguous",
                fmt::format("Several items have the barcode {}. Add the item number to say which is meant.",
                            shown_code(owned_code)),
                {{"code", shown_code(owned_code)}});
  }
  Match match = stored_match(owner);
  if (!row.number.empty()) {
    match.warnings.push_back({"import.number_kept",
                              fmt::format("The item has the number {} already and keeps it.", owner.number),
                              {{"number", owner.number}}});
  }
  return match;
}

Result<ItemImport> import_of(const ItemRow& row, const Match& match, const std::vector<catalogue::TaxCategory>& taxes,
                             ZonedTime now) {
  ItemImport out;
  out.line = row.line;
  out.item.number = match.number;
  out.given.name = row.name.has_value();
  if (row.name) out.item.name = *row.name;
  take(row.name_en, out.item.name_en, out.given.name_en);
  take(row.spec, out.item.spec, out.given.spec);
  take(row.brand, out.item.brand, out.given.brand);
  take(row.mnemonic, out.item.mnemonic, out.given.mnemonic);
  take(row.category, out.category_name, out.given.category);
  take(row.unit, out.item.unit, out.given.unit);
  take(row.cost, out.item.cost, out.given.cost);
  take(row.tare, out.item.tare, out.given.tare);
  take(row.minimum_age, out.item.minimum_age, out.given.minimum_age);
  take(row.active, out.item.active, out.given.active);
  take(row.sale_blocked, out.item.sale_blocked, out.given.sale_blocked);
  take(row.discount_blocked, out.item.discount_blocked, out.given.discount_blocked);
  out.given.open_price = row.open_price.has_value();
  out.item.open_price = row.open_price;
  out.given.return_blocked = row.return_blocked.has_value();
  out.item.return_blocked = row.return_blocked;
  out.given.deposit = row.deposit.has_value();
  out.item.deposit = row.deposit;
  take(row.sale_hours, out.item.sale_hours, out.given.sale_hours);
  if (row.tax) {
    const auto tax = std::find_if(taxes.begin(), taxes.end(), [&](const auto& category) {
      return catalogue::rate_on(category, now.local_date()) == *row.tax;
    });
    if (tax == taxes.end()) {
      return fail(
          "import.unknown_tax",
          fmt::format("The store has no tax of {} %. Correct the row or add the tax.", row.tax->to_percent_string()),
          {{"rate", row.tax->to_percent_string()}});
    }
    out.item.tax_category = tax->id;
    out.given.tax_category = true;
  }
  take_codes(row, match, out);
  take_prices(row, match, now.instant, out);
  return out;
}

void count_whole_batch(std::vector<ItemImportResult>& results, const std::vector<ItemImport>& imports,
                       const StoredGoods& before_first, const StoredGoods& before_second) {
  const auto version_in = [](const StoredGoods& goods, const std::string& number) -> std::optional<catalogue::Version> {
    const auto id = goods.by_number.find(number);
    if (id == goods.by_number.end()) return std::nullopt;
    const auto item = goods.items.find(id->second);
    return item == goods.items.end() ? std::nullopt : std::optional(item->second.version);
  };
  for (std::size_t i = 0; i < results.size() && i < imports.size(); ++i) {
    auto& outcome = results[i].outcome;
    if (outcome != ImportOutcome::unchanged) continue;
    const auto before = version_in(before_first, imports[i].item.number);
    if (before == version_in(before_second, imports[i].item.number)) continue;
    outcome = before ? ImportOutcome::changed : ImportOutcome::added;
  }
}

}  // namespace lanekeeper::services
