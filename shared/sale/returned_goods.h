// What the returns of a sale add up to.
#pragma once

#include "sale/returnable_sale.h"

namespace lanekeeper::sale {

// Adds what `back` returned of it. A transaction that returns nothing of this sale changes nothing.
void note_return(ReturnableSale& sold, const RetailTransaction& back);

}  // namespace lanekeeper::sale
