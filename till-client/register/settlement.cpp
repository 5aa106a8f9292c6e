#include "register/settlement.h"

#include <algorithm>

namespace lanekeeper::till {

namespace {

bool is_cash(const sale::Tender& tender) {
  return tender.kind == sale::TenderKind::cash;
}

// Only baskets that take goods back have a part that goes back; the others need not be looked through.
Money refund_in(const sale::Basket& basket, const sale::PricedBasket& priced) {
  const bool takes_back = basket.returned_sale || basket.blind_return;
  return takes_back ? sale::refund_of(basket.lines, priced) : Money();
}

}  // namespace

Settlement settle(const sale::Basket& basket, const sale::PricedBasket& priced, CashRounding rounding) {
  Settlement result;
  Money otherwise;
  for (const auto& tender : basket.tenders) {
    result.tendered += tender.amount;
    if (!is_cash(tender)) otherwise += tender.amount;
  }
  const Money total = priced.total;
  const Money refund = refund_in(basket, priced);
  const auto& returned = basket.returned_sale;
  const Money exact = sale::cash_adjustment(returned, refund, total, total, CashRounding::none);
  result.pays_out = (total + exact).is_negative();
  result.left = total + exact - result.tendered;
  result.adjustment = sale::cash_adjustment(returned, refund, total, otherwise, rounding);
  if (!basket.tenders.empty() && result.left.is_zero()) result.adjustment = exact;
  result.payable = total + result.adjustment;
  const Money due = result.payable - result.tendered;
  result.cash_due = result.pays_out ? std::min(due, Money()) : std::max(due, Money());
  result.covered = result.pays_out || due <= Money();
  if (result.covered) result.change = -due;
  return result;
}

Money refundable(const sale::Basket& basket, const sale::Tender& way) {
  Money most;
  if (!basket.returned_sale || !basket.returned_sale->refundable) return most;
  const auto same = [&way](const sale::Tender& other) { return other.kind == way.kind && other.method == way.method; };
  for (const auto& paid : *basket.returned_sale->refundable) {
    if (same(paid)) most += paid.amount;
  }
  for (const auto& tender : basket.tenders) {
    if (same(tender)) most += tender.amount;
  }
  return std::max(most, Money());
}

std::optional<Money> refundable_in_cash(const sale::Basket& basket, const sale::PricedBasket& priced) {
  if (!basket.returned_sale) return std::nullopt;
  const auto& sold = *basket.returned_sale;
  // What has not gone back of all that was paid.
  const Money rest = sold.total - sold.refunded_before;
  Money left = rest - sale::refund_adjustment(sold, rest);
  if (rest.is_zero()) left = {};
  if (sold.refundable) {
    for (const auto& paid : *sold.refundable) left -= paid.amount;
  }
  return std::max(left, Money()) + sale::deposits_back_of(basket.lines, priced);
}

}  // namespace lanekeeper::till
