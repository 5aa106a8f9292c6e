#include "sale/returned_goods.h"

#include <gtest/gtest.h>

#include "samples.h"

namespace lanekeeper::sale {
namespace {

using samples::basket;
using samples::finished_sale;
using samples::line;
using samples::quantity;
using samples::yuan;

// `pieces` of a line of the sale come back for `amount`.
RetailTransaction back(const RetailTransaction& sold, std::int64_t of_line, std::string_view pieces,
                       std::string_view amount) {
  RetailTransaction out;
  out.returned_sale = ReturnedSale{sold.id, sold.till, sold.receipt_number, sold.priced.total, {}, {}, {}};
  BasketLine one = line(7, "1.00", pieces);
  one.quantity = -one.quantity;
  one.returns = LineReturn{};
  one.returns->line = of_line;
  out.lines = {one};
  PricedLine priced;
  priced.line = 7;
  priced.net = -yuan(amount);
  out.priced.lines = {priced};
  out.priced.total = priced.net;
  return out;
}

TEST(NoteReturn, AddsUpByLine) {
  ReturnableSale sold{finished_sale(basket({line(1, "2.00", "3"), line(2, "5.00", "1")}), "20"), {}, {}, false};
  note_return(sold, back(sold.sale, 2, "1", "5.00"));
  note_return(sold, back(sold.sale, 1, "1", "2.00"));
  note_return(sold, back(sold.sale, 1, "2", "4.00"));
  const std::vector<ReturnedLine> expected{{1, quantity("3"), yuan("6.00")}, {2, quantity("1"), yuan("5.00")}};
  EXPECT_EQ(sold.returned, expected);
  EXPECT_EQ(sold.refunded, yuan("11.00"));
}

TEST(SoldTotal, IsWhatWasSoldAlsoInAnExchange) {
  auto plain = finished_sale(basket({line(1, "2.00", "3")}), "20");
  EXPECT_EQ(sold_total(plain), plain.priced.total);
  EXPECT_EQ(sold_adjustment(plain), plain.cash_adjustment);
  EXPECT_TRUE(sells_goods(plain));
  const auto only_back = back(plain, 1, "1", "2.00");
  EXPECT_EQ(sold_total(only_back), Money{});
  EXPECT_FALSE(sells_goods(only_back));
  // Goods for 2.00 come back, others for 5.00 are taken for them.
  auto exchange = only_back;
  exchange.lines.push_back(line(8, "5.00", "1"));
  PricedLine priced;
  priced.line = 8;
  priced.net = priced.gross = yuan("5.00");
  exchange.priced.lines.push_back(priced);
  exchange.priced.total = exchange.priced.net = yuan("3.00");
  EXPECT_EQ(sold_total(exchange), yuan("5.00"));
  EXPECT_TRUE(sells_goods(exchange));
  exchange.cash_adjustment = yuan("-0.03");
  EXPECT_EQ(sold_adjustment(exchange), yuan("-0.03")) << "of what was paid on top";
  exchange.priced.total = exchange.priced.net = yuan("-1.00");
  exchange.returned_sale.reset();
  exchange.blind_return = BlindReturn{"gift"};
  EXPECT_EQ(sold_adjustment(exchange), Money{}) << "of what was paid out";
}

TEST(LineReturn, IsWrittenAsBeforeWhereNobodySaidWhy) {
  LineReturn returns;
  returns.line = 2;
  EXPECT_EQ(json::encode(returns), R"({"line":2,"returned_before":"0","tax":"0.00","tax_rate":"0","to":"stock"})");
  returns.reason = "quality";
  returns.to = ReturnedTo::supplier;
  EXPECT_EQ(json::decode<LineReturn>(json::encode(returns)), returns);
  EXPECT_NE(json::encode(returns).find(R"("reason":"quality")"), std::string::npos);
}

TEST(NoteReturn, LooksOnlyAtThisSaleAndAtLinesThatCount) {
  ReturnableSale sold{finished_sale(), {}, {}, false};
  note_return(sold, finished_sale());
  auto of_another = back(sold.sale, 1, "1", "1.00");
  of_another.returned_sale->sale = samples::uuid("00000000-0000-4000-8000-00000000ffff");
  note_return(sold, of_another);
  auto voided = back(sold.sale, 1, "1", "1.00");
  voided.lines[0].voided = true;
  voided.priced = {};
  note_return(sold, voided);
  EXPECT_TRUE(sold.returned.empty());
  EXPECT_EQ(sold.refunded, Money{});
}

}  // namespace
}  // namespace lanekeeper::sale
