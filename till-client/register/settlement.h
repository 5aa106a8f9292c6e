// What is still to be paid, and what comes back. Pure; sale::cash_adjustment() is the one rule of rounding.
//
// Cash rounding touches only the part of the total that is paid in cash. Somebody who lays down exactly the unrounded
// amount has paid it: no adjustment then, whatever the store's setting.
//
// Below zero everything points the other way: the shop pays. Tenders are then what went back otherwise than in cash,
// below zero as well, and change is the cash that goes out.
#pragma once

#include <optional>

#include "money/money.h"
#include "sale/basket.h"
#include "sale/retail_transaction.h"

namespace lanekeeper::till {

struct Settlement {
  bool covered = false;   // nothing is left to be paid; of a refund: always, the rest goes out in cash
  bool pays_out = false;  // the shop pays
  Money tendered;         // sum of all tenders
  Money adjustment;       // cash rounding: inside `payable`
  Money payable;          // total + adjustment
  Money cash_due;         // what is left when the rest is paid in cash; 0 when covered. pays_out: what goes out, <= 0
  Money left;             // the same, unrounded: what any other way of paying may take or give back
  Money change;           // only when covered
};

// `rounding` is the store's. total is priced.total.
[[nodiscard]] Settlement settle(const sale::Basket& basket, const sale::PricedBasket& priced, CashRounding rounding);

// By this way of paying so much may still go back of the sale that basket returns goods of.
[[nodiscard]] Money refundable(const sale::Basket& basket, const sale::Tender& way);
// In cash so much may go out for it: what was paid in cash and did not go back yet, and the deposits that are given
// back beside it. nullopt: any amount, there is no such sale.
[[nodiscard]] std::optional<Money> refundable_in_cash(const sale::Basket& basket, const sale::PricedBasket& priced);

}  // namespace lanekeeper::till
