// How something that was scanned, typed or picked becomes a line of the basket. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/error.h"
#include "base/time.h"
#include "catalogue/item.h"
#include "money/money.h"
#include "sale/basket.h"

namespace lanekeeper::till {

// An item on its way into the basket, with all that is known of it so far. It may have to wait for a weight, for the
// choice between several items, or for the answer to an age check.
struct Entry {
  catalogue::ItemLookup::Match match;
  std::string raw_code;            // as scanned or typed
  std::optional<Money> amount;     // embedded in a label
  std::optional<Quantity> weight;  // kg: embedded in a label, or weighed
  sale::WeightSource weight_source = sale::WeightSource::none;
  std::optional<Quantity> units;              // entered before the scan (3 *)
  std::optional<std::int64_t> age_confirmed;  // years
  Instant seen_at;                            // when it was looked up
};

// The regular price that holds now. item.inactive, item.blocked, item.no_price.
[[nodiscard]] Result<Money> selling_price(const catalogue::Item& item, Instant now);

[[nodiscard]] bool needs_weight(const Entry& entry);

// The line this entry makes; line number 0. Errors: those of selling_price, register.bad_quantity, register.bad_weight,
// register.weighed_quantity (a quantity before something that is weighed), register.label_quantity (a quantity before a
// label), register.label_mismatch (a label with a weight on an item sold by the piece), register.label_zero,
// register.line_too_large, money.too_large. Must not be called while needs_weight().
[[nodiscard]] Result<sale::BasketLine> make_line(const Entry& entry, const ZonedTime& now);

// Whether `line` may be added to `last`, the line entered directly before: the same goods at the same price, counted,
// nothing special about either. A pack and a loose unit stay two lines, and so do two prices.
[[nodiscard]] bool can_merge(const sale::BasketLine& last, const sale::BasketLine& line);

// register.bad_quantity: not whole, under 1 or over sale::max_line_units.
[[nodiscard]] Result<void> check_units(Quantity units);
// register.bad_weight: not above zero, or over sale::max_line_weight.
[[nodiscard]] Result<void> check_weight(Quantity weight);
// The gross of a line as pricing will see it. register.line_too_large, money.too_large.
[[nodiscard]] Result<Money> checked_gross(const sale::BasketLine& line);

// A scan was refused because the shop has no such goods, so it may be a coupon or a member's card. Goods that must not
// be sold and codes of payments are nothing else.
[[nodiscard]] bool may_be_another_code(const Error& refusal);

// The parameters "name" and "name_en" of an error about the goods.
[[nodiscard]] Error::Details names_of(const catalogue::Item& item);

[[nodiscard]] catalogue::ItemSummary item_summary(const catalogue::Item& item, Instant now);

// The code as people know it: a canonical GTIN in its shortest form, everything else as it is.
[[nodiscard]] std::string shown_code(const std::string& code);

}  // namespace lanekeeper::till
