#include "register/settlement.h"

#include <algorithm>

namespace lanekeeper::till {

namespace {

Settlement pay_out(Money total, const sale::ReturnedSale& returned) {
  Settlement result;
  result.covered = true;
  if (!total.is_zero()) result.adjustment = sale::refund_adjustment(returned, -total);
  result.payable = total + result.adjustment;
  result.cash_due = result.payable;
  result.change = -result.payable;
  return result;
}

}  // namespace

Settlement settle(const sale::Basket& basket, Money total, CashRounding rounding) {
  if (basket.returned_sale) return pay_out(total, *basket.returned_sale);
  return settle(total, basket.tenders, rounding);
}

Settlement settle(Money total, const std::vector<sale::Tender>& tenders, CashRounding rounding) {
  Settlement result;
  Money cash;
  for (const auto& tender : tenders) {
    result.tendered += tender.amount;
    if (tender.kind == sale::TenderKind::cash) cash += tender.amount;
  }
  const Money cash_part = total - (result.tendered - cash);
  result.adjustment = cash_rounding_adjustment(cash_part, rounding);
  if (!tenders.empty() && result.tendered == total) result.adjustment = Money();
  result.payable = total + result.adjustment;
  result.cash_due = std::max(result.payable - result.tendered, Money());
  result.covered = result.cash_due.is_zero();
  if (result.covered) result.change = result.tendered - result.payable;
  return result;
}

}  // namespace lanekeeper::till
