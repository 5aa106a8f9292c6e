// What is shown of a shift. The close is blind: who still has to count the drawer is told nothing from which its
// contents could be reckoned.

#include <algorithm>

#include "register/register_impl.h"

namespace lanekeeper::till {

namespace {

constexpr std::int64_t full_hundred = 100'00;  // minor units

sale::ShiftTotals without_money(const sale::ShiftTotals& totals) {
  sale::ShiftTotals counters;
  counters.sale_count = totals.sale_count;
  counters.return_count = totals.return_count;
  counters.deposit_back_count = totals.deposit_back_count;
  for (const auto& tender : totals.tenders) {
    counters.tenders.push_back({tender.kind, tender.method, tender.count, Money()});
  }
  counters.voided_lines = totals.voided_lines;
  counters.voided_baskets = totals.voided_baskets;
  counters.price_overrides = totals.price_overrides;
  counters.manual_discounts = totals.manual_discounts;
  counters.no_sales = totals.no_sales;
  counters.suspended = totals.suspended;
  counters.recalled = totals.recalled;
  counters.reprints = totals.reprints;
  counters.paid_in_count = totals.paid_in_count;
  counters.paid_out_count = totals.paid_out_count;
  counters.pick_up_count = totals.pick_up_count;
  counters.first_receipt = totals.first_receipt;
  counters.last_receipt = totals.last_receipt;
  return counters;
}

Money rounded_up(Money amount) {
  const auto hundreds = (amount.minor() + full_hundred - 1) / full_hundred;
  return Money::of_minor(hundreds * full_hundred);
}

}  // namespace

namespace detail {

ViewShift view_shift(const OpenShiftState& shift, const std::optional<ShiftCloseDraft>& close,
                     const access::StaffMember* cashier, const std::optional<Money>& pick_up_at) {
  ViewShift view;
  view.number = shift.opening.opening->number;
  view.opened_at = shift.opening.at;
  view.business_date = shift.opening.business_date;
  view.opened_by = shift.opening.cashier;
  view.opening_float = shift.opening.amount;
  view.counters = without_money(shift.totals);
  for (const auto& tender : shift.totals.tenders) {
    if (tender.kind != sale::TenderKind::cash) view.not_cash.push_back(tender);
  }
  if (cashier == nullptr) return view;
  const bool open = access::allows(cashier->role, access::Permission::sales_read) || (close && close->counted);
  if (open) view.totals = shift.totals;
  if (!pick_up_at) return view;
  const auto over = sale::expected_cash(shift.totals) - *pick_up_at;
  if (over > Money()) view.drawer_cash_over = open ? over : rounded_up(over);
  return view;
}

ViewClose view_close(const ShiftCloseDraft& close, const OpenShiftState& shift, const access::StaffMember* cashier,
                     Money tolerance, Money usual_float) {
  ViewClose view;
  view.obstacles = close.obstacles;
  view.counts = close.counts;
  view.is_counted = close.counted;
  view.recounts = close.recounts;
  view.resumed = close.resumed;
  view.z_number = shift.opening.opening->number;
  view.usual_float = usual_float;
  bool any_over = false;
  for (const auto& check : close.checks) {
    const bool over = is_over(check, tolerance);
    any_over = any_over || over;
    view.checks.push_back({check, check.declared - check.expected, over});
  }
  if (!close.checks.empty()) view.counted = close.checks.front().declared;
  const bool may_sign = cashier != nullptr && access::allows(cashier->role, access::Permission::shift_difference);
  view.needs_signature = any_over && !may_sign;
  return view;
}

}  // namespace detail

}  // namespace lanekeeper::till
