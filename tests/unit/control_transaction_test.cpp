// Shifts and cash as the journal records them: totals, what should lie in the drawer, and the check of a close.
#include "sale/control_transaction.h"

#include <functional>

#include <gtest/gtest.h>

#include "journal/chain.h"
#include "samples.h"

namespace lanekeeper::sale {
namespace {

using samples::basket;
using samples::finished_sale;
using samples::line;
using samples::yuan;

ControlTransaction control(ControlKind kind, std::string_view amount) {
  ControlTransaction made;
  made.id = samples::uuid("01935f00-0000-7000-8000-00000000000a");
  made.kind = kind;
  made.till = 3;
  made.shift = 12;
  made.business_date = {2026, 11, 22};
  made.at = samples::time_at("2026-11-22T08:00:00+08:00");
  made.cashier = 7;
  made.cashier_number = "1027";
  made.currency = "CNY";
  made.software = "0.1.0";
  made.amount = yuan(amount);
  if (kind == ControlKind::shift_open) made.opening = ShiftOpening{12, yuan("100.00")};
  return made;
}

// Paid by card, 20 of it in cash with change.
RetailTransaction split_sale() {
  auto sale = finished_sale(basket({line(1, "70.00", "1"), line(2, "13.13", "1", 2)}), "100");
  sale.tenders = {{TenderKind::card, yuan("63.13"), "880012"}, {TenderKind::cash, yuan("50.00"), ""}};
  sale.change = yuan("30.00");
  return sale;
}

// One of two pieces at 70.00 comes back, to the card.
RetailTransaction card_refund() {
  auto sale = finished_sale(basket({line(1, "35.00", "1")}), "35");
  auto& back = sale.lines[0];
  back.quantity = -back.quantity;
  back.fixed_amount = -yuan("35.00");
  back.returns = LineReturn{1, {}, samples::percent("13"), -sale.priced.lines[0].tax, ReturnedTo::stock};
  ReturnedSale of;
  of.sale = samples::uuid("01935f00-0000-7000-8000-00000000000b");
  of.total = yuan("70.00");
  sale.returned_sale = of;
  auto& priced = sale.priced;
  for (auto* amount : {&priced.gross, &priced.net, &priced.total, &priced.lines[0].gross, &priced.lines[0].net,
                       &priced.lines[0].tax, &priced.taxes[0].taxable, &priced.taxes[0].tax, &sale.payable}) {
    *amount = -*amount;
  }
  sale.tenders = {{TenderKind::card, -yuan("35.00"), "880013"}};
  sale.change = {};
  return sale;
}

std::string verdict(ControlTransaction made, const std::function<void(ControlTransaction&)>& change = {}) {
  if (change) change(made);
  const auto result = check_arithmetic(made);
  return result ? "" : result.error().details.front().second;
}

ShiftTotals a_shift() {
  ShiftTotals totals;
  add(totals, control(ControlKind::shift_open, "500.00"));
  add(totals, finished_sale());
  add(totals, split_sale());
  add(totals, card_refund());
  add(totals, control(ControlKind::paid_out, "12.50"));
  add(totals, control(ControlKind::pick_up, "300.00"));
  add(totals, control(ControlKind::paid_in, "5.00"));
  add(totals, control(ControlKind::loan, "50.00"));
  add(totals, control(ControlKind::no_sale, "0.00"));
  return totals;
}

ControlTransaction a_close() {
  auto made = control(ControlKind::shift_close, "0.00");
  ShiftClosing closing;
  closing.number = 12;
  closing.totals = a_shift();
  closing.counts = {{yuan("100.00"), 2}, {yuan("1.00"), 70}, {yuan("0.10"), 3}};
  made.amount = yuan("270.30");
  closing.checks = {{TenderKind::cash, {}, expected_cash(closing.totals), yuan("270.30"), "change"},
                    {TenderKind::card, {}, expected(closing.totals, TenderKind::card, {}), yuan("28.13"), {}}};
  closing.left_in_drawer = yuan("200.00");
  made.closing = closing;
  return made;
}

TEST(ShiftTotals, AddUpToWhatWasTakenAndWhatShouldBeThere) {
  const auto sold = finished_sale();
  const auto totals = a_shift();
  EXPECT_EQ(totals.sale_count, 2);
  EXPECT_EQ(totals.return_count, 1);
  EXPECT_EQ(totals.returns, yuan("35.00"));
  EXPECT_EQ(totals.turnover, sold.priced.total + yuan("83.13") - yuan("35.00"));
  EXPECT_EQ(totals.turnover, totals.gross - totals.discounts - totals.returns + totals.tax_on_top);
  Money tendered;
  for (const auto& tender : totals.tenders) tendered += tender.amount;
  EXPECT_EQ(tendered, totals.turnover + totals.cash_rounding);
  EXPECT_EQ(expected(totals, TenderKind::card, std::nullopt), yuan("28.13"));
  EXPECT_EQ(expected(totals, TenderKind::voucher, std::nullopt), Money{});
  EXPECT_EQ(expected_cash(totals), yuan("500.00") + drawer_cash(sold) + yuan("20.00") - yuan("12.50") - yuan("300.00") +
                                       yuan("5.00") + yuan("50.00"));
  EXPECT_EQ(totals.voided_lines, 1);
  EXPECT_EQ(totals.no_sales, 1);
}

// A tax that was sold and came back at the same rate is one line of the report.
TEST(ShiftTotals, TaxesOfSalesAndReturnsMeet) {
  ShiftTotals totals;
  add(totals, finished_sale(basket({line(1, "35.00", "2")}), "100"));
  add(totals, card_refund());
  ASSERT_EQ(totals.taxes.size(), 1u);
  EXPECT_EQ(totals.taxes[0].taxable + totals.taxes[0].tax, yuan("35.00"));
}

TEST(ShiftTotals, WhatIsPaidOutInCashCountsAsAPayment) {
  auto back = card_refund();
  back.tenders.clear();
  back.change = yuan("35.00");
  ShiftTotals totals;
  add(totals, back);
  ASSERT_EQ(totals.tenders.size(), 1u);
  EXPECT_EQ(totals.tenders[0].amount, -yuan("35.00"));
  EXPECT_EQ(totals.tenders[0].count, 1);
  EXPECT_EQ(expected_cash(totals), -yuan("35.00"));
}

TEST(DrawerCashOfControls, MovesWithWhatTheyAre) {
  EXPECT_EQ(drawer_cash(control(ControlKind::shift_open, "500.00")), yuan("400.00"));  // 100 were there
  EXPECT_EQ(drawer_cash(control(ControlKind::paid_in, "5.00")), yuan("5.00"));
  EXPECT_EQ(drawer_cash(control(ControlKind::pick_up, "300.00")), -yuan("300.00"));
  EXPECT_EQ(drawer_cash(control(ControlKind::no_sale, "0.00")), Money{});
  // From an empty drawer through the shift to what was left in it, whatever was counted.
  Money drawer = yuan("100.00");
  drawer += drawer_cash(control(ControlKind::shift_open, "500.00"));
  for (const auto& sale : {finished_sale(), split_sale(), card_refund()}) drawer += drawer_cash(sale);
  drawer += drawer_cash(control(ControlKind::paid_out, "12.50")) +
            drawer_cash(control(ControlKind::pick_up, "300.00")) + drawer_cash(control(ControlKind::paid_in, "5.00")) +
            drawer_cash(control(ControlKind::loan, "50.00"));
  EXPECT_EQ(drawer, expected_cash(a_shift()));
  EXPECT_EQ(drawer + drawer_cash(a_close()), yuan("200.00"));
}

TEST(CheckControl, HoldsForACloseAndNamesWhatDoesNot) {
  EXPECT_EQ(verdict(a_close()), "");
  EXPECT_EQ(verdict(control(ControlKind::shift_open, "500.00")), "");
  EXPECT_EQ(verdict(a_close(), [](auto& c) { c.closing->counts[0].count = 3; }), "closing.counts");
  EXPECT_EQ(verdict(a_close(), [](auto& c) { c.closing->counts[0].denomination = Money{}; }), "closing.counts");
  EXPECT_EQ(verdict(a_close(), [](auto& c) { c.closing->number = 13; }), "closing.number");
  EXPECT_EQ(verdict(a_close(), [](auto& c) { c.closing->checks[0].declared = yuan("1.00"); }),
            "closing.checks.declared");
  EXPECT_EQ(verdict(a_close(), [](auto& c) { c.closing->checks[1].expected = yuan("1.00"); }),
            "closing.checks.expected");
  EXPECT_EQ(verdict(a_close(), [](auto& c) { c.closing->checks.clear(); }), "closing.checks");
  EXPECT_EQ(verdict(a_close(), [](auto& c) { c.closing->left_in_drawer = yuan("270.31"); }), "closing.left_in_drawer");
  EXPECT_EQ(verdict(a_close(), [](auto& c) { c.closing->totals.gross += yuan("0.01"); }), "closing.totals.turnover");
  EXPECT_EQ(verdict(a_close(),
                    [](auto& c) {
                      c.closing->totals.tenders[1].amount += yuan("0.01");
                      c.closing->checks[1].expected += yuan("0.01");
                    }),
            "closing.totals.tenders");
  EXPECT_EQ(verdict(a_close(), [](auto& c) { c.closing.reset(); }), "closing");
  EXPECT_EQ(verdict(control(ControlKind::shift_open, "500.00"), [](auto& c) { c.opening.reset(); }), "opening");
  EXPECT_EQ(verdict(control(ControlKind::paid_in, "-1.00")), "amount");
  EXPECT_EQ(verdict(a_close(),
                    [](auto& c) {
                      c.closing->counts = {{Money::limit(), INT64_MAX / 1000}};
                    }),
            "closing.counts");
}

TEST(ControlPayload, RoundTripsAndIsToldFromASale) {
  const auto close = a_close();
  const auto payload = journal::encode_control(close);
  EXPECT_TRUE(payload.starts_with(R"({"control":{"amount":"270.30",)")) << payload;
  EXPECT_TRUE(payload.ends_with(R"("kind":"control"})")) << payload;
  EXPECT_EQ(journal::decode_control(payload).value(), close);
  EXPECT_EQ(journal::decode_sale(payload).error().code, "journal.unknown_kind");
  const auto event = journal::decode_event(payload).value();
  EXPECT_EQ(std::get<ControlTransaction>(event), close);
  const auto sale = split_sale();
  EXPECT_EQ(std::get<RetailTransaction>(journal::decode_event(journal::encode_sale(sale)).value()), sale);
  EXPECT_EQ(journal::decode_control(journal::encode_sale(sale)).error().code, "journal.unknown_kind");
  EXPECT_EQ(journal::decode_event(R"({"kind":"control"})").error().code, "json.missing");
  EXPECT_EQ(journal::decode_event(payload + " ").error().code, "journal.not_canonical");
}

TEST(ControlPayload, WhatACloseLeavesBehindCountsInNoTotal) {
  auto counted = control(ControlKind::cash_counted, "270.30");
  EXPECT_EQ(verdict(counted), "counts");
  counted.counts = {{Money::of_minor(100'00), 2}, {Money::of_minor(70'30), 1}};
  EXPECT_EQ(verdict(counted), "");
  EXPECT_EQ(verdict(counted, [](auto& made) { made.counts->front().count = 3; }), "counts");
  EXPECT_EQ(journal::decode_control(journal::encode_control(counted)).value(), counted);
  auto unknown = control(ControlKind::unknown_code, "0.00");
  EXPECT_EQ(verdict(unknown), "code");
  unknown.code = "6900000000000";
  EXPECT_EQ(verdict(unknown), "");
  EXPECT_EQ(journal::decode_control(journal::encode_control(unknown)).value(), unknown);
  const auto begun = control(ControlKind::close_begun, "0.00");
  EXPECT_EQ(verdict(begun), "");
  ShiftTotals totals;
  for (const auto& one : {counted, unknown, begun}) {
    add(totals, one);
    EXPECT_EQ(drawer_cash(one), Money());
  }
  EXPECT_EQ(totals, ShiftTotals{});
}

TEST(ControlPayload, AReprintNamesItsReceiptAndIsCountedOnlyWhereThereWasOne) {
  auto again = control(ControlKind::reprint, "0.00");
  EXPECT_EQ(verdict(again), "receipt_number");
  again.receipt_number = 0;
  EXPECT_EQ(verdict(again), "receipt_number");
  again.receipt_number = 142;
  EXPECT_EQ(verdict(again), "");
  EXPECT_EQ(verdict(a_close(), [](auto& made) { made.receipt_number = 142; }), "receipt_number");
  const auto payload = journal::encode_control(again);
  EXPECT_NE(payload.find(R"("kind":"reprint")"), std::string::npos) << payload;
  EXPECT_NE(payload.find(R"("receipt_number":142)"), std::string::npos) << payload;
  EXPECT_EQ(journal::decode_control(payload).value(), again);
  EXPECT_EQ(drawer_cash(again), Money());

  const auto without = journal::encode_control(a_close());
  for (const auto* name : {"reprints", R"(,"receipt_number)"}) {
    EXPECT_EQ(without.find(name), std::string::npos) << "as it was hashed before there were any: " << name;
  }
  auto totals = a_shift();
  const auto cash = expected_cash(totals);
  add(totals, again);
  add(totals, again);
  EXPECT_EQ(totals.reprints, 2);
  EXPECT_EQ(expected_cash(totals), cash);
}

// Old records have none of what came with shifts, so their bytes stay what was hashed.
TEST(ControlPayload, SalesWithoutShiftsHaveTheBytesTheyHad) {
  const auto payload = journal::encode_sale(finished_sale());
  for (const auto* name : {"shift", "approvals", "note", "training", "blind_return", "method", "face_value", "taken_by",
                           "tare", "open_price", "entered_by", "refundable"}) {
    EXPECT_EQ(payload.find('"' + std::string(name) + '"'), std::string::npos) << name;
  }
}

// ---- what only part of a basket is paid in cash ----

TEST(CashAdjustment, RoundsOnlyWhatIsPaidInCash) {
  const auto none = std::optional<ReturnedSale>{};
  const auto down = CashRounding::down_10;
  EXPECT_EQ(cash_adjustment(none, {}, yuan("183.13"), {}, down), -yuan("0.03"));
  EXPECT_EQ(cash_adjustment(none, {}, yuan("183.13"), yuan("160.00"), down), -yuan("0.03"));
  EXPECT_EQ(cash_adjustment(none, {}, yuan("183.13"), yuan("160.13"), down), Money{});
  EXPECT_EQ(cash_adjustment(none, {}, yuan("183.13"), yuan("183.13"), down), Money{});
  // Goods without a receipt: what goes out is rounded as what comes in.
  EXPECT_EQ(cash_adjustment(none, yuan("10.07"), -yuan("10.07"), {}, down), yuan("0.07"));
}

TEST(CashAdjustment, AnExchangePaysTheDifference) {
  ReturnedSale of;
  of.total = yuan("20.06");
  of.cash_rounding = CashRounding::down_10;
  of.cash_adjustment = -yuan("0.06");  // 20.00 were paid
  // Half of it comes back (10.03, which paid 10.00), and goods for 15.07 are taken: 5.00 in cash.
  const auto adjustment = cash_adjustment(of, yuan("10.03"), yuan("15.07") - yuan("10.03"), {}, CashRounding::down_10);
  EXPECT_EQ(yuan("5.04") + adjustment, yuan("5.00"));
  // Goods for less: what goes out is what was paid for the half, less their price.
  const auto out = cash_adjustment(of, yuan("10.03"), yuan("4.00") - yuan("10.03"), {}, CashRounding::down_10);
  EXPECT_EQ(-yuan("6.03") + out, -yuan("6.00"));
}

TEST(CheckArithmetic, HoldsForSplitTendersAndRefundsToTheCard) {
  EXPECT_TRUE(check_arithmetic(split_sale()));
  EXPECT_TRUE(check_arithmetic(card_refund()));
  auto wrong = card_refund();
  wrong.tenders[0].amount = yuan("35.00");
  EXPECT_FALSE(check_arithmetic(wrong));
  wrong = split_sale();
  wrong.change = yuan("50.01");  // more than was given in cash
  wrong.tenders[0].amount = yuan("83.14");
  EXPECT_FALSE(check_arithmetic(wrong));
}

}  // namespace
}  // namespace lanekeeper::sale
