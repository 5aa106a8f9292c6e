// GS1 codes at the register: what rings, and what is refused with its reason.

#include <gtest/gtest.h>

#include "register_at_work.h"

namespace lanekeeper::till {
namespace {

using test::RegisterAtWork;
using test::Shop;

TEST(RegisterCodes, AGs1CodeRingsItsGoods) {
  for (const auto* raw : {"]d20106901234567892"
                          "17261231"
                          "10ABC",
                          "(01)06901234567892(17)261120", "https://id.gs1.org/01/06901234567892/10/ABC?17=261231"}) {
    RegisterAtWork desk;
    EXPECT_EQ(desk.scan(raw), "") << raw;
    ASSERT_EQ(desk.view().lines.size(), 1U) << raw;
  }
}
TEST(RegisterCodes, ExpiredGoodsAreRefused) {
  RegisterAtWork desk;
  EXPECT_EQ(desk.scan("(01)06901234567892(17)261119"), "barcode.expired");
  EXPECT_EQ(desk.scan("(01)06901234567893"), "gs1.check_digit");
  EXPECT_EQ(desk.scan("130123456789012345"), "barcode.payment_code");
  EXPECT_TRUE(desk.view().lines.empty());
}
TEST(RegisterCodes, ADateThatHasPassedIsToldAndStopsNothing) {
  RegisterAtWork desk;
  EXPECT_EQ(desk.scan("(01)06901234567892(15)261119"), "");
  ASSERT_EQ(desk.view().last_scan_warnings.size(), 1U);
  EXPECT_EQ(desk.view().last_scan_warnings[0].code, "barcode.past_best_before");
  ASSERT_FALSE(desk.view().last_scan_warnings[0].details.empty());
  EXPECT_EQ(desk.view().last_scan_warnings[0].details[0].first, "name");
  EXPECT_EQ(desk.run(Dismiss{}), "");
  EXPECT_TRUE(desk.view().last_scan_warnings.empty());
  EXPECT_EQ(desk.scan("(01)06901234567892(16)261119"), "");
  EXPECT_EQ(desk.view().last_scan_warnings.at(0).code, "barcode.past_sell_by");
  EXPECT_EQ(desk.scan("(01)06901234567892(15)261120"), "");
  EXPECT_TRUE(desk.view().last_scan_warnings.empty()) << "of the goods that were entered last only";
  EXPECT_EQ(desk.scan("(01)06901234567892(15)261119"), "");
  EXPECT_EQ(desk.run(VoidBasket{}), "");
  EXPECT_TRUE(desk.view().last_scan_warnings.empty());
}
TEST(RegisterCodes, AWarningGoesWithItsLine) {
  RegisterAtWork desk;
  EXPECT_EQ(desk.scan(Shop::cola), "");
  EXPECT_EQ(desk.scan("(01)06901234567892(15)261119"), "");
  const auto warned = desk.view().last_line;
  EXPECT_EQ(desk.run(SelectLine{warned}), "");
  EXPECT_EQ(desk.view().last_scan_warnings.size(), 1U);
  EXPECT_EQ(desk.run(VoidLine{warned}), "");
  EXPECT_TRUE(desk.view().last_scan_warnings.empty());
  EXPECT_EQ(desk.scan("(01)06901234567892(15)261119"), "");
  EXPECT_EQ(desk.run(SelectLine{1}), "");
  EXPECT_TRUE(desk.view().last_scan_warnings.empty());
}
TEST(RegisterCodes, OnlyWarningsThatStandAloneLeaveTheQuantityWaiting) {
  RegisterAtWork desk;
  EXPECT_EQ(desk.scan("(01)06901234567892(15)261119"), "");
  EXPECT_EQ(desk.run(PendingQuantity{Quantity::of_units(3)}), "");
  EXPECT_EQ(desk.run(Dismiss{}), "");
  EXPECT_TRUE(desk.view().last_scan_warnings.empty());
  EXPECT_TRUE(desk.view().pending_quantity);
  EXPECT_EQ(desk.run(Dismiss{}), "");
  EXPECT_FALSE(desk.view().pending_quantity);
}
TEST(RegisterCodes, ANetWeightOnGoodsSoldByThePieceIsOnlyTold) {
  RegisterAtWork desk;
  EXPECT_EQ(desk.scan("(01)06901234567892(3103)000250"), "");
  ASSERT_EQ(desk.view().lines.size(), 1U);
}

}  // namespace
}  // namespace lanekeeper::till
