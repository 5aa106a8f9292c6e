// The pool, its transactions and the migrations, against a real database.
#include <gtest/gtest.h>

#include <atomic>
#include <barrier>
#include <thread>

#include "base/system_clock.h"
#include "eventually.h"
#include "private_database.h"
#include "storage/batch.h"
#include "storage/connection.h"
#include "storage/database.h"
#include "storage/migrations.h"

namespace lanekeeper::storage {
namespace {

using testing::PrivateDatabase;

class StorageTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto& server = PrivateDatabase::instance();
    if (!server.available()) GTEST_SKIP() << server.problem();
    database_.emplace(server.new_schema());
    database_->transact([](Connection& c) {
      c.run_script(
          "CREATE TABLE t (id BIGINT NOT NULL PRIMARY KEY, n BIGINT NULL, b BINARY(4) NULL, s VARCHAR(8) NULL)");
    });
  }
  std::int64_t count() {
    return database_->transact([](Connection& c) {
      auto rows = c.query("SELECT COUNT(*) FROM t");
      return rows.next() ? rows.integer(1) : -1;
    });
  }
  std::optional<Database> database_;
  SystemClock clock_;
};

TEST_F(StorageTest, CommitsWhatReturnsAndRollsBackWhatFailsOrThrows) {
  database_->transact([](Connection& c) { c.execute("INSERT INTO t (id) VALUES (?)", std::int64_t{1}); });
  EXPECT_EQ(count(), 1);
  const auto refused = database_->transact([](Connection& c) -> Result<void> {
    c.execute("INSERT INTO t (id) VALUES (?)", std::int64_t{2});
    return fail("test.refused", "No.");
  });
  EXPECT_FALSE(refused);
  EXPECT_EQ(count(), 1);
  EXPECT_THROW(database_->transact([](Connection& c) {
    c.execute("INSERT INTO t (id) VALUES (?)", std::int64_t{3});
    throw std::runtime_error("broken");
  }),
               std::runtime_error);
  EXPECT_EQ(count(), 1);
}

TEST_F(StorageTest, TellsFaultsApart) {
  const auto code_of = [&](auto work) -> std::string {
    try {
      database_->transact(work);
    } catch (const Fault& fault) {
      return fault.code();
    }
    return "none";
  };
  database_->transact([](Connection& c) { c.execute("INSERT INTO t (id) VALUES (?)", std::int64_t{1}); });
  EXPECT_EQ(code_of([](Connection& c) { c.execute("INSERT INTO t (id) VALUES (?)", std::int64_t{1}); }),
            "db.duplicate");
  EXPECT_EQ(code_of([](Connection& c) { c.execute("INSERT INTO t (id, s) VALUES (2, ?)", "far too long"); }),
            "db.data");
  EXPECT_EQ(code_of([](Connection& c) { c.execute("SELECT nonsense FROM nowhere"); }), "db.error");
  EXPECT_EQ(code_of([&](Connection&) { database_->check(); }), "db.nested");
  EXPECT_EQ(count(), 1);
}

TEST_F(StorageTest, BytesAndNullsSurvive) {
  const std::string text = "可口可乐";
  database_->transact([&](Connection& c) {
    c.execute("INSERT INTO t (id, n, b) VALUES (?, ?, UNHEX(?))", std::int64_t{1}, std::optional<std::int64_t>{},
              "00ff27c3");
    c.execute("INSERT INTO t (id, n, s) VALUES (?, ?, ?)", std::int64_t{2},
              std::optional<std::int64_t>{std::numeric_limits<std::int64_t>::min()}, text);
    auto rows = c.query("SELECT n, b, s FROM t ORDER BY id");
    ASSERT_TRUE(rows.next());
    EXPECT_TRUE(rows.is_null(1));
    EXPECT_FALSE(rows.optional_integer(1));
    EXPECT_EQ(rows.text(2), std::string("\x00\xff\x27\xc3", 4));
    EXPECT_EQ(rows.text(3), "");
    ASSERT_TRUE(rows.next());
    EXPECT_EQ(rows.integer(1), std::numeric_limits<std::int64_t>::min());
    EXPECT_EQ(rows.text(3), text);
    EXPECT_FALSE(rows.next());
  });
}

TEST_F(StorageTest, ManyRowsAndManyKeys) {
  std::vector<std::int64_t> ids;
  for (std::int64_t i = 1; i <= 1000; ++i) ids.push_back(i);
  database_->transact([&](Connection& c) {
    insert_rows<std::int64_t>(c, "INSERT INTO t (id, n) VALUES ", "(?, ?)", "", ids,
                              [](Binder& b, std::int64_t id) { b.add(id).add(id * 2); });
    std::int64_t sum = 0;
    int found = 0;
    const std::vector<std::int64_t> keys(ids.begin(), ids.begin() + 300);
    query_keys<std::int64_t>(
        c, "SELECT n FROM t WHERE id IN (", "?", ")", keys, [](Binder&) {},
        [](Binder& b, std::int64_t id) { b.add(id); },
        [&](Rows& rows) {
          while (rows.next()) {
            sum += rows.integer(1);
            ++found;
          }
        });
    EXPECT_EQ(found, 300);
    EXPECT_EQ(sum, 300 * 301);
  });
  EXPECT_EQ(count(), 1000);
}

TEST_F(StorageTest, DeadlocksAreRepeated) {
  database_->transact([](Connection& c) { c.run_script("INSERT INTO t (id, n) VALUES (1, 0), (2, 0)"); });
  // Two that lock against each other all the time: whoever loses four times over is told so, and nothing was changed.
  const auto add = [&](std::int64_t first, std::int64_t second) {
    for (int done = 0; done < 50;) {
      try {
        database_->transact([&](Connection& c) {
          c.execute("UPDATE t SET n = n + 1 WHERE id = ?", first);
          c.execute("UPDATE t SET n = n + 1 WHERE id = ?", second);
        });
        ++done;
      } catch (const Fault& fault) {
        ASSERT_EQ(fault.code(), "db.contention");
      }
    }
  };
  std::thread other([&] { add(2, 1); });
  add(1, 2);
  other.join();
  database_->transact([](Connection& c) {
    auto rows = c.query("SELECT SUM(n) FROM t");
    ASSERT_TRUE(rows.next());
    EXPECT_EQ(rows.integer(1), 200);
  });
  EXPECT_GT(database_->statistics().retries, 0);
}

TEST_F(StorageTest, ASnapshotSeesOneState) {
  database_->transact([](Connection& c) { c.run_script("INSERT INTO t (id, n) VALUES (1, 1)"); });
  Database other(database_->config());
  database_->snapshot([&](Connection& c) {
    auto before = c.query("SELECT COUNT(*) FROM t");
    ASSERT_TRUE(before.next());
    other.transact([](Connection& d) { d.run_script("INSERT INTO t (id, n) VALUES (2, 2)"); });
    auto after = c.query("SELECT SUM(n) FROM t");
    ASSERT_TRUE(after.next());
    EXPECT_EQ(after.integer(1), 1);
  });
  EXPECT_EQ(count(), 2);
}

TEST_F(StorageTest, ALostConnectionIsMadeAnew) {
  const auto kill_all = [&] {
    Database other(database_->config());
    other.transact([&](Connection& c) {
      std::vector<std::int64_t> ids;
      auto rows = c.query("SELECT id FROM information_schema.processlist WHERE db = ? AND id <> CONNECTION_ID()",
                          database_->config().schema);
      while (rows.next()) ids.push_back(rows.integer(1));
      for (const auto id : ids) c.run_script("KILL " + std::to_string(id));
    });
  };
  (void)count();
  kill_all();
  // The first use of a dead connection says so, and makes the others be looked at; nothing is repeated.
  int lost = 0;
  for (int i = 0; i < 20; ++i) {
    try {
      (void)count();
    } catch (const Fault& fault) {
      EXPECT_EQ(fault.code(), "db.lost");
      ++lost;
    }
  }
  EXPECT_LE(lost, 1);
  EXPECT_EQ(count(), 0);
}

TEST_F(StorageTest, AfterARestartOfTheDatabaseNothingFails) {
  // A connection that has just worked is trusted for a moment; a quick machine has the database back within it.
  auto doubting = database_->config();
  doubting.trusted_for_ms = 0;
  database_.emplace(doubting);
  const auto use_all = [&] {
    // As many at once as there are connections: each waits until all are there.
    std::barrier together(4);
    std::atomic<int> failed = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
      threads.emplace_back([&] {
        try {
          database_->transact([&](Connection& c) {
            auto rows = c.query("SELECT 1");
            (void)rows.next();
            together.arrive_and_wait();
          });
        } catch (const Fault& fault) {
          ADD_FAILURE() << fault.code() << ": " << fault.what();
          ++failed;
          together.arrive_and_drop();
        }
      });
    }
    for (auto& thread : threads) thread.join();
    return failed.load();
  };
  ASSERT_EQ(use_all(), 0);
  const auto before = database_->statistics().reconnects;
  auto& server = PrivateDatabase::instance();
  server.kill();
  server.start();
  EXPECT_EQ(use_all(), 0);
  EXPECT_EQ(database_->statistics().reconnects, before + 4);
  EXPECT_EQ(use_all(), 0);
  EXPECT_EQ(database_->statistics().reconnects, before + 4) << "what works is kept";
}

// The connection breaks with the last statement done and the commit still to come: nobody may be told that it is
// stored.
TEST_F(StorageTest, ACommitThatTheDatabaseNeverHeardIsNoCommit) {
  const auto begin = [&] {
    database_->transact([&](Connection& c) {
      c.execute("INSERT INTO t (id) VALUES (?)", std::int64_t{1});
      auto rows = c.query("SELECT CONNECTION_ID()");
      ASSERT_TRUE(rows.next());
      const auto mine = rows.integer(1);
      std::jthread([&] {
        database_->transact([&](Connection& other) { other.run_script("KILL CONNECTION " + std::to_string(mine)); });
      }).join();
      const auto gone = [&] {  // the database has let go of it
        bool none = false;
        std::jthread([&] {
          database_->transact([&](Connection& other) {
            auto left = other.query("SELECT COUNT(*) FROM information_schema.processlist WHERE id = ?", mine);
            none = left.next() && left.integer(1) == 0;
          });
        }).join();
        return none;
      };
      ASSERT_TRUE(testing::eventually(gone));
    });
  };
  EXPECT_THROW(begin(), Fault);
  EXPECT_EQ(count(), 0);
}

TEST_F(StorageTest, WhatWasBegunIsNeverRepeated) {
  int runs = 0;
  std::string code;
  try {
    database_->transact([&](Connection& c) {
      ++runs;
      c.execute("INSERT INTO t (id) VALUES (?)", std::int64_t{1});
      auto rows = c.query("SELECT CONNECTION_ID()");
      ASSERT_TRUE(rows.next());
      const auto id = rows.integer(1);
      Database other(database_->config());
      other.transact([&](Connection& d) { d.run_script("KILL " + std::to_string(id)); });
      c.execute("INSERT INTO t (id) VALUES (?)", std::int64_t{2});
    });
  } catch (const Fault& fault) {
    code = fault.code();
  }
  EXPECT_EQ(code, "db.lost");
  EXPECT_EQ(runs, 1);
  EXPECT_EQ(count(), 0);
}

TEST_F(StorageTest, TheQueueIsBounded) {
  auto config = database_->config();
  config.pool_size = 1;
  config.queue_limit = 2;
  Database small(config);
  std::mutex gate;
  gate.lock();
  std::atomic<bool> begun = false;
  ASSERT_TRUE(small.submit([&](Connection&) {
    begun = true;
    begun.notify_one();
    const std::lock_guard wait(gate);
  }));
  begun.wait(false);
  EXPECT_TRUE(small.submit([](Connection&) {}));
  EXPECT_TRUE(small.submit([](Connection&) {}));
  const auto refused = small.submit([](Connection&) {});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "db.busy");
  gate.unlock();
  small.close();
  EXPECT_EQ(small.submit([](Connection&) {}).error().code, "db.closed");
}

TEST_F(StorageTest, MigrationsAreAppliedOnce) {
  const auto first = migrate(*database_, clock_);
  ASSERT_TRUE(first) << first.error().message;
  EXPECT_EQ(first->from, 0);
  EXPECT_EQ(first->to, static_cast<std::int64_t>(built_in_migrations().size()));
  const auto second = migrate(*database_, clock_);
  ASSERT_TRUE(second);
  EXPECT_TRUE(second->applied.empty());
  EXPECT_EQ(second->from, second->to);
}

// A large store is brought up to date for longer than any request may take.
TEST_F(StorageTest, MigrationsHaveTimeForLongStatements) {
  auto impatient = database_->config();
  impatient.statement_timeout_s = 1;
  Database database(impatient);
  const Migration slow[] = {{1, "0001_a.sql", "CREATE TABLE a (id INT); DO SLEEP(2);"}};
  const auto migrated = migrate(database, clock_, slow);
  ASSERT_TRUE(migrated) << migrated.error().message;
  EXPECT_EQ(migrated->to, 1);
}

TEST_F(StorageTest, MigrationsRefuseAChangedOrANewerSchema) {
  const Migration old_one[] = {{1, "0001_a.sql", "CREATE TABLE a (id INT);"}};
  const Migration changed[] = {{1, "0001_a.sql", "CREATE TABLE a (id BIGINT);"}};
  const Migration longer[] = {old_one[0], {2, "0002_b.sql", "CREATE TABLE b (id INT);"}};
  ASSERT_TRUE(migrate(*database_, clock_, old_one));
  const auto refused = migrate(*database_, clock_, changed);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "schema.changed");
  ASSERT_TRUE(migrate(*database_, clock_, longer));
  const auto newer = migrate(*database_, clock_, old_one);
  ASSERT_FALSE(newer);
  EXPECT_EQ(newer.error().code, "schema.newer");
}

TEST_F(StorageTest, AnInterruptedMigrationIsResumed) {
  const Migration broken[] = {{1, "0001_a.sql",
                               "CREATE TABLE a (id INT); -- a comment; with a semicolon\n"
                               "INSERT INTO a VALUES (LENGTH(';')); CREATE TABLE a2 (id INT);"}};
  database_->transact([](Connection& c) { c.run_script("CREATE TABLE a2 (id INT)"); });
  EXPECT_THROW((void)migrate(*database_, clock_, broken), Fault);  // a foreign table is in the way
  database_->transact([](Connection& c) { c.run_script("DELETE FROM a"); });
  // As if it had died after CREATE TABLE a2 and before counting it: now it may be there.
  const auto resumed = migrate(*database_, clock_, broken);
  ASSERT_TRUE(resumed) << resumed.error().message;
  EXPECT_EQ(resumed->to, 1);
  database_->transact([](Connection& c) {
    auto rows = c.query("SELECT COUNT(*) FROM a");
    ASSERT_TRUE(rows.next());
    EXPECT_EQ(rows.integer(1), 0) << "a statement that was counted ran again";
  });
}

TEST_F(StorageTest, TwoServersMigrateOneAfterTheOther) {
  Database other(database_->config());
  Result<MigrationReport> a;
  Result<MigrationReport> b;
  std::thread thread([&] { a = migrate(other, clock_); });
  b = migrate(*database_, clock_);
  thread.join();
  ASSERT_TRUE(a);
  ASSERT_TRUE(b);
  EXPECT_EQ(a->applied.size() + b->applied.size(), built_in_migrations().size());
}

}  // namespace
}  // namespace lanekeeper::storage
