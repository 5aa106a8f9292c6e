// kill -9 while committing: what was reported as completed is there, once, and the chain holds.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <map>
#include <random>

#include "till_files.h"

namespace lanekeeper::till::test {
namespace {

// What the child says over the pipe after commit() has returned.
struct Reported {
  std::int64_t receipt_number;
  std::array<unsigned char, 16> sale_id;
};

[[noreturn]] void sell_until_killed(const std::filesystem::path& directory, int pipe) {
  try {
    OpenJournal open(directory);
    for (int sale_number = 0;; ++sale_number) {
      auto basket = open_basket(1);
      for (int line = 2; line <= 1 + sale_number % 4; ++line) {
        basket.lines.push_back(samples::line(line, "2.00", "1"));
        if (!open.journal->save_basket(basket)) std::_Exit(2);
      }
      auto sale = fresh_sale();
      sale.id = basket.id;
      const auto recorded = open.journal->commit(sale);
      if (!recorded) std::_Exit(3);
      const Reported reported{recorded->receipt_number, recorded->id.bytes};
      if (::write(pipe, &reported, sizeof reported) != static_cast<ssize_t>(sizeof reported)) std::_Exit(4);
    }
  } catch (...) {
    std::_Exit(5);
  }
}

// Lets a child sell for a while, kills it, and adds what it had reported.
void run_and_kill(const std::filesystem::path& directory, std::chrono::microseconds after,
                  std::map<std::int64_t, std::array<unsigned char, 16>>& reported) {
  std::array<int, 2> pipe{};
  ASSERT_EQ(::pipe(pipe.data()), 0);
  const auto child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    ::close(pipe[0]);
    sell_until_killed(directory, pipe[1]);
  }
  ::close(pipe[1]);
  Reported one{};
  const auto kill_at = std::chrono::steady_clock::now() + after;
  bool killed = false;
  while (::read(pipe[0], &one, sizeof one) == static_cast<ssize_t>(sizeof one)) {
    ASSERT_TRUE(reported.emplace(one.receipt_number, one.sale_id).second) << "a receipt number was used twice";
    if (!killed && std::chrono::steady_clock::now() >= kill_at) killed = ::kill(child, SIGKILL) == 0;
  }
  ::close(pipe[0]);
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFSIGNALED(status)) << "the child ended by itself with " << WEXITSTATUS(status);
}

TEST(JournalKill, LosesNothingThatWasReported) {
  const Folder folder;
  const char* wanted = std::getenv("LANEKEEPER_KILLS");
  const int rounds = wanted != nullptr ? std::atoi(wanted) : 100;
  std::mt19937 random(20261122);
  std::map<std::int64_t, std::array<unsigned char, 16>> reported;
  for (int round = 0; round < rounds; ++round) {
    const std::chrono::microseconds after(std::uniform_int_distribution<int>(0, 30'000)(random));
    ASSERT_NO_FATAL_FAILURE(run_and_kill(folder.path(), after, reported));
    if (round % 10 != 9) continue;
    OpenJournal open(folder.path());
    ASSERT_FALSE(open.journal->report().damaged);
    ASSERT_EQ(open.journal->report().missing_from, 0);
  }
  const auto entries = entries_of(folder.path());
  EXPECT_EQ(chain_problem(entries), "");
  for (const auto& [receipt_number, id] : reported) {
    ASSERT_LE(receipt_number, static_cast<std::int64_t>(entries.size()));
    const auto sale = journal::decode_sale(entries[static_cast<std::size_t>(receipt_number - 1)].payload);
    EXPECT_EQ(sale->receipt_number, receipt_number);
    EXPECT_EQ(sale->id.bytes, id);
  }
  RecordProperty("sales", static_cast<int>(entries.size()));
  std::printf("%d kills, %zu sales, %zu of them reported before the kill\n", rounds, entries.size(), reported.size());
}

[[noreturn]] void run_shifts_until_killed(const std::filesystem::path& directory, int pipe) {
  try {
    OpenJournal open(directory);
    for (;;) {
      const auto sequence = open.journal->outbox().last_sequence;
      work_at_till(*open.journal, static_cast<int>(sequence));
      if (::write(pipe, &sequence, sizeof sequence) != static_cast<ssize_t>(sizeof sequence)) std::_Exit(4);
    }
  } catch (...) {
    std::_Exit(5);
  }
}

// The entries that were reported as recorded before the kill.
std::int64_t run_shifts_and_kill(const std::filesystem::path& directory, std::chrono::microseconds after) {
  std::array<int, 2> pipe{};
  if (::pipe(pipe.data()) != 0) throw std::runtime_error("no pipe");
  const auto child = ::fork();
  if (child == 0) {
    ::close(pipe[0]);
    run_shifts_until_killed(directory, pipe[1]);
  }
  ::close(pipe[1]);
  std::int64_t sequence = -1;
  const auto kill_at = std::chrono::steady_clock::now() + after;
  bool killed = false;
  while (::read(pipe[0], &sequence, sizeof sequence) == static_cast<ssize_t>(sizeof sequence)) {
    if (!killed && std::chrono::steady_clock::now() >= kill_at) killed = ::kill(child, SIGKILL) == 0;
  }
  ::close(pipe[0]);
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_TRUE(WIFSIGNALED(status)) << "the child ended by itself with " << WEXITSTATUS(status);
  return sequence + 1;
}

TEST(JournalKill, ShiftsAddUpAfterwards) {
  const Folder folder;
  const char* wanted = std::getenv("LANEKEEPER_KILLS");
  const int rounds = wanted != nullptr ? std::atoi(wanted) : 60;
  std::mt19937 random(4);
  std::int64_t last_z = 0;
  for (int round = 0; round < rounds; ++round) {
    const std::chrono::microseconds after(std::uniform_int_distribution<int>(0, 20'000)(random));
    const auto reported = run_shifts_and_kill(folder.path(), after);
    OpenJournal open(folder.path());
    ASSERT_FALSE(open.journal->report().damaged);
    const auto entries = entries_of(folder.path());
    ASSERT_GE(static_cast<std::int64_t>(entries.size()), reported);
    ASSERT_EQ(difference(open.journal->shifts(), shifts_of(entries)), "") << "round " << round;
  }
  const auto entries = entries_of(folder.path());
  EXPECT_EQ(chain_problem(entries), "");
  for (std::size_t n = 0; n < entries.size(); ++n) {
    const auto control = journal::decode_control(entries[n].payload);
    if (!control || !control->closing) continue;
    EXPECT_EQ(control->closing->number, ++last_z) << "Z without a gap";
    const auto before = shifts_of({entries.begin(), entries.begin() + static_cast<std::ptrdiff_t>(n)});
    EXPECT_EQ(control->closing->totals, before.totals);
  }
  std::printf("%d kills, %zu entries, %lld shifts closed\n", rounds, entries.size(), static_cast<long long>(last_z));
}

}  // namespace
}  // namespace lanekeeper::till::test
