#include "oracle.h"

#include <algorithm>
#include <functional>

#include "rules.h"

namespace lanekeeper::oracle {
namespace {

using pricing::Goods;
using pricing::GoodsLine;
using pricing::Promotion;

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
      limits_.push_back(limit_of(promotions[p], goods));
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

const Promotion* find(const std::vector<Promotion>& promotions, const std::string& id) {
  for (const auto& promotion : promotions) {
    if (promotion.id == id) return &promotion;
  }
  return nullptr;
}

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
    if (++times[promotion->id] > limit_of(*promotion, goods)) return "over its limit";
    for (const auto& part : application.parts) saved[part.line] += part.saving.minor();
  }
  for (std::size_t l = 0; l < goods.lines.size(); ++l) {
    const auto& line = priced.lines[l];
    if (line.gross.minor() != line_gross(goods.lines[l])) return "a wrong gross";
    if (line.net.minor() != line.gross.minor() - saved[l]) return "a net that is not gross less savings";
  }
  return {};
}

}  // namespace lanekeeper::oracle
