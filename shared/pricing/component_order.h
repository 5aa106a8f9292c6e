// In which order the search looks at a component's units.
#pragma once

#include <vector>

#include "pricing/component.h"

namespace lanekeeper::pricing {

// The class of every unit. Within each nth_off the dearest come first, as its graph wants it; otherwise the order that
// keeps the fewest offers half looked at.
[[nodiscard]] std::vector<int> search_order(const Component& component);

}  // namespace lanekeeper::pricing
