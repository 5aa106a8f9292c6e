#include "pricing/price.h"

#include <algorithm>

namespace lanekeeper::pricing {
namespace {

// The lines of one tax category, by their positions in the priced basket.
struct TaxGroup {
  const catalogue::TaxCategory* category = nullptr;
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
TaxGroup* group_for(std::vector<TaxGroup>& groups, const PricingContext& context, catalogue::TaxCategoryId id) {
  for (auto& group : groups) {
    if (group.category->id == id) return &group;
  }
  const auto* category = find_tax(context, id);
  if (category == nullptr) return nullptr;
  return &groups.emplace_back(TaxGroup{category, {}, {}});
}

Result<Money> gross_of(const sale::BasketLine& line) {
  if (!line.fixed_amount) return multiply(line.unit_price, line.quantity);
  if (*line.fixed_amount > Money::limit() || *line.fixed_amount < -Money::limit()) {
    return fail("money.too_large", "The amount of a line is too large.", {{"value", line.fixed_amount->to_string()}});
  }
  return *line.fixed_amount;
}

bool is_beyond_limit(Money amount) {
  return amount > Money::limit() || amount < -Money::limit();
}

sale::TaxTotal tax_total(const TaxGroup& group, const PricingContext& context) {
  sale::TaxTotal total;
  total.tax_category = group.category->id;
  total.letter = group.category->letter;
  total.rate = catalogue::rate_on(*group.category, context.date);
  if (context.tax_mode == TaxMode::inclusive) {
    total.tax = tax_included(group.net, total.rate);
    total.taxable = group.net - total.tax;
  } else {
    total.tax = share(group.net, total.rate, Rounding::half_up);
    total.taxable = group.net;
  }
  return total;
}

void spread_tax(const TaxGroup& group, Money tax, std::vector<sale::PricedLine>& lines) {
  if (tax.is_zero()) return;
  std::vector<std::int64_t> weights;
  weights.reserve(group.lines.size());
  for (const auto index : group.lines) {
    const auto net = lines[index].net.minor();
    weights.push_back(net < 0 ? -net : net);
  }
  const auto parts = allocate(tax, weights);
  for (std::size_t i = 0; i < parts.size(); ++i) lines[group.lines[i]].tax = parts[i];
}

}  // namespace

Result<sale::PricedBasket> price(const sale::Basket& basket, const PromotionSet& /*promotions*/,
                                 const PricingContext& context) {
  sale::PricedBasket priced;
  priced.lines.reserve(basket.lines.size());
  std::vector<TaxGroup> groups;
  for (const auto& line : basket.lines) {
    if (line.voided) continue;
    auto gross = gross_of(line);
    if (!gross) return fail(std::move(gross.error()));
    auto* group = group_for(groups, context, line.tax_category);
    if (group == nullptr) {
      return fail("pricing.unknown_tax", "The item's tax category is not set up in this store. Ask the manager.",
                  {{"tax_category", std::to_string(line.tax_category)}, {"name", line.name}});
    }
    if (group->lines.empty()) group->lines.reserve(basket.lines.size());
    group->lines.push_back(priced.lines.size());
    auto& out = priced.lines.emplace_back();
    out.line = line.line;
    out.gross = *gross;
    out.net = *gross;
    group->net += out.net;
    priced.gross += out.gross;
    // One line is within the limit and so is the sum before it: the sum cannot have left 64 bits.
    if (is_beyond_limit(priced.gross) || is_beyond_limit(group->net)) {
      return fail("money.too_large", "The basket's total is too large. Finish this sale and begin another.");
    }
  }
  priced.net = priced.gross - priced.discount;
  priced.total = priced.net;
  std::sort(groups.begin(), groups.end(),
            [](const TaxGroup& a, const TaxGroup& b) { return a.category->id < b.category->id; });
  priced.taxes.reserve(groups.size());
  for (const auto& group : groups) {
    const auto& total = priced.taxes.emplace_back(tax_total(group, context));
    spread_tax(group, total.tax, priced.lines);
    if (context.tax_mode == TaxMode::exclusive) priced.total += total.tax;
  }
  return priced;
}

}  // namespace lanekeeper::pricing
