// What goods cost, asked by code, name and label; and goods whose date has passed.

#include <gmock/gmock.h>

#include "desk_fixture.h"

namespace lanekeeper::till::test {
namespace {

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

}  // namespace
}  // namespace lanekeeper::till::test
