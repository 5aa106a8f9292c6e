// The layers behind the item layer, each on the nets that the ones before left.
#pragma once

#include "pricing/priced_lines.h"

namespace lanekeeper::pricing {

// Spends and gifts, one after the other by priority, then by id; an exclusive one that applied is the last.
void apply_basket_layer(PricedLines& lines);

// Percents on whole lines: the best for each line, on lines without an earlier offer unless it stacks.
void apply_member_layer(PricedLines& lines);

// Discounts by hand: those of lines, then the one of the basket, over everything that counts.
void apply_manual_layer(PricedLines& lines, const Goods& goods);

// One spend or gift as it stands, by its limits; answers what it saved.
[[nodiscard]] Money apply_spend(PricedLines& lines, std::uint32_t index, const Spend& spend);
[[nodiscard]] Money apply_gift(PricedLines& lines, std::uint32_t index, const Gift& gift);

// What a gift still asks for before the next piece is given. That piece does not count.
struct GiftNeeds {
  bool has_piece = false;  // one that is dearer than the gift's price and not given yet
  Money amount;            // to spend
  std::int64_t pieces = 0;
};
[[nodiscard]] GiftNeeds needs_of(const PricedLines& lines, std::uint32_t index, const Gift& gift);

// What a spend or gift looks at: the units of its scope that are no rewards, by line.
[[nodiscard]] std::vector<UnitRef> eligible_units(const PricedLines& lines, std::uint32_t promotion,
                                                  bool excludes_offers);
[[nodiscard]] Money net_of(const PricedLines& lines, const std::vector<UnitRef>& units);

}  // namespace lanekeeper::pricing
