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
