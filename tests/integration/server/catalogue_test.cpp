// Goods while several people work on them: what tills replicate misses nothing, and nobody overwrites anybody.
#include <gtest/gtest.h>

#include <thread>

#include "../test_store.h"

namespace lanekeeper::services {
namespace {

using testing::PrivateDatabase;
using testing::TestStore;
using testing::TestTill;

class CatalogueTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto& server = PrivateDatabase::instance();
    if (!server.available()) GTEST_SKIP() << server.problem();
    store_.emplace(server.new_schema());
    till_ = TestTill(1, journal::SigningKey::generate(store_->random)).principal();
  }
  Result<protocol::ItemRow> create(int n) {
    return store_->catalogue.create(store_->manager(), TestStore::new_item(n));
  }
  catalogue::Item item(catalogue::ItemId id) { return store_->catalogue.get(store_->manager(), id).value().item; }
  std::string rename(catalogue::Item edited, const std::string& name) {
    edited.name = name;
    const auto row = store_->catalogue.update(store_->manager(), edited);
    return row ? "ok" : row.error().code;
  }
  std::optional<TestStore> store_;
  Principal till_;
};

// What a till keeps: asks in pages, goes on where the last item was, as docs/protocol/openapi.yaml says.
class Replica {
 public:
  Replica(CatalogueService& catalogue, Principal till) : catalogue_(catalogue), till_(std::move(till)) {}

  // One page; true when it was the last. Checks what a page promises.
  bool take_page(std::int64_t limit) {
    const auto page = catalogue_.page(till_, since_, after_, limit).value();
    for (const auto& item : page.items) {
      const auto here = std::pair(item.version, item.id);
      EXPECT_GT(here, std::pair(since_, after_)) << "out of order, or sent twice";
      EXPECT_LE(item.version, page.version) << "newer than the catalogue it is a page of";
      EXPECT_TRUE(seen_.insert(here).second) << "the same item in the same version twice";
      since_ = item.version;
      after_ = item.id;
      items_[item.id] = item;
    }
    EXPECT_TRUE(page.complete || !page.items.empty()) << "would ask for ever";
    return page.complete;
  }
  [[nodiscard]] catalogue::Version version() const { return since_; }
  [[nodiscard]] const std::map<catalogue::ItemId, catalogue::Item>& items() const { return items_; }

 private:
  CatalogueService& catalogue_;
  Principal till_;
  catalogue::Version since_ = 0;
  catalogue::ItemId after_ = std::numeric_limits<catalogue::ItemId>::max();  // nothing has version 0
  std::set<std::pair<catalogue::Version, catalogue::ItemId>> seen_;
  std::map<catalogue::ItemId, catalogue::Item> items_;
};

TEST_F(CatalogueTest, PagesMissAndDoubleNothingWhileOthersWrite) {
  constexpr int goods = 300;
  (void)store_->add_items(goods);
  std::atomic<bool> writing = true;
  std::vector<std::thread> writers;
  writers.reserve(2);
  for (int writer = 0; writer < 2; ++writer) {
    writers.emplace_back([&, writer] {
      for (int i = 0; i < 60; ++i) {
        const auto edited = item(1 + (i * 37 + writer * 11) % goods);
        (void)rename(edited, "改名 " + std::to_string(writer) + "-" + std::to_string(i));
        EXPECT_TRUE(create(10'000 + writer * 1000 + i));
      }
    });
  }
  std::thread end([&] {
    for (auto& writer : writers) writer.join();
    writing = false;
  });
  Replica replica(store_->catalogue, till_);
  int pages = 0;
  while (writing || replica.version() < store_->catalogue.version()) {
    (void)replica.take_page(7);
    ++pages;
  }
  end.join();
  while (!replica.take_page(7)) {
  }
  EXPECT_GT(pages, goods / 7);
  const auto all = store_->number("SELECT COUNT(*) FROM item");
  EXPECT_EQ(static_cast<std::int64_t>(replica.items().size()), all);
  for (const auto& [id, kept] : replica.items()) EXPECT_EQ(kept, item(id)) << id;
}

TEST_F(CatalogueTest, VersionsAreGaplessAndBecomeVisibleInTheirOrder) {
  constexpr int writers = 4;
  constexpr int each = 25;
  std::mutex mutex;
  std::vector<catalogue::Version> taken;
  std::vector<std::thread> threads;
  threads.reserve(writers);
  std::atomic<int> left = writers;
  for (int writer = 0; writer < writers; ++writer) {
    threads.emplace_back([&, writer] {
      for (int i = 0; i < each; ++i) {
        const auto row = create(writer * 1000 + i);
        ASSERT_TRUE(row) << row.error().code;
        const std::lock_guard lock(mutex);
        taken.push_back(row->item.version);
      }
      --left;
    });
  }
  // Whoever saw version V sees nothing new at or below V afterwards.
  std::map<catalogue::Version, std::size_t> items_at;
  while (left > 0) {
    const auto page = store_->catalogue.page(till_, 0, 0, CatalogueService::max_page).value();
    EXPECT_EQ(static_cast<std::int64_t>(page.items.size()), page.version) << "one item a version, all of them there";
    const auto known = items_at.try_emplace(page.version, page.items.size()).first;
    EXPECT_EQ(known->second, page.items.size());
  }
  for (auto& thread : threads) thread.join();
  std::sort(taken.begin(), taken.end());
  for (std::size_t i = 0; i < taken.size(); ++i) EXPECT_EQ(taken[i], static_cast<catalogue::Version>(i) + 1);
  EXPECT_EQ(store_->catalogue.version(), writers * each);
  auto told = store_->sink.copy(store_->sink.catalogue_versions);
  std::sort(told.begin(), told.end());
  EXPECT_EQ(told, taken) << "each version is told, once";
}

// A change that is rolled back, and one that changes nothing, leave no hole.
TEST_F(CatalogueTest, RefusedAndEmptyChangesTakeNoVersion) {
  const auto row = create(1).value();
  EXPECT_EQ(create(1).error().code, "item.number_taken");
  EXPECT_EQ(store_->catalogue.update(store_->manager(), row.item).value().item.version, row.item.version);
  EXPECT_EQ(store_->catalogue.version(), 1);
  EXPECT_EQ(create(2)->item.version, 2);
}

TEST_F(CatalogueTest, TheSecondOfTwoEditorsIsTold) {
  const auto first = create(1).value().item;
  auto by_other = store_->manager();
  by_other.staff->name = "李强";
  auto edited = first;
  edited.name = "先改";
  ASSERT_TRUE(store_->catalogue.update(by_other, edited));
  auto late = first;
  late.name = "后改";
  const auto refused = store_->catalogue.update(store_->manager(), late);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "item.changed_meanwhile");
  EXPECT_EQ(refused.error().details,
            (std::vector<std::pair<std::string, std::string>>{{"by", "李强"}, {"version", "2"}}));
  EXPECT_EQ(item(first.id).name, "先改");
}

TEST_F(CatalogueTest, OfManyEditorsAtOnceOneWins) {
  const auto first = create(1).value().item;
  std::atomic<int> won = 0;
  std::atomic<int> told = 0;
  std::vector<std::thread> editors;
  editors.reserve(6);
  for (int i = 0; i < 6; ++i) {
    editors.emplace_back([&, i] {
      const auto result = rename(first, "改 " + std::to_string(i));
      if (result == "ok") ++won;
      if (result == "item.changed_meanwhile") ++told;
    });
  }
  for (auto& editor : editors) editor.join();
  EXPECT_EQ(won, 1);
  EXPECT_EQ(told, 5);
  EXPECT_EQ(store_->catalogue.version(), 2);
}

TEST_F(CatalogueTest, ABarcodeBelongsToOneActiveItem) {
  const auto first = create(1).value().item;
  auto second = TestStore::new_item(2);
  second.codes = first.codes;
  const auto refused = store_->catalogue.create(store_->manager(), second);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "item.code_taken");
  EXPECT_EQ(refused.error().details,
            (std::vector<std::pair<std::string, std::string>>{
                {"code", first.codes[0].code}, {"item", std::to_string(first.id)}, {"number", "G1"}}));

  second.active = false;  // an inactive one may wait with it
  const auto waiting = store_->catalogue.create(store_->manager(), second);
  ASSERT_TRUE(waiting);
  auto woken = waiting->item;
  woken.active = true;
  EXPECT_EQ(store_->catalogue.update(store_->manager(), woken).error().code, "item.code_taken");
  auto gone = item(first.id);
  gone.active = false;
  ASSERT_TRUE(store_->catalogue.update(store_->manager(), gone));
  EXPECT_TRUE(store_->catalogue.update(store_->manager(), woken)) << "the code is free now";
}

TEST_F(CatalogueTest, OfManyWhoGiveOutTheSameBarcodeOneWins) {
  for (int round = 0; round < 5; ++round) {
    std::atomic<int> won = 0;
    std::vector<std::thread> editors;
    editors.reserve(4);
    for (int i = 0; i < 4; ++i) {
      editors.emplace_back([&, i] {
        auto wanted = TestStore::new_item(round * 100 + i);
        wanted.codes = TestStore::new_item(round * 100).codes;
        const auto row = store_->catalogue.create(store_->manager(), wanted);
        if (row) ++won;
        if (!row) {
          EXPECT_EQ(row.error().code, "item.code_taken");
        }
      });
    }
    for (auto& editor : editors) editor.join();
    EXPECT_EQ(won, 1) << "round " << round;
  }
  EXPECT_EQ(
      store_->number("SELECT COUNT(*) FROM (SELECT c.code FROM item_code c JOIN item i ON i.store_id = c.store_id "
                     "AND i.item_id = c.item_id WHERE i.active = 1 GROUP BY c.code HAVING COUNT(*) > 1) d"),
      0);
}

// The database takes "G1 " for "G1".
TEST_F(CatalogueTest, ANumberThatDiffersBySpacesIsRefusedAndNoFault) {
  ASSERT_TRUE(create(1));
  auto spaced = TestStore::new_item(2);
  spaced.number = "G1 ";
  const auto refused = store_->catalogue.create(store_->manager(), spaced);
  ASSERT_FALSE(refused);
  EXPECT_TRUE(refused.error().code.starts_with("item.")) << refused.error().code;
}

}  // namespace
}  // namespace lanekeeper::services
