// The journal of exercises stands beside the real one and touches nothing of it.
#include "cache/training_journal.h"

#include <gtest/gtest.h>

#include "cache/sqlite.h"
#include "till_files.h"

namespace lanekeeper::till::test {
namespace {

namespace fs = std::filesystem;

std::unique_ptr<TrainingJournal> open_training(const Folder& folder, std::int64_t till = 3) {
  SystemRandom random;
  auto opened = open_training_journal(folder.path(), till, random);
  if (!opened) throw std::runtime_error(opened.error().message);
  return std::move(*opened);
}

TEST(Training, HasNumbersOfItsOwnAndSendsNothing) {
  const Folder folder;
  OpenJournal real(folder.path());
  ASSERT_TRUE(real.journal->commit(fresh_sale()));
  {
    const auto training = open_training(folder);
    auto exercise = fresh_sale();
    exercise.training = true;
    EXPECT_EQ(training->commit(exercise)->receipt_number, 1);
    EXPECT_EQ(training->commit(fresh_sale())->receipt_number, 2);
    ASSERT_TRUE(training->commit_control(shift_opening(1, "100.00")));
    ASSERT_TRUE(training->save_basket(open_basket(2)));
    EXPECT_TRUE(training->shifts().opening);
    EXPECT_EQ(training->outbox().unsent, 0);
    EXPECT_EQ(training->outbox().last_sequence, 3);
  }
  EXPECT_EQ(real.journal->outbox().unsent, 1);
  EXPECT_FALSE(real.journal->shifts().opening);
  EXPECT_EQ(real.journal->load_basket(), std::nullopt);
  EXPECT_EQ(entries_of(folder.path()).size(), 1U);
  const auto training = open_training(folder);
  EXPECT_TRUE(training->load_basket());
  EXPECT_EQ(training->commit(fresh_sale())->receipt_number, 3) << "goes on after a restart";
  EXPECT_TRUE(training->shifts().opening);
  EXPECT_EQ(training->find_sale(2)->sale.receipt_number, 2);
}

TEST(Training, WaitsForTheTillsNumber) {
  const Folder folder;
  const auto training = open_training(folder, 0);
  EXPECT_EQ(training->commit(fresh_sale()).error().code, "journal.no_identity");
  ASSERT_TRUE(training->use_till(4));
  EXPECT_EQ(training->commit(fresh_sale())->till, 4);
}

TEST(Training, KeepsOnlyItsNewestEntries) {
  const Folder folder;
  {
    const auto training = open_training(folder);
    ASSERT_TRUE(training->commit(fresh_sale()));
    ASSERT_TRUE(training->commit(fresh_sale()));
  }
  // As if a thousand and more had been made since.
  sqlite::Database(folder / "training/journal.db")
      .execute("UPDATE entry SET position = position + " + std::to_string(TrainingJournal::kept_entries + 50) +
               " WHERE position = 2");
  const auto training = open_training(folder);
  EXPECT_EQ(entries_of(folder / "training").size(), 1U);
  EXPECT_EQ(training->commit(fresh_sale())->receipt_number, 3);
}

}  // namespace
}  // namespace lanekeeper::till::test
