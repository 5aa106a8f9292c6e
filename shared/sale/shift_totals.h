// What a shift has come to: the figures of X and Z reports. A pure sum over the journal: adding the same sales and
// control transactions in the same order gives the same totals at the till, after its restart, and at the server.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sale/retail_transaction.h"

namespace lanekeeper::sale {

struct ControlTransaction;

// One way of paying. What the store calls its own methods (meal cards, vouchers of a mall) stands in `method`.
struct TenderTotal {
  TenderKind kind = TenderKind::cash;
  std::optional<std::string> method;
  std::int64_t count = 0;  // tenders taken or given back
  Money amount;            // taken less given back; of cash: less the change too
  bool operator==(const TenderTotal&) const = default;
};
template <class V>
void describe(V& visit, TenderTotal& t) {
  visit("kind", t.kind);
  visit("method", t.method);
  visit("count", t.count);
  visit("amount", t.amount);
}

// turnover = gross - discounts - returns - deposits_back + tax_on_top; turnover + cash_rounding = sum of tenders.
struct ShiftTotals {
  std::int64_t sale_count = 0;    // transactions with goods sold; an exchange counts here and there
  std::int64_t return_count = 0;  // transactions with goods that came back
  Money gross;                    // of the lines sold
  Money discounts;                // taken off them, >= 0
  Money returns;                  // net of what came back, >= 0
  // Net of the deposits that were given back without a receipt, > 0, and in how many transactions; missing where there
  // was none. Those that were taken are sold like other goods.
  std::optional<Money> deposits_back;
  std::optional<std::int64_t> deposit_back_count;
  Money tax_on_top;  // where prices exclude tax; may be below zero
  Money turnover;
  Money cash_rounding;
  std::vector<TaxTotal> taxes;       // by category and rate, sales less returns
  std::vector<TenderTotal> tenders;  // by kind, then method; only those that occurred
  std::int64_t voided_lines = 0;
  std::int64_t voided_baskets = 0;
  std::int64_t price_overrides = 0;
  std::int64_t manual_discounts = 0;
  std::int64_t no_sales = 0;  // the drawer was opened without a sale
  std::int64_t suspended = 0;
  std::int64_t recalled = 0;
  std::optional<std::int64_t> reprints;  // duplicates of receipts, 1..; missing where there was none, as it was before
  Money opening_float;
  Money loans;  // change that was added during the shift
  Money paid_in;
  Money paid_out;
  Money pick_ups;
  std::int64_t paid_in_count = 0;
  std::int64_t paid_out_count = 0;
  std::int64_t pick_up_count = 0;
  std::int64_t first_receipt = 0;  // 0: none
  std::int64_t last_receipt = 0;
  bool operator==(const ShiftTotals&) const = default;
};
template <class V>
void describe(V& visit, ShiftTotals& t) {
  visit("sale_count", t.sale_count);
  visit("return_count", t.return_count);
  visit("gross", t.gross);
  visit("discounts", t.discounts);
  visit("returns", t.returns);
  visit("deposits_back", t.deposits_back);
  visit("deposit_back_count", t.deposit_back_count);
  visit("tax_on_top", t.tax_on_top);
  visit("turnover", t.turnover);
  visit("cash_rounding", t.cash_rounding);
  visit("taxes", t.taxes);
  visit("tenders", t.tenders);
  visit("voided_lines", t.voided_lines);
  visit("voided_baskets", t.voided_baskets);
  visit("price_overrides", t.price_overrides);
  visit("manual_discounts", t.manual_discounts);
  visit("no_sales", t.no_sales);
  visit("suspended", t.suspended);
  visit("recalled", t.recalled);
  visit("reprints", t.reprints);
  visit("opening_float", t.opening_float);
  visit("loans", t.loans);
  visit("paid_in", t.paid_in);
  visit("paid_out", t.paid_out);
  visit("pick_ups", t.pick_ups);
  visit("paid_in_count", t.paid_in_count);
  visit("paid_out_count", t.paid_out_count);
  visit("pick_up_count", t.pick_up_count);
  visit("first_receipt", t.first_receipt);
  visit("last_receipt", t.last_receipt);
}

void add(ShiftTotals& totals, const RetailTransaction& sale);
void add(ShiftTotals& totals, const ControlTransaction& control);

// What should lie in the drawer: float, loans and paid in, plus cash taken less given back, less paid out and pick-ups.
[[nodiscard]] Money expected_cash(const ShiftTotals& totals);
// Of a way of paying; zero when it did not occur.
[[nodiscard]] Money expected(const ShiftTotals& totals, TenderKind kind, const std::optional<std::string>& method);

}  // namespace lanekeeper::sale
