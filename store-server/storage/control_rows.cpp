#include "storage/control_rows.h"

#include <algorithm>

#include "base/text.h"
#include "storage/short_text.h"

namespace lanekeeper::storage {

namespace {

constexpr std::size_t max_number = 32;  // characters, as the next one
constexpr std::size_t max_reason = 120;

std::string hex(const Uuid& id) {
  return to_hex(ByteView(id.bytes.data(), id.bytes.size()));
}

// sale::add() looks for the price of every line that is not voided.
bool has_all_prices(const sale::RetailTransaction& sale) {
  const auto lines = std::count_if(sale.lines.begin(), sale.lines.end(), [](const auto& line) { return !line.voided; });
  return lines == static_cast<std::int64_t>(sale.priced.lines.size());
}

std::optional<ShiftSum::Difference> compare(const sale::ShiftTotals& recorded, const sale::ShiftTotals& found) {
  const auto a = json::to_value(recorded);
  const auto b = json::to_value(found);
  for (const auto& [name, value] : a.items()) {
    const auto& other = b.at(name);
    if (value == other) continue;
    const auto text = [](const json::Value& v) { return v.is_string() ? v.get<std::string>() : v.dump(); };
    return ShiftSum::Difference{name, text(value), text(other)};
  }
  return std::nullopt;
}

}  // namespace

ControlRow row_of(const sale::ControlTransaction& control) {
  ControlRow row;
  row.control_id_hex = hex(control.id);
  row.kind = json::to_value(control.kind).get<std::string>();
  row.shift = control.shift;
  row.business_date = control.business_date.to_string();
  row.at_ms = control.at.instant.unix_ms;
  row.at_offset_min = control.at.utc_offset_min;
  row.cashier = control.cashier;
  row.cashier_number = shortened(control.cashier_number, max_number);
  if (control.approvals && !control.approvals->empty()) row.approver = control.approvals->front().approved_by;
  row.amount = control.amount.minor();
  row.reason = shortened(control.reason.value_or(std::string()), max_reason);
  if (control.basket) {
    row.basket_id_hex = hex(control.basket->basket);
    row.basket_total = control.basket->total.minor();
  }
  return row;
}

bool apply_opening(ShiftRow& row, std::int64_t sequence, const sale::ControlTransaction& control) {
  if (row.opened_sequence && *row.opened_sequence <= sequence) return false;
  row.opened_sequence = sequence;
  row.business_date = control.business_date.to_string();
  row.opened_ms = control.at.instant.unix_ms;
  row.opened_offset_min = control.at.utc_offset_min;
  row.opened_by = control.cashier;
  row.float_amount = control.amount.minor();
  row.carried_over = control.opening->carried_over.minor();
  return true;
}

bool apply_closing(ShiftRow& row, std::int64_t sequence, const sale::ControlTransaction& control) {
  if (row.closed_sequence && *row.closed_sequence <= sequence) return false;
  const auto& closing = *control.closing;
  row.closed_sequence = sequence;
  row.closed_ms = control.at.instant.unix_ms;
  row.closed_offset_min = control.at.utc_offset_min;
  row.closed_by = control.cashier;
  row.sale_count = closing.totals.sale_count;
  row.return_count = closing.totals.return_count;
  row.turnover = closing.totals.turnover.minor();
  row.cash_rounding = closing.totals.cash_rounding.minor();
  row.expected_cash = sale::expected_cash(closing.totals).minor();
  row.counted_cash = control.amount.minor();
  Money difference;
  for (const auto& check : closing.checks) difference += check.declared - check.expected;
  row.difference = difference.minor();
  row.left_in_drawer = closing.left_in_drawer.minor();
  row.state = ShiftState::incomplete;
  row.found_turnover = row.found_cash = std::nullopt;
  return true;
}

void ShiftSum::add(const journal::Event& event) {
  ++entries_;
  if (shift_of(event) != number_) return;
  try {
    add_up(event);
  } catch (const Fault& fault) {
    if (fault.code() != "money.overflow") throw;
    impossible_ = true;
  }
}

void ShiftSum::add_up(const journal::Event& event) {
  if (const auto* sale = std::get_if<sale::RetailTransaction>(&event)) {
    if (has_all_prices(*sale)) {
      sale::add(totals_, *sale);
    } else {
      impossible_ = true;
    }
    return;
  }
  const auto& control = std::get<sale::ControlTransaction>(event);
  sale::add(totals_, control);
  if (control.kind == sale::ControlKind::cash_counted) ++counts_;
  if (!control.closing || recorded_) return;
  recorded_ = control.closing->totals;
  recorded_recounts_ = control.closing->recounts;
}

std::optional<ShiftSum::Difference> ShiftSum::judge(ShiftRow& row) const {
  row.found_turnover = totals_.turnover.minor();
  row.found_cash = sale::expected_cash(totals_).minor();
  const bool complete = row.opened_sequence && row.closed_sequence && recorded_ &&
                        entries_ == *row.closed_sequence - *row.opened_sequence + 1;
  if (!complete) {
    row.state = ShiftState::incomplete;
    return std::nullopt;
  }
  auto difference = impossible_ ? std::optional(Difference{"sum", "", ""}) : compare(*recorded_, totals_);
  const auto recounts = counts_ - 1;
  if (!difference && counts_ > 0 && recorded_recounts_ != recounts) {
    difference = Difference{"recounts", std::to_string(recorded_recounts_.value_or(0)), std::to_string(recounts)};
  }
  row.state = difference ? ShiftState::differs : ShiftState::agrees;
  return difference;
}

std::optional<std::int64_t> shift_of(const journal::Event& event) {
  return std::visit([](const auto& fact) { return fact.shift; }, event);
}

}  // namespace lanekeeper::storage
