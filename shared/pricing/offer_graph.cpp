#include "pricing/offer_graph.h"

#include <algorithm>
#include <bit>

#include "pricing/code_table.h"
#include "pricing/offer_bundle.h"

namespace lanekeeper::pricing {
namespace {

constexpr std::int64_t whole = 10'000;  // 100 %

struct Touched {
  int stage = 0;
  int unit_class = 0;
  const ClassOffer* how = nullptr;
};

std::vector<Touched> touched_units(const Component& component, int offer, const std::vector<int>& order) {
  std::vector<const ClassOffer*> how(component.classes.size(), nullptr);
  for (std::size_t c = 0; c < how.size(); ++c) {
    for (const auto& candidate : component.classes[c].offers) {
      if (candidate.offer == offer) how[c] = &candidate;
    }
  }
  std::vector<Touched> touched;
  for (std::size_t stage = 0; stage < order.size(); ++stage) {
    const auto c = static_cast<std::size_t>(order[stage]);
    if (how[c] != nullptr) touched.push_back({static_cast<int>(stage), order[stage], how[c]});
  }
  return touched;
}

// Offers whose state is only a number: units taken, counted round to `count` when there is no limit. For a multibuy the
// price is paid with the last unit; a percent is off the last unit, the cheapest as the dearest come first.
class CountingGraph {
 public:
  CountingGraph(const Component& component, int offer, std::int64_t scale)
      : component_(component),
        offer_(component.offers[static_cast<std::size_t>(offer)]),
        index_(offer),
        scale_(scale) {}

  std::optional<OfferGraph> build(const std::vector<Touched>& touched, std::size_t max_nodes) {
    const auto layers = static_cast<std::int64_t>(touched.size());
    const auto most = offer_.limit < 0 || offer_.limit >= layers / offer_.count ? -1 : offer_.limit * offer_.count;
    const auto width = [&](std::int64_t layer) { return std::min(layer, most < 0 ? offer_.count - 1 : most) + 1; };
    if (static_cast<std::size_t>(width(layers) * (layers + 1)) > max_nodes) return std::nullopt;
    OfferGraph graph;
    int next_layer = 0;
    for (std::int64_t layer = 0; layer < layers; ++layer) {
      const auto& unit = touched[static_cast<std::size_t>(layer)];
      graph.stages.push_back(unit.stage);
      graph.first_node.push_back(next_layer);
      next_layer += static_cast<int>(width(layer));
      for (std::int64_t taken = 0; taken < width(layer); ++taken) {
        graph.first_edge.push_back(static_cast<int>(graph.edges.size()));
        graph.skip_to.push_back(next_layer + static_cast<int>(taken));
        if (most >= 0 && taken == most) continue;
        const bool completes = (taken + 1) % offer_.count == 0;
        const auto after = most < 0 ? (taken + 1) % offer_.count : taken + 1;
        graph.edges.push_back({next_layer + static_cast<int>(after), index_, 0, gain(unit, completes), completes});
      }
    }
    finish(graph, next_layer, width(layers));
    return graph;
  }

 private:
  void finish(OfferGraph& graph, int last_layer, std::int64_t width) const {
    graph.first_node.push_back(last_layer);
    graph.first_node.push_back(last_layer + static_cast<int>(width));
    for (std::int64_t taken = 0; taken < width; ++taken) {
      graph.first_edge.push_back(static_cast<int>(graph.edges.size()));
      graph.accepts.push_back(taken % offer_.count == 0);
    }
    graph.first_edge.push_back(static_cast<int>(graph.edges.size()));
  }

  [[nodiscard]] std::int64_t gain(const Touched& unit, bool completes) const {
    const auto price = component_.classes[static_cast<std::size_t>(unit.unit_class)].price;
    std::int64_t saving = 0;
    if (offer_.shape == OfferShape::per_unit) saving = unit.how->saving;
    if (offer_.shape == OfferShape::multibuy) saving = price - (completes ? offer_.amount : 0);
    if (offer_.shape == OfferShape::nth_off && completes) saving = percent_saving(price, offer_.percent);
    return saving * scale_ - (completes ? 1 : 0);
  }

  const Component& component_;
  const CompetingOffer& offer_;
  int index_;
  std::int64_t scale_;
};

// Bundles: only how many units of each group wait for their application counts. Applications are whole as soon as every
// group has enough, so the state is each group's surplus (and, with a limit, the applications so far) as one number.
class BundleGraph {
 public:
  BundleGraph(const Component& component, int offer, std::int64_t scale, std::size_t max_nodes)
      : offer_(component.offers[static_cast<std::size_t>(offer)]),
        gains_(bundle_gains(component, offer, scale)),
        index_(offer),
        max_nodes_(max_nodes) {}

  std::optional<OfferGraph> build(const std::vector<Touched>& touched) {
    if (!choose_shifts(touched)) return std::nullopt;
    if (!gains_.is_exact && !can_be_told_apart()) return std::nullopt;
    graph_.is_exact = gains_.is_exact;
    std::vector<std::int64_t> layer{0};
    for (const auto& unit : touched) {
      count(unit, -1);
      graph_.stages.push_back(unit.stage);
      graph_.first_node.push_back(begin_);
      next_begin_ = begin_ + static_cast<int>(layer.size());
      for (const auto code : layer) extend(code, unit);
      if (static_cast<std::size_t>(next_begin_) + next_.size() + graph_.edges.size() > max_nodes_) return std::nullopt;
      begin_ = next_begin_;
      layer.swap(next_);
      next_.clear();
      known_.clear();
    }
    graph_.first_node.push_back(begin_);
    graph_.first_node.push_back(begin_ + static_cast<int>(layer.size()));
    for (const auto code : layer) {
      graph_.first_edge.push_back(static_cast<int>(graph_.edges.size()));
      graph_.accepts.push_back((code & ((std::int64_t{1} << shifts_.back()) - 1)) == 0);
    }
    graph_.first_edge.push_back(static_cast<int>(graph_.edges.size()));
    return std::move(graph_);
  }

 private:
  // Where each group's surplus stands in the number, and behind them the applications. False: too many states to
  // number.
  bool choose_shifts(const std::vector<Touched>& touched) {
    constexpr unsigned most_bits = 62;
    to_come_.assign(offer_.group_counts.size(), 0);
    for (const auto& unit : touched) count(unit, 1);
    unsigned bits = 0;
    for (const auto units : to_come_) {
      shifts_.push_back(bits);
      bits += static_cast<unsigned>(std::bit_width(static_cast<std::uint64_t>(units)));
      if (bits > most_bits) return false;
    }
    shifts_.push_back(bits);
    surplus_.resize(to_come_.size());
    return bits + static_cast<unsigned>(std::bit_width(touched.size())) <= most_bits;
  }
  // Are there few enough states of a single application to number them (offer_bundle.h)?
  [[nodiscard]] bool can_be_told_apart() const {
    Int128 fills = 1;
    for (const auto units : offer_.group_counts) fills = std::min(fills * (units + 1), Int128{1} << 62U);
    return fills < Int128{1} << 62U;
  }
  void count(const Touched& unit, int by) {
    for (std::size_t g = 0; g < to_come_.size(); ++g) {
      if ((unit.how->groups >> g & 1U) != 0) to_come_[g] += by;
    }
  }

  void extend(std::int64_t code, const Touched& unit) {
    graph_.first_edge.push_back(static_cast<int>(graph_.edges.size()));
    const auto groups = to_come_.size();
    for (std::size_t g = 0; g < groups; ++g) {
      surplus_[g] = code >> shifts_[g] & ((std::int64_t{1} << (shifts_[g + 1] - shifts_[g])) - 1);
    }
    completed_ = code >> shifts_.back();
    graph_.skip_to.push_back(node(code));
    for (std::size_t g = 0; g < groups; ++g) {
      if ((unit.how->groups >> g & 1U) == 0) continue;
      ++surplus_[g];
      const bool completes = is_whole();
      auto after = code + (std::int64_t{1} << shifts_[g]);
      if (completes) after += finish(-1);
      const int to = node(after);
      if (completes) finish(1);
      --surplus_[g];
      const auto gain = gains_.of_class[static_cast<std::size_t>(unit.unit_class)];
      if (to >= 0) {
        graph_.edges.push_back(
            {to, index_, static_cast<int>(g), gain + (completes ? gains_.of_completion : 0), completes});
      }
    }
  }
  [[nodiscard]] bool is_whole() const {
    for (std::size_t g = 0; g < surplus_.size(); ++g) {
      if (surplus_[g] < offer_.group_counts[g]) return false;
    }
    return true;
  }
  // Takes an application out of the surplus (or puts it back), and says what that makes of the code.
  std::int64_t finish(int by) {
    std::int64_t change = 0;
    for (std::size_t g = 0; g < surplus_.size(); ++g) {
      surplus_[g] += by * offer_.group_counts[g];
      change += by * (offer_.group_counts[g] << shifts_[g]);
    }
    if (offer_.limit < 0) return change;
    completed_ -= by;
    return change - by * (std::int64_t{1} << shifts_.back());
  }

  // The node of the next layer, whose surplus is there; -1: what waits can never become whole.
  int node(std::int64_t code) {
    int& place = known_[static_cast<std::uint64_t>(code)];
    if (place != CodeTable::absent) return place;
    place = may_close() ? next_begin_ + static_cast<int>(next_.size()) : -1;
    if (place >= 0) next_.push_back(code);
    return place;
  }
  [[nodiscard]] bool may_close() const {
    std::int64_t uses = 0;
    for (std::size_t g = 0; g < surplus_.size(); ++g) {
      uses = std::max(uses, (surplus_[g] + offer_.group_counts[g] - 1) / offer_.group_counts[g]);
    }
    if (offer_.limit >= 0 && completed_ + uses > offer_.limit) return false;
    for (std::size_t g = 0; g < surplus_.size(); ++g) {
      if (uses * offer_.group_counts[g] - surplus_[g] > to_come_[g]) return false;
    }
    return true;
  }

  const CompetingOffer& offer_;
  BundleGains gains_;
  int index_;
  std::size_t max_nodes_;
  OfferGraph graph_;
  std::vector<std::int64_t> to_come_;  // units of each group
  std::vector<unsigned> shifts_;
  std::vector<std::int64_t> surplus_;
  std::int64_t completed_ = 0;
  int begin_ = 0;
  int next_begin_ = 0;
  std::vector<std::int64_t> next_;
  CodeTable known_;
};

// count units at a time, the dearest together.
std::vector<Use> in_turn(const Component& component, int offer, std::vector<Step> steps) {
  const auto count = static_cast<std::size_t>(component.offers[static_cast<std::size_t>(offer)].count);
  std::stable_sort(steps.begin(), steps.end(),
                   [](const Step& a, const Step& b) { return a.unit_class < b.unit_class; });
  std::vector<Use> uses;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    if (i % count == 0) uses.push_back({offer, {}});
    uses.back().classes.push_back(steps[i].unit_class);
  }
  return uses;
}

// The dearest units of every group stand together, unless others save more together.
std::vector<Use> group_by_group(const Component& component, int offer, std::vector<Step> steps) {
  std::stable_sort(steps.begin(), steps.end(),
                   [](const Step& a, const Step& b) { return a.unit_class < b.unit_class; });
  std::vector<std::vector<int>> by_group(component.offers[static_cast<std::size_t>(offer)].group_counts.size());
  for (const auto& step : steps) by_group[static_cast<std::size_t>(step.label)].push_back(step.unit_class);
  return together(component, offer, by_group);
}

// Walks the path again, with the units of every open application beside its state.
std::vector<Use> one_by_one(const Component& component, int offer, const std::vector<Step>& steps) {
  const auto groups = component.offers[static_cast<std::size_t>(offer)].group_counts.size();
  const BundleUses rules(component, offer, 1);
  std::vector<std::pair<OpenUse, std::vector<int>>> open;  // by state
  std::vector<Use> uses;
  for (const auto& step : steps) {
    const auto group = static_cast<std::size_t>(step.label) % groups;
    const auto place = static_cast<std::size_t>(step.label) / groups;
    if (place > open.size()) throw Fault("pricing.path", "a path that its offer does not know");
    std::pair<OpenUse, std::vector<int>> use;
    if (place < open.size()) {
      use = std::move(open[place]);
      open.erase(open.begin() + static_cast<std::ptrdiff_t>(place));
    }
    const auto price = component.classes[static_cast<std::size_t>(step.unit_class)].price;
    const auto grown = rules.grown(use.first, price, group);
    use.first = grown.use;
    use.second.push_back(step.unit_class);
    if (grown.completes) {
      uses.push_back({offer, std::move(use.second)});
      continue;
    }
    const auto behind = std::find_if(open.begin(), open.end(), [&](const auto& o) { return grown.use < o.first; });
    open.insert(behind, std::move(use));
  }
  return uses;
}

}  // namespace

std::optional<OfferGraph> build_graph(const Component& component, int offer, const std::vector<int>& order,
                                      std::int64_t scale, std::size_t max_nodes) {
  const auto touched = touched_units(component, offer, order);
  if (component.offers[static_cast<std::size_t>(offer)].group_counts.empty()) {
    return CountingGraph(component, offer, scale).build(touched, max_nodes);
  }
  return BundleGraph(component, offer, scale, max_nodes).build(touched);
}

std::vector<Use> uses_of_path(const Component& component, int offer, const std::vector<Step>& steps, bool is_refined) {
  if (component.offers[static_cast<std::size_t>(offer)].group_counts.empty()) return in_turn(component, offer, steps);
  return is_refined ? one_by_one(component, offer, steps) : group_by_group(component, offer, steps);
}

std::int64_t percent_saving(std::int64_t amount, Rate percent) {
  const auto rest = Rate::of_per_10k(whole - percent.per_10k());
  return amount - share(Money::of_minor(amount), rest, Rounding::half_up).minor();
}

std::int64_t saving_of(const CompetingOffer& offer, const std::vector<std::int64_t>& prices) {
  std::int64_t sum = 0;
  for (const auto price : prices) sum += price;
  switch (offer.shape) {
    case OfferShape::multibuy:
    case OfferShape::bundle_price:
      return sum - offer.amount;
    case OfferShape::nth_off:
      return percent_saving(*std::min_element(prices.begin(), prices.end()), offer.percent);
    case OfferShape::bundle_amount:
    case OfferShape::bundle_capped:
      return std::min(sum, offer.amount);
    case OfferShape::bundle_percent:
      return percent_saving(sum, offer.percent);
    case OfferShape::per_unit:
      break;
  }
  throw Fault("pricing.shape", "a per-unit offer has its saving in the class");
}

}  // namespace lanekeeper::pricing
