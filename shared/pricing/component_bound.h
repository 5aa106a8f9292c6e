// An upper bound for a component, and how far every partial choice falls short of it.
//
// Every class of units gets a price of its own (a Lagrange multiplier, at least its baseline). Each offer alone then
// chooses its best path through its graph, paying that price for the units it takes; the units' prices together with
// what the offers gain is at least what any disjoint choice can save. Prices fall where offers leave units over and
// rise where several want the same one, until the bound is as low as a few rounds make it. Because each offer's whole
// applications are kept exactly, the bound is exact for an offer that stands alone.
//
// Reference: Held, Wolfe, Crowder, "Validation of subgradient optimization", Mathematical Programming 6 (1974).
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "pricing/component.h"
#include "pricing/offer_graph.h"

namespace lanekeeper::pricing {

// The component with its units in the order in which the search looks at them. All values are scaled (OfferGraph).
struct Staged {
  const Component* component = nullptr;
  std::vector<int> order;          // class of every unit
  std::int64_t scale = 1;          // more than there are units
  std::vector<OfferGraph> graphs;  // of one offer each, or of several that were merged
  std::vector<char> is_overrated;  // of each offer: its graph's gains may be more than it saves
  [[nodiscard]] bool is_exact() const {
    return std::find(is_overrated.begin(), is_overrated.end(), 1) == is_overrated.end();
  }
  [[nodiscard]] std::int64_t baseline(int unit_class) const {
    const auto& c = component->classes[static_cast<std::size_t>(unit_class)];
    return c.baseline * scale - (c.baseline > 0 ? 1 : 0);
  }
};

// What is done with each unit: offer < 0: its baseline.
struct Choice {
  int offer = -1;
  int label = 0;
};
struct Plan {
  std::vector<Choice> choices;  // by stage
  std::int64_t value = 0;
};

class Bound {
 public:
  explicit Bound(const Staged& staged);
  // From the prices that another bound of the same component came to.
  Bound(const Staged& staged, const Bound& before);

  // Graphs one after the other, each doing its best with what the ones before left, at first counting what others would
  // do with the units (their prices). A plan to begin with.
  [[nodiscard]] Plan one_after_the_other();
  // Lowers the bound for at most so many rounds, or until it meets `reached`.
  void improve(int rounds, std::int64_t reached);

  [[nodiscard]] std::int64_t value() const { return best_value_; }
  [[nodiscard]] std::int64_t price(int unit_class) const { return best_prices_[static_cast<std::size_t>(unit_class)]; }
  // The most that a graph can still gain from each of its nodes on, at the best prices.
  [[nodiscard]] const std::int64_t* to_go(int graph) const {
    return best_to_go_[static_cast<std::size_t>(graph)].data();
  }
  [[nodiscard]] std::int64_t work() const { return work_; }
  // How much two graphs wanted the same units while the bound was lowered last: where merging them may lower it
  // further.
  [[nodiscard]] std::int64_t conflict(std::size_t a, std::size_t b) const {
    return conflicts_.empty() ? 0 : conflicts_[std::min(a, b) * staged_.graphs.size() + std::max(a, b)];
  }

 private:
  struct Demand {
    int unit_class = 0;
    int graph = 0;
    std::int64_t units = 0;
    auto operator<=>(const Demand&) const = default;
  };
  void find_demands();
  void note_conflicts(const std::vector<std::int64_t>& surplus);
  void walk_back(int offer, const std::vector<std::int64_t>& prices, const std::vector<char>* gone,
                 std::vector<std::int64_t>& to_go);
  template <class Take>
  void follow(int offer, const std::vector<std::int64_t>& prices, const std::vector<char>* gone,
              const std::vector<std::int64_t>& to_go, const Take& take) const;
  void evaluate();
  void begin_with_rates();
  void take_best_path(int graph, const std::vector<std::int64_t>& prices, std::vector<char>& gone, Plan& plan);
  void restart();  // from the best prices
  [[nodiscard]] std::int64_t price_of_stage(const std::vector<std::int64_t>& prices, int stage) const {
    return prices[static_cast<std::size_t>(staged_.order[static_cast<std::size_t>(stage)])];
  }

  const Staged& staged_;
  std::vector<std::int64_t> baselines_;
  std::vector<std::int64_t> prices_;
  std::vector<std::vector<std::int64_t>> to_go_;
  std::int64_t value_ = 0;
  std::vector<std::int64_t> direction_;
  std::vector<std::int64_t> best_prices_;
  std::vector<std::vector<std::int64_t>> best_to_go_;
  std::int64_t best_value_ = 0;
  std::int64_t work_ = 0;
  std::vector<std::int64_t> scratch_;
  std::vector<int> taken_;
  std::vector<std::int64_t> gains_;      // of the plan, by stage
  std::vector<int> owners_;              // the graph that took the stage; -1: none
  std::vector<Demand> demands_;          // of this round, by class, then by graph
  std::vector<std::int64_t> conflicts_;  // of every two graphs
  int patience_ = 0;
  std::int64_t damping_ = 1;
};

}  // namespace lanekeeper::pricing
