// The graphs of a component as a pass of the search reads them: what every edge falls short of the best way on from its
// node, at the prices of the bound. What cannot be part of a plan within the gap is not there.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "pricing/component_bound.h"

namespace lanekeeper::pricing {

class Losses {
 public:
  Losses(const Staged& staged, const Bound& bound, std::int64_t gap);

  struct Edge {
    std::int64_t loss = 0;
    int to = 0;  // place in the next layer; behind the last unit there is one only
    Choice choice;
    bool completes = false;
  };
  struct Node {
    std::int64_t skip_loss = 0;
    int skip_to = -1;  // place in the next layer; -1: the unit must be taken
    std::uint32_t first_edge = 0;
    std::uint32_t edges = 0;
  };
  [[nodiscard]] std::size_t first_node(std::size_t graph) const { return first_nodes_[graph]; }
  [[nodiscard]] const Node& node(std::size_t index) const { return nodes_[index]; }
  [[nodiscard]] std::span<const Edge> edges(const Node& node) const {
    return {edges_.data() + node.first_edge, node.edges};
  }

 private:
  std::vector<std::size_t> first_nodes_;
  std::vector<Node> nodes_;
  std::vector<Edge> edges_;
};

// The graph without what cannot be part of a plan within the gap.
[[nodiscard]] OfferGraph pruned(const Staged& staged, const Bound& bound, std::size_t graph, std::int64_t gap);

}  // namespace lanekeeper::pricing
