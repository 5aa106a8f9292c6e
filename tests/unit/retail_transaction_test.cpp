#include "sale/retail_transaction.h"

#include <functional>

#include <gtest/gtest.h>

#include "samples.h"

namespace lanekeeper::sale {
namespace {

using samples::basket;
using samples::finished_sale;
using samples::line;
using samples::yuan;

std::string detail(const Error& error, std::string_view name) {
  for (const auto& [key, value] : error.details) {
    if (key == name) return value;
  }
  return "";
}

// "" when the arithmetic holds, else the code and where.
std::string verdict(RetailTransaction sale, const std::function<void(RetailTransaction&)>& change = {}) {
  if (change) change(sale);
  const auto result = check_arithmetic(sale);
  if (result) return "";
  const auto at = detail(result.error(), "at");
  return result.error().code + (at.empty() ? "" : " " + at);
}

TEST(CheckArithmetic, HoldsForWhatTheTillMakes) {
  EXPECT_EQ(verdict(finished_sale()), "");
  EXPECT_EQ(verdict(finished_sale(basket({line(1, "1.00", "1"), line(2, "0.50", "1", 2)}), "10",
                                  pricing::TaxMode::exclusive)),
            "");
  EXPECT_EQ(verdict(finished_sale(basket({line(1, "0.00", "1")}), "0.01")), "");
}

// Edge cases 37 and 38: rounding is its own amount, and exact small coins may still be paid.
TEST(CheckArithmetic, CashRoundingIsItsOwnAmount) {
  const auto rounded =
      finished_sale(basket({line(1, "183.13", "1")}), "200", pricing::TaxMode::inclusive, CashRounding::down_10);
  EXPECT_EQ(rounded.cash_adjustment, yuan("-0.03"));
  EXPECT_EQ(rounded.change, yuan("16.90"));
  EXPECT_EQ(verdict(rounded), "");
  EXPECT_EQ(verdict(rounded,
                    [](RetailTransaction& s) {
                      s.cash_adjustment = Money{};
                      s.payable = yuan("183.13");
                      s.change = yuan("16.87");
                    }),
            "");
  EXPECT_EQ(verdict(rounded, [](RetailTransaction& s) { s.cash_adjustment = yuan("-0.13"); }),
            "sale.sum_mismatch cash_adjustment");
  EXPECT_EQ(verdict(rounded, [](RetailTransaction& s) { s.cash_rounding = CashRounding::none; }),
            "sale.sum_mismatch cash_adjustment");
}

// Edge case 39: what is shown adds up, to the fen, everywhere in the fact.
TEST(CheckArithmetic, NamesTheSumThatDoesNotHold) {
  const auto sale = finished_sale();
  const auto fen = Money::of_minor(1);
  const auto with = [&](const std::function<void(RetailTransaction&)>& change) { return verdict(sale, change); };
  EXPECT_EQ(with([&](auto& s) { s.priced.lines[0].gross += fen; }), "sale.sum_mismatch lines[1].gross");
  EXPECT_EQ(with([&](auto& s) { s.priced.lines[1].net += fen; }), "sale.sum_mismatch lines[3].net");
  EXPECT_EQ(with([&](auto& s) {
              s.priced.lines[0].discounts = {{"P1", Money{}, {}, {}}};
            }),
            "sale.sum_mismatch lines[1].discounts");
  EXPECT_EQ(with([&](auto& s) { s.priced.lines[0].tax += fen; }), "sale.sum_mismatch taxes[1].tax");
  EXPECT_EQ(with([&](auto& s) { s.priced.taxes[1].taxable += fen; }), "sale.sum_mismatch taxes[2].taxable");
  EXPECT_EQ(with([&](auto& s) { s.priced.taxes[0].rate = samples::percent("12"); }), "sale.sum_mismatch taxes[1].tax");
  EXPECT_EQ(with([&](auto& s) { s.priced.taxes.pop_back(); }), "sale.sum_mismatch taxes");
  EXPECT_EQ(with([&](auto& s) { s.priced.gross += fen; }), "sale.sum_mismatch gross");
  EXPECT_EQ(with([&](auto& s) { s.priced.discount += fen; }), "sale.sum_mismatch discount");
  EXPECT_EQ(with([&](auto& s) { s.priced.net += fen; }), "sale.sum_mismatch net");
  EXPECT_EQ(with([&](auto& s) { s.priced.total += fen; }), "sale.sum_mismatch total");
  EXPECT_EQ(with([&](auto& s) { s.payable += fen; }), "sale.sum_mismatch payable");
  EXPECT_EQ(with([&](auto& s) { s.tenders[0].amount += fen; }), "sale.sum_mismatch tenders");
  EXPECT_EQ(with([&](auto& s) { s.tenders.clear(); }), "sale.sum_mismatch change");
  EXPECT_EQ(with([&](auto& s) { s.change = -fen; }), "sale.sum_mismatch change");
  EXPECT_EQ(with([&](auto& s) { s.tenders.push_back({TenderKind::cash, Money{}, ""}); }), "sale.sum_mismatch tenders");
}

TEST(CheckArithmetic, NamesTheLineThatCannotBe) {
  const auto sale = finished_sale();
  const auto with = [&](const std::function<void(RetailTransaction&)>& change) { return verdict(sale, change); };
  EXPECT_EQ(with([](auto& s) { s.lines[0].quantity = Quantity{}; }), "sale.bad_line");
  EXPECT_EQ(with([](auto& s) { s.lines[0].unit_price = yuan("-1"); }), "sale.bad_line");
  EXPECT_EQ(with([](auto& s) { s.lines[0].fixed_amount = yuan("-1"); }), "sale.bad_line");
  EXPECT_EQ(with([](auto& s) { s.lines[2].line = 1; }), "sale.bad_line");
  EXPECT_EQ(with([](auto& s) { s.lines[1].voided = false; }), "sale.bad_line");
  EXPECT_EQ(with([](auto& s) { s.priced.lines.pop_back(); }), "sale.bad_line");
  EXPECT_EQ(with([](auto& s) { s.priced.lines.push_back(s.priced.lines.back()); }), "sale.bad_line");
  EXPECT_EQ(with([](auto& s) {
              s.lines.clear();
              s.priced = {};
            }),
            "sale.no_lines");
  EXPECT_EQ(with([](auto& s) { s.lines.resize(1001); }), "sale.sum_mismatch lines");
}

TEST(CheckArithmetic, HostileAmountsAreAMismatchAndNotAFault) {
  EXPECT_EQ(verdict(finished_sale(), [](auto& s) { s.cash_adjustment = Money::of_minor(INT64_MIN); }),
            "sale.sum_mismatch cash_adjustment");
  EXPECT_EQ(verdict(finished_sale(),
                    [](auto& s) {
                      s.tenders.assign(3, {TenderKind::cash, Money::of_minor(INT64_MAX), ""});
                    }),
            "sale.sum_mismatch overflow");
}

TEST(DrawerCash, IsWhatTheDrawerGains) {
  const auto sale = finished_sale();
  EXPECT_EQ(drawer_cash(sale), sale.payable);
  EXPECT_EQ(drawer_cash(RetailTransaction{}), Money{});
}

}  // namespace
}  // namespace lanekeeper::sale
