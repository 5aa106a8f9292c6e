// What a customer is likely to hand over: the exact sum, and the next round sums that notes make.
#pragma once

#include <vector>

#include "money/money.h"

namespace lanekeeper::till::ui {

// The exact sum first, then rising, at most `most` in all; empty when nothing is due.
[[nodiscard]] std::vector<Money> cash_suggestions(Money due, std::size_t most = 4);

}  // namespace lanekeeper::till::ui
