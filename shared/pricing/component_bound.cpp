#include "pricing/component_bound.h"

#include <algorithm>
#include <numeric>

namespace lanekeeper::pricing {

namespace {

std::int64_t rate_of(const CompetingOffer& offer, const ClassOffer& how, std::int64_t price, std::int64_t scale) {
  switch (offer.shape) {
    case OfferShape::per_unit:
      return how.saving * scale;
    case OfferShape::multibuy:
      return std::max<std::int64_t>(price - offer.amount / offer.count, 0) * scale;
    case OfferShape::nth_off:
      return percent_saving(price, offer.percent) * scale / offer.count;
    case OfferShape::bundle_percent:
      return percent_saving(price, offer.percent) * scale;
    case OfferShape::bundle_amount:
    case OfferShape::bundle_capped:
      return std::min(offer.amount / offer.count, price) * scale;
    case OfferShape::bundle_price:
      break;  // depends on what stands beside it
  }
  return 0;
}

}  // namespace

Bound::Bound(const Staged& staged) : staged_(staged) {
  const auto& classes = staged.component->classes;
  for (std::size_t c = 0; c < classes.size(); ++c) baselines_.push_back(staged.baseline(static_cast<int>(c)));
  prices_ = baselines_;
  begin_with_rates();
  to_go_.resize(staged.graphs.size());
  evaluate();
}

// A first guess: what the second best offer would make of a unit, if every offer could have its way.
void Bound::begin_with_rates() {
  const auto& component = *staged_.component;
  for (std::size_t c = 0; c < prices_.size(); ++c) {
    const auto& unit_class = component.classes[c];
    std::int64_t best = baselines_[c];
    for (const auto& how : unit_class.offers) {
      const auto& offer = component.offers[static_cast<std::size_t>(how.offer)];
      const auto rate = rate_of(offer, how, unit_class.price, staged_.scale);
      if (rate > best) {
        prices_[c] = best;
        best = rate;
      } else {
        prices_[c] = std::max(prices_[c], rate);
      }
    }
  }
}

Bound::Bound(const Staged& staged, const Bound& before)
    : staged_(staged), baselines_(before.baselines_), prices_(before.best_prices_), work_(before.work_) {
  to_go_.resize(staged.graphs.size());
  evaluate();
}

// gone: stages whose units may not be taken any more.
void Bound::walk_back(int offer, const std::vector<std::int64_t>& prices, const std::vector<char>* gone,
                      std::vector<std::int64_t>& to_go) {
  const auto& graph = staged_.graphs[static_cast<std::size_t>(offer)];
  to_go.resize(static_cast<std::size_t>(graph.nodes()));
  work_ += graph.nodes();
  const auto last = static_cast<std::size_t>(graph.layers());
  for (int node = graph.first_node[last]; node < graph.first_node[last + 1]; ++node) {
    const bool accepts = graph.accepts[static_cast<std::size_t>(node - graph.first_node[last])];
    to_go[static_cast<std::size_t>(node)] = accepts ? 0 : unreachable;
  }
  // The innermost loop of everything: plain pointers.
  auto* value = to_go.data();
  const auto* skip_to = graph.skip_to.data();
  const auto* first_edge = graph.first_edge.data();
  const auto* edges = graph.edges.data();
  for (auto layer = last; layer-- > 0;) {
    const auto stage = graph.stages[layer];
    const bool is_gone = gone != nullptr && (*gone)[static_cast<std::size_t>(stage)] != 0;
    const auto price = price_of_stage(prices, stage);
    const int end = graph.first_node[layer + 1];
    for (int node = graph.first_node[layer]; node < end; ++node) {
      auto best = skip_to[node] < 0 ? unreachable : value[skip_to[node]];
      if (!is_gone) {
        const auto* edges_end = edges + first_edge[node + 1];
        for (const auto* edge = edges + first_edge[node]; edge != edges_end; ++edge) {
          best = std::max(best, edge->gain - price + value[edge->to]);
        }
      }
      value[node] = is_reachable(best) ? best : unreachable;
    }
  }
}

// Calls take(stage, edge) along a best path.
template <class Take>
void Bound::follow(int offer, const std::vector<std::int64_t>& prices, const std::vector<char>* gone,
                   const std::vector<std::int64_t>& to_go, const Take& take) const {
  const auto& graph = staged_.graphs[static_cast<std::size_t>(offer)];
  int node = 0;
  for (std::size_t layer = 0; layer < graph.stages.size(); ++layer) {
    const auto stage = graph.stages[layer];
    const auto n = static_cast<std::size_t>(node);
    const auto skip = graph.skip_to[n];
    if (skip >= 0 && to_go[static_cast<std::size_t>(skip)] == to_go[n]) {
      node = skip;
      continue;
    }
    if (gone != nullptr && (*gone)[static_cast<std::size_t>(stage)] != 0) continue;
    const auto price = price_of_stage(prices, stage);
    for (int e = graph.first_edge[n]; e < graph.first_edge[n + 1]; ++e) {
      const auto& edge = graph.edges[static_cast<std::size_t>(e)];
      if (edge.gain - price + to_go[static_cast<std::size_t>(edge.to)] != to_go[n]) continue;
      take(stage, edge);
      node = edge.to;
      break;
    }
  }
}

void Bound::evaluate() {
  const auto& classes = staged_.component->classes;
  value_ = 0;
  for (std::size_t c = 0; c < classes.size(); ++c) value_ += classes[c].units * prices_[c];
  for (std::size_t offer = 0; offer < to_go_.size(); ++offer) {
    walk_back(static_cast<int>(offer), prices_, nullptr, to_go_[offer]);
    value_ += to_go_[offer].front();
  }
  if (best_prices_.empty() || value_ < best_value_) {
    best_value_ = value_;
    best_prices_ = prices_;
    best_to_go_ = to_go_;
  }
}

void Bound::take_best_path(int graph, const std::vector<std::int64_t>& prices, std::vector<char>& gone, Plan& plan) {
  walk_back(graph, prices, &gone, scratch_);
  taken_.clear();
  follow(graph, prices, &gone, scratch_, [&](int stage, const OfferGraph::Edge& edge) {
    taken_.push_back(stage);
    const auto at = static_cast<std::size_t>(stage);
    plan.choices[at] = {edge.offer, edge.label};
    plan.value += edge.gain - baselines_[static_cast<std::size_t>(staged_.order[at])];
    gains_[at] = edge.gain;
    owners_[at] = graph;
  });
  for (const auto stage : taken_) gone[static_cast<std::size_t>(stage)] = 1;
}

Plan Bound::one_after_the_other() {
  Plan plan;
  plan.choices.resize(staged_.order.size());
  gains_.assign(staged_.order.size(), 0);
  owners_.assign(staged_.order.size(), -1);
  for (const auto c : staged_.order) plan.value += baselines_[static_cast<std::size_t>(c)];
  std::vector<int> turns(to_go_.size());
  std::iota(turns.begin(), turns.end(), 0);
  std::stable_sort(turns.begin(), turns.end(), [&](int a, int b) {
    return best_to_go_[static_cast<std::size_t>(a)].front() > best_to_go_[static_cast<std::size_t>(b)].front();
  });
  std::vector<char> gone(staged_.order.size(), 0);
  for (const auto graph : turns) take_best_path(graph, best_prices_, gone, plan);
  // Again, each giving back first what it took.
  constexpr int most_rounds = 3;
  for (int round = 0; round < most_rounds; ++round) {
    const auto before = plan.value;
    for (const auto graph : turns) {
      for (std::size_t stage = 0; stage < gone.size(); ++stage) {
        if (owners_[stage] != graph) continue;
        plan.value -= gains_[stage] - baselines_[static_cast<std::size_t>(staged_.order[stage])];
        plan.choices[stage] = {};
        owners_[stage] = -1;
        gone[stage] = 0;
      }
      take_best_path(graph, baselines_, gone, plan);
    }
    if (plan.value == before) break;
  }
  return plan;
}

void Bound::find_demands() {
  demands_.clear();
  for (std::size_t graph = 0; graph < to_go_.size(); ++graph) {
    follow(static_cast<int>(graph), prices_, nullptr, to_go_[graph], [&](int stage, const OfferGraph::Edge&) {
      const auto unit_class = staged_.order[static_cast<std::size_t>(stage)];
      const auto same = [&](const Demand& d) {
        return d.unit_class == unit_class && d.graph == static_cast<int>(graph);
      };
      if (demands_.empty() || !same(demands_.back())) demands_.push_back({unit_class, static_cast<int>(graph), 0});
      ++demands_.back().units;
    });
  }
  std::sort(demands_.begin(), demands_.end());
}

void Bound::note_conflicts(const std::vector<std::int64_t>& surplus) {
  constexpr std::int64_t most_at_stake = 1'000'000'000;
  if (conflicts_.empty()) return;
  for (auto a = demands_.begin(); a != demands_.end(); ++a) {
    const auto c = static_cast<std::size_t>(a->unit_class);
    if (surplus[c] >= 0) continue;
    const auto at_stake = std::min((prices_[c] - baselines_[c]) / staged_.scale, most_at_stake);
    for (auto b = a + 1; b != demands_.end() && b->unit_class == a->unit_class; ++b) {
      const auto units = std::min({-surplus[c], a->units, b->units});
      conflicts_[static_cast<std::size_t>(a->graph) * to_go_.size() + static_cast<std::size_t>(b->graph)] +=
          units * at_stake;
    }
  }
}

// Follows the surplus of units, with some of the direction of the rounds before, which keeps it from going to and fro.
void Bound::improve(int rounds, std::int64_t reached) {
  const auto& classes = staged_.component->classes;
  constexpr std::size_t most_graphs = 300;
  restart();
  if (to_go_.size() <= most_graphs) conflicts_.assign(to_go_.size() * to_go_.size(), 0);
  std::vector<std::int64_t> surplus(classes.size());
  for (int round = 0; round < rounds && best_value_ > reached; ++round) {
    for (std::size_t c = 0; c < classes.size(); ++c) surplus[c] = classes[c].units;
    find_demands();
    for (const auto& demand : demands_) surplus[static_cast<std::size_t>(demand.unit_class)] -= demand.units;
    if (round * 2 >= rounds) note_conflicts(surplus);
    bool is_disjoint = true;
    Int128 norm = 0;
    for (std::size_t c = 0; c < classes.size(); ++c) {
      const bool at_least = prices_[c] <= baselines_[c];
      if (surplus[c] > 0 && at_least) surplus[c] = 0;
      is_disjoint = is_disjoint && surplus[c] == 0;
      direction_[c] = direction_[c] * 11 / 16 + surplus[c] * 16;
      if (direction_[c] > 0 && at_least) direction_[c] = 0;
      norm += Int128{direction_[c]} * direction_[c];
    }
    if (is_disjoint) return;  // and leaves nothing over: no price can make the bound lower
    if (norm == 0) continue;
    for (std::size_t c = 0; c < classes.size(); ++c) {
      const auto change = Int128{value_ - reached} * direction_[c] * 16 / (norm * damping_);
      prices_[c] = std::max(baselines_[c], prices_[c] - static_cast<std::int64_t>(change));
    }
    const auto before = best_value_;
    evaluate();
    patience_ = best_value_ < before ? 0 : patience_ + 1;
    if (patience_ >= 4) {
      damping_ = std::min<std::int64_t>(damping_ * 2, 1 << 16);
      restart();
    }
  }
}

void Bound::restart() {
  patience_ = 0;
  direction_.assign(prices_.size(), 0);
  prices_ = best_prices_;
  to_go_ = best_to_go_;
  value_ = best_value_;
}

}  // namespace lanekeeper::pricing
