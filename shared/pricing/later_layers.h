// The layers behind the item layer, each on the nets that the ones before left.
#pragma once

#include "pricing/priced_lines.h"

namespace lanekeeper::pricing {

// Spends and gifts, one after the other by priority, then by id; an exclusive one that applied is the last.
void apply_basket_layer(PricedLines& lines);

// Percents on whole lines: the best for each line, on lines without an earlier offer unless it stacks.
void apply_member_layer(PricedLines& lines);

// What a basket promotion looks at: the units of its scope that are no rewards, by line.
[[nodiscard]] std::vector<UnitRef> eligible_units(const PricedLines& lines, std::uint32_t promotion,
                                                  bool excludes_offers);
[[nodiscard]] Money net_of(const PricedLines& lines, const std::vector<UnitRef>& units);

}  // namespace lanekeeper::pricing
