#include "pricing/later_layers.h"

#include <algorithm>
#include <tuple>

namespace lanekeeper::pricing {
namespace {

// What a tier takes off a net that reaches it.
Money saving_of_tier(const SpendTier& tier, Money net) {
  if (net < tier.threshold) return {};
  if (const auto* amount = std::get_if<Money>(&tier.off)) return std::min(*amount, net);
  return percent_off(net, std::get<Rate>(tier.off));
}

struct SpendSaving {
  Money amount;
  std::int64_t uses = 1;
};

SpendSaving saving_of_spend(const Spend& spend, std::optional<std::int64_t> limit, Money net) {
  if (spend.every && std::holds_alternative<Money>(spend.tiers.front().off)) {
    const auto& tier = spend.tiers.front();
    const auto full = net.minor() / tier.threshold.minor();
    const auto times = std::min(full, limit.value_or(full));
    const auto amount = Int128{std::get<Money>(tier.off).minor()} * times;
    return {amount < net.minor() ? Money::of_minor(static_cast<std::int64_t>(amount)) : net, times};
  }
  SpendSaving most;
  for (const auto& tier : spend.tiers) most.amount = std::max(most.amount, saving_of_tier(tier, net));
  return most;
}

// Pieces of the gift's item that cost more than the gift's price, the dearest first.
std::vector<UnitRef> gift_units(const PricedLines& lines, const Gift& gift) {
  std::vector<UnitRef> units;
  for (std::size_t l = 0; l < lines.lines().size(); ++l) {
    const auto& line = lines.lines()[l];
    if (!line.counts || line.is_single || line.goods->item != gift.item) continue;
    for (std::size_t u = 0; u < line.units.size(); ++u) {
      if (!line.is_reward(u) && line.units[u] > gift.price) units.push_back({l, static_cast<std::int64_t>(u)});
    }
  }
  std::stable_sort(units.begin(), units.end(),
                   [&](const UnitRef& a, const UnitRef& b) { return lines.net(a) > lines.net(b); });
  return units;
}

struct MemberOffer {
  Money saving;
  std::uint32_t promotion = 0;
  std::size_t line = 0;
};

std::vector<UnitRef> units_of(const LineState& line, std::size_t index) {
  std::vector<UnitRef> units;
  for (std::size_t u = 0; u < line.units.size(); ++u) {
    if (!line.is_reward(u)) units.push_back({index, static_cast<std::int64_t>(u)});
  }
  return units;
}

bool is_in_scope(const LineState& line, const Promotion& promotion, std::uint32_t index) {
  if (promotion.layer != Layer::coupon) return line.is_touched_by(index);
  return line.counts && covers(promotion.scope, {line.goods->item, line.goods->category, line.goods->brand});
}

void take_off_by_hand(PricedLines& lines, const ByHand& by_hand, const std::vector<UnitRef>& units) {
  const auto net = net_of(lines, units);
  const auto* amount = std::get_if<Money>(&by_hand.off);
  const auto saving = amount != nullptr ? std::min(*amount, net) : percent_off(net, std::get<Rate>(by_hand.off));
  if (saving > Money{}) lines.take_off(by_hand_discount, saving, units);
}

// With the rewards: what a person takes off comes off everything.
void add_all_units(const LineState& line, std::size_t index, std::vector<UnitRef>& out) {
  for (std::size_t u = 0; u < line.units.size(); ++u) out.push_back({index, static_cast<std::int64_t>(u)});
}

}  // namespace

std::vector<UnitRef> eligible_units(const PricedLines& lines, std::uint32_t promotion, bool excludes_offers) {
  const auto& definition = lines.promotions().at(promotion);
  std::vector<UnitRef> units;
  for (std::size_t l = 0; l < lines.lines().size(); ++l) {
    const auto& line = lines.lines()[l];
    if (!is_in_scope(line, definition, promotion) || (excludes_offers && line.has_item_offer)) continue;
    const auto own = units_of(line, l);
    units.insert(units.end(), own.begin(), own.end());
  }
  return units;
}

Money net_of(const PricedLines& lines, const std::vector<UnitRef>& units) {
  Money sum;
  for (const auto& unit : units) sum += lines.net(unit);
  return sum;
}

Money apply_spend(PricedLines& lines, std::uint32_t index, const Spend& spend) {
  const auto units = eligible_units(lines, index, spend.excludes_offers);
  const auto saving = saving_of_spend(spend, lines.limit_of(index), net_of(lines, units));
  if (!saving.amount.is_zero()) lines.take_off(index, saving.amount, units, saving.uses);
  return saving.amount;
}

GiftNeeds needs_of(const PricedLines& lines, std::uint32_t index, const Gift& gift) {
  const auto eligible = eligible_units(lines, index, gift.excludes_offers);
  const auto candidates = gift_units(lines, gift);
  auto spent = net_of(lines, eligible);
  auto pieces = static_cast<std::int64_t>(eligible.size());
  if (!candidates.empty() && std::binary_search(eligible.begin(), eligible.end(), candidates.front())) {
    spent -= lines.net(candidates.front());
    --pieces;
  }
  GiftNeeds needs;
  needs.has_piece = !candidates.empty();
  if (const auto* threshold = std::get_if<Money>(&gift.when)) {
    needs.amount = std::max(Money{}, *threshold - spent);
  } else {
    needs.pieces = std::max<std::int64_t>(0, std::get<std::int64_t>(gift.when) - pieces);
  }
  return needs;
}

// A gift never counts toward its own condition: with every one that is given, less is left to meet it.
Money apply_gift(PricedLines& lines, std::uint32_t index, const Gift& gift) {
  const auto eligible = eligible_units(lines, index, gift.excludes_offers);
  auto spent = net_of(lines, eligible);
  auto pieces = static_cast<std::int64_t>(eligible.size());
  const auto limit = lines.limit_of(index);
  Money saved;
  std::int64_t given = 0;
  for (const auto& unit : gift_units(lines, gift)) {
    const auto most = gift.every ? limit.value_or(given + 1) : 1;
    if (given >= most) break;
    if (std::binary_search(eligible.begin(), eligible.end(), unit)) {
      spent -= lines.net(unit);
      --pieces;
    }
    const auto times = given + 1;
    const auto* threshold = std::get_if<Money>(&gift.when);
    const bool holds = threshold != nullptr ? Int128{threshold->minor()} * times <= spent.minor()
                                            : std::get<std::int64_t>(gift.when) * times <= pieces;
    if (!holds) break;
    const auto saving = lines.net(unit) - gift.price;
    lines.take_off(index, saving, {unit});
    saved += saving;
    auto& line = lines.lines()[unit.line];
    line.rewards.resize(line.units.size(), 0);
    line.rewards[static_cast<std::size_t>(unit.unit)] = 1;
    ++given;
  }
  return saved;
}

void apply_basket_layer(PricedLines& lines) {
  const auto& promotions = lines.promotions();
  auto order = lines.touching(Layer::basket);
  std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return promotions.at(a).priority < promotions.at(b).priority;
  });
  for (const auto index : order) {
    const auto& promotion = promotions.at(index);
    const auto* spend = std::get_if<Spend>(&promotion.offer);
    const auto saved = spend != nullptr ? apply_spend(lines, index, *spend)
                                        : apply_gift(lines, index, std::get<Gift>(promotion.offer));
    if (!saved.is_zero() && promotion.exclusive) return;
  }
}

void apply_member_layer(PricedLines& lines) {
  const auto& promotions = lines.promotions();
  std::vector<MemberOffer> offers;
  for (std::size_t l = 0; l < lines.lines().size(); ++l) {
    const auto& line = lines.lines()[l];
    for (const auto& touch : line.touches) {
      const auto& promotion = promotions.at(touch.promotion);
      if (promotion.layer != Layer::member) continue;
      const auto& offer = std::get<PercentOff>(promotion.offer);
      if (!offer.stacks && !line.discounts.empty()) continue;
      const auto saving = percent_off(net_of(lines, units_of(line, l)), offer.percent);
      if (!saving.is_zero()) offers.push_back({saving, touch.promotion, l});
    }
  }
  // The best first, so that a limit goes to the lines where it saves most.
  std::stable_sort(offers.begin(), offers.end(), [](const MemberOffer& a, const MemberOffer& b) {
    return std::tuple(b.saving, a.promotion, a.line) < std::tuple(a.saving, b.promotion, b.line);
  });
  std::vector<char> has(lines.lines().size(), 0);
  std::vector<std::int64_t> used(promotions.size(), 0);
  for (const auto& offer : offers) {
    const auto limit = lines.limit_of(offer.promotion);
    if (has[offer.line] != 0 || (limit && used[offer.promotion] >= *limit)) continue;
    lines.take_off(offer.promotion, offer.saving, units_of(lines.lines()[offer.line], offer.line));
    has[offer.line] = 1;
    ++used[offer.promotion];
  }
}

void apply_manual_layer(PricedLines& lines, const Goods& goods) {
  std::vector<UnitRef> everything;
  for (std::size_t l = 0; l < lines.lines().size(); ++l) {
    const auto& line = lines.lines()[l];
    add_all_units(line, l, everything);
    if (!line.goods->by_hand) continue;
    std::vector<UnitRef> own;
    add_all_units(line, l, own);
    take_off_by_hand(lines, *line.goods->by_hand, own);
  }
  if (goods.by_hand) take_off_by_hand(lines, *goods.by_hand, everything);
}

}  // namespace lanekeeper::pricing
