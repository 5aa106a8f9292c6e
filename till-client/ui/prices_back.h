// What goods that come back had cost, for whoever wonders why less goes back than stands on the shelf.
#pragma once

#include <optional>

#include "money/money.h"
#include "register/register_view.h"

namespace lanekeeper::till::ui {

struct PricesBack {
  Money full;   // without any offer
  Money saved;  // of that, what offers had taken off
};

// Of what comes back in this basket; what an exchange sells and taxes on top are no part of it. nullopt where nobody
// can tell: of part of a pack or of a label, or when the sale itself is not at hand.
[[nodiscard]] std::optional<PricesBack> prices_back(const RegisterView& view);

}  // namespace lanekeeper::till::ui
