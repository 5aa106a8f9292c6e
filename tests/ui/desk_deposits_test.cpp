// Deposits that are given back, in the window: the list, a scan, how many, and who allows more.

#include "desk_fixture.h"

namespace lanekeeper::till::test {
namespace {

constexpr std::string_view oil = "6901000003005";
constexpr std::string_view bottle = "6901000009908";

class DeskDepositsTest : public DeskTest {
 protected:
  void open() {
    press(Action::deposit_back);
    ASSERT_NE(desk.part(), nullptr);
    ASSERT_EQ(desk.place(), Place::deposit);
  }
};

TEST_F(DeskDepositsTest, OneOfTheListIsTaken) {
  sign_in();
  scanner(oil);
  press(Action::more);
  open();
  const auto model = desk.part()->panel();
  ASSERT_EQ(model.rows.size(), 2U);
  EXPECT_EQ(model.rows[0].amount->to_string(), "1.00");
  person("2");
  EXPECT_EQ(desk.part()->panel().selected, 1);
  press_enter();
  EXPECT_EQ(desk.part(), nullptr);
  EXPECT_EQ(view().total.to_string(), "49.90");
  EXPECT_TRUE(view().lines.back().deposit);

  open();
  press(Action::line_down);
  press(Action::line_up);
  press_enter();
  EXPECT_EQ(view().total.to_string(), "48.90");
  open();
  desk.press_row(0);
  EXPECT_EQ(view().total.to_string(), "47.90");
}

TEST_F(DeskDepositsTest, AsManyAsWereTyped) {
  sign_in();
  person("24");
  press(Action::quantity);
  EXPECT_EQ(view().pending_quantity, Quantity::of_units(24));
  open();
  EXPECT_EQ(desk.part()->panel().note.parameters.at(0).second, "24");
  press_enter();
  EXPECT_EQ(view().total.to_string(), "-24.00");
  EXPECT_FALSE(view().pending_quantity);
}

TEST_F(DeskDepositsTest, WhatIsScannedMeanwhileIsGivenBack) {
  sign_in();
  open();
  scanner(bottle);
  scanner(bottle);
  EXPECT_NE(desk.part(), nullptr) << "one after the other";
  EXPECT_EQ(view().total.to_string(), "-2.00");
  scanner(oil);
  ASSERT_NE(view().message, std::nullopt);
  EXPECT_EQ(view().message->code, "deposit.not_one");
  EXPECT_EQ(view().total.to_string(), "-2.00");
  press(Action::cancel);
  press(Action::cancel);
  EXPECT_EQ(desk.part(), nullptr);
  scanner(bottle);
  EXPECT_EQ(view().total.to_string(), "-1.00") << "sold again";
}

TEST_F(DeskDepositsTest, SomebodyElseAllowsMore) {
  sign_in();
  person("201");
  press(Action::quantity);
  open();
  press_enter();
  ASSERT_TRUE(desk.approval().open());
  now_ms += 1000;
  person("1003");
  press_enter();
  person(shop_pin);
  press_enter();
  EXPECT_EQ(view().total.to_string(), "-201.00");
  EXPECT_EQ(view().approvals.at(0).permission, "sale.deposit_back");
}

TEST_F(DeskDepositsTest, MoneyGoesOut) {
  sign_in();
  open();
  press_enter();
  press(Action::pay);
  EXPECT_EQ(desk.screen(), Screen::tender);
  press(Action::deposit_back);
  EXPECT_EQ(desk.place(), Place::tender) << "not once money is at stake";
  press_enter();
  ASSERT_EQ(till.journal.sales.size(), 1U);
  EXPECT_EQ(till.journal.sales[0].change.to_string(), "1.00");
}

TEST_F(DeskDepositsTest, AShopWithoutAnySaysSo) {
  till.items = MemoryItems({});
  sign_in();
  open();
  EXPECT_TRUE(desk.part()->panel().rows.empty());
  EXPECT_EQ(desk.part()->panel().empty.key, "till.deposit.none");
  press_enter();
  EXPECT_NE(desk.part(), nullptr);
  press(Action::cancel);
  EXPECT_EQ(desk.part(), nullptr);
}

}  // namespace
}  // namespace lanekeeper::till::test
