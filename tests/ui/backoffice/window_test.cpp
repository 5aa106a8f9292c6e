// The window, driven with real keys and clicks.
#include <gtest/gtest.h>

#include "office_ui/item_table.h"
#include "stage.h"
#include "x_display.h"

namespace lanekeeper::office::test {
namespace {

catalogue::Item body_of(const FakeStore::Request& request) {
  return json::decode<catalogue::Item>(request.body).value();
}

class WindowTest : public testing::Test {
 protected:
  Stage stage{{}};
  Office& office() { return stage.office(); }
  FakeStore& store() { return stage.store(); }
};

TEST_F(WindowTest, SignsInWithTheKeyboard) {
  ASSERT_TRUE(stage.until([&] { return stage.window().sign_in() != nullptr; }));
  stage.type("1001");
  stage.press(WXK_RETURN);
  stage.type("lanekeeper");
  stage.press(WXK_RETURN);
  EXPECT_TRUE(stage.until([&] { return stage.window().workspace() != nullptr; }));
}

TEST_F(WindowTest, APriceIsFoundChangedAndSavedFromTheKeyboard) {
  ASSERT_TRUE(stage.sign_in());
  ASSERT_TRUE(stage.open(PageId::goods));
  stage.press('/');
  stage.type("cyspyw");
  ASSERT_TRUE(stage.until([&] { return office().goods().filter().query == "cyspyw" && !office().goods().loading(); }))
      << office().goods().filter().query;
  stage.press(WXK_RETURN);  // to the table
  ASSERT_TRUE(stage.until([&] { return office().goods().rows().size() == 2 && !office().goods().loading(); }));
  stage.press(WXK_DOWN);
  ASSERT_TRUE(stage.until([&] { return office().goods().editor().is_open(); }));
  stage.press(WXK_RETURN);  // to the price, all of it selected
  stage.type("8.50");
  EXPECT_EQ(office().goods().editor().form().price, "8.50");
  stage.press('S', wxMOD_CONTROL);
  ASSERT_TRUE(stage.until([&] { return !store().requests("PUT").empty(); }));
  const auto put = store().requests("PUT").front();
  EXPECT_EQ(put.target, "/v1/items/1");
  EXPECT_EQ(body_of(put).version, 41);
  EXPECT_EQ(catalogue::price_at(body_of(put), "regular", shop_time("10:24:00").instant), Money::of_minor(850));
  ASSERT_TRUE(stage.until([&] { return !office().goods().editor().dirty(); }));
  EXPECT_EQ(office().goods().editor().base().item.version, 42);
}

TEST_F(WindowTest, EnterGoesToTheNextFieldAndEscapeDiscards) {
  ASSERT_TRUE(stage.sign_in());
  ASSERT_TRUE(stage.open(PageId::goods));
  stage.press('N', wxMOD_CONTROL);
  ASSERT_TRUE(stage.until([&] { return office().goods().editor().is_new(); }));
  stage.type("6901234567892");
  stage.press(WXK_RETURN);  // as a scanner ends
  stage.type("Soap");
  stage.press(WXK_RETURN);
  stage.type("3.20");
  stage.press(WXK_RETURN);
  stage.type("1.80");
  EXPECT_EQ(office().goods().editor().form().codes.at(0).code, "6901234567892");
  EXPECT_EQ(office().goods().editor().form().name, "Soap");
  EXPECT_EQ(office().goods().editor().form().price, "3.20");
  EXPECT_EQ(office().goods().editor().form().cost, "1.80");
  stage.press(WXK_ESCAPE);
  EXPECT_FALSE(office().goods().editor().is_open());
  EXPECT_TRUE(store().requests("POST", "/v1/items").empty());
}

TEST_F(WindowTest, ANewItemWithATakenBarcodeIsRefusedInPlaceAndThenSaved) {
  ASSERT_TRUE(stage.sign_in());
  ASSERT_TRUE(stage.open(PageId::goods));
  stage.press('N', wxMOD_CONTROL);
  ASSERT_TRUE(stage.until([&] { return office().goods().editor().is_new(); }));
  stage.type(first_code(shop_goods()[0].item).utf8_string());
  stage.press(WXK_RETURN);
  stage.type("Soap");
  stage.press(WXK_RETURN);
  stage.type("3.20");
  stage.press('S', wxMOD_CONTROL);
  ASSERT_TRUE(stage.until([&] { return office().goods().editor().problem(ItemField::codes) != nullptr; }));
  EXPECT_TRUE(stage.window()
                  .words()
                  .error(office().goods().editor().problem(ItemField::codes)->error)
                  .Contains(widgets::to_wx("脆叶薯片 原味 70g")));
  // The barcode has the focus and is selected: the right one is typed over it.
  stage.type("6901234567892");
  EXPECT_EQ(office().goods().editor().form().codes.at(0).code, "6901234567892");
  stage.press('S', wxMOD_CONTROL);
  ASSERT_TRUE(stage.until([&] { return office().goods().editor().just_saved(); }));
  EXPECT_EQ(office().goods().editor().base().item.number, "6901234567892") << "numbered by its barcode";
}

TEST_F(WindowTest, TheKeyboardGoesOnWhenWhatHadTheFocusIsGone) {
  ASSERT_TRUE(stage.sign_in());
  ASSERT_TRUE(stage.open(PageId::devices));
  store().set_waiting({waiting_till()});
  auto* page = stage.window().workspace()->devices();
  ASSERT_TRUE(stage.until([&] { return page->cards().size() == 1; }));
  stage.settle();
  stage.click(page->cards()[0]->code().control());
  stage.type("482916");
  stage.press(WXK_RETURN);
  stage.press(WXK_RETURN);
  ASSERT_TRUE(stage.until([&] { return page->cards().empty(); }));
  stage.press('2', wxMOD_ALT);
  EXPECT_TRUE(stage.until([&] { return stage.window().workspace()->page() == PageId::goods; }));
}

TEST_F(WindowTest, AServerThatIsBackIsFoundSoonerThanTheChannelTries) {
  ASSERT_TRUE(stage.sign_in());
  store().go_offline();
  ASSERT_TRUE(stage.until([&] { return !office().reachable(); }));
  store().answer_again();
  EXPECT_TRUE(stage.until([&] { return office().reachable(); }));
}

TEST_F(WindowTest, AHundredThousandGoodsAreReadAsTheyAreNeededAndTheWindowStaysAwake) {
  store().fill_goods(100'000);
  ASSERT_TRUE(stage.sign_in());
  ASSERT_TRUE(stage.open(PageId::goods));
  ASSERT_TRUE(stage.until([&] { return office().goods().total() == 100'000 && !office().goods().loading(); }));
  EXPECT_EQ(office().goods().rows().size(), GoodsModel::page_rows) << "one page";
  stage.window().workspace()->goods()->table().SetFocus();
  stage.settle();
  (void)stage.longest_turn();
  constexpr std::size_t pages = 4;
  while (office().goods().rows().size() < pages * GoodsModel::page_rows) {
    const std::size_t before = office().goods().rows().size();
    stage.press(WXK_END);
    ASSERT_TRUE(stage.until([&] { return office().goods().rows().size() > before; }));
  }
  const auto scrolling = stage.longest_turn();
  stage.press('/');
  stage.type("cyspyw");
  ASSERT_TRUE(stage.until([&] { return office().goods().total() < 100'000 && !office().goods().loading(); }));
  const auto searching = stage.longest_turn();
  std::printf("longest round of events: scrolling %lld ms, searching %lld ms\n",
              static_cast<long long>(scrolling.count()), static_cast<long long>(searching.count()));
  constexpr std::int64_t on_a_busy_machine_ms = 1000;
  EXPECT_LT(scrolling.count(), on_a_busy_machine_ms);
  EXPECT_LT(searching.count(), on_a_busy_machine_ms);
}

TEST_F(WindowTest, ASlashInAFieldIsASlash) {
  ASSERT_TRUE(stage.sign_in());
  ASSERT_TRUE(stage.open(PageId::goods));
  stage.press('N', wxMOD_CONTROL);
  ASSERT_TRUE(stage.until([&] { return office().goods().editor().is_new(); }));
  stage.press(WXK_RETURN);
  stage.type("A/B");
  EXPECT_EQ(office().goods().editor().form().name, "A/B");
}

TEST_F(WindowTest, AnItemWithChangesIsNotLeftByAClick) {
  ASSERT_TRUE(stage.sign_in());
  ASSERT_TRUE(stage.open(PageId::goods));
  auto& table = stage.window().workspace()->goods()->table();
  const auto click_row = [&](std::size_t row) {
    const wxRect area = table.row_rect(row);
    stage.click(table, wxPoint(area.x + 200, area.y + area.height / 2));
  };
  click_row(1);
  ASSERT_TRUE(office().goods().editor().is_open());
  EXPECT_EQ(office().goods().editor().base().item.id, 2);
  office().goods().editor().edit(ItemField::price, [](ItemForm& form) { form.price = "1.00"; });
  click_row(3);
  EXPECT_EQ(office().goods().editor().base().item.id, 2);
  EXPECT_EQ(office().goods().editor().form().price, "1.00");
}

TEST_F(WindowTest, AWaitingTillIsLetInWithItsCode) {
  ASSERT_TRUE(stage.sign_in());
  ASSERT_TRUE(stage.open(PageId::devices));
  store().set_waiting({waiting_till()});
  auto* page = stage.window().workspace()->devices();
  ASSERT_TRUE(stage.until([&] { return page->cards().size() == 1; }));
  stage.settle();
  stage.click(page->cards()[0]->code().control());
  stage.type("111111");
  stage.press(WXK_RETURN);  // to the number, which is proposed
  stage.press(WXK_RETURN);
  ASSERT_TRUE(stage.until([&] {
    const auto* action = office().devices().action(waiting_till().enrolment_id);
    return action != nullptr && action->error.has_value();
  }));
  stage.click(page->cards()[0]->code().control());
  stage.press('A', wxMOD_CONTROL);
  stage.type("482916");
  stage.press(WXK_RETURN);
  stage.press(WXK_RETURN);
  ASSERT_TRUE(stage.until([&] { return office().devices().approved().has_value(); }));
  EXPECT_EQ(office().devices().approved()->till, 7);
  const auto sent = store().requests("POST", "/v1/enrolments/");
  ASSERT_EQ(sent.size(), 2u);
  EXPECT_EQ(json::decode<protocol::EnrolmentApproval>(sent[1].body)->code, "482916");
  EXPECT_TRUE(stage.until([&] { return page->cards().empty() && office().devices().till_count() == 7; }));
}

TEST_F(WindowTest, ATillIsReplacedFromTheKeyboardAndNotByTheSameEnter) {
  ASSERT_TRUE(stage.sign_in());
  store().set_waiting({waiting_till()});
  ASSERT_TRUE(stage.until([&] { return !office().devices().waiting().empty(); }));
  ASSERT_TRUE(stage.open(PageId::devices));
  stage.settle();
  stage.type("482916");  // the code has the focus
  stage.press(WXK_RETURN);
  stage.type("3");
  stage.press(WXK_RETURN);
  ASSERT_TRUE(stage.until([&] {
    const auto* action = office().devices().action(waiting_till().enrolment_id);
    return action != nullptr && action->needs_replace;
  }));
  EXPECT_FALSE(office().devices().approved());
  EXPECT_TRUE(stage.until([&] {
    stage.press(WXK_RETURN);
    return office().devices().approved().has_value();
  }));
  EXPECT_EQ(office().devices().approved()->till, 3);
}

TEST_F(WindowTest, ASaleAppearsWhenATillDeliversIt) {
  ASSERT_TRUE(stage.sign_in());
  ASSERT_TRUE(stage.open(PageId::sales));
  stage.settle();
  const auto questions = store().requests("GET", "/v1/sales").size();
  const auto count = office().sales().count();
  store().deliver_sale(3, 1813, shop_time("10:23:59"));
  ASSERT_TRUE(stage.until([&] { return office().sales().count() == count + 1; }));
  EXPECT_EQ(office().sales().sales().front().receipt_number, 1813);
  EXPECT_EQ(store().requests("GET", "/v1/sales").size(), questions) << "nothing is fetched again";
}

TEST_F(WindowTest, ALostServerIsToldAndTheWorkGoesOnWhenItIsBack) {
  ASSERT_TRUE(stage.sign_in());
  ASSERT_TRUE(stage.open(PageId::goods));
  store().go_offline();
  ASSERT_TRUE(stage.until([&] { return !office().reachable(); }));
  office().goods().select(0);
  office().goods().editor().edit(ItemField::price, [](ItemForm& form) { form.price = "8.50"; });
  office().goods().editor().save();
  ASSERT_TRUE(stage.until([&] { return office().goods().editor().error().has_value(); }));
  EXPECT_EQ(office().goods().editor().form().price, "8.50");
  store().come_back();
  ASSERT_TRUE(stage.until([&] { return office().reachable(); }));
  office().goods().editor().save();
  EXPECT_TRUE(stage.until([&] { return !office().goods().editor().dirty(); }));
}

TEST_F(WindowTest, WhatIsReadAgainByItselfKeepsNobodySignedIn) {
  ASSERT_TRUE(stage.sign_in());
  stage.settle();
  store().go_offline();
  ASSERT_TRUE(stage.until([&] { return !office().reachable(); }));
  const auto before = store().requests("GET").size();
  const auto looked = store().requests("GET", "/v1/exceptions").size();
  store().come_back();
  ASSERT_TRUE(stage.until([&] { return store().requests("GET", "/v1/exceptions").size() > looked; }));
  stage.settle();
  const auto newest = office().promotions().model.newest();
  store().publish_promotions("[]", "王店", "");
  ASSERT_TRUE(stage.until([&] { return office().promotions().model.newest() > newest; }));
  stage.settle();
  const auto asked = store().requests("GET");
  for (auto one = asked.begin() + static_cast<std::ptrdiff_t>(before); one != asked.end(); ++one) {
    EXPECT_TRUE(one->unattended) << one->target;
  }
}

TEST_F(WindowTest, AThreeForTwoIsMadeTriedPublishedAndTakenBack) {
  ASSERT_TRUE(stage.sign_in());
  ASSERT_TRUE(stage.open(PageId::promotions));
  auto* page = stage.window().workspace()->promotions();
  auto& desk = office().promotions();
  ASSERT_TRUE(stage.until([&] { return desk.model.ever_loaded(); }));
  stage.press('N', wxMOD_CONTROL);
  ASSERT_EQ(page->view(), PromotionsPage::View::editor);
  const catalogue::Item crisps = shop_goods()[0].item;
  stage.type(crisps.number);  // the search of its goods has the focus
  stage.press(WXK_RETURN);
  ASSERT_TRUE(stage.until([&] { return desk.editor.form().scope.items.size() == 1; }));
  EXPECT_EQ(desk.editor.form().scope.items.front(), crisps.number);
  page->editor().names().name().control().SetFocus();
  stage.type("3for2");
  ASSERT_TRUE(desk.editor.definition().promotion);
  EXPECT_EQ(desk.editor.definition().promotion->name, "3for2");

  page->editor().trial().picker().focus();
  stage.type(crisps.number);
  stage.press(WXK_RETURN);
  ASSERT_TRUE(stage.until([&] { return page->editor().trial().lines().rows().size() == 1; }));
  page->editor().trial().lines().SetFocus();
  stage.press(WXK_NUMPAD_ADD);
  stage.press(WXK_NUMPAD_ADD);
  ASSERT_TRUE(page->editor().trial().result());
  EXPECT_EQ(page->editor().trial().result()->priced.discount, crisps.prices.front().amount);

  stage.press('S', wxMOD_CONTROL);
  const std::string id = desk.editor.id();
  EXPECT_FALSE(desk.editor.dirty());
  page->show(PromotionsPage::View::publish);
  ASSERT_TRUE(stage.until([&] { return desk.model.check_state() == PromotionsModel::Check::done; }));
  stage.settle();
  stage.click(page->publish().go());
  ASSERT_TRUE(stage.until([&] { return desk.model.just_published().has_value() && desk.model.newest() == 3; }));
  EXPECT_NE(store().promotion_versions().back().definitions->find("3for2"), std::string::npos);
  page->show(PromotionsPage::View::list);
  const auto listed = [&] {
    const auto& rows = page->list().shown();
    return std::find(rows.begin(), rows.end(), id) != rows.end();
  };
  ASSERT_TRUE(stage.until([&] { return listed() && desk.model.changes().empty(); }));

  page->show(PromotionsPage::View::versions);
  stage.settle();
  auto& table = page->versions().table();
  const wxRect row = table.row_rect(1);
  stage.click(table, wxPoint(row.x + 60, row.y + row.height / 2));
  stage.click(page->versions().restore());
  EXPECT_EQ(desk.model.newest(), 3) << "it asks first";
  stage.click(page->versions().restore());
  ASSERT_TRUE(stage.until([&] { return desk.model.newest() == 4; }));
  EXPECT_EQ(store().promotion_versions().back().restored_from, 2);
  page->show(PromotionsPage::View::list);
  EXPECT_TRUE(stage.until([&] { return !listed(); }));
}

TEST_F(WindowTest, APromotionWithChangesIsNotLeftAndSurvivesAnotherLanguage) {
  ASSERT_TRUE(stage.sign_in());
  ASSERT_TRUE(stage.open(PageId::promotions));
  auto& desk = office().promotions();
  auto* page = stage.window().workspace()->promotions();
  ASSERT_TRUE(stage.until([&] { return page->list().shown().size() == 9; }));
  auto& table = page->list().table();
  const wxRect row = table.row_rect(2);
  stage.click(table, wxPoint(row.x + 60, row.y + row.height / 2));
  ASSERT_EQ(page->view(), PromotionsPage::View::editor);
  EXPECT_EQ(desk.editor.id(), "water");
  desk.editor.edit(PromotionField::price, [](PromotionForm& form) { form.price = "4.50"; });
  stage.press('N', wxMOD_CONTROL);
  EXPECT_EQ(desk.editor.id(), "water");
  stage.window().use_language(i18n::Language::en);
  ASSERT_TRUE(stage.until([&] { return stage.window().words().language() == i18n::Language::en; }));
  stage.settle();
  EXPECT_EQ(stage.window().workspace()->promotions()->view(), PromotionsPage::View::editor);
  EXPECT_EQ(desk.editor.form().price, "4.50");
  stage.press(WXK_ESCAPE);
  EXPECT_EQ(desk.editor.form().price, "5.00");
  stage.press(WXK_ESCAPE);
  EXPECT_EQ(stage.window().workspace()->promotions()->view(), PromotionsPage::View::list);
}

TEST_F(WindowTest, WhoOnlyReadsPromotionsChangesNone) {
  store().sign_in_as(access::Role::accountant);
  ASSERT_TRUE(stage.sign_in());
  ASSERT_TRUE(stage.open(PageId::promotions));
  auto* page = stage.window().workspace()->promotions();
  ASSERT_TRUE(stage.until([&] { return page->list().shown().size() == 9; }));
  stage.press('N', wxMOD_CONTROL);
  EXPECT_EQ(page->view(), PromotionsPage::View::list);
  EXPECT_TRUE(store().requests("POST", "/v1/promotions").empty());
}

TEST_F(WindowTest, TheLanguageChangesInPlace) {
  ASSERT_TRUE(stage.sign_in());
  ASSERT_TRUE(stage.open(PageId::goods));
  office().goods().select(0);
  office().goods().editor().edit(ItemField::price, [](ItemForm& form) { form.price = "8.50"; });
  stage.window().use_language(i18n::Language::en);
  ASSERT_TRUE(stage.until([&] { return stage.window().words().language() == i18n::Language::en; }));
  EXPECT_EQ(stage.window().workspace()->page(), PageId::goods);
  EXPECT_EQ(office().goods().editor().form().price, "8.50") << "a draft survives";
}

TEST(PairingWindow, ShowsItsCodeUntilItIsLetIn) {
  Stage stage({i18n::Language::zh_CN, wxSize(1366, 768), false});
  ASSERT_NE(stage.window().pairing(), nullptr);
  ASSERT_TRUE(stage.until([&] { return stage.office().pairing().ticket().has_value(); }));
  stage.store().approve_pairing();
  EXPECT_TRUE(stage.until([&] { return stage.window().sign_in() != nullptr; }));
  EXPECT_TRUE(stage.sign_in());
}

TEST_F(WindowTest, WhatATillAsksIsAnsweredOverAnyPage) {
  ASSERT_TRUE(stage.sign_in());
  ASSERT_TRUE(stage.open(PageId::goods));
  auto& strip = stage.window().workspace()->approvals();
  EXPECT_FALSE(strip.IsShown());
  store().set_approvals(asked_approvals());
  ASSERT_TRUE(stage.until([&] { return strip.IsShown() && office().approvals().waiting().size() == 2; }));
  ASSERT_TRUE(stage.until([&] {  // a click right after it appeared is deaf
    stage.click(strip.grant());
    return office().approvals().waiting().size() == 1;
  }));
  const auto sent = store().requests("POST", "/v1/approvals").front();
  EXPECT_EQ(sent.target, "/v1/approvals/" + asked_approvals().front().request.id.to_string() + "/answer");
  EXPECT_TRUE(json::decode<protocol::ApprovalAnswer>(sent.body).value().granted);
  store().somebody_answered("陈强");
  ASSERT_TRUE(stage.until([&] {
    stage.click(strip.refuse());
    return office().approvals().waiting().empty();
  }));
  ASSERT_TRUE(office().approvals().outcome()->error);
  EXPECT_EQ(office().approvals().outcome()->error->code, "approval.answered");
  ASSERT_TRUE(stage.until([&] {
    stage.click(strip.grant());  // seen
    return !strip.IsShown();
  }));
}

TEST_F(WindowTest, WhoMayNotAnswerIsNotAsked) {
  store().sign_in_as(access::Role::accountant);
  ASSERT_TRUE(stage.sign_in());
  store().set_approvals(asked_approvals());
  stage.settle();
  EXPECT_TRUE(store().requests("GET", "/v1/approvals").empty());
  EXPECT_FALSE(stage.window().workspace()->approvals().IsShown());
}

}  // namespace
}  // namespace lanekeeper::office::test

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  const lanekeeper::office::test::XDisplay display;
  if (!display.available()) {
    std::printf("There is no X display and no Xvfb: the window was not tested.\n");
    return 1;
  }
  const lanekeeper::office::test::Toolkit toolkit;
  return RUN_ALL_TESTS();
}
