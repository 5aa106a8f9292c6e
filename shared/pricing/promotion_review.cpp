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

  [[nodiscard]] const ReviewGoods* find(const std::string& item) const {
    const auto found = by_item_.find(item);
    return found == by_item_.end() ? nullptr : found->second;
  }
  [[nodiscard]] bool has(const std::string& item) const { return find(item) != nullptr; }

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
    look_at_name();
    look_for_goods();
    if (promotion.coupon) look_at_codes(*promotion.coupon);
    if (is_never_live(promotion.schedule)) {
      warn("promotion.never_live",
           "None of this offer's weekdays lies between its dates. Correct the one or the other.");
    }
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

  void look_at_shared_code(const Promotion& one, const Promotion& other, const std::string& code) {
    promotion_ = &other;
    warn("promotion.coupon_shared",
         "Two offers take the same coupon codes at the same time; a coupon opens only the first of them by priority "
         "and id. Give each its own codes.",
         {{"other", one.id}, {"code", code}});
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

  void look_at_name() {
    if (promotion_->id.starts_with('@')) {
      add(Severity::error, "promotion.reserved_id",
          "Numbers that begin with @ belong to discounts given by hand. Give the offer another number.", {});
    }
    if (promotion_->name.empty()) {
      warn("promotion.no_name", "This offer has no name; screen and receipt will show its number. Give it a name.");
    }
  }

  // A scanner cannot tell such a code from a label of the store's scale or from a wallet's payment code.
  void look_at_codes(const CouponCodes& codes) {
    std::string first;
    if (codes.serial_prefix && is_like_other_codes(*codes.serial_prefix, codes.serial_length)) {
      first = *codes.serial_prefix;
    }
    for (const auto& code : codes.generic) {
      if (first.empty() && is_like_other_codes(code, static_cast<std::int64_t>(code.size()))) first = code;
    }
    if (first.empty()) return;
    warn("promotion.code_clash",
         "Codes of this coupon look like the store's own labels or like a wallet's payment code. Choose others.",
         {{"code", first}});
  }

  // Labels have the prefixes 02 and 20 to 29 and 12, 13 or 18 digits; payment codes have 16 to 24 digits and begin with
  // 10 to 15 or 25 to 30.
  [[nodiscard]] static bool is_like_other_codes(std::string_view prefix, std::int64_t length) {
    if (!std::all_of(prefix.begin(), prefix.end(), [](char c) { return c >= '0' && c <= '9'; })) return false;
    const auto may_begin_with = [&](std::string_view two) {
      return two.substr(0, prefix.size()) == prefix.substr(0, 2);
    };
    const auto any_of = [&](int from, int to) {
      for (int i = from; i <= to; ++i) {
        if (may_begin_with(std::to_string(i))) return true;
      }
      return false;
    };
    const bool like_label = (may_begin_with("02") || any_of(20, 29)) && (length == 12 || length == 13 || length == 18);
    if (like_label) return true;
    return (length == 18 && any_of(10, 15)) || (length >= 16 && length <= 24 && any_of(25, 30));
  }

  [[nodiscard]] static bool is_never_live(const Schedule& schedule) {
    if (!schedule.from || !schedule.to || schedule.weekdays.empty()) return false;
    const auto& days = schedule.weekdays;
    const auto last = std::min(schedule.to->days_since_1970(), schedule.from->days_since_1970() + 6);
    for (auto day = schedule.from->days_since_1970(); day <= last; ++day) {
      if (std::find(days.begin(), days.end(), Date::from_days(day).iso_weekday()) != days.end()) return false;
    }
    return true;
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
    look_at_pieces(offer.count);
    const auto most = shelf_.dearest(promotion_->scope);
    if (most && most->minor() <= offer.price.minor() / offer.count) never_saves();
  }

  void look_at_offer(const Bundle& offer) {
    std::int64_t pieces = 0;
    for (const auto& group : offer.groups) pieces += group.count;
    look_at_pieces(pieces);
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
      look_at_tier(tier);
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

  void look_at_tier(const SpendTier& tier) {
    look_at_threshold(tier.threshold);
    const auto* amount = std::get_if<Money>(&tier.off);
    if (amount != nullptr ? amount->is_zero() : std::get<Rate>(tier.off) == Rate{}) never_saves();
    if (amount == nullptr || tier.threshold.is_zero()) return;
    if (*amount < tier.threshold) return;
    warn("promotion.gives_away", "Who just reaches this step pays nothing at all. Look at its amounts again.",
         {{"threshold", tier.threshold.to_string()}});
  }

  void look_at_threshold(Money threshold) {
    if (threshold <= largest_sale) return;
    warn("promotion.unreachable", "No sale reaches what this offer asks for. Lower it.",
         {{"asked", threshold.to_string()}});
  }
  void look_at_pieces(std::int64_t pieces) {
    if (pieces <= most_pieces) return;
    warn("promotion.unreachable", "No sale reaches what this offer asks for. Lower it.",
         {{"asked", std::to_string(pieces)}});
  }

  void look_at_offer(const Gift& offer) {
    if (const auto* threshold = std::get_if<Money>(&offer.when)) {
      look_at_threshold(*threshold);
    } else {
      look_at_pieces(std::get<std::int64_t>(offer.when));
    }
    if (const auto* gift = shelf_.find(offer.item)) {
      if (gift->regular_price && *gift->regular_price <= offer.price) never_saves();
      return;
    }
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
    look_at_pieces(offer.count);
    if (offer.percent == Rate{}) never_saves();
  }

  void never_saves() {
    warn("promotion.never_saves", "This offer is never cheaper than the regular prices. Look at its price again.");
  }

  static constexpr std::int64_t max_price_minor = 1'000'000'000'00;
  static constexpr auto largest_sale = Money::of_minor(1'000'000'00);  // of goods that somebody carries to a till
  static constexpr std::int64_t most_pieces = 1'000;

  const Shelf& shelf_;
  Date today_;
  const Promotion* promotion_ = nullptr;
  std::vector<Finding> findings_;
};

bool meet(const std::optional<Hours>& a, const std::optional<Hours>& b) {
  if (!a || !b) return true;
  const auto holds = [](const Hours& hours, int minute) {
    const auto [from, to] = hours;
    return from < to ? minute >= from && minute < to : minute >= from || minute < to;
  };
  // Two spans meet where one of them begins.
  return holds(*a, b->from_minute) || holds(*b, a->from_minute);
}

bool meet(const Schedule& a, const Schedule& b) {
  const bool dates = (!a.to || !b.from || *b.from <= *a.to) && (!b.to || !a.from || *a.from <= *b.to);
  const bool days =
      a.weekdays.empty() || b.weekdays.empty() || std::any_of(a.weekdays.begin(), a.weekdays.end(), [&](int day) {
        return std::find(b.weekdays.begin(), b.weekdays.end(), day) != b.weekdays.end();
      });
  return dates && days && meet(a.hours, b.hours);
}

bool share_goods(const Shelf& shelf, const Scope& a, const Scope& b) {
  bool found = false;
  shelf.for_each(a, [&](const ReviewGoods& one) {
    found = covers(b, {one.item, one.category, one.brand});
    return !found;
  });
  return found;
}

// Who takes which codes, so that two that take the same are found without comparing each with each.
class CodeBook {
 public:
  // Calls report(other, code) for every promotion before that takes one of the same codes at the same time.
  template <class Report>
  void add(const Promotion& promotion, Report&& report) {
    std::set<const Promotion*> reported = {&promotion};
    const auto see = [&](const Promotion* other, const std::string& code) {
      if (meet(other->schedule, promotion.schedule) && reported.insert(other).second) report(*other, code);
    };
    const auto& codes = *promotion.coupon;
    for (const auto& code : codes.generic) {
      for (const auto* other : generic_[code]) see(other, code);
      for (const auto* other : serial_[static_cast<std::int64_t>(code.size())]) {
        if (match(*other->coupon, code) != CouponMatch::none) see(other, code);
      }
      generic_[code].push_back(&promotion);
    }
    if (codes.serial_prefix) add_serial(promotion, see);
  }

 private:
  template <class See>
  void add_serial(const Promotion& promotion, const See& see) {
    const auto& codes = *promotion.coupon;
    const auto& prefix = *codes.serial_prefix;
    for (const auto* other : serial_[codes.serial_length]) {
      const auto& theirs = *other->coupon->serial_prefix;
      if (theirs.starts_with(prefix) || prefix.starts_with(theirs)) see(other, std::max(theirs, prefix));
    }
    for (auto known = generic_.lower_bound(prefix); known != generic_.end(); ++known) {
      if (!known->first.starts_with(prefix)) break;
      if (static_cast<std::int64_t>(known->first.size()) != codes.serial_length) continue;
      for (const auto* other : known->second) see(other, known->first);
    }
    serial_[codes.serial_length].push_back(&promotion);
  }

  std::map<std::string, std::vector<const Promotion*>> generic_;
  std::map<std::int64_t, std::vector<const Promotion*>> serial_;  // by length
};

}  // namespace

std::vector<Finding> review(std::span<const Promotion> promotions, std::span<const ReviewGoods> goods, Date today) {
  const Shelf shelf(goods);
  Reviewer reviewer(shelf, today);
  CodeBook codes;
  std::vector<const Promotion*> exclusive;
  for (const auto& promotion : promotions) {
    reviewer.look_at(promotion);
    if (promotion.coupon) {
      codes.add(promotion, [&](const Promotion& other, const std::string& code) {
        reviewer.look_at_shared_code(other, promotion, code);
      });
    }
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
