// What a person should know before a set of promotions goes live: offers that no goods answer to, that save nothing,
// that lie in the past, that stand in each other's way. Definitions that are wrong in themselves never get here
// (promotion_json.h); these are right and may still not be meant. Pure.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "pricing/promotion.h"

namespace lanekeeper::pricing {

// An article as a review sees it; a store's catalogue is a list of them.
struct ReviewGoods {
  std::string item;
  std::string category;
  std::string brand;
  std::optional<Money> regular_price;  // per piece or kg; nullopt: not priced yet
};

struct Finding {
  enum class Severity { warning, error };  // an error keeps the set from being published
  Severity severity = Severity::warning;
  std::string promotion;  // id
  // Errors: promotion.empty_scope, promotion.unknown_gift, promotion.reserved_id. Warnings: promotion.unknown_item,
  // promotion.past, promotion.never_live, promotion.above_regular, promotion.never_saves, promotion.tier_never_counts,
  // promotion.unreachable, promotion.gives_away, promotion.exclusive_overlap, promotion.no_name, promotion.code_clash,
  // promotion.coupon_shared
  Error what;
};

// By promotion, in the order of the definitions. today: the store's business date.
[[nodiscard]] std::vector<Finding> review(std::span<const Promotion> promotions, std::span<const ReviewGoods> goods,
                                          Date today);

}  // namespace lanekeeper::pricing
