#include "oracle.h"

#include <algorithm>
#include <functional>
#include <set>

namespace lanekeeper::oracle {
namespace {

using pricing::Goods;
using pricing::GoodsLine;
using pricing::Promotion;

// Rounds half up a non-negative fraction.
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

// The wall clock from the text of the time, not from its arithmetic.
bool holds(const Promotion& promotion, const Goods& goods) {
  const auto& audience = promotion.audience;
  if ((audience.members || !audience.tiers.empty()) && !goods.member) return false;
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

struct Unit {
  const GoodsLine* line = nullptr;
  std::size_t line_index = 0;
  Fen price = 0;
};

std::vector<Unit> units_of(const Goods& goods) {
  std::vector<Unit> units;
  for (std::size_t i = 0; i < goods.lines.size(); ++i) {
    const auto& line = goods.lines[i];
    if (line.quantity.milli() < 0) continue;
    const Fen count = line.weighed ? 1 : line.quantity.milli() / 1000;
    for (Fen k = 0; k < count; ++k)
      units.push_back({&line, i, line.weighed ? line_gross(line) : line.unit_price.minor()});
  }
  return units;
}

Fen times_quantity(Fen amount, const GoodsLine& line) {
  return line.weighed ? rounded(amount * line.quantity.milli(), 1000) : amount;
}

// Can these units fill the bundle's groups, each unit in one?
bool fills(const pricing::Bundle& bundle, const std::vector<const Unit*>& units) {
  std::vector<Fen> left;
  for (const auto& group : bundle.groups) left.push_back(group.count);
  const std::function<bool(std::size_t)> place = [&](std::size_t next) {
    if (next == units.size()) return std::all_of(left.begin(), left.end(), [](Fen l) { return l == 0; });
    for (std::size_t g = 0; g < left.size(); ++g) {
      if (left[g] == 0 || !in_scope(bundle.groups[g].scope, *units[next]->line)) continue;
      --left[g];
      const bool done = place(next + 1);
      ++left[g];
      if (done) return true;
    }
    return false;
  };
  return place(0);
}

constexpr Fen no_application = -1;

struct SavingOf {
  const Promotion& promotion;
  const std::vector<const Unit*>& units;

  [[nodiscard]] Fen sum() const {
    Fen total = 0;
    for (const auto* unit : units) total += unit->price;
    return total;
  }
  [[nodiscard]] bool are(Fen count) const {
    return static_cast<Fen>(units.size()) == count && std::all_of(units.begin(), units.end(), [&](const Unit* unit) {
             return !unit->line->weighed && in_scope(promotion.scope, *unit->line);
           });
  }
  [[nodiscard]] bool is_one() const { return units.size() == 1 && in_scope(promotion.scope, *units[0]->line); }

  Fen operator()(const pricing::FixedPrice& offer) const {
    if (!is_one()) return no_application;
    return units[0]->price - times_quantity(offer.price.minor(), *units[0]->line);
  }
  Fen operator()(const pricing::PercentOff& offer) const {
    return is_one() ? percent_of(units[0]->price, offer.percent) : no_application;
  }
  Fen operator()(const pricing::AmountOff& offer) const {
    if (!is_one()) return no_application;
    return std::min(units[0]->price, times_quantity(offer.amount.minor(), *units[0]->line));
  }
  Fen operator()(const pricing::Multibuy& offer) const {
    return are(offer.count) ? sum() - offer.price.minor() : no_application;
  }
  Fen operator()(const pricing::NthOff& offer) const {
    if (!are(offer.count)) return no_application;
    Fen least = units[0]->price;
    for (const auto* unit : units) least = std::min(least, unit->price);
    return percent_of(least, offer.percent);
  }
  Fen operator()(const pricing::Bundle& offer) const {
    Fen count = 0;
    for (const auto& group : offer.groups) count += group.count;
    if (static_cast<Fen>(units.size()) != count) return no_application;
    for (const auto* unit : units) {
      if (unit->line->weighed) return no_application;
    }
    if (!fills(offer, units)) return no_application;
    if (const auto* price = std::get_if<pricing::TogetherPrice>(&offer.value)) return sum() - price->price.minor();
    if (const auto* amount = std::get_if<pricing::TogetherAmount>(&offer.value)) {
      return std::min(sum(), amount->amount.minor());
    }
    return percent_of(sum(), std::get<pricing::TogetherPercent>(offer.value).percent);
  }
  Fen operator()(const pricing::Spend&) const { return no_application; }
  Fen operator()(const pricing::Gift&) const { return no_application; }
};

struct Possible {
  unsigned units = 0;  // as bits
  Fen saving = 0;
  std::size_t promotion = 0;
};

bool is_better(const BestItems& a, const BestItems& b) {
  if (a.saving != b.saving) return a.saving > b.saving;
  if (a.ids.size() != b.ids.size()) return a.ids.size() < b.ids.size();
  return a.ids < b.ids;
}

class Exhaustive {
 public:
  Exhaustive(const std::vector<Promotion>& promotions, const Goods& goods, bool remember)
      : promotions_(promotions), remember_(remember) {
    const auto units = units_of(goods);
    by_lowest_.resize(units.size());
    for (std::size_t p = 0; p < promotions.size(); ++p) {
      limits_.push_back(promotions[p].max_per_basket ? *promotions[p].max_per_basket : Fen{1000});
      if (promotions[p].layer == pricing::Layer::item && holds(promotions[p], goods)) list(p, units);
    }
    all_ = (1U << units.size()) - 1;
  }

  BestItems best() { return best_of(all_); }

 private:
  void list(std::size_t p, const std::vector<Unit>& units) {
    std::vector<const Unit*> chosen;
    for (unsigned bits = 1; bits < 1U << units.size(); ++bits) {
      chosen.clear();
      for (std::size_t u = 0; u < units.size(); ++u) {
        if ((bits >> u & 1U) != 0) chosen.push_back(&units[u]);
      }
      const auto saving = std::visit(SavingOf{promotions_[p], chosen}, promotions_[p].offer);
      if (saving < 0) continue;
      std::size_t lowest = 0;
      while ((bits >> lowest & 1U) == 0) ++lowest;
      by_lowest_[lowest].push_back({bits, saving, p});
    }
  }

  BestItems best_of(unsigned left) {
    if (left == 0) return {};
    const auto key = std::pair(left, limits_);
    if (remember_) {
      if (const auto known = known_.find(key); known != known_.end()) return known->second;
    }
    std::size_t lowest = 0;
    while ((left >> lowest & 1U) == 0) ++lowest;
    auto best = best_of(left & ~(1U << lowest));
    for (const auto& use : by_lowest_[lowest]) {
      if ((use.units & ~left) != 0 || limits_[use.promotion] == 0) continue;
      --limits_[use.promotion];
      auto candidate = best_of(left & ~use.units);
      ++limits_[use.promotion];
      candidate.saving += use.saving;
      const auto& id = promotions_[use.promotion].id;
      candidate.ids.insert(std::lower_bound(candidate.ids.begin(), candidate.ids.end(), id), id);
      if (is_better(candidate, best)) best = std::move(candidate);
    }
    if (remember_) {
      // Limits that cannot be reached any more do not tell states apart.
      known_.emplace(key, best);
    }
    return best;
  }

  const std::vector<Promotion>& promotions_;
  bool remember_;
  std::vector<Fen> limits_;
  std::vector<std::vector<Possible>> by_lowest_;
  unsigned all_ = 0;
  std::map<std::pair<unsigned, std::vector<Fen>>, BestItems> known_;
};

// Shares of total by weight, the rests going to the largest fractions, the earlier first.
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

const Promotion* find(const std::vector<Promotion>& promotions, const std::string& id) {
  for (const auto& promotion : promotions) {
    if (promotion.id == id) return &promotion;
  }
  return nullptr;
}

struct Eligible {
  std::size_t line = 0;
  std::size_t unit = 0;
};

class Later {
 public:
  Later(const std::vector<Promotion>& promotions, const Goods& goods, std::vector<LineNets> lines)
      : promotions_(promotions), goods_(goods), lines_(std::move(lines)) {
    out_.by_line.resize(lines_.size());
    rewards_.resize(lines_.size());
  }

  LaterDiscounts run() {
    std::vector<const Promotion*> basket;
    for (const auto& promotion : promotions_) {
      if (promotion.layer == pricing::Layer::basket && holds(promotion, goods_)) basket.push_back(&promotion);
    }
    std::sort(basket.begin(), basket.end(), [](const Promotion* a, const Promotion* b) {
      return std::pair(a->priority, a->id) < std::pair(b->priority, b->id);
    });
    for (const auto* promotion : basket) {
      const bool applied =
          std::holds_alternative<pricing::Spend>(promotion->offer) ? spend(*promotion) : gift(*promotion);
      if (applied && promotion->exclusive) break;
    }
    members();
    return out_;
  }

 private:
  Fen& net(const Eligible& at) { return lines_[at.line].units[at.unit]; }

  std::vector<Eligible> eligible(const Promotion& promotion, bool excludes_offers) {
    std::vector<Eligible> units;
    for (std::size_t l = 0; l < lines_.size(); ++l) {
      if (goods_.lines[l].quantity.milli() < 0 || !in_scope(promotion.scope, goods_.lines[l])) continue;
      if (excludes_offers && lines_[l].has_offer) continue;
      for (std::size_t u = 0; u < lines_[l].units.size(); ++u) {
        if (rewards_[l].count(u) == 0) units.push_back({l, u});
      }
    }
    return units;
  }
  Fen total(const std::vector<Eligible>& units) {
    Fen sum = 0;
    for (const auto& unit : units) sum += net(unit);
    return sum;
  }
  void take(const Promotion& promotion, Fen saving, const std::vector<Eligible>& units) {
    std::vector<Fen> weights;
    for (const auto& unit : units) weights.push_back(net(unit));
    const auto parts = shares(saving, weights);
    for (std::size_t i = 0; i < units.size(); ++i) {
      net(units[i]) -= parts[i];
      if (parts[i] > 0) out_.by_line[units[i].line][promotion.id] += parts[i];
    }
  }

  bool spend(const Promotion& promotion) {
    const auto& offer = std::get<pricing::Spend>(promotion.offer);
    const auto units = eligible(promotion, offer.excludes_offers);
    const Fen sum = total(units);
    Fen most = 0;
    for (const auto& tier : offer.tiers) {
      if (sum < tier.threshold.minor()) continue;
      Fen value = 0;
      if (const auto* amount = std::get_if<Money>(&tier.off)) {
        Fen times = 1;
        if (offer.every) {
          times = 0;
          while ((times + 1) * tier.threshold.minor() <= sum) ++times;
          if (promotion.max_per_basket) times = std::min(times, *promotion.max_per_basket);
        }
        value = std::min(sum, amount->minor() * times);
      } else {
        value = percent_of(sum, std::get<Rate>(tier.off));
      }
      most = std::max(most, value);
    }
    if (most > 0) take(promotion, most, units);
    return most > 0;
  }

  bool gift(const Promotion& promotion) {
    const auto& offer = std::get<pricing::Gift>(promotion.offer);
    const auto counting = eligible(promotion, offer.excludes_offers);
    Fen given = 0;
    while (true) {
      if (!offer.every && given == 1) break;
      if (promotion.max_per_basket && given == *promotion.max_per_basket) break;
      // The dearest piece that is not a gift yet.
      const Eligible* best = nullptr;
      std::vector<Eligible> pieces;
      for (std::size_t l = 0; l < lines_.size(); ++l) {
        const auto& line = goods_.lines[l];
        if (line.item != offer.item || line.weighed || line.quantity.milli() < 0) continue;
        for (std::size_t u = 0; u < lines_[l].units.size(); ++u) {
          if (rewards_[l].count(u) == 0 && lines_[l].units[u] > offer.price.minor()) pieces.push_back({l, u});
        }
      }
      for (const auto& piece : pieces) {
        if (best == nullptr || net(piece) > net(*best)) best = &piece;
      }
      if (best == nullptr) break;
      // What the others spend or count, without this gift and those before it.
      rewards_[best->line].insert(best->unit);
      Fen sum = 0;
      Fen count = 0;
      for (const auto& unit : counting) {
        if (rewards_[unit.line].count(unit.unit) > 0) continue;
        sum += net(unit);
        ++count;
      }
      const auto* threshold = std::get_if<Money>(&offer.when);
      const bool earned = threshold != nullptr ? sum >= threshold->minor() * (given + 1)
                                               : count >= std::get<std::int64_t>(offer.when) * (given + 1);
      if (!earned) {
        rewards_[best->line].erase(best->unit);
        break;
      }
      out_.by_line[best->line][promotion.id] += net(*best) - offer.price.minor();
      net(*best) = offer.price.minor();
      ++given;
    }
    return given > 0;
  }

  // Without limits in the member layer (the generator makes none): the best for each line.
  void members() {
    for (std::size_t l = 0; l < lines_.size(); ++l) {
      if (goods_.lines[l].quantity.milli() < 0) continue;
      const bool had_offer = lines_[l].has_offer || !out_.by_line[l].empty();
      std::vector<Eligible> units;
      for (std::size_t u = 0; u < lines_[l].units.size(); ++u) {
        if (rewards_[l].count(u) == 0) units.push_back({l, u});
      }
      const Promotion* best = nullptr;
      Fen most = 0;
      for (const auto& promotion : promotions_) {
        if (promotion.layer != pricing::Layer::member || !holds(promotion, goods_)) continue;
        const auto& offer = std::get<pricing::PercentOff>(promotion.offer);
        if (!in_scope(promotion.scope, goods_.lines[l]) || (had_offer && !offer.stacks)) continue;
        const Fen value = percent_of(total(units), offer.percent);
        if (value > most || (value == most && best != nullptr && promotion.id < best->id)) {
          most = value;
          best = &promotion;
        }
      }
      if (best != nullptr && most > 0) take(*best, most, units);
    }
  }

  const std::vector<Promotion>& promotions_;
  const Goods& goods_;
  std::vector<LineNets> lines_;
  std::vector<std::set<std::size_t>> rewards_;
  LaterDiscounts out_;
};

std::string check_one(const std::vector<Promotion>& promotions, const Goods& goods,
                      const pricing::Application& application, std::vector<Fen>& used) {
  const auto* promotion = find(promotions, application.promotion);
  if (promotion == nullptr || !holds(*promotion, goods)) return "a promotion that does not hold";
  std::vector<Unit> units;
  for (const auto& part : application.parts) {
    const auto& line = goods.lines.at(part.line);
    used[part.line] += part.units;
    const Fen there = line.weighed ? 1 : line.quantity.milli() / 1000;
    if (used[part.line] > there) return "more units than the line has";
    for (Fen k = 0; k < part.units; ++k) {
      units.push_back({&line, part.line, line.weighed ? line_gross(line) : line.unit_price.minor()});
    }
  }
  std::vector<const Unit*> chosen;
  std::vector<Fen> prices;
  for (const auto& unit : units) {
    chosen.push_back(&unit);
    prices.push_back(unit.price);
  }
  const auto saving = std::visit(SavingOf{*promotion, chosen}, promotion->offer);
  if (saving != application.saving.minor() || saving <= 0) return "a saving that the rules do not give";
  const auto parts = shares(saving, prices);
  std::map<std::size_t, Fen> by_line;
  for (std::size_t i = 0; i < units.size(); ++i) by_line[units[i].line_index] += parts[i];
  for (const auto& part : application.parts) {
    if (by_line[part.line] != part.saving.minor()) return "a spread that is not by largest remainder";
  }
  return {};
}

}  // namespace

BestItems best_items(const std::vector<Promotion>& promotions, const Goods& goods, bool remember) {
  return Exhaustive(promotions, goods, remember).best();
}

std::string check_applications(const std::vector<Promotion>& promotions, const Goods& goods,
                               const pricing::PricedGoods& priced) {
  std::vector<Fen> used(goods.lines.size(), 0);
  std::vector<Fen> saved(goods.lines.size(), 0);
  std::map<std::string, Fen> times;
  for (const auto& application : priced.applications) {
    auto wrong = check_one(promotions, goods, application, used);
    if (!wrong.empty()) return application.promotion + ": " + wrong;
    const auto* promotion = find(promotions, application.promotion);
    if (promotion->max_per_basket && ++times[promotion->id] > *promotion->max_per_basket) return "over its limit";
    for (const auto& part : application.parts) saved[part.line] += part.saving.minor();
  }
  for (std::size_t l = 0; l < goods.lines.size(); ++l) {
    const auto& line = priced.lines[l];
    if (line.gross.minor() != line_gross(goods.lines[l])) return "a wrong gross";
    if (line.net.minor() != line.gross.minor() - saved[l]) return "a net that is not gross less savings";
  }
  return {};
}

LaterDiscounts later_layers(const std::vector<Promotion>& promotions, const Goods& goods, std::vector<LineNets> lines) {
  return Later(promotions, goods, std::move(lines)).run();
}

}  // namespace lanekeeper::oracle
