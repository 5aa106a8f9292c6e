// Promotions as immutable values: what a definition says, nothing about how the best of them is found (engine.h).
//
// The fields are those of the price tool's JSON (docs/promotions.md). Amounts are in the store's currency, percents are
// Rates: hundredths of a percent, so 33.33 is the finest there is.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/time.h"
#include "money/money.h"

namespace lanekeeper::pricing {

// Which goods: the union of what is listed, less the exclusions. Nothing listed: no goods at all.
struct Scope {
  bool all = false;
  std::vector<std::string> items;
  std::vector<std::string> categories;
  std::vector<std::string> brands;
  std::vector<std::string> exclude_items;
  bool operator==(const Scope&) const = default;
};

struct GoodsKey {
  std::string_view item;
  std::string_view category;  // empty: none
  std::string_view brand;     // empty: none
};
[[nodiscard]] bool covers(const Scope& scope, const GoodsKey& goods);

struct Member {
  std::optional<std::string> tier;
  bool birthday = false;  // today
  bool operator==(const Member&) const = default;
};

// Everybody unless it says members, or names tiers (which only members have), or is for members on their birthday.
struct Audience {
  bool members = false;
  std::vector<std::string> tiers;
  bool birthday = false;
  bool operator==(const Audience&) const = default;
};
[[nodiscard]] bool admits(const Audience& audience, const std::optional<Member>& member);

// Minutes of the day, the start included and the end not; a start after the end runs over midnight.
struct Hours {
  int from_minute = 0;  // 0..1439
  int to_minute = 0;    // 1..1440
  bool operator==(const Hours&) const = default;
};

// Every part that is absent does not restrict. Dates are both included.
struct Schedule {
  std::optional<Date> from;
  std::optional<Date> to;
  std::vector<int> weekdays;  // Monday = 1 .. Sunday = 7
  std::optional<Hours> hours;
  bool operator==(const Schedule&) const = default;
};
// By the wall clock of the time's own offset.
[[nodiscard]] bool is_live(const Schedule& schedule, const ZonedTime& time);

// In the order in which they run. Discounts by hand are no promotions: see Goods.
enum class Layer { item, basket, member, coupon, manual };

struct FixedPrice {
  Money price;            // per piece, per kg for weighed goods
  bool of_goods = false;  // the price is GoodsLine::list_price instead; only the offer of members' prices has this
  bool operator==(const FixedPrice&) const = default;
};
struct PercentOff {
  Rate percent;         // 0..100 %
  bool stacks = false;  // member layer only: also on lines that an earlier offer made cheaper
  bool operator==(const PercentOff&) const = default;
};
struct AmountOff {
  Money amount;  // per piece, per kg for weighed goods; never more than the price
  bool operator==(const AmountOff&) const = default;
};
struct Multibuy {
  std::int64_t count = 0;
  Money price;  // of count pieces together
  bool operator==(const Multibuy&) const = default;
};
struct NthOff {
  std::int64_t count = 0;
  Rate percent;  // off the cheapest of count pieces
  bool operator==(const NthOff&) const = default;
};

// What the pieces of an application cost together: a price, so many percent less, or so much less.
struct TogetherPrice {
  Money price;
  bool operator==(const TogetherPrice&) const = default;
};
struct TogetherPercent {
  Rate percent;
  bool operator==(const TogetherPercent&) const = default;
};
struct TogetherAmount {
  Money amount;
  bool operator==(const TogetherAmount&) const = default;
};
using Together = std::variant<TogetherPrice, TogetherPercent, TogetherAmount>;

struct BundleGroup {
  Scope scope;
  std::int64_t count = 0;
  bool operator==(const BundleGroup&) const = default;
};
struct Bundle {
  std::vector<BundleGroup> groups;
  Together value;
  bool operator==(const Bundle&) const = default;
};

struct SpendTier {
  Money threshold;
  std::variant<Money, Rate> off;
  bool operator==(const SpendTier&) const = default;
};
// One threshold, or tiers of which the one that saves most counts. `every` (one threshold and an amount only): the
// amount once for each full threshold.
struct Spend {
  std::vector<SpendTier> tiers;
  bool tiered = false;  // written as tiers
  bool every = false;
  bool excludes_offers = false;
  bool operator==(const Spend&) const = default;
};

// `item` at `price` a piece once its condition holds over the other goods of the scope: a spend or a number of pieces.
struct Gift {
  std::variant<Money, std::int64_t> when;
  bool every = false;  // once for each full threshold
  std::string item;
  Money price;
  bool excludes_offers = false;
  bool operator==(const Gift&) const = default;
};

// What opens a promotion of the coupon layer: one of these codes, as often as it is presented; or any code that begins
// with the prefix and has its length, each of them once in the whole store.
struct CouponCodes {
  std::vector<std::string> generic;
  std::optional<std::string> serial_prefix;
  std::int64_t serial_length = 0;  // of the whole code
  bool operator==(const CouponCodes&) const = default;
};
enum class CouponMatch { none, generic, serial };
[[nodiscard]] CouponMatch match(const CouponCodes& codes, std::string_view code);

using Offer = std::variant<FixedPrice, PercentOff, AmountOff, Multibuy, NthOff, Bundle, Spend, Gift>;

struct Promotion {
  std::string id;
  Layer layer = Layer::item;
  Scope scope;  // unused by a bundle, whose groups have their own
  Audience audience;
  Schedule schedule;
  std::string name;                                // as on screen and receipt; may be empty
  std::string name_en;                             // may be empty
  std::optional<std::int64_t> max_per_basket;      // applications
  std::optional<std::int64_t> max_per_member_day;  // applications to one member in one business day; members only then
  std::optional<std::int64_t> max_total;           // applications in the whole store as long as it runs
  std::int64_t priority = 0;                       // basket layer: lower first
  bool exclusive = false;                          // basket layer: when it applied, the layer ends
  std::optional<CouponCodes> coupon;               // coupon layer: required there, nowhere else
  Offer offer;
  bool operator==(const Promotion&) const = default;
};

[[nodiscard]] std::string_view kind_name(const Offer& offer);  // "multibuy"
[[nodiscard]] std::string_view layer_name(Layer layer);

// The one meaning of "percent off": amount - round(amount * (100 % - percent)), never negative for amount >= 0.
[[nodiscard]] Money percent_off(Money amount, Rate percent);

}  // namespace lanekeeper::pricing
