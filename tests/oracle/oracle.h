// What a basket should cost, by trying everything. Written from the rules alone: it shares the definitions
// (promotion.h, goods.h) with the engine and not a line of how they are applied. Only for baskets of a few units.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "pricing/goods.h"
#include "pricing/promotion.h"

namespace lanekeeper::oracle {

using Fen = std::int64_t;

struct BestItems {
  Fen saving = 0;
  std::vector<std::string> ids;  // of the applications, sorted
  bool operator==(const BestItems&) const = default;
};
// The best disjoint applications of the item layer. remember: solve every set of left-over units once; false: try every
// combination as it is, for the smallest baskets, as a check of the remembering.
[[nodiscard]] BestItems best_items(const std::vector<pricing::Promotion>& promotions, const pricing::Goods& goods,
                                   bool remember);

// What the engine says it did in the item layer, checked application by application against the rules. Returns what is
// wrong, or an empty text.
[[nodiscard]] std::string check_applications(const std::vector<pricing::Promotion>& promotions,
                                             const pricing::Goods& goods, const pricing::PricedGoods& priced);

// One line after the item layer.
struct LineNets {
  std::vector<Fen> units;
  bool has_offer = false;
};
// What becomes of a coupon, in the words of the price tool.
struct CouponResult {
  std::string code;
  std::string state;
  std::string promotion;
  Fen saving = 0;
  bool operator==(const CouponResult&) const = default;
};
struct LaterDiscounts {
  std::vector<std::map<std::string, Fen>> by_line;
  std::vector<CouponResult> coupons;
  bool operator==(const LaterDiscounts&) const = default;
};
// What the layers behind the item layer take off these.
[[nodiscard]] LaterDiscounts later_layers(const std::vector<pricing::Promotion>& promotions,
                                          const pricing::Goods& goods, std::vector<LineNets> lines);

}  // namespace lanekeeper::oracle
