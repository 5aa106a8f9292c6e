// From what a bundle's units bring one by one to what its applications really save. A complete pass leaves every choice
// that may be as good as the best plan known (component_steps.h), but judged by gains of bundles that may be more than
// they save: a percent is rounded for the application, an amount is at most what its units cost (offer_bundle.h). Here
// the open applications of one such bundle are told apart along those choices, and what then falls too short is left
// out. That is affordable because the first search left little.
#pragma once

#include <optional>

#include "pricing/component_steps.h"
#include "pricing/component_tally.h"

namespace lanekeeper::pricing {

// The steps with the bundle's applications told apart; its labels are then group + groups * place of the application
// (offer_bundle.h). budget: how far short of the bound a choice may fall. work: counts the steps that are made.
// nullopt: more than max_work.
[[nodiscard]] std::optional<Steps> refined(const Staged& staged, const Steps& steps, int offer, std::int64_t budget,
                                           std::int64_t max_work, std::int64_t& work);

// Of each offer: whether a path that loses at most the budget gives a unit to it.
[[nodiscard]] std::vector<char> used_offers(const Staged& staged, const Steps& steps, std::int64_t budget);
// The largest tally (component_tally.h) that a path might have which loses at most the budget; never too small.
[[nodiscard]] std::vector<std::uint64_t> largest_tally(const Staged& staged, const Steps& steps, const Tally& tally,
                                                       std::int64_t budget);
// The best path, ties included: how its loss turns into a value is up to the caller.
[[nodiscard]] std::vector<Choice> best_path(const Staged& staged, const Steps& steps, const Tally& tally);

}  // namespace lanekeeper::pricing
