#include "pricing/price.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "pricing/engine.h"

namespace lanekeeper::pricing {
namespace {

constexpr std::string_view members_list = "member";  // for every member; others are called like a tier

// The lines of one tax category, by their positions in the priced basket. Goods that come back have groups of their
// own, by the rate at which they were sold.
struct TaxGroup {
  const catalogue::TaxCategory* category = nullptr;
  std::optional<Rate> returned_at;
  Money net;
  std::vector<std::size_t> lines;
};

const catalogue::TaxCategory* find_tax(const PricingContext& context, catalogue::TaxCategoryId id) {
  for (const auto& category : context.taxes) {
    if (category.id == id) return &category;
  }
  return nullptr;
}

// A receipt has a handful of rates, so looking through the groups beats any map.
TaxGroup* group_for(std::vector<TaxGroup>& groups, const PricingContext& context, const sale::BasketLine& line) {
  const auto returned_at = line.returns ? std::optional(line.returns->tax_rate) : std::nullopt;
  for (auto& group : groups) {
    if (group.category->id == line.tax_category && group.returned_at == returned_at) return &group;
  }
  const auto* category = find_tax(context, line.tax_category);
  if (category == nullptr) return nullptr;
  return &groups.emplace_back(TaxGroup{category, returned_at, {}, {}});
}

bool is_beyond_limit(Money amount) {
  return amount > Money::limit() || amount < -Money::limit();
}

sale::TaxTotal tax_total(const TaxGroup& group, const PricingContext& context,
                         const std::vector<sale::PricedLine>& lines) {
  sale::TaxTotal total;
  total.tax_category = group.category->id;
  total.letter = group.category->letter;
  const bool inclusive = context.tax_mode == TaxMode::inclusive;
  if (group.returned_at) {
    total.rate = *group.returned_at;
    for (const auto line : group.lines) total.tax += lines[line].tax;
  } else {
    total.rate = catalogue::rate_on(*group.category, context.date);
    total.tax = inclusive ? tax_included(group.net, total.rate) : share(group.net, total.rate, Rounding::half_up);
  }
  total.taxable = inclusive ? group.net - total.tax : group.net;
  return total;
}

void spread_tax(const TaxGroup& group, Money tax, std::vector<sale::PricedLine>& lines) {
  if (tax.is_zero() || group.returned_at) return;
  std::vector<std::int64_t> weights;
  weights.reserve(group.lines.size());
  for (const auto index : group.lines) {
    const auto net = lines[index].net.minor();
    weights.push_back(net < 0 ? -net : net);
  }
  const auto parts = allocate(tax, weights);
  for (std::size_t i = 0; i < parts.size(); ++i) lines[group.lines[i]].tax = parts[i];
}

std::optional<ByHand> by_hand(const std::optional<sale::ManualDiscount>& discount) {
  if (!discount) return std::nullopt;
  if (discount->percent) return ByHand{*discount->percent};
  return ByHand{discount->amount.value_or(Money{})};
}

// The lowest of the prices that this customer may have.
std::optional<Money> list_price(const sale::BasketLine& line, const std::optional<sale::MemberRef>& member) {
  std::optional<Money> lowest;
  if (!member || !line.list_prices) return lowest;
  for (const auto& price : *line.list_prices) {
    const bool theirs = price.list == members_list || price.list == member->tier;
    if (theirs && (!lowest || price.unit_price < *lowest)) lowest = price.unit_price;
  }
  return lowest;
}

GoodsLine goods_line(const sale::BasketLine& line, const std::optional<sale::MemberRef>& member) {
  GoodsLine goods;
  goods.item = line.item_number;
  if (line.category != 0) goods.category = std::to_string(line.category);
  goods.brand = line.brand;
  goods.quantity = line.quantity;
  goods.weighed = line.unit == catalogue::UnitOfMeasure::kilogram;
  goods.unit_price = line.unit_price;
  goods.fixed_amount = line.fixed_amount;
  goods.no_discount = line.discount_blocked || line.price_override || line.returns;
  goods.by_hand = by_hand(line.discount);
  goods.list_price = list_price(line, member);
  return goods;
}

std::optional<std::string> if_any(const std::string& text) {
  if (text.empty()) return std::nullopt;
  return text;
}

sale::LineDiscount line_discount(const Discount& discount, const PromotionIndex& promotions) {
  sale::LineDiscount out{discount.promotion, discount.amount, {}, {}};
  if (const auto* promotion = promotions.find(discount.promotion)) {
    out.name = if_any(promotion->name);
    out.name_en = if_any(promotion->name_en);
  }
  return out;
}

sale::PricedLine priced_line(const sale::BasketLine& line, const PricedGoodsLine& goods,
                             const PromotionIndex& promotions) {
  sale::PricedLine out;
  out.line = line.line;
  out.gross = goods.gross;
  out.net = goods.net;
  if (line.returns) out.tax = line.returns->tax;
  if (goods.discounts.empty()) return out;
  out.discounts.reserve(goods.discounts.size());
  for (const auto& discount : goods.discounts) out.discounts.push_back(line_discount(discount, promotions));
  const bool counted = line.unit == catalogue::UnitOfMeasure::piece && !line.fixed_amount;
  if (counted) out.units = goods.units;
  return out;
}

// The detail "line" of the engine is a place among the goods; a person wants the line of the basket.
Error of_basket(Error error, const std::vector<const sale::BasketLine*>& lines) {
  for (auto& [name, value] : error.details) {
    if (name != "line") continue;
    std::size_t place = 0;
    const auto parsed = std::from_chars(value.data(), value.data() + value.size(), place);
    if (parsed.ec == std::errc{} && place < lines.size()) value = std::to_string(lines[place]->line);
  }
  return error;
}

std::vector<const sale::BasketLine*> live_lines(const sale::Basket& basket) {
  std::vector<const sale::BasketLine*> lines;
  lines.reserve(basket.lines.size());
  for (const auto& line : basket.lines) {
    if (!line.voided) lines.push_back(&line);
  }
  return lines;
}

Result<std::vector<TaxGroup>> tax_groups(const std::vector<const sale::BasketLine*>& lines,
                                         const sale::PricedBasket& priced, const PricingContext& context) {
  std::vector<TaxGroup> groups;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    auto* group = group_for(groups, context, *lines[i]);
    if (group == nullptr) {
      return fail("pricing.unknown_tax", "The item's tax category is not set up in this store. Ask the manager.",
                  {{"tax_category", std::to_string(lines[i]->tax_category)}, {"name", lines[i]->name}});
    }
    if (group->lines.empty()) group->lines.reserve(lines.size());
    group->lines.push_back(i);
    group->net += priced.lines[i].net;
  }
  std::sort(groups.begin(), groups.end(), [](const TaxGroup& a, const TaxGroup& b) {
    return std::pair(a.category->id, a.returned_at) < std::pair(b.category->id, b.returned_at);
  });
  return groups;
}

}  // namespace

Goods goods_of(const sale::Basket& basket) {
  Goods goods;
  goods.time = basket.started_at;
  if (basket.member) goods.member = Member{basket.member->tier, basket.member->birthday};
  if (basket.coupons) goods.coupons = *basket.coupons;
  if (basket.promotions) {
    for (const auto& uses : basket.promotions->remaining) goods.uses_left.push_back({uses.promotion, uses.left});
  }
  goods.by_hand = by_hand(basket.discount);
  goods.lines.reserve(basket.lines.size());
  for (const auto* line : live_lines(basket)) goods.lines.push_back(goods_line(*line, basket.member));
  return goods;
}

Result<ExplainedPrice> explain(const sale::Basket& basket, const PromotionIndex& promotions,
                               const PricingContext& context) {
  const auto lines = live_lines(basket);
  PricingOptions options;
  options.near_misses = context.near_misses;
  auto goods = price_goods(promotions, goods_of(basket), options);
  if (!goods) return fail(of_basket(std::move(goods.error()), lines));
  ExplainedPrice explained;
  auto& priced = explained.basket;
  priced.lines.reserve(lines.size());
  for (std::size_t i = 0; i < lines.size(); ++i) {
    priced.lines.push_back(priced_line(*lines[i], goods->lines[i], promotions));
  }
  priced.gross = goods->gross;
  priced.discount = goods->discount;
  priced.net = goods->net;
  if (is_beyond_limit(priced.gross)) {
    return fail("money.too_large", "The basket's total is too large. Finish this sale and begin another.");
  }
  priced.total = priced.net;
  const auto groups = tax_groups(lines, priced, context);
  if (!groups) return fail(groups.error());
  priced.taxes.reserve(groups->size());
  for (const auto& group : *groups) {
    const auto& total = priced.taxes.emplace_back(tax_total(group, context, priced.lines));
    spread_tax(group, total.tax, priced.lines);
    if (context.tax_mode == TaxMode::exclusive) priced.total += total.tax;
  }
  explained.goods = std::move(*goods);
  return explained;
}

Result<sale::PricedBasket> price(const sale::Basket& basket, const PromotionIndex& promotions,
                                 const PricingContext& context) {
  auto explained = explain(basket, promotions, context);
  if (!explained) return fail(std::move(explained.error()));
  return std::move(explained->basket);
}

}  // namespace lanekeeper::pricing
