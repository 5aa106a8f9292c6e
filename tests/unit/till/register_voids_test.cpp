// Whole sales of today that are made undone at the register (edge case 43).
#include <gtest/gtest.h>

#include "offers.h"
#include "register_at_work.h"
#include "sale/returned_goods.h"

namespace lanekeeper::till::test {
namespace {

using access::Role;

constexpr std::int64_t other_person = 8;

struct Voids : RegisterAtWork {
  sale::ReturnableSale sold_before;

  // Rung by number 7; who voids it is signed in then.
  explicit Voids(Role role = Role::manager, RegisterSettings settings = settings_with_offers())
      : RegisterAtWork(Role::cashier), role_(role) {
    settings.methods = {{"meal", "饭卡", "Meal card", true}};
    machine.set_settings(std::move(settings));
  }
  void sell(std::initializer_list<const char*> codes, std::string_view by_card = {}) {
    for (const auto* code : codes) EXPECT_EQ(scan(code), "");
    EXPECT_EQ(run(BeginTender{}), "");
    if (!by_card.empty()) run(TenderOther{sale::TenderKind::card, {}, yuan(by_card), "0017"});
    EXPECT_EQ(run(TenderCash{view().cash_due}), "");
    sold_before = {*sold, {}, {}, false};
    EXPECT_EQ(run(SignedIn{staff_member(role_, other_person)}), "");
  }
  std::string begin(std::string reason = "wrong_payment") { return run(BeginVoid{sold_before, std::move(reason)}); }
  Role role_;
};

TEST(RegisterVoids, EverythingComesBackAsItWasSold) {
  Voids till;
  till.sell({Shop::chips, Shop::chips, Shop::milk});  // 7.90 + 3.95 + 49.90
  EXPECT_EQ(till.begin(), "");
  const auto& view = till.view();
  ASSERT_TRUE(view.returning);
  EXPECT_EQ(view.returning->void_reason, "wrong_payment");
  ASSERT_EQ(view.lines.size(), 2u);
  EXPECT_EQ(view.lines[0].return_reason, "cashier_error");
  EXPECT_EQ(view.lines[0].returned_to, sale::ReturnedTo::stock);
  EXPECT_EQ(view.returning->lines[0].left, Quantity());
  EXPECT_EQ(view.total, yuan("-61.75"));
  EXPECT_EQ(till.run(BeginTender{}), "");
  EXPECT_EQ(till.run(TenderCash{}), "");
  EXPECT_TRUE(std::holds_alternative<OpenDrawer>(till.effects[0]));
  ASSERT_TRUE(till.sold->returned_sale);
  EXPECT_EQ(till.sold->returned_sale->void_reason, "wrong_payment");
  EXPECT_EQ(till.sold->change, yuan("61.75"));
  EXPECT_FALSE(till.sold->approvals) << "a manager who did not ring it needs nobody";
  EXPECT_TRUE(sale::check_arithmetic(*till.sold));
  sale::note_return(till.sold_before, *till.sold);
  EXPECT_EQ(till.begin(), "void.something_back") << "once";
  till.sold_before = {*till.sold, {}, {}, false};
  EXPECT_EQ(till.begin(), "void.is_return");
}

TEST(RegisterVoids, NothingIsLeftOutAndNothingIsAdded) {
  Voids till;
  till.sell({Shop::cola, Shop::milk});
  ASSERT_EQ(till.begin(), "");
  const auto before = till.machine.basket();
  const Command refused[] = {ReturnLine{1, qty("1")},
                             SellInReturn{true},
                             VoidLine{1},
                             SetLineQuantity{1, qty("2")},
                             DescribeReturn{0, "quality", {}},
                             Scan{Shop::cola, barcode::Symbology::unknown},
                             AddItem{1},
                             PendingQuantity{qty("2")},
                             DiscountBasket{yuan("1"), {}, ""},
                             IdentifyMember{some_member()},
                             AddCoupon{"WELCOME", false}};
  for (const auto& command : refused) EXPECT_EQ(till.run(command), "void.whole_only") << command.index();
  EXPECT_EQ(till.begin(), "register.basket_open");
  EXPECT_EQ(till.run(SuspendBasket{}), "suspend.return");
  EXPECT_EQ(till.machine.basket(), before);
  EXPECT_EQ(till.run(DescribeReturn{2, {}, sale::ReturnedTo::waste}), "") << "one of them broke";
  EXPECT_EQ(till.run(VoidBasket{}), "");
  EXPECT_FALSE(till.view().returning);
  EXPECT_EQ(till.scan(Shop::cola), "") << "selling goes on";
}

TEST(RegisterVoids, NotOfAnotherDayNorOfWhatIsNotKnown) {
  Voids till;
  till.sell({Shop::cola, Shop::cola});
  EXPECT_EQ(till.begin(" "), "void.reason_needed");
  auto before = till.sold_before;
  till.sold_before.may_be_incomplete = true;
  EXPECT_EQ(till.begin(), "void.may_be_incomplete");
  till.sold_before = before;
  till.sold_before.returned = {{1, qty("1"), yuan("3.00")}};
  EXPECT_EQ(till.begin(), "void.something_back");
  till.sold_before = before;
  EXPECT_EQ(till.run(BeginReturn{before}), "");
  EXPECT_FALSE(till.view().returning->no_void);
  EXPECT_EQ(till.begin(), "") << "of the receipt that lies there";
  EXPECT_EQ(till.run(VoidBasket{}), "");
  till.now.instant.unix_ms += std::int64_t{24} * 3600 * 1000;
  EXPECT_EQ(till.begin(), "void.other_day");
  EXPECT_EQ(till.run(BeginReturn{before}), "");
  ASSERT_TRUE(till.view().returning->no_void);
  EXPECT_EQ(till.view().returning->no_void->code, "void.other_day");
}

TEST(RegisterVoids, AnExerciseKnowsItsOwnSales) {
  auto settings = settings_with_offers();
  settings.training = true;
  Voids till(Role::manager, settings);
  till.sell({Shop::cola});
  till.sold_before.may_be_incomplete = true;
  EXPECT_EQ(till.begin(), "");
  EXPECT_EQ(till.run(BeginTender{}), "");
  EXPECT_EQ(till.run(TenderCash{}), "");
  EXPECT_TRUE(till.sold->training.value_or(false));
}

TEST(RegisterVoids, NeverByWhoRangItAlone) {
  Voids till;
  till.sell({Shop::cola});
  EXPECT_EQ(till.run(SignedIn{staff_member(Role::manager, 7)}), "");
  EXPECT_EQ(till.begin(), "void.own_sale");
  EXPECT_EQ(till.detail("permission"), "sale.void_completed") << "somebody else can lift it";
  EXPECT_EQ(till.run_by(staff_member(Role::manager, 7), BeginVoid{till.sold_before, "other"}), "access.same_person");
  EXPECT_EQ(till.run_by(staff_member(Role::cashier, 9), BeginVoid{till.sold_before, "other"}), "access.denied");
  EXPECT_EQ(till.run(SignedIn{staff_member(Role::cashier, other_person)}), "");
  EXPECT_EQ(till.begin(), "access.denied");
  EXPECT_EQ(till.run_by(staff_member(Role::manager, 7), BeginVoid{till.sold_before, "other"}), "void.own_sale")
      << "who rang it does not lend the right either";
  EXPECT_EQ(till.run_by(staff_member(Role::supervisor, 9), BeginVoid{till.sold_before, "other"}), "");
  EXPECT_EQ(till.run(BeginTender{}), "") << "lent for the whole basket";
  EXPECT_EQ(till.run(TenderCash{}), "");
  ASSERT_TRUE(till.sold->approvals);
  EXPECT_EQ(till.sold->approvals->size(), 1u);
  EXPECT_EQ(till.sold->approvals->front().permission, "sale.void_completed");
  EXPECT_EQ(till.sold->approvals->front().approved_by, 9);
}

TEST(RegisterVoids, WithinTheLimitOfWhoAllowsIt) {
  Voids till(Role::supervisor);
  EXPECT_EQ(till.run(PendingQuantity{qty("20")}), "");
  till.sell({Shop::milk});  // 998.00
  EXPECT_EQ(till.begin(), "return.over_limit");
  EXPECT_FALSE(till.view().returning) << "nothing has begun";
  EXPECT_EQ(till.run_by(staff_member(Role::manager, 9), BeginVoid{till.sold_before, "other"}), "");
}

TEST(RegisterVoids, TheMoneyGoesBackTheWayItCame) {
  auto settings = settings_with_offers();
  settings.cash_rounding = CashRounding::down_10;
  Voids till(Role::manager, settings);
  till.sell({Shop::milk, Shop::chips, Shop::chips}, "20.00");  // 61.75, of it 41.75 in cash
  EXPECT_EQ(till.sold->payable, yuan("61.70"));
  ASSERT_EQ(till.begin(), "");
  EXPECT_EQ(till.run(BeginTender{}), "");
  EXPECT_EQ(till.run(TenderCash{}), "refund.not_in_cash");
  EXPECT_EQ(till.run(RefundTender{sale::TenderKind::card, {}, yuan("20.00"), "0018"}), "");
  EXPECT_EQ(till.run(TenderCash{}), "");
  EXPECT_EQ(till.sold->change, yuan("41.70")) << "with the rounding of the sale";
  EXPECT_EQ(till.sold->payable, yuan("-61.70"));
}

TEST(RegisterVoids, ATillThatWasKilledComesBackToIt) {
  Voids till;
  till.sell({Shop::chips, Shop::chips});
  ASSERT_EQ(till.begin("customer_left"), "");
  const auto stored = till.machine.basket();
  RegisterAtWork after(Role::manager);
  after.machine.set_settings(settings_with_offers());
  after.machine.restore(stored);
  EXPECT_EQ(after.machine.basket(), stored);
  EXPECT_EQ(after.view().returning->void_reason, "customer_left");
  EXPECT_EQ(after.run(Scan{Shop::milk, {}}), "void.whole_only");
  after.machine.resume_return(till.sold_before);
  EXPECT_EQ(after.run(BeginTender{}), "void.own_sale") << "number 7 rang it";
  EXPECT_EQ(after.run_by(staff_member(Role::manager, other_person), BeginTender{}), "");
  EXPECT_EQ(after.run(TenderCash{}), "");
  EXPECT_EQ(after.sold->change, yuan("11.85"));
  EXPECT_EQ(after.sold->returned_sale->void_reason, "customer_left");
}

}  // namespace
}  // namespace lanekeeper::till::test
