// The lines of a basket while the layers take off what they save: every unit carries its own net price.
#pragma once

#include <cstdint>
#include <vector>

#include "pricing/goods.h"
#include "pricing/item_layer.h"
#include "pricing/use_limits.h"

namespace lanekeeper::pricing {

// Stands where a promotion would, for what a person took off.
inline constexpr std::uint32_t by_hand_discount = UINT32_MAX;

struct LineState {
  const GoodsLine* goods = nullptr;
  Money gross;
  bool counts = false;                         // refunds and goods without discount take part in nothing
  bool is_single = false;                      // one unit, whatever its quantity
  std::vector<PromotionIndex::Touch> touches;  // by promotion
  std::vector<Money> units;                    // net of each; empty when the line does not count
  std::vector<char> rewards;                   // of each unit, once there is one: earns and triggers nothing any more
  std::vector<std::pair<std::uint32_t, Money>> discounts;  // in the order in which they came
  bool has_item_offer = false;

  [[nodiscard]] bool is_reward(std::size_t unit) const { return !rewards.empty() && rewards[unit] != 0; }
  [[nodiscard]] bool is_touched_by(std::uint32_t promotion) const;
};

class PricedLines {
 public:
  PricedLines(const PromotionIndex& promotions, const Goods& goods);

  [[nodiscard]] std::vector<LineState>& lines() { return lines_; }
  [[nodiscard]] const std::vector<LineState>& lines() const { return lines_; }
  [[nodiscard]] const PromotionIndex& promotions() const { return promotions_; }
  [[nodiscard]] const UseLimits& limits() const { return limits_; }
  [[nodiscard]] std::optional<std::int64_t> limit_of(std::uint32_t promotion) const {
    return limits_.of(promotions_.at(promotion));
  }
  [[nodiscard]] std::vector<ItemLine> item_lines() const;
  // Promotions of a layer that touch a line, by promotion.
  [[nodiscard]] std::vector<std::uint32_t> touching(Layer layer) const;

  [[nodiscard]] Money net(const UnitRef& unit) const {
    return lines_[unit.line].units[static_cast<std::size_t>(unit.unit)];
  }
  // Takes a saving off the units in proportion to their nets, by largest remainder, ties to the earlier unit. The units
  // are sorted; the saving is at most what they cost. uses: how many applications that is, against limits.
  void take_off(std::uint32_t promotion, Money saving, const std::vector<UnitRef>& units, std::int64_t uses = 1);

  [[nodiscard]] PricedGoods result() &&;

 private:
  [[nodiscard]] Application begin_application(std::uint32_t promotion) const;
  void note(Application& application, std::size_t line, Money part) const;
  void touch_list_price(std::vector<PromotionIndex::Touch>& touches) const;
  void drop_spent(std::vector<PromotionIndex::Touch>& touches) const;

  const PromotionIndex& promotions_;
  UseLimits limits_;
  std::vector<LineState> lines_;
  std::vector<Application> applications_;
};

}  // namespace lanekeeper::pricing
