// Templates of receipts, rules for tills and shifts in the window, driven with real keys and clicks.
#include <gtest/gtest.h>

#include "receipt_template/plain_text.h"
#include "stage.h"

namespace lanekeeper::office::test {
namespace {

using receipt_template::Kind;

class SettingsWindowTest : public testing::Test {
 protected:
  Stage stage{{}};
  Office& office() { return stage.office(); }
  FakeStore& store() { return stage.store(); }
  void open_receipts(Kind kind) {
    ASSERT_TRUE(stage.sign_in());
    ASSERT_TRUE(stage.open(PageId::receipts));
    ASSERT_TRUE(stage.until([&] { return templates().readable(); }));
    templates().open({kind, i18n::Language::en});
    stage.settle();
    page().text().control().SetFocus();
    stage.settle();
  }
  TemplateEditor& templates() { return office().store_desk().templates; }
  PolicyEditor& rules() { return office().store_desk().policy; }
  ReceiptsPage& page() { return *stage.window().workspace()->receipts(); }
  [[nodiscard]] std::string paper() { return plain_text(page().paper().paper(), 48); }
};

TEST_F(SettingsWindowTest, ATemplateIsTypedSeenOnPaperAndSaved) {
  open_receipts(Kind::gift);
  stage.press('A', wxMOD_CONTROL);
  stage.type("Present");
  EXPECT_EQ(templates().text(), "Present");
  EXPECT_NE(paper().find("Present"), std::string::npos);
  stage.press('S', wxMOD_CONTROL);
  ASSERT_TRUE(stage.until([&] { return templates().just_saved(); }));
  EXPECT_EQ(store().settings().receipt_templates, (std::vector<protocol::ReceiptTemplate>{{"gift", "en", "Present"}}));
  stage.press('Z', wxMOD_CONTROL);
  EXPECT_TRUE(templates().changed()) << "what was before the typing";
  stage.settle();
  EXPECT_EQ(widgets::to_utf8(page().text().value()), templates().text());
}

TEST_F(SettingsWindowTest, AWrongTemplateIsShownInPlaceAndNotSent) {
  open_receipts(Kind::gift);
  stage.press('A', wxMOD_CONTROL);
  stage.type("Hi");
  stage.press(WXK_RETURN);
  stage.type("^^^^x");
  ASSERT_EQ(templates().problems().size(), 1U);
  EXPECT_EQ(templates().problems().front().line, 2);
  stage.press('S', wxMOD_CONTROL);
  EXPECT_TRUE(store().requests("PUT").empty());
  EXPECT_EQ(page().text().caret().line, 2);
  EXPECT_NE(paper().find("Hi"), std::string::npos) << "the paper of before";
  for (int i = 0; i < 5; ++i) stage.press(WXK_DELETE);
  EXPECT_TRUE(templates().problems().empty());
}

TEST_F(SettingsWindowTest, RulesAreTypedAndSaved) {
  ASSERT_TRUE(stage.sign_in());
  ASSERT_TRUE(stage.open(PageId::till_rules));
  ASSERT_TRUE(stage.until([&] { return rules().readable(); }));
  stage.settle();
  auto& page = *stage.window().workspace()->till_rules();
  page.usual_float().control().SetFocus();
  page.usual_float().control().SelectAll();
  stage.type("80,5");
  stage.press('S', wxMOD_CONTROL);
  ASSERT_NE(rules().problem(PolicyField::usual_float), nullptr);
  EXPECT_FALSE(page.usual_float().error().empty());
  page.usual_float().control().SelectAll();
  stage.type("80.50");
  stage.click(page.methods().add());
  ASSERT_TRUE(stage.until([&] { return rules().form().methods.size() == 3; }));
  stage.settle();
  page.methods().focus_last();
  stage.settle();
  stage.type("gift");
  stage.press(WXK_RETURN);
  stage.type("Gift card");
  stage.press('S', wxMOD_CONTROL);
  ASSERT_TRUE(stage.until([&] { return rules().just_saved(); }));
  EXPECT_EQ(store().settings().till_policy.usual_float, Money::of_minor(80'50));
  EXPECT_EQ(store().settings().till_policy.methods.back().name, "Gift card");
  EXPECT_EQ(store().settings().till_policy.methods.back().code, "gift");
}

TEST_F(SettingsWindowTest, AShiftIsOpenedFromTheTable) {
  ASSERT_TRUE(stage.sign_in());
  ASSERT_TRUE(stage.open(PageId::shifts));
  ASSERT_TRUE(stage.until([&] { return office().shifts().ever_loaded(); }));
  stage.settle();
  stage.press(WXK_DOWN);
  ASSERT_TRUE(office().shifts().selected());
  EXPECT_EQ(*office().shifts().selected(), (ShiftKey{1, 16}));
  stage.press(WXK_ESCAPE);
  EXPECT_FALSE(office().shifts().selected());
}

TEST_F(SettingsWindowTest, AnOpenShiftIsGivenUpWithAReason) {
  ASSERT_TRUE(stage.sign_in());
  ASSERT_TRUE(stage.open(PageId::shifts));
  ASSERT_TRUE(stage.until([&] { return office().shifts().ever_loaded(); }));
  auto& loss = stage.window().workspace()->shifts()->loss();
  office().shifts().select(ShiftKey{1, 16});
  stage.settle();
  EXPECT_FALSE(loss.IsShown()) << "it is closed";
  office().shifts().select(ShiftKey{1, 17});
  stage.settle();
  ASSERT_TRUE(loss.IsShown());
  stage.click(loss.give_up());
  stage.settle();
  EXPECT_TRUE(loss.asking());
  stage.type("not yet");
  EXPECT_EQ(widgets::to_utf8(loss.reason().value()), "not yet");
  EXPECT_TRUE(store().requests("POST", "/v1/shifts").empty()) << "not before a reason";
  stage.press(WXK_ESCAPE);
  EXPECT_FALSE(loss.asking());
  EXPECT_TRUE(office().shifts().selected());
  stage.settle();
  stage.click(loss.give_up());
  stage.settle();
  stage.click(loss.give_up());
  ASSERT_TRUE(stage.until([&] { return office().shifts().loss_error().has_value(); }));
  stage.settle();
  stage.type("Broken disk");
  stage.click(loss.give_up());
  ASSERT_TRUE(stage.until([&] { return office().shifts().shifts()[1].state == protocol::ShiftState::lost; }));
  EXPECT_EQ(office().shifts().shifts()[1].loss->reason, "Broken disk");
  stage.settle();
  EXPECT_FALSE(loss.IsShown());
}

TEST_F(SettingsWindowTest, AnEnglishNameThatIsTooLongGetsTheKeys) {
  ASSERT_TRUE(stage.sign_in());
  ASSERT_TRUE(stage.open(PageId::till_rules));
  ASSERT_TRUE(stage.until([&] { return rules().readable(); }));
  rules().edit([](PolicyForm& form) { form.methods[0].name_en = std::string(61, 'x'); });
  stage.settle();
  stage.press('S', wxMOD_CONTROL);
  stage.settle();
  auto& field = stage.window().workspace()->till_rules()->methods().field(PolicyField::method_name_en, 0);
  EXPECT_EQ(wxWindow::FindFocus(), &field.control());
}

TEST_F(SettingsWindowTest, WhoMayNotSetAnythingHasNoSuchPages) {
  store().sign_in_as(access::Role::accountant);
  ASSERT_TRUE(stage.sign_in());
  EXPECT_EQ(stage.window().workspace()->receipts(), nullptr);
  EXPECT_EQ(stage.window().workspace()->till_rules(), nullptr);
  EXPECT_NE(stage.window().workspace()->shifts(), nullptr);
  EXPECT_TRUE(store().requests("GET", "/v1/settings").empty());
}

}  // namespace
}  // namespace lanekeeper::office::test
