// The real program lanekeeper-till against a store server made for the test: what it remembers over restarts, signals,
// kill -9 and damage.
#include <gtest/gtest.h>
#include <signal.h>

#include <fstream>
#include <map>
#include <set>

#include "cache/sqlite.h"
#include "devices/escpos_decoder.h"
#include "devices/paper.h"
#include "enrolled_till.h"
#include "test_printer.h"
#include "till/png_file.h"

namespace lanekeeper::till::test {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

class ProgramTest : public testing::Test {
 protected:
  ProgramTest() { fill(store_); }

  [[nodiscard]] TillProcess::Setup setup(std::vector<std::string> more = {}) const {
    more.insert(more.begin(), {"--server", store_.endpoint().to_string()});
    return {std::move(more)};
  }
  // A data directory that belongs to the store and has its goods.
  void enrol() { enrol_till(folder_.path(), store_); }
  static void ring(TillProcess& till) {
    ASSERT_EQ(till.ask("login 1001 271828")["ok"], true);
    ASSERT_EQ(till.ask("scan 6908512108211")["ok"], true);
  }
  static void sell(TillProcess& till) {
    ring(till);
    ASSERT_EQ(till.ask("total")["ok"], true);
    ASSERT_EQ(till.ask("tender cash 10")["ok"], true);
  }

  const Folder folder_;
  FakeStore store_;
};

TEST_F(ProgramTest, BeginsUnpairedAndProposesAServer) {
  TillProcess till(folder_.path(), {{}, true, true});
  const auto status = till.ask("status");
  EXPECT_EQ(status["link"], "unpaired") << status;
  EXPECT_EQ(till.ask("wait offline 1")["code"], "console.timeout");
  EXPECT_EQ(till.ask("status")["server"], "127.0.0.1:7443");
}

TEST_F(ProgramTest, AsksAgainWhereItAskedLast) {
  {
    TillProcess till(folder_.path(), {{"--server", "127.0.0.1:1"}});
    EXPECT_EQ(till.ask("server " + store_.endpoint().to_string())["ok"], true);
    ASSERT_TRUE(till.event("pairing_code"));
    till.kill_hard();
  }
  TillProcess till(folder_.path(), {});
  ASSERT_TRUE(till.event("pairing_code"));
  const auto status = till.ask("status");
  EXPECT_EQ(status["server"], store_.endpoint().to_string());
  EXPECT_EQ(status["link"], "pairing");
}

TEST_F(ProgramTest, GoesBackToTheStoreItBelongsTo) {
  enrol();
  TillProcess till(folder_.path(), {});
  const auto status = till.ask("wait online 20");
  EXPECT_EQ(status["ok"], true) << status;
  EXPECT_EQ(status["server"], store_.endpoint().to_string());
}

TEST_F(ProgramTest, KeepsTheOpenBasketWhenItIsAskedToEnd) {
  enrol();
  for (const int signal : {SIGTERM, SIGINT, SIGHUP}) {
    TillProcess till(folder_.path(), setup());
    EXPECT_EQ(till.ask("status")["ok"], true);
    if (signal == SIGTERM) ring(till);
    till.send_signal(signal);
    EXPECT_EQ(till.wait(), 0) << strsignal(signal);
  }
  TillProcess till(folder_.path(), setup());
  EXPECT_TRUE(till.event("basket_restored"));
  EXPECT_EQ(till.ask("status")["open_lines"], 1);
}

// Flips bytes all over the file, but for its first pages.
void damage(const fs::path& file) {
  sqlite::Database(file, sqlite::OpenMode::read_write).execute("PRAGMA wal_checkpoint(TRUNCATE)");
  std::fstream bytes(file, std::ios::in | std::ios::out | std::ios::binary);
  const auto size = static_cast<std::streamoff>(fs::file_size(file));
  for (std::streamoff page = 16 * 4096; page + 4096 <= size; page += 2 * 4096) {
    for (const std::streamoff at : {0, 3, 5, 9, 100, 1000, 3000}) {
      bytes.seekg(page + at);
      const auto flipped = static_cast<char>(bytes.get() ^ 0xff);
      bytes.seekp(page + at);
      bytes.put(flipped);
    }
  }
}

TEST_F(ProgramTest, ADamagedCatalogueIsFetchedAgainWhileTheTillSells) {
  enrol();
  TillProcess till(folder_.path(), setup());
  ASSERT_EQ(till.ask("wait online 20")["ok"], true);
  ASSERT_EQ(till.ask("login 1001 271828")["ok"], true);
  store_.go_away();
  ASSERT_EQ(till.ask("wait offline 30")["ok"], true);
  damage(folder_ / "replica.db");
  const auto readable = [&] {
    std::set<int> numbers;
    for (int number = 1; number <= 3000; number += 60) {
      if (till.ask("scan " + std::to_string(50'000 + number))["ok"] == true) numbers.insert(number);
      (void)till.ask("dismiss");
    }
    (void)till.ask("void all");
    return numbers;
  };
  const auto before = readable();
  EXPECT_FALSE(before.empty()) << "what can be read is sold";
  EXPECT_LT(before.size(), 50U) << "the damage is real";
  EXPECT_EQ(readable(), before) << "nothing is thrown away while the server is away";
  store_.come_back();
  ASSERT_TRUE(till.event("catalogue_updated"));
  EXPECT_EQ(readable().size(), 50U);
  EXPECT_EQ(till.ask("status")["items"], 3001);
}

TEST_F(ProgramTest, WrongDeviceOptionsAreRefusedBeforeAnythingBegins) {
  const std::vector<std::vector<std::string>> wrong = {
      {"--paper-columns", "33"},  {"--paper-chinese", "big5"}, {"--paper-cut", "half"}, {"--drawer-alarm", "-1"},
      {"--drawer-alarm", "9999"}, {"--drawer-open", "up"},     {"--wedge-prefix", "7"}, {"--wedge-prefix", "~~"}};
  for (const auto& options : wrong) {
    TillProcess till(folder_.path(), setup(options));
    EXPECT_EQ(till.wait(), 2) << options[0] << " " << options[1];
  }
}

TEST_F(ProgramTest, ReceiptsGoOutForThePaperOfThePrinter) {
  enrol();
  const auto config = folder_ / "till.conf";
  const auto logo = folder_ / "logo.png";
  std::ofstream(logo, std::ios::binary) << png_of(200, 50, [](int, int) { return Dot{0, 255}; });
  std::ofstream(config) << "printer = \"dir:" << (folder_ / "paper").string() << "\"\npaper-columns = 32\n"
                        << "paper-chinese = drawn\npaper-cut = none\nlogo = \"" << logo.string() << "\"\n";
  TillProcess till(folder_.path(), setup({"--config", config.string()}));
  sell(till);
  ASSERT_TRUE(till.event("printed"));
  std::vector<devices::PrinterEvent> events;
  for (const auto& file : fs::directory_iterator(folder_ / "paper")) {
    if (file.path().filename().string().starts_with("drawer")) continue;
    std::ifstream in(file.path(), std::ios::binary);
    devices::EscPosDecoder decoder;
    const auto more = decoder.feed(std::string{std::istreambuf_iterator<char>(in), {}});
    EXPECT_EQ(decoder.waiting_bytes(), 0U);
    events.insert(events.end(), more.begin(), more.end());
  }
  int pictures = 0;
  for (const auto& event : events) {
    EXPECT_FALSE(std::holds_alternative<devices::Unknown>(event));
    EXPECT_FALSE(std::holds_alternative<devices::Cut>(event)) << "there is no knife";
    if (const auto* line = std::get_if<devices::TextLine>(&event)) {
      EXPECT_LE(devices::columns_of(*line), 32);
    } else if (const auto* picture = std::get_if<devices::Raster>(&event)) {
      EXPECT_EQ(picture->width, pictures++ == 0 ? 200 : 384) << "the logo, then lines of 58 mm";
    }
  }
  EXPECT_GT(pictures, 1) << "goods with a Chinese name";
  EXPECT_FALSE(till.ask("status").contains("paper_troubles"));
}

TEST_F(ProgramTest, ALogoThatIsNoPictureCostsNoReceipt) {
  enrol();
  const auto logo = folder_ / "logo.png";
  std::ofstream(logo) << "rubbish";
  TillProcess till(folder_.path(),
                   setup({"--printer", "dir:" + (folder_ / "paper").string(), "--logo", logo.string()}));
  EXPECT_TRUE(till.event("paper_trouble"));
  EXPECT_EQ(till.ask("status")["paper_troubles"][0]["code"], "logo.not_png");
  sell(till);
  EXPECT_TRUE(till.event("printed"));
}

class ReceiptTest : public ProgramTest {
 protected:
  [[nodiscard]] TillProcess::Setup with_printer() const { return setup({"--printer", printer_.address()}); }
  TestPrinter printer_;
};

TEST_F(ReceiptTest, AReceiptThatWaitedForThePrinterSurvivesAKill) {
  enrol();
  {
    TillProcess till(folder_.path(), with_printer());  // the printer is not there yet
    sell(till);
    EXPECT_TRUE(till.event("print_failed"));
    EXPECT_EQ(till.kill_hard(), -SIGKILL);
  }
  printer_.come_on();
  {
    TillProcess till(folder_.path(), with_printer());
    EXPECT_TRUE(till.event("printed"));
    EXPECT_EQ(till.kill_hard(), -SIGKILL);
  }
  EXPECT_EQ(printer_.receipts(), 1) << printer_.words();
  EXPECT_FALSE(printer_.has_duplicate());
  EXPECT_EQ(printer_.pulses(), 0) << "the drawer stays shut";
  TillProcess till(folder_.path(), with_printer());
  sell(till);
  EXPECT_TRUE(till.event("printed"));
  EXPECT_EQ(printer_.receipts(), 2) << "each once";
  EXPECT_EQ(printer_.pulses(), 1) << "the second sale's";
}

TEST_F(ReceiptTest, AReceiptThatMayBeOnPaperComesAgainAsADuplicate) {
  enrol();
  printer_.come_on();
  printer_.take_nothing();  // it accepts the connection, but its buffer is full
  {
    TillProcess till(folder_.path(), with_printer());
    ASSERT_EQ(till.ask("login 1001 271828")["ok"], true);
    for (int number = 1; number <= 150; ++number) (void)till.ask("scan " + std::to_string(50'000 + number));
    ASSERT_EQ(till.ask("total")["ok"], true);
    ASSERT_EQ(till.ask("tender cash 9999")["ok"], true);
    ASSERT_TRUE(printer_.until_something_came());
    EXPECT_EQ(till.kill_hard(), -SIGKILL);
  }
  printer_.take_everything();
  TillProcess till(folder_.path(), with_printer());
  EXPECT_TRUE(till.event("printed"));
  EXPECT_TRUE(printer_.has_duplicate());
}

TEST_F(ReceiptTest, ManyKillsPrintEachSaleOnceOrMarkIt) {
  enrol();
  printer_.come_on();
  std::map<std::int64_t, int> sold;
  for (int round = 0; round < 9; ++round) {
    TillProcess till(folder_.path(), with_printer());
    ASSERT_EQ(till.ask("login 1001 271828")["ok"], true);
    for (int sale = 0; sale <= round % 3; ++sale) {
      ASSERT_EQ(till.ask("scan 6908512108211")["ok"], true);
      ASSERT_EQ(till.ask("total")["ok"], true);
      const auto done = till.ask("tender cash 10");
      ASSERT_EQ(done["ok"], true) << done;
      ++sold[done["receipt_number"].get<std::int64_t>()];
    }
    EXPECT_EQ(till.kill_hard(), -SIGKILL);  // right behind the answer
  }
  TillProcess till(folder_.path(), with_printer());
  const auto all_printed = [&] {
    return std::all_of(sold.begin(), sold.end(), [&](const auto& one) { return printer_.copies_of(one.first) > 0; });
  };
  EXPECT_TRUE(printer_.until(all_printed));
  for (const auto& [number, times] : sold) {
    EXPECT_EQ(times, 1);
    EXPECT_GE(printer_.copies_of(number), 1) << "receipt " << number;
    EXPECT_LE(printer_.unmarked_copies_of(number), 1) << "receipt " << number << " twice without a mark";
  }
}

}  // namespace
}  // namespace lanekeeper::till::test
