#include "pricing/promotion_index.h"

#include <algorithm>
#include <bit>
#include <unordered_map>

#include "sale/retail_transaction.h"

namespace lanekeeper::pricing {
namespace {

// One scope: of a promotion, or of a group of a bundle.
struct Target {
  std::uint32_t promotion = 0;
  std::uint32_t group = 0;
  std::vector<std::string> excluded;  // sorted
};

// Targets by the text they name. Most goods are named by nothing: a few bits for every text say so without a look at
// the texts themselves, however many there are.
class TargetIndex {
 public:
  void add(const std::string& key, std::uint32_t target) { targets_[key].push_back(target); }
  // After the last one was added.
  void finish() {
    constexpr std::size_t bits_of_key = 16;
    bits_.assign(std::bit_ceil(std::max<std::size_t>(targets_.size() * bits_of_key, 64)) / 64, 0);
    for (const auto& [key, targets] : targets_) {
      const auto bit = bit_of(key);
      bits_[bit / 64] |= 1ULL << bit % 64;
    }
  }

  void add_to(std::vector<std::uint32_t>& out, std::string_view key) const {
    if (key.empty() || targets_.empty()) return;
    const auto bit = bit_of(key);
    if ((bits_[bit / 64] >> bit % 64 & 1U) == 0) return;
    if (const auto found = targets_.find(key); found != targets_.end()) {
      out.insert(out.end(), found->second.begin(), found->second.end());
    }
  }

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };
  [[nodiscard]] std::size_t bit_of(std::string_view key) const { return Hash{}(key) & (bits_.size() * 64 - 1); }

  std::unordered_map<std::string, std::vector<std::uint32_t>, Hash, std::equal_to<>> targets_;
  std::vector<std::uint64_t> bits_;
};

// It covers nothing by itself: whoever prices touches the lines that have such a price with it.
Promotion list_prices() {
  Promotion promotion;
  promotion.id = sale::list_price_id;
  promotion.name = "会员价";
  promotion.name_en = "Member price";
  promotion.offer = FixedPrice{Money{}, true};
  return promotion;
}

}  // namespace

struct PromotionIndex::Compiled {
  std::int64_t version = 0;
  std::uint32_t list_price_offer = 0;
  std::vector<Promotion> promotions;   // by id
  std::vector<Target> targets;         // by promotion, then by group
  std::vector<std::uint32_t> coupons;  // the coupon layer, by priority, then by id
  std::vector<std::uint32_t> all;      // targets that cover everything but their exclusions
  TargetIndex items;
  TargetIndex categories;
  TargetIndex brands;

  void add(std::uint32_t promotion, std::uint32_t group, const Scope& scope) {
    const auto target = static_cast<std::uint32_t>(targets.size());
    targets.push_back({promotion, group, scope.exclude_items});
    std::sort(targets.back().excluded.begin(), targets.back().excluded.end());
    if (scope.all) {
      all.push_back(target);
      return;
    }
    for (const auto& item : scope.items) items.add(item, target);
    for (const auto& category : scope.categories) categories.add(category, target);
    for (const auto& brand : scope.brands) brands.add(brand, target);
  }
};

PromotionIndex::PromotionIndex() {
  static const PromotionIndex none = compile({}).value();
  compiled_ = none.compiled_;
}

Result<PromotionIndex> PromotionIndex::compile(std::vector<Promotion> promotions, std::int64_t version) {
  auto compiled = std::make_shared<Compiled>();
  promotions.push_back(list_prices());
  std::sort(promotions.begin(), promotions.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
  const auto twice = std::adjacent_find(promotions.begin(), promotions.end(),
                                        [](const auto& a, const auto& b) { return a.id == b.id; });
  if (twice != promotions.end()) {
    return fail("promotion.duplicate_id", "Two promotions have this id. Give each its own.", {{"id", twice->id}});
  }
  compiled->version = version;
  compiled->list_price_offer = static_cast<std::uint32_t>(
      std::find_if(promotions.begin(), promotions.end(), [](const auto& p) { return p.id == sale::list_price_id; }) -
      promotions.begin());
  compiled->promotions = std::move(promotions);
  for (std::uint32_t i = 0; i < compiled->promotions.size(); ++i) {
    const auto& promotion = compiled->promotions[i];
    if (promotion.layer == Layer::coupon) {
      compiled->coupons.push_back(i);
    } else if (const auto* bundle = std::get_if<Bundle>(&promotion.offer)) {
      for (std::uint32_t g = 0; g < bundle->groups.size(); ++g) compiled->add(i, g, bundle->groups[g].scope);
    } else {
      compiled->add(i, 0, promotion.scope);
    }
  }
  std::stable_sort(compiled->coupons.begin(), compiled->coupons.end(), [&](std::uint32_t a, std::uint32_t b) {
    return compiled->promotions[a].priority < compiled->promotions[b].priority;
  });
  for (auto* index : {&compiled->items, &compiled->categories, &compiled->brands}) index->finish();
  return PromotionIndex(std::move(compiled));
}

std::size_t PromotionIndex::size() const {
  return compiled_->promotions.size();
}

std::int64_t PromotionIndex::version() const {
  return compiled_->version;
}

std::uint32_t PromotionIndex::list_price_offer() const {
  return compiled_->list_price_offer;
}

const Promotion& PromotionIndex::at(std::size_t index) const {
  return compiled_->promotions.at(index);
}

const std::vector<std::uint32_t>& PromotionIndex::coupon_layer() const {
  return compiled_->coupons;
}

const Promotion* PromotionIndex::find(std::string_view id) const {
  const auto& all = compiled_->promotions;
  const auto found =
      std::lower_bound(all.begin(), all.end(), id, [](const Promotion& p, std::string_view i) { return p.id < i; });
  return found != all.end() && found->id == id ? &*found : nullptr;
}

PromotionIndex::ForBasket::ForBasket(const PromotionIndex& set, const ZonedTime& time,
                                     const std::optional<Member>& member)
    : set_(set), time_(time), member_(member), known_(set.size(), -1) {
  for (const auto target : set.compiled_->all) {
    if (holds(set.compiled_->targets[target].promotion)) for_all_.push_back(target);
  }
}

bool PromotionIndex::ForBasket::holds(std::uint32_t promotion) {
  auto& known = known_[promotion];
  if (known < 0) {
    const auto& definition = set_.compiled_->promotions[promotion];
    known = admits(definition.audience, member_) && is_live(definition.schedule, time_) ? 1 : 0;
  }
  return known == 1;
}

void PromotionIndex::ForBasket::add(std::vector<Touch>& touches, std::uint32_t target, const GoodsKey& goods) {
  const auto& [promotion, group, excluded] = set_.compiled_->targets[target];
  if (!holds(promotion)) return;
  if (!excluded.empty() && std::binary_search(excluded.begin(), excluded.end(), goods.item)) return;
  if (touches.empty() || touches.back().promotion != promotion) touches.push_back({promotion, 0});
  touches.back().groups |= 1U << group;
}

std::vector<PromotionIndex::Touch> PromotionIndex::ForBasket::touching(const GoodsKey& goods) {
  std::vector<Touch> touches;
  if (!set_.compiled_) return touches;
  candidates_.assign(for_all_.begin(), for_all_.end());
  set_.compiled_->items.add_to(candidates_, goods.item);
  set_.compiled_->categories.add_to(candidates_, goods.category);
  set_.compiled_->brands.add_to(candidates_, goods.brand);
  std::sort(candidates_.begin(), candidates_.end());
  for (const auto target : candidates_) add(touches, target, goods);
  return touches;
}

}  // namespace lanekeeper::pricing
