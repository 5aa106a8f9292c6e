#include "pricing/promotion_review.h"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

namespace lanekeeper::pricing {

namespace {

using Severity = Finding::Severity;

// The goods by what a scope can name.
class Shelf {
 public:
  explicit Shelf(std::span<const ReviewGoods> goods) : goods_(goods) {
    for (const auto& one : goods) {
      by_item_.emplace(one.item, &one);
      by_category_[one.category].push_back(&one);
      by_brand_[one.brand].push_back(&one);
    }
  }

  [[nodiscard]] bool has(const std::string& item) const { return by_item_.contains(item); }

  // Calls see(goods) for every article of the scope, some of them perhaps twice, until it answers false.
  template <class See>
  void for_each(const Scope& scope, See&& see) const {
    const auto offer = [&](const ReviewGoods& one) {
      return !covers(scope, {one.item, one.category, one.brand}) || see(one);
    };
    if (scope.all) {
      (void)std::all_of(goods_.begin(), goods_.end(), offer);
      return;
    }
    for (const auto& item : scope.items) {
      const auto found = by_item_.find(item);
      if (found != by_item_.end() && !offer(*found->second)) return;
    }
    for (const auto& [names, shelf] : {std::pair(&scope.categories, &by_category_), {&scope.brands, &by_brand_}}) {
      for (const auto& name : *names) {
        const auto found = shelf->find(name);
        if (found == shelf->end()) continue;
        for (const auto* one : found->second) {
          if (!offer(*one)) return;
        }
      }
    }
  }

  [[nodiscard]] bool is_empty(const Scope& scope) const {
    bool found = false;
    for_each(scope, [&](const ReviewGoods&) {
      found = true;
      return false;
    });
    return !found;
  }

  // nullopt: nothing of the scope has a price.
  [[nodiscard]] std::optional<Money> dearest(const Scope& scope) const {
    std::optional<Money> most;
    for_each(scope, [&](const ReviewGoods& one) {
      if (one.regular_price && (!most || *most < *one.regular_price)) most = one.regular_price;
      return true;
    });
    return most;
  }

 private:
  using Named = std::unordered_map<std::string, std::vector<const ReviewGoods*>>;
  std::span<const ReviewGoods> goods_;
  std::unordered_map<std::string, const ReviewGoods*> by_item_;
  Named by_category_;
  Named by_brand_;
};

std::vector<const Scope*> scopes_of(const Promotion& promotion) {
  const auto* bundle = std::get_if<Bundle>(&promotion.offer);
  if (bundle == nullptr) return {&promotion.scope};
  std::vector<const Scope*> scopes;
  for (const auto& group : bundle->groups) scopes.push_back(&group.scope);
  return scopes;
}

class Reviewer {
 public:
  Reviewer(const Shelf& shelf, Date today) : shelf_(shelf), today_(today) {}

  void look_at(const Promotion& promotion) {
    promotion_ = &promotion;
    look_for_goods();
    if (promotion.schedule.to && *promotion.schedule.to < today_) {
      warn("promotion.past", "This offer ended already. Take it out, or give it a later end.",
           {{"to", promotion.schedule.to->to_string()}});
    }
    std::visit([this](const auto& offer) { look_at_offer(offer); }, promotion.offer);
  }

  void look_at_pair(const Promotion& one, const Promotion& other) {
    promotion_ = &other;
    warn("promotion.exclusive_overlap",
         "Two exclusive offers of one priority cover the same goods at the same time; only the one with the smaller "
         "id will apply. Give them different priorities.",
         {{"other", one.id}});
  }

  [[nodiscard]] std::vector<Finding> take() { return std::move(findings_); }

 private:
  void add(Severity severity, std::string code, std::string message, Error::Details details) {
    details.emplace_back("promotion", promotion_->id);
    findings_.push_back({severity, promotion_->id, {std::move(code), std::move(message), std::move(details)}});
  }
  void warn(std::string code, std::string message, Error::Details details = {}) {
    add(Severity::warning, std::move(code), std::move(message), std::move(details));
  }

  void look_for_goods() {
    for (const auto* scope : scopes_of(*promotion_)) {
      if (shelf_.is_empty(*scope)) {
        add(Severity::error, "promotion.empty_scope",
            "No goods of the store answer to this offer. Name goods, categories or brands that there are.", {});
        return;
      }
    }
    std::string unknown;
    std::int64_t count = 0;
    for (const auto* scope : scopes_of(*promotion_)) {
      for (const auto& item : scope->items) {
        if (shelf_.has(item)) continue;
        if (count++ == 0) unknown = item;
      }
    }
    if (count == 0) return;
    warn("promotion.unknown_item", "This offer names goods that the store does not have. Correct their numbers.",
         {{"item", unknown}, {"count", std::to_string(count)}});
  }

  void look_at_offer(const FixedPrice& offer) {
    std::string first;
    std::int64_t count = 0;
    shelf_.for_each(promotion_->scope, [&](const ReviewGoods& one) {
      if (one.regular_price && *one.regular_price <= offer.price && count++ == 0) first = one.item;
      return true;
    });
    if (count == 0) return;
    warn("promotion.above_regular",
         "The offer's price is not below the regular price of some goods; those stay at their regular price.",
         {{"item", first}, {"count", std::to_string(count)}});
  }

  void look_at_offer(const Multibuy& offer) {
    const auto most = shelf_.dearest(promotion_->scope);
    if (most && most->minor() <= offer.price.minor() / offer.count) never_saves();
  }

  void look_at_offer(const Bundle& offer) {
    const auto* together = std::get_if<TogetherPrice>(&offer.value);
    if (together == nullptr) return;
    Money most;
    for (const auto& group : offer.groups) {
      const auto dearest = shelf_.dearest(group.scope);
      if (!dearest) return;
      // A shop's prices times a bundle's counts stay far inside 64 bits; what does not is no bundle.
      if (dearest->minor() > max_price_minor / group.count) return;
      most += Money::of_minor(dearest->minor() * group.count);
    }
    if (most <= together->price) never_saves();
  }

  void look_at_offer(const Spend& offer) {
    for (std::size_t i = 0; i < offer.tiers.size(); ++i) {
      const auto& tier = offer.tiers[i];
      const bool beaten = std::any_of(offer.tiers.begin(), offer.tiers.end(), [&](const SpendTier& other) {
        const bool earlier = other.threshold < tier.threshold || (other.threshold == tier.threshold && &other < &tier);
        return earlier && other.off.index() == tier.off.index() && tier.off <= other.off;
      });
      if (!beaten) continue;
      warn("promotion.tier_never_counts",
           "A step of this offer saves no more than one that is reached earlier. Raise it or take it out.",
           {{"threshold", tier.threshold.to_string()}});
    }
  }

  void look_at_offer(const Gift& offer) {
    if (shelf_.has(offer.item)) return;
    add(Severity::error, "promotion.unknown_gift", "The gift is not among the store's goods. Correct its number.",
        {{"item", offer.item}});
  }

  void look_at_offer(const PercentOff& offer) {
    if (offer.percent == Rate{}) never_saves();
  }
  void look_at_offer(const AmountOff& offer) {
    if (offer.amount == Money{}) never_saves();
  }
  void look_at_offer(const NthOff& offer) {
    if (offer.percent == Rate{}) never_saves();
  }

  void never_saves() {
    warn("promotion.never_saves", "This offer is never cheaper than the regular prices. Look at its price again.");
  }

  static constexpr std::int64_t max_price_minor = 1'000'000'000'00;

  const Shelf& shelf_;
  Date today_;
  const Promotion* promotion_ = nullptr;
  std::vector<Finding> findings_;
};

bool meet(const Schedule& a, const Schedule& b) {
  const bool dates = (!a.to || !b.from || *b.from <= *a.to) && (!b.to || !a.from || *a.from <= *b.to);
  const bool days =
      a.weekdays.empty() || b.weekdays.empty() || std::any_of(a.weekdays.begin(), a.weekdays.end(), [&](int day) {
        return std::find(b.weekdays.begin(), b.weekdays.end(), day) != b.weekdays.end();
      });
  return dates && days;
}

bool share_goods(const Shelf& shelf, const Scope& a, const Scope& b) {
  bool found = false;
  shelf.for_each(a, [&](const ReviewGoods& one) {
    found = covers(b, {one.item, one.category, one.brand});
    return !found;
  });
  return found;
}

}  // namespace

std::vector<Finding> review(std::span<const Promotion> promotions, std::span<const ReviewGoods> goods, Date today) {
  const Shelf shelf(goods);
  Reviewer reviewer(shelf, today);
  std::vector<const Promotion*> exclusive;
  for (const auto& promotion : promotions) {
    reviewer.look_at(promotion);
    if (promotion.layer != Layer::basket || !promotion.exclusive) continue;
    for (const auto* other : exclusive) {
      if (other->priority == promotion.priority && meet(other->schedule, promotion.schedule) &&
          share_goods(shelf, other->scope, promotion.scope)) {
        reviewer.look_at_pair(*other, promotion);
      }
    }
    exclusive.push_back(&promotion);
  }
  return reviewer.take();
}

}  // namespace lanekeeper::pricing
