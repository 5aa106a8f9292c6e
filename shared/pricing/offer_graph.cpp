#include "pricing/offer_graph.h"

#include <algorithm>
#include <unordered_map>

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

// An application of a bundle that is not complete yet: how many units stand in each group (in a number with the groups'
// counts as bases) and, where the saving depends on the units together, what it depends on so far: the fraction of a
// fen of the percent, or the sum up to the amount.
struct OpenUse {
  std::int64_t fill = 0;
  std::int64_t worth = 0;
  auto operator<=>(const OpenUse&) const = default;
};

// The state of a bundle. Where only the number of units counts, applications share what has been taken: one OpenUse
// per group holds its surplus. Otherwise one per open application, sorted.
struct BundleState {
  std::int64_t completed = 0;  // stays 0 without a limit
  std::vector<OpenUse> open;
  auto operator<=>(const BundleState&) const = default;
};

struct BundleStateHash {
  std::size_t operator()(const BundleState& state) const {
    auto hash = static_cast<std::uint64_t>(state.completed) + 0x9E3779B97F4A7C15ULL;
    const auto mix = [&](std::int64_t value) {
      hash = (hash ^ static_cast<std::uint64_t>(value)) * 0xD6E8FEB86659FD93ULL;
      hash ^= hash >> 32U;
    };
    for (const auto& use : state.open) {
      mix(use.fill);
      mix(use.worth);
    }
    return hash;
  }
};

bool is_together(OfferShape shape) {
  return shape == OfferShape::bundle_capped || shape == OfferShape::bundle_percent;
}

class BundleRules {
 public:
  BundleRules(const Component& component, const CompetingOffer& offer, std::int64_t scale,
              std::size_t most_open = std::numeric_limits<std::size_t>::max())
      : component_(component),
        offer_(offer),
        scale_(scale),
        together_(is_together(offer.shape)),
        most_open_(most_open) {}

  [[nodiscard]] std::size_t groups() const { return offer_.group_counts.size(); }
  [[nodiscard]] BundleState start() const {
    BundleState state;
    if (!together_) state.open.resize(groups());
    return state;
  }
  [[nodiscard]] bool is_closed(const BundleState& state) const {
    return std::all_of(state.open.begin(), state.open.end(), [](const OpenUse& use) { return use.fill == 0; });
  }

  struct Move {
    BundleState state;
    int label = 0;
    std::int64_t gain = 0;
    bool completes = false;
  };

  // Every way of taking a unit, as each(move); the move is only lent. The label says how: group + groups() * place of
  // the application in `open`, where the place behind the last one is a new application (0 where applications share).
  template <class Each>
  void for_each_move(const BundleState& state, int unit_class, std::uint32_t allowed, Move& move,
                     const Each& each) const {
    for (std::size_t group = 0; group < groups(); ++group) {
      if ((allowed >> group & 1U) == 0) continue;
      if (!together_) {
        begin_move(move, state, static_cast<int>(group));
        make_shared_move(move, unit_class, group);
        each(move);
        continue;
      }
      for (std::size_t place = 0; place <= state.open.size(); ++place) {
        const bool is_new = place == state.open.size();
        const bool same_as_before = place > 0 && !is_new && state.open[place] == state.open[place - 1];
        const auto fill = is_new ? 0 : state.open[place].fill;
        if (same_as_before || filled(fill, group) >= offer_.group_counts[group]) continue;
        begin_move(move, state, static_cast<int>(group + groups() * place));
        make_own_move(move, unit_class, group, place);
        each(move);
      }
    }
  }

  // Can what is open still be completed with so many units to come for each group?
  [[nodiscard]] bool may_close(const BundleState& state, const std::vector<std::int64_t>& to_come) const {
    if (together_ && state.open.size() > most_open_) return false;
    std::int64_t uses = together_ ? static_cast<std::int64_t>(state.open.size()) : 0;
    if (!together_) {
      for (std::size_t g = 0; g < groups(); ++g) {
        uses = std::max(uses, (state.open[g].fill + offer_.group_counts[g] - 1) / offer_.group_counts[g]);
      }
    }
    if (offer_.limit >= 0 && state.completed + uses > offer_.limit) return false;
    for (std::size_t g = 0; g < groups(); ++g) {
      std::int64_t missing = uses * offer_.group_counts[g];
      if (together_) {
        for (const auto& use : state.open) missing -= filled(use.fill, g);
      } else {
        missing -= state.open[g].fill;
      }
      if (missing > to_come[g]) return false;
    }
    return true;
  }

  [[nodiscard]] std::int64_t filled(std::int64_t fill, std::size_t group) const {
    for (std::size_t g = 0; g < group; ++g) fill /= offer_.group_counts[g] + 1;
    return fill % (offer_.group_counts[group] + 1);
  }

 private:
  [[nodiscard]] std::int64_t price_of(int unit_class) const {
    return component_.classes[static_cast<std::size_t>(unit_class)].price;
  }
  void count_completed(Move& move) const {
    move.completes = true;
    move.gain -= 1;
    if (offer_.limit >= 0) ++move.state.completed;
  }

  static void begin_move(Move& move, const BundleState& state, int label) {
    move.state = state;
    move.label = label;
    move.gain = 0;
    move.completes = false;
  }

  void make_shared_move(Move& move, int unit_class, std::size_t group) const {
    auto& open = move.state.open;
    ++open[group].fill;
    const bool priced = offer_.shape == OfferShape::bundle_price;
    if (priced) move.gain = price_of(unit_class) * scale_;
    for (std::size_t g = 0; g < groups(); ++g) {
      if (open[g].fill < offer_.group_counts[g]) return;
    }
    for (std::size_t g = 0; g < groups(); ++g) open[g].fill -= offer_.group_counts[g];
    move.gain += priced ? -offer_.amount * scale_ : offer_.amount * scale_;
    count_completed(move);
  }

  void make_own_move(Move& move, int unit_class, std::size_t group, std::size_t place) const {
    auto& open = move.state.open;
    if (place == open.size()) open.emplace_back();
    auto& use = open[place];
    const auto price = price_of(unit_class);
    if (offer_.shape == OfferShape::bundle_percent) {
      const auto cost = use.worth + price * (whole - offer_.percent.per_10k());
      move.gain = (price - cost / whole) * scale_;
      use.worth = cost % whole;
    } else {
      const auto worth = std::min(use.worth + price, offer_.amount);
      move.gain = (worth - use.worth) * scale_;
      use.worth = worth;
    }
    std::int64_t base = 1;
    for (std::size_t g = 0; g < group; ++g) base *= offer_.group_counts[g] + 1;
    use.fill += base;
    if (is_full(use.fill)) {
      if (offer_.shape == OfferShape::bundle_percent && use.worth * 2 >= whole) move.gain -= scale_;
      open.erase(open.begin() + static_cast<std::ptrdiff_t>(place));
      count_completed(move);
    }
    std::sort(open.begin(), open.end());
  }

  [[nodiscard]] bool is_full(std::int64_t fill) const {
    for (std::size_t g = 0; g < groups(); ++g) {
      if (filled(fill, g) < offer_.group_counts[g]) return false;
    }
    return true;
  }

  const Component& component_;
  const CompetingOffer& offer_;
  std::int64_t scale_;
  bool together_;
  std::size_t most_open_;
};

class BundleGraph {
 public:
  BundleGraph(BundleRules rules, int offer, std::size_t max_nodes)
      : rules_(rules), offer_(offer), max_nodes_(max_nodes) {}

  std::optional<OfferGraph> build(const std::vector<Touched>& touched) {
    std::vector<std::int64_t> to_come(rules_.groups());
    for (const auto& unit : touched) count(to_come, unit, 1);
    const auto start = rules_.start();
    std::vector<const BundleState*> layer{&start};
    BundleRules::Move scratch;
    for (const auto& unit : touched) {
      count(to_come, unit, -1);
      graph_.stages.push_back(unit.stage);
      graph_.first_node.push_back(begin_);
      known_.swap(known_before_);  // which holds what `layer` points to
      known_.clear();
      next_.clear();
      const int next_begin = begin_ + static_cast<int>(layer.size());
      for (const auto* state : layer) {
        graph_.first_edge.push_back(static_cast<int>(graph_.edges.size()));
        graph_.skip_to.push_back(node(*state, next_begin, to_come));
        rules_.for_each_move(*state, unit.unit_class, unit.how->groups, scratch, [&](const BundleRules::Move& move) {
          const int to = node(move.state, next_begin, to_come);
          if (to >= 0) graph_.edges.push_back({to, offer_, move.label, move.gain, move.completes});
        });
        if (static_cast<std::size_t>(next_begin) + next_.size() + graph_.edges.size() > max_nodes_) return std::nullopt;
      }
      begin_ = next_begin;
      layer.swap(next_);
    }
    graph_.first_node.push_back(begin_);
    graph_.first_node.push_back(begin_ + static_cast<int>(layer.size()));
    for (const auto* state : layer) {
      graph_.first_edge.push_back(static_cast<int>(graph_.edges.size()));
      graph_.accepts.push_back(rules_.is_closed(*state));
    }
    graph_.first_edge.push_back(static_cast<int>(graph_.edges.size()));
    return std::move(graph_);
  }

 private:
  void count(std::vector<std::int64_t>& to_come, const Touched& unit, int by) const {
    for (std::size_t g = 0; g < to_come.size(); ++g) {
      if ((unit.how->groups >> g & 1U) != 0) to_come[g] += by;
    }
  }
  int node(const BundleState& state, int next_begin, const std::vector<std::int64_t>& to_come) {
    const auto [place, fresh] = known_.try_emplace(state, next_begin + static_cast<int>(next_.size()));
    if (!fresh) return place->second;
    if (!rules_.may_close(state, to_come)) return place->second = -1;
    next_.push_back(&place->first);
    return place->second;
  }

  BundleRules rules_;
  int offer_;
  std::size_t max_nodes_;
  OfferGraph graph_;
  int begin_ = 0;
  using Known = std::unordered_map<BundleState, int, BundleStateHash>;
  Known known_;
  Known known_before_;
  std::vector<const BundleState*> next_;
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

// Where only numbers count, the dearest units of every group stand together.
std::vector<Use> group_by_group(const CompetingOffer& bundle, int offer, std::vector<Step> steps) {
  std::stable_sort(steps.begin(), steps.end(),
                   [](const Step& a, const Step& b) { return a.unit_class < b.unit_class; });
  std::vector<Use> uses;
  std::vector<std::int64_t> taken(bundle.group_counts.size());
  for (const auto& step : steps) {
    const auto group = static_cast<std::size_t>(step.label);
    const auto use = static_cast<std::size_t>(taken[group]++ / bundle.group_counts[group]);
    if (uses.size() <= use) uses.resize(use + 1, Use{offer, {}});
    uses[use].classes.push_back(step.unit_class);
  }
  return uses;
}

// Walks the path again, with the units of every open application beside its state.
std::vector<Use> one_by_one(const Component& component, int offer, const std::vector<Step>& steps) {
  const auto& bundle = component.offers[static_cast<std::size_t>(offer)];
  const BundleRules rules(component, bundle, 1);
  auto state = rules.start();
  std::vector<std::pair<OpenUse, std::vector<int>>> open;
  std::vector<Use> uses;
  BundleRules::Move scratch;
  for (const auto& step : steps) {
    const auto group = static_cast<std::size_t>(step.label) % rules.groups();
    const auto place = static_cast<std::size_t>(step.label) / rules.groups();
    std::optional<BundleRules::Move> move;
    rules.for_each_move(state, step.unit_class, 1U << group, scratch, [&](const BundleRules::Move& possible) {
      if (possible.label == step.label) move = possible;
    });
    if (!move) throw Fault("pricing.path", "a path that its offer does not know");
    auto units = place < open.size() ? open[place].second : std::vector<int>{};
    units.push_back(step.unit_class);
    if (place < open.size()) open.erase(open.begin() + static_cast<std::ptrdiff_t>(place));
    if (move->completes) {
      uses.push_back({offer, std::move(units)});
    } else {
      // The one state that was not there before is that of the grown application.
      std::size_t at = 0;
      while (at < open.size() && open[at].first == move->state.open[at]) ++at;
      open.insert(open.begin() + static_cast<std::ptrdiff_t>(at), {move->state.open[at], std::move(units)});
    }
    state = move->state;
  }
  return uses;
}

}  // namespace

std::optional<OfferGraph> build_graph(const Component& component, int offer, const std::vector<int>& order,
                                      std::int64_t scale, std::size_t max_nodes) {
  const auto& what = component.offers[static_cast<std::size_t>(offer)];
  const auto touched = touched_units(component, offer, order);
  if (what.group_counts.empty()) return CountingGraph(component, offer, scale).build(touched, max_nodes);
  Int128 fills = 1;
  for (const auto count : what.group_counts) fills = std::min<Int128>(fills * (count + 1), Int128{1} << 62);
  if (is_together(what.shape)) {
    if (fills >= Int128{1} << 62) return std::nullopt;
    // Over a few units everything is looked at; over many, only what costs little.
    const std::size_t max_nodes_together = touched.size() <= 12 ? 300'000 : 12'000;
    const auto most = std::min(max_nodes, max_nodes_together);
    auto graph = BundleGraph(BundleRules(component, what, scale), offer, most).build(touched);
    for (std::size_t open = 3; open > 0 && !graph; --open) {
      graph = BundleGraph(BundleRules(component, what, scale, open), offer, most).build(touched);
      if (graph) graph->is_exact = false;
    }
    return graph;
  }
  return BundleGraph(BundleRules(component, what, scale), offer, max_nodes).build(touched);
}

std::vector<Use> uses_of_path(const Component& component, int offer, const std::vector<Step>& steps) {
  const auto& what = component.offers[static_cast<std::size_t>(offer)];
  if (what.group_counts.empty()) return in_turn(component, offer, steps);
  if (is_together(what.shape)) return one_by_one(component, offer, steps);
  return group_by_group(what, offer, steps);
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
