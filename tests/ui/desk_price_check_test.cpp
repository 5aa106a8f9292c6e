// What goods cost, asked by code, name and label; and goods whose date has passed.

#include <gmock/gmock.h>

#include "desk_fixture.h"

namespace lanekeeper::till::test {
namespace {

constexpr std::string_view oil = "6901000003005";
constexpr std::string_view crisps = "6901000002107";
constexpr std::string_view dated_oil = "(01)06901000003005(15)250101";
constexpr std::string_view dated_liquor = "(01)06901000005009(15)250101";

class DeskPriceCheckTest : public DeskTest {
 protected:
  void SetUp() override {
    sign_in();
    press(Action::price_check);
  }
};

TEST_F(DeskPriceCheckTest, ANameAndANumberStandForGoods) {
  person("cysp");
  press_enter();
  EXPECT_EQ(desk.results().size(), 2U);
  press_enter();
  ASSERT_TRUE(desk.notice());
  ASSERT_TRUE(desk.notice()->figure);
  EXPECT_EQ(desk.notice()->figure->to_string(), "7.90");
  for (const char* nothing : {"99999999", "zzz"}) {
    person(nothing);
    press_enter();
    ASSERT_TRUE(desk.notice());
    EXPECT_FALSE(desk.notice()->figure);
    EXPECT_EQ(desk.task(), Task::price_check) << "the next one may be asked at once";
  }
  EXPECT_EQ(desk.notice()->title.key, "till.price_check.unknown");
  person("301");
  press_enter();
  EXPECT_EQ(desk.notice()->figure->to_string(), "5.96");
  EXPECT_THAT(desk.notice()->note.in(i18n::Texts(i18n::Language::zh_CN)), testing::HasSubstr("每公斤"));
  EXPECT_TRUE(view().lines.empty());
}

TEST_F(DeskPriceCheckTest, OneOfSeveralWithTheSameBarcodeIsChosen) {
  scanner("6901000007003");
  ASSERT_EQ(desk.results().size(), 2U);
  press(Action::line_down);
  press_enter();
  ASSERT_TRUE(desk.notice());
  EXPECT_EQ(desk.notice()->figure->to_string(), "8.50");
  EXPECT_TRUE(view().choices.empty());
}

TEST_F(DeskPriceCheckTest, GoodsThatMayNotBeSoldAreSaidToBe) {
  scanner("6901000006006");
  ASSERT_TRUE(desk.notice());
  EXPECT_FALSE(desk.notice()->figure);
  EXPECT_THAT(desk.notice()->title.in(i18n::Texts(i18n::Language::zh_CN)), testing::HasSubstr("山泉水"));
  EXPECT_EQ(desk.task(), Task::price_check);
}

TEST_F(DeskPriceCheckTest, GoodsWithATypedPriceHaveNone) {
  person("400");
  press_enter();
  ASSERT_TRUE(desk.notice());
  EXPECT_EQ(desk.notice()->note.key, "till.price_check.open_price");
  EXPECT_FALSE(desk.notice()->figure);
}

TEST_F(DeskPriceCheckTest, ALabelIsCheckedByItsWeightAndEnterRingsThat) {
  scanner("(01)06901234567892(3103)000500");
  ASSERT_TRUE(desk.notice());
  ASSERT_TRUE(desk.notice()->figure);
  EXPECT_EQ(desk.notice()->figure->to_string(), "3.49");
  EXPECT_EQ(desk.notice()->title.key, "till.price_check.title_measured");
  EXPECT_TRUE(view().lines.empty());
  press_enter();
  ASSERT_EQ(view().lines.size(), 1U);
  EXPECT_EQ(view().lines[0].quantity, *Quantity::parse("0.5"));
  EXPECT_EQ(view().total.to_string(), "3.49");
  EXPECT_EQ(desk.task(), Task::none);
}

TEST_F(DeskPriceCheckTest, GoodsThatAreCalledBackAreNotOffered) {
  till.replica.store->recalls.emplace().push_back({"06901000003005", ""});
  till.lane().profile_changed();
  scanner(oil);
  ASSERT_TRUE(desk.notice());
  EXPECT_EQ(desk.notice()->title.error->code, "barcode.recalled");
  EXPECT_TRUE(desk.results().empty());
  press_enter();
  EXPECT_TRUE(view().lines.empty());
  person(oil);
  press_enter();
  EXPECT_EQ(desk.notice()->title.error->code, "barcode.recalled") << "typed";
  press_enter();
  EXPECT_TRUE(view().lines.empty());
  person("jssythy");
  press_enter();
  EXPECT_EQ(desk.notice()->title.error->code, "barcode.recalled") << "by its name";
  press(Action::cancel);
  press(Action::cancel);
  desk.add_item(5);
  EXPECT_TRUE(view().lines.empty());
  ASSERT_TRUE(view().message);
  EXPECT_EQ(view().message->code, "barcode.recalled") << "nor by a quick key";
}

TEST_F(DeskPriceCheckTest, OfSeveralWithTheSameBarcodeTheOneThatWasCheckedIsRung) {
  auto goods = shop_items();
  for (auto& item : goods) {
    if (item.id == 13) item.sale_blocked = true;
  }
  till.items = MemoryItems(goods);
  scanner("6901000007003");
  ASSERT_TRUE(desk.notice());
  ASSERT_TRUE(desk.notice()->figure);
  EXPECT_EQ(desk.notice()->figure->to_string(), "8.50");
  press_enter();
  EXPECT_TRUE(view().choices.empty()) << "it is not asked again";
  ASSERT_EQ(view().lines.size(), 1U);
  EXPECT_EQ(view().lines[0].name_en, "New crisps, original 75 g");
  EXPECT_EQ(sounds.back(), Sound::ok);
  EXPECT_FALSE(desk.notice());
}

TEST_F(DeskPriceCheckTest, ADateThatHasPassedIsSaidAndStopsNothing) {
  press(Action::cancel);
  sounds.clear();
  scanner("(01)06901000003005(15)250101");
  ASSERT_EQ(view().lines.size(), 1U);
  ASSERT_TRUE(desk.notice());
  EXPECT_EQ(desk.notice()->title.key, "till.warning.barcode.past_best_before");
  EXPECT_THAT(desk.notice()->title.in(i18n::Texts(i18n::Language::en)), testing::StartsWith("Jinsui"));
  EXPECT_THAT(sounds, testing::ElementsAre(Sound::attention));
  press(Action::cancel);
  EXPECT_FALSE(desk.notice());
  scanner("(01)06901000003005(16)250101");
  EXPECT_EQ(desk.notice()->title.key, "till.warning.barcode.past_sell_by");
  scanner("6901000002107");
  EXPECT_FALSE(desk.notice()) << "the next goods end it";
  scanner("(01)06901000003005(15)250101");
  press(Action::pay);
  EXPECT_EQ(desk.screen(), Screen::tender);
  EXPECT_FALSE(desk.notice());
}

class DeskDatesTest : public DeskTest {
 protected:
  void SetUp() override { sign_in(); }
  // The goods that the notice names; empty: it is of no date.
  [[nodiscard]] std::string warned() const {
    const auto notice = desk.notice();
    if (!notice || notice->caption != "till.caption.date") return {};
    return notice->title.in(i18n::Texts(i18n::Language::en));
  }
};

TEST_F(DeskDatesTest, DelTakesTheGoodsAndTheirWarningAway) {
  scanner(crisps);
  scanner(dated_oil);
  ASSERT_THAT(warned(), testing::StartsWith("Jinsui"));
  press(Action::void_line);
  EXPECT_TRUE(view().lines[1].voided);
  EXPECT_EQ(warned(), "");
  scanner(dated_oil);
  ASSERT_NE(warned(), "");
  press(Action::line_up);
  EXPECT_EQ(warned(), "") << "whoever goes on to other goods has seen it, and Del is for those";
}

TEST_F(DeskDatesTest, EscOnTheWarningKeepsTheQuantityForTheNextGoods) {
  scanner(dated_oil);
  person("3*");
  ASSERT_TRUE(view().pending_quantity);
  press(Action::cancel);
  EXPECT_EQ(warned(), "");
  EXPECT_TRUE(view().pending_quantity);
  scanner(crisps);
  ASSERT_EQ(view().lines.size(), 2U);
  EXPECT_EQ(view().lines[1].quantity, Quantity::of_units(3));
  person("2*");
  press(Action::cancel);
  EXPECT_FALSE(view().pending_quantity) << "with nothing else to see, Esc takes it";
}

TEST_F(DeskDatesTest, WarningsOfGoodsThatFollowedAtOnceAreSeenOneByOne) {
  scanner(dated_liquor);
  ASSERT_TRUE(view().age_check);
  scanner(dated_oil);
  scanner(crisps);
  sounds.clear();
  press(Action::age_confirmed);
  ASSERT_EQ(view().lines.size(), 3U);
  EXPECT_THAT(sounds, testing::ElementsAre(Sound::attention, Sound::attention, Sound::ok));
  EXPECT_THAT(warned(), testing::StartsWith("Chunxiang"));
  EXPECT_EQ(view().selected_line, 1) << "Del is for the goods that are named";
  press(Action::cancel);
  EXPECT_THAT(warned(), testing::StartsWith("Jinsui"));
  EXPECT_EQ(view().selected_line, 2);
  press(Action::void_line);
  EXPECT_TRUE(view().lines[1].voided);
  EXPECT_FALSE(view().lines[0].voided);
  EXPECT_EQ(warned(), "");
}

TEST_F(DeskDatesTest, AfterTheLastWarningTheLastGoodsAreSelectedAgain) {
  scanner(crisps);
  person("*");
  scanner(dated_oil);
  scanner("6901000004002");
  EXPECT_EQ(desk.queued_scans(), 2U);
  press(Action::cancel);
  ASSERT_EQ(view().lines.size(), 3U);
  EXPECT_THAT(warned(), testing::StartsWith("Jinsui"));
  EXPECT_EQ(view().selected_line, 2);
  press(Action::cancel);
  EXPECT_EQ(warned(), "");
  EXPECT_EQ(view().selected_line, 3);
}

TEST_F(DeskDatesTest, TheNextLiveScanEndsWhatWasKept) {
  scanner(dated_liquor);
  scanner(dated_oil);
  scanner(crisps);
  press(Action::age_confirmed);
  ASSERT_NE(warned(), "");
  scanner("319");
  EXPECT_EQ(warned(), "");
  press(Action::cancel);
  EXPECT_EQ(view().selected_line, 4);
}

TEST_F(DeskDatesTest, GoodsThatWereChosenOrWhoseAgeWasAskedAreHeardOfAsWell) {
  scanner(dated_liquor);
  sounds.clear();
  press(Action::age_confirmed);
  EXPECT_THAT(sounds, testing::ElementsAre(Sound::attention));
  EXPECT_THAT(warned(), testing::StartsWith("Chunxiang"));
  scanner("(01)06901000007003(15)250101");
  ASSERT_EQ(view().choices.size(), 2U);
  sounds.clear();
  press_enter();
  ASSERT_EQ(view().lines.size(), 2U);
  EXPECT_THAT(sounds, testing::ElementsAre(Sound::attention));
  EXPECT_NE(warned(), "");
  scanner(dated_liquor);
  scanner("6901000007003");
  sounds.clear();
  press_enter();
  EXPECT_THAT(sounds, testing::ElementsAre(Sound::ok));
}

}  // namespace
}  // namespace lanekeeper::till::test
