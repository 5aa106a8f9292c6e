#include "sale/shift_trail.h"

#include <algorithm>

namespace lanekeeper::sale {

namespace {

constexpr std::string_view blind_permission = "sale.return_blind";

// Who allowed more later allowed it all.
std::int64_t allowed_by(const RetailTransaction& sale) {
  std::int64_t staff = sale.cashier;
  if (!sale.approvals) return staff;
  for (const auto& approval : *sale.approvals) {
    if (approval.permission == blind_permission) staff = approval.approved_by;
  }
  return staff;
}

}  // namespace

void follow(ShiftTrail& trail, const RetailTransaction& sale) {
  if (!sale.blind_return) return;
  const Money refund = refund_of(sale.lines, sale.priced);
  if (refund.is_zero()) return;
  const auto staff = allowed_by(sale);
  auto& all = trail.blind_refunds;
  const auto at = std::lower_bound(all.begin(), all.end(), staff,
                                   [](const BlindRefunds& one, std::int64_t wanted) { return one.staff < wanted; });
  if (at != all.end() && at->staff == staff) {
    at->amount += refund;
  } else {
    all.insert(at, {staff, refund});
  }
}

void follow(ShiftTrail& trail, const ControlTransaction& control) {
  switch (control.kind) {
    case ControlKind::shift_open:
    case ControlKind::shift_close:
      trail = {};
      break;
    case ControlKind::close_begun:
      trail.begun = control;
      break;
    case ControlKind::cash_counted:
      ++trail.counts_made;
      trail.counted = control;
      break;
    case ControlKind::no_sale:
      if (control.reason != close_cancelled_reason) break;
      trail.begun.reset();
      trail.counted.reset();
      break;
    default:
      break;
  }
}

Money blind_refunds_of(const ShiftTrail& trail, std::int64_t staff) {
  for (const auto& one : trail.blind_refunds) {
    if (one.staff == staff) return one.amount;
  }
  return {};
}

}  // namespace lanekeeper::sale
