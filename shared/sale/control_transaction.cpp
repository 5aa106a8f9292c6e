#include "sale/control_transaction.h"

namespace lanekeeper::sale {

namespace {

tl::unexpected<Error> mismatch(std::string_view at) {
  return fail("control.mismatch", "The figures of this entry do not agree. Look at the till's journal.",
              {{"at", std::string(at)}});
}

// nullopt: no such count is possible.
std::optional<Money> sum_of(const std::vector<CashCount>& counts) {
  Money counted;
  for (const auto& count : counts) {
    if (count.count < 0 || count.denomination <= Money{}) return std::nullopt;
    const auto sum = multiply(count.denomination, Quantity::of_units(count.count));
    if (!sum) return std::nullopt;
    counted += *sum;
  }
  return counted;
}

Result<void> check_closing(const ControlTransaction& control) {
  const auto& closing = *control.closing;
  if (control.shift != closing.number) return mismatch("closing.number");
  const auto sum = sum_of(closing.counts);
  if (sum != control.amount) return mismatch("closing.counts");
  const Money counted = *sum;
  if (closing.checks.empty() || closing.checks.front().kind != TenderKind::cash) return mismatch("closing.checks");
  for (const auto& check : closing.checks) {
    const bool cash = check.kind == TenderKind::cash;
    if (cash && check.declared != counted) return mismatch("closing.checks.declared");
    const auto should = cash ? expected_cash(closing.totals) : expected(closing.totals, check.kind, check.method);
    if (check.expected != should) return mismatch("closing.checks.expected");
  }
  if (closing.left_in_drawer.is_negative() || closing.left_in_drawer > counted)
    return mismatch("closing.left_in_drawer");
  const auto& totals = closing.totals;
  const Money given_back = totals.returns + totals.deposits_back.value_or(Money{});
  if (totals.turnover != totals.gross - totals.discounts - given_back + totals.tax_on_top) {
    return mismatch("closing.totals.turnover");
  }
  Money tendered;
  for (const auto& tender : totals.tenders) tendered += tender.amount;
  if (tendered != totals.turnover + totals.cash_rounding) return mismatch("closing.totals.tenders");
  return {};
}

Result<void> check_all(const ControlTransaction& control) {
  if (control.amount.is_negative()) return mismatch("amount");
  if (control.opening.has_value() != (control.kind == ControlKind::shift_open)) return mismatch("opening");
  if (control.closing.has_value() != (control.kind == ControlKind::shift_close)) return mismatch("closing");
  const bool reprints = control.kind == ControlKind::reprint;
  if (control.receipt_number.has_value() != reprints || control.receipt_number.value_or(1) < 1)
    return mismatch("receipt_number");
  const bool counts = control.kind == ControlKind::cash_counted;
  if (control.counts.has_value() != counts) return mismatch("counts");
  if (counts && sum_of(*control.counts) != control.amount) return mismatch("counts");
  const bool scanned = control.kind == ControlKind::unknown_code;
  if (control.code.has_value() != scanned || (scanned && control.code->empty())) return mismatch("code");
  if (control.opening && control.shift != control.opening->number) return mismatch("opening.number");
  if (control.closing) return check_closing(control);
  return {};
}

}  // namespace

Money drawer_cash(const ControlTransaction& control) {
  switch (control.kind) {
    case ControlKind::shift_open:
      return control.amount - (control.opening ? control.opening->carried_over : Money{});
    case ControlKind::shift_close:
      if (!control.closing || control.closing->checks.empty()) return {};
      return control.closing->left_in_drawer - control.closing->checks.front().expected;
    case ControlKind::loan:
    case ControlKind::paid_in:
      return control.amount;
    case ControlKind::paid_out:
    case ControlKind::pick_up:
      return -control.amount;
    case ControlKind::no_sale:
    case ControlKind::basket_void:
    case ControlKind::basket_suspend:
    case ControlKind::basket_recall:
    case ControlKind::cashier_change:
    case ControlKind::reprint:
    case ControlKind::close_begun:
    case ControlKind::cash_counted:
    case ControlKind::unknown_code:
      return {};
  }
  return {};
}

Result<void> check_arithmetic(const ControlTransaction& control) {
  try {
    return check_all(control);
  } catch (const Fault&) {
    return mismatch("overflow");
  }
}

}  // namespace lanekeeper::sale
