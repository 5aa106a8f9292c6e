// What is odd about goods that came back, beside the sale they come from. Pure.
#pragma once

#include <vector>

#include "sale/returnable_sale.h"
#include "services/entry_preparation.h"

namespace lanekeeper::services {

// tender.refund_too_much: more went back by this way of paying than was paid by it.
[[nodiscard]] ExceptionDraft refunded_too_much(const sale::Tender& tender, Money paid, Money refunded);

// sold: with what came back before this one. Kinds: return.more_than_sold, return.amount_differs,
// return.refunded_differs, tender.refund_too_much; at most max_return_exceptions.
inline constexpr std::size_t max_return_exceptions = 20;
[[nodiscard]] std::vector<ExceptionDraft> check_return(const sale::ReturnableSale& sold,
                                                       const sale::RetailTransaction& back);

}  // namespace lanekeeper::services
