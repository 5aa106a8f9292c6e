#include "pricing/component_losses.h"

#include <algorithm>
#include <limits>

namespace lanekeeper::pricing {

namespace {

// Walks through what of a graph can be part of a plan within the gap: calls node(n) for every such node, then
// skip(to, loss, is_last) if the unit may be left and edge(e, loss, is_last) for every way of taking it.
template <class OnNode, class OnSkip, class OnEdge>
void walk_within(const OfferGraph& graph, const Staged& staged, const Bound& bound, const std::int64_t* to_go,
                 std::int64_t gap, const OnNode& on_node, const OnSkip& on_skip, const OnEdge& on_edge) {
  constexpr auto far = std::numeric_limits<std::int64_t>::max();
  std::vector<std::int64_t> lost(static_cast<std::size_t>(graph.nodes()), far);  // the least on the way to the node
  lost[0] = 0;
  for (std::size_t layer = 0; layer < graph.stages.size(); ++layer) {
    const bool is_last = layer + 1 == graph.stages.size();
    const auto price = bound.price(staged.order[static_cast<std::size_t>(graph.stages[layer])]);
    for (int n = graph.first_node[layer]; n < graph.first_node[layer + 1]; ++n) {
      const auto at = static_cast<std::size_t>(n);
      if (lost[at] > gap) continue;
      const auto left = gap - lost[at];
      const auto reach = [&](int to, std::int64_t loss) {
        auto& least = lost[static_cast<std::size_t>(to)];
        least = std::min(least, lost[at] + loss);
      };
      on_node(n);
      const int skip = graph.skip_to[at];
      if (skip >= 0 && is_reachable(to_go[skip]) && to_go[n] - to_go[skip] <= left) {
        const auto loss = to_go[n] - to_go[skip];
        reach(skip, loss);
        on_skip(skip, loss, is_last);
      }
      for (int e = graph.first_edge[at]; e < graph.first_edge[at + 1]; ++e) {
        const auto& edge = graph.edges[static_cast<std::size_t>(e)];
        if (!is_reachable(to_go[edge.to])) continue;
        const auto loss = to_go[n] - (edge.gain - price + to_go[edge.to]);
        if (loss > left) continue;
        reach(edge.to, loss);
        on_edge(edge, loss, is_last);
      }
    }
  }
}

}  // namespace

Losses::Losses(const Staged& staged, const Bound& bound, std::int64_t gap) {
  std::size_t nodes = 0;
  std::size_t edges = 0;
  for (const auto& graph : staged.graphs) {
    first_nodes_.push_back(nodes);
    nodes += static_cast<std::size_t>(graph.nodes());
    edges += graph.edges.size();
  }
  nodes_.resize(nodes);
  edges_.reserve(edges);
  for (std::size_t i = 0; i < staged.graphs.size(); ++i) {
    const auto& graph = staged.graphs[i];
    Node* node = nullptr;
    std::size_t layer = 0;
    walk_within(
        graph, staged, bound, bound.to_go(static_cast<int>(i)), gap,
        [&](int n) {
          while (n >= graph.first_node[layer + 1]) ++layer;
          node = &nodes_[first_nodes_[i] + static_cast<std::size_t>(n)];
          node->first_edge = static_cast<std::uint32_t>(edges_.size());
        },
        [&](int to, std::int64_t loss, bool is_last) {
          node->skip_loss = loss;
          node->skip_to = is_last ? 0 : to - graph.first_node[layer + 1];
        },
        [&](const OfferGraph::Edge& edge, std::int64_t loss, bool is_last) {
          const int to = is_last ? 0 : edge.to - graph.first_node[layer + 1];
          edges_.push_back({loss, to, {edge.offer, edge.label}, edge.completes});
          ++node->edges;
        });
  }
}

OfferGraph pruned(const Staged& staged, const Bound& bound, std::size_t index, std::int64_t gap) {
  const auto& graph = staged.graphs[index];
  OfferGraph out;
  out.stages = graph.stages;
  out.is_exact = graph.is_exact;
  std::vector<int> numbers(static_cast<std::size_t>(graph.nodes()), -1);
  int next = 0;
  walk_within(
      graph, staged, bound, bound.to_go(static_cast<int>(index)), gap,
      [&](int n) {
        // A best path comes through every layer.
        while (n >= graph.first_node[out.first_node.size()]) out.first_node.push_back(next);
        numbers[static_cast<std::size_t>(n)] = next++;
        out.first_edge.push_back(static_cast<int>(out.edges.size()));
        out.skip_to.push_back(-1);
      },
      [&](int to, std::int64_t, bool) { out.skip_to.back() = to; },
      [&](const OfferGraph::Edge& edge, std::int64_t, bool) { out.edges.push_back(edge); });
  const auto last = static_cast<std::size_t>(graph.layers());
  out.first_node.push_back(next);
  // Of the end only what is reached; every node that is left has a way there.
  std::vector<char> is_end(graph.accepts.size(), 0);
  const auto note_end = [&](int to) {
    if (to >= graph.first_node[last]) is_end[static_cast<std::size_t>(to - graph.first_node[last])] = 1;
  };
  for (const auto to : out.skip_to) note_end(to);
  for (const auto& edge : out.edges) note_end(edge.to);
  if (last == 0) is_end[0] = 1;
  for (std::size_t i = 0; i < is_end.size(); ++i) {
    if (is_end[i] == 0) continue;
    numbers[static_cast<std::size_t>(graph.first_node[last]) + i] = next++;
    out.first_edge.push_back(static_cast<int>(out.edges.size()));
    out.accepts.push_back(graph.accepts[i]);
  }
  out.first_node.push_back(next);
  out.first_edge.push_back(static_cast<int>(out.edges.size()));
  for (auto& to : out.skip_to) to = to < 0 ? -1 : numbers[static_cast<std::size_t>(to)];
  for (auto& edge : out.edges) edge.to = numbers[static_cast<std::size_t>(edge.to)];
  return out;
}

}  // namespace lanekeeper::pricing
