// What is odd about goods that came back, beside the sale they come from. Pure.
#pragma once

#include <vector>

#include "sale/returnable_sale.h"
#include "services/entry_preparation.h"

namespace lanekeeper::services {

// sold: with what came back before this one. Kinds: return.more_than_sold, return.amount_differs,
// return.refunded_differs; at most max_return_exceptions.
inline constexpr std::size_t max_return_exceptions = 20;
[[nodiscard]] std::vector<ExceptionDraft> check_return(const sale::ReturnableSale& sold,
                                                       const sale::RetailTransaction& back);

}  // namespace lanekeeper::services
