// Goods as the till, the server and the back office know them. Pure values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json_codec.h"
#include "base/time.h"
#include "money/money.h"

namespace lanekeeper::catalogue {

using ItemId = std::int64_t;      // given by the server, > 0
using CategoryId = std::int64_t;  // 0: none
using TaxCategoryId = std::int64_t;
using Version = std::int64_t;  // of the catalogue; grows by one per committed change, 0: nothing yet

enum class UnitOfMeasure { piece, kilogram };  // kilogram: sold by weight, unit price per kg

// A barcode or PLU of an item. code is canonical: 14 digits for a GTIN, the digits as typed for PLUs and short codes,
// otherwise the text. A pack barcode sells pack_quantity units, at pack_price for the whole pack when that is set.
struct ItemCode {
  std::string code;
  Quantity pack_quantity = Quantity::of_units(1);
  std::optional<Money> pack_price;
  bool operator==(const ItemCode&) const = default;
};
template <class V>
void describe(V& visit, ItemCode& code) {
  visit("code", code.code);
  visit("pack_quantity", code.pack_quantity);
  visit("pack_price", code.pack_price);
}

// A price of a list ("regular" for everybody; "member" and tiers later). Open ends mean always.
struct Price {
  std::string list = "regular";
  Money amount;  // per unit of measure, tax included or not as the store says
  std::optional<ZonedTime> valid_from;
  std::optional<ZonedTime> valid_to;  // exclusive
  bool operator==(const Price&) const = default;
};
template <class V>
void describe(V& visit, Price& price) {
  visit("list", price.list);
  visit("amount", price.amount);
  visit("valid_from", price.valid_from);
  visit("valid_to", price.valid_to);
}

// When goods may be sold, each day, by the store's time: from `from_minute` on and before `to_minute`, minutes since
// midnight, 0..1439 each and not the same. From above to: over midnight.
struct SaleHours {
  std::int64_t from_minute = 0;
  std::int64_t to_minute = 0;
  bool operator==(const SaleHours&) const = default;
};
template <class V>
void describe(V& visit, SaleHours& hours) {
  visit("from_minute", hours.from_minute);
  visit("to_minute", hours.to_minute);
}
[[nodiscard]] bool sold_at(const SaleHours& hours, const ZonedTime& time);

struct Item {
  ItemId id = 0;
  std::string number;    // 货号, the shop's own number, unique among items
  std::string name;      // as the shop calls it (zh_CN)
  std::string name_en;   // may be empty
  std::string spec;      // "1.25L", may be empty
  std::string brand;     // may be empty
  std::string mnemonic;  // pinyin initials or the shop's own short codes, separated by blanks, lower case
  CategoryId category = 0;
  TaxCategoryId tax_category = 0;
  UnitOfMeasure unit = UnitOfMeasure::piece;
  std::vector<ItemCode> codes;
  std::vector<Price> prices;     // empty: not priced yet, refused at the till (item.no_price)
  std::optional<Money> cost;     // for margins; the server leaves it out of what tills get
  Quantity tare;                 // kg taken off a weighing
  std::int64_t minimum_age = 0;  // 0: none
  bool active = true;
  bool sale_blocked = false;
  bool discount_blocked = false;
  Version version = 0;  // of the catalogue when this item last changed
  // Its price is typed at the till (a department key: goods nobody has entered yet). Then `prices` may be empty.
  std::optional<bool> open_price = std::nullopt;
  // Does not come back, with a receipt neither, unless somebody with Permission::sale_return_blocked allows it.
  std::optional<bool> return_blocked = std::nullopt;
  // A pledge for something that comes back (a bottle, a crate, a barrel): it takes part in no offer and no discount and
  // counts toward nothing, and is given back at its price without a receipt.
  std::optional<bool> deposit = std::nullopt;
  std::optional<SaleHours> sale_hours = std::nullopt;  // missing: always
  bool operator==(const Item&) const = default;
};
template <class V>
void describe(V& visit, Item& item) {
  visit("id", item.id);
  visit("number", item.number);
  visit("name", item.name);
  visit("name_en", item.name_en);
  visit("spec", item.spec);
  visit("brand", item.brand);
  visit("mnemonic", item.mnemonic);
  visit("category", item.category);
  visit("tax_category", item.tax_category);
  visit("unit", item.unit);
  visit("codes", item.codes);
  visit("prices", item.prices);
  visit("cost", item.cost);
  visit("tare", item.tare);
  visit("minimum_age", item.minimum_age);
  visit("active", item.active);
  visit("sale_blocked", item.sale_blocked);
  visit("discount_blocked", item.discount_blocked);
  visit("version", item.version);
  visit("open_price", item.open_price);
  visit("return_blocked", item.return_blocked);
  visit("deposit", item.deposit);
  visit("sale_hours", item.sale_hours);
}

// The price of a list that holds at a moment: of several, the one that began last. nullopt: none.
[[nodiscard]] std::optional<Money> price_at(const Item& item, std::string_view list, Instant at);

struct Category {
  CategoryId id = 0;
  std::string name;
  std::string name_en;
  std::int64_t quick_key_order = 0;  // > 0: a tab of quick keys at the till, in this order
  bool operator==(const Category&) const = default;
};
template <class V>
void describe(V& visit, Category& category) {
  visit("id", category.id);
  visit("name", category.name);
  visit("name_en", category.name_en);
  visit("quick_key_order", category.quick_key_order);
}

struct TaxRate {
  Rate rate;
  Date valid_from{1900, 1, 1};
  bool operator==(const TaxRate&) const = default;
};
template <class V>
void describe(V& visit, TaxRate& rate) {
  visit("rate", rate.rate);
  visit("valid_from", rate.valid_from);
}

struct TaxCategory {
  TaxCategoryId id = 0;
  std::string name;    // "13 %", "免税"
  std::string letter;  // "A", printed on receipts
  std::vector<TaxRate> rates;
  bool operator==(const TaxCategory&) const = default;
};
template <class V>
void describe(V& visit, TaxCategory& category) {
  visit("id", category.id);
  visit("name", category.name);
  visit("letter", category.letter);
  visit("rates", category.rates);
}
[[nodiscard]] Rate rate_on(const TaxCategory& category, Date date);  // the latest that has begun; zero when none has

// Checks an item before it is stored: item.no_name, item.name_too_long (120 characters), item.no_number,
// item.number_too_long (32), item.negative_price, item.price_too_high (> 1,000,000.00), item.bad_code, item.no_unit...
[[nodiscard]] Result<void> validate(const Item& item);

// Pinyin initials of a name: "可口可乐 1.25L" -> "kkkl1.25l"; letters lower case, digits kept, white space and other
// signs dropped. Characters read in several ways take their most usual reading.
[[nodiscard]] std::string pinyin_initials(std::string_view name);

// A row of a search, enough for a list on the screen.
struct ItemSummary {
  ItemId id = 0;
  std::string number;
  std::string name;
  std::string name_en;
  std::string spec;
  std::string code;  // the first code, for display
  UnitOfMeasure unit = UnitOfMeasure::piece;
  std::optional<Money> price;
  bool open_price = false;  // its price is typed at the till, whatever `price` says
  bool operator==(const ItemSummary&) const = default;
};

// What the register needs to know of goods; the till's cache implements it. Never blocks on a network.
class ItemLookup {
 public:
  virtual ~ItemLookup() = default;
  struct Match {
    Item item;
    ItemCode code;
  };
  // All active items that own this code (canonical as in ItemCode). Several: legacy duplicates, the till asks which.
  [[nodiscard]] virtual std::vector<Match> find_by_code(std::string_view code) const = 0;
  [[nodiscard]] virtual std::optional<Item> find_by_id(ItemId id) const = 0;
  // By part of the name, pinyin initials or part of a barcode; best first, at most limit.
  [[nodiscard]] virtual std::vector<ItemSummary> search(std::string_view text, int limit, int offset) const = 0;
  // Items of a quick-key category in the order of their PLU.
  [[nodiscard]] virtual std::vector<ItemSummary> quick_keys(CategoryId category, int limit) const = 0;
  // The department keys: goods of all categories whose price is typed at the till, in the order of their PLU.
  [[nodiscard]] virtual std::vector<ItemSummary> department_keys(int /*limit*/) const { return {}; }
  // Active goods that are deposits and have a price, in the order of their PLU.
  [[nodiscard]] virtual std::vector<ItemSummary> deposits(int /*limit*/) const { return {}; }
};

}  // namespace lanekeeper::catalogue

namespace lanekeeper::json {
template <>
struct EnumNames<catalogue::UnitOfMeasure> {
  static constexpr std::pair<catalogue::UnitOfMeasure, std::string_view> names[] = {
      {catalogue::UnitOfMeasure::piece, "piece"}, {catalogue::UnitOfMeasure::kilogram, "kilogram"}};
};
}  // namespace lanekeeper::json
