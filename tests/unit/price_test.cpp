#include "pricing/price.h"

#include <gtest/gtest.h>

#include "samples.h"

namespace lanekeeper::pricing {
namespace {

using samples::basket;
using samples::context;
using samples::line;
using samples::yuan;

sale::PricedBasket priced(std::vector<sale::BasketLine> lines, TaxMode mode = TaxMode::inclusive) {
  return price(basket(std::move(lines)), {}, context(mode)).value();
}

TEST(Price, RoundsOncePerLineAndAddsUp) {
  const auto result = priced({line(1, "3.50", "2"), line(2, "7.96", "0.836", 2), line(3, "2.50", "0.250", 2)});
  ASSERT_EQ(result.lines.size(), 3U);
  EXPECT_EQ(result.lines[0].gross, yuan("7.00"));
  EXPECT_EQ(result.lines[1].gross, yuan("6.65"));
  EXPECT_EQ(result.lines[2].gross, yuan("0.63"));
  EXPECT_EQ(result.gross, yuan("14.28"));
  EXPECT_EQ(result.discount, Money{});
  EXPECT_EQ(result.net, yuan("14.28"));
  EXPECT_EQ(result.total, yuan("14.28"));
}

TEST(Price, InclusiveTaxIsPerRateOverTheReceipt) {
  // Three lines of 1.00 at 13 %: 3.00 holds 0.35 of tax, though each line alone would hold 0.12.
  const auto result =
      priced({line(1, "1.00", "1"), line(2, "1.00", "1"), line(3, "1.00", "1"), line(4, "5.45", "1", 2)});
  ASSERT_EQ(result.taxes.size(), 2U);
  EXPECT_EQ(result.taxes[0].letter, "A");
  EXPECT_EQ(result.taxes[0].rate, samples::percent("13"));
  EXPECT_EQ(result.taxes[0].tax, yuan("0.35"));
  EXPECT_EQ(result.taxes[0].taxable, yuan("2.65"));
  EXPECT_EQ(result.taxes[1].tax, yuan("0.45"));
  EXPECT_EQ(result.lines[0].tax, yuan("0.12"));  // ties go to the earlier lines
  EXPECT_EQ(result.lines[1].tax, yuan("0.12"));
  EXPECT_EQ(result.lines[2].tax, yuan("0.11"));
  EXPECT_EQ(result.total, result.net);
}

TEST(Price, ExclusiveTaxIsAddedToTheTotal) {
  const auto result = priced({line(1, "1.00", "1"), line(2, "0.50", "1"), line(3, "2.00", "1", 3)}, TaxMode::exclusive);
  EXPECT_EQ(result.net, yuan("3.50"));
  EXPECT_EQ(result.taxes[0].taxable, yuan("1.50"));
  EXPECT_EQ(result.taxes[0].tax, yuan("0.20"));  // 0.195
  EXPECT_EQ(result.taxes[1].tax, Money{});
  EXPECT_EQ(result.lines[0].tax + result.lines[1].tax, yuan("0.20"));
  EXPECT_EQ(result.total, yuan("3.70"));
}

TEST(Price, TaxesComeInTheOrderOfTheirCategories) {
  const auto result = priced({line(1, "1.00", "1", 3), line(2, "1.00", "1", 1), line(3, "1.00", "1", 2)});
  ASSERT_EQ(result.taxes.size(), 3U);
  EXPECT_EQ(result.taxes[0].tax_category, 1);
  EXPECT_EQ(result.taxes[1].tax_category, 2);
  EXPECT_EQ(result.taxes[2].tax_category, 3);
}

TEST(Price, AnEmbeddedAmountIsTheLineExactly) {
  // Edge case 20: label over 10.25, although 0.833 kg at 12.30 would be 10.2459.
  auto label = line(1, "12.30", "0.833", 2);
  label.fixed_amount = yuan("10.25");
  EXPECT_EQ(priced({label}).total, yuan("10.25"));
}

TEST(Price, APackMayHaveItsOwnPrice) {
  // Edge cases 26 and 27: a case of 24 at its price beside a loose one.
  auto pack = line(1, "3.50", "24");
  pack.fixed_amount = yuan("79.00");
  EXPECT_EQ(priced({pack, line(2, "3.50", "1")}).total, yuan("82.50"));
}

TEST(Price, VoidedLinesCountForNothing) {
  auto voided = line(2, "99.99", "1", 77);  // not even its tax category matters
  voided.voided = true;
  const auto with = priced({line(1, "3.50", "1"), voided, line(3, "2.00", "1")});
  EXPECT_EQ(with, priced({line(1, "3.50", "1"), line(3, "2.00", "1")}));
  EXPECT_EQ(with.lines[1].line, 3);
  EXPECT_EQ(priced({voided}), sale::PricedBasket{});
  EXPECT_EQ(priced({}), sale::PricedBasket{});
}

TEST(Price, UnknownTaxIsAnError) {
  const auto error = price(basket({line(1, "1.00", "1", 9)}), {}, context()).error();
  EXPECT_EQ(error.code, "pricing.unknown_tax");
  EXPECT_EQ(error.details.front(), (std::pair<std::string, std::string>{"tax_category", "9"}));
}

TEST(Price, TheRateOfTheBusinessDateHolds) {
  auto in = context();
  in.taxes[0].rates = {{samples::percent("16"), {2018, 5, 1}}, {samples::percent("13"), {2019, 4, 1}}};
  in.date = Date{2019, 3, 31};
  EXPECT_EQ(price(basket({line(1, "116.00", "1")}), {}, in).value().taxes[0].tax, yuan("16.00"));
}

TEST(Price, AbsurdAmountsAreAnErrorAndNotAFault) {
  auto huge = line(1, "1.00", "1");
  huge.unit_price = max_goods_amount;
  EXPECT_EQ(price(basket({huge}), {}, context()).value().total, max_goods_amount);
  EXPECT_EQ(price(basket({huge, line(2, "0.01", "1")}), {}, context()).error().code, "money.too_large");
  huge.quantity = Quantity::of_units(2);
  EXPECT_EQ(price(basket({huge}), {}, context()).error().code, "money.too_large");
  for (const auto amount : {INT64_MAX, INT64_MIN}) {
    huge.fixed_amount = Money::of_minor(amount);
    EXPECT_EQ(price(basket({huge}), {}, context()).error().code, "money.too_large");
  }
}

TEST(Price, FreeLinesCarryNoTax) {
  const auto result = priced({line(1, "0.00", "1"), line(2, "0.00", "3")});
  EXPECT_EQ(result.total, Money{});
  EXPECT_EQ(result.taxes.at(0).tax, Money{});
}

}  // namespace
}  // namespace lanekeeper::pricing
