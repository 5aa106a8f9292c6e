// Promotions made ready once, so that pricing a basket costs what the promotions that touch it cost, however many are
// live beside them. A value: copies share what was compiled. Thread-safe once built.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "pricing/promotion.h"

namespace lanekeeper::pricing {

class PromotionIndex {
 public:
  PromotionIndex();  // empty
  // Ids must differ (promotion.duplicate_id). version: of the definitions, for the record. Every set, the empty one as
  // well, also has the offer of prices that goods themselves have for a customer: list_price_offer().
  [[nodiscard]] static Result<PromotionIndex> compile(std::vector<Promotion> promotions, std::int64_t version = 0);

  [[nodiscard]] bool empty() const { return size() == 1; }
  [[nodiscard]] std::size_t size() const;  // with the offer of list prices
  [[nodiscard]] std::uint32_t list_price_offer() const;
  [[nodiscard]] std::int64_t version() const;
  // By id: a smaller index is a smaller id (bytewise).
  [[nodiscard]] const Promotion& at(std::size_t index) const;
  [[nodiscard]] const Promotion* find(std::string_view id) const;  // nullptr: not of this set

  // Promotions of the coupon layer, by priority, then by id. They touch no goods here: a coupon opens them.
  [[nodiscard]] const std::vector<std::uint32_t>& coupon_layer() const;

  // A promotion that covers goods; of a bundle: which groups do, as bits.
  struct Touch {
    std::uint32_t promotion = 0;
    std::uint32_t groups = 1;
    bool operator==(const Touch&) const = default;
  };

  // The promotions of the set that hold for one basket: live at its time, open to its customer. Keeps a reference to
  // the set.
  class ForBasket {
   public:
    ForBasket(const PromotionIndex& set, const ZonedTime& time, const std::optional<Member>& member);
    // By promotion.
    [[nodiscard]] std::vector<Touch> touching(const GoodsKey& goods);

   private:
    [[nodiscard]] bool holds(std::uint32_t promotion);
    void add(std::vector<Touch>& touches, std::uint32_t target, const GoodsKey& goods);

    const PromotionIndex& set_;
    const ZonedTime& time_;
    const std::optional<Member>& member_;
    std::vector<signed char> known_;         // -1: not looked at yet
    std::vector<std::uint32_t> for_all_;     // targets that cover everything and hold
    std::vector<std::uint32_t> candidates_;  // scratch
  };

 private:
  struct Compiled;
  explicit PromotionIndex(std::shared_ptr<const Compiled> compiled) : compiled_(std::move(compiled)) {}
  std::shared_ptr<const Compiled> compiled_;
};

}  // namespace lanekeeper::pricing
