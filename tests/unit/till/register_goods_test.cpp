#include <gtest/gtest.h>

#include "register_at_work.h"

namespace lanekeeper::till::test {
namespace {

TEST(RegisterGoods, NothingCanBeRungBeforeSomebodySignsIn) {
  Shop shop;
  Register machine(shop, shop_settings());
  const auto outcome = machine.handle(Scan{Shop::milk, {}}, {});
  ASSERT_FALSE(outcome.result);
  EXPECT_EQ(outcome.result.error().code, "register.signed_out");
  EXPECT_EQ(machine.view()->state, RegisterState::signed_out);
  EXPECT_TRUE(outcome.effects.empty());
}

TEST(RegisterGoods, OnlyPeopleWhoMayRingCanSignIn) {
  RegisterAtWork till;
  EXPECT_EQ(till.run(SignedIn{staff_member(access::Role::accountant, 9)}), "access.no_till_role");
  auto dismissed = staff_member(access::Role::cashier, 9);
  dismissed.active = false;
  EXPECT_EQ(till.run(SignedIn{dismissed}), "access.no_till_role");
}

TEST(RegisterGoods, AScanMakesAPricedLineAndAsksForTheBasketToBeStored) {
  RegisterAtWork till;
  EXPECT_EQ(till.scan(Shop::milk), "");
  const auto& view = till.view();
  ASSERT_EQ(view.lines.size(), 1u);
  EXPECT_EQ(view.lines[0].name, "晨牧纯牛奶 250mL×12盒");
  EXPECT_EQ(view.lines[0].code, Shop::milk);
  EXPECT_EQ(view.total, yuan("49.90"));
  EXPECT_EQ(view.state, RegisterState::ringing);
  ASSERT_EQ(till.effects.size(), 2u);
  EXPECT_EQ(std::get<PersistBasket>(till.effects[0]).basket.lines.size(), 1u);
  EXPECT_EQ(std::get<ShowItem>(till.effects[1]).total, yuan("49.90"));
}

TEST(RegisterGoods, TheSameGoodsScannedAgainDirectlyAfterwardsCountUp) {
  RegisterAtWork till;
  till.scan(Shop::milk);
  till.scan(Shop::milk);
  till.scan(Shop::chips);
  till.scan(Shop::milk);
  const auto& view = till.view();
  ASSERT_EQ(view.lines.size(), 3u);
  EXPECT_EQ(view.lines[0].quantity, qty("2"));
  EXPECT_EQ(view.item_count, 4);
  EXPECT_EQ(view.line_count, 3);
}

TEST(RegisterGoods, AQuantityBindsToTheNextScanOnly) {
  RegisterAtWork till;
  EXPECT_EQ(till.run(PendingQuantity{qty("2")}), "");
  EXPECT_EQ(till.view().pending_quantity, qty("2"));
  till.scan(Shop::milk);
  EXPECT_FALSE(till.view().pending_quantity);
  till.scan(Shop::milk);
  EXPECT_EQ(till.view().lines[0].quantity, qty("3"));
}

TEST(RegisterGoods, ARefusedScanUsesTheQuantityUpSoThatItNeverMeetsOtherGoods) {
  RegisterAtWork till;
  till.run(PendingQuantity{qty("5")});
  EXPECT_EQ(till.scan("6901234567891"), "barcode.check_digit");
  till.scan(Shop::milk);
  EXPECT_EQ(till.view().lines[0].quantity, qty("1"));
}

TEST(RegisterGoods, QuantitiesThatCannotBeAreRefused) {
  RegisterAtWork till;
  for (const auto bad : {qty("0"), qty("-1"), qty("1.5"), qty("10000"), Quantity::of_milli(INT64_MAX)}) {
    EXPECT_EQ(till.run(PendingQuantity{bad}), "register.bad_quantity");
  }
  till.scan(Shop::milk);
  EXPECT_EQ(till.run(SetLineQuantity{1, qty("0")}), "register.bad_quantity");
  EXPECT_EQ(till.view().lines[0].quantity, qty("1"));
}

TEST(RegisterGoods, UnknownBlockedUnpricedAndInactiveGoodsSayWhatTheyAre) {
  RegisterAtWork till;
  EXPECT_EQ(till.scan(with_check_digit("690000000008")), "barcode.unknown");
  EXPECT_EQ(till.scan("6901234567890"), "barcode.check_digit");
  EXPECT_EQ(till.scan(Shop::blocked), "item.blocked");
  EXPECT_EQ(till.scan(Shop::unpriced), "item.no_price");
  EXPECT_EQ(till.run(AddItem{999}), "item.unknown");
  till.shop.named("可乐").active = false;
  EXPECT_EQ(till.run(AddItem{till.shop.named("可乐").id}), "item.inactive");
  EXPECT_EQ(till.view().lines.size(), 0u);
  EXPECT_EQ(till.view().message->code, "item.inactive");
}

TEST(RegisterGoods, APriceThatChangesMeanwhileMakesALineOfItsOwn) {
  RegisterAtWork till;
  till.scan(Shop::milk);
  till.shop.named("晨牧纯牛奶").prices[0].amount = yuan("45.00");
  till.scan(Shop::milk);
  ASSERT_EQ(till.view().lines.size(), 2u);
  EXPECT_EQ(till.view().lines[0].unit_price, yuan("49.90"));
  EXPECT_EQ(till.view().lines[1].unit_price, yuan("45.00"));
}

TEST(RegisterGoods, APackSellsItsUnitsAtItsPriceAndLooseOnesStayApart) {
  RegisterAtWork till;
  till.scan(Shop::beer_case);
  till.run(ConfirmAge{true});
  till.scan(Shop::beer);
  till.scan(Shop::cola_six);
  const auto& view = till.view();
  ASSERT_EQ(view.lines.size(), 3u);
  EXPECT_EQ(view.lines[0].quantity, qty("12"));
  EXPECT_EQ(view.lines[0].gross, yuan("54.00"));
  EXPECT_EQ(view.lines[1].gross, yuan("5.00"));
  EXPECT_EQ(view.lines[2].quantity, qty("6"));
  EXPECT_EQ(view.lines[2].gross, yuan("18.00"));
  EXPECT_EQ(till.run(SetLineQuantity{1, qty("6")}), "register.fixed_line");
}

TEST(RegisterGoods, SeveralPacksAtOnce) {
  RegisterAtWork till;
  till.run(PendingQuantity{qty("3")});
  till.scan(Shop::cola_six);
  EXPECT_EQ(till.view().lines[0].quantity, qty("18"));
  till.run(PendingQuantity{qty("9999")});
  EXPECT_EQ(till.scan(Shop::cola_six), "register.bad_quantity");
}

TEST(RegisterGoods, AnAmountOnALabelIsChargedExactly) {
  RegisterAtWork till;
  EXPECT_EQ(till.scan(with_check_digit("210061202191")), "");
  const auto& line = till.view().lines[0];
  EXPECT_EQ(line.gross, yuan("21.91"));
  EXPECT_EQ(line.quantity, qty("0.612"));
  EXPECT_EQ(line.weight_source, sale::WeightSource::label);
  EXPECT_EQ(till.run(SetLineQuantity{1, qty("2")}), "register.weighed_line");
}

TEST(RegisterGoods, AWeightOnALabelIsPricedAndDigitsLoseTheirLeadingZeros) {
  RegisterAtWork till;
  EXPECT_EQ(till.scan(with_check_digit("220030100428")), "");
  EXPECT_EQ(till.view().lines[0].quantity, qty("0.428"));
  EXPECT_EQ(till.view().lines[0].gross, yuan("2.55"));
}

TEST(RegisterGoods, AChineseLabelOf18DigitsCarriesBoth) {
  RegisterAtWork till;
  EXPECT_EQ(till.scan(with_check_digit("26006120220000612")), "");
  EXPECT_EQ(till.view().lines[0].quantity, qty("0.612"));
  EXPECT_EQ(till.view().lines[0].gross, yuan("22.00"));
}

TEST(RegisterGoods, ALabelThatDoesNotFitTheGoodsFailsLoudly) {
  RegisterAtWork till;
  till.shop.add("散装糖", "700", "12.00");
  EXPECT_EQ(till.scan(with_check_digit("220070000428")), "register.label_mismatch");
  EXPECT_EQ(till.scan(with_check_digit("210061200000")), "register.label_zero");
  till.run(PendingQuantity{qty("2")});
  EXPECT_EQ(till.scan(with_check_digit("210061202191")), "register.label_quantity");
}

TEST(RegisterGoods, WeighedGoodsWaitForTheirWeightAndLetNothingPast) {
  RegisterAtWork till;
  EXPECT_EQ(till.scan("301"), "register.weight_needed");
  ASSERT_TRUE(till.view().waiting_for_weight);
  EXPECT_EQ(till.scan(Shop::milk), "register.weigh_first");
  EXPECT_EQ(till.run(BeginTender{}), "register.weigh_first");
  EXPECT_EQ(till.run(Weigh{"", qty("0"), sale::WeightSource::scale}), "register.bad_weight");
  EXPECT_EQ(till.run(Weigh{"", qty("-0.2"), sale::WeightSource::scale}), "register.bad_weight");
  EXPECT_EQ(till.run(Weigh{"", qty("501"), sale::WeightSource::scale}), "register.bad_weight");
  EXPECT_EQ(till.run(Weigh{"", qty("0.428"), sale::WeightSource::scale}), "");
  EXPECT_FALSE(till.view().waiting_for_weight);
  EXPECT_EQ(till.view().lines[0].gross, yuan("2.55"));
}

TEST(RegisterGoods, DismissGivesTheWaitingGoodsUp) {
  RegisterAtWork till;
  till.scan("301");
  EXPECT_EQ(till.run(Dismiss{}), "");
  EXPECT_FALSE(till.view().waiting_for_weight);
  EXPECT_FALSE(till.view().message);
  EXPECT_EQ(till.run(Weigh{"", qty("1"), sale::WeightSource::scale}), "register.nothing_to_weigh");
}

TEST(RegisterGoods, CodeAndWeightInOneGo) {
  RegisterAtWork till;
  EXPECT_EQ(till.run(Weigh{"301", qty("1"), sale::WeightSource::scale}), "");
  EXPECT_EQ(till.run(Weigh{Shop::milk, qty("1"), sale::WeightSource::scale}), "register.not_weighed");
  EXPECT_EQ(till.view().lines[0].gross, yuan("5.96"));
}

TEST(RegisterGoods, ATypedWeightNeedsTheRightToIt) {
  RegisterAtWork cashier(access::Role::cashier);
  EXPECT_EQ(cashier.run(Weigh{"301", qty("1"), sale::WeightSource::manual}), "access.denied");
  RegisterAtWork supervisor;
  EXPECT_EQ(supervisor.run(Weigh{"301", qty("1"), sale::WeightSource::manual}), "");
  EXPECT_EQ(supervisor.view().lines[0].weight_source, sale::WeightSource::manual);
}

TEST(RegisterGoods, OneBarcodeOnTwoItemsAsksWhich) {
  RegisterAtWork till;
  EXPECT_EQ(till.scan(Shop::twice), "register.choose_item");
  ASSERT_EQ(till.view().choices.size(), 2u);
  EXPECT_EQ(till.scan(Shop::milk), "register.choose_first");
  EXPECT_EQ(till.run(AddItem{till.view().choices[1].id}), "");
  EXPECT_TRUE(till.view().choices.empty());
  EXPECT_EQ(till.view().lines[0].name, "新酱油");
}

TEST(RegisterGoods, TheItemNumberIsAsGoodAsACode) {
  RegisterAtWork till;
  till.shop.named("可乐").number = "102900011036623";
  EXPECT_EQ(till.scan("102900011036623"), "");
  EXPECT_EQ(till.view().lines[0].name, "可乐");
}

TEST(RegisterGoods, ACodeGoesBeforeAnItemNumberThatLooksLikeIt) {
  RegisterAtWork till;
  till.shop.named("可乐").number = "301";
  EXPECT_EQ(till.scan("301"), "register.weight_needed") << "the PLU of the greens";
  EXPECT_TRUE(till.view().lines.empty());
}

TEST(RegisterGoods, AgeIsAskedOnceABasketAndRecorded) {
  RegisterAtWork till;
  EXPECT_EQ(till.scan(Shop::beer), "register.age_check");
  ASSERT_TRUE(till.view().age_check);
  EXPECT_EQ(till.view().age_check->minimum_age, 18);
  EXPECT_EQ(till.scan(Shop::milk), "register.age_first");
  EXPECT_EQ(till.run(ConfirmAge{false}), "");
  EXPECT_TRUE(till.view().lines.empty());
  till.run(PendingQuantity{qty("6")});
  EXPECT_EQ(till.scan(Shop::beer), "register.age_check");
  EXPECT_EQ(till.run(ConfirmAge{true}), "");
  EXPECT_EQ(till.view().lines[0].quantity, qty("6"));
  EXPECT_EQ(till.scan(Shop::beer), "");
  EXPECT_EQ(till.machine.basket().lines[0].age_confirmed, 18);
  EXPECT_EQ(till.run(ConfirmAge{true}), "register.no_age_check");
}

TEST(RegisterGoods, ARefusedAgeIsRecordedWithTheSale) {
  RegisterAtWork till;
  till.scan(Shop::beer);
  EXPECT_EQ(till.run(ConfirmAge{false}), "");  // before the first line
  Register restored{till.shop, shop_settings()};
  restored.restore(std::get<PersistBasket>(till.effects.at(0)).basket);
  EXPECT_EQ(restored.basket().age_refusals, till.machine.basket().age_refusals);
  till.scan(Shop::milk);
  till.scan(Shop::beer);
  EXPECT_EQ(till.run(Dismiss{}), "");  // Esc answers no
  ASSERT_EQ(till.effects.size(), 1u);
  EXPECT_EQ(std::get<PersistBasket>(till.effects[0]).basket.age_refusals->size(), 2u) << "a power cut keeps them";
  till.run(Dismiss{});
  till.run(BeginTender{});
  ASSERT_EQ(till.run(TenderCash{yuan("100")}), "");
  ASSERT_TRUE(till.sold->age_refusals);
  ASSERT_EQ(till.sold->age_refusals->size(), 2u);
  const auto& refusal = till.sold->age_refusals->front();
  EXPECT_EQ(refusal.item, till.shop.named("青岭啤酒").id);
  EXPECT_EQ(refusal.minimum_age, 18);
  EXPECT_EQ(refusal.refused_by, till.sold->cashier);
  EXPECT_LT(refusal.refused_at.instant, till.sold->age_refusals->back().refused_at.instant);
  EXPECT_TRUE(sale::check_arithmetic(*till.sold));
  till.scan(Shop::milk);
  till.run(BeginTender{});
  till.run(TenderCash{yuan("100")});
  EXPECT_FALSE(till.sold->age_refusals) << "another customer's";
}

TEST(RegisterGoods, RefusalsOfAnAgeAreBounded) {
  RegisterAtWork till;
  till.scan(Shop::milk);
  for (std::size_t i = 0; i < sale::max_age_refusals + 5; ++i) {
    till.scan(Shop::beer);
    till.run(ConfirmAge{false});
  }
  EXPECT_EQ(till.machine.basket().age_refusals->size(), sale::max_age_refusals);
}

TEST(RegisterGoods, AHigherAgeIsAskedAgain) {
  RegisterAtWork till;
  auto& spirit = till.shop.add("烈酒", "0" + with_check_digit("690000000011"), "99.00");
  spirit.minimum_age = 21;
  till.scan(Shop::beer);
  till.run(ConfirmAge{true});
  EXPECT_EQ(till.scan(with_check_digit("690000000011")), "register.age_check");
}

TEST(RegisterGoods, AVoidedLineLeavesItsTraceAndCostsNothing) {
  RegisterAtWork till;
  till.scan(Shop::milk);
  till.scan(Shop::chips);
  EXPECT_EQ(till.run(VoidLine{1}), "");
  EXPECT_EQ(till.run(VoidLine{1}), "register.line_voided");
  EXPECT_EQ(till.run(VoidLine{9}), "register.no_line");
  const auto& view = till.view();
  EXPECT_EQ(view.lines.size(), 2u);
  EXPECT_TRUE(view.lines[0].voided);
  EXPECT_EQ(view.line_count, 1);
  EXPECT_EQ(view.total, yuan("7.90"));
  EXPECT_EQ(till.machine.basket().lines[0].voided_by, 7);
}

TEST(RegisterGoods, VoidingEverythingLeavesNothingToPay) {
  RegisterAtWork till;
  till.scan(Shop::milk);
  till.run(VoidLine{1});
  EXPECT_EQ(till.run(BeginTender{}), "register.empty_basket");
  EXPECT_EQ(till.run(SignOut{}), "");
  EXPECT_EQ(till.view().state, RegisterState::signed_out);
  EXPECT_TRUE(till.view().lines.empty());
}

TEST(RegisterGoods, VoidBasketStartsAfreshWithAnotherIdentity) {
  RegisterAtWork till;
  till.scan(Shop::milk);
  const auto first = till.machine.basket().id;
  EXPECT_EQ(till.run(VoidBasket{}), "");
  ASSERT_NE(till.effect<PersistBasket>(), nullptr);
  EXPECT_TRUE(till.effect<PersistBasket>()->basket.lines.empty());
  EXPECT_EQ(till.run(VoidBasket{}), "register.empty_basket");
  till.scan(Shop::milk);
  EXPECT_NE(till.machine.basket().id, first);
}

TEST(RegisterGoods, LoweringAQuantityIsRecorded) {
  RegisterAtWork till;
  till.run(PendingQuantity{qty("5")});
  till.scan(Shop::chips);
  EXPECT_EQ(till.run(SetLineQuantity{1, qty("8")}), "");
  EXPECT_EQ(till.run(SetLineQuantity{1, qty("2")}), "");
  EXPECT_EQ(till.view().total, yuan("15.80"));
  EXPECT_EQ(till.machine.basket().lines[0].reduced_from, qty("8"));
}

TEST(RegisterGoods, APriceOverrideNeedsTheRightAndSaysWhoAndWhatBefore) {
  RegisterAtWork cashier(access::Role::cashier);
  cashier.scan(Shop::milk);
  EXPECT_EQ(cashier.run(OverridePrice{1, yuan("40"), "damaged"}), "access.denied");
  EXPECT_EQ(cashier.view().total, yuan("49.90"));

  RegisterAtWork till;
  till.scan(Shop::milk);
  EXPECT_EQ(till.run(OverridePrice{1, yuan("-1"), ""}), "register.bad_price");
  EXPECT_EQ(till.run(OverridePrice{1, yuan("1000000.01"), ""}), "register.bad_price");
  EXPECT_EQ(till.run(OverridePrice{1, yuan("40"), "damaged"}), "");
  EXPECT_EQ(till.run(OverridePrice{1, yuan("41"), ""}), "price.reason_needed");
  EXPECT_EQ(till.run(OverridePrice{1, yuan("41"), "price.dispute"}), "");
  const auto& trace = *till.machine.basket().lines[0].price_override;
  EXPECT_EQ(trace.regular_unit_price, yuan("49.90"));
  EXPECT_EQ(trace.approved_by, 7);
  EXPECT_EQ(trace.reason, "price.dispute");
  till.scan(Shop::milk);
  EXPECT_EQ(till.view().lines.size(), 2u) << "an overridden line takes no further scans";
}

TEST(RegisterGoods, APriceByHandFallsOnlyAsFarAsADiscountMay) {
  RegisterAtWork till(access::Role::supervisor);
  till.scan(Shop::milk);
  EXPECT_EQ(till.run(OverridePrice{1, yuan("39.91"), "damaged"}), "price.too_low") << "20 % of 49.90 are 9.98";
  EXPECT_EQ(till.detail("permission"), "price.override");
  EXPECT_EQ(till.detail("most"), "9.98");
  EXPECT_EQ(till.run(OverridePrice{1, yuan("39.92"), "damaged"}), "");
  EXPECT_EQ(till.run(OverridePrice{1, yuan("39.91"), "damaged"}), "price.too_low")
      << "it is the regular price that counts";
  EXPECT_EQ(till.run(OverridePrice{1, yuan("0.01"), "damaged"}), "price.too_low");
  EXPECT_EQ(till.run(OverridePrice{1, yuan("0"), "damaged"}), "price.too_low");
  EXPECT_EQ(till.run_by(staff_member(access::Role::supervisor, 50), OverridePrice{1, yuan("0"), "damaged"}),
            "price.too_low");
  EXPECT_EQ(till.view().total, yuan("39.92"));
  EXPECT_EQ(till.run_by(staff_member(access::Role::manager, 51), OverridePrice{1, yuan("0"), ""}),
            "price.reason_needed");
  EXPECT_EQ(till.run_by(staff_member(access::Role::manager, 51), OverridePrice{1, yuan("0"), "damaged"}), "");
  EXPECT_EQ(till.machine.basket().lines[0].price_override->approved_by, 51);
  EXPECT_EQ(till.run(OverridePrice{1, yuan("60"), "price.dispute"}), "") << "dearer is no discount";
}

TEST(RegisterGoods, ALabelsAmountIsWhatAPriceByHandFallsFrom) {
  RegisterAtWork till(access::Role::supervisor);
  ASSERT_EQ(till.scan(with_check_digit("210061201250")), "");
  ASSERT_EQ(till.view().total, yuan("12.50"));
  EXPECT_EQ(till.run(OverridePrice{1, yuan("0.01"), "damaged"}), "price.too_low");
  EXPECT_EQ(till.detail("most"), "2.50");
}

TEST(RegisterGoods, ABasketHoldsAThousandLinesAndNoMore) {
  RegisterAtWork till;
  for (std::size_t i = 0; i < sale::max_basket_lines; ++i) {
    ASSERT_EQ(till.scan(i % 2 == 0 ? Shop::milk : Shop::chips), "");
  }
  EXPECT_EQ(till.scan(Shop::milk), "register.basket_full");
  EXPECT_EQ(till.scan(Shop::chips), "") << "counting the last line up needs no room";
  EXPECT_EQ(till.view().lines.size(), sale::max_basket_lines);
}

TEST(RegisterGoods, AWalletCodeOnTheSaleScreenIsToldApart) {
  RegisterAtWork till;
  EXPECT_EQ(till.scan("130000000000000000"), "barcode.payment_code");
}

TEST(RegisterGoods, SomebodyElseCannotSignInOverAnOpenSale) {
  RegisterAtWork till;
  till.scan(Shop::milk);
  EXPECT_EQ(till.run(SignedIn{staff_member(access::Role::cashier, 8)}), "register.basket_open");
  EXPECT_EQ(till.run(SignOut{}), "register.basket_open");
}

TEST(RegisterGoods, ARestoredBasketWaitsForACashierAndGoesOn) {
  RegisterAtWork before;
  before.scan(Shop::milk);
  before.scan(Shop::chips);
  before.run(VoidLine{2});
  RegisterAtWork after;
  (void)after.run(SignOut{});
  after.machine.restore(before.machine.basket());
  EXPECT_EQ(after.view().state, RegisterState::signed_out);
  EXPECT_EQ(after.view().total, yuan("49.90"));
  EXPECT_EQ(after.run(SignedIn{staff_member(access::Role::cashier, 8)}), "");
  EXPECT_EQ(after.scan(Shop::chips), "");
  EXPECT_EQ(after.view().lines.back().line, 3) << "line numbers are never used again";
  EXPECT_EQ(after.run(BeginTender{}), "");
  EXPECT_EQ(after.run(TenderCash{yuan("100")}), "");
  EXPECT_EQ(after.sold->id, before.machine.basket().id);
  EXPECT_EQ(after.sold->cashier, 8);
}

TEST(RegisterGoods, ABasketRestoredBeforeTheTaxRatesAreKnownShowsButCannotBePaid) {
  RegisterAtWork before;
  before.scan(Shop::milk);
  auto bare = shop_settings();
  bare.taxes.clear();
  Shop shop;
  Register machine(shop, bare);
  machine.restore(before.machine.basket());
  EXPECT_EQ(machine.view()->total, yuan("49.90"));
  (void)machine.handle(SignedIn{staff_member(access::Role::cashier)}, before.moment());
  const auto refused = machine.handle(BeginTender{}, before.moment());
  ASSERT_FALSE(refused.result);
  EXPECT_EQ(refused.result.error().code, "pricing.unknown_tax");
  machine.set_settings(shop_settings());
  EXPECT_TRUE(machine.handle(BeginTender{}, before.moment()).result);
}

}  // namespace
}  // namespace lanekeeper::till::test
