#include "storage/sale_rows.h"

#include <algorithm>

#include "base/text.h"
#include "storage/short_text.h"

namespace lanekeeper::storage {

namespace {

constexpr std::size_t max_cashier_number = 32;  // characters, as the next ones
constexpr std::size_t max_method = 64;
constexpr std::size_t max_reference = 80;
constexpr std::size_t max_reason = 120;

SaleHeaderRow header_of(const sale::RetailTransaction& sale) {
  SaleHeaderRow row;
  row.sale_id_hex = to_hex(ByteView(sale.id.bytes.data(), sale.id.bytes.size()));
  row.receipt_number = sale.receipt_number;
  row.business_date = sale.business_date.to_string();
  row.started_ms = sale.started_at.instant.unix_ms;
  row.completed_ms = sale.completed_at.instant.unix_ms;
  row.completed_offset_min = sale.completed_at.utc_offset_min;
  row.cashier = sale.cashier;
  row.cashier_number = shortened(sale.cashier_number, max_cashier_number);
  row.catalogue_version = sale.catalogue_version;
  row.line_count = static_cast<std::int64_t>(sale.priced.lines.size());
  row.gross = sale.priced.gross.minor();
  row.discount = sale.priced.discount.minor();
  row.net = sale.priced.net.minor();
  Money tax;
  for (const auto& total : sale.priced.taxes) tax += total.tax;
  row.tax = tax.minor();
  row.total = sale.priced.total.minor();
  row.cash_adjustment = sale.cash_adjustment.minor();
  row.payable = sale.payable.minor();
  row.change_given = sale.change.minor();
  row.shift = sale.shift;
  if (sale.member) row.member_id = sale.member->id;
  return row;
}

// Priced lines stand in the order of the basket, without the voided ones. Where a broken sale has no priced line for a
// basket line, its amounts are zero.
std::vector<SaleLineRow> lines_of(const sale::RetailTransaction& sale) {
  std::vector<SaleLineRow> rows;
  rows.reserve(sale.lines.size());
  auto priced = sale.priced.lines.begin();
  for (const auto& line : sale.lines) {
    SaleLineRow row;
    row.line = static_cast<std::int64_t>(rows.size()) + 1;
    row.item_id = line.item;
    row.category_id = line.category;
    row.tax_category_id = line.tax_category;
    row.quantity = line.quantity.milli();
    row.unit_price = line.unit_price.minor();
    if (line.price_override) {
      row.regular_unit_price = line.price_override->regular_unit_price.minor();
      row.override_by = line.price_override->approved_by;
    }
    row.voided = line.voided;
    if (!line.voided && priced != sale.priced.lines.end() && priced->line == line.line) {
      row.gross = priced->gross.minor();
      row.net = priced->net.minor();
      row.tax = priced->tax.minor();
      row.discount = (priced->gross - priced->net).minor();
      ++priced;
    }
    rows.push_back(row);
  }
  return rows;
}

std::vector<StockMovementRow> stock_of(const sale::RetailTransaction& sale) {
  std::vector<StockMovementRow> rows;
  for (const auto& line : sale.lines) {
    // Nobody keeps stock of pledges: as many are given back as may be.
    const bool moves_stock =
        !line.deposit.value_or(false) && (!line.returns || line.returns->to == sale::ReturnedTo::stock);
    if (!line.voided && moves_stock) rows.push_back({line.item, line.quantity.milli()});
  }
  std::sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) { return a.item_id < b.item_id; });
  std::size_t kept = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (kept > 0 && rows[kept - 1].item_id == rows[i].item_id) {
      rows[kept - 1].quantity =
          (Quantity::of_milli(rows[kept - 1].quantity) + Quantity::of_milli(rows[i].quantity)).milli();
    } else {
      rows[kept++] = rows[i];
    }
  }
  rows.resize(kept);
  for (auto& row : rows) row.quantity = (-Quantity::of_milli(row.quantity)).milli();
  return rows;
}

std::vector<SaleTenderRow> tenders_of(const sale::RetailTransaction& sale) {
  std::vector<SaleTenderRow> rows;
  rows.reserve(sale.tenders.size());
  for (const auto& tender : sale.tenders) {
    SaleTenderRow row;
    row.position = static_cast<std::int64_t>(rows.size()) + 1;
    row.kind = json::to_value(tender.kind).get<std::string>();
    row.amount = tender.amount.minor();
    if (tender.method) row.method = shortened(*tender.method, max_method);
    row.reference = shortened(tender.reference, max_reference);
    if (tender.face_value) row.face_value = tender.face_value->minor();
    rows.push_back(std::move(row));
  }
  return rows;
}

std::vector<SaleReturnRow> returns_of(const sale::RetailTransaction& sale) {
  std::vector<SaleReturnRow> rows;
  if (!sale.returned_sale) return rows;
  const auto& original = *sale.returned_sale;
  std::int64_t position = 0;
  for (const auto& line : sale.lines) {
    ++position;
    if (line.voided || !line.returns || sale::gives_deposit_back(line)) continue;
    SaleReturnRow row;
    row.line = position;
    row.original_sale_hex = to_hex(ByteView(original.sale.bytes.data(), original.sale.bytes.size()));
    row.original_till = original.till;
    row.original_receipt = original.receipt_number;
    row.original_line = line.returns->line;
    row.returned_before = line.returns->returned_before.milli();
    row.quantity = (-line.quantity).milli();
    row.amount = (-line.fixed_amount.value_or(Money{})).minor();
    row.tax = (-line.returns->tax).minor();
    row.to_stock = line.returns->to == sale::ReturnedTo::stock;
    row.to_supplier = line.returns->to == sale::ReturnedTo::supplier;
    if (line.returns->reason) row.reason = shortened(*line.returns->reason, max_reason);
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace

SaleRows rows_of(const sale::RetailTransaction& sale) {
  SaleRows rows;
  rows.header = header_of(sale);
  rows.lines = lines_of(sale);
  rows.taxes.reserve(sale.priced.taxes.size());
  for (const auto& tax : sale.priced.taxes) {
    rows.taxes.push_back({static_cast<std::int64_t>(rows.taxes.size()) + 1, tax.tax_category, tax.rate.per_10k(),
                          tax.taxable.minor(), tax.tax.minor()});
  }
  rows.tenders = tenders_of(sale);
  rows.returns = returns_of(sale);
  rows.stock = stock_of(sale);
  rows.drawer_cash = sale::drawer_cash(sale).minor();
  return rows;
}

}  // namespace lanekeeper::storage
