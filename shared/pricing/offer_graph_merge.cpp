#include <algorithm>

#include "pricing/offer_graph.h"

namespace lanekeeper::pricing {
namespace {

// From which nodes an accepting end can be reached.
std::vector<char> living(const OfferGraph& graph) {
  std::vector<char> lives(static_cast<std::size_t>(graph.nodes()), 0);
  const auto last = graph.first_node[static_cast<std::size_t>(graph.layers())];
  for (std::size_t i = 0; i < graph.accepts.size(); ++i) {
    lives[static_cast<std::size_t>(last) + i] = graph.accepts[i] ? 1 : 0;
  }
  for (int node = last; node-- > 0;) {
    const auto n = static_cast<std::size_t>(node);
    bool alive = graph.skip_to[n] >= 0 && lives[static_cast<std::size_t>(graph.skip_to[n])] != 0;
    for (int e = graph.first_edge[n]; e < graph.first_edge[n + 1] && !alive; ++e) {
      alive = lives[static_cast<std::size_t>(graph.edges[static_cast<std::size_t>(e)].to)] != 0;
    }
    lives[n] = alive ? 1 : 0;
  }
  return lives;
}

// One of the two graphs while the stages of both are walked through.
class Side {
 public:
  explicit Side(const OfferGraph& graph) : graph_(graph), lives_(living(graph)) {}

  [[nodiscard]] int next_stage() const { return layer_ < graph_.stages.size() ? graph_.stages[layer_] : -1; }
  void pass() { ++layer_; }
  [[nodiscard]] int width() const {
    return is_over(layer_) ? 1 : graph_.first_node[layer_ + 1] - graph_.first_node[layer_];
  }
  [[nodiscard]] int width_after() const {
    return is_over(layer_ + 1) ? 1 : graph_.first_node[layer_ + 2] - graph_.first_node[layer_ + 1];
  }

  // A node is known by its place in its layer; behind the last unit there is one only. -1: nowhere.
  [[nodiscard]] int skip(int local) const { return after(graph_.skip_to[node(local)]); }
  template <class Take>
  void edges(int local, const Take& take) const {
    for (int e = graph_.first_edge[node(local)]; e < graph_.first_edge[node(local) + 1]; ++e) {
      const auto& edge = graph_.edges[static_cast<std::size_t>(e)];
      if (const int to = after(edge.to); to >= 0) take(edge, to);
    }
  }

 private:
  [[nodiscard]] bool is_over(std::size_t layer) const { return layer >= graph_.stages.size(); }
  [[nodiscard]] std::size_t node(int local) const {
    return static_cast<std::size_t>(graph_.first_node[layer_]) + static_cast<std::size_t>(local);
  }
  [[nodiscard]] int after(int global) const {
    if (global < 0 || lives_[static_cast<std::size_t>(global)] == 0) return -1;
    return is_over(layer_ + 1) ? 0 : global - graph_.first_node[layer_ + 1];
  }

  const OfferGraph& graph_;
  std::vector<char> lives_;
  std::size_t layer_ = 0;
};

class Merger {
 public:
  Merger(const OfferGraph& a, const OfferGraph& b, std::size_t max_nodes) : a_(a), b_(b), max_nodes_(max_nodes) {}

  std::optional<OfferGraph> merge() {
    std::vector<std::pair<int, int>> layer{{0, 0}};
    while (a_.next_stage() >= 0 || b_.next_stage() >= 0) {
      const int stage = next_stage();
      in_a_ = a_.next_stage() == stage;
      in_b_ = b_.next_stage() == stage;
      graph_.stages.push_back(stage);
      graph_.first_node.push_back(begin_);
      begin_ += static_cast<int>(layer.size());
      const int width_b = in_b_ ? b_.width_after() : b_.width();
      const int width_a = in_a_ ? a_.width_after() : a_.width();
      stride_ = static_cast<std::size_t>(width_b);
      places_.assign(stride_ * static_cast<std::size_t>(width_a), -1);
      next_.clear();
      for (const auto& [x, y] : layer) extend(x, y);
      if (in_a_) a_.pass();
      if (in_b_) b_.pass();
      layer.swap(next_);
      if (static_cast<std::size_t>(begin_) + layer.size() + graph_.edges.size() > max_nodes_) return std::nullopt;
    }
    graph_.first_node.push_back(begin_);
    graph_.first_node.push_back(begin_ + static_cast<int>(layer.size()));
    for (std::size_t i = 0; i < layer.size(); ++i) {
      graph_.first_edge.push_back(static_cast<int>(graph_.edges.size()));
      graph_.accepts.push_back(true);  // both are over
    }
    graph_.first_edge.push_back(static_cast<int>(graph_.edges.size()));
    return std::move(graph_);
  }

 private:
  [[nodiscard]] int next_stage() const {
    if (a_.next_stage() < 0) return b_.next_stage();
    if (b_.next_stage() < 0) return a_.next_stage();
    return std::min(a_.next_stage(), b_.next_stage());
  }

  void extend(int x, int y) {
    graph_.first_edge.push_back(static_cast<int>(graph_.edges.size()));
    const int skip_x = in_a_ ? a_.skip(x) : x;
    const int skip_y = in_b_ ? b_.skip(y) : y;
    graph_.skip_to.push_back(skip_x < 0 || skip_y < 0 ? -1 : place(skip_x, skip_y));
    if (in_a_ && skip_y >= 0) {
      a_.edges(x, [&](const OfferGraph::Edge& edge, int to) { add(edge, place(to, skip_y)); });
    }
    if (in_b_ && skip_x >= 0) {
      b_.edges(y, [&](const OfferGraph::Edge& edge, int to) { add(edge, place(skip_x, to)); });
    }
  }
  void add(OfferGraph::Edge edge, int to) {
    edge.to = to;
    graph_.edges.push_back(edge);
  }
  int place(int x, int y) {
    auto& known = places_[static_cast<std::size_t>(x) * stride_ + static_cast<std::size_t>(y)];
    if (known < 0) {
      known = begin_ + static_cast<int>(next_.size());
      next_.emplace_back(x, y);
    }
    return known;
  }

  Side a_;
  Side b_;
  std::size_t max_nodes_;
  OfferGraph graph_;
  int begin_ = 0;
  bool in_a_ = false;
  bool in_b_ = false;
  std::size_t stride_ = 1;
  std::vector<int> places_;
  std::vector<std::pair<int, int>> next_;
};

}  // namespace

std::optional<OfferGraph> merged(const OfferGraph& a, const OfferGraph& b, std::size_t max_nodes) {
  return Merger(a, b, max_nodes).merge();
}

int width_of(const OfferGraph& graph) {
  int widest = 1;
  for (std::size_t layer = 0; layer + 1 < graph.first_node.size(); ++layer) {
    widest = std::max(widest, graph.first_node[layer + 1] - graph.first_node[layer]);
  }
  return widest;
}

int shared_units(const OfferGraph& a, const OfferGraph& b) {
  int shared = 0;
  for (std::size_t i = 0, j = 0; i < a.stages.size() && j < b.stages.size();) {
    shared += a.stages[i] == b.stages[j] ? 1 : 0;
    const bool step_a = a.stages[i] <= b.stages[j];
    const bool step_b = b.stages[j] <= a.stages[i];
    i += step_a ? 1 : 0;
    j += step_b ? 1 : 0;
  }
  return shared;
}

}  // namespace lanekeeper::pricing
