#include "pricing/kept_gift.h"

#include <algorithm>
#include <vector>

namespace lanekeeper::pricing {

namespace {

struct SoldLine {
  const sale::BasketLine* line = nullptr;
  const sale::PricedLine* priced = nullptr;
  Quantity returned;
};

// What is left of the goods, and of the gifts for them.
struct Standing {
  Money spent;
  std::int64_t pieces = 0;
  std::int64_t gifts = 0;
};

std::vector<SoldLine> lines_of(const sale::RetailTransaction& sold, const ReturnedOf& returned) {
  std::vector<SoldLine> lines;
  auto priced = sold.priced.lines.begin();
  for (const auto& line : sold.lines) {
    if (line.voided || priced == sold.priced.lines.end()) continue;
    if (!line.returns) lines.push_back({&line, &*priced, returned(line.line)});
    ++priced;
  }
  return lines;
}

bool is_counted(const sale::BasketLine& line) {
  return line.unit == catalogue::UnitOfMeasure::piece && line.quantity.is_whole() && !line.fixed_amount;
}

Money taken_off(const SoldLine& sold, const Promotion& promotion) {
  for (const auto& discount : sold.priced->discounts) {
    if (discount.promotion == promotion.id) return discount.amount;
  }
  return {};
}

// How many pieces of the line were given: by what was taken off, where that is so much for each; else those that cost
// no more than a gift.
std::int64_t gifts_of(const SoldLine& sold, const Promotion& promotion) {
  const auto off = taken_off(sold, promotion);
  if (!sold.priced->units || off.is_zero()) return 0;
  const auto price = std::get<Gift>(promotion.offer).price;
  std::int64_t cheap = 0;
  for (const auto& run : *sold.priced->units) cheap += run.net <= price ? run.count : 0;
  const auto each = sold.line->unit_price - price;
  if (each <= Money() || off.minor() % each.minor() != 0) return cheap;
  return std::min(cheap, off.minor() / each.minor());
}

// How many of the first `count` pieces were given: the cheapest. Pieces come back in the order in which the line keeps
// them.
std::int64_t gifts_among(const SoldLine& sold, const Promotion& promotion, std::int64_t count) {
  auto left = gifts_of(sold, promotion);
  if (left == 0) return 0;
  struct Run {
    sale::UnitNets units;
    std::int64_t begin = 0;
  };
  std::vector<Run> runs;
  std::int64_t begin = 0;
  for (const auto& run : *sold.priced->units) {
    runs.push_back({run, begin});
    begin += run.count;
  }
  std::stable_sort(runs.begin(), runs.end(), [](const Run& a, const Run& b) { return a.units.net < b.units.net; });
  std::int64_t gifts = 0;
  for (const auto& run : runs) {
    const auto given = std::min(left, run.units.count);
    gifts += std::clamp<std::int64_t>(count - run.begin, 0, given);
    left -= given;
  }
  return gifts;
}

// Before whatever came behind the offers on single goods.
Money value_of(const SoldLine& sold, const PromotionIndex& promotions, bool& has_offer) {
  Money value = sold.priced->gross;
  for (const auto& discount : sold.priced->discounts) {
    const auto* promotion = promotions.find(discount.promotion);
    if (promotion == nullptr || promotion->layer != Layer::item) continue;
    value -= discount.amount;
    has_offer = true;
  }
  return value;
}

Money part_of(Money value, std::int64_t part, std::int64_t whole) {
  return whole == 0 ? Money{} : Money::of_minor(divide(Int128{value.minor()} * part, whole, Rounding::half_up));
}

void add_goods(const SoldLine& sold, const Promotion& promotion, const PromotionIndex& promotions, Quantity returned,
               Standing& standing) {
  const auto& line = *sold.line;
  const auto counted = is_counted(line);
  const auto pieces = line.quantity.milli() / 1000;
  const auto back = returned.milli() / 1000;
  const auto gifts = counted ? gifts_among(sold, promotion, pieces) : 0;
  const auto gifts_back = counted ? gifts_among(sold, promotion, back) : 0;
  standing.gifts += gifts - gifts_back;
  const auto category = line.category == 0 ? std::string() : std::to_string(line.category);
  if (!covers(promotion.scope, {line.item_number, category, line.brand})) return;
  bool has_offer = false;
  const auto value = value_of(sold, promotions, has_offer);
  if (has_offer && std::get<Gift>(promotion.offer).excludes_offers) return;
  if (!counted) {
    standing.spent += part_of(value, (line.quantity - returned).milli(), line.quantity.milli());
    standing.pieces += line.quantity > returned ? 1 : 0;
    return;
  }
  const auto goods_left = (pieces - gifts) - (back - gifts_back);
  standing.spent += part_of(value, goods_left, pieces);
  standing.pieces += goods_left;
}

// How many gifts the goods earn for each coupon, and without one. nullopt: nothing can take them away.
std::optional<std::int64_t> earned_by(const Standing& standing, const Gift& gift) {
  const auto* threshold = std::get_if<Money>(&gift.when);
  const auto step = threshold != nullptr ? threshold->minor() : std::get<std::int64_t>(gift.when);
  if (step <= 0) return std::nullopt;
  const auto full = (threshold != nullptr ? standing.spent.minor() : standing.pieces) / step;
  return gift.every ? full : std::min<std::int64_t>(full, 1);
}

// How many of the gifts stay with what is left of the goods. nullopt: what is stored of the sale does not tell.
std::optional<std::int64_t> gifts_earned(const Promotion& promotion, const Standing& when_sold, const Standing& now) {
  const auto& gift = std::get<Gift>(promotion.offer);
  const auto before = earned_by(when_sold, gift);
  const auto after = earned_by(now, gift);
  if (!before || !after || *before == 0) return std::nullopt;
  if (when_sold.gifts <= *before) return after;
  if (promotion.layer != Layer::coupon) return std::nullopt;
  return when_sold.gifts * *after / *before;  // of several coupons each
}

// The fewest pieces that have to come back until so many gifts are among them.
std::int64_t pieces_until(const SoldLine& sold, const Promotion& promotion, std::int64_t gifts) {
  const auto back = sold.returned.milli() / 1000;
  const auto before = gifts_among(sold, promotion, back);
  const auto pieces = sold.line->quantity.milli() / 1000;
  std::int64_t more = 1;
  while (back + more < pieces && gifts_among(sold, promotion, back + more) - before < gifts) ++more;
  return more;
}

}  // namespace

std::optional<KeptGift> gift_without_its_goods(const sale::RetailTransaction& sold, const PromotionIndex& promotions,
                                               const ReturnedOf& returned) {
  const auto lines = lines_of(sold, returned);
  for (std::size_t i = 0; i < promotions.size(); ++i) {
    const auto& promotion = promotions.at(i);
    if (!std::holds_alternative<Gift>(promotion.offer)) continue;
    Standing when_sold;
    Standing now;
    for (const auto& line : lines) {
      add_goods(line, promotion, promotions, {}, when_sold);
      add_goods(line, promotion, promotions, line.returned, now);
    }
    if (when_sold.gifts == 0) continue;
    const auto earned = gifts_earned(promotion, when_sold, now);
    if (!earned || now.gifts <= *earned) continue;
    for (const auto& line : lines) {
      const auto given = gifts_of(line, promotion);
      const auto back = gifts_among(line, promotion, line.returned.milli() / 1000);
      const auto here = std::min(now.gifts - *earned, given - back);
      if (here <= 0) continue;
      return KeptGift{line.line->line, pieces_until(line, promotion, here),
                      part_of(taken_off(line, promotion), here, given)};
    }
  }
  return std::nullopt;
}

}  // namespace lanekeeper::pricing
