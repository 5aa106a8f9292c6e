// What a complete pass of the search looked at, as a graph: a layer before every unit, a node for every partial choice,
// a step for everything that may be done with the unit. Every path to the end is a choice for the whole component, and
// none that can be as good as the best plan known is missing.
#pragma once

#include <cstdint>
#include <vector>

#include "pricing/component_bound.h"

namespace lanekeeper::pricing {

struct Steps {
  struct Step {
    int from = 0;  // a node of the layer
    int to = 0;    // a node of the next
    Choice choice;
    bool completes = false;  // an application
    std::int64_t loss = 0;   // how much further the choice then falls short of the bound
  };
  std::vector<std::vector<Step>> layers;  // by unit; each by the node it starts from
  std::vector<int> nodes;                 // of each layer, and of the end
};

}  // namespace lanekeeper::pricing
