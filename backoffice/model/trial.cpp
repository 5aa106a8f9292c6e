#include "model/trial.h"

#include "pricing/engine.h"

namespace lanekeeper::office {

namespace {

constexpr std::string_view regular_list = "regular";
constexpr std::string_view members_list = "member";  // for every member; others are called like a tier
constexpr std::int64_t half_kilogram_milli = 500;

Quantity step_of(const catalogue::Item& item) {
  return item.unit == catalogue::UnitOfMeasure::kilogram ? Quantity::of_milli(half_kilogram_milli)
                                                         : Quantity::of_units(1);
}

// The lowest price of a list that this customer has.
std::optional<Money> list_price(const catalogue::Item& item, const std::optional<pricing::Member>& member, Instant at) {
  if (!member) return std::nullopt;
  auto lowest = catalogue::price_at(item, members_list, at);
  if (!member->tier) return lowest;
  const auto theirs = catalogue::price_at(item, *member->tier, at);
  if (theirs && (!lowest || *theirs < *lowest)) lowest = theirs;
  return lowest;
}

pricing::GoodsLine line_of(const TrialLine& line, const std::optional<pricing::Member>& member, Instant at) {
  pricing::GoodsLine goods;
  goods.item = line.item.number;
  if (line.item.category != 0) goods.category = std::to_string(line.item.category);
  goods.brand = line.item.brand;
  goods.quantity = line.quantity;
  goods.weighed = line.item.unit == catalogue::UnitOfMeasure::kilogram;
  goods.unit_price = catalogue::price_at(line.item, regular_list, at).value_or(Money());
  goods.no_discount = line.item.discount_blocked;
  goods.list_price = list_price(line.item, member, at);
  return goods;
}

}  // namespace

std::optional<Rate> TrialMargin::rate() const {
  if (income.minor() <= 0) return std::nullopt;
  return Rate::of_per_10k(divide(Int128(margin().minor()) * 10'000, income.minor(), Rounding::half_up));
}

Result<TrialResult> price_trial(const Definitions& definitions, const std::vector<TrialLine>& lines,
                                const std::optional<pricing::Member>& member, const ZonedTime& time) {
  std::vector<pricing::Promotion> promotions;
  for (const auto& definition : definitions) {
    if (definition.promotion) promotions.push_back(*definition.promotion);
  }
  auto index = pricing::PromotionIndex::compile(std::move(promotions));
  if (!index) return fail(std::move(index.error()));
  pricing::Goods goods;
  goods.time = time;
  goods.member = member;
  for (const auto& line : lines) goods.lines.push_back(line_of(line, member, time.instant));
  pricing::PricingOptions options;
  options.near_misses = true;
  auto priced = pricing::price_goods(*index, goods, options);
  if (!priced) return fail(std::move(priced.error()));
  TrialResult result{std::move(*priced), {}};
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (!lines[i].item.cost) continue;
    const auto cost = multiply(*lines[i].item.cost, lines[i].quantity);
    if (!cost) continue;
    ++result.margin.lines;
    result.margin.cost += *cost;
    result.margin.income += result.priced.lines[i].net;
  }
  return result;
}

void TrialBasket::add(const protocol::ItemRow& row) {
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    if (lines_[i].item.number == row.item.number) return change(i, 1);
  }
  if (lines_.size() >= most_lines) return;
  const bool weighed = row.item.unit == catalogue::UnitOfMeasure::kilogram;
  lines_.push_back({row.item, weighed ? Quantity::of_units(1) : step_of(row.item)});
  changed_.notify();
}

void TrialBasket::change(std::size_t line, int steps) {
  if (line >= lines_.size()) return;
  const Quantity step = step_of(lines_[line].item);
  const Quantity quantity = Quantity::of_milli(lines_[line].quantity.milli() + step.milli() * steps);
  if (quantity <= Quantity()) return remove(line);
  lines_[line].quantity = quantity;
  changed_.notify();
}

void TrialBasket::remove(std::size_t line) {
  if (line >= lines_.size()) return;
  lines_.erase(lines_.begin() + static_cast<std::ptrdiff_t>(line));
  changed_.notify();
}

void TrialBasket::clear() {
  lines_.clear();
  member_.reset();
  time_.reset();
  changed_.notify();
}

void TrialBasket::set_member(std::optional<pricing::Member> member) {
  if (member == member_) return;
  member_ = std::move(member);
  changed_.notify();
}

void TrialBasket::set_time(std::optional<ZonedTime> time) {
  if (time == time_) return;
  time_ = time;
  changed_.notify();
}

}  // namespace lanekeeper::office
