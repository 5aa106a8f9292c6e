#include "pricing/item_layer.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <tuple>

#include "pricing/component.h"

namespace lanekeeper::pricing {
namespace {

using Touch = PromotionIndex::Touch;

// What a per-unit offer takes off a unit of the line.
Money unit_saving(const Offer& offer, const ItemLine& line) {
  // A single's "price" covers the whole line, so an amount per piece or kg is multiplied by its quantity.
  const auto whole_unit = [&](Money per_unit) {
    if (!line.is_single) return per_unit;
    const auto product = multiply(per_unit, line.goods->quantity);
    return product ? *product : Money::limit();
  };
  if (const auto* fixed = std::get_if<FixedPrice>(&offer)) {
    const auto price = fixed->of_goods ? line.goods->list_price.value_or(line.goods->unit_price) : fixed->price;
    return std::max(Money{}, line.price - whole_unit(price));
  }
  if (const auto* percent = std::get_if<PercentOff>(&offer)) return percent_off(line.price, percent->percent);
  return std::min(line.price, whole_unit(std::get<AmountOff>(offer).amount));
}

bool is_per_unit(const Offer& offer) {
  return std::holds_alternative<FixedPrice>(offer) || std::holds_alternative<PercentOff>(offer) ||
         std::holds_alternative<AmountOff>(offer);
}

// A line as the problem sees it: what its units cost and which offers may have them.
struct Candidate {
  const ItemLine* line = nullptr;
  std::int64_t baseline = 0;
  int baseline_rank = -1;
  struct Offered {
    std::uint32_t promotion = 0;
    std::uint32_t groups = 1;
    std::int64_t saving = 0;
    auto operator<=>(const Offered&) const = default;
  };
  std::vector<Offered> competing;
};

bool same_class(const Candidate& a, const Candidate& b) {
  return a.line->price == b.line->price && a.baseline == b.baseline && a.baseline_rank == b.baseline_rank &&
         a.competing == b.competing;
}

// Does not depend on the order of scanning, but for lines that are alike.
bool comes_before(const Candidate& a, const Candidate& b) {
  if (a.line->price != b.line->price) return a.line->price > b.line->price;
  if (a.baseline != b.baseline) return a.baseline > b.baseline;
  if (a.baseline_rank != b.baseline_rank) return a.baseline_rank < b.baseline_rank;
  if (a.competing != b.competing) return a.competing < b.competing;
  const auto identity = [](const Candidate& c) {
    const auto& goods = *c.line->goods;
    return std::tuple(std::string_view(goods.item), std::string_view(goods.category), std::string_view(goods.brand),
                      goods.unit_price, goods.quantity.milli() * (c.line->is_single ? 1 : 0), c.line->line);
  };
  return identity(a) < identity(b);
}

// What the basket holds for one promotion.
struct Supply {
  std::int64_t units = 0;
  std::vector<std::int64_t> group_units;  // bundles
  std::vector<std::int64_t> group_least;  // the cheapest unit of each group
};

class Problem {
 public:
  Problem(const PromotionIndex& set, const std::vector<ItemLine>& lines, const UseLimits& limits)
      : set_(set), limits_(limits) {
    count_supply(lines);
    for (const auto& line : lines) add_candidate(line);
    std::sort(candidates_.begin(), candidates_.end(), comes_before);
  }

  ItemLayer solve_all(std::int64_t max_work) {
    ItemLayer layer;
    make_classes();
    for (const auto& members : connected_classes()) {
      if (members.offers.empty()) {
        for (const auto c : members.classes) give_baseline(layer, static_cast<std::size_t>(c));
        continue;
      }
      const auto component = component_of(members);
      const auto solution = solve(component, std::max<std::int64_t>(max_work - layer.work, 0));
      layer.optimal = layer.optimal && solution.optimal;
      layer.work += solution.work;
      for (const auto& use : solution.uses) add_use(layer, members, component, use);
      for (const auto c : members.classes) give_baseline(layer, static_cast<std::size_t>(c));
    }
    std::sort(layer.uses.begin(), layer.uses.end(), [](const ItemUse& a, const ItemUse& b) {
      return std::tie(a.promotion, a.units) < std::tie(b.promotion, b.units);
    });
    return layer;
  }

 private:
  struct Class {
    std::size_t first = 0;  // of its candidates
    std::size_t end = 0;
    std::int64_t units = 0;
    std::size_t next_line = 0;  // where the next unit is taken from
    std::int64_t next_unit = 0;
    std::int64_t left = 0;
  };
  struct Members {
    std::vector<int> classes;
    std::vector<std::uint32_t> offers;  // promotions
  };

  [[nodiscard]] const Promotion& promotion(std::uint32_t index) const { return set_.at(index); }

  void count_supply(const std::vector<ItemLine>& lines) {
    for (const auto& line : lines) {
      for (const auto& touch : line.touches) {
        const auto& offer = promotion(touch.promotion).offer;
        if (line.is_single && !is_per_unit(offer)) continue;
        auto& supply = supplies_[touch.promotion];
        supply.units += line.units;
        const auto* bundle = std::get_if<Bundle>(&offer);
        if (bundle == nullptr) continue;
        supply.group_units.resize(bundle->groups.size());
        supply.group_least.resize(bundle->groups.size(), line.price.minor());
        for (std::size_t g = 0; g < bundle->groups.size(); ++g) {
          if ((touch.groups >> g & 1U) == 0) continue;
          auto& least = supply.group_least[g];
          least = supply.group_units[g] == 0 ? line.price.minor() : std::min(least, line.price.minor());
          supply.group_units[g] += line.units;
        }
      }
    }
  }

  // Could the promotion apply at all?
  [[nodiscard]] bool is_possible(std::uint32_t index) const {
    const auto& supply = supplies_.at(index);
    const auto& offer = promotion(index).offer;
    if (const auto* multibuy = std::get_if<Multibuy>(&offer)) return supply.units >= multibuy->count;
    if (const auto* nth = std::get_if<NthOff>(&offer)) return supply.units >= nth->count;
    const auto& bundle = std::get<Bundle>(offer);
    std::int64_t pieces = 0;
    for (std::size_t g = 0; g < bundle.groups.size(); ++g) {
      pieces += bundle.groups[g].count;
      if (supply.group_units[g] < bundle.groups[g].count) return false;
    }
    return supply.units >= pieces;
  }

  [[nodiscard]] bool is_unlimited(std::uint32_t index) const {
    const auto limit = limits_.of(promotion(index));
    return !limit || *limit >= supplies_.at(index).units;
  }

  void add_candidate(const ItemLine& line) {
    Candidate candidate;
    candidate.line = &line;
    for (const auto& touch : line.touches) {
      const auto& offer = promotion(touch.promotion).offer;
      if (!is_per_unit(offer) || !is_unlimited(touch.promotion)) continue;
      const auto saving = unit_saving(offer, line).minor();
      if (saving <= candidate.baseline) continue;  // of equals the smaller id came first
      candidate.baseline = saving;
      candidate.baseline_rank = static_cast<int>(touch.promotion);
    }
    for (const auto& touch : line.touches) add_competing(candidate, touch);
    if (candidate.baseline > 0 || !candidate.competing.empty()) candidates_.push_back(std::move(candidate));
  }

  void add_competing(Candidate& candidate, const Touch& touch) const {
    const auto& line = *candidate.line;
    const auto& offer = promotion(touch.promotion).offer;
    if (!is_per_unit(offer)) {
      if (!line.is_single && is_possible(touch.promotion)) {
        candidate.competing.push_back({touch.promotion, touch.groups, 0});
      }
      return;
    }
    if (is_unlimited(touch.promotion)) return;
    const auto saving = unit_saving(offer, line).minor();
    const bool saves_more = saving > candidate.baseline;
    const bool has_smaller_id =
        saving > 0 && saving == candidate.baseline && static_cast<int>(touch.promotion) < candidate.baseline_rank;
    if (saves_more || has_smaller_id) candidate.competing.push_back({touch.promotion, 1, saving});
  }

  void make_classes() {
    for (std::size_t i = 0; i < candidates_.size(); ++i) {
      if (i == 0 || !same_class(candidates_[i - 1], candidates_[i])) classes_.push_back({i, i, 0, i, 0, 0});
      auto& last = classes_.back();
      last.end = i + 1;
      last.units += candidates_[i].line->units;
      last.left = last.units;
    }
  }

  [[nodiscard]] const Candidate& sample(int c) const {
    return candidates_[classes_[static_cast<std::size_t>(c)].first];
  }

  // Classes that offers hold together; those without a competing offer stand alone.
  [[nodiscard]] std::vector<Members> connected_classes() const {
    std::vector<int> parent(classes_.size());
    std::iota(parent.begin(), parent.end(), 0);
    const auto root = [&](int c) {
      while (parent[static_cast<std::size_t>(c)] != c) c = parent[static_cast<std::size_t>(c)];
      return c;
    };
    std::map<std::uint32_t, int> first_of;
    for (int c = 0; c < static_cast<int>(classes_.size()); ++c) {
      for (const auto& offered : sample(c).competing) {
        const auto [found, fresh] = first_of.try_emplace(offered.promotion, c);
        const int a = root(found->second);
        const int b = root(c);
        parent[static_cast<std::size_t>(std::max(a, b))] = std::min(a, b);
      }
    }
    std::map<int, Members> by_root;
    for (int c = 0; c < static_cast<int>(classes_.size()); ++c) by_root[root(c)].classes.push_back(c);
    for (const auto& [offer, c] : first_of) by_root[root(c)].offers.push_back(offer);
    std::vector<Members> all;
    all.reserve(by_root.size());
    for (auto& [first, members] : by_root) all.push_back(std::move(members));
    return all;
  }

  [[nodiscard]] Component component_of(const Members& members) const {
    Component component;
    for (const auto offer : members.offers) component.offers.push_back(competing_offer(offer));
    for (const auto c : members.classes) {
      const auto& candidate = sample(c);
      auto& out = component.classes.emplace_back();
      out.price = candidate.line->price.minor();
      out.units = classes_[static_cast<std::size_t>(c)].units;
      out.baseline = candidate.baseline;
      out.baseline_rank = candidate.baseline_rank;
      for (const auto& offered : candidate.competing) {
        const auto place = std::lower_bound(members.offers.begin(), members.offers.end(), offered.promotion);
        out.offers.push_back({static_cast<int>(place - members.offers.begin()), offered.groups, offered.saving});
      }
    }
    return component;
  }

  [[nodiscard]] CompetingOffer competing_offer(std::uint32_t index) const {
    const auto& definition = promotion(index);
    CompetingOffer out;
    out.rank = static_cast<int>(index);
    if (const auto* multibuy = std::get_if<Multibuy>(&definition.offer)) {
      out.shape = OfferShape::multibuy;
      out.count = multibuy->count;
      out.amount = multibuy->price.minor();
    } else if (const auto* nth = std::get_if<NthOff>(&definition.offer)) {
      out.shape = OfferShape::nth_off;
      out.count = nth->count;
      out.percent = nth->percent;
    } else if (const auto* bundle = std::get_if<Bundle>(&definition.offer)) {
      describe_bundle(*bundle, supplies_.at(index), out);
    }
    const auto limit = limits_.of(definition);
    if (limit && *limit < supplies_.at(index).units / out.count) out.limit = *limit;
    return out;
  }

  static void describe_bundle(const Bundle& bundle, const Supply& supply, CompetingOffer& out) {
    out.count = 0;
    std::int64_t cheapest = 0;
    for (std::size_t g = 0; g < bundle.groups.size(); ++g) {
      out.count += bundle.groups[g].count;
      out.group_counts.push_back(bundle.groups[g].count);
      cheapest += bundle.groups[g].count * supply.group_least[g];
    }
    if (const auto* price = std::get_if<TogetherPrice>(&bundle.value)) {
      out.shape = OfferShape::bundle_price;
      out.amount = price->price.minor();
    } else if (const auto* amount = std::get_if<TogetherAmount>(&bundle.value)) {
      out.amount = amount->amount.minor();
      out.shape = out.amount <= cheapest ? OfferShape::bundle_amount : OfferShape::bundle_capped;
    } else {
      out.shape = OfferShape::bundle_percent;
      out.percent = std::get<TogetherPercent>(bundle.value).percent;
    }
  }

  UnitRef take_unit(std::size_t c) {
    auto& from = classes_[c];
    const auto& line = *candidates_[from.next_line].line;
    const UnitRef unit{line.line, from.next_unit};
    --from.left;
    if (++from.next_unit == line.units) {
      ++from.next_line;
      from.next_unit = 0;
    }
    return unit;
  }

  void add_use(ItemLayer& layer, const Members& members, const Component& component, const Use& use) {
    ItemUse out;
    out.promotion = members.offers[static_cast<std::size_t>(use.offer)];
    std::vector<std::int64_t> prices;
    prices.reserve(use.classes.size());
    for (const auto c : use.classes) {
      out.units.push_back(take_unit(static_cast<std::size_t>(members.classes[static_cast<std::size_t>(c)])));
      prices.push_back(component.classes[static_cast<std::size_t>(c)].price);
    }
    const auto& offer = component.offers[static_cast<std::size_t>(use.offer)];
    if (offer.shape == OfferShape::per_unit) {
      const auto& how = component.classes[static_cast<std::size_t>(use.classes.front())].offers;
      const auto own = std::find_if(how.begin(), how.end(), [&](const auto& h) { return h.offer == use.offer; });
      out.saving = Money::of_minor(own->saving);
    } else {
      out.saving = Money::of_minor(saving_of(offer, prices));
    }
    std::sort(out.units.begin(), out.units.end());
    layer.uses.push_back(std::move(out));
  }

  void give_baseline(ItemLayer& layer, std::size_t c) {
    const auto& candidate = sample(static_cast<int>(c));
    if (candidate.baseline <= 0) return;
    while (classes_[c].left > 0) {
      layer.uses.push_back(
          {static_cast<std::uint32_t>(candidate.baseline_rank), {take_unit(c)}, Money::of_minor(candidate.baseline)});
    }
  }

  const PromotionIndex& set_;
  const UseLimits& limits_;
  std::map<std::uint32_t, Supply> supplies_;
  std::vector<Candidate> candidates_;
  std::vector<Class> classes_;
};

}  // namespace

ItemLayer best_uses(const PromotionIndex& promotions, const std::vector<ItemLine>& lines, const UseLimits& limits,
                    std::int64_t max_work) {
  return Problem(promotions, lines, limits).solve_all(max_work);
}

}  // namespace lanekeeper::pricing
