// Every write and every sync of a commit fails once: the sale did not happen, nothing of it comes back, and the next
// commit works. So it is with what is no sale, and with baskets that are put aside.
#include <gtest/gtest.h>
#include <sys/mount.h>

#include <cerrno>
#include <fstream>

#include "cache/suspended_database.h"
#include "faulty_disk.h"
#include "till_files.h"

namespace lanekeeper::till::test {
namespace {

namespace fs = std::filesystem;

struct Case {
  const char* name;
  DiskCall call;
  int error_number;
  bool for_good;
  const char* code;
};

class JournalFaults : public testing::TestWithParam<Case> {
 protected:
  // The files as they lie in the page cache: what a restarted process would find.
  static std::vector<journal::Entry> after_a_crash(const fs::path& directory) {
    const Folder copy;
    for (const char* name : {"journal.db", "journal.db-wal", "journal.head"}) {
      if (fs::exists(directory / name)) fs::copy(directory / name, copy / name);
    }
    const OpenJournal restarted(copy.path());
    EXPECT_FALSE(restarted.journal->report().damaged);
    return entries_of(copy.path());
  }
};

TEST_P(JournalFaults, NothingHalfWrittenAtAnyPosition) {
  const auto& fault = GetParam();
  for (int nth = 1; nth < 200; ++nth) {
    const Folder folder;
    OpenJournal open(folder.path());
    for (int i = 0; i < 3; ++i) ASSERT_TRUE(open.journal->commit(fresh_sale()));
    arm_faulty_disk(fault.call, nth, fault.error_number, fault.for_good);
    const auto refused = open.journal->commit(fresh_sale());
    if (!disarm_faulty_disk()) {
      EXPECT_TRUE(refused);
      EXPECT_GT(nth, 1) << "no position was tried";
      return;
    }
    if (refused) continue;  // the call that failed was not one the commit hangs on
    EXPECT_EQ(refused.error().code, fault.code);
    EXPECT_EQ(after_a_crash(folder.path()).size(), 3U) << "position " << nth;
    const auto recorded = open.journal->commit(fresh_sale());
    ASSERT_TRUE(recorded) << "position " << nth << ": " << recorded.error().message;
    EXPECT_EQ(recorded->receipt_number, 4);
    EXPECT_EQ(chain_problem(after_a_crash(folder.path())), "") << "position " << nth;
    EXPECT_EQ(open.journal->outbox().unsent, 4);
  }
  FAIL() << "no end of positions";
}

TEST_P(JournalFaults, AControlIsRecordedWholeOrNotAtAll) {
  const auto& fault = GetParam();
  for (int nth = 1; nth < 200; ++nth) {
    const Folder folder;
    OpenJournal open(folder.path());
    for (int step = 0; step < 4; ++step) work_at_till(*open.journal, step);
    const auto before = open.journal->shifts();
    const auto control = fresh_control(sale::ControlKind::pick_up, "300.00");
    arm_faulty_disk(fault.call, nth, fault.error_number, fault.for_good);
    const auto refused = open.journal->commit_control(control);
    if (!disarm_faulty_disk()) {
      EXPECT_TRUE(refused);
      EXPECT_GT(nth, 1) << "no position was tried";
      return;
    }
    if (refused) continue;
    EXPECT_EQ(refused.error().code, fault.code);
    EXPECT_EQ(difference(open.journal->shifts(), before), "") << "position " << nth;
    EXPECT_EQ(difference(shifts_of(after_a_crash(folder.path())), before), "") << "position " << nth;
    const auto recorded = open.journal->commit_control(control);
    ASSERT_TRUE(recorded) << "position " << nth << ": " << recorded.error().message;
    EXPECT_EQ(recorded->sequence, 5);
    const auto entries = after_a_crash(folder.path());
    EXPECT_EQ(chain_problem(entries), "") << "position " << nth;
    EXPECT_EQ(difference(open.journal->shifts(), shifts_of(entries)), "") << "position " << nth;
  }
  FAIL() << "no end of positions";
}

TEST_P(JournalFaults, ABasketIsPutAsideWholeOrNotAtAll) {
  const auto& fault = GetParam();
  const auto labels = [](const fs::path& directory) {
    const Folder copy;
    for (const char* name : {"suspended.db", "suspended.db-wal"}) {
      if (fs::exists(directory / name)) fs::copy(directory / name, copy / name);
    }
    const auto restarted = SuspendedDatabase::open(copy.path()).value();
    EXPECT_FALSE(restarted->report().damaged) << restarted->report().detail;
    std::string all;
    for (const auto& row : restarted->rows()) all += row.suspended.label + " ";
    return all;
  };
  const auto basket = [](unsigned char number) {
    protocol::SuspendedBasket one;
    one.id.bytes[0] = number;
    one.till = 3;
    one.business_date = {2026, 11, 22};
    one.basket = open_basket(40);
    return one;
  };
  auto record = fresh_control(sale::ControlKind::basket_suspend);
  record.basket = sale::BasketTrace{};
  for (int nth = 1; nth < 200; ++nth) {
    const Folder folder;
    const auto store = SuspendedDatabase::open(folder.path()).value();
    ASSERT_TRUE(store->add(basket(1), record));
    arm_faulty_disk(fault.call, nth, fault.error_number, fault.for_good);
    const auto refused = store->add(basket(2), record);
    if (!disarm_faulty_disk()) {
      EXPECT_TRUE(refused);
      EXPECT_GT(nth, 1) << "no position was tried";
      return;
    }
    if (refused) continue;
    EXPECT_EQ(refused.error().code, fault.code);
    EXPECT_EQ(store->rows().size(), 1U) << "position " << nth;
    EXPECT_EQ(labels(folder.path()), "3-0001 ") << "position " << nth;
    EXPECT_EQ(store->add(basket(2), record)->label, "3-0002") << "position " << nth;
    EXPECT_EQ(labels(folder.path()), "3-0001 3-0002 ") << "position " << nth;
  }
  FAIL() << "no end of positions";
}

TEST_P(JournalFaults, ABasketThatCannotBeSavedStaysUsable) {
  const auto& fault = GetParam();
  if (fault.call == DiskCall::sync) GTEST_SKIP() << "saving a basket does not sync";
  const Folder folder;
  OpenJournal open(folder.path());
  auto basket = open_basket(2);
  ASSERT_TRUE(open.journal->save_basket(basket));
  basket.lines.push_back(samples::line(3, "4.00", "1"));
  arm_faulty_disk(fault.call, 1, fault.error_number, fault.for_good);
  const auto saved = open.journal->save_basket(basket);
  ASSERT_TRUE(disarm_faulty_disk());
  ASSERT_FALSE(saved);
  EXPECT_EQ(saved.error().code, fault.code);
  ASSERT_TRUE(open.journal->save_basket(basket));
  EXPECT_EQ(open.journal->load_basket(), basket);
}

INSTANTIATE_TEST_SUITE_P(Disks, JournalFaults,
                         testing::Values(Case{"FullOnce", DiskCall::write, ENOSPC, false, "journal.disk_full"},
                                         Case{"FullForGood", DiskCall::write, ENOSPC, true, "journal.disk_full"},
                                         Case{"BrokenOnce", DiskCall::write, EIO, false, "journal.unwritable"},
                                         Case{"BrokenForGood", DiskCall::write, EIO, true, "journal.unwritable"},
                                         Case{"SyncFailsOnce", DiskCall::sync, EIO, false, "journal.unwritable"},
                                         Case{"SyncFailsForGood", DiskCall::sync, EIO, true, "journal.unwritable"}),
                         [](const auto& instance) { return std::string(instance.param.name); });

// A file system of one MiB that really runs full; needs the right to mount.
TEST(FullDisk, RefusesThenGoesOnOnceThereIsSpace) {
  const Folder folder;
  const auto disk = folder / "disk";
  fs::create_directory(disk);
  if (::mount("none", disk.c_str(), "tmpfs", 0, "size=1m") != 0) GTEST_SKIP() << "cannot mount a small disk here";
  {
    OpenJournal open(disk);
    std::ofstream(disk / "ballast") << std::string(100'000, 'x');
    int recorded = 0;
    Result<sale::RetailTransaction> last = open.journal->commit(fresh_sale());
    for (; last && recorded < 10'000; ++recorded) last = open.journal->commit(fresh_sale());
    ASSERT_FALSE(last);
    EXPECT_EQ(last.error().code, "journal.disk_full");
    EXPECT_FALSE(open.journal->commit(fresh_sale()));
    fs::remove(disk / "ballast");
    const auto again = open.journal->commit(fresh_sale());
    ASSERT_TRUE(again) << again.error().message;
    EXPECT_EQ(again->receipt_number, recorded + 1);
    EXPECT_EQ(chain_problem(entries_of(disk)), "");
  }
  ::umount(disk.c_str());
}

}  // namespace
}  // namespace lanekeeper::till::test
