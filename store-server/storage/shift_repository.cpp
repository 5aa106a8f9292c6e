#include "storage/shift_repository.h"

#include "storage/batch.h"
#include "storage/enum_text.h"
#include "storage/uuid_text.h"

namespace lanekeeper::storage {

namespace {

constexpr std::string_view shift_columns =
    "till, number, business_date, opened_sequence, opened_ms, opened_offset_min, opened_by, float_amount, "
    "carried_over, closed_sequence, closed_ms, closed_offset_min, closed_by, sale_count, return_count, turnover, "
    "cash_rounding, expected_cash, counted_cash, difference, left_in_drawer, state, found_turnover, found_cash";

ShiftRow read_shift(const Rows& rows) {
  ShiftRow shift;
  shift.till = rows.integer(1);
  shift.number = rows.integer(2);
  shift.business_date = rows.text(3);
  shift.opened_sequence = rows.optional_integer(4);
  shift.opened_ms = rows.integer(5);
  shift.opened_offset_min = rows.integer(6);
  shift.opened_by = rows.integer(7);
  shift.float_amount = rows.integer(8);
  shift.carried_over = rows.integer(9);
  shift.closed_sequence = rows.optional_integer(10);
  shift.closed_ms = rows.integer(11);
  shift.closed_offset_min = rows.integer(12);
  shift.closed_by = rows.integer(13);
  shift.sale_count = rows.integer(14);
  shift.return_count = rows.integer(15);
  shift.turnover = rows.integer(16);
  shift.cash_rounding = rows.integer(17);
  shift.expected_cash = rows.integer(18);
  shift.counted_cash = rows.integer(19);
  shift.difference = rows.integer(20);
  shift.left_in_drawer = rows.integer(21);
  shift.state = enum_value<ShiftState>(rows.text(22));
  shift.found_turnover = rows.optional_integer(23);
  shift.found_cash = rows.optional_integer(24);
  return shift;
}

}  // namespace

void ShiftRepository::insert_controls(std::span<const ControlToStore> controls) {
  insert_rows<ControlToStore>(
      connection_,
      "INSERT INTO control_transaction (store_id, till, sequence, control_id, kind, shift, business_date, at_ms, "
      "at_offset_min, cashier, cashier_number, approver, amount, reason, basket_id, basket_total, exceptions) VALUES ",
      "(?,?,?,UNHEX(?),?,?,?,?,?,?,?,?,?,?,UNHEX(?),?,?)", "", controls, [&](Binder& b, const ControlToStore& control) {
        const auto& row = *control.row;
        b.add(store_id_).add(control.entry->till).add(control.entry->sequence).add(row.control_id_hex).add(row.kind);
        b.add(row.shift).add(row.business_date).add(row.at_ms).add(row.at_offset_min).add(row.cashier);
        b.add(row.cashier_number).add(row.approver).add(row.amount).add(row.reason);
        row.basket_id_hex.empty() ? b.add_null() : b.add(row.basket_id_hex);
        b.add(row.basket_total).add(control.exceptions);
      });
}

std::optional<std::int64_t> ShiftRepository::suspended_at(std::int64_t till, const Uuid& basket) {
  auto rows = connection_.query(
      "SELECT sequence FROM control_transaction WHERE store_id = ? AND basket_id = UNHEX(?) AND till = ? AND kind = "
      "'basket_suspend' ORDER BY sequence DESC LIMIT 1",
      store_id_, hex_of(basket), till);
  if (!rows.next()) return std::nullopt;
  return rows.integer(1);
}

void ShiftRepository::count_exception(std::int64_t till, std::int64_t sequence) {
  connection_.execute(
      "UPDATE control_transaction SET exceptions = exceptions + 1 WHERE store_id = ? AND till = ? AND sequence = ?",
      store_id_, till, sequence);
}

std::optional<ShiftRow> ShiftRepository::find(std::int64_t till, std::int64_t number) {
  auto rows = connection_.query(std::string("SELECT ") + std::string(shift_columns) +
                                    " FROM shift WHERE store_id = ? AND till = ? AND number = ?",
                                store_id_, till, number);
  if (!rows.next()) return std::nullopt;
  return read_shift(rows);
}

void ShiftRepository::save(std::span<const ShiftRow> shifts) {
  insert_rows<ShiftRow>(
      connection_, std::string("INSERT INTO shift (store_id, ") + std::string(shift_columns) + ") VALUES ",
      "(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
      " ON DUPLICATE KEY UPDATE business_date = VALUES(business_date), opened_sequence = VALUES(opened_sequence), "
      "opened_ms = VALUES(opened_ms), opened_offset_min = VALUES(opened_offset_min), opened_by = VALUES(opened_by), "
      "float_amount = VALUES(float_amount), carried_over = VALUES(carried_over), closed_sequence = "
      "VALUES(closed_sequence), closed_ms = VALUES(closed_ms), closed_offset_min = VALUES(closed_offset_min), "
      "closed_by = VALUES(closed_by), sale_count = VALUES(sale_count), return_count = VALUES(return_count), turnover = "
      "VALUES(turnover), cash_rounding = VALUES(cash_rounding), expected_cash = VALUES(expected_cash), counted_cash = "
      "VALUES(counted_cash), difference = VALUES(difference), left_in_drawer = VALUES(left_in_drawer), state = "
      "VALUES(state), found_turnover = VALUES(found_turnover), found_cash = VALUES(found_cash)",
      shifts, [&](Binder& b, const ShiftRow& s) {
        b.add(store_id_).add(s.till).add(s.number).add(s.business_date).add(s.opened_sequence).add(s.opened_ms);
        b.add(s.opened_offset_min).add(s.opened_by).add(s.float_amount).add(s.carried_over).add(s.closed_sequence);
        b.add(s.closed_ms).add(s.closed_offset_min).add(s.closed_by).add(s.sale_count).add(s.return_count);
        b.add(s.turnover).add(s.cash_rounding).add(s.expected_cash).add(s.counted_cash).add(s.difference);
        b.add(s.left_in_drawer).add(enum_text(s.state)).add(s.found_turnover).add(s.found_cash);
      });
}

std::vector<ShiftRow> ShiftRepository::of_day(const Date& business_date) {
  std::vector<ShiftRow> shifts;
  auto rows = connection_.query(std::string("SELECT ") + std::string(shift_columns) +
                                    " FROM shift WHERE store_id = ? AND business_date = ? ORDER BY till, number",
                                store_id_, business_date.to_string());
  while (rows.next()) shifts.push_back(read_shift(rows));
  return shifts;
}

std::vector<ShiftLossRow> ShiftRepository::losses_of_day(const Date& business_date) {
  std::vector<ShiftLossRow> losses;
  auto rows = connection_.query(
      "SELECT l.till, l.number, l.lost_ms, l.lost_offset_min, l.lost_by, l.reason FROM shift s JOIN shift_loss l ON "
      "l.store_id = s.store_id AND l.till = s.till AND l.number = s.number WHERE s.store_id = ? AND s.business_date = "
      "?",
      store_id_, business_date.to_string());
  while (rows.next()) {
    losses.push_back({rows.integer(1),
                      rows.integer(2),
                      {{rows.integer(3)}, static_cast<int>(rows.integer(4))},
                      rows.integer(5),
                      rows.text(6)});
  }
  return losses;
}

bool ShiftRepository::is_lost(std::int64_t till, std::int64_t number) {
  auto rows = connection_.query("SELECT 1 FROM shift_loss WHERE store_id = ? AND till = ? AND number = ?", store_id_,
                                till, number);
  return rows.next();
}

void ShiftRepository::add_loss(const ShiftLossRow& loss) {
  connection_.execute(
      "INSERT INTO shift_loss (store_id, till, number, lost_ms, lost_offset_min, lost_by, reason) VALUES (?, ?, ?, ?, "
      "?, ?, ?)",
      store_id_, loss.till, loss.number, loss.at.instant.unix_ms, std::int64_t{loss.at.utc_offset_min}, loss.by,
      loss.reason);
}

std::vector<std::pair<std::int64_t, std::string>> ShiftRepository::payloads(std::int64_t till, std::int64_t first,
                                                                            std::int64_t last, std::int64_t limit) {
  std::vector<std::pair<std::int64_t, std::string>> found;
  auto rows = connection_.query(
      "SELECT sequence, payload FROM journal_entry WHERE store_id = ? AND till = ? AND sequence BETWEEN ? AND ? ORDER "
      "BY sequence LIMIT ?",
      store_id_, till, first, last, limit);
  while (rows.next()) found.emplace_back(rows.integer(1), rows.text(2));
  return found;
}

}  // namespace lanekeeper::storage
