#include "compare.h"

#include <algorithm>

#include "oracle.h"
#include "pricing/engine.h"

namespace lanekeeper::oracle {
namespace {

using namespace pricing;

std::string listed(const BestItems& best) {
  std::string text = std::to_string(best.saving) + " by";
  for (const auto& id : best.ids) text += " " + id;
  return text;
}

std::string compare_items(const std::vector<Promotion>& promotions, const Goods& goods, const PricedGoods& priced,
                          bool plainly) {
  if (!priced.optimal) return "a small case is not optimal";
  BestItems found;
  for (const auto& application : priced.applications) {
    found.saving += application.saving.minor();
    found.ids.push_back(application.promotion);
  }
  std::sort(found.ids.begin(), found.ids.end());
  const auto best = best_items(promotions, goods, !plainly);
  if (found != best) return "items: the engine saves " + listed(found) + ", the best is " + listed(best);
  return check_applications(promotions, goods, priced);
}

std::string state_name(CouponOutcome::State state) {
  const char* const names[] = {"applied", "unknown", "not_reached", "used_before"};
  return names[static_cast<std::size_t>(state)];
}

// The basket as the item layer alone has it.
Goods without_later_layers(Goods goods) {
  goods.coupons.clear();
  goods.by_hand.reset();
  for (auto& line : goods.lines) line.by_hand.reset();
  return goods;
}

std::string compare_later(const Case& the_case, const PricedGoods& items_only, const PricedGoods& full) {
  std::vector<LineNets> nets;
  for (const auto& line : items_only.lines) {
    auto& out = nets.emplace_back();
    for (const auto& run : line.units)
      out.units.insert(out.units.end(), static_cast<std::size_t>(run.count), run.net.minor());
    out.has_offer = !line.discounts.empty();
  }
  const auto expected = later_layers(the_case.promotions, the_case.goods, std::move(nets));
  for (std::size_t l = 0; l < full.lines.size(); ++l) {
    std::map<std::string, Fen> found;
    for (const auto& discount : full.lines[l].discounts) found[discount.promotion] += discount.amount.minor();
    for (const auto& discount : items_only.lines[l].discounts) found[discount.promotion] -= discount.amount.minor();
    std::erase_if(found, [](const auto& entry) { return entry.second == 0; });
    if (found != expected.by_line[l]) return "later layers differ on line " + std::to_string(l);
  }
  std::vector<CouponResult> coupons;
  for (const auto& outcome : full.coupons) {
    coupons.push_back({outcome.code, state_name(outcome.state), outcome.promotion, outcome.saving.minor()});
  }
  return coupons == expected.coupons ? std::string() : "coupons differ";
}

std::string check_sums(const PricedGoods& priced) {
  Money gross;
  Money net;
  for (const auto& line : priced.lines) {
    gross += line.gross;
    net += line.net;
    Money discounts;
    for (const auto& discount : line.discounts) {
      if (discount.amount <= Money{}) return "a discount that is no discount";
      discounts += discount.amount;
    }
    if (line.gross - discounts != line.net) return "a line that does not add up";
    if (line.units.empty()) continue;
    Money units;
    for (const auto& run : line.units) {
      if (run.net.is_negative()) return "a unit below zero";
      for (std::int64_t i = 0; i < run.count; ++i) units += run.net;
    }
    if (units != line.net) return "units that do not add up to their line";
  }
  if (gross != priced.gross || net != priced.net || gross - net != priced.discount) return "totals that do not add up";
  return {};
}

}  // namespace

std::string difference(const Case& the_case, bool plainly) {
  auto items = the_case.promotions;
  std::erase_if(items, [](const Promotion& promotion) { return promotion.layer != Layer::item; });
  const auto item_set = PromotionIndex::compile(items).value();
  const auto full_set = PromotionIndex::compile(the_case.promotions).value();
  const auto items_only = price_goods(item_set, without_later_layers(the_case.goods)).value();
  const auto full = price_goods(full_set, the_case.goods).value();
  for (const auto& text : {compare_items(items, the_case.goods, items_only, plainly),
                           compare_later(the_case, items_only, full), check_sums(full)}) {
    if (!text.empty()) return text;
  }
  return {};
}

}  // namespace lanekeeper::oracle
