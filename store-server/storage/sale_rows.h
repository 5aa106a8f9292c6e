// A sale as rows of the database. One pure mapping, used when a sale is stored and again when the audit looks whether
// the rows are still those of the signed entry.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "journal/chain.h"
#include "sale/retail_transaction.h"

namespace lanekeeper::storage {

// Amounts in hundredths, quantities in thousandths, times in milliseconds, as in the tables.
struct SaleHeaderRow {
  std::string sale_id_hex;
  std::int64_t receipt_number = 0;
  std::string business_date;
  std::int64_t started_ms = 0;
  std::int64_t completed_ms = 0;
  std::int64_t completed_offset_min = 0;
  std::int64_t cashier = 0;
  std::string cashier_number;  // at most 32 characters
  std::int64_t catalogue_version = 0;
  std::int64_t line_count = 0;  // without the voided ones
  std::int64_t gross = 0;
  std::int64_t discount = 0;
  std::int64_t net = 0;
  std::int64_t tax = 0;
  std::int64_t total = 0;
  std::int64_t cash_adjustment = 0;
  std::int64_t payable = 0;
  std::int64_t change_given = 0;
  std::optional<std::int64_t> shift;
  std::optional<std::int64_t> member_id;
  bool operator==(const SaleHeaderRow&) const = default;
};

struct SaleLineRow {
  std::int64_t line = 0;  // its place in the sale, 1..
  std::int64_t item_id = 0;
  std::int64_t category_id = 0;
  std::int64_t tax_category_id = 0;
  std::int64_t quantity = 0;
  std::int64_t unit_price = 0;
  std::optional<std::int64_t> regular_unit_price;
  std::optional<std::int64_t> override_by;
  std::int64_t gross = 0;
  std::int64_t discount = 0;
  std::int64_t net = 0;
  std::int64_t tax = 0;
  bool voided = false;
  bool operator==(const SaleLineRow&) const = default;
};

struct SaleTaxRow {
  std::int64_t position = 0;  // 1..
  std::int64_t tax_category_id = 0;
  std::int64_t rate_per_10k = 0;
  std::int64_t taxable = 0;
  std::int64_t tax = 0;
  bool operator==(const SaleTaxRow&) const = default;
};

struct SaleTenderRow {
  std::int64_t position = 0;  // 1..
  std::string kind;
  std::int64_t amount = 0;            // below zero: given back
  std::optional<std::string> method;  // at most 64 characters
  std::string reference;              // at most 80 characters
  std::optional<std::int64_t> face_value;
  bool operator==(const SaleTenderRow&) const = default;
};

struct StockMovementRow {
  std::int64_t item_id = 0;
  std::int64_t quantity = 0;  // negative: left the shop
  bool operator==(const StockMovementRow&) const = default;
};

// A line that takes goods back, beside the line of the sale they come from. Its amounts are what went back, >= 0.
struct SaleReturnRow {
  std::int64_t line = 0;  // as SaleLineRow::line
  std::string original_sale_hex;
  std::int64_t original_till = 0;
  std::int64_t original_receipt = 0;
  std::int64_t original_line = 0;    // sale::BasketLine::line of that sale
  std::int64_t returned_before = 0;  // of that line, as the till knew it
  std::int64_t quantity = 0;
  std::int64_t amount = 0;
  std::int64_t tax = 0;
  bool to_stock = false;
  bool to_supplier = false;           // with neither it went to waste
  std::optional<std::string> reason;  // at most 120 characters
  bool operator==(const SaleReturnRow&) const = default;
};

// How often the sale used a promotion whose uses are limited beyond the basket.
struct PromotionUseRow {
  std::string promotion;
  std::int64_t member_id = 0;  // 0: nobody known
  std::string business_date;
  std::int64_t uses = 0;
  bool operator==(const PromotionUseRow&) const = default;
};

// A single-use coupon that gave something in this sale.
struct CouponRow {
  std::string code;
  std::string promotion;
  bool operator==(const CouponRow&) const = default;
};

struct SaleRows {
  SaleHeaderRow header;
  std::vector<SaleLineRow> lines;
  std::vector<SaleTaxRow> taxes;
  std::vector<SaleTenderRow> tenders;
  std::vector<SaleReturnRow> returns;
  std::vector<StockMovementRow> stock;  // one per item, by item id
  std::int64_t drawer_cash = 0;         // negative: a refund took it out
  std::vector<PromotionUseRow> uses;    // by promotion; these two are known when the sale has been priced again:
  std::vector<CouponRow> coupons;       // by code; promotion_rows.h
  bool operator==(const SaleRows&) const = default;
};

// All but uses and coupons. Throws Fault("money.overflow") when amounts or quantities of the sale add up beyond 64
// bits.
[[nodiscard]] SaleRows rows_of(const sale::RetailTransaction& sale);

}  // namespace lanekeeper::storage
