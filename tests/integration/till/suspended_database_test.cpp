// Baskets that were put aside, on real files.
#include "cache/suspended_database.h"

#include <gtest/gtest.h>

#include <fstream>

#include "cache/sqlite.h"
#include "till_files.h"

namespace lanekeeper::till::test {
namespace {

namespace fs = std::filesystem;

protocol::SuspendedBasket put_aside(int day = 22) {
  static SystemRandom random;
  protocol::SuspendedBasket one;
  one.id = Uuid::make_v7(1'800'000'000'000, random);
  one.till = 3;
  one.cashier_name = "张敏";
  one.suspended_at = samples::time_at("2026-11-22T12:00:00+08:00");
  one.business_date = {2026, 11, day};
  one.line_count = 3;
  one.total = samples::yuan("21.00");
  one.first_goods = "可口可乐";
  one.note = "去拿钱包";
  one.basket = open_basket(3);
  return one;
}

sale::ControlTransaction record() {
  auto record = fresh_control(sale::ControlKind::basket_suspend);
  record.basket = sale::BasketTrace{};
  return record;
}

std::unique_ptr<SuspendedDatabase> open(const Folder& folder) {
  auto opened = SuspendedDatabase::open(folder.path());
  if (!opened) throw std::runtime_error(opened.error().message);
  return std::move(*opened);
}

TEST(Suspended, ComesBackAsItWas) {
  const Folder folder;
  const auto wanted = put_aside();
  protocol::SuspendedBasket kept;
  {
    const auto store = open(folder);
    EXPECT_TRUE(store->rows().empty());
    kept = store->add(wanted, record()).value();
    EXPECT_EQ(kept.label, "3-0001");
    EXPECT_EQ(store->add(wanted, record())->label, "3-0001") << "the same once more";
    EXPECT_EQ(store->add(put_aside(), record())->label, "3-0002");
  }
  const auto store = open(folder);
  ASSERT_EQ(store->rows().size(), 2U);
  EXPECT_EQ(store->rows()[0].suspended, kept);
  EXPECT_EQ(store->rows()[0].suspended.basket, wanted.basket);
  EXPECT_FALSE(store->rows()[0].handed_over);
  EXPECT_FALSE(store->rows()[0].at_server);
  EXPECT_FALSE(store->report().damaged);
}

TEST(Suspended, LabelsBeginAgainEachDayAndOutliveTheirBaskets) {
  const Folder folder;
  {
    const auto store = open(folder);
    const auto first = store->add(put_aside(22), record()).value();
    ASSERT_TRUE(store->remove(first.id).value());
  }
  const auto store = open(folder);
  EXPECT_EQ(store->add(put_aside(22), record())->label, "3-0002");
  EXPECT_EQ(store->add(put_aside(23), record())->label, "3-0001");
  EXPECT_EQ(store->add(put_aside(22), record())->label, "3-0003") << "a clock that was set back";
  auto elsewhere = put_aside(22);
  elsewhere.till = 8;
  EXPECT_EQ(store->add(elsewhere, record())->label, "8-0001");
}

TEST(Suspended, LabelsGoOnBehindThoseThatTheServerHasOfATillInstalledAgain) {
  const Folder folder;
  auto there = put_aside(22);
  const auto says = [&](SuspendedDatabase& store, const std::string& label, std::int64_t till = 3) {
    there.label = label;
    there.till = till;
    store.label_in_use(there);
  };
  {
    const auto store = open(folder);
    says(*store, "3-0017");
    says(*store, "3-0004");
    for (const auto* odd : {"3-", "8-0900", "3-1234567", "3-00x8", "3--44", "0099", ""}) says(*store, odd);
    says(*store, "8-0900", 8);
    EXPECT_EQ(store->add(put_aside(22), record())->label, "3-0018");
  }
  const auto store = open(folder);
  says(*store, "3-0018");
  EXPECT_EQ(store->add(put_aside(22), record())->label, "3-0019");
  EXPECT_EQ(store->add(put_aside(23), record())->label, "3-0001");
}

TEST(Suspended, LabelsThatCannotBeReadAreAskedForAgain) {
  const Folder folder;
  const auto store = open(folder);
  auto there = put_aside(22);
  there.label = "3-0017";
  sqlite::Database(folder / "suspended.db", sqlite::OpenMode::read_write).execute("DROP TABLE label");
  EXPECT_NO_THROW(store->label_in_use(there));
}

TEST(Suspended, RemembersHowFarItGot) {
  const Folder folder;
  Uuid handed;
  Uuid arrived;
  {
    const auto store = open(folder);
    handed = store->add(put_aside(), record())->id;
    arrived = store->add(put_aside(), record())->id;
    ASSERT_TRUE(store->hand_over(handed));
    ASSERT_TRUE(store->hand_over(arrived));
    store->arrived(arrived);
    store->arrived(put_aside().id);  // of another till
    EXPECT_EQ(store->hand_over(put_aside().id).error().code, "suspended.unknown");
  }
  const auto store = open(folder);
  const auto rows = store->rows();
  EXPECT_TRUE(rows[0].handed_over && !rows[0].at_server);
  EXPECT_TRUE(rows[1].handed_over && rows[1].at_server);
  EXPECT_TRUE(store->remove(handed).value());
  EXPECT_FALSE(store->remove(handed).value());
  EXPECT_EQ(store->rows().size(), 1U);
}

TEST(Suspended, ForgetsOldOnesThatTheServerHas) {
  const Folder folder;
  const auto store = open(folder);
  const auto sent = store->add(put_aside(21), record()).value();
  const auto unsent = store->add(put_aside(21), record()).value();
  store->arrived(sent.id);
  ASSERT_TRUE(store->add(put_aside(21), record()));
  EXPECT_EQ(store->rows().size(), 3U);
  ASSERT_TRUE(store->add(put_aside(22), record()));
  ASSERT_EQ(store->rows().size(), 3U);
  EXPECT_EQ(store->rows()[0].suspended.id, unsent.id);
}

TEST(Suspended, ADamagedFileIsPutAside) {
  const Folder folder;
  { ASSERT_TRUE(open(folder)->add(put_aside(), record())); }
  std::ofstream(folder / "suspended.db", std::ios::binary) << std::string(9000, 'x');
  fs::remove(folder / "suspended.db-wal");
  {
    const auto store = open(folder);
    EXPECT_TRUE(store->report().damaged);
    EXPECT_TRUE(fs::exists(store->report().damaged_file));
    EXPECT_TRUE(store->rows().empty());
    EXPECT_EQ(store->add(put_aside(22), record())->label, "3-5001") << "no slip has the same";
    EXPECT_EQ(store->add(put_aside(22), record())->label, "3-5002");
    EXPECT_EQ(store->add(put_aside(23), record())->label, "3-0001");
  }
  EXPECT_FALSE(open(folder)->report().damaged);
}

TEST(Suspended, CarriesOverWhatCanStillBeRead) {
  const Folder folder;
  std::vector<protocol::SuspendedBasket> kept;
  {
    const auto store = open(folder);
    for (int i = 0; i < 5; ++i) kept.push_back(store->add(put_aside(), record()).value());
    ASSERT_TRUE(store->hand_over(kept[1].id));
  }
  {
    sqlite::Database database(folder / "suspended.db");
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)");
    const auto page =
        database.integer("SELECT rootpage FROM sqlite_master WHERE name = 'sqlite_autoindex_suspended_1'");
    ASSERT_GT(page, 0);
    std::fstream file(folder / "suspended.db", std::ios::in | std::ios::out | std::ios::binary);
    file.seekp((page - 1) * database.integer("PRAGMA page_size"));
    file << std::string(64, '\x55');
  }
  const auto store = open(folder);
  EXPECT_TRUE(store->report().damaged);
  EXPECT_EQ(store->report().carried_over, 5);
  ASSERT_EQ(store->rows().size(), 5U);
  EXPECT_EQ(store->rows()[4].suspended, kept[4]);
  EXPECT_TRUE(store->rows()[1].handed_over);
}

TEST(Suspended, ABasketThatIsNotWhatWasWrittenIsLeftOut) {
  const Folder folder;
  {
    const auto store = open(folder);
    ASSERT_TRUE(store->add(put_aside(), record()));
    ASSERT_TRUE(store->add(put_aside(), record()));
  }
  sqlite::Database(folder / "suspended.db")
      .execute("UPDATE suspended SET body = replace(body, '21.00', '12.00') WHERE place = 1");
  const auto store = open(folder);
  EXPECT_FALSE(store->report().damaged);
  EXPECT_FALSE(store->report().detail.empty());
  EXPECT_EQ(store->rows().size(), 1U);
}

TEST(Suspended, RefusesAFileOfANewerVersion) {
  const Folder folder;
  static_cast<void>(open(folder));
  sqlite::Database(folder / "suspended.db").execute("PRAGMA user_version=99");
  EXPECT_EQ(SuspendedDatabase::open(folder.path()).error().code, "journal.newer");
}

protocol::SuspendedSummary asked_for(const protocol::SuspendedBasket& basket) {
  protocol::SuspendedSummary summary;
  summary.id = basket.id;
  summary.label = "5-0001";
  summary.business_date = basket.business_date;
  return summary;
}

TEST(Suspended, WhatIsWantedOfOthersAndWhatTheServerGave) {
  const Folder folder;
  const auto won = put_aside();
  const auto lost = put_aside();
  {
    const auto store = open(folder);
    ASSERT_TRUE(store->want(asked_for(won)));
    ASSERT_TRUE(store->want(asked_for(lost)));
    ASSERT_TRUE(store->want(asked_for(won))) << "the same again";
  }
  {
    const auto store = open(folder);
    ASSERT_EQ(store->wanted().size(), 2U);
    EXPECT_EQ(store->wanted()[0], asked_for(won));
    ASSERT_TRUE(store->win(won));
    ASSERT_TRUE(store->give_up(lost.id));
  }
  const auto store = open(folder);
  EXPECT_TRUE(store->wanted().empty());
  ASSERT_EQ(store->rows().size(), 1U);
  EXPECT_EQ(store->rows()[0].suspended, won);
  EXPECT_TRUE(store->rows()[0].won);
  EXPECT_TRUE(store->rows()[0].at_server) << "it is not sent again";
}

TEST(Suspended, TheServerMayGiveBackWhatWasPutAsideHere) {
  const Folder folder;
  {
    const auto store = open(folder);
    const auto own = store->add(put_aside(), record()).value();
    ASSERT_TRUE(store->want(asked_for(own)));
    ASSERT_TRUE(store->win(own));
  }
  const auto store = open(folder);
  ASSERT_EQ(store->rows().size(), 1U);
  EXPECT_TRUE(store->rows()[0].won);
}

TEST(Suspended, WhatIsWantedOfADayThatIsOverIsForgotten) {
  const Folder folder;
  const auto store = open(folder);
  ASSERT_TRUE(store->want(asked_for(put_aside(21))));
  ASSERT_TRUE(store->add(put_aside(22), record()));
  EXPECT_TRUE(store->wanted().empty());
}

TEST(Suspended, KeepsWhatTheJournalHasToSayUntilItDoes) {
  const Folder folder;
  const auto said = record();
  Uuid id;
  {
    const auto store = open(folder);
    id = store->add(put_aside(), said)->id;
  }
  {
    const auto store = open(folder);
    ASSERT_TRUE(store->rows()[0].record);
    auto labelled = said;
    labelled.basket->label = "3-0001";
    EXPECT_EQ(*store->rows()[0].record, labelled);
    store->recorded(id);
    ASSERT_TRUE(store->hand_over(id));
  }
  EXPECT_FALSE(open(folder)->rows()[0].record);
}

TEST(Suspended, TakesUpAFileOfTheVersionBefore) {
  const Folder folder;
  const auto kept = open(folder)->add(put_aside(), record()).value();
  {
    const sqlite::Database database(folder / "suspended.db");
    database.execute("ALTER TABLE suspended DROP COLUMN won");
    database.execute("ALTER TABLE suspended DROP COLUMN record");
    database.execute("DROP TABLE wanted");
    database.execute("PRAGMA user_version=1");
  }
  const auto store = open(folder);
  EXPECT_FALSE(store->report().damaged);
  ASSERT_EQ(store->rows().size(), 1U);
  EXPECT_EQ(store->rows()[0].suspended, kept);
  EXPECT_FALSE(store->rows()[0].record) << "the journal has it";
  ASSERT_TRUE(store->want(asked_for(put_aside())));
}

}  // namespace
}  // namespace lanekeeper::till::test
