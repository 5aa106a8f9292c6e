#include "storage/audit_reader.h"

#include <algorithm>
#include <charconv>

#include "base/text.h"

namespace lanekeeper::storage {

namespace {

template <std::size_t N>
std::array<unsigned char, N> bytes_from(const std::string& text) {
  std::array<unsigned char, N> bytes{};
  // A value of the wrong length was edited: it will not be the expected one.
  std::copy_n(text.begin(), std::min(text.size(), N), bytes.begin());
  return bytes;
}

struct CountedTable {
  std::string_view table;
  std::string_view sql;
};
constexpr CountedTable counted_tables[] = {
    {"journal_entry", "SELECT COUNT(*) FROM journal_entry WHERE store_id = ?"},
    {"journal_set_aside", "SELECT COUNT(*) FROM journal_set_aside WHERE store_id = ?"},
    {"sale", "SELECT COUNT(*) FROM sale WHERE store_id = ?"},
    {"sale_line", "SELECT COUNT(*) FROM sale_line WHERE store_id = ?"},
    {"sale_tax", "SELECT COUNT(*) FROM sale_tax WHERE store_id = ?"},
    {"sale_tender", "SELECT COUNT(*) FROM sale_tender WHERE store_id = ?"},
    {"sale_return", "SELECT COUNT(*) FROM sale_return WHERE store_id = ?"},
    {"sale_promotion_use", "SELECT COUNT(*) FROM sale_promotion_use WHERE store_id = ?"},
    {"coupon_redemption", "SELECT COUNT(*) FROM coupon_redemption WHERE store_id = ?"},
    {"control_transaction", "SELECT COUNT(*) FROM control_transaction WHERE store_id = ?"},
    {"shift", "SELECT COUNT(*) FROM shift WHERE store_id = ?"},
    {"cash_movement", "SELECT COUNT(*) FROM cash_movement WHERE store_id = ?"},
    {"stock_movement", "SELECT COUNT(*) FROM stock_movement WHERE store_id = ?"},
    {"stock_balance", "SELECT COUNT(*) FROM stock_balance WHERE store_id = ?"},
    {"cash_balance", "SELECT COUNT(*) FROM cash_balance WHERE store_id = ?"},
    {"till_head", "SELECT COUNT(*) FROM till_head WHERE store_id = ?"},
};

}  // namespace

std::vector<std::int64_t> AuditReader::tills() {
  std::vector<std::int64_t> tills;
  auto rows = connection_.query(
      "SELECT till FROM (SELECT DISTINCT till FROM journal_entry WHERE store_id = ? UNION SELECT DISTINCT till FROM "
      "journal_set_aside WHERE store_id = ? UNION SELECT till FROM till_head WHERE store_id = ? UNION SELECT DISTINCT "
      "till FROM sale WHERE store_id = ? UNION SELECT DISTINCT till FROM control_transaction WHERE store_id = ? UNION "
      "SELECT till FROM cash_balance WHERE store_id = ?) t ORDER BY till",
      store_id_, store_id_, store_id_, store_id_, store_id_, store_id_);
  while (rows.next()) tills.push_back(rows.integer(1));
  return tills;
}

std::vector<AuditedEntry> AuditReader::entries(std::int64_t till, std::int64_t after_sequence, std::int64_t limit) {
  std::vector<AuditedEntry> entries;
  auto rows = connection_.query(
      "SELECT sequence, previous, hash, signature, payload, received_ms FROM journal_entry WHERE store_id = ? AND till "
      "= "
      "? AND sequence > ? ORDER BY sequence LIMIT ?",
      store_id_, till, after_sequence, limit);
  while (rows.next()) {
    entries.push_back({{till, rows.integer(1), bytes_from<32>(rows.text(2)), bytes_from<32>(rows.text(3)),
                        bytes_from<64>(rows.text(4)), rows.text(5)},
                       rows.integer(6)});
  }
  return entries;
}

std::vector<AuditedAside> AuditReader::set_aside(std::int64_t till) {
  std::vector<AuditedAside> entries;
  auto rows = connection_.query(
      "SELECT sequence, previous, hash, signature, payload, content_hash, authentic, outcome FROM journal_set_aside "
      "WHERE store_id = ? AND till = ? ORDER BY sequence, content_hash",
      store_id_, till);
  while (rows.next()) {
    AuditedAside aside;
    aside.entry = {till,
                   rows.integer(1),
                   bytes_from<32>(rows.text(2)),
                   bytes_from<32>(rows.text(3)),
                   bytes_from<64>(rows.text(4)),
                   rows.text(5)};
    aside.content_hash = bytes_from<32>(rows.text(6));
    aside.authentic = rows.boolean(7);
    aside.conflict = rows.text(8) == "conflict";
    entries.push_back(std::move(aside));
  }
  return entries;
}

std::map<std::int64_t, AuditedSale> AuditReader::sales(std::int64_t till, std::int64_t first, std::int64_t last) {
  std::map<std::int64_t, AuditedSale> sales;
  read_headers(till, first, last, sales);
  read_parts(till, first, last, sales);
  read_promotion_parts(till, first, last, sales);
  return sales;
}

void AuditReader::read_headers(std::int64_t till, std::int64_t first, std::int64_t last,
                               std::map<std::int64_t, AuditedSale>& into) {
  auto rows = connection_.query(
      "SELECT sequence, LOWER(HEX(sale_id)), receipt_number, business_date, started_ms, completed_ms, "
      "completed_offset_min, cashier, cashier_number, catalogue_version, line_count, gross, discount, net, tax, total, "
      "cash_adjustment, payable, change_given, exceptions, shift, member_id FROM sale WHERE store_id = ? AND till = ? "
      "AND "
      "sequence "
      "BETWEEN "
      "? AND ?",
      store_id_, till, first, last);
  while (rows.next()) {
    auto& sale = into[rows.integer(1)];
    sale.header = SaleHeaderRow{
        rows.text(2),     rows.integer(3),  rows.text(4),     rows.integer(5),           rows.integer(6),
        rows.integer(7),  rows.integer(8),  rows.text(9),     rows.integer(10),          rows.integer(11),
        rows.integer(12), rows.integer(13), rows.integer(14), rows.integer(15),          rows.integer(16),
        rows.integer(17), rows.integer(18), rows.integer(19), rows.optional_integer(21), rows.optional_integer(22)};
    sale.exceptions = rows.integer(20);
  }
  auto raised = connection_.query(
      "SELECT sequence, COUNT(*) FROM journal_exception WHERE store_id = ? AND till = ? AND sequence BETWEEN ? AND ? "
      "AND "
      "kind NOT IN ('journal.conflict', 'journal.malformed') GROUP BY sequence",
      store_id_, till, first, last);
  while (raised.next()) into[raised.integer(1)].raised = raised.integer(2);
}

void AuditReader::read_parts(std::int64_t till, std::int64_t first, std::int64_t last,
                             std::map<std::int64_t, AuditedSale>& into) {
  constexpr std::string_view range =
      " WHERE store_id = ? AND till = ? AND sequence BETWEEN ? AND ? ORDER BY sequence, ";
  const auto ask = [&](std::string_view select, std::string_view order) {
    return connection_.query(std::string(select) + std::string(range) + std::string(order), store_id_, till, first,
                             last);
  };
  auto lines =
      ask("SELECT sequence, line, item_id, category_id, tax_category_id, quantity, unit_price, regular_unit_price, "
          "override_by, gross, discount, net, tax, voided FROM sale_line",
          "line");
  while (lines.next()) {
    into[lines.integer(1)].lines.push_back({lines.integer(2), lines.integer(3), lines.integer(4), lines.integer(5),
                                            lines.integer(6), lines.integer(7), lines.optional_integer(8),
                                            lines.optional_integer(9), lines.integer(10), lines.integer(11),
                                            lines.integer(12), lines.integer(13), lines.boolean(14)});
  }
  auto taxes = ask("SELECT sequence, position, tax_category_id, rate_per_10k, taxable, tax FROM sale_tax", "position");
  while (taxes.next()) {
    into[taxes.integer(1)].taxes.push_back(
        {taxes.integer(2), taxes.integer(3), taxes.integer(4), taxes.integer(5), taxes.integer(6)});
  }
  auto tenders =
      ask("SELECT sequence, position, kind, amount, method, reference, face_value FROM sale_tender", "position");
  while (tenders.next()) {
    into[tenders.integer(1)].tenders.push_back({tenders.integer(2), tenders.text(3), tenders.integer(4),
                                                tenders.is_null(5) ? std::nullopt : std::optional(tenders.text(5)),
                                                tenders.text(6), tenders.optional_integer(7)});
  }
  auto cash = connection_.query(
      "SELECT document, amount FROM cash_movement WHERE store_id = ? AND till = ? AND source = 1 AND document BETWEEN "
      "? "
      "AND ?",
      store_id_, till, first, last);
  while (cash.next()) into[cash.integer(1)].drawer_cash = cash.integer(2);
}

std::map<std::int64_t, AuditedControl> AuditReader::controls(std::int64_t till, std::int64_t first, std::int64_t last) {
  std::map<std::int64_t, AuditedControl> controls;
  auto rows = connection_.query(
      "SELECT sequence, LOWER(HEX(control_id)), kind, shift, business_date, at_ms, at_offset_min, cashier, "
      "cashier_number, approver, amount, reason, LOWER(HEX(basket_id)), basket_total, exceptions FROM "
      "control_transaction WHERE store_id = ? AND till = ? AND sequence BETWEEN ? AND ?",
      store_id_, till, first, last);
  while (rows.next()) {
    auto& control = controls[rows.integer(1)];
    control.row = ControlRow{rows.text(2),
                             rows.text(3),
                             rows.optional_integer(4),
                             rows.text(5),
                             rows.integer(6),
                             rows.integer(7),
                             rows.integer(8),
                             rows.text(9),
                             rows.optional_integer(10),
                             rows.integer(11),
                             rows.text(12),
                             rows.text(13),
                             rows.optional_integer(14)};
    control.exceptions = rows.integer(15);
  }
  auto cash = connection_.query(
      "SELECT document, amount FROM cash_movement WHERE store_id = ? AND till = ? AND source = 2 AND document BETWEEN "
      "? AND ?",
      store_id_, till, first, last);
  while (cash.next()) controls[cash.integer(1)].drawer_cash = cash.integer(2);
  return controls;
}

void AuditReader::read_promotion_parts(std::int64_t till, std::int64_t first, std::int64_t last,
                                       std::map<std::int64_t, AuditedSale>& into) {
  constexpr std::string_view range =
      " WHERE store_id = ? AND till = ? AND sequence BETWEEN ? AND ? ORDER BY sequence, ";
  const auto ask = [&](std::string_view select, std::string_view order) {
    return connection_.query(std::string(select) + std::string(range) + std::string(order), store_id_, till, first,
                             last);
  };
  auto returns =
      ask("SELECT sequence, line, LOWER(HEX(original_sale_id)), original_till, original_receipt, original_line, "
          "returned_before, quantity, amount, tax, to_stock, to_supplier, reason FROM sale_return",
          "line");
  while (returns.next()) {
    const auto reason = returns.is_null(13) ? std::nullopt : std::optional(returns.text(13));
    into[returns.integer(1)].returns.push_back({returns.integer(2), returns.text(3), returns.integer(4),
                                                returns.integer(5), returns.integer(6), returns.integer(7),
                                                returns.integer(8), returns.integer(9), returns.integer(10),
                                                returns.boolean(11), returns.boolean(12), reason});
  }
  auto uses = ask("SELECT sequence, promotion, member_id, business_date, uses FROM sale_promotion_use", "promotion");
  while (uses.next()) {
    into[uses.integer(1)].uses.push_back({uses.text(2), uses.integer(3), uses.text(4), uses.integer(5)});
  }
  auto coupons = ask("SELECT sequence, code, promotion FROM coupon_redemption", "code");
  while (coupons.next()) into[coupons.integer(1)].coupons.push_back({coupons.text(2), coupons.text(3)});
}

std::optional<WrongUses> AuditReader::wrong_uses() {
  auto rows = connection_.query(
      "SELECT promotion, member_id, business_date, SUM(expected), SUM(found) FROM ("
      "SELECT promotion, 0 AS member_id, business_date, uses AS expected, 0 AS found FROM sale_promotion_use WHERE "
      "store_id = ? UNION ALL "
      "SELECT promotion, member_id, business_date, uses, 0 FROM sale_promotion_use WHERE store_id = ? AND member_id <> "
      "0 UNION ALL "
      "SELECT promotion, member_id, business_date, 0, uses FROM promotion_use WHERE store_id = ?) u "
      "GROUP BY promotion, member_id, business_date HAVING SUM(expected) <> SUM(found) "
      "ORDER BY promotion, member_id, business_date LIMIT 1",
      store_id_, store_id_, store_id_);
  if (!rows.next()) return std::nullopt;
  return WrongUses{{rows.text(1), rows.integer(2), rows.text(3)}, rows.integer(4), rows.integer(5)};
}

bool AuditReader::has_exception(std::int64_t till, std::int64_t sequence, const std::string& kind) {
  auto rows = connection_.query(
      "SELECT 1 FROM journal_exception WHERE store_id = ? AND till = ? AND sequence = ? AND kind = ? LIMIT 1",
      store_id_, till, sequence, kind);
  return rows.next();
}

bool AuditReader::is_known_gap(std::int64_t till, std::int64_t first, std::int64_t last) {
  auto rows = connection_.query(
      "SELECT details FROM journal_exception WHERE store_id = ? AND till = ? AND sequence > ? AND kind = 'journal.gap' "
      "ORDER BY sequence LIMIT 1",
      store_id_, till, last);
  if (!rows.next()) return false;
  const auto details = json::parse(rows.text(1));
  if (!details || !details->is_object() || !details->contains("from") || !details->at("from").is_string()) return false;
  const auto& from = details->at("from").get_ref<const std::string&>();
  std::int64_t number = 0;
  const auto read = std::from_chars(from.data(), from.data() + from.size(), number);
  return read.ec == std::errc{} && number <= first;
}

std::optional<std::int64_t> AuditReader::cash_balance(std::int64_t till) {
  auto rows = connection_.query("SELECT amount FROM cash_balance WHERE store_id = ? AND till = ?", store_id_, till);
  if (!rows.next()) return std::nullopt;
  return rows.integer(1);
}

std::vector<AuditedMovement> AuditReader::movements_after(const AuditedMovement& last, std::int64_t limit) {
  std::vector<AuditedMovement> movements;
  const auto read = [&](Rows rows) {
    while (rows.next()) {
      movements.push_back(
          {rows.integer(1), rows.integer(2), rows.integer(3), rows.integer(4), rows.integer(5), rows.integer(6)});
    }
  };
  constexpr std::string_view columns =
      "SELECT item_id, recorded_ms, source, till, document, quantity FROM stock_movement WHERE store_id = ? AND "
      "item_id ";
  constexpr std::string_view order = " ORDER BY item_id, recorded_ms, source, till, document LIMIT ?";
  // The rest of the item, then the following items: each a range of the primary key.
  read(
      connection_.query(std::string(columns) +
                            "= ? AND (recorded_ms > ? OR (recorded_ms = ? AND (source > ? OR (source = ? AND (till > ? "
                            "OR (till = ? AND document > ?))))))" +
                            std::string(order),
                        store_id_, last.item_id, last.recorded_ms, last.recorded_ms, last.source, last.source,
                        last.till, last.till, last.document, limit));
  if (const auto left = limit - static_cast<std::int64_t>(movements.size()); left > 0) {
    read(connection_.query(std::string(columns) + "> ?" + std::string(order), store_id_, last.item_id, left));
  }
  return movements;
}

std::map<std::int64_t, std::int64_t> AuditReader::balances_after(std::int64_t item, std::int64_t limit) {
  std::map<std::int64_t, std::int64_t> balances;
  auto rows = connection_.query(
      "SELECT item_id, quantity FROM stock_balance WHERE store_id = ? AND item_id > ? ORDER BY item_id LIMIT ?",
      store_id_, item, limit);
  while (rows.next()) balances[rows.integer(1)] = rows.integer(2);
  return balances;
}

ExpectedMovement AuditReader::expected_for(const AuditedMovement& movement) {
  ExpectedMovement expected;
  auto entry = connection_.query(
      "SELECT received_ms, payload FROM journal_entry WHERE store_id = ? AND till = ? AND sequence = ?", store_id_,
      movement.till, movement.document);
  if (!entry.next()) return expected;
  expected.received_ms = entry.integer(1);
  // Where goods that came back went stands in the sale only.
  const auto sale = journal::decode_sale(entry.text(2));
  if (!sale) return expected;
  for (const auto& row : rows_of(*sale).stock) {
    if (row.item_id == movement.item_id) expected.sold = -row.quantity;
  }
  return expected;
}

std::optional<std::int64_t> AuditReader::movement(const AuditedMovement& key) {
  auto rows = connection_.query(
      "SELECT quantity FROM stock_movement WHERE store_id = ? AND item_id = ? AND recorded_ms = ? AND source = ? AND "
      "till = ? AND document = ?",
      store_id_, key.item_id, key.recorded_ms, key.source, key.till, key.document);
  if (!rows.next()) return std::nullopt;
  return rows.integer(1);
}

std::int64_t AuditReader::count(const std::string& table) {
  for (const auto& [name, sql] : counted_tables) {
    if (name != table) continue;
    auto rows = connection_.query(sql, store_id_);
    return rows.next() ? rows.integer(1) : 0;
  }
  throw Fault("db.error", "not a table of the audit: " + table);
}

}  // namespace lanekeeper::storage
