// The desk's keys besides those of the sale: badges at the sign-in, quick keys from the keyboard, help, the size of the
// texts, the scale's zero.

#include <gmock/gmock.h>

#include "access/member_keys.h"
#include "desk_fixture.h"
#include "till_ui/birth_date.h"

namespace lanekeeper::till::test {
namespace {

constexpr std::string_view oil = "6901000003005";
constexpr std::string_view crisps = "6901000002107";

class DeskKeysTest : public DeskTest {
 protected:
  DeskKeysTest() : DeskTest(shop()) { till.link_state(LinkStatus::State::online); }
  static ShopOptions shop() {
    ShopOptions options;
    options.with_scale = true;
    return options;
  }
  void a_badge_is_enough() {
    till.replica.store->till_policy->badge_signs_in = true;
    till.lane().profile_changed();
  }
  [[nodiscard]] std::string chosen() const {
    const auto index = desk.sign_in().chosen();
    return index ? desk.sign_in().people()[*index].number : std::string();
  }
};

// ---- badges ----

TEST_F(DeskKeysTest, ABadgeChoosesThePersonAndThePinIsStillAsked) {
  person("25");
  scanner(supervisor_badge);
  EXPECT_EQ(chosen(), "1003");
  EXPECT_TRUE(desk.sign_in().badge_read());
  EXPECT_EQ(desk.text(), "") << "nothing of a scan, nor of somebody else's PIN, is in the field";
  EXPECT_EQ(desk.screen(), Screen::sign_in);
  person(shop_pin);
  press_enter();
  ASSERT_TRUE(view().cashier);
  EXPECT_EQ(view().cashier->number, "1003");
  EXPECT_FALSE(desk.sign_in().badge_read());
}

TEST_F(DeskKeysTest, ABadgeIsEnoughWhereTheStoreSaysSo) {
  a_badge_is_enough();
  scanner(supervisor_badge);
  ASSERT_TRUE(view().cashier);
  EXPECT_EQ(view().cashier->number, "1003");
  EXPECT_EQ(sounds.back(), Sound::ok);
}

TEST_F(DeskKeysTest, GoodsScannedAtTheSignInAreNobodysBadge) {
  person("25");
  scanner(crisps);
  EXPECT_EQ(desk.text(), "25") << "what a person had typed stays";
  ASSERT_TRUE(desk.sign_in().error());
  EXPECT_EQ(desk.sign_in().error()->code, "access.unknown_badge");
  EXPECT_EQ(sounds.back(), Sound::stop);
  person("80");
  press_enter();
  ASSERT_TRUE(view().cashier);
}

TEST_F(DeskKeysTest, ABadgeTakesALockedTillOverOnlyForWhoMay) {
  a_badge_is_enough();
  till.replica.store->staff[1].badge_key = access::badge_key(*till.replica.store->member_secret, "BADGE-1031");
  till.lane().profile_changed();
  sign_in();
  scanner(oil);
  press(Action::lock);
  scanner("BADGE-1031");
  EXPECT_EQ(desk.screen(), Screen::sign_in) << "another cashier may not take over an open sale";
  ASSERT_TRUE(desk.sign_in().error());
  scanner(supervisor_badge);
  EXPECT_EQ(desk.screen(), Screen::sale);
  scanner(crisps);
  ASSERT_EQ(till.journal.basket->lines.size(), 2U);
  EXPECT_EQ(till.journal.basket->lines[0].entered_by, 1) << "what was entered stays with whoever entered it";
  EXPECT_FALSE(till.journal.basket->lines[1].entered_by) << "of the person who has the basket now";
  EXPECT_EQ(till.journal.basket->cashier, 4);
}

// ---- quick keys ----

TEST_F(DeskKeysTest, QuickKeysAreChosenByTheirCaps) {
  EXPECT_EQ(ui::quick_key_cap(0), "1");
  EXPECT_EQ(ui::quick_key_cap(8), "9");
  EXPECT_EQ(ui::quick_key_cap(9), "A");
  EXPECT_EQ(ui::quick_key_cap(34), "Z");
  EXPECT_EQ(ui::quick_key_cap(35), "");
  for (std::size_t i = 0; i < ui::most_quick_keys; ++i) {
    EXPECT_EQ(ui::quick_key_index(static_cast<char32_t>(ui::quick_key_cap(i)[0])), i);
  }
  sign_in();
  press(Action::quick_keys);
  ASSERT_EQ(desk.entry(), Entry::quick_key);
  desk.set_quick_keys({{10, 319}, 3, 2});
  person("2");
  ASSERT_EQ(view().lines.size(), 1U);
  EXPECT_EQ(view().lines[0].name, "金针菇 150g");
  EXPECT_EQ(desk.task(), Task::none) << "digits are codes again";
}

TEST_F(DeskKeysTest, AScannerNeverPressesAQuickKey) {
  sign_in();
  press(Action::quick_keys);
  desk.set_quick_keys({{319, 319, 319, 319, 319, 319, 319, 319, 319}, 1, 1});
  scanner(crisps);
  ASSERT_EQ(view().lines.size(), 1U);
  EXPECT_EQ(view().lines[0].name, "脆叶薯片 原味 70g");
}

TEST_F(DeskKeysTest, PagesAndDepartmentsOfQuickKeysAreTurned) {
  sign_in();
  press(Action::quick_keys);
  desk.set_quick_keys({{}, 2, 3});
  press(Action::page_down);
  press(Action::page_down);
  EXPECT_EQ(desk.quick_key_page(), 1);
  press(Action::page_up);
  EXPECT_EQ(desk.quick_key_page(), 0);
  press(Action::quick_keys);
  EXPECT_EQ(desk.quick_key_page(), 1);
  press(Action::quick_keys);
  EXPECT_EQ(desk.quick_key_tab(), 1U) << "after the last page the next department";
  EXPECT_EQ(desk.quick_key_page(), 0);
  press(Action::previous_tab);
  press(Action::previous_tab);
  EXPECT_EQ(desk.quick_key_tab(), 2U);
  press(Action::cancel);
  EXPECT_EQ(desk.task(), Task::none);
}

TEST_F(DeskKeysTest, ThePriceTypedBeforeADepartmentKeyIsTakenWithEnter) {
  sign_in();
  person("125");
  desk.add_item(400);
  ASSERT_EQ(desk.entry(), Entry::open_price);
  EXPECT_EQ(desk.text(), "125");
  EXPECT_TRUE(view().lines.empty());
  now_ms += 1000;
  press(Action::backspace);
  press_enter();
  ASSERT_EQ(view().lines.size(), 1U);
  EXPECT_EQ(view().total.to_string(), "12.00");
}

TEST_F(DeskKeysTest, ThePriceTypedBeforeAQuickKeyOfTheKeyboardStays) {
  sign_in();
  person("12");
  press(Action::quick_keys);
  desk.set_quick_keys({{400}, 1, 1});
  EXPECT_EQ(desk.text(), "12");
  press(Action::pay);
  EXPECT_EQ(desk.screen(), Screen::sale) << "what was typed is dealt with first";
  press(Action::cancel);
  press(Action::cancel);
  EXPECT_EQ(desk.task(), Task::none);
  EXPECT_EQ(desk.text(), "12");
  press(Action::quick_keys);
  person("1");
  ASSERT_EQ(desk.entry(), Entry::open_price);
  press_enter();
  ASSERT_EQ(view().lines.size(), 1U);
  EXPECT_EQ(view().total.to_string(), "12.00");
}

TEST_F(DeskKeysTest, TheNumberPadIsForNumbers) {
  sign_in();
  person("4");
  press(Action::quick_keys);
  desk.set_quick_keys({{319}, 1, 1});
  desk.choose_side(ui::SidePanel::number_pad);
  desk.type("1");
  EXPECT_TRUE(view().lines.empty()) << "no quick key any more";
  EXPECT_EQ(desk.text(), "41");
}

TEST_F(DeskKeysTest, AQuickKeyEndsTheHelp) {
  sign_in();
  press(Action::quick_keys);
  desk.set_quick_keys({{10, 319}, 1, 1});
  person("?");
  ASSERT_TRUE(desk.help_open());
  person("2");
  EXPECT_FALSE(desk.help_open());
  ASSERT_EQ(view().lines.size(), 1U);
  EXPECT_EQ(view().lines[0].name, "金针菇 150g");
}

// ---- the whole sale goes ----

TEST_F(DeskKeysTest, ADigitUnderTheHelpVoidsNothing) {
  sign_in();
  scanner(oil);
  press(Action::more);
  person("3");
  ASSERT_TRUE(desk.help_open());
  EXPECT_EQ(desk.task(), Task::none);
  person("1");
  EXPECT_FALSE(desk.help_open());
  EXPECT_EQ(view().lines.size(), 1U);
  EXPECT_EQ(desk.text(), "1") << "a code begins";
  press(Action::cancel);
  press(Action::more);
  person("1");
  ASSERT_EQ(desk.task(), Task::void_basket);
  press(Action::help);
  ASSERT_TRUE(desk.help_open());
  const auto* row = desk.action_of(ui::stroke(ui::Key::del));
  ASSERT_NE(row, nullptr);
  EXPECT_EQ(row->action, Action::void_line) << "nobody sees the question any more";
}

TEST_F(DeskKeysTest, VoidingTheSaleIsAskedFirst) {
  sign_in();
  scanner(oil);
  const auto ask = [this] {
    press(Action::more);
    person("1");
  };
  ask();
  EXPECT_EQ(view().lines.size(), 1U);
  ASSERT_TRUE(desk.notice());
  EXPECT_EQ(desk.notice()->title.key, "till.void_basket.title");
  for (const char* digit : {"1", "9"}) person(digit);
  press_enter();
  EXPECT_EQ(view().lines.size(), 1U) << "only its own key does it";
  press(Action::cancel);
  EXPECT_EQ(desk.task(), Task::none);
  EXPECT_FALSE(desk.notice());
  ask();
  press(Action::read_scale);
  EXPECT_EQ(desk.task(), Task::none) << "something else ends the question";
  press(Action::cancel);
  ask();
  scanner(crisps);
  EXPECT_EQ(view().lines.size(), 2U) << "goods go on with the sale";
  EXPECT_EQ(desk.task(), Task::none);
  ask();
  const auto* row = desk.action_of(ui::stroke(ui::Key::del));
  ASSERT_NE(row, nullptr);
  press(row->action);
  EXPECT_TRUE(view().lines.empty());
  EXPECT_EQ(desk.task(), Task::none);
}

// ---- the scale ----

TEST_F(DeskKeysTest, TheScaleIsSetToZeroFromItsPanelAndWhileGoodsWait) {
  sign_in();
  press(Action::read_scale);
  till.weigh(ScaleReading::State::under_zero);
  press(Action::zero_scale);
  EXPECT_EQ(till.lane().weight().state, ScaleReading::State::zero);
  press(Action::cancel);
  till.weigh(ScaleReading::State::under_zero);
  desk.add_item(305);
  EXPECT_EQ(desk.place(), Place::weighing);
  const auto question = desk.notice();
  ASSERT_TRUE(question);
  EXPECT_TRUE(std::any_of(question->keys.begin(), question->keys.end(),
                          [](const auto& key) { return key.action == Action::zero_scale; }));
  press(Action::zero_scale);
  EXPECT_EQ(till.lane().weight().state, ScaleReading::State::zero);
  EXPECT_TRUE(view().waiting_for_weight) << "the goods still wait";
}

TEST_F(DeskKeysTest, AScaleThatCannotBeSetToZeroFromHereSaysWhatToDo) {
  till.scale.zeroes = false;
  sign_in();
  press(Action::read_scale);
  press(Action::zero_scale);
  ASSERT_TRUE(desk.notice());
  EXPECT_EQ(desk.notice()->title.error->code, "scale.cannot_zero");
}

// ---- put aside ----

TEST_F(DeskKeysTest, WhatWasPutAsideSaysItsNumber) {
  sign_in();
  scanner(oil);
  press(Action::hold);
  press(Action::hold);
  till.run_posted();
  ASSERT_TRUE(desk.notice());
  EXPECT_EQ(desk.notice()->figure_text, till.suspended.kept.empty() ? "" : till.suspended.kept[0].suspended.label);
  EXPECT_THAT(desk.notice()->figure_text, testing::StartsWith("3-"));
}

// ---- on every screen ----

TEST_F(DeskKeysTest, TheHelpGoesWithAnyKeyWhichThenDoesWhatItDoes) {
  sign_in();
  person("?");
  EXPECT_TRUE(desk.help_open());
  press(Action::cancel);
  EXPECT_FALSE(desk.help_open());
  person("40");
  press(Action::help);
  press(Action::cancel);
  EXPECT_EQ(desk.text(), "40") << "Esc only ended the help";
  press(Action::cancel);
  press(Action::help);
  scanner(crisps);
  EXPECT_FALSE(desk.help_open());
  EXPECT_EQ(view().lines.size(), 1U);
  press(Action::help);
  press_enter();
  EXPECT_FALSE(desk.help_open());
  press(Action::help);
  press(Action::pay);
  EXPECT_EQ(desk.screen(), Screen::tender);
  press(Action::help);
  EXPECT_TRUE(desk.help_open());
  press(Action::back_to_sale);
  EXPECT_EQ(desk.screen(), Screen::tender);
}

TEST_F(DeskKeysTest, WhatLastsStandsBackAndIsWavedAwayAnywhere) {
  const auto leave_drawer_open = [this] {
    till.lane().drawer_changed(CashDrawer::Position::closed);
    till.lane().drawer_changed(CashDrawer::Position::open);
    till.lane().drawer_stays_open();
  };
  leave_drawer_open();
  ASSERT_TRUE(desk.notice());
  EXPECT_TRUE(desk.notice()->lasting);
  EXPECT_FALSE(desk.sign_in_speaks());
  scanner(supervisor_badge);
  EXPECT_TRUE(desk.sign_in_speaks()) << "whose PIN is asked for goes first";
  person(shop_pin);
  press_enter();
  scanner(oil);
  press(Action::pay);
  ASSERT_TRUE(desk.notice());
  EXPECT_TRUE(desk.notice()->lasting);
  press(Action::back_to_sale);
  EXPECT_FALSE(desk.notice());
  EXPECT_EQ(desk.screen(), Screen::tender) << "Esc took what is to be seen";
  press(Action::back_to_sale);
  EXPECT_EQ(desk.screen(), Screen::sale);
  press(Action::lock);
  leave_drawer_open();
  ASSERT_TRUE(desk.notice());
  press(Action::cancel);
  EXPECT_FALSE(desk.notice());
}

TEST_F(DeskKeysTest, TheKeyThatSaysWhereItLeadsGoesThereWhateverLasts) {
  sign_in();
  scanner(oil);
  press(Action::pay);
  till.lane().drawer_changed(CashDrawer::Position::closed);
  till.lane().drawer_changed(CashDrawer::Position::open);
  till.lane().drawer_stays_open();
  ASSERT_TRUE(desk.notice());
  ASSERT_TRUE(desk.notice()->lasting);
  desk.press_back();
  EXPECT_EQ(desk.screen(), Screen::sale);
  EXPECT_TRUE(desk.notice()) << "it still lasts";
  press(Action::pay);
  person("20");
  desk.press_back();
  EXPECT_EQ(desk.screen(), Screen::tender) << "what was typed goes first";
}

TEST_F(DeskKeysTest, TextsGrowInStepsAndStartOver) {
  EXPECT_EQ(desk.text_percent(), 100);
  for (const int percent : {115, 130, 100}) {
    press(Action::text_size);
    EXPECT_EQ(desk.text_percent(), percent);
  }
  desk.set_text_percent(500);
  EXPECT_EQ(desk.text_percent(), 130);
}

TEST_F(DeskKeysTest, LanguageHelpAndTextSizeAreKeysWhereverTheCashierIs) {
  const auto reachable = [this](const char* where) {
    for (const auto& [key, action] :
         {std::pair{ui::ctrl('l'), Action::change_language}, std::pair{ui::ctrl('h'), Action::help},
          std::pair{ui::ctrl('t'), Action::text_size}}) {
      const auto* row = desk.action_of(key);
      ASSERT_NE(row, nullptr) << where;
      EXPECT_EQ(row->action, action) << where;
    }
    const auto before = desk.language();
    press(Action::change_language);
    EXPECT_NE(desk.language(), before) << where;
  };
  reachable("sign-in");
  sign_in();
  scanner(oil);
  reachable("sale");
  for (const Action action : {Action::price_check, Action::find_item, Action::member, Action::discount, Action::more,
                              Action::hold, Action::quick_keys, Action::read_scale}) {
    press(action);
    reachable("a panel");
    press(Action::cancel);
    press(Action::cancel);
  }
  desk.add_item(305);
  reachable("weighing");
  press(Action::cancel);
  desk.add_item(10);
  reachable("age check");
  press(Action::age_refused);
  press(Action::pay);
  reachable("tender");
  EXPECT_EQ(view().lines.size(), 1U);
}

// ---- what scanners and fast hands must not be able to do ----

TEST_F(DeskKeysTest, AQuantityBelongsToTheLineJustScannedAndTheNextScanClearsIt) {
  sign_in();
  for (const auto code : {crisps, oil}) {
    scanner(code);
    person("*");
    person("2");
    press_enter();
  }
  person("2*");
  scanner("6901000005009");
  ASSERT_TRUE(view().age_check) << "a quantity does not go round the question of age";
  press(Action::pay);
  EXPECT_EQ(desk.screen(), Screen::sale);
  press(Action::age_confirmed);
  scanner("319");
  ASSERT_EQ(view().lines.size(), 4U);
  for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(view().lines[i].quantity, Quantity::of_units(2)) << i;
  EXPECT_EQ(view().lines[3].quantity, Quantity::of_units(1)) << "used up by the scan before";
}

TEST_F(DeskKeysTest, ABarcodeIsNeitherAQuantityNorCash) {
  sign_in();
  scanner(crisps);
  person("*");
  person(oil);
  press_enter();
  EXPECT_EQ(view().lines[0].quantity, Quantity::of_units(1));
  press(Action::cancel);
  press(Action::cancel);
  press(Action::pay);
  person(oil);
  press_enter();
  EXPECT_EQ(desk.screen(), Screen::tender);
  EXPECT_TRUE(view().tenders.empty());
  EXPECT_TRUE(till.journal.sales.empty());
  ASSERT_TRUE(desk.notice());
}

TEST_F(DeskKeysTest, APaymentCodeOnTheSaleScreenIsNoGoods) {
  sign_in();
  scanner(crisps);
  for (const char* code : {"134567890123456789", "281234567890123456"}) {
    scanner(code);
    ASSERT_TRUE(desk.notice()) << code;
    EXPECT_EQ(view().message->code, "barcode.payment_code") << code;
    EXPECT_EQ(view().lines.size(), 1U);
    press(Action::cancel);
  }
}

TEST_F(DeskKeysTest, OneHundredScansDuringAQuestionFollowInOrder) {
  sign_in();
  scanner("6901000005009");
  ASSERT_TRUE(view().age_check);
  for (int i = 0; i < 50; ++i) {
    scanner(crisps);
    scanner(oil);
  }
  EXPECT_TRUE(view().lines.empty());
  press(Action::age_confirmed);
  ASSERT_EQ(view().lines.size(), 101U) << "none lost, none merged";
  for (std::size_t i = 1; i < 101; ++i) {
    EXPECT_EQ(view().lines[i].code, i % 2 == 1 ? crisps : oil) << i;
    EXPECT_EQ(view().lines[i].quantity, Quantity::of_units(1)) << i;
  }
  EXPECT_EQ(desk.queued_scans(), 0U);
}

TEST_F(DeskKeysTest, AnAgeThatWasConfirmedIsNotAskedAgainButARecalledBasketKeepsWhoWasAsked) {
  sign_in();
  scanner("6901000005009");
  press(Action::age_confirmed);
  scanner("6901000005009");
  EXPECT_FALSE(view().age_check) << "once a basket";
  press(Action::hold);
  press(Action::hold);
  till.run_posted();
  press(Action::cancel);
  ASSERT_TRUE(view().lines.empty());
  scanner("6901000005009");
  EXPECT_TRUE(view().age_check) << "the next customer is asked again";
  press(Action::age_refused);
  press(Action::hold);
  till.run_posted();
  press(Action::hold);
  till.run_posted();
  ASSERT_EQ(view().item_count, 2);
  scanner("6901000005009");
  EXPECT_FALSE(view().age_check) << "this one was asked";
  EXPECT_EQ(view().item_count, 3);
}

TEST_F(DeskKeysTest, TheAgePanelSaysWhoWasBornEarlyEnough) {
  sign_in();
  scanner("6901000005009");
  ASSERT_TRUE(desk.notice());
  const auto note = desk.notice()->note;
  EXPECT_THAT(note.in(i18n::Texts(i18n::Language::zh_CN)), testing::HasSubstr("2008-11-20"));
  EXPECT_THAT(note.in(i18n::Texts(i18n::Language::en)), testing::HasSubstr("20 Nov 2008"));
}

TEST(LatestBirthDate, IsTheDayThatManyYearsAgo) {
  using ui::latest_birth_date;
  EXPECT_EQ(latest_birth_date({2026, 11, 22}, 18), (Date{2008, 11, 22}));
  EXPECT_EQ(latest_birth_date({2026, 1, 1}, 18), (Date{2008, 1, 1}));
  EXPECT_EQ(latest_birth_date({2028, 2, 29}, 18), (Date{2010, 2, 28})) << "1 March 2010 has a day to wait";
  EXPECT_EQ(latest_birth_date({2028, 2, 29}, 16), (Date{2012, 2, 29}));
  EXPECT_EQ(latest_birth_date({2026, 2, 28}, 18), (Date{2008, 2, 28})) << "29 February 2008 is not 18 yet";
  EXPECT_EQ(latest_birth_date({2026, 3, 1}, 18), (Date{2008, 3, 1}));
  EXPECT_EQ(latest_birth_date({2026, 11, 22}, 0), (Date{2026, 11, 22}));
}

TEST_F(DeskKeysTest, AnApprovalComesFromSomebodyElseAndSignsNobodyOut) {
  sign_in();
  scanner(oil);
  press(Action::change_price);
  person("60");
  press_enter();
  ASSERT_TRUE(desk.approval().open());
  now_ms += 1000;
  person("2");
  scanner(supervisor_badge);
  EXPECT_FALSE(desk.approval().open());
  EXPECT_EQ(view().total.to_string(), "60.00");
  EXPECT_EQ(view().cashier->number, "1027");
  ASSERT_EQ(view().approvals.size(), 1U);
  EXPECT_EQ(view().approvals[0].line, 1) << "for this one line";
}

}  // namespace
}  // namespace lanekeeper::till::test
