// Every write and every sync of a commit fails once: the sale did not happen, nothing of it comes back, and the next
// commit works.
#include <gtest/gtest.h>
#include <sys/mount.h>

#include <cerrno>
#include <fstream>

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
