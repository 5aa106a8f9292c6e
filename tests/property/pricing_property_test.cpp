#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "generators.h"
#include "pricing/price.h"
#include "sale/retail_transaction.h"

namespace lanekeeper::pricing {
namespace {

TaxMode any_mode() {
  return *rc::gen::element(TaxMode::inclusive, TaxMode::exclusive);
}

RC_GTEST_PROP(PriceProperty, EverySumHolds, ()) {
  const auto lines = *generators::basket_lines();
  const auto mode = any_mode();
  const auto priced = price(samples::basket(lines), {}, samples::context(mode)).value();
  Money gross;
  Money line_tax;
  for (const auto& line : priced.lines) {
    gross += line.gross;
    line_tax += line.tax;
    RC_ASSERT(line.net == line.gross);
  }
  Money tax;
  Money taxable;
  for (const auto& total : priced.taxes) {
    tax += total.tax;
    taxable += total.taxable;
  }
  RC_ASSERT(priced.gross == gross);
  RC_ASSERT(priced.net == gross);
  RC_ASSERT(tax == line_tax);
  RC_ASSERT(priced.total == taxable + tax);
  RC_ASSERT(priced.total == (mode == TaxMode::inclusive ? gross : gross + tax));
}

RC_GTEST_PROP(PriceProperty, VoidedLinesChangeNothing, ()) {
  const auto lines = *generators::basket_lines();
  auto kept = lines;
  std::erase_if(kept, [](const auto& line) { return line.voided; });
  const auto context = samples::context(any_mode());
  RC_ASSERT(price(samples::basket(lines), {}, context).value() == price(samples::basket(kept), {}, context).value());
}

RC_GTEST_PROP(PriceProperty, TheOrderOfLinesDoesNotChangeTheTotals, ()) {
  auto lines = *generators::basket_lines();
  const auto context = samples::context(any_mode());
  const auto forward = price(samples::basket(lines), {}, context).value();
  std::reverse(lines.begin(), lines.end());
  const auto backward = price(samples::basket(lines), {}, context).value();
  RC_ASSERT(forward.total == backward.total);
  RC_ASSERT(forward.taxes == backward.taxes);
}

RC_GTEST_PROP(SaleProperty, WhatPricingMakesPassesTheCheck, ()) {
  auto lines = *generators::basket_lines();
  lines.push_back(samples::line(static_cast<std::int64_t>(lines.size()) + 1, "1.00", "1"));
  const auto rounding =
      *rc::gen::element(CashRounding::none, CashRounding::nearest_5, CashRounding::nearest_10, CashRounding::down_10);
  const auto sale = samples::finished_sale(samples::basket(lines), "92233720368547.00", any_mode(), rounding);
  const auto checked = sale::check_arithmetic(sale);
  if (!checked) RC_LOG(checked.error().code + " " + checked.error().details.at(0).second);
  RC_ASSERT(checked.has_value());
  RC_ASSERT(sale::drawer_cash(sale) == sale.payable);
}

// Any one amount in the fact that is off by a fen is noticed.
RC_GTEST_PROP(SaleProperty, AFenTooMuchIsNoticed, ()) {
  auto sale = samples::finished_sale();
  Money* const amounts[] = {&sale.priced.lines[0].gross, &sale.priced.lines[0].net,
                            &sale.priced.lines[1].tax,   &sale.priced.taxes[0].tax,
                            &sale.priced.gross,          &sale.priced.net,
                            &sale.priced.total,          &sale.payable,
                            &sale.cash_adjustment,       &sale.change,
                            &sale.tenders[0].amount,     &sale.lines[0].unit_price};
  auto& amount = *amounts[*rc::gen::inRange<std::size_t>(0, std::size(amounts))];
  amount += Money::of_minor(*rc::gen::element(-1, 1));
  RC_ASSERT(!sale::check_arithmetic(sale));
}

}  // namespace
}  // namespace lanekeeper::pricing
