#include "pricing/engine.h"

#include "pricing/coupon_layer.h"
#include "pricing/item_layer.h"
#include "pricing/later_layers.h"
#include "pricing/near_miss.h"
#include "pricing/priced_lines.h"

namespace lanekeeper::pricing {

Result<PricedGoods> price_goods(const PromotionIndex& promotions, const Goods& goods, const PricingOptions& options) {
  if (auto checked = check(goods); !checked) return fail(std::move(checked.error()));
  PricedLines lines(promotions, goods);
  const auto item_layer = best_uses(promotions, lines.item_lines(), lines.limits(), options.max_work);
  for (const auto& use : item_layer.uses) lines.take_off(use.promotion, use.saving, use.units);
  std::vector<NearMiss> near_misses;
  if (options.near_misses) add_item_near_misses(lines, item_layer, near_misses);
  apply_basket_layer(lines);
  if (options.near_misses) add_basket_near_misses(lines, near_misses);
  apply_member_layer(lines);
  auto coupons = apply_coupon_layer(lines, goods);
  apply_manual_layer(lines, goods);
  auto priced = std::move(lines).result();
  priced.optimal = item_layer.optimal;
  priced.work = item_layer.work;
  priced.coupons = std::move(coupons);
  priced.near_misses = std::move(near_misses);
  return priced;
}

}  // namespace lanekeeper::pricing
