// What an offer (or several) can do with the units it touches, as a layered graph: a layer before every touched unit, a
// node for every state in which the offer can stand there (how far its open applications are), an edge for leaving the
// unit and one for every way of taking it. Every path from the start to an accepting end is a set of whole
// applications.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

#include "pricing/component.h"

namespace lanekeeper::pricing {

// Values are savings times `scale`, less one for each application: one number orders by saving, then by applications.
struct OfferGraph {
  struct Edge {
    int to = 0;              // a node of the next layer
    int offer = 0;           // that takes the unit
    int label = 0;           // bundles: the group
    std::int64_t gain = 0;   // scaled
    bool completes = false;  // an application
  };
  std::vector<int> stages;      // of each layer but the last: the unit, by its place in the order
  std::vector<int> first_node;  // of each layer, and the end
  std::vector<int> first_edge;  // of each node, and the end
  std::vector<int> skip_to;     // of each node but the last layer's: where leaving the unit leads; -1: nowhere
  std::vector<Edge> edges;
  std::vector<bool> accepts;  // of the nodes of the last layer
  bool is_exact = true;       // false: the gains of whole applications may be more than they save (offer_bundle.h)

  [[nodiscard]] int layers() const { return static_cast<int>(stages.size()); }
  [[nodiscard]] int nodes() const { return first_node.back(); }
};

inline constexpr std::int64_t unreachable = std::numeric_limits<std::int64_t>::min() / 4;
[[nodiscard]] inline bool is_reachable(std::int64_t value) {
  return value > unreachable / 2;
}

// order: the class of every unit of the component, dearest first within each nth_off. nullopt: the graph would have
// more than max_nodes nodes or edges.
[[nodiscard]] std::optional<OfferGraph> build_graph(const Component& component, int offer,
                                                    const std::vector<int>& order, std::int64_t scale,
                                                    std::size_t max_nodes);

// Two graphs as one, in which both never take the same unit: what the bound then knows of them together is exact.
// nullopt: more than max_nodes nodes or edges.
[[nodiscard]] std::optional<OfferGraph> merged(const OfferGraph& a, const OfferGraph& b, std::size_t max_nodes);
// The most nodes in one layer, and how many units both touch.
[[nodiscard]] int width_of(const OfferGraph& graph);
[[nodiscard]] int shared_units(const OfferGraph& a, const OfferGraph& b);

// A step along a path: the class of the unit taken and the edge's label.
struct Step {
  int unit_class = 0;
  int label = 0;
};
// The applications that a path stands for. is_refined: its labels say in which application of the bundle each unit
// stands (component_refine.h); otherwise those are put together well.
[[nodiscard]] std::vector<Use> uses_of_path(const Component& component, int offer, const std::vector<Step>& steps,
                                            bool is_refined);

}  // namespace lanekeeper::pricing
