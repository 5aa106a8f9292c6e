#include "pricing/priced_lines.h"

#include <algorithm>
#include <map>

namespace lanekeeper::pricing {
namespace {

// multiply() has been asked about every line before: see check().
Money gross_of(const GoodsLine& line) {
  return line.fixed_amount ? *line.fixed_amount : multiply(line.unit_price, line.quantity).value();
}

std::vector<UnitNets> runs_of(const LineState& line) {
  std::vector<UnitNets> runs;
  for (const auto net : line.units) {
    if (runs.empty() || runs.back().net != net) runs.push_back({0, net});
    ++runs.back().count;
  }
  return runs;
}

PricedGoodsLine priced(const LineState& line, const PromotionIndex& promotions) {
  PricedGoodsLine out;
  out.gross = line.gross;
  out.net = line.gross;
  for (const auto& [promotion, amount] : line.discounts) {
    const auto id = promotion == by_hand_discount ? std::string(sale::manual_discount_id) : promotions.at(promotion).id;
    out.discounts.push_back({id, amount});
    out.net -= amount;
  }
  out.units = runs_of(line);
  return out;
}

}  // namespace

bool LineState::is_touched_by(std::uint32_t promotion) const {
  const auto found = std::lower_bound(touches.begin(), touches.end(), promotion,
                                      [](const auto& touch, std::uint32_t p) { return touch.promotion < p; });
  return found != touches.end() && found->promotion == promotion;
}

PricedLines::PricedLines(const PromotionIndex& promotions, const Goods& goods)
    : promotions_(promotions), limits_(goods.uses_left) {
  PromotionIndex::ForBasket holding(promotions, goods.time, goods.member);
  lines_.reserve(goods.lines.size());
  for (const auto& line : goods.lines) {
    auto& state = lines_.emplace_back();
    state.goods = &line;
    state.gross = gross_of(line);
    state.is_single = line.weighed || line.fixed_amount.has_value();
    if (line.quantity < Quantity{} || state.gross.is_negative() || line.no_discount) continue;
    state.counts = true;
    state.touches = holding.touching({line.item, line.category, line.brand});
    drop_spent(state.touches);
    if (line.list_price) touch_list_price(state.touches);
    const auto units = state.is_single ? 1 : line.quantity.milli() / 1000;
    state.units.assign(static_cast<std::size_t>(units), state.is_single ? state.gross : line.unit_price);
  }
}

void PricedLines::touch_list_price(std::vector<PromotionIndex::Touch>& touches) const {
  const PromotionIndex::Touch touch{promotions_.list_price_offer(), 1};
  touches.insert(std::upper_bound(touches.begin(), touches.end(), touch,
                                  [](const auto& a, const auto& b) { return a.promotion < b.promotion; }),
                 touch);
}

// What has no use left does not apply at all, so it holds nothing together and is missed by nobody.
void PricedLines::drop_spent(std::vector<PromotionIndex::Touch>& touches) const {
  std::erase_if(touches, [&](const auto& touch) { return limit_of(touch.promotion) == 0; });
}

std::vector<ItemLine> PricedLines::item_lines() const {
  std::vector<ItemLine> out;
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    const auto& state = lines_[i];
    if (!state.counts) continue;
    ItemLine line{i, state.goods, state.is_single, static_cast<std::int64_t>(state.units.size()), state.units.front(),
                  {}};
    for (const auto& touch : state.touches) {
      if (promotions_.at(touch.promotion).layer == Layer::item) line.touches.push_back(touch);
    }
    if (!line.touches.empty()) out.push_back(std::move(line));
  }
  return out;
}

std::vector<std::uint32_t> PricedLines::touching(Layer layer) const {
  std::vector<std::uint32_t> all;
  for (const auto& line : lines_) {
    for (const auto& touch : line.touches) {
      if (promotions_.at(touch.promotion).layer == layer) all.push_back(touch.promotion);
    }
  }
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

void PricedLines::note(Application& application, std::size_t line, Money part) const {
  auto& parts = application.parts;
  if (parts.empty() || parts.back().line != line) parts.push_back({line, 0, {}});
  ++parts.back().units;
  parts.back().saving += part;
}

Application PricedLines::begin_application(std::uint32_t promotion) const {
  Application application;
  if (promotion == by_hand_discount) {
    application.promotion = sale::manual_discount_id;
    application.layer = Layer::manual;
    application.kind = layer_name(Layer::manual);
    return application;
  }
  const auto& definition = promotions_.at(promotion);
  application.promotion = definition.id;
  application.layer = definition.layer;
  application.kind = kind_name(definition.offer);
  return application;
}

void PricedLines::take_off(std::uint32_t promotion, Money saving, const std::vector<UnitRef>& units,
                           std::int64_t uses) {
  std::vector<std::int64_t> weights;
  weights.reserve(units.size());
  for (const auto& unit : units) weights.push_back(net(unit).minor());
  const auto parts = units.size() == 1 ? std::vector<Money>{saving} : allocate(saving, weights);
  auto application = begin_application(promotion);
  application.saving = saving;
  application.uses = uses;
  for (std::size_t i = 0; i < units.size(); ++i) {
    lines_[units[i].line].units[static_cast<std::size_t>(units[i].unit)] -= parts[i];
    note(application, units[i].line, parts[i]);
  }
  for (const auto& part : application.parts) {
    if (part.saving.is_zero()) continue;
    auto& line = lines_[part.line];
    auto& discounts = line.discounts;
    const auto own =
        std::find_if(discounts.begin(), discounts.end(), [&](const auto& d) { return d.first == promotion; });
    if (own == discounts.end()) {
      discounts.emplace_back(promotion, part.saving);
    } else {
      own->second += part.saving;
    }
    line.has_item_offer = line.has_item_offer || application.layer == Layer::item;
  }
  applications_.push_back(std::move(application));
}

PricedGoods PricedLines::result() && {
  PricedGoods priced_goods;
  priced_goods.lines.reserve(lines_.size());
  for (const auto& line : lines_) {
    const auto& out = priced_goods.lines.emplace_back(priced(line, promotions_));
    priced_goods.gross += out.gross;
    priced_goods.net += out.net;
  }
  priced_goods.discount = priced_goods.gross - priced_goods.net;
  priced_goods.applications = std::move(applications_);
  return priced_goods;
}

}  // namespace lanekeeper::pricing
