// What a complete pass of the search looked at, as a graph: a layer before every unit, a node for every partial choice,
// a step for everything that may be done with the unit. Every path to the end is a choice for the whole component, and
// none that can be as good as the best plan known is missing.
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <vector>

#include "pricing/component_bound.h"

namespace lanekeeper::pricing {

struct Steps {
  struct Step {
    int from = 0;
    int to = 0;  // a node of the next layer
    Choice choice;
    bool completes = false;  // an application
    std::int64_t loss = 0;   // how much further the choice then falls short of the bound
  };
  static constexpr std::int64_t no_way = std::numeric_limits<std::int64_t>::max() / 4;

  std::vector<Step> steps;          // by layer, then by the node they start from
  std::vector<int> first_step;      // of each layer, and the end
  int nodes = 1;                    // of all layers in turn; the first one is the start
  int first_end = 0;                // the first node of the end
  std::vector<std::int64_t> to_go;  // the least that is lost from each node on; no_way: nowhere

  [[nodiscard]] std::size_t layers() const { return first_step.empty() ? 0 : first_step.size() - 1; }
  [[nodiscard]] std::int64_t least_loss() const { return to_go.front(); }

  // After the last step.
  void finish() {
    first_step.push_back(static_cast<int>(steps.size()));
    to_go.assign(static_cast<std::size_t>(nodes), no_way);
    std::fill(to_go.begin() + first_end, to_go.end(), 0);
    for (auto step = steps.rbegin(); step != steps.rend(); ++step) {
      const auto after = to_go[static_cast<std::size_t>(step->to)];
      auto& least = to_go[static_cast<std::size_t>(step->from)];
      if (after < no_way) least = std::min(least, step->loss + after);
    }
  }
};

}  // namespace lanekeeper::pricing
