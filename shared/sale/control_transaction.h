// What happens at a till besides sales (ARTS ControlTransaction and TenderControlTransaction): shifts begin and end,
// cash comes and goes, baskets are given up, put aside and taken up again, receipts are printed again. Immutable facts
// like sales, in the same journal; docs/protocol/journal.md.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sale/approval.h"
#include "sale/basket.h"
#include "sale/shift_totals.h"

namespace lanekeeper::sale {

enum class ControlKind {
  shift_open,      // amount: the float; `opening`
  shift_close,     // amount: what was counted; `closing`
  loan,            // change was added to the drawer
  paid_in,         // cash came in that is no sale
  paid_out,        // cash went out that is no return
  pick_up,         // cash was taken to the safe
  no_sale,         // the drawer was opened
  basket_void,     // a basket was given up; `basket`
  basket_suspend,  // put aside, for any till; `basket`
  basket_recall,   // taken up again; `basket`
  cashier_change,  // somebody else took the till over in the middle of a basket; `basket`
  reprint,         // a duplicate of a receipt was asked for; `receipt_number`
  close_begun,     // the drawer was opened to be counted; the close goes on until shift_close, or is given up
  cash_counted,    // it was counted: `amount`, `counts`; again in the same shift: a recount
  unknown_code,    // a barcode was scanned that the shop does not know; `code`
};

// Why a no_sale that gives a running close up was recorded.
inline constexpr std::string_view close_cancelled_reason = "close_cancelled";

struct ShiftOpening {
  std::int64_t number = 0;  // 1.. per till, gapless: the number of its Z
  Money carried_over;       // what the shift before left in the drawer
  bool operator==(const ShiftOpening&) const = default;
};
template <class V>
void describe(V& visit, ShiftOpening& o) {
  visit("number", o.number);
  visit("carried_over", o.carried_over);
}

struct CashCount {
  Money denomination;  // 100.00, 0.50, ...
  std::int64_t count = 0;
  bool operator==(const CashCount&) const = default;
};
template <class V>
void describe(V& visit, CashCount& c) {
  visit("denomination", c.denomination);
  visit("count", c.count);
}

// A way of paying at the close: what the till says and what is there.
struct TenderCheck {
  TenderKind kind = TenderKind::cash;
  std::optional<std::string> method;
  Money expected;
  Money declared;                     // counted cash; the sum of the slips
  std::optional<std::string> reason;  // of a difference: "change", "slip_lost", "wrong_tender", or as typed
  bool operator==(const TenderCheck&) const = default;
};
template <class V>
void describe(V& visit, TenderCheck& c) {
  visit("kind", c.kind);
  visit("method", c.method);
  visit("expected", c.expected);
  visit("declared", c.declared);
  visit("reason", c.reason);
}

struct ShiftClosing {
  std::int64_t number = 0;  // as at its opening
  ZonedTime opened_at;
  std::int64_t opened_by = 0;  // staff id
  ShiftTotals totals;          // what Z says
  std::vector<CashCount> counts;
  std::int64_t recounts = 0;        // after the expected amounts were shown
  std::vector<TenderCheck> checks;  // cash first
  Money left_in_drawer;             // the float of the next shift; the rest is deposited
  std::int64_t unsent = 0;          // entries of the journal that had not reached the server
  // What was still open and was closed over all the same: codes such as "close.suspended"; never an empty list.
  std::optional<std::vector<std::string>> open_ends;
  bool operator==(const ShiftClosing&) const = default;
};
template <class V>
void describe(V& visit, ShiftClosing& c) {
  visit("number", c.number);
  visit("opened_at", c.opened_at);
  visit("opened_by", c.opened_by);
  visit("totals", c.totals);
  visit("counts", c.counts);
  visit("recounts", c.recounts);
  visit("checks", c.checks);
  visit("left_in_drawer", c.left_in_drawer);
  visit("unsent", c.unsent);
  visit("open_ends", c.open_ends);
}

// What is kept of a basket that did not become a sale here.
struct BasketTrace {
  Uuid basket;
  std::int64_t line_count = 0;
  Money total;
  std::optional<std::string> label;              // of a suspended one: "3-0017"
  std::optional<std::vector<BasketLine>> lines;  // of one that was given up
  bool operator==(const BasketTrace&) const = default;
};
template <class V>
void describe(V& visit, BasketTrace& t) {
  visit("basket", t.basket);
  visit("line_count", t.line_count);
  visit("total", t.total);
  visit("label", t.label);
  visit("lines", t.lines);
}

struct ControlTransaction {
  std::int64_t schema = 1;
  Uuid id;
  ControlKind kind = ControlKind::no_sale;
  std::int64_t till = 0;
  std::optional<std::int64_t> shift;  // the running one
  Date business_date;
  ZonedTime at;
  bool simulated_clock = false;
  std::int64_t cashier = 0;  // staff id of the person at the till
  std::string cashier_number;
  std::string currency;
  std::string software;
  Money amount;  // of cash, >= 0; zero where no cash moves
  std::optional<std::string> reason;
  std::optional<std::string> note;
  std::optional<std::vector<Approval>> approvals;
  std::optional<ShiftOpening> opening;
  std::optional<ShiftClosing> closing;
  std::optional<BasketTrace> basket;
  std::optional<std::int64_t> receipt_number;                   // of the sale whose receipt was printed again; 1..
  std::optional<std::vector<CashCount>> counts = std::nullopt;  // of cash_counted, as they were entered
  std::optional<std::string> code = std::nullopt;               // of unknown_code, as it was scanned; valid UTF-8
  bool operator==(const ControlTransaction&) const = default;
};
template <class V>
void describe(V& visit, ControlTransaction& c) {
  visit("schema", c.schema);
  visit("id", c.id);
  visit("kind", c.kind);
  visit("till", c.till);
  visit("shift", c.shift);
  visit("business_date", c.business_date);
  visit("at", c.at);
  visit("simulated_clock", c.simulated_clock);
  visit("cashier", c.cashier);
  visit("cashier_number", c.cashier_number);
  visit("currency", c.currency);
  visit("software", c.software);
  visit("amount", c.amount);
  visit("reason", c.reason);
  visit("note", c.note);
  visit("approvals", c.approvals);
  visit("opening", c.opening);
  visit("closing", c.closing);
  visit("basket", c.basket);
  visit("receipt_number", c.receipt_number);
  visit("counts", c.counts);
  visit("code", c.code);
}

// What it changes in the drawer: loan and paid in add, paid out and pick-up take; an opening adds what its float has
// more than was carried over; a closing leaves what was left in the drawer of what should have been in it.
[[nodiscard]] Money drawer_cash(const ControlTransaction& control);

// Do its own figures agree (counts with the declared cash, checks with the totals, parts with the kind)? As of sales:
// asked by the server, which raises an exception and never refuses. control.mismatch with the detail "at".
[[nodiscard]] Result<void> check_arithmetic(const ControlTransaction& control);

}  // namespace lanekeeper::sale

namespace lanekeeper::json {
template <>
struct EnumNames<sale::ControlKind> {
  using K = sale::ControlKind;
  static constexpr std::pair<K, std::string_view> names[] = {{K::shift_open, "shift_open"},
                                                             {K::shift_close, "shift_close"},
                                                             {K::loan, "loan"},
                                                             {K::paid_in, "paid_in"},
                                                             {K::paid_out, "paid_out"},
                                                             {K::pick_up, "pick_up"},
                                                             {K::no_sale, "no_sale"},
                                                             {K::basket_void, "basket_void"},
                                                             {K::basket_suspend, "basket_suspend"},
                                                             {K::basket_recall, "basket_recall"},
                                                             {K::cashier_change, "cashier_change"},
                                                             {K::reprint, "reprint"},
                                                             {K::close_begun, "close_begun"},
                                                             {K::cash_counted, "cash_counted"},
                                                             {K::unknown_code, "unknown_code"}};
};
}  // namespace lanekeeper::json
