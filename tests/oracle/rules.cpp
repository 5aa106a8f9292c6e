#include "rules.h"

#include <algorithm>

namespace lanekeeper::oracle {

using pricing::Goods;
using pricing::GoodsLine;
using pricing::Promotion;

Fen rounded(Fen numerator, Fen denominator) {
  return (2 * numerator + denominator) / (2 * denominator);
}

Fen percent_of(Fen amount, const Rate& percent) {
  return amount - rounded(amount * (10'000 - percent.per_10k()), 10'000);
}

Fen line_gross(const GoodsLine& line) {
  const Fen product = line.unit_price.minor() * line.quantity.milli();
  return product < 0 ? -rounded(-product, 1000) : rounded(product, 1000);
}

bool contains(const std::vector<std::string>& list, const std::string& name) {
  return std::count(list.begin(), list.end(), name) > 0;
}

bool in_scope(const pricing::Scope& scope, const GoodsLine& line) {
  const bool listed = scope.all || contains(scope.items, line.item) ||
                      (!line.category.empty() && contains(scope.categories, line.category)) ||
                      (!line.brand.empty() && contains(scope.brands, line.brand));
  return listed && !contains(scope.exclude_items, line.item);
}

bool holds(const Promotion& promotion, const Goods& goods) {
  const auto& audience = promotion.audience;
  if ((audience.members || audience.birthday || !audience.tiers.empty()) && !goods.member) return false;
  if (audience.birthday && !goods.member->birthday) return false;
  if (!audience.tiers.empty() && (!goods.member->tier || !contains(audience.tiers, *goods.member->tier))) return false;
  const auto text = goods.time.to_string();  // 2026-11-22T10:00:00.000+08:00
  const auto day = text.substr(0, 10);
  const auto clock = text.substr(11, 5);
  const auto& schedule = promotion.schedule;
  if (schedule.from && day < schedule.from->to_string()) return false;
  if (schedule.to && day > schedule.to->to_string()) return false;
  if (!schedule.weekdays.empty()) {
    const int weekday = Date::parse(day).value().iso_weekday();
    if (std::count(schedule.weekdays.begin(), schedule.weekdays.end(), weekday) == 0) return false;
  }
  if (!schedule.hours) return true;
  const int minute = std::stoi(clock.substr(0, 2)) * 60 + std::stoi(clock.substr(3, 2));
  const int from = schedule.hours->from_minute;
  const int to = schedule.hours->to_minute;
  for (int m = from; m % 1440 != to % 1440 || m == from; ++m) {
    if (m % 1440 == minute) return true;
  }
  return false;
}

std::vector<Fen> shares(Fen total, const std::vector<Fen>& weights) {
  Fen sum = 0;
  for (const auto weight : weights) sum += weight;
  std::vector<Fen> parts(weights.size(), 0);
  if (sum == 0) return parts;
  Fen given = 0;
  std::vector<std::pair<Fen, std::size_t>> rests;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    parts[i] = total * weights[i] / sum;
    given += parts[i];
    rests.emplace_back(-(total * weights[i] % sum), i);
  }
  std::sort(rests.begin(), rests.end());
  for (std::size_t i = 0; given < total; ++i, ++given) ++parts[rests[i].second];
  return parts;
}

Fen limit_of(const Promotion& promotion, const Goods& goods) {
  Fen limit = no_limit;
  for (const auto& own : {promotion.max_per_basket, promotion.max_per_member_day, promotion.max_total}) {
    if (own && *own < limit) limit = *own;
  }
  for (const auto& uses : goods.uses_left) {
    if (uses.promotion == promotion.id && uses.left < limit) limit = uses.left;
  }
  return limit;
}

}  // namespace lanekeeper::oracle
