// Ways of paying besides cash, together with cash, and back again.
#include <gtest/gtest.h>

#include "register_at_work.h"
#include "sale/returned_goods.h"

namespace lanekeeper::till::test {
namespace {

using access::Role;
using sale::TenderKind;

struct Paying : RegisterAtWork {
  explicit Paying(CashRounding rounding = CashRounding::none, Role role = Role::manager) : RegisterAtWork(role) {
    auto settings = shop_settings();
    settings.cash_rounding = rounding;
    settings.methods = {{"meal", "饭卡", "Meal card", true}, {"mall", "商场卡", "Mall card", false}};
    machine.set_settings(settings);
  }
  void total(std::string_view price) {
    scan(Shop::milk);
    EXPECT_EQ(run(OverridePrice{1, yuan(price), "price.change"}), "");
    EXPECT_EQ(run(BeginTender{}), "");
  }
  std::string card(std::string_view amount) { return run(TenderOther{TenderKind::card, {}, yuan(amount), "001"}); }
  sale::ReturnableSale sold_before() const { return {*sold, {}, {}, false, {}}; }
};

TEST(RegisterTenders, ACardPaysWhatIsLeftAndNeverMore) {
  Paying till;
  till.total("50");
  EXPECT_EQ(std::get<ShowDue>(till.effects.back()).left, yuan("50"));
  EXPECT_EQ(till.card("50.01"), "tender.too_much");
  EXPECT_EQ(till.detail("most"), "50.00");
  EXPECT_EQ(till.run(TenderOther{TenderKind::card, {}, yuan("50"), " "}), "tender.reference_needed");
  EXPECT_EQ(till.run(TenderOther{TenderKind::card, {}, yuan("0"), "1"}), "register.bad_amount");
  EXPECT_EQ(till.run(TenderOther{TenderKind::cash, {}, yuan("5"), "1"}), "tender.not_accepted");
  EXPECT_EQ(till.card("30"), "");
  EXPECT_EQ(till.view().left_due, yuan("20"));
  EXPECT_EQ(std::get<ShowDue>(till.effects.back()).left, yuan("20"));
  EXPECT_EQ(till.card("20"), "");
  ASSERT_TRUE(till.sold);
  EXPECT_TRUE(sale::check_arithmetic(*till.sold));
  EXPECT_EQ(till.effect<OpenDrawer>(), nullptr);
  EXPECT_EQ(till.effect<ShowChange>()->paid, yuan("50"));
}

TEST(RegisterTenders, OnlyWhatTheStoreAccepts) {
  Paying till;
  till.total("50");
  EXPECT_EQ(till.run(TenderOther{TenderKind::other, {}, yuan("5"), "1"}), "tender.not_accepted");
  EXPECT_EQ(till.run(TenderOther{TenderKind::other, "moon", yuan("5"), "1"}), "tender.not_accepted");
  EXPECT_EQ(till.run(TenderOther{TenderKind::other, "meal", yuan("5"), ""}), "tender.reference_needed");
  EXPECT_EQ(till.run(TenderOther{TenderKind::other, "mall", yuan("5"), ""}), "");
  EXPECT_EQ(till.run(TenderOther{TenderKind::other, "meal", yuan("5"), std::string(65, '1')}), "tender.bad_reference");
  EXPECT_EQ(till.machine.basket().tenders[0].method, "mall");
}

TEST(RegisterTenders, AVoucherThatIsWorthMoreLosesTheRest) {
  Paying till;
  till.total("50");
  EXPECT_EQ(till.run(TenderOther{TenderKind::voucher, {}, yuan("20"), "V1"}), "");
  EXPECT_EQ(till.run(TenderOther{TenderKind::voucher, {}, yuan("20"), "V1"}), "tender.presented_before");
  EXPECT_EQ(till.run(TenderOther{TenderKind::voucher, {}, yuan("100"), "V2"}), "");
  ASSERT_TRUE(till.sold);
  EXPECT_EQ(till.sold->tenders[1].amount, yuan("30"));
  EXPECT_EQ(till.sold->tenders[1].face_value, yuan("100"));
  EXPECT_FALSE(till.sold->tenders[0].face_value);
  EXPECT_EQ(till.sold->change, Money());
  EXPECT_TRUE(sale::check_arithmetic(*till.sold));
}

TEST(RegisterTenders, OnlyTheCashPartIsRounded) {
  Paying till(CashRounding::down_10);
  till.total("52.55");
  EXPECT_EQ(till.card("30.02"), "");
  EXPECT_EQ(till.view().left_due, yuan("22.53"));
  EXPECT_EQ(till.view().cash_due, yuan("22.50"));
  EXPECT_EQ(till.run(TenderCash{yuan("30")}), "");
  EXPECT_EQ(till.sold->change, yuan("7.50"));
  EXPECT_EQ(till.sold->cash_adjustment, yuan("-0.03"));
  EXPECT_TRUE(sale::check_arithmetic(*till.sold));
}

TEST(RegisterTenders, CashFirstAndTheRestByCardIsExact) {
  for (const auto rounding : {CashRounding::down_10, CashRounding::nearest_5, CashRounding::nearest_10}) {
    Paying till(rounding);
    till.total("52.56");
    EXPECT_EQ(till.run(TenderCash{yuan("10.03")}), "");
    EXPECT_EQ(till.view().left_due, yuan("42.53"));
    EXPECT_EQ(till.card("42.53"), "");
    ASSERT_TRUE(till.sold);
    EXPECT_EQ(till.sold->cash_adjustment, Money());
    EXPECT_EQ(till.sold->change, Money());
    EXPECT_TRUE(sale::check_arithmetic(*till.sold));
  }
}

TEST(RegisterTenders, OneThatIsNoCashIsTakenOutOnlyByWhoMay) {
  Paying till(CashRounding::none, Role::cashier);
  till.scan(Shop::milk);
  till.run(BeginTender{});
  till.card("10");
  till.run(TenderCash{yuan("1")});
  EXPECT_EQ(till.run(VoidTender{0}), "access.denied");
  EXPECT_EQ(till.detail("permission"), "tender.void");
  EXPECT_EQ(till.run(VoidTender{1}), "");
  EXPECT_EQ(till.run_by(staff_member(Role::supervisor, 50), VoidTender{0}), "");
  EXPECT_EQ(till.machine.basket().approvals->front().permission, "tender.void");
  EXPECT_EQ(std::get<ShowDue>(till.effects.back()).left, yuan("49.90"));
}

TEST(RegisterTenders, AFailedCommitGivesTheLastOneBack) {
  Paying till;
  till.total("50");
  till.card("20");
  (void)till.machine.handle(TenderOther{TenderKind::card, {}, yuan("30"), "2"}, till.moment());
  EXPECT_FALSE(till.machine.sale_commit_failed({"journal.disk_full", "", {}}).result);
  EXPECT_EQ(till.view().left_due, yuan("30"));
  EXPECT_EQ(till.run(TenderCash{yuan("30")}), "");
}

TEST(RegisterTenders, CashGoesBackForACardThatIsGoneWhereSomebodyElseAllowsIt) {
  Paying till;
  till.total("50");
  till.card("30");
  till.run(TenderCash{yuan("20")});
  const auto sold = till.sold_before();
  till.run(BeginReturn{sold});
  till.run(ReturnLine{1, qty("1"), sale::ReturnedTo::stock, "quality"});
  till.run(BeginTender{});
  EXPECT_EQ(till.run(TenderCash{}), "refund.not_in_cash") << "nobody does that alone, a manager neither";
  EXPECT_EQ(till.detail("permission"), "refund.in_cash");
  EXPECT_EQ(till.run_by(staff_member(Role::cashier, 50), TenderCash{}), "access.denied");
  EXPECT_EQ(till.run_by(staff_member(Role::supervisor, 7), TenderCash{}), "access.same_person");
  EXPECT_EQ(till.run_by(staff_member(Role::supervisor, 50), TenderCash{}), "");
  const auto& back = *till.sold;
  EXPECT_EQ(back.change, yuan("50"));
  ASSERT_TRUE(back.cash_instead);
  ASSERT_EQ(back.cash_instead->of.size(), 1u);
  EXPECT_EQ(back.cash_instead->of[0].kind, TenderKind::card);
  EXPECT_EQ(back.cash_instead->of[0].amount, yuan("30"));
  EXPECT_EQ(back.cash_instead->reason, "card_gone");
  EXPECT_EQ(back.cash_instead->approved_by, 50);
  EXPECT_EQ(back.approvals->back().permission, "refund.in_cash");
  EXPECT_TRUE(sale::check_arithmetic(back));
  auto after = sold;
  sale::note_return(after, back);
  EXPECT_EQ(after.refunded, yuan("50"));
  ASSERT_TRUE(after.refunded_otherwise);
  EXPECT_EQ(after.refunded_otherwise->front().amount, yuan("30")) << "it cannot go back to the card as well";
}

TEST(RegisterTenders, WhatWentOutInCashInsteadGoesBackToNoCard) {
  Paying till;
  till.scan(Shop::milk);
  till.scan(Shop::chips);
  till.run(BeginTender{});
  till.card("57.80");
  auto sold = till.sold_before();
  till.run(BeginReturn{sold});
  till.run(ReturnLine{2, qty("1"), sale::ReturnedTo::stock, "quality"});
  till.run(BeginTender{});
  EXPECT_EQ(till.run_by(staff_member(Role::supervisor, 50), TenderCash{{}, "card blocked"}), "");
  EXPECT_EQ(till.sold->cash_instead->reason, "card blocked");
  sale::note_return(sold, *till.sold);
  till.run(BeginReturn{sold});
  till.run(ReturnLine{1, qty("1"), sale::ReturnedTo::stock, "quality"});
  till.run(BeginTender{});
  EXPECT_EQ(till.view().refund_options.at(0).most, yuan("49.90"));
  EXPECT_EQ(till.view().refund_in_cash_most, Money());
  EXPECT_EQ(till.run(RefundTender{TenderKind::card, {}, yuan("49.90"), "7"}), "");
  EXPECT_FALSE(till.sold->cash_instead);
}

TEST(RegisterTenders, CashInsteadThatCouldNotBeStoredIsNotRemembered) {
  Paying till;
  till.total("50");
  till.card("50");
  till.run(BeginReturn{till.sold_before()});
  till.run(ReturnLine{1, qty("1"), sale::ReturnedTo::stock, "quality"});
  till.run(BeginTender{});
  auto allowed = till.moment();
  allowed.authority = Authority{staff_member(Role::supervisor, 50), sale::ApprovalMeans::pin, std::nullopt};
  ASSERT_TRUE(till.machine.handle(TenderCash{}, allowed).result);
  EXPECT_FALSE(till.machine.sale_commit_failed({"journal.disk_full", "", {}}).result);
  EXPECT_EQ(till.run(RefundTender{TenderKind::card, {}, yuan("50"), "7"}), "");
  EXPECT_FALSE(till.sold->cash_instead) << "the card was there after all";
  EXPECT_FALSE(till.sold->approvals && till.sold->approvals->back().permission == "refund.in_cash");
}

TEST(RegisterTenders, MoneyGoesBackTheWayItCame) {
  Paying till;
  till.total("50");
  till.card("30");
  till.run(TenderCash{yuan("20")});
  EXPECT_EQ(till.run(BeginReturn{till.sold_before()}), "");
  EXPECT_EQ(till.run(ReturnLine{1, qty("1"), sale::ReturnedTo::stock, "quality"}), "");
  EXPECT_EQ(till.run(BeginTender{}), "");
  ASSERT_EQ(till.view().refund_options.size(), 1u);
  EXPECT_EQ(till.view().refund_options[0].most, yuan("30"));
  EXPECT_EQ(till.view().refund_in_cash_most, yuan("20"));
  EXPECT_EQ(till.view().left_due, yuan("-50"));
  EXPECT_EQ(till.run(TenderCash{}), "refund.not_in_cash");
  EXPECT_EQ(till.detail("most"), "20.00");
  EXPECT_EQ(till.detail("otherwise"), "30.00");
  EXPECT_EQ(till.run(RefundTender{TenderKind::card, {}, yuan("30.01"), "1"}), "tender.too_much");
  EXPECT_EQ(till.run(RefundTender{TenderKind::voucher, {}, yuan("1"), "1"}), "tender.too_much");
  EXPECT_EQ(till.run(RefundTender{TenderKind::card, {}, yuan("30"), ""}), "tender.reference_needed");
  EXPECT_EQ(till.run(RefundTender{TenderKind::card, {}, yuan("30"), "R1"}), "");
  EXPECT_TRUE(till.view().refund_options.empty());
  EXPECT_EQ(till.view().cash_due, yuan("-20"));
  EXPECT_EQ(till.run(TenderCash{}), "");
  EXPECT_EQ(till.sold->change, yuan("20"));
  EXPECT_EQ(till.sold->tenders[0].amount, yuan("-30"));
  EXPECT_TRUE(sale::check_arithmetic(*till.sold));
  EXPECT_NE(till.effect<OpenDrawer>(), nullptr);
}

TEST(RegisterTenders, WhatWasPaidByCardGoesBackOnItInGoes) {
  Paying till;
  till.run(PendingQuantity{qty("2")});
  till.total("25");
  till.card("50");
  auto sold = till.sold_before();
  for (int go = 0; go < 2; ++go) {
    EXPECT_EQ(till.run(BeginReturn{sold}), "");
    EXPECT_EQ(till.run(ReturnLine{1, qty("1"), sale::ReturnedTo::stock, "quality"}), "");
    EXPECT_EQ(till.run(BeginTender{}), "");
    EXPECT_EQ(till.view().refund_in_cash_most, Money());
    EXPECT_EQ(till.run(RefundTender{TenderKind::card, {}, yuan("25.01"), "1"}), "tender.too_much");
    EXPECT_EQ(till.run(RefundTender{TenderKind::card, {}, yuan("25"), "1"}), "") << "nothing is left: that finishes it";
    EXPECT_EQ(till.effect<OpenDrawer>(), nullptr);
    EXPECT_TRUE(sale::check_arithmetic(*till.sold));
    sale::note_return(sold, *till.sold);
  }
  EXPECT_EQ(till.run(BeginReturn{sold}), "return.nothing_left");
}

}  // namespace
}  // namespace lanekeeper::till::test
