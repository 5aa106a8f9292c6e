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

// How many of the first `count` pieces were given. Pieces come back in the order in which the line keeps them.
std::int64_t gifts_among(const SoldLine& sold, const Promotion& promotion, std::int64_t count) {
  if (!sold.priced->units || taken_off(sold, promotion).is_zero()) return 0;
  std::int64_t gifts = 0;
  for (const auto& run : *sold.priced->units) {
    const auto part = std::min(run.count, count);
    if (run.net <= std::get<Gift>(promotion.offer).price) gifts += part;
    count -= part;
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

std::int64_t earned_by(const Standing& standing, const Gift& gift) {
  const auto* threshold = std::get_if<Money>(&gift.when);
  const auto full = threshold != nullptr ? standing.spent.minor() / threshold->minor()
                                         : standing.pieces / std::get<std::int64_t>(gift.when);
  return gift.every ? full : std::min<std::int64_t>(full, 1);
}

}  // namespace

std::optional<KeptGift> gift_without_its_goods(const sale::RetailTransaction& sold, const PromotionIndex& promotions,
                                               const ReturnedOf& returned) {
  const auto lines = lines_of(sold, returned);
  for (std::size_t i = 0; i < promotions.size(); ++i) {
    const auto& promotion = promotions.at(i);
    const auto* gift = std::get_if<Gift>(&promotion.offer);
    if (gift == nullptr) continue;
    Standing when_sold;
    Standing now;
    for (const auto& line : lines) {
      add_goods(line, promotion, promotions, {}, when_sold);
      add_goods(line, promotion, promotions, line.returned, now);
    }
    if (when_sold.gifts == 0 || earned_by(when_sold, *gift) < when_sold.gifts) continue;
    const auto too_many = now.gifts - earned_by(now, *gift);
    if (too_many <= 0) continue;
    for (const auto& line : lines) {
      const auto pieces = line.line->quantity.milli() / 1000;
      const auto given = gifts_among(line, promotion, pieces);
      const auto here = std::min(too_many, given - gifts_among(line, promotion, line.returned.milli() / 1000));
      if (here > 0) return KeptGift{line.line->line, here, part_of(taken_off(line, promotion), here, given)};
    }
  }
  return std::nullopt;
}

}  // namespace lanekeeper::pricing
