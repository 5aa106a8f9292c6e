// The oracle's own reading of the rules that all layers share.
#pragma once

#include <string>
#include <vector>

#include "oracle.h"

namespace lanekeeper::oracle {

inline constexpr Fen no_limit = 1000;  // more than any case has units

// Rounds half up a non-negative fraction.
[[nodiscard]] Fen rounded(Fen numerator, Fen denominator);
[[nodiscard]] Fen percent_of(Fen amount, const Rate& percent);
[[nodiscard]] Fen line_gross(const pricing::GoodsLine& line);
[[nodiscard]] bool contains(const std::vector<std::string>& list, const std::string& name);
[[nodiscard]] bool in_scope(const pricing::Scope& scope, const pricing::GoodsLine& line);
// For this customer at this time; by the wall clock of the text of the time, not of its arithmetic.
[[nodiscard]] bool holds(const pricing::Promotion& promotion, const pricing::Goods& goods);
// Applications in this basket.
[[nodiscard]] Fen limit_of(const pricing::Promotion& promotion, const pricing::Goods& goods);
// Shares of total by weight, the rests going to the largest fractions, the earlier first.
[[nodiscard]] std::vector<Fen> shares(Fen total, const std::vector<Fen>& weights);

}  // namespace lanekeeper::oracle
