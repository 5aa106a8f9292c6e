#include "sale/shift_totals.h"

#include <algorithm>

#include "sale/control_transaction.h"

namespace lanekeeper::sale {

namespace {

void add_tender(ShiftTotals& totals, TenderKind kind, const std::optional<std::string>& method, std::int64_t count,
                Money amount) {
  const auto key = [](const TenderTotal& one) { return std::pair(one.kind, one.method); };
  const auto wanted = std::pair(kind, method);
  const auto at = std::lower_bound(totals.tenders.begin(), totals.tenders.end(), wanted,
                                   [&](const TenderTotal& one, const auto& other) { return key(one) < other; });
  if (at != totals.tenders.end() && key(*at) == wanted) {
    at->count += count;
    at->amount += amount;
    return;
  }
  totals.tenders.insert(at, TenderTotal{kind, method, count, amount});
}

void add_tenders(ShiftTotals& totals, const RetailTransaction& sale) {
  bool cash = false;
  for (const auto& tender : sale.tenders) {
    add_tender(totals, tender.kind, tender.method, 1, tender.amount);
    cash = cash || tender.kind == TenderKind::cash;
  }
  if (sale.change.is_zero()) return;
  // What is paid out for goods that come back is a payment of its own.
  add_tender(totals, TenderKind::cash, std::nullopt, cash ? 0 : 1, -sale.change);
}

void add_tax(ShiftTotals& totals, const TaxTotal& tax) {
  const auto key = [](const TaxTotal& one) { return std::pair(one.tax_category, one.rate); };
  const auto at = std::lower_bound(totals.taxes.begin(), totals.taxes.end(), key(tax),
                                   [&](const TaxTotal& one, const auto& other) { return key(one) < other; });
  if (at != totals.taxes.end() && key(*at) == key(tax)) {
    at->taxable += tax.taxable;
    at->tax += tax.tax;
    return;
  }
  totals.taxes.insert(at, tax);
}

void add_lines(ShiftTotals& totals, const RetailTransaction& sale) {
  bool sold = false;
  bool returned = false;
  Money deposits;
  auto priced = sale.priced.lines.begin();
  for (const auto& line : sale.lines) {
    if (line.voided) {
      ++totals.voided_lines;
      continue;
    }
    if (priced == sale.priced.lines.end()) break;  // a record that does not add up; whoever checks it says so
    if (gives_deposit_back(line)) {
      deposits -= priced->net;
    } else if (line.returns) {
      returned = true;
      totals.returns -= priced->net;
    } else {
      sold = true;
      totals.gross += priced->gross;
      totals.discounts += priced->gross - priced->net;
      if (line.price_override) ++totals.price_overrides;
      if (line.discount) ++totals.manual_discounts;
    }
    ++priced;
  }
  if (sold) ++totals.sale_count;
  if (returned) ++totals.return_count;
  if (deposits > Money{}) {
    totals.deposits_back = totals.deposits_back.value_or(Money{}) + deposits;
    totals.deposit_back_count = totals.deposit_back_count.value_or(0) + 1;
  }
  if (sale.discount) ++totals.manual_discounts;
}

}  // namespace

void add(ShiftTotals& totals, const RetailTransaction& sale) {
  add_lines(totals, sale);
  totals.tax_on_top += sale.priced.total - sale.priced.net;
  totals.turnover += sale.priced.total;
  totals.cash_rounding += sale.cash_adjustment;
  for (const auto& tax : sale.priced.taxes) add_tax(totals, tax);
  add_tenders(totals, sale);
  if (totals.first_receipt == 0) totals.first_receipt = sale.receipt_number;
  totals.last_receipt = sale.receipt_number;
}

void add(ShiftTotals& totals, const ControlTransaction& control) {
  switch (control.kind) {
    case ControlKind::shift_open:
      totals.opening_float += control.amount;
      break;
    case ControlKind::loan:
      totals.loans += control.amount;
      break;
    case ControlKind::paid_in:
      totals.paid_in += control.amount;
      ++totals.paid_in_count;
      break;
    case ControlKind::paid_out:
      totals.paid_out += control.amount;
      ++totals.paid_out_count;
      break;
    case ControlKind::pick_up:
      totals.pick_ups += control.amount;
      ++totals.pick_up_count;
      break;
    case ControlKind::no_sale:
      ++totals.no_sales;
      break;
    case ControlKind::basket_void:
      ++totals.voided_baskets;
      break;
    case ControlKind::basket_suspend:
      ++totals.suspended;
      break;
    case ControlKind::basket_recall:
      ++totals.recalled;
      break;
    case ControlKind::reprint:
      totals.reprints = totals.reprints.value_or(0) + 1;
      break;
    case ControlKind::shift_close:
    case ControlKind::cashier_change:
    case ControlKind::close_begun:
    case ControlKind::cash_counted:
    case ControlKind::unknown_code:
      break;
  }
}

Money expected_cash(const ShiftTotals& totals) {
  return totals.opening_float + totals.loans + totals.paid_in - totals.paid_out - totals.pick_ups +
         expected(totals, TenderKind::cash, std::nullopt);
}

Money expected(const ShiftTotals& totals, TenderKind kind, const std::optional<std::string>& method) {
  for (const auto& tender : totals.tenders) {
    if (tender.kind == kind && tender.method == method) return tender.amount;
  }
  return {};
}

}  // namespace lanekeeper::sale
