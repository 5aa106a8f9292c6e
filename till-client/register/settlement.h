// What is still to be paid, and what comes back. Pure.
//
// Cash rounding touches only the part of the total that is paid in cash. Somebody who lays down exactly the unrounded
// amount has paid it: no adjustment then, whatever the store's setting.
#pragma once

#include <vector>

#include "money/money.h"
#include "sale/basket.h"

namespace lanekeeper::till {

struct Settlement {
  bool covered = false;  // the tenders pay for the basket
  Money tendered;        // sum of all tenders
  Money adjustment;      // cash rounding: inside `payable`
  Money payable;         // total + adjustment
  Money cash_due;        // what is left when the rest is paid in cash; 0 when covered
  Money change;          // only when covered
};

// Goods that come back are paid out in cash, with nothing taken: total, payable and cash_due are below zero then, and
// change is what goes out. They are rounded as sale::refund_adjustment() says.
[[nodiscard]] Settlement settle(const sale::Basket& basket, Money total, CashRounding rounding);
[[nodiscard]] Settlement settle(Money total, const std::vector<sale::Tender>& tenders, CashRounding rounding);

}  // namespace lanekeeper::till
