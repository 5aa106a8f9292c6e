// What a till without search would do; the floor under what the search may answer when it has to stop.
#pragma once

#include <vector>

#include "pricing/component.h"

namespace lanekeeper::pricing {

// Again and again the application that saves most, over the dearest units that are left; the better of two ways of
// counting: what it saves, and what it saves beyond its units' baselines.
[[nodiscard]] std::vector<Use> greedy(const Component& component);

[[nodiscard]] std::int64_t saving_of_use(const Component& component, const Use& use);
// What the uses save beyond the baselines of the units they take.
[[nodiscard]] std::int64_t gain_of(const Component& component, const std::vector<Use>& uses);

// Takes out uses that save no more than their units' baselines.
void drop_losses(const Component& component, std::vector<Use>& uses);

}  // namespace lanekeeper::pricing
