#include "pricing/component_losses.h"

#include <algorithm>
#include <limits>

namespace lanekeeper::pricing {

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
  for (std::size_t i = 0; i < staged.graphs.size(); ++i) add(staged.graphs[i], static_cast<int>(i), staged, bound, gap);
}

void Losses::add(const OfferGraph& graph, int index, const Staged& staged, const Bound& bound, std::int64_t gap) {
  constexpr auto far = std::numeric_limits<std::int64_t>::max();
  auto* const nodes = nodes_.data() + first_nodes_[static_cast<std::size_t>(index)];
  lost_.assign(static_cast<std::size_t>(graph.nodes()), far);
  lost_[0] = 0;
  const auto* to_go = bound.to_go(index);
  for (std::size_t layer = 0; layer < graph.stages.size(); ++layer) {
    const bool is_last = layer + 1 == graph.stages.size();
    const int next = graph.first_node[layer + 1];
    const auto price = bound.price(staged.order[static_cast<std::size_t>(graph.stages[layer])]);
    for (int n = graph.first_node[layer]; n < next; ++n) {
      const auto lost = lost_[static_cast<std::size_t>(n)];
      if (lost > gap) continue;
      auto& node = nodes[n];
      const auto reach = [&](int to, std::int64_t loss) {
        auto& least = lost_[static_cast<std::size_t>(to)];
        least = std::min(least, lost + loss);
        return is_last ? 0 : to - next;
      };
      const int skip = graph.skip_to[static_cast<std::size_t>(n)];
      if (skip >= 0 && is_reachable(to_go[skip]) && to_go[n] - to_go[skip] <= gap - lost) {
        node.skip_loss = to_go[n] - to_go[skip];
        node.skip_to = reach(skip, node.skip_loss);
      }
      node.first_edge = static_cast<std::uint32_t>(edges_.size());
      for (int e = graph.first_edge[static_cast<std::size_t>(n)]; e < graph.first_edge[static_cast<std::size_t>(n) + 1];
           ++e) {
        const auto& edge = graph.edges[static_cast<std::size_t>(e)];
        if (!is_reachable(to_go[edge.to])) continue;
        const auto loss = to_go[n] - (edge.gain - price + to_go[edge.to]);
        if (loss > gap - lost) continue;
        edges_.push_back({loss, reach(edge.to, loss), {edge.offer, edge.label}, edge.completes});
      }
      node.edges = static_cast<std::uint32_t>(edges_.size()) - node.first_edge;
    }
  }
}

}  // namespace lanekeeper::pricing
