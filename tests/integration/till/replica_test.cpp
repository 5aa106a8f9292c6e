#include <gtest/gtest.h>

#include <fstream>
#include <thread>

#include "base/system_clock.h"
#include "cache/catalogue_replica.h"
#include "cache/sqlite.h"
#include "catalogue/item.h"
#include "till_files.h"

namespace lanekeeper::till::test {
namespace {

namespace fs = std::filesystem;

catalogue::Item make_item(catalogue::ItemId id, std::string name, std::string code, catalogue::Version version = 1) {
  catalogue::Item item;
  item.id = id;
  item.number = std::to_string(100000 + id);
  item.mnemonic = catalogue::pinyin_initials(name);
  item.name = std::move(name);
  item.category = 5;
  item.tax_category = 1;
  item.codes.push_back({std::move(code), Quantity::of_units(1), {}});
  item.prices.push_back({"regular", Money::of_minor(100 * id), {}, {}});
  item.version = version;
  return item;
}

protocol::CataloguePage page_of(std::vector<catalogue::Item> items, bool complete = true) {
  protocol::CataloguePage page;
  for (const auto& item : items) page.version = std::max(page.version, item.version);
  page.items = std::move(items);
  page.complete = complete;
  return page;
}

class ReplicaTest : public testing::Test {
 protected:
  void load(std::vector<catalogue::Item> items) { ASSERT_TRUE(writer_.apply(page_of(std::move(items)))); }
  [[nodiscard]] std::vector<catalogue::ItemId> found(std::string_view text, int limit = 20, int offset = 0) const {
    std::vector<catalogue::ItemId> ids;
    for (const auto& row : replica_->search(text, limit, offset)) ids.push_back(row.id);
    return ids;
  }
  using Ids = std::vector<catalogue::ItemId>;

  const Folder folder_;
  SystemClock clock_;
  std::unique_ptr<CatalogueReplica> replica_ = CatalogueReplica::open(folder_.path(), clock_).value();
  ReplicaWriter writer_{folder_.path()};
};

TEST_F(ReplicaTest, GivesItemsBackAsTheyCame) {
  auto rich = samples::item();
  rich.id = 7;
  rich.cost.reset();
  rich.prices.push_back({"member", Money::of_minor(299), samples::time_at("2026-01-01T00:00:00+08:00"), {}});
  rich.sale_blocked = true;
  rich.minimum_age = 18;
  rich.tare = Quantity::of_milli(15);
  auto bare = make_item(8, "没有价格", "00000000000123");
  bare.prices.clear();
  bare.codes.clear();
  load({rich, bare});
  EXPECT_EQ(replica_->find_by_id(7), rich);
  EXPECT_EQ(replica_->find_by_id(8), bare);
  EXPECT_EQ(replica_->find_by_id(9), std::nullopt);
  for (const auto& code : rich.codes) {
    const auto matches = replica_->find_by_code(code.code);
    ASSERT_EQ(matches.size(), 1U);
    EXPECT_EQ(matches[0].item, rich);
    EXPECT_EQ(matches[0].code, code);
  }
}

TEST_F(ReplicaTest, ShowsAllOwnersOfACode) {
  load({make_item(1, "旧货", "06900000000015"), make_item(2, "新货", "06900000000015")});
  EXPECT_EQ(replica_->find_by_code("06900000000015").size(), 2U);
}

TEST_F(ReplicaTest, AppliesChangesAndForgetsInactiveItems) {
  load({make_item(1, "可口可乐", "06908512108211"), make_item(2, "雪碧", "06908512109218")});
  EXPECT_EQ(replica_->item_count(), 2);
  auto renamed = make_item(1, "百事可乐", "06900000000022", 2);
  auto gone = make_item(2, "雪碧", "06908512109218", 2);
  gone.active = false;
  load({renamed, gone});
  EXPECT_EQ(replica_->catalogue_version(), 2);
  EXPECT_EQ(replica_->item_count(), 1);
  EXPECT_TRUE(replica_->find_by_code("06908512108211").empty());
  EXPECT_EQ(replica_->find_by_code("06900000000022").size(), 1U);
  EXPECT_TRUE(found("可口").empty());
  EXPECT_EQ(found("百事"), Ids{1});
  EXPECT_EQ(found("bskl"), Ids{1});
  EXPECT_TRUE(found("xb").empty());
  load({gone});  // an item that is not there anyway
  EXPECT_EQ(replica_->item_count(), 1);
}

TEST_F(ReplicaTest, MovesItsCursorPageByPage) {
  EXPECT_EQ(writer_.cursor().since, 0);
  auto page = page_of({make_item(4, "甲", "1", 3), make_item(9, "乙", "2", 3)}, false);
  page.version = 12;
  ASSERT_TRUE(writer_.apply(page));
  EXPECT_EQ(writer_.cursor().since, 3);
  EXPECT_EQ(writer_.cursor().after, 9);
  EXPECT_EQ(replica_->catalogue_version(), 0) << "not before the last page";
  auto last = page_of({make_item(2, "丙", "3", 12)});
  EXPECT_EQ(writer_.apply(last), 12);
  EXPECT_EQ(writer_.cursor().since, 12);
  EXPECT_EQ(writer_.cursor().after, 2);
  auto nothing_new = page_of({});
  nothing_new.version = 12;
  EXPECT_EQ(writer_.apply(nothing_new), 12);
  EXPECT_EQ(writer_.cursor().after, 2);
}

TEST_F(ReplicaTest, KeepsTheProfile) {
  EXPECT_EQ(replica_->profile(), std::nullopt);
  protocol::StoreProfile profile;
  profile.version = 4;
  profile.name = "惠民生鲜 城东店";
  profile.categories.push_back({3, "蔬菜", "Vegetables", 1});
  ASSERT_TRUE(writer_.store_profile(profile));
  EXPECT_EQ(writer_.profile_version(), 4);
  EXPECT_EQ(replica_->profile()->categories, profile.categories);
}

TEST_F(ReplicaTest, OrdersQuickKeysByPlu) {
  load({make_item(1, "白菜", "30"), make_item(2, "菠菜", "4"), make_item(3, "袋装菜", "06900000000015"),
        make_item(4, "别处", "2")});
  auto elsewhere = make_item(4, "别处", "2", 2);
  elsewhere.category = 6;
  load({elsewhere});
  Ids ids;
  for (const auto& row : replica_->quick_keys(5, 10)) ids.push_back(row.id);
  EXPECT_EQ(ids, (Ids{2, 1, 3}));
  EXPECT_EQ(replica_->quick_keys(5, 2).size(), 2U);
}

TEST_F(ReplicaTest, KnowsGoodsWhosePriceIsTyped) {
  auto dishes = make_item(11, "熟食", "17");
  dishes.open_price = true;
  dishes.prices.clear();
  auto flowers = make_item(12, "鲜花", "9");
  flowers.open_price = true;
  flowers.category = 6;
  auto unpriced = make_item(13, "没有价格", "00000000000123");
  unpriced.prices.clear();
  load({dishes, flowers, unpriced});
  EXPECT_EQ(replica_->find_by_id(11), dishes);
  EXPECT_EQ(replica_->find_by_id(13), unpriced);
  const auto keys = replica_->department_keys(10);
  ASSERT_EQ(keys.size(), 2u) << "no price is not the same as a price that is typed";
  EXPECT_EQ(keys[0].id, 12);
  EXPECT_EQ(keys[1].id, 11);
  EXPECT_TRUE(keys[1].open_price);
  EXPECT_FALSE(replica_->search("没有价格", 1, 0).at(0).open_price);
  dishes.open_price.reset();
  dishes.version = 2;
  load({dishes});
  EXPECT_EQ(replica_->department_keys(10).size(), 1u);
}

TEST_F(ReplicaTest, KeepsTheRulesOfGoods) {
  auto wine = make_item(11, "白酒", "17");
  wine.sale_hours = catalogue::SaleHours{8 * 60, 0};
  auto underwear = make_item(12, "内衣", "9");
  underwear.return_blocked = true;
  underwear.discount_blocked = true;
  load({wine, underwear});
  EXPECT_EQ(replica_->find_by_id(11), wine);
  EXPECT_EQ(replica_->find_by_id(12), underwear);
  wine.sale_hours.reset();
  wine.version = 2;
  load({wine});
  EXPECT_EQ(replica_->find_by_id(11), wine);
}

TEST_F(ReplicaTest, KnowsDepositsThatHaveAPrice) {
  auto barrel = make_item(11, "桶装水押金", "17");
  barrel.deposit = true;
  auto bottle = make_item(12, "啤酒瓶押金", "9");
  bottle.deposit = true;
  bottle.category = 6;
  auto unpriced = make_item(13, "没有价格的押金", "3");
  unpriced.deposit = true;
  unpriced.prices.clear();
  load({barrel, bottle, unpriced, make_item(14, "不是押金", "1")});
  EXPECT_EQ(replica_->find_by_id(11), barrel);
  const auto found = replica_->deposits(10);
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].id, 12);
  EXPECT_EQ(found[1].id, 11);
  EXPECT_EQ(replica_->deposits(1).size(), 1u);
  EXPECT_EQ(replica_->department_keys(10).size(), 0u);
  barrel.deposit.reset();
  barrel.version = 2;
  load({barrel});
  EXPECT_EQ(replica_->deposits(10).size(), 1u);
}

TEST_F(ReplicaTest, FindsByEveryPartThatPeopleType) {
  auto cola = make_item(1, "可口可乐 汽水", "06908512108211");
  cola.spec = "1.25L";
  cola.name_en = "Coca-Cola";
  cola.brand = "可口可乐公司";
  auto milk = make_item(2, "伊利纯牛奶", "06907992500010");
  milk.number = "880123";
  auto sprite = make_item(3, "雪碧汽水600ML", "06908512109423");
  load({cola, milk, sprite});
  for (const char* text :
       {"可口可乐",      "可乐",           "可",       "乐 汽",  "kkkl", "KKKL",  "kk",   "k",         "kl",  "klq",
        "6908512108211", "06908512108211", "85121082", "108211", "1.25", "1.25l", "coca", "Coca-Cola", "oca", "cola",
        "可乐 1.25",     "ｃｏｃａ",       "公司"}) {
    const auto ids = found(text);
    EXPECT_TRUE(std::find(ids.begin(), ids.end(), 1) != ids.end()) << text;
  }
  EXPECT_EQ(found("6908512"), (Ids{1, 3}));
  EXPECT_EQ(found("汽水"), (Ids{1, 3}));
  EXPECT_EQ(found("600ml"), Ids{3});
  EXPECT_EQ(found("880123"), Ids{2});
  EXPECT_EQ(found("8801"), Ids{2});
  EXPECT_EQ(found("nn"), Ids{2}) << "a pair inside the mnemonic ylcnn";
  EXPECT_TRUE(found("").empty());
  EXPECT_TRUE(found("   ").empty());
  EXPECT_TRUE(found("可乐 牛奶").empty());
  EXPECT_TRUE(found("\"' OR 1=1 --").empty());
  EXPECT_TRUE(found("\xff\xfe").empty());
}

TEST_F(ReplicaTest, PutsTheBestFirst) {
  auto part = make_item(1, "大可乐", "06900000000015");
  auto beginning = make_item(2, "可乐糖", "06900000000022");
  auto exact_number = make_item(3, "别的", "06900000000039");
  exact_number.number = "可乐";
  load({part, beginning, exact_number});
  EXPECT_EQ(found("可乐"), (Ids{3, 2, 1}));
  EXPECT_EQ(found("可乐", 1, 1), Ids{2});
  EXPECT_EQ(found("可乐", 5, 2), Ids{1});
  EXPECT_EQ(found("可乐", 5, 3), Ids{});
}

TEST_F(ReplicaTest, ReadsOnWhileAPageIsBeingWritten) {
  load({make_item(1, "可口可乐", "06908512108211")});
  std::atomic<bool> done = false;
  std::thread link([&] {
    ReplicaWriter writer(folder_.path());
    for (int page = 0; page < 20; ++page) {
      std::vector<catalogue::Item> items;
      for (int i = 0; i < 500; ++i) {
        const auto id = 2 + page * 500 + i;
        items.push_back(make_item(id, "货" + std::to_string(id), std::to_string(6900000000000 + id), 2));
      }
      EXPECT_TRUE(writer.apply(page_of(std::move(items), page == 19)));
    }
    done = true;
  });
  auto longest = std::chrono::nanoseconds(0);
  while (!done) {
    const auto start = std::chrono::steady_clock::now();
    EXPECT_EQ(replica_->find_by_code("06908512108211").size(), 1U);
    longest = std::max(longest, std::chrono::steady_clock::now() - start);
  }
  link.join();
  EXPECT_LT(longest, std::chrono::seconds(1)) << "a lookup waited for the writer";
  EXPECT_EQ(replica_->item_count(), 10'001);
}

TEST_F(ReplicaTest, IsLoadedAnewBehindTheLanesBack) {
  load({make_item(1, "可口可乐", "06908512108211")});
  ASSERT_TRUE(writer_.begin_anew());
  EXPECT_EQ(writer_.cursor().since, 0);
  EXPECT_EQ(writer_.catalogue_version(), 0);
  load({make_item(2, "雪碧", "06908512109218")});
  EXPECT_EQ(replica_->find_by_code("06908512108211").size(), 1U) << "until the new copy is complete";
  EXPECT_TRUE(replica_->find_by_code("06908512109218").empty());
  ASSERT_TRUE(writer_.put_in_place());
  EXPECT_TRUE(replica_->find_by_code("06908512108211").empty());
  EXPECT_EQ(replica_->find_by_code("06908512109218").size(), 1U);
  EXPECT_EQ(found("xb"), Ids{2});
  EXPECT_EQ(replica_->item_count(), 1);
  load({make_item(3, "芬达", "06908512109317")});
  EXPECT_EQ(found("fd"), Ids{3});
  EXPECT_FALSE(fs::exists(folder_ / "replica-new.db"));
}

TEST_F(ReplicaTest, IsTidiedInShortSteps) {
  for (int page = 0; page < 20; ++page) {
    std::vector<catalogue::Item> items;
    for (int i = 1; i <= 1000; ++i) {
      const int id = page * 1000 + i;
      items.push_back(make_item(id, "货物" + std::to_string(id * 7919), std::to_string(100'000 + id)));
    }
    ASSERT_TRUE(writer_.apply(page_of(std::move(items), page == 19)));
  }
  const auto before = found("10001");
  int steps = 0;
  auto longest = std::chrono::nanoseconds(0);
  for (bool more = true; more; ++steps) {
    const auto start = std::chrono::steady_clock::now();
    more = writer_.tidy();
    longest = std::max(longest, std::chrono::steady_clock::now() - start);
    ASSERT_LT(steps, 1000);
    if (steps % 3 == 0) {
      EXPECT_EQ(found("10001"), before);
    }
  }
  EXPECT_GE(steps, 2);
  EXPECT_LT(longest, std::chrono::milliseconds(500));
  EXPECT_EQ(found("10001"), before);
  EXPECT_FALSE(writer_.tidy()) << "nothing is left to do";
}

TEST(ReplicaDamage, ARubbishFileIsReplacedAtTheStart) {
  const Folder folder;
  const SystemClock clock;
  std::ofstream(folder / "replica.db", std::ios::binary) << std::string(100'000, 'x');
  const auto replica = CatalogueReplica::open(folder.path(), clock);
  ASSERT_TRUE(replica) << replica.error().message;
  EXPECT_EQ((*replica)->item_count(), 0);
}

TEST(ReplicaDamage, AFileOfAnotherVersionIsReplaced) {
  const Folder folder;
  const SystemClock clock;
  { ReplicaWriter writer(folder.path()); }
  sqlite::Database(folder / "replica.db").execute("PRAGMA user_version=77");
  EXPECT_TRUE(CatalogueReplica::open(folder.path(), clock));
  EXPECT_NE(sqlite::Database(folder / "replica.db").integer("PRAGMA user_version"), 77);
}

TEST(ReplicaDamage, IsToldOnceAndMendedByLoadingAnew) {
  const Folder folder;
  const SystemClock clock;
  {
    ReplicaWriter writer(folder.path());
    std::vector<catalogue::Item> items;
    for (int id = 1; id <= 3000; ++id) items.push_back(make_item(id, "货物" + std::to_string(id), std::to_string(id)));
    ASSERT_TRUE(writer.apply(page_of(std::move(items))));
  }
  {
    std::fstream file(folder / "replica.db", std::ios::in | std::ios::out | std::ios::binary);
    const auto size = fs::file_size(folder / "replica.db");
    for (std::uintmax_t offset = 131072; offset + 4096 < size; offset += 4096) {
      file.seekp(static_cast<std::streamoff>(offset));
      file << std::string(4096, '\x77');
    }
  }
  const auto replica = CatalogueReplica::open(folder.path(), clock).value();
  int told = 0;
  replica->on_fault([&](const Error& error) {
    ++told;
    EXPECT_EQ(error.code, "replica.damaged");
  });
  for (int id = 1; id <= 3000; id += 100) EXPECT_LE(replica->find_by_code(std::to_string(id)).size(), 1U);
  EXPECT_EQ(told, 1);
  ReplicaWriter writer(folder.path());
  ASSERT_TRUE(writer.begin_anew());
  ASSERT_TRUE(writer.apply(page_of({make_item(1, "可口可乐", "42")})));
  EXPECT_EQ(told, 1);
  ASSERT_TRUE(writer.put_in_place());
  EXPECT_EQ(replica->find_by_code("42").size(), 1U);
  EXPECT_EQ(sqlite::Database(folder / "replica.db").text("PRAGMA integrity_check"), "ok");
}

TEST(ReplicaDamage, ASearchIndexThatCannotBeOpenedIsReplacedAtTheStart) {
  const Folder folder;
  const SystemClock clock;
  {
    ReplicaWriter writer(folder.path());
    ASSERT_TRUE(writer.apply(page_of({make_item(1, "可口可乐", "42")})));
  }
  {
    const sqlite::Database disk(folder / "replica.db", sqlite::OpenMode::read_write);
    const auto page = disk.integer("SELECT rootpage FROM sqlite_master WHERE name = 'search_data'");
    std::fstream file(folder / "replica.db", std::ios::in | std::ios::out | std::ios::binary);
    file.seekp((page - 1) * disk.integer("PRAGMA page_size"));
    file << std::string(4096, '\x77');
  }
  const auto replica = CatalogueReplica::open(folder.path(), clock);
  ASSERT_TRUE(replica) << replica.error().message;
  EXPECT_EQ((*replica)->item_count(), 0);
  EXPECT_TRUE(ReplicaWriter(folder.path()).apply(page_of({make_item(1, "可口可乐", "42")})));
  EXPECT_EQ((*replica)->find_by_code("42").size(), 1U);
}

TEST_F(ReplicaTest, AByteThatChangedInARowIsNoticed) {
  std::vector<std::string> told;
  replica_->on_fault([&](const Error& error) { told.push_back(error.code); });
  const sqlite::Database disk(folder_ / "replica.db", sqlite::OpenMode::read_write);
  for (const char* lie : {"UPDATE item SET price = price - 256 WHERE id = 1", "UPDATE item SET flags = 1 WHERE id = 1",
                          "UPDATE item SET name = '可口可落' WHERE id = 1", "UPDATE code SET item = 2",
                          "UPDATE item SET price = NULL WHERE id = 1"}) {
    load({make_item(1, "可口可乐", "06908512108211"), make_item(2, "雪碧", "06908512109218")});
    ASSERT_EQ(replica_->find_by_code("06908512108211").size(), 1U);
    told.clear();
    disk.execute(lie);
    EXPECT_TRUE(replica_->find_by_code("06908512108211").empty()) << lie;
    EXPECT_EQ(told, (std::vector<std::string>{"replica.damaged"})) << lie;
    ASSERT_TRUE(writer_.begin_anew());
    load({});
    ASSERT_TRUE(writer_.put_in_place());
  }
}

TEST_F(ReplicaTest, AProfileThatCannotBeReadIsDamage) {
  protocol::StoreProfile profile;
  profile.version = 3;
  ASSERT_TRUE(writer_.store_profile(profile));
  ASSERT_TRUE(replica_->profile());
  std::string told;
  replica_->on_fault([&](const Error& error) { told = error.code; });
  sqlite::Database(folder_ / "replica.db", sqlite::OpenMode::read_write).execute("UPDATE profile SET body = '{'");
  EXPECT_FALSE(replica_->profile());
  EXPECT_EQ(told, "replica.damaged");
}

TEST(ReplicaDamage, AFileThatLostItsHeadIsMendedToo) {
  const Folder folder;
  const SystemClock clock;
  ReplicaWriter writer(folder.path());
  ASSERT_TRUE(writer.apply(page_of({make_item(1, "可口可乐", "42")})));
  const auto replica = CatalogueReplica::open(folder.path(), clock).value();
  sqlite::Database(folder / "replica.db").execute("PRAGMA wal_checkpoint(TRUNCATE)");
  {
    std::fstream file(folder / "replica.db", std::ios::in | std::ios::out | std::ios::binary);
    file << std::string(8192, '\x55');
  }
  ASSERT_TRUE(writer.begin_anew());
  ASSERT_TRUE(writer.apply(page_of({make_item(2, "雪碧", "43")})));
  ASSERT_TRUE(writer.put_in_place());
  EXPECT_EQ(replica->find_by_code("43").size(), 1U);
  EXPECT_EQ(CatalogueReplica::open(folder.path(), clock).value()->item_count(), 1);
}

}  // namespace
}  // namespace lanekeeper::till::test
