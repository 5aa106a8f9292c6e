// What is odd about deposits that are given back, which no receipt can be compared with. Pure.
#pragma once

#include <vector>

#include "sale/retail_transaction.h"
#include "services/entry_preparation.h"
#include "services/price_book.h"

namespace lanekeeper::services {

// deposit.not_allowed: more went back for deposits than anybody may give who had to do with it: who rang them or the
// sale, or allowed them. By the staff of today; nothing is said of a cashier who is not known any more.
void check_deposits(const sale::RetailTransaction& sale, const StoreFacts& facts,
                    std::vector<ExceptionDraft>& exceptions);

// What went back for one, of a line that gives deposits back: its price, where the amount is that price times the
// pieces.
[[nodiscard]] Money deposit_price(const sale::BasketLine& line);

}  // namespace lanekeeper::services
