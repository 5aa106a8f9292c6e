#include "pricing/coupon_layer.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "pricing/later_layers.h"

namespace lanekeeper::pricing {
namespace {

// What is not yet spent of the amount that a coupon asks for; zero when it is something else that lacks.
Money missing_amount(const PricedLines& lines, std::uint32_t index, const Offer& offer) {
  if (const auto* gift = std::get_if<Gift>(&offer)) return needs_of(lines, index, *gift).amount;
  const auto& spend = std::get<Spend>(offer);
  const auto lowest =
      std::min_element(spend.tiers.begin(), spend.tiers.end(),
                       [](const SpendTier& a, const SpendTier& b) { return a.threshold < b.threshold; });
  const auto net = net_of(lines, eligible_units(lines, index, spend.excludes_offers));
  return std::max(Money{}, lowest->threshold - net);
}

class CouponLayer {
 public:
  CouponLayer(PricedLines& lines, const Goods& goods) : lines_(lines), goods_(goods) {}

  CouponOutcome present(const std::string& code) {
    CouponOutcome outcome;
    outcome.code = code;
    for (const auto index : lines_.promotions().coupon_layer()) {
      const auto& promotion = lines_.promotions().at(index);
      if (!promotion.coupon) continue;
      const auto how = match(*promotion.coupon, code);
      if (how == CouponMatch::none || !holds(promotion)) continue;
      outcome.promotion = promotion.id;
      outcome.is_serial = how == CouponMatch::serial;
      open(index, promotion, outcome);
      break;
    }
    return outcome;
  }

 private:
  struct Used {
    std::int64_t times = 0;
    std::int64_t by_generic_code = 0;
  };

  [[nodiscard]] bool holds(const Promotion& promotion) const {
    return admits(promotion.audience, goods_.member) && is_live(promotion.schedule, goods_.time);
  }

  // A code that everybody has is good once in a basket, unless its promotion says more.
  [[nodiscard]] bool is_spent(const Promotion& promotion, const CouponOutcome& outcome, const Used& used) {
    if (outcome.is_serial && !serials_.insert(outcome.code).second) return true;
    if (!outcome.is_serial && used.by_generic_code >= promotion.max_per_basket.value_or(1)) return true;
    const auto limit = lines_.limits().of(promotion);
    return limit && used.times >= *limit;
  }

  void open(std::uint32_t index, const Promotion& promotion, CouponOutcome& outcome) {
    auto& used = used_[index];
    if (is_spent(promotion, outcome, used)) {
      outcome.state = CouponOutcome::State::used_before;
      return;
    }
    const auto* spend = std::get_if<Spend>(&promotion.offer);
    outcome.saving = spend != nullptr ? apply_spend(lines_, index, *spend)
                                      : apply_gift(lines_, index, std::get<Gift>(promotion.offer));
    if (outcome.saving.is_zero()) {
      outcome.state = CouponOutcome::State::not_reached;
      outcome.missing_amount = missing_amount(lines_, index, promotion.offer);
      return;
    }
    outcome.state = CouponOutcome::State::applied;
    ++used.times;
    if (!outcome.is_serial) ++used.by_generic_code;
  }

  PricedLines& lines_;
  const Goods& goods_;
  std::map<std::uint32_t, Used> used_;
  std::set<std::string> serials_;
};

}  // namespace

std::vector<CouponOutcome> apply_coupon_layer(PricedLines& lines, const Goods& goods) {
  std::vector<CouponOutcome> outcomes;
  if (goods.coupons.empty()) return outcomes;
  CouponLayer layer(lines, goods);
  outcomes.reserve(goods.coupons.size());
  for (const auto& code : goods.coupons) outcomes.push_back(layer.present(code));
  return outcomes;
}

}  // namespace lanekeeper::pricing
