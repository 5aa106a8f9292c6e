// What the window does with keys, scans and panels, without a display.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "desk_fixture.h"

namespace lanekeeper::till::test {
namespace {

constexpr std::string_view crisps = "6901000002107";
constexpr std::string_view oil = "6901000003005";
constexpr std::string_view liquor = "6901000005009";
constexpr std::string_view shared_code = "6901000007003";
constexpr std::string_view unknown_code = "6909999012343";

constexpr std::string_view blocked_code = "6901000006006";

TEST_F(DeskTest, RefusalsNameTheGoodsInTheLanguageOfTheScreen) {
  sign_in();
  scanner(blocked_code);
  ASSERT_TRUE(desk.notice());
  EXPECT_THAT(desk.notice()->title.in(i18n::Texts(i18n::Language::zh_CN)), testing::HasSubstr("山泉水"));
  EXPECT_THAT(desk.notice()->title.in(i18n::Texts(i18n::Language::en)), testing::StartsWith("Spring water"));
}

TEST_F(DeskTest, ShowsTheScreenOfTheState) {
  EXPECT_EQ(desk.screen(), Screen::sign_in);
  sign_in();
  EXPECT_EQ(desk.screen(), Screen::sale);
  scanner(crisps);
  press(Action::pay);
  EXPECT_EQ(desk.screen(), Screen::tender);
  desk.take_cash(Money::of_minor(50'00));
  EXPECT_EQ(desk.screen(), Screen::sale);
  EXPECT_TRUE(view().last_sale);
}

TEST_F(DeskTest, SignsInWithTilesAndPin) {
  ASSERT_EQ(desk.sign_in().people().size(), 5U);
  EXPECT_EQ(desk.sign_in().people()[0].number, "1015") << "cashiers come first";
  desk.choose_person(1);
  person("2580");
  press_enter();
  EXPECT_EQ(desk.screen(), Screen::sale);
  ASSERT_TRUE(view().cashier);
  EXPECT_EQ(view().cashier->number, "1027");
}

TEST_F(DeskTest, SaysThatThePinIsWrongAndForgetsIt) {
  person("1111");
  press_enter();
  ASSERT_TRUE(desk.sign_in().error());
  EXPECT_EQ(desk.sign_in().error()->code, "access.unknown_or_wrong");
  EXPECT_TRUE(desk.text().empty());
  EXPECT_EQ(desk.screen(), Screen::sign_in);
}

TEST_F(DeskTest, TakesATypedStaffNumber) {
  press(Action::other_person);
  person("1003");
  press_enter();
  EXPECT_EQ(desk.entry(), Entry::pin);
  person("2580");
  press_enter();
  ASSERT_TRUE(view().cashier);
  EXPECT_EQ(view().cashier->number, "1003");
}

TEST_F(DeskTest, CatchesAScanWhateverIsBeingTyped) {
  sign_in();
  person("12");
  scanner(crisps);
  ASSERT_EQ(view().lines.size(), 1U);
  EXPECT_EQ(view().lines[0].quantity, Quantity::of_units(1));
  EXPECT_EQ(desk.text(), "12") << "what a person had typed stays, the scanner's characters do not";
}

TEST_F(DeskTest, ScannersEnterPressesNothing) {
  sign_in();
  scanner(crisps);
  press(Action::find_item);
  person("y");
  scanner(oil);
  EXPECT_EQ(view().lines.size(), 2U) << "the scan went into the sale, not the search";
  EXPECT_EQ(desk.task(), Task::none);
}

TEST_F(DeskTest, PlusInsideABarcodeDoesNotPay) {
  sign_in();
  scanner(crisps);
  scanner("AB+12*7");
  EXPECT_EQ(desk.screen(), Screen::sale);
  ASSERT_TRUE(view().message);
  EXPECT_EQ(view().message->code, "barcode.unknown");
}

TEST_F(DeskTest, PlusFromAPersonPays) {
  sign_in();
  scanner(crisps);
  person("+");
  EXPECT_EQ(desk.screen(), Screen::tender);
}

TEST_F(DeskTest, QuantityBeforeTheScan) {
  sign_in();
  person("3*");
  ASSERT_TRUE(view().pending_quantity);
  scanner(crisps);
  ASSERT_EQ(view().lines.size(), 1U);
  EXPECT_EQ(view().lines[0].quantity, Quantity::of_units(3));
}

TEST_F(DeskTest, QuantityOfTheSelectedLine) {
  sign_in();
  scanner(crisps);
  person("*");
  EXPECT_EQ(desk.entry(), Entry::quantity);
  person("5");
  press_enter();
  EXPECT_EQ(view().lines[0].quantity, Quantity::of_units(5));
  EXPECT_EQ(desk.task(), Task::none);
}

TEST_F(DeskTest, ScanDuringAQuantityWaitsForItsEnd) {
  sign_in();
  scanner(crisps);
  person("*");
  person("5");
  scanner(oil);
  EXPECT_EQ(view().lines.size(), 1U);
  EXPECT_EQ(desk.queued_scans(), 1U);
  EXPECT_EQ(desk.text(), "5");
  press_enter();
  ASSERT_EQ(view().lines.size(), 2U);
  EXPECT_EQ(view().lines[0].quantity, Quantity::of_units(5));
  EXPECT_EQ(desk.queued_scans(), 0U);
}

TEST_F(DeskTest, UnknownBarcodeHoldsFurtherScansUntilItIsAnswered) {
  sign_in();
  scanner(unknown_code);
  ASSERT_TRUE(desk.notice());
  EXPECT_EQ(desk.notice()->kind, ui::NoticeKind::stop);
  EXPECT_EQ(sounds.back(), Sound::stop);
  scanner(crisps);
  EXPECT_TRUE(view().lines.empty()) << "the next scan must not hide that goods are not in the sale";
  EXPECT_EQ(sounds.back(), Sound::stop);
  press(Action::pay);
  EXPECT_EQ(desk.screen(), Screen::sale);
  press(Action::cancel);
  EXPECT_FALSE(desk.notice());
  scanner(crisps);
  EXPECT_EQ(view().lines.size(), 1U);
}

TEST_F(DeskTest, APanelThatOpenedByItselfIgnoresEnterForAMoment) {
  sign_in();
  scanner(shared_code);
  ASSERT_EQ(view().choices.size(), 2U);
  EXPECT_EQ(desk.entry(), Entry::choice);
  gate.enter(now_ms += 399);
  EXPECT_EQ(view().choices.size(), 2U) << "an Enter that was on its way does not choose";
  gate.enter(now_ms += 50);
  ASSERT_EQ(view().lines.size(), 1U);
}

TEST_F(DeskTest, ChoosesAmongItemsWithOneBarcode) {
  sign_in();
  scanner(shared_code);
  person("2");
  press_enter();
  ASSERT_EQ(view().lines.size(), 1U);
  EXPECT_EQ(view().lines[0].name_en, "New crisps, original 75 g");
}

TEST_F(DeskTest, AgeCheckIsAnsweredWithItsKeysAndScansQueue) {
  sign_in();
  scanner(liquor);
  ASSERT_TRUE(view().age_check);
  EXPECT_EQ(desk.place(), Place::age_check);
  scanner(crisps);
  EXPECT_EQ(desk.queued_scans(), 1U);
  press(Action::age_confirmed);
  EXPECT_EQ(view().lines.size(), 2U);

  press(Action::cancel);
}

TEST_F(DeskTest, RefusedAgeDropsTheItem) {
  sign_in();
  scanner(liquor);
  press(Action::age_refused);
  EXPECT_FALSE(view().age_check);
  EXPECT_TRUE(view().lines.empty());
}

TEST_F(DeskTest, TypedWeightNeedsASupervisor) {
  sign_in();
  desk.add_item(305);
  ASSERT_TRUE(view().waiting_for_weight);
  person("0.836");
  press_enter();
  EXPECT_TRUE(view().lines.empty());
  EXPECT_TRUE(desk.approval().open());
  press(Action::cancel);
  EXPECT_TRUE(view().waiting_for_weight) << "the item still waits";
}

TEST_F(DeskTest, SupervisorTypesAWeight) {
  sign_in("1003");
  desk.add_item(305);
  person("0.836");
  press_enter();
  ASSERT_EQ(view().lines.size(), 1U);
  EXPECT_EQ(view().lines[0].quantity.to_fixed_string(), "0.836");
  EXPECT_EQ(view().lines[0].weight_source, sale::WeightSource::manual);
}

TEST_F(DeskTest, BarcodeInAWeightFieldIsRefused) {
  sign_in("1003");
  desk.add_item(305);
  person("69010000");
  press_enter();
  ASSERT_TRUE(desk.notice());
  EXPECT_TRUE(view().lines.empty());
  EXPECT_TRUE(view().waiting_for_weight);
}

TEST_F(DeskTest, ChangesAPriceWithAReason) {
  sign_in("1003");
  scanner(oil);
  press(Action::change_price);
  EXPECT_EQ(desk.entry(), Entry::price);
  person("59.9");
  press_enter();
  EXPECT_EQ(desk.entry(), Entry::reason);
  press_enter();
  EXPECT_EQ(view().lines[0].unit_price.to_string(), "69.90") << "no reason, no change";
  person("2");
  press_enter();
  EXPECT_EQ(view().lines[0].unit_price.to_string(), "59.90");
  EXPECT_TRUE(view().lines[0].price_overridden);
  EXPECT_EQ(desk.task(), Task::none);
}

TEST_F(DeskTest, KeysSayWhyTheyDoNothing) {
  sign_in();
  for (const Action action : {Action::discount, Action::change_price, Action::read_scale}) {
    press(action);
    EXPECT_TRUE(desk.notice()) << static_cast<int>(action);
    press(Action::cancel);
    EXPECT_FALSE(desk.notice());
  }
}

TEST_F(DeskTest, FindsAnItemByItsInitials) {
  sign_in();
  person("yspt");
  press(Action::cancel);
  press(Action::find_item);
  person("jssy");
  ASSERT_FALSE(desk.results().empty());
  press_enter();
  ASSERT_EQ(view().lines.size(), 1U);
  EXPECT_EQ(view().lines[0].name_en, "Jinsui blended oil 5 L");
  EXPECT_EQ(desk.task(), Task::none);
}

TEST_F(DeskTest, LettersInTheEntryOpenTheSearch) {
  sign_in();
  person("cysp");
  press_enter();
  EXPECT_EQ(desk.task(), Task::search);
  EXPECT_EQ(desk.text(), "cysp");
  EXPECT_EQ(desk.results().size(), 2U);
  press(Action::line_down);
  EXPECT_EQ(desk.selected_result(), 1);
  press_enter();
  ASSERT_EQ(view().lines.size(), 1U);
  EXPECT_EQ(view().lines[0].name_en, "Cuiye crisps, cucumber 70 g");
}

TEST_F(DeskTest, PriceCheckDoesNotSell) {
  sign_in();
  press(Action::price_check);
  scanner(oil);
  EXPECT_TRUE(view().lines.empty());
  ASSERT_TRUE(desk.notice());
  ASSERT_TRUE(desk.notice()->figure);
  EXPECT_EQ(desk.notice()->figure->to_string(), "69.90");
  press_enter();
  EXPECT_EQ(view().lines.size(), 1U) << "Enter adds what was checked";
}

TEST_F(DeskTest, TypedPluIsNotForgottenWhenPaying) {
  sign_in();
  scanner(crisps);
  person("301");
  person("+");
  EXPECT_EQ(desk.screen(), Screen::sale);
  EXPECT_TRUE(desk.notice());
  EXPECT_EQ(desk.text(), "301");
}

TEST_F(DeskTest, VoidsTheSelectedLine) {
  sign_in();
  scanner(crisps);
  scanner(oil);
  press(Action::line_up);
  press(Action::void_line);
  EXPECT_TRUE(view().lines[0].voided);
  EXPECT_FALSE(view().lines[1].voided);
}

TEST_F(DeskTest, TakesCashInTwoParts) {
  sign_in();
  scanner(oil);
  press(Action::pay);
  person("50");
  press_enter();
  EXPECT_EQ(view().tenders.size(), 1U);
  EXPECT_EQ(desk.screen(), Screen::tender);
  person("20");
  EXPECT_EQ(desk.typed_cash(), Money::of_minor(20'00));
  person("+");
  EXPECT_EQ(desk.screen(), Screen::sale);
  ASSERT_EQ(till.journal.sales.size(), 1U);
  EXPECT_EQ(till.journal.sales[0].change.to_string(), "0.10");
}

TEST_F(DeskTest, EscLeavesTheTenderOnlyWithoutMoney) {
  sign_in();
  scanner(oil);
  press(Action::pay);
  desk.take_cash(Money::of_minor(10'00));
  press(Action::back_to_sale);
  EXPECT_EQ(desk.screen(), Screen::tender);
  ASSERT_TRUE(view().message);
  press(Action::undo_tender);
  press(Action::back_to_sale);
  EXPECT_EQ(desk.screen(), Screen::sale);
  EXPECT_EQ(view().lines.size(), 1U);
}

TEST_F(DeskTest, ScanWhilePayingIsRefusedAloud) {
  sign_in();
  scanner(oil);
  press(Action::pay);
  person("5");
  scanner(crisps);
  EXPECT_EQ(view().lines.size(), 1U);
  EXPECT_EQ(desk.text(), "5") << "a barcode never becomes an amount";
  ASSERT_TRUE(view().message);
  EXPECT_EQ(view().message->code, "register.tendering");
}

TEST_F(DeskTest, FullDiskKeepsTheSaleOpen) {
  sign_in();
  scanner(oil);
  press(Action::pay);
  till.journal.refuses = Error{"journal.disk_full", "The disk is full.", {}};
  desk.take_cash(Money::of_minor(100'00));
  EXPECT_EQ(desk.screen(), Screen::tender);
  ASSERT_TRUE(desk.notice());
  EXPECT_EQ(desk.notice()->kind, ui::NoticeKind::stop);
  till.journal.refuses.reset();
  desk.take_cash(Money::of_minor(100'00));
  EXPECT_EQ(till.journal.sales.size(), 1U);
}

TEST_F(DeskTest, LocksWithAnOpenSaleAndTheSamePersonGoesOn) {
  sign_in();
  scanner(oil);
  press(Action::lock);
  EXPECT_EQ(desk.screen(), Screen::sign_in);
  EXPECT_TRUE(desk.locked());
  ASSERT_TRUE(desk.sign_in().chosen());
  EXPECT_EQ(desk.sign_in().people()[*desk.sign_in().chosen()].number, "1027");
  scanner(crisps);
  EXPECT_EQ(view().lines.size(), 1U) << "nothing is sold while locked";
  person("2580");
  press_enter();
  EXPECT_EQ(desk.screen(), Screen::sale);
  EXPECT_EQ(view().lines.size(), 1U);
}

TEST_F(DeskTest, SomebodyElseCannotTakeALockedSale) {
  sign_in();
  scanner(oil);
  press(Action::lock);
  desk.choose_person(2);
  person("2580");
  press_enter();
  EXPECT_EQ(desk.screen(), Screen::sign_in);
  ASSERT_TRUE(desk.sign_in().error());
  EXPECT_EQ(desk.sign_in().error()->code, "register.basket_open");
}

TEST_F(DeskTest, ShowsWhatWorksWhenTheServerIsLost) {
  sign_in();
  till.link_state(LinkStatus::State::online);
  till.link_state(LinkStatus::State::offline);
  EXPECT_EQ(desk.side(), ui::SidePanel::offline);
  press(Action::quick_keys);
  EXPECT_EQ(desk.side(), ui::SidePanel::quick_keys);
  till.journal.state.unsent = 14;
  till.link_state(LinkStatus::State::online);
  EXPECT_EQ(desk.backlog(), 14);
  till.journal.state.unsent = 0;
  till.lane().delivered(14);
  EXPECT_EQ(desk.backlog(), 0);
}

TEST_F(DeskTest, TellsOfAReceiptThatWasNotPrinted) {
  sign_in();
  till.lane().print_finished(7, fail("device.paper_out", "No paper."));
  ASSERT_TRUE(desk.notice());
  EXPECT_EQ(desk.notice()->sign, ui::NoticeSign::printer);
  till.lane().print_finished(7, {});
  EXPECT_FALSE(desk.notice());
}

TEST_F(DeskTest, ChangesLanguageAnywhere) {
  press(Action::change_language);
  EXPECT_EQ(desk.language(), i18n::Language::en);
  sign_in();
  press(Action::change_language);
  EXPECT_EQ(desk.language(), i18n::Language::zh_CN);
}

TEST_F(DeskTest, MoreIsAnsweredWithADigit) {
  sign_in();
  scanner(oil);
  press(Action::more);
  EXPECT_EQ(desk.place(), Place::more);
  person("7");
  EXPECT_EQ(desk.place(), Place::note);
  EXPECT_EQ(desk.task(), Task::none);
}

class RestoredDeskTest : public DeskTest {
 protected:
  static ShopOptions with_basket() {
    ShopOptions shop;
    sale::Basket basket;
    basket.id = *Uuid::parse("01924b3a-0000-7000-8000-000000000001");
    basket.cashier = 1;
    sale::BasketLine line;
    line.line = 1;
    line.item = 5;
    line.name = "金穗食用调和油 5L";
    line.tax_category = 1;
    line.quantity = Quantity::of_units(1);
    line.unit_price = Money::of_minor(69'90);
    basket.lines.push_back(line);
    basket.next_line = 2;
    shop.open_basket = basket;
    return shop;
  }
  RestoredDeskTest() : DeskTest(with_basket()) {}
};

TEST_F(RestoredDeskTest, GoesOnWithTheBasketThatWasOpen) {
  EXPECT_EQ(desk.screen(), Screen::sign_in);
  sign_in();
  EXPECT_EQ(view().lines.size(), 1U);
  ASSERT_TRUE(desk.notice());
  EXPECT_EQ(desk.notice()->caption, "till.caption.restored");
}

TEST_F(DeskTest, ADrawerThatIsLeftOpenIsSaidWithASoundAndStopsNothing) {
  sign_in();
  till.lane().drawer_changed(CashDrawer::Position::open);
  EXPECT_FALSE(desk.notice());
  till.lane().drawer_stays_open();
  EXPECT_EQ(sounds, (std::vector<Sound>{Sound::attention}));
  ASSERT_TRUE(desk.notice());
  EXPECT_EQ(desk.notice()->caption, "till.caption.drawer");
  scanner(crisps);
  EXPECT_EQ(view().lines.size(), 1U) << "no key had to be pressed before";
  press(Action::cancel);
  EXPECT_FALSE(desk.notice()) << "waved away";
  till.lane().drawer_changed(CashDrawer::Position::closed);
  till.lane().drawer_changed(CashDrawer::Position::open);
  till.lane().drawer_stays_open();
  ASSERT_TRUE(desk.notice());
  till.lane().drawer_changed(CashDrawer::Position::closed);
  EXPECT_FALSE(desk.notice()) << "closing it is the answer";
}

TEST_F(DeskTest, ATemplateThatCannotBeReadIsSaidOnce) {
  sign_in();
  till.replica.store->receipt_templates = {{"sale", "zh_CN", "{{#lines}}"}};
  till.lane().profile_changed();
  ASSERT_TRUE(desk.notice());
  EXPECT_EQ(desk.notice()->title.key, "till.paper_trouble.title");
  EXPECT_THAT(desk.notice()->note.in(i18n::Texts(i18n::Language::zh_CN)), testing::HasSubstr("内置模板"));
  EXPECT_THAT(desk.notice()->note.in(i18n::Texts(i18n::Language::en)), testing::HasSubstr("This section does not end"));
  scanner(crisps);
  EXPECT_EQ(view().lines.size(), 1U);
  press(Action::cancel);
  EXPECT_FALSE(desk.notice());
  till.lane().profile_changed();
  EXPECT_FALSE(desk.notice());
}

TEST_F(DeskTest, AClockThatIsOffIsSaidUntilItIsWavedAwayOrRight) {
  sign_in();
  auto status = till.lane().link();
  status.clock_ahead_s = 425;
  till.lane().link_changed(status);
  ASSERT_TRUE(desk.notice());
  EXPECT_EQ(desk.notice()->title.in(i18n::Texts(i18n::Language::zh_CN)), "收银机时钟快了 7 分钟");
  scanner(crisps);
  EXPECT_EQ(view().lines.size(), 1U) << "nothing is blocked";
  press(Action::cancel);
  EXPECT_FALSE(desk.notice());
  status.clock_ahead_s = -3600;
  till.lane().link_changed(status);
  ASSERT_TRUE(desk.notice());
  EXPECT_EQ(desk.notice()->title.in(i18n::Texts(i18n::Language::en)), "This till's clock is 60 minutes behind");
  status.clock_ahead_s = 0;
  till.lane().link_changed(status);
  EXPECT_FALSE(desk.notice());
}

class UnpairedDeskTest : public DeskTest {
 protected:
  static ShopOptions unpaired() {
    ShopOptions shop;
    shop.till = 0;
    shop.with_profile = false;
    return shop;
  }
  UnpairedDeskTest() : DeskTest(unpaired()) {}
};

TEST_F(UnpairedDeskTest, AsksForANewCodeAndAnotherServer) {
  till.link_state(LinkStatus::State::unpaired);
  EXPECT_EQ(desk.screen(), Screen::pairing);
  press(Action::new_code);
  EXPECT_EQ(till.link_.renewals, 1);
  press(Action::server_address);
  person("10.0.8.2");
  press_enter();
  EXPECT_EQ(desk.entry(), Entry::server) << "an address without a port is refused";
  person(":8443");
  press_enter();
  EXPECT_EQ(till.link_.server, "10.0.8.2:8443");
  EXPECT_EQ(desk.entry(), Entry::none);
}

TEST(ActionTable, GivesEveryKeyOneMeaning) {
  const auto rows = ui::action_table();
  for (std::size_t i = 0; i < rows.size(); ++i) {
    for (std::size_t j = i + 1; j < rows.size(); ++j) {
      EXPECT_FALSE(rows[i].place == rows[j].place && rows[i].key == rows[j].key) << rows[i].label;
    }
  }
}

TEST(ActionTable, HasWordsForEveryKeyInBothLanguages) {
  for (const auto language : {i18n::Language::zh_CN, i18n::Language::en}) {
    const i18n::Texts texts(language);
    for (const auto& row : ui::action_table()) {
      if (!row.label.empty()) {
        EXPECT_TRUE(texts.has(row.label)) << row.label;
      }
    }
  }
}

}  // namespace
}  // namespace lanekeeper::till::test
