// How something that was scanned, typed or picked becomes a line of the basket. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/time.h"
#include "catalogue/item.h"
#include "money/money.h"
#include "sale/approval.h"
#include "sale/basket.h"

namespace lanekeeper::till {

inline constexpr Money max_unit_price = Money::of_minor(1'000'000'00);

// An item on its way into the basket, with all that is known of it so far. It may have to wait for the choice between
// several items, the answer to an age check, a price, or a weight.
struct Entry {
  catalogue::ItemLookup::Match match;
  std::string raw_code;            // as scanned or typed
  std::optional<Money> amount;     // embedded in a label
  std::optional<Quantity> weight;  // kg: embedded in a label, or weighed
  sale::WeightSource weight_source = sale::WeightSource::none;
  std::optional<Quantity> tare;               // kg that was taken off; weight is net
  std::optional<Money> price;                 // typed in: goods that have none of their own
  std::optional<Quantity> units;              // entered before the scan (3 *)
  std::optional<std::int64_t> age_confirmed;  // years
  Instant seen_at;                            // when it was looked up
  std::vector<Error> warnings;                // of its code: a date that has passed
  std::vector<sale::Approval> approvals;      // given for it while it waits
};

// The regular price that holds now. item.inactive, item.blocked, item.no_price.
[[nodiscard]] Result<Money> selling_price(const catalogue::Item& item, Instant now);

// item.inactive, item.blocked
[[nodiscard]] Result<void> check_sellable(const catalogue::Item& item);

[[nodiscard]] bool needs_weight(const Entry& entry);
// Goods whose price is typed in, and has not been yet.
[[nodiscard]] bool needs_price(const Entry& entry);

// The line this entry makes; line number 0. Errors: those of selling_price, register.bad_quantity, register.bad_weight,
// register.weighed_quantity (a quantity before something that is weighed), register.label_quantity (a quantity before a
// label), register.label_mismatch (a label with a weight on an item sold by the piece), register.label_zero,
// register.line_too_large, money.too_large. Must not be called while
// needs_weight() or needs_price().
[[nodiscard]] Result<sale::BasketLine> make_line(const Entry& entry, const ZonedTime& now);

// Whether `line` may be added to `last`, the line entered directly before: the same goods at the same price, counted,
// nothing special about either. A pack and a loose unit stay two lines, and so do two prices.
[[nodiscard]] bool can_merge(const sale::BasketLine& last, const sale::BasketLine& line);

// register.bad_quantity: not whole, under 1 or over sale::max_line_units.
[[nodiscard]] Result<void> check_units(Quantity units);
// register.bad_weight: not above zero, or over sale::max_line_weight.
[[nodiscard]] Result<void> check_weight(Quantity weight);
// What is left of a scale's weight without what the goods lie in: `tare` when it was given, else the item's own.
struct NetWeight {
  Quantity weight;
  std::optional<Quantity> tare;  // that was taken off, > 0
};
// register.bad_weight, register.bad_tare, register.weight_not_positive (the item's own is as heavy as that).
[[nodiscard]] Result<NetWeight> net_weight(Quantity gross, std::optional<Quantity> tare, Quantity own_tare);
// The gross of a line as pricing will see it. register.line_too_large, money.too_large.
[[nodiscard]] Result<Money> checked_gross(const sale::BasketLine& line);
// The same before anybody changed its price. money.too_large
[[nodiscard]] Result<Money> regular_gross(const sale::BasketLine& line);

// A scan was refused because the shop has no such goods, so it may be a coupon or a member's card. Goods that must not
// be sold and codes of payments are nothing else.
[[nodiscard]] bool may_be_another_code(const Error& refusal);

// The parameters "name" and "name_en" of an error about the goods.
[[nodiscard]] Error::Details names_of(const catalogue::Item& item);

[[nodiscard]] catalogue::ItemSummary item_summary(const catalogue::Item& item, Instant now);

// The code as people know it: a canonical GTIN in its shortest form, everything else as it is.
[[nodiscard]] std::string shown_code(const std::string& code);

}  // namespace lanekeeper::till
