// The power goes at every moment of a till's work: no completed sale is missing, none is doubled, and the basket that
// was on the screen for a moment is back.
#include <gtest/gtest.h>

#include "recording_disk.h"
#include "till_files.h"

namespace lanekeeper::till::test {
namespace {

struct Completed {
  std::size_t calls;  // had been made when commit() returned
  sale::RetailTransaction sale;
};

class PowerLoss : public testing::Test {
 protected:
  // Sells; a checkpoint or two falls into it.
  void sell(int sales) {
    {
      OpenJournal before(folder_.path());
      ASSERT_TRUE(before.journal->commit(fresh_sale()));
    }
    start_recording(folder_.path());
    open_.emplace(folder_.path());
    for (int i = 0; i < sales; ++i) {
      const auto basket = open_basket(1 + i % 3);
      ASSERT_TRUE(open_->journal->save_basket(basket));
      auto sale = fresh_sale();
      sale.id = basket.id;
      const auto recorded = open_->journal->commit(sale);
      ASSERT_TRUE(recorded);
      completed_.push_back({recorded_calls(), *recorded});
    }
  }
  [[nodiscard]] std::size_t completed_at(std::size_t calls) const {
    const auto later = std::find_if(completed_.begin(), completed_.end(), [&](auto& c) { return c.calls > calls; });
    return static_cast<std::size_t>(later - completed_.begin());
  }

  const Folder folder_;
  std::optional<OpenJournal> open_;
  std::vector<Completed> completed_;
};

TEST_F(PowerLoss, LosesNoCompletedSaleAtAnyPosition) {
  ASSERT_NO_FATAL_FAILURE(sell(450));
  stop_recording();
  const auto calls = recorded_calls();
  open_.reset();
  std::mt19937 chance(7);
  constexpr std::size_t cuts = 500;
  std::size_t doubtful = 0;
  for (std::size_t i = 0; i < cuts; ++i) {
    const auto at = calls * i / cuts + chance() % (calls / cuts);
    const Folder cut;
    power_cut(at, chance, cut.path());
    const auto completed = completed_at(at);
    const OpenJournal restarted(cut.path());
    ASSERT_FALSE(restarted.journal->report().damaged) << "after " << at << ": " << restarted.journal->report().detail;
    ASSERT_EQ(restarted.journal->report().missing_from, 0) << "after " << at;
    const auto entries = entries_of(cut.path());
    ASSERT_EQ(chain_problem(entries), "") << "after " << at;
    ASSERT_GE(entries.size(), completed + 1) << "a completed sale is missing after " << at;
    ASSERT_LE(entries.size(), completed + 2) << "after " << at;
    doubtful += entries.size() - completed - 1;
    for (std::size_t n = completed > 3 ? completed - 3 : 0; n < completed; ++n) {
      EXPECT_EQ(entries[n + 1].payload, journal::encode_sale(completed_[n].sale));
    }
  }
  std::printf("%zu calls, %zu power cuts, %zu sales on the disk that nobody was told of\n", calls, cuts, doubtful);
}

TEST_F(PowerLoss, LeavesAShiftThatAddsUpAtEveryPosition) {
  constexpr int steps = 40;
  std::vector<std::size_t> done;                 // calls that had been made when a step returned
  std::vector<JournalStore::Shifts> states{{}};  // by the number of entries
  {
    OpenJournal before(folder_.path());
    work_at_till(*before.journal, 0);
    states.push_back(before.journal->shifts());
  }
  start_recording(folder_.path());
  open_.emplace(folder_.path());
  for (int step = 1; step <= steps; ++step) {
    work_at_till(*open_->journal, step);
    done.push_back(recorded_calls());
    states.push_back(open_->journal->shifts());
  }
  stop_recording();
  const auto calls = recorded_calls();
  open_.reset();
  std::mt19937 chance(13);
  for (std::size_t at = 0; at < calls; ++at) {
    const Folder cut;
    power_cut(at, chance, cut.path());
    const auto completed = 1 + static_cast<std::size_t>(std::upper_bound(done.begin(), done.end(), at) - done.begin());
    const OpenJournal restarted(cut.path());
    ASSERT_FALSE(restarted.journal->report().damaged) << "after " << at << ": " << restarted.journal->report().detail;
    ASSERT_EQ(restarted.journal->report().missing_from, 0) << "after " << at;
    const auto entries = entries_of(cut.path());
    ASSERT_EQ(chain_problem(entries), "") << "after " << at;
    ASSERT_GE(entries.size(), completed) << "after " << at;
    ASSERT_LE(entries.size(), completed + 1) << "after " << at;
    ASSERT_EQ(difference(restarted.journal->shifts(), states[entries.size()]), "") << "after " << at;
    ASSERT_EQ(difference(shifts_of(entries), states[entries.size()]), "") << "after " << at;
  }
  std::printf("%zu power cuts in %d steps of shifts\n", calls, steps);
}

TEST_F(PowerLoss, ABasketThatWasSettledIsThereWhateverComes) {
  ASSERT_NO_FATAL_FAILURE(sell(3));
  std::mt19937 chance(17);
  for (int lines = 1; lines <= 20; ++lines) {
    const auto basket = open_basket(lines);
    ASSERT_TRUE(open_->journal->save_basket(basket));
    ASSERT_TRUE(open_->journal->settle_basket());
    const Folder cut;
    power_cut(recorded_calls(), chance, cut.path());
    const OpenJournal restarted(cut.path());
    ASSERT_EQ(restarted.journal->load_basket(), basket) << lines;
  }
  stop_recording();
}

TEST_F(PowerLoss, BringsTheBasketBack) {
  ASSERT_NO_FATAL_FAILURE(sell(3));
  auto basket = open_basket(4);
  ASSERT_TRUE(open_->journal->save_basket(basket));
  // The flusher's sync is what makes it safe: wait until a cut without mercy leaves it there.
  std::mt19937 chance(11);
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  std::optional<sale::Basket> back;
  while (!back && std::chrono::steady_clock::now() < end) {
    int kept = 0;
    for (int i = 0; i < 10; ++i) {
      const Folder cut;
      power_cut(recorded_calls(), chance, cut.path());
      const OpenJournal restarted(cut.path());
      const auto found = restarted.journal->load_basket();
      if (found == basket) ++kept;
    }
    if (kept == 10) back = basket;
  }
  stop_recording();
  EXPECT_EQ(back, basket);
}

}  // namespace
}  // namespace lanekeeper::till::test
