#include "model/item_editor.h"

#include <gtest/gtest.h>

#include "fakes.h"
#include "i18n/i18n.h"

namespace lanekeeper::office {
namespace {

class ItemEditorTest : public testing::Test {
 protected:
  ItemEditorTest() {
    row.item.id = 7;
    row.item.number = "20418";
    row.item.name = "脆叶薯片";
    row.item.mnemonic = catalogue::pinyin_initials(row.item.name);
    row.item.tax_category = 1;
    row.item.prices = {{"regular", Money::of_minor(790), std::nullopt, std::nullopt}};
    row.item.version = 41;
    row.updated_by = "周敏";
    editor.on_saved([this](const protocol::ItemRow& saved, bool added) {
      saved_rows.push_back(saved);
      last_added = added;
    });
  }
  void type_price(const std::string& text) {
    editor.edit(ItemField::price, [&](ItemForm& form) { form.price = text; });
  }
  protocol::ItemRow stored(const catalogue::Item& item, catalogue::Version version) {
    protocol::ItemRow result = row;
    result.item = item;
    result.item.version = version;
    return result;
  }

  FakeTransport server;
  FakeClock clock;
  StoreModel store{server};
  ItemEditor editor{server, clock, store};
  protocol::ItemRow row;
  std::vector<protocol::ItemRow> saved_rows;
  bool last_added = false;
};

TEST_F(ItemEditorTest, SavesWhatWasTypedWithTheVersionItWasReadAt) {
  editor.open(row);
  EXPECT_FALSE(editor.dirty());
  type_price("8.50");
  EXPECT_TRUE(editor.dirty());
  editor.save();
  ASSERT_EQ(server.next(), "PUT /v1/items/7");
  const auto sent = server.body<catalogue::Item>();
  EXPECT_EQ(sent.version, 41);
  EXPECT_EQ(sent.prices[0].amount, Money::of_minor(850));
  EXPECT_EQ(editor.saving(), ItemEditor::Saving::sending);
  server.reply(stored(sent, 42));
  EXPECT_EQ(editor.saving(), ItemEditor::Saving::no);
  EXPECT_FALSE(editor.dirty());
  ASSERT_EQ(saved_rows.size(), 1u);
  EXPECT_EQ(saved_rows[0].item.version, 42);
  EXPECT_FALSE(last_added);
}

TEST_F(ItemEditorTest, NothingIsSentWhileAFieldIsWrongOrNothingChanged) {
  editor.open(row);
  editor.save();
  EXPECT_TRUE(server.asked.empty());
  type_price("8.505");
  ASSERT_NE(editor.problem(ItemField::price), nullptr);
  editor.save();
  EXPECT_TRUE(server.asked.empty());
  type_price("7.90");
  EXPECT_EQ(editor.problem(ItemField::price), nullptr);
  EXPECT_FALSE(editor.dirty());
}

TEST_F(ItemEditorTest, NothingChangesUnderASaveThatIsUnderWay) {
  editor.open(row);
  type_price("8.50");
  editor.save();
  type_price("9.00");
  EXPECT_EQ(editor.form().price, "8.50");
}

TEST_F(ItemEditorTest, ARefusalIsShownAtItsField) {
  editor.open(row);
  type_price("8.50");
  editor.save();
  server.refuse("item.code_taken", {{"number", "100"}});
  ASSERT_NE(editor.problem(ItemField::codes), nullptr);
  EXPECT_TRUE(editor.dirty());
  EXPECT_FALSE(editor.error());
  editor.save();
  server.refuse("access.forbidden");
  ASSERT_TRUE(editor.error());
  EXPECT_EQ(editor.error()->code, "access.forbidden");
}

TEST_F(ItemEditorTest, ATakenBarcodeSaysWhoseItIsInTheRowWhereItStands) {
  editor.open(row);
  editor.edit(ItemField::codes, [](ItemForm& form) {
    form.codes.resize(3);
    form.codes[0].code = "6901234567892";
    form.codes[2].code = "6923173013506";
  });
  editor.save();
  ASSERT_EQ(server.next(), "PUT /v1/items/7");
  server.refuse("item.code_taken", {{"code", "06923173013506"}, {"item", "255"}, {"number", "20355"}});
  ASSERT_EQ(server.next(), "GET /v1/items/255");
  protocol::ItemRow owner = row;
  owner.item.name = "可口可乐 汽水 1.25L";
  server.reply(owner);
  const auto* problem = editor.problem(ItemField::codes);
  ASSERT_NE(problem, nullptr);
  EXPECT_EQ(problem->row, 2u);
  EXPECT_EQ(i18n::Texts(i18n::Language::zh_CN).text(problem->error),
            "条码 6923173013506 已经是“可口可乐 汽水 1.25L”（货号 20355）的。请核对。");
  EXPECT_TRUE(editor.dirty());
  EXPECT_EQ(editor.saving(), ItemEditor::Saving::no);
}

TEST_F(ItemEditorTest, TellsThatItWasSavedUntilSomethingChanges) {
  editor.open(row);
  EXPECT_FALSE(editor.just_saved());
  type_price("8.50");
  editor.save();
  server.reply(stored(server.body<catalogue::Item>(), 42));
  EXPECT_TRUE(editor.just_saved());
  type_price("8.60");
  EXPECT_FALSE(editor.just_saved());
}

TEST_F(ItemEditorTest, SomebodyElsesChangeIsShownAndMineCanGoOnTop) {
  editor.open(row);
  type_price("8.50");
  editor.save();
  server.refuse("item.changed_meanwhile");
  ASSERT_EQ(server.next(), "GET /v1/items/7");
  auto theirs = stored(row.item, 44);
  theirs.item.brand = "脆叶";
  server.reply(theirs);
  ASSERT_TRUE(editor.conflict());
  EXPECT_TRUE(editor.conflict()->contested.empty());
  editor.save();
  EXPECT_TRUE(server.asked.empty()) << "a conflict must be answered first";
  editor.keep_mine();
  EXPECT_FALSE(editor.conflict());
  EXPECT_EQ(editor.form().brand, "脆叶");
  EXPECT_EQ(editor.form().price, "8.50");
  editor.save();
  EXPECT_EQ(server.body<catalogue::Item>().version, 44);
}

TEST_F(ItemEditorTest, TheirsCanBeTaken) {
  editor.open(row);
  type_price("8.50");
  auto theirs = stored(row.item, 44);
  theirs.item.prices[0].amount = Money::of_minor(820);
  editor.refreshed(theirs);
  ASSERT_TRUE(editor.conflict());
  EXPECT_EQ(editor.conflict()->contested, std::vector{ItemField::price});
  editor.take_theirs();
  EXPECT_FALSE(editor.dirty());
  EXPECT_EQ(editor.form().price, "8.20");
}

TEST_F(ItemEditorTest, AnUntouchedPanelFollowsTheList) {
  editor.open(row);
  auto theirs = stored(row.item, 44);
  theirs.item.name = "脆叶薯片 原味";
  editor.refreshed(theirs);
  EXPECT_FALSE(editor.conflict());
  EXPECT_EQ(editor.form().name, "脆叶薯片 原味");
}

TEST_F(ItemEditorTest, ALostAnswerIsLookedUpBeforeAnybodyIsTold) {
  editor.open(row);
  type_price("8.50");
  editor.save();
  const auto sent = server.body<catalogue::Item>();
  server.refuse("net.timeout");
  EXPECT_EQ(editor.saving(), ItemEditor::Saving::checking);
  ASSERT_EQ(server.next(), "GET /v1/items/7");
  server.reply(stored(sent, 42));
  EXPECT_EQ(saved_rows.size(), 1u);
  EXPECT_FALSE(editor.dirty());
}

TEST_F(ItemEditorTest, ALostRequestIsToldAndTheDraftStays) {
  editor.open(row);
  type_price("8.50");
  editor.save();
  server.refuse("net.timeout");
  server.reply(row);
  ASSERT_TRUE(editor.error());
  EXPECT_EQ(editor.error()->code, "net.timeout");
  EXPECT_EQ(editor.form().price, "8.50");
}

TEST_F(ItemEditorTest, ANewItemIsPostedAndMayBeFoundAfterALoss) {
  editor.open_new(3);
  editor.edit(ItemField::name, [](ItemForm& form) { form.name = "可口可乐 1.25L"; });
  EXPECT_EQ(editor.form().mnemonic, "kkkl1.25l");
  editor.edit(ItemField::number, [](ItemForm& form) { form.number = "30001"; });
  type_price("6.50");
  editor.save();
  ASSERT_EQ(server.next(), "POST /v1/items");
  auto item = server.body<catalogue::Item>();
  EXPECT_EQ(item.id, 0);
  EXPECT_EQ(item.category, 3);
  server.refuse("net.closed");
  ASSERT_EQ(server.next(), "GET /v1/items?limit=20&query=30001");
  item.id = 99;
  protocol::ItemPage page;
  page.rows = {stored(item, 50)};
  server.reply(page);
  ASSERT_EQ(saved_rows.size(), 1u);
  EXPECT_TRUE(last_added);
  EXPECT_EQ(editor.base().item.id, 99);
}

TEST_F(ItemEditorTest, AnAnswerForAPanelThatWasClosedIsDropped) {
  editor.open(row);
  type_price("8.50");
  editor.save();
  const auto sent = server.body<catalogue::Item>();
  editor.close();
  server.reply(stored(sent, 42));
  EXPECT_TRUE(saved_rows.empty());
  EXPECT_FALSE(editor.is_open());
}

}  // namespace
}  // namespace lanekeeper::office
