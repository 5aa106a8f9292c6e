// The real till's window on an X server of its own, asked to end by a signal.
#include <gtest/gtest.h>
#include <poll.h>
#include <signal.h>

#include "../../ui/own_display.h"
#include "../../ui/wedge_scanner.h"
#include "cache/sqlite.h"
#include "enrolled_till.h"

namespace lanekeeper::till::test {
namespace {

class WindowTest : public testing::Test {
 protected:
  WindowTest() : display_(1366, 768) { fill(store_); }
  void SetUp() override {
    if (!display_.running()) GTEST_SKIP() << "no X server (Xvfb) on this machine";
  }
  [[nodiscard]] TillProcess::Setup window() const {
    return {{"--server", store_.endpoint().to_string(), "--window-size", "1366x768"}, false};
  }
  [[nodiscard]] std::int64_t stored_lines() const {
    const sqlite::Database basket(folder_ / "basket.db", sqlite::OpenMode::read_write);
    return basket.integer("SELECT count(*) FROM basket WHERE place > 0");
  }
  [[nodiscard]] bool until_stored(std::int64_t lines) const {
    constexpr int tries = 400;
    for (int i = 0; i < tries && stored_lines() != lines; ++i) ::poll(nullptr, 0, 50);
    return stored_lines() == lines;
  }

  const Folder folder_;
  OwnDisplay display_;
  FakeStore store_;
};

TEST_F(WindowTest, EndsInOrderWithABasketOpen) {
  enrol_till(folder_.path(), store_);
  for (const int signal : {SIGTERM, SIGINT, SIGHUP}) {
    TillProcess till(folder_.path(), window());
    ASSERT_TRUE(wait_for_window());
    if (signal == SIGTERM) {
      ASSERT_TRUE(type_by_hand("271828"));
      ASSERT_TRUE(wedge_scan("6908512108211"));
      ASSERT_TRUE(wedge_scan("50007"));
      ASSERT_TRUE(until_stored(2));
    }
    till.send_signal(signal);
    EXPECT_EQ(till.wait(), 0) << strsignal(signal);
  }
  TillProcess till(folder_.path(), {{"--server", store_.endpoint().to_string()}});
  EXPECT_TRUE(till.event("basket_restored"));
  EXPECT_EQ(till.ask("status")["open_lines"], 2);
}

TEST_F(WindowTest, TakesThePrefixOfTheShopsScannersOff) {
  enrol_till(folder_.path(), store_);
  auto setup = window();
  setup.arguments.insert(setup.arguments.end(), {"--wedge-prefix", "~"});
  TillProcess till(folder_.path(), setup);
  ASSERT_TRUE(wait_for_window());
  ASSERT_TRUE(type_by_hand("271828"));
  ASSERT_TRUE(wedge_scan("~6908512108211"));
  EXPECT_TRUE(until_stored(1));
  till.send_signal(SIGTERM);
  EXPECT_EQ(till.wait(), 0);
}

// There is no store for it to be opened with: the window only says why.
TEST_F(WindowTest, EndsInOrderWhenItOnlyShowsAFailure) {
  TillProcess first(folder_.path(), {{}, true, true});
  ASSERT_EQ(first.ask("status")["ok"], true);
  TillProcess second(folder_.path(), {{"--window-size", "1366x768"}, false, false});
  ASSERT_TRUE(wait_for_window());
  second.send_signal(SIGTERM);
  EXPECT_EQ(second.wait(), 1);
}

}  // namespace
}  // namespace lanekeeper::till::test
