#include <gtest/gtest.h>

#include "register/entry_text.h"
#include "register/settlement.h"
#include "register_at_work.h"

namespace lanekeeper::till::test {
namespace {

void use_rounding(RegisterAtWork& till, CashRounding rounding) {
  auto settings = shop_settings();
  settings.cash_rounding = rounding;
  till.machine.set_settings(settings);
}

TEST(RegisterMoney, CashThatCoversTheTotalCompletesTheSaleAndGivesChange) {
  RegisterAtWork till;
  till.scan(Shop::milk);
  EXPECT_EQ(till.run(TenderCash{yuan("50")}), "register.not_tendering");
  EXPECT_EQ(till.run(BeginTender{}), "");
  EXPECT_EQ(till.view().state, RegisterState::tendering);
  EXPECT_EQ(till.run(TenderCash{yuan("50")}), "");
  ASSERT_TRUE(till.sold);
  EXPECT_EQ(till.sold->change, yuan("0.10"));
  EXPECT_EQ(till.sold->till, 3);
  EXPECT_EQ(till.sold->cashier_number, "1027");
  EXPECT_EQ(till.sold->business_date, (Date{2026, 11, 20}));
  EXPECT_TRUE(sale::check_arithmetic(*till.sold));
  ASSERT_EQ(till.effects.size(), 3u);
  EXPECT_TRUE(std::holds_alternative<OpenDrawer>(till.effects[0]));
  EXPECT_EQ(std::get<ShowChange>(till.effects[2]).change, yuan("0.10"));
  EXPECT_EQ(std::get<PrintReceipt>(till.effects[1]).sale.receipt_number, 1);
  EXPECT_EQ(till.view().state, RegisterState::idle);
  EXPECT_EQ(till.view().last_sale->change, yuan("0.10"));
  till.scan(Shop::chips);
  EXPECT_FALSE(till.view().last_sale);
}

TEST(RegisterMoney, CompletingAsksForTheCommitAndNothingElse) {
  RegisterAtWork till;
  till.scan(Shop::milk);
  till.run(BeginTender{});
  const auto outcome = till.machine.handle(TenderCash{yuan("50")}, till.moment());
  ASSERT_EQ(outcome.effects.size(), 1u);
  EXPECT_TRUE(std::holds_alternative<CommitSale>(outcome.effects[0]));
  EXPECT_EQ(till.run(Scan{Shop::milk, {}}), "register.busy");
}

TEST(RegisterMoney, AFailedCommitLeavesTheBasketAsItWasBeforeTheMoney) {
  RegisterAtWork till;
  till.scan(Shop::milk);
  till.run(BeginTender{});
  till.run(TenderCash{yuan("20")});
  const auto outcome = till.machine.handle(TenderCash{yuan("30")}, till.moment());
  const auto first_try = std::get<CommitSale>(outcome.effects.at(0)).sale;
  const auto failed = till.machine.sale_commit_failed({"journal.disk_full", "The disk is full.", {}});
  EXPECT_TRUE(failed.effects.empty());
  EXPECT_EQ(till.view().message->code, "journal.disk_full");
  EXPECT_EQ(till.view().tendered, yuan("20"));
  EXPECT_EQ(till.view().lines.size(), 1u);
  EXPECT_EQ(till.run(TenderCash{yuan("30")}), "");
  EXPECT_EQ(till.sold->id, first_try.id) << "the same sale, whenever it is stored";
}

TEST(RegisterMoney, SeveralTendersAddUpAndOneCanBeTakenBack) {
  RegisterAtWork till;
  till.scan(Shop::milk);
  till.run(BeginTender{});
  EXPECT_EQ(till.run(TenderCash{yuan("20")}), "");
  EXPECT_EQ(till.view().cash_due, yuan("29.90"));
  EXPECT_EQ(std::get<PersistBasket>(till.effects.at(0)).basket.tenders.size(), 1u);
  EXPECT_EQ(till.run(BackToSale{}), "register.tender_taken");
  EXPECT_EQ(till.run(VoidBasket{}), "register.tender_taken");
  EXPECT_EQ(till.run(VoidTender{1}), "register.no_tender");
  EXPECT_EQ(till.run(VoidTender{0}), "");
  EXPECT_EQ(till.run(BackToSale{}), "");
  EXPECT_EQ(till.view().state, RegisterState::ringing);
}

TEST(RegisterMoney, NothingIsScannedIntoAPayment) {
  RegisterAtWork till;
  EXPECT_EQ(till.run(BeginTender{}), "register.empty_basket");
  till.scan(Shop::milk);
  till.run(BeginTender{});
  EXPECT_EQ(till.scan(Shop::chips), "register.tendering");
  EXPECT_EQ(till.run(VoidLine{1}), "register.tendering");
  EXPECT_EQ(till.run(SetLineQuantity{1, qty("2")}), "register.tendering");
}

TEST(RegisterMoney, AmountsThatCannotBeAreRefused) {
  RegisterAtWork till;
  till.scan(Shop::milk);
  till.run(BeginTender{});
  EXPECT_EQ(till.run(TenderCash{yuan("0")}), "register.bad_amount");
  EXPECT_EQ(till.run(TenderCash{yuan("-5")}), "register.bad_amount");
  EXPECT_EQ(till.run(TenderCash{Money::of_minor(INT64_MIN)}), "register.bad_amount");
  EXPECT_EQ(till.run(TenderCash{yuan("1000000.01")}), "register.amount_too_large");
  EXPECT_EQ(till.run(TenderCash{Money::of_minor(6901234567892 * 100)}), "register.looks_like_barcode");
  EXPECT_EQ(till.run(TenderCash{Money::of_minor(INT64_MAX)}), "register.amount_too_large");
  EXPECT_TRUE(till.view().tenders.empty());
}

TEST(RegisterMoney, RoundingDownIsItsOwnAmount) {
  RegisterAtWork till;
  use_rounding(till, CashRounding::down_10);
  till.run(Weigh{"301", qty("0.428"), sale::WeightSource::scale});  // 2.55
  till.run(BeginTender{});
  EXPECT_EQ(till.view().cash_due, yuan("2.50"));
  EXPECT_EQ(till.view().cash_adjustment, yuan("-0.05"));
  EXPECT_EQ(till.run(TenderCash{yuan("10")}), "");
  EXPECT_EQ(till.sold->change, yuan("7.50"));
  EXPECT_EQ(till.sold->payable, yuan("2.50"));
  EXPECT_TRUE(sale::check_arithmetic(*till.sold));
}

TEST(RegisterMoney, ExactSmallCoinsPayTheUnroundedTotal) {
  for (const auto rounding : {CashRounding::down_10, CashRounding::nearest_10, CashRounding::nearest_5}) {
    RegisterAtWork till;
    use_rounding(till, rounding);
    till.run(Weigh{"301", qty("0.429"), sale::WeightSource::scale});  // 2.56
    till.run(BeginTender{});
    EXPECT_EQ(till.run(TenderCash{yuan("2.56")}), "");
    ASSERT_TRUE(till.sold);
    EXPECT_EQ(till.sold->cash_adjustment, yuan("0"));
    EXPECT_EQ(till.sold->change, yuan("0"));
    EXPECT_TRUE(sale::check_arithmetic(*till.sold));
  }
}

TEST(RegisterMoney, RoundingUpIsOwedUnlessPaidExactly) {
  RegisterAtWork till;
  use_rounding(till, CashRounding::nearest_10);
  till.run(Weigh{"301", qty("0.429"), sale::WeightSource::scale});  // 2.56 -> 2.60
  till.run(BeginTender{});
  EXPECT_EQ(till.run(TenderCash{yuan("2.58")}), "");
  EXPECT_FALSE(till.sold);
  EXPECT_EQ(till.view().cash_due, yuan("0.02"));
}

TEST(RegisterMoney, ASaleOfNothingToPayCanBeFinished) {
  RegisterAtWork till(access::Role::manager);
  till.scan(Shop::chips);
  till.run(OverridePrice{1, yuan("0"), "gift"});
  till.run(BeginTender{});
  EXPECT_EQ(till.run(TenderCash{yuan("0")}), "");
  ASSERT_TRUE(till.sold);
  EXPECT_TRUE(till.sold->tenders.empty());
  EXPECT_TRUE(sale::check_arithmetic(*till.sold));
  EXPECT_EQ(till.effect<OpenDrawer>(), nullptr) << "no cash, no drawer";
}

TEST(RegisterMoney, TheBusinessDayIsTheOneOnWhichItIsPaid) {
  RegisterAtWork till;
  auto settings = shop_settings();
  settings.day_start_minute = 240;
  till.machine.set_settings(settings);
  till.now = ZonedTime::parse("2026-11-21T03:59:50.000+08:00").value();
  till.scan(Shop::milk);
  till.now = ZonedTime::parse("2026-11-21T04:00:10.000+08:00").value();
  till.run(BeginTender{});
  till.run(TenderCash{yuan("50")});
  EXPECT_EQ(till.sold->business_date, (Date{2026, 11, 21}));
}

TEST(RegisterMoney, NewSettingsWaitForTheNextBasket) {
  RegisterAtWork till;
  till.scan(Shop::milk);
  use_rounding(till, CashRounding::down_10);
  till.run(BeginTender{});
  till.run(TenderCash{yuan("50")});
  EXPECT_EQ(till.sold->cash_rounding, CashRounding::none);
  till.scan(Shop::milk);
  till.run(BeginTender{});
  till.run(TenderCash{yuan("50")});
  EXPECT_EQ(till.sold->cash_rounding, CashRounding::down_10);
}

TEST(EntryText, ABarcodeInAFieldIsRefusedWhateverTheField) {
  for (const char* code : {"6901234567892", "12345670", "012345678905", "00012345678905"}) {
    EXPECT_EQ(parse_units(code).error().code, "register.looks_like_barcode");
    EXPECT_EQ(parse_weight(code).error().code, "register.looks_like_barcode");
    EXPECT_EQ(parse_amount(code).error().code, "register.looks_like_barcode");
  }
}

TEST(EntryText, NumbersAsPeopleTypeThem) {
  EXPECT_EQ(parse_units(" 12 ").value(), qty("12"));
  EXPECT_EQ(parse_units("1.5").error().code, "register.bad_quantity");
  EXPECT_EQ(parse_units("").error().code, "register.bad_quantity");
  EXPECT_EQ(parse_weight("0.836").value(), qty("0.836"));
  EXPECT_EQ(parse_weight("0").error().code, "register.bad_weight");
  EXPECT_EQ(parse_amount("49.9").value(), yuan("49.90"));
  EXPECT_EQ(parse_amount("-1").error().code, "register.bad_amount");
  EXPECT_EQ(parse_amount("1e3").error().code, "register.bad_amount");
}

}  // namespace
}  // namespace lanekeeper::till::test
