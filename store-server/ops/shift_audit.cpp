#include "ops/shift_audit.h"

#include <fmt/format.h>

#include "ops/row_comparison.h"
#include "storage/enum_text.h"

namespace lanekeeper::ops {

void ShiftAudit::add(std::int64_t sequence, const journal::Event& event) {
  const auto number = storage::shift_of(event);
  const auto* control = std::get_if<sale::ControlTransaction>(&event);
  const bool opens = control != nullptr && control->kind == sale::ControlKind::shift_open && control->opening;
  const bool closes = control != nullptr && control->kind == sale::ControlKind::shift_close && control->closing;
  if (number && seen_.insert(*number).second) {
    auto& added = running_.try_emplace(*number, Running{{}, storage::ShiftSum(*number)}).first->second;
    added.row.till = till_;
    added.row.number = *number;
  }
  if (number && opens) {
    if (const auto shift = running_.find(*number); shift != running_.end()) {
      storage::apply_opening(shift->second.row, sequence, *control);
    }
  }
  for (auto& [_, shift] : running_) {
    if (shift.row.opened_sequence) shift.sum.add(event);
  }
  const auto closed = number && closes ? running_.find(*number) : running_.end();
  if (closed == running_.end()) return;
  auto& shift = closed->second;
  storage::apply_closing(shift.row, sequence, *control);
  if (shift.row.opened_sequence) (void)shift.sum.judge(shift.row);
  compare(shift.row);
  running_.erase(closed);
}

std::int64_t ShiftAudit::finish() {
  for (const auto& [_, shift] : running_) compare(shift.row);
  return static_cast<std::int64_t>(seen_.size());
}

void ShiftAudit::compare(const storage::ShiftRow& expected) {
  const auto key = fmt::format("till {}, number {}", till_, expected.number);
  RowComparison row("shift", key);
  const auto found = shifts_.find(till_, expected.number);
  if (!found) row.missing_row();
  // Without its opening it has the date of the entry that happened to come first.
  if (expected.opened_sequence) row.column("business_date", expected.business_date, found->business_date);
  row.column("opened_sequence", expected.opened_sequence, found->opened_sequence);
  row.column("opened_ms", expected.opened_ms, found->opened_ms);
  row.column("opened_offset_min", expected.opened_offset_min, found->opened_offset_min);
  row.column("opened_by", expected.opened_by, found->opened_by);
  row.column("float_amount", expected.float_amount, found->float_amount);
  row.column("carried_over", expected.carried_over, found->carried_over);
  row.column("closed_sequence", expected.closed_sequence, found->closed_sequence);
  row.column("closed_ms", expected.closed_ms, found->closed_ms);
  row.column("closed_offset_min", expected.closed_offset_min, found->closed_offset_min);
  row.column("closed_by", expected.closed_by, found->closed_by);
  row.column("sale_count", expected.sale_count, found->sale_count);
  row.column("return_count", expected.return_count, found->return_count);
  row.column("turnover", expected.turnover, found->turnover);
  row.column("cash_rounding", expected.cash_rounding, found->cash_rounding);
  row.column("expected_cash", expected.expected_cash, found->expected_cash);
  row.column("counted_cash", expected.counted_cash, found->counted_cash);
  row.column("difference", expected.difference, found->difference);
  row.column("left_in_drawer", expected.left_in_drawer, found->left_in_drawer);
  row.column("state", storage::enum_text(expected.state), storage::enum_text(found->state));
  row.column("found_turnover", expected.found_turnover, found->found_turnover);
  row.column("found_cash", expected.found_cash, found->found_cash);
}

}  // namespace lanekeeper::ops
