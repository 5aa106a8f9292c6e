// The basket while it is being rung: a pure value, small enough to be copied, written to the till's cache behind every
// change. Amounts are in the store's currency.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/json_codec.h"
#include "base/time.h"
#include "catalogue/item.h"
#include "money/money.h"

namespace lanekeeper::sale {

inline constexpr std::size_t max_basket_lines = 1000;
inline constexpr std::int64_t max_line_units = 9999;                  // pieces in one line
inline constexpr Quantity max_line_weight = Quantity::of_units(500);  // kg in one line
inline constexpr std::size_t max_age_refusals = 100;                  // that one record holds; later ones are left out
inline constexpr Money max_line_amount = Money::of_minor(100'000'000'00);  // 100,000,000.00
inline constexpr Money max_cash_tendered = Money::of_minor(1'000'000'00);  // more is a slip of the keyboard

enum class WeightSource { none, scale, label, manual };

// What somebody with the right changed on a line, and who.
struct PriceOverride {
  Money regular_unit_price;
  std::string reason;            // reason code, "price.dispute", "damaged", ...
  std::int64_t approved_by = 0;  // staff id
  bool operator==(const PriceOverride&) const = default;
};
template <class V>
void describe(V& visit, PriceOverride& o) {
  visit("regular_unit_price", o.regular_unit_price);
  visit("reason", o.reason);
  visit("approved_by", o.approved_by);
}

struct BasketLine {
  std::int64_t line = 0;  // 1.., never reused within the basket
  catalogue::ItemId item = 0;
  std::string item_number;
  std::string name;  // as on screen and receipt at that moment
  std::string name_en;
  std::string code;  // as scanned or typed
  catalogue::CategoryId category = 0;
  std::string brand;
  catalogue::TaxCategoryId tax_category = 0;
  catalogue::UnitOfMeasure unit = catalogue::UnitOfMeasure::piece;
  Quantity quantity;                  // pieces or kg, > 0
  Money unit_price;                   // per piece or kg, the one that was charged
  std::optional<Money> fixed_amount;  // an amount embedded in a label or a pack price: the gross of the line, exactly
  WeightSource weight_source = WeightSource::none;
  std::optional<PriceOverride> price_override;
  std::optional<Quantity> reduced_from;       // the most that stood here, when the quantity was lowered by hand
  std::optional<std::int64_t> age_confirmed;  // years: the cashier checked the customer's age for this line
  bool discount_blocked = false;
  bool voided = false;         // kept: a void leaves its trace
  std::int64_t voided_by = 0;  // staff id
  ZonedTime entered_at;
  bool operator==(const BasketLine&) const = default;
};
template <class V>
void describe(V& visit, BasketLine& l) {
  visit("line", l.line);
  visit("item", l.item);
  visit("item_number", l.item_number);
  visit("name", l.name);
  visit("name_en", l.name_en);
  visit("code", l.code);
  visit("category", l.category);
  visit("brand", l.brand);
  visit("tax_category", l.tax_category);
  visit("unit", l.unit);
  visit("quantity", l.quantity);
  visit("unit_price", l.unit_price);
  visit("fixed_amount", l.fixed_amount);
  visit("weight_source", l.weight_source);
  visit("price_override", l.price_override);
  visit("reduced_from", l.reduced_from);
  visit("age_confirmed", l.age_confirmed);
  visit("discount_blocked", l.discount_blocked);
  visit("voided", l.voided);
  visit("voided_by", l.voided_by);
  visit("entered_at", l.entered_at);
}

// An age-restricted item that was kept from the customer: the cashier was asked for the age and answered no.
struct AgeRefusal {
  catalogue::ItemId item = 0;
  std::string item_number;
  std::string name;
  std::int64_t minimum_age = 0;  // years
  std::int64_t refused_by = 0;   // staff id
  ZonedTime refused_at;
  bool operator==(const AgeRefusal&) const = default;
};
template <class V>
void describe(V& visit, AgeRefusal& r) {
  visit("item", r.item);
  visit("item_number", r.item_number);
  visit("name", r.name);
  visit("minimum_age", r.minimum_age);
  visit("refused_by", r.refused_by);
  visit("refused_at", r.refused_at);
}

enum class TenderKind { cash };  // others come with their issue

struct Tender {
  TenderKind kind = TenderKind::cash;
  Money amount;  // what the customer gave (cash) or paid
  std::string reference;
  bool operator==(const Tender&) const = default;
};
template <class V>
void describe(V& visit, Tender& t) {
  visit("kind", t.kind);
  visit("amount", t.amount);
  visit("reference", t.reference);
}

struct Basket {
  Uuid id;                   // given when the first line is entered; becomes the sale's id
  std::int64_t cashier = 0;  // staff id, 0 while nobody is signed in
  ZonedTime started_at;      // first line
  std::int64_t next_line = 1;
  std::vector<BasketLine> lines;
  std::vector<Tender> tenders;
  // Missing when nothing was refused, as in every record from before it was kept; never an empty list.
  std::optional<std::vector<AgeRefusal>> age_refusals;
  bool operator==(const Basket&) const = default;
};
template <class V>
void describe(V& visit, Basket& b) {
  visit("id", b.id);
  visit("cashier", b.cashier);
  visit("started_at", b.started_at);
  visit("next_line", b.next_line);
  visit("lines", b.lines);
  visit("tenders", b.tenders);
  visit("age_refusals", b.age_refusals);
}

}  // namespace lanekeeper::sale

namespace lanekeeper::json {
template <>
struct EnumNames<sale::WeightSource> {
  using W = sale::WeightSource;
  static constexpr std::pair<W, std::string_view> names[] = {
      {W::none, "none"}, {W::scale, "scale"}, {W::label, "label"}, {W::manual, "manual"}};
};
template <>
struct EnumNames<sale::TenderKind> {
  static constexpr std::pair<sale::TenderKind, std::string_view> names[] = {{sale::TenderKind::cash, "cash"}};
};
}  // namespace lanekeeper::json
