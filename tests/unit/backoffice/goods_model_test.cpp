#include "model/goods_model.h"

#include <gtest/gtest.h>

#include "fakes.h"

namespace lanekeeper::office {
namespace {

using std::chrono::milliseconds;

class GoodsModelTest : public testing::Test {
 protected:
  static protocol::ItemPage page(catalogue::ItemId first, std::size_t count, std::int64_t total) {
    protocol::ItemPage result;
    for (std::size_t i = 0; i < count; ++i) {
      protocol::ItemRow row;
      row.item.id = first + static_cast<catalogue::ItemId>(i);
      row.item.number = std::to_string(row.item.id);
      row.item.name = "货 " + row.item.number;
      row.item.version = 1;
      result.rows.push_back(row);
    }
    result.total = total;
    return result;
  }

  FakeTransport server;
  FakeTimers timers;
  FakeClock clock;
  StoreModel store{server};
  GoodsModel goods{server, timers, clock, store};
};

TEST_F(GoodsModelTest, SearchesWhenTheTypingPauses) {
  goods.set_query("s");
  timers.advance(milliseconds(100));
  goods.set_query("sp");
  timers.advance(milliseconds(100));
  EXPECT_TRUE(server.asked.empty());
  timers.advance(milliseconds(100));
  ASSERT_EQ(server.asked.size(), 1u);
  EXPECT_EQ(server.next(), "GET /v1/items?limit=100&query=sp");
  server.reply(page(1, 13, 13));
  EXPECT_EQ(goods.rows().size(), 13u);
  EXPECT_EQ(goods.total(), 13);
  EXPECT_FALSE(goods.loading());
}

TEST_F(GoodsModelTest, AnAnswerToWordsThatChangedIsDropped) {
  goods.set_query("s");
  goods.search_now();
  goods.set_query("sp");
  goods.search_now();
  server.reply(page(1, 50, 50));
  EXPECT_TRUE(goods.rows().empty());
  server.reply(page(1, 3, 3));
  EXPECT_EQ(goods.rows().size(), 3u);
}

TEST_F(GoodsModelTest, FiltersTravelWithTheQuestion) {
  goods.set_category(4);
  EXPECT_EQ(server.next(), "GET /v1/items?limit=100&category=4");
  server.reply(page(1, 0, 0));
  goods.set_state(protocol::ItemState::below_cost);
  EXPECT_EQ(server.next(), "GET /v1/items?limit=100&category=4&state=below_cost");
}

TEST_F(GoodsModelTest, RowsComeInPagesAsTheyAreNeeded) {
  goods.refresh();
  server.reply(page(1, 100, 150));
  EXPECT_EQ(goods.rows().size(), 100u);
  goods.need_more();
  goods.need_more();
  ASSERT_EQ(server.asked.size(), 1u);
  EXPECT_EQ(server.next(), "GET /v1/items?limit=100&after=100");
  server.reply(page(101, 50, 150));
  EXPECT_EQ(goods.rows().size(), 150u);
  goods.need_more();
  EXPECT_TRUE(server.asked.empty());
}

TEST_F(GoodsModelTest, ARefreshKeepsAsManyRowsAndChangesThemAtOnce) {
  goods.refresh();
  server.reply(page(1, 100, 300));
  goods.need_more();
  server.reply(page(101, 100, 300));
  goods.refresh();
  server.reply(page(1, 100, 300));
  EXPECT_EQ(goods.rows().size(), 200u);
  EXPECT_EQ(server.next(), "GET /v1/items?limit=100&after=100");
  server.reply(page(101, 100, 300));
  EXPECT_EQ(goods.rows().size(), 200u);
  EXPECT_TRUE(server.asked.empty());
}

TEST_F(GoodsModelTest, SeveralPushedChangesAreOneRefresh) {
  goods.refresh();
  server.reply(page(1, 5, 5));
  goods.pushed_version(8);
  goods.pushed_version(9);
  goods.pushed_version(9);
  EXPECT_TRUE(server.asked.empty());
  timers.advance(milliseconds(500));
  EXPECT_EQ(server.asked.size(), 1u);
}

TEST_F(GoodsModelTest, ASavedRowIsShownAndOurOwnVersionIsNoNews) {
  goods.refresh();
  server.reply(page(1, 5, 5));
  goods.select(2);
  EXPECT_EQ(goods.selected_row(), 2u);
  goods.editor().edit(ItemField::name, [](ItemForm& form) { form.name = "新名"; });
  goods.editor().save();
  protocol::ItemRow saved;
  saved.item = server.body<catalogue::Item>();
  saved.item.version = 12;
  server.reply(saved);
  EXPECT_EQ(goods.rows()[2].item.name, "新名");
  goods.pushed_version(12);
  timers.advance(milliseconds(500));
  EXPECT_TRUE(server.asked.empty());
}

TEST_F(GoodsModelTest, AnErrorStaysUntilTheNextAnswer) {
  goods.refresh();
  server.refuse("net.unreachable");
  ASSERT_TRUE(goods.error());
  EXPECT_FALSE(goods.loading());
  goods.need_more();
  EXPECT_TRUE(server.asked.empty()) << "the end of the table must not hammer a server that is away";
  goods.refresh();
  server.reply(page(1, 1, 1));
  EXPECT_FALSE(goods.error());
}

TEST_F(GoodsModelTest, AnswersAfterItsEndAreDropped) {
  auto other = std::make_unique<GoodsModel>(server, timers, clock, store);
  other->refresh();
  other->set_query("a");
  other.reset();
  server.reply(page(1, 1, 1));
  timers.advance(milliseconds(1000));
  EXPECT_TRUE(server.asked.empty());
}

}  // namespace
}  // namespace lanekeeper::office
