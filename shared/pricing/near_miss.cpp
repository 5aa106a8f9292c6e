#include "pricing/near_miss.h"

#include <algorithm>
#include <map>

#include "pricing/later_layers.h"

namespace lanekeeper::pricing {
namespace {

// Pieces of each promotion's scope that stand in no application of several pieces; of bundles by group.
using Free = std::map<std::uint32_t, std::vector<std::int64_t>>;

std::vector<std::int64_t> counts_of(const Offer& offer) {
  if (const auto* multibuy = std::get_if<Multibuy>(&offer)) return {multibuy->count};
  if (const auto* nth = std::get_if<NthOff>(&offer)) return {nth->count};
  std::vector<std::int64_t> counts;
  if (const auto* bundle = std::get_if<Bundle>(&offer)) {
    for (const auto& group : bundle->groups) counts.push_back(group.count);
  }
  return counts;
}

Free free_pieces(const PricedLines& lines, const ItemLayer& chosen) {
  std::vector<std::int64_t> bound(lines.lines().size(), 0);
  for (const auto& use : chosen.uses) {
    if (counts_of(lines.promotions().at(use.promotion).offer).empty()) continue;
    for (const auto& unit : use.units) ++bound[unit.line];
  }
  Free free;
  for (std::size_t l = 0; l < lines.lines().size(); ++l) {
    const auto& line = lines.lines()[l];
    if (!line.counts || line.is_single) continue;
    for (const auto& touch : line.touches) {
      const auto groups = counts_of(lines.promotions().at(touch.promotion).offer).size();
      auto& own = free[touch.promotion];
      own.resize(groups, 0);
      for (std::size_t g = 0; g < groups; ++g) {
        if ((touch.groups >> g & 1U) != 0) own[g] += static_cast<std::int64_t>(line.units.size()) - bound[l];
      }
    }
  }
  return free;
}

bool is_spent(const PricedLines& lines, std::uint32_t index, std::int64_t uses) {
  const auto limit = lines.limit_of(index);
  return limit && uses >= *limit;
}

// missing more, when that is not too much: a fifth of the threshold.
void add_missing_amount(const Promotion& promotion, Money threshold, Money net, std::vector<NearMiss>& out) {
  const auto missing = threshold - net;
  if (missing.minor() <= 0 || missing.minor() > threshold.minor() / 5) return;
  out.push_back({promotion.id, std::string(kind_name(promotion.offer)), 0, missing, 0});
}

void add_spend(const PricedLines& lines, std::uint32_t index, const Spend& spend, std::vector<NearMiss>& out) {
  const auto& promotion = lines.promotions().at(index);
  // What was there before the promotion itself took something off.
  Money net = net_of(lines, eligible_units(lines, index, spend.excludes_offers));
  for (const auto& line : lines.lines()) {
    for (const auto& [by, amount] : line.discounts) {
      if (by == index) net += amount;
    }
  }
  if (spend.every) {
    const auto threshold = spend.tiers.front().threshold.minor();
    const auto full = net.minor() / threshold;
    if (is_spent(lines, index, full)) return;
    const auto missing = threshold - net.minor() % threshold;
    if (missing <= threshold / 5) {
      out.push_back({promotion.id, std::string(kind_name(promotion.offer)), 0, Money::of_minor(missing), 0});
    }
    return;
  }
  const SpendTier* next = nullptr;
  for (const auto& tier : spend.tiers) {
    if (tier.threshold > net && (next == nullptr || tier.threshold < next->threshold)) next = &tier;
  }
  if (next != nullptr) add_missing_amount(promotion, next->threshold, net, out);
}

void add_gift(const PricedLines& lines, std::uint32_t index, const Gift& gift, std::vector<NearMiss>& out) {
  const auto& promotion = lines.promotions().at(index);
  for (const auto& line : lines.lines()) {
    const bool given = std::any_of(line.discounts.begin(), line.discounts.end(),
                                   [&](const auto& discount) { return discount.first == index; });
    if (given) return;
  }
  const auto needs = needs_of(lines, index, gift);
  if (const auto* threshold = std::get_if<Money>(&gift.when); threshold != nullptr && !needs.amount.is_zero()) {
    add_missing_amount(promotion, *threshold, *threshold - needs.amount, out);
  } else if (needs.pieces == 1 || (needs.pieces == 0 && !needs.has_piece)) {
    out.push_back({promotion.id, std::string(kind_name(promotion.offer)), 1, {}, 0});
  }
}

}  // namespace

void add_item_near_misses(const PricedLines& lines, const ItemLayer& chosen, std::vector<NearMiss>& out) {
  std::map<std::uint32_t, std::int64_t> uses;
  for (const auto& use : chosen.uses) ++uses[use.promotion];
  for (const auto& [index, free] : free_pieces(lines, chosen)) {
    const auto& promotion = lines.promotions().at(index);
    const auto counts = counts_of(promotion.offer);
    if (counts.empty() || is_spent(lines, index, uses[index])) continue;
    std::int64_t missing = 0;
    std::int64_t needed = 0;
    std::size_t lacking = 0;
    for (std::size_t g = 0; g < counts.size(); ++g) {
      needed += counts[g];
      if (free[g] >= counts[g]) continue;
      missing += counts[g] - free[g];
      lacking = g;
    }
    if (missing == 1 && needed > 1) {
      out.push_back({promotion.id, std::string(kind_name(promotion.offer)), 1, {}, lacking});
    }
  }
}

void add_basket_near_misses(const PricedLines& lines, std::vector<NearMiss>& out) {
  for (const auto index : lines.touching(Layer::basket)) {
    const auto& promotion = lines.promotions().at(index);
    if (const auto* spend = std::get_if<Spend>(&promotion.offer)) add_spend(lines, index, *spend, out);
    if (const auto* gift = std::get_if<Gift>(&promotion.offer)) add_gift(lines, index, *gift, out);
  }
}

}  // namespace lanekeeper::pricing
