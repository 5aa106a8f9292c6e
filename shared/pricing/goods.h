// What is priced: a basket as the engine sees it, and what came out.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "pricing/promotion.h"
#include "sale/retail_transaction.h"

namespace lanekeeper::pricing {

inline constexpr std::size_t max_goods_lines = 10'000;
inline constexpr std::int64_t max_goods_pieces = 50'000;                        // of all lines together
inline constexpr Money max_goods_amount = Money::of_minor(100'000'000'000'00);  // of all lines together, by magnitude

// Given by hand, on what all layers before have left.
struct ByHand {
  std::variant<Money, Rate> off;
  bool operator==(const ByHand&) const = default;
};

struct GoodsLine {
  std::string item;
  std::string category;  // may be empty
  std::string brand;     // may be empty
  Quantity quantity;     // pieces (whole) or kg; negative: a refund, which counts toward nothing
  bool weighed = false;
  Money unit_price;                   // per piece or kg, >= 0
  std::optional<Money> fixed_amount;  // of the whole line, when a label or a pack says it; the line is one unit then
  bool no_discount = false;           // takes part in nothing
  std::optional<ByHand> by_hand;
  // What this customer pays by a price list of their own, per piece or kg: an offer like any fixed price, with the id
  // sale::list_price_id.
  std::optional<Money> list_price;
  bool operator==(const GoodsLine&) const = default;
};

// How often a promotion that has a limit beyond the basket may still be applied. One that has such a limit and is not
// listed is limited by its definition alone.
struct UsesLeft {
  std::string promotion;
  std::int64_t left = 0;
  bool operator==(const UsesLeft&) const = default;
};

struct Goods {
  ZonedTime time;
  std::optional<Member> member;
  std::vector<std::string> coupons;  // codes as presented, in that order
  std::vector<UsesLeft> uses_left;
  std::optional<ByHand> by_hand;  // of the whole basket, after those of lines
  std::vector<GoodsLine> lines;
  bool operator==(const Goods&) const = default;
};

// money.too_large, quantity.bad (a counted line with a fraction, a quantity of zero), pricing.basket_too_large; the
// detail "line" is the line's place in the basket.
[[nodiscard]] Result<void> check(const Goods& goods);

struct Discount {
  std::string promotion;  // sale::manual_discount_id for one by hand
  Money amount;           // > 0
  bool operator==(const Discount&) const = default;
};

using sale::UnitNets;  // of a line that takes part in discounts; a weighed line is one unit

struct PricedGoodsLine {
  Money gross;
  Money net;
  std::vector<Discount> discounts;  // by layer, then by promotion
  std::vector<UnitNets> units;      // in order; they add up to net. Empty for goods that take part in nothing
  bool operator==(const PricedGoodsLine&) const = default;
};

// One application of a promotion: which units it took and what it saved.
struct Application {
  std::string promotion;
  Layer layer = Layer::item;
  std::string kind;
  Money saving;
  struct Part {
    std::size_t line = 0;
    std::int64_t units = 0;
    Money saving;
    bool operator==(const Part&) const = default;
  };
  std::vector<Part> parts;  // by line
  std::int64_t uses = 1;    // against limits: of a spend that is given for each full threshold, how often
  bool operator==(const Application&) const = default;
};

// A promotion that would have given something if the basket held a little more.
struct NearMiss {
  std::string promotion;
  std::string kind;
  std::int64_t missing_pieces = 0;  // of its goods; or
  Money missing_amount;             // to spend
  std::size_t group = 0;            // of a bundle: the group that lacks them
  bool operator==(const NearMiss&) const = default;
};

// What became of a coupon that was presented.
struct CouponOutcome {
  enum class State {
    applied,
    unknown,      // no promotion that holds for this basket takes this code
    not_reached,  // its threshold or condition is not met by what is left of its goods
    used_before,  // presented before in this basket and good only once, or its limit is reached
  };
  std::string code;
  State state = State::unknown;
  std::string promotion;  // empty when unknown
  bool is_serial = false;
  Money saving;
  Money missing_amount;  // to spend, when not reached
  bool operator==(const CouponOutcome&) const = default;
};

struct PricedGoods {
  std::vector<PricedGoodsLine> lines;  // as in the basket
  Money gross;
  Money discount;
  Money net;
  bool optimal = true;                    // false: the bound on work was reached, this is the best that was found
  std::int64_t work = 0;                  // search states that were looked at
  std::vector<Application> applications;  // in the order in which they took effect
  std::vector<CouponOutcome> coupons;     // as presented
  std::vector<NearMiss> near_misses;
  bool operator==(const PricedGoods&) const = default;
};

}  // namespace lanekeeper::pricing
