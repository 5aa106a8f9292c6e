// The till's printer driver against the virtual printer and its faults, over TCP and over a pseudo terminal.
#include <fcntl.h>
#include <unistd.h>

#include <condition_variable>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <sstream>
#include <thread>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "devices/virtual_printer.h"
#include "peripherals/printer.h"
#include "peripherals/queued_printer.h"
#include "receipt/escpos.h"
#include "receipt/paper_encoder.h"
#include "receipt_template/receipt_template.h"

namespace lanekeeper::devices {
namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;
using till::DeviceState;
using till::QueuedPrinter;

constexpr std::chrono::seconds patience{20};
constexpr std::string_view heading = "REPLACES THE INCOMPLETE ONE";

QueuedPrinter::Timing quick() {
  QueuedPrinter::Timing timing;
  timing.first_retry = milliseconds(20);
  timing.longest_retry = milliseconds(100);
  timing.look_again = milliseconds(50);
  timing.look_at_drawer = milliseconds(50);
  timing.farewell = milliseconds(300);
  return timing;
}

std::string paper_of(const std::string& text) {
  const auto document = receipt_template::ReceiptTemplate::parse(text).value().render({});
  return till::escpos_of(receipt_template::lay_out(document, 48));
}

// Many lines, more than a piece; each says where it belongs.
std::string receipt(int number) {
  std::string text;
  for (int line = 1; line <= 60; ++line) {
    text += "receipt " + std::to_string(number) + " 第 " + std::to_string(line) + " 行 | 1.00\n";
  }
  return paper_of(text + "{code:000000000000000" + std::to_string(number) + "}\n=\n");
}

// Everything that both sides tell, waited for with one condition.
class News {
 public:
  void add(const std::string& news) {
    const std::lock_guard lock(mutex_);
    all_.push_back(news);
    changed_.notify_all();
  }
  template <class Condition>
  bool until(const Condition& holds) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, patience, [&] { return holds(all_); });
  }
  bool has(const std::string& news, int times = 1) {
    return until([&](const auto& all) { return std::count(all.begin(), all.end(), news) >= times; });
  }
  int count(const std::string& news) {
    const std::lock_guard lock(mutex_);
    return static_cast<int>(std::count(all_.begin(), all_.end(), news));
  }
  std::string shown() {
    const std::lock_guard lock(mutex_);
    std::string text;
    for (const auto& one : all_) text += one + "\n";
    return text;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::string> all_;
};

class PrinterFaultTest : public ::testing::TestWithParam<bool> {  // true: over a pseudo terminal
 protected:
  void SetUp() override {
    fs::remove_all(folder_);
    fs::create_directories(folder_);
    int ends[2] = {};
    ASSERT_EQ(::pipe2(ends, O_CLOEXEC), 0);
    commands_ = ends[1];
    options_.port = 0;
    options_.out = folder_ / "out";
    options_.pty = folder_ / "tty";
    options_.control = ends[0];
    options_.tell = [this](const std::string& line) {
      const auto event = nlohmann::json::parse(line);
      std::string news = event["event"].get<std::string>();
      if (news == "ready") port_ = event["port"].get<int>();
      if (event.contains("fault")) news += " " + event["fault"].get<std::string>();
      if (event.contains("barcode")) news += " " + event["barcode"].get<std::string>();
      news_.add(news);
    };
    device_ = std::thread([this] { run_virtual_printer(options_); });
    ASSERT_TRUE(news_.has("ready"));
    auto port = GetParam() ? till::make_serial_printer_port((folder_ / "tty").string(), {})
                           : till::make_tcp_port("127.0.0.1", static_cast<std::uint16_t>(port_));
    printer_ = std::make_unique<QueuedPrinter>(std::move(port), quick());
    printer_->on_state([this](DeviceState state) { news_.add("state " + std::to_string(static_cast<int>(state))); });
    printer_->on_drawer_pin([this](bool high) { news_.add(high ? "pin high" : "pin low"); });
    printer_->set_replacement_heading(paper_of(std::string(heading)));
  }
  void TearDown() override {
    printer_.reset();
    say("quit");
    device_.join();
    ::close(commands_);
    ::close(options_.control);
    fs::remove_all(folder_);
  }

  void say(const std::string& command) const {
    const std::string line = command + "\n";
    ASSERT_EQ(::write(commands_, line.data(), line.size()), static_cast<ssize_t>(line.size()));
  }
  void fault(const std::string& command) {
    const int before = news_.count("fault " + command);
    say(command);
    ASSERT_TRUE(news_.has("fault " + command, before + 1)) << news_.shown();
  }
  void print(int number) {
    ASSERT_TRUE(printer_->print(receipt(number), [this, number](const Result<void>& result) {
      news_.add("job " + std::to_string(number) + (result ? " ok" : " " + result.error().code));
    }));
  }
  static std::string state_news(DeviceState state) { return "state " + std::to_string(static_cast<int>(state)); }
  bool becomes(DeviceState state) {
    return news_.until([&](const auto&) { return printer_->state() == state; });
  }
  // What lies in the folder, in order.
  std::vector<std::string> papers() {
    std::vector<fs::path> files;
    for (const auto& file : fs::directory_iterator(folder_ / "out")) files.push_back(file.path());
    std::sort(files.begin(), files.end());
    std::vector<std::string> out;
    for (const auto& file : files) {
      std::stringstream text;
      text << std::ifstream(file).rdbuf();
      out.push_back(text.str());
    }
    return out;
  }
  static bool complete(const std::string& paper, int number) {
    for (int line = 1; line <= 60; ++line) {
      const auto words = "receipt " + std::to_string(number) + " 第 " + std::to_string(line) + " 行";
      if (paper.find(words) == std::string::npos) return false;
    }
    return paper.find(" cut\n") != std::string::npos;
  }
  static bool with_heading(const std::string& paper) { return paper.find(heading) != std::string::npos; }

  fs::path folder_ = fs::temp_directory_path() / ("lanekeeper-faults-" + std::to_string(::getpid()));
  VirtualPrinterOptions options_;
  int commands_ = -1;
  int port_ = 0;
  std::thread device_;
  News news_;
  std::unique_ptr<QueuedPrinter> printer_;
};

TEST_P(PrinterFaultTest, PrintsEachReceiptOnce) {
  for (int number = 1; number <= 3; ++number) print(number);
  ASSERT_TRUE(news_.has("job 3 ok")) << news_.shown();
  const auto paper = papers();
  ASSERT_EQ(paper.size(), 3U);
  for (int number = 1; number <= 3; ++number) {
    EXPECT_TRUE(complete(paper[number - 1], number));
    EXPECT_FALSE(with_heading(paper[number - 1]));
  }
}

TEST_P(PrinterFaultTest, PaperThatEndsWithinAReceiptLosesAndDoublesNothing) {
  for (const int lines : {1, 20, 59}) {
    const auto before = papers().size();
    fault("paper_out after " + std::to_string(lines));
    print(1);
    print(2);
    ASSERT_TRUE(news_.has(state_news(DeviceState::paper_out))) << news_.shown();
    ASSERT_TRUE(becomes(DeviceState::paper_out));
    fault("ok");
    const int round = static_cast<int>(before) / 3 + 1;
    ASSERT_TRUE(news_.has("job 1 ok", round)) << news_.shown();
    ASSERT_TRUE(news_.has("job 2 ok", round)) << news_.shown();
    const auto paper = papers();
    ASSERT_EQ(paper.size(), before + 3) << news_.shown();
    EXPECT_FALSE(complete(paper[before], 1)) << "torn";
    EXPECT_TRUE(complete(paper[before + 1], 1));
    EXPECT_TRUE(with_heading(paper[before + 1])) << paper[before + 1];
    EXPECT_TRUE(complete(paper[before + 2], 2));
    EXPECT_FALSE(with_heading(paper[before + 2]));
  }
}

// The printer cannot say any more that the last line came out: the second copy is marked.
TEST_P(PrinterFaultTest, PaperThatEndsWithTheLastLineNeverGivesTwoWithoutAMark) {
  fault("paper_out after 61");  // with the barcode all that is printed
  print(1);
  ASSERT_TRUE(becomes(DeviceState::paper_out)) << news_.shown();
  fault("ok");
  ASSERT_TRUE(news_.has("job 1 ok"));
  const auto paper = papers();
  ASSERT_EQ(paper.size(), 2U);
  EXPECT_FALSE(complete(paper[0], 1)) << "it was not cut";
  EXPECT_TRUE(complete(paper[1], 1));
  EXPECT_TRUE(with_heading(paper[1]));
}

TEST_P(PrinterFaultTest, ItsStateIsToldWhileNothingIsPrinted) {
  ASSERT_TRUE(becomes(DeviceState::ok)) << news_.shown();
  for (const auto& [command, state] :
       std::vector<std::pair<std::string, DeviceState>>{{"paper_low", DeviceState::paper_low},
                                                        {"paper_out", DeviceState::paper_out},
                                                        {"cover_open", DeviceState::cover_open}}) {
    fault(command);
    EXPECT_TRUE(news_.has(state_news(state))) << command << "\n" << news_.shown();
  }
  fault("ok");
  EXPECT_TRUE(becomes(DeviceState::ok)) << news_.shown();
}

TEST_P(PrinterFaultTest, LittlePaperStillPrints) {
  fault("paper_low");
  print(1);
  ASSERT_TRUE(news_.has("job 1 ok"));
  EXPECT_TRUE(becomes(DeviceState::paper_low));
}

TEST_P(PrinterFaultTest, AnOpenedCoverHoldsTheReceipt) {
  fault("cover_open");
  print(1);
  ASSERT_TRUE(news_.has("job 1 device.cover_open")) << news_.shown();
  fault("ok");
  ASSERT_TRUE(news_.has("job 1 ok"));
  const auto paper = papers();
  ASSERT_EQ(paper.size(), 1U);
  EXPECT_FALSE(with_heading(paper[0])) << "nothing of it had been printed";
}

TEST_P(PrinterFaultTest, AJamIsRecoveredFrom) {
  fault("jam");
  print(1);
  ASSERT_TRUE(news_.has("job 1 ok")) << news_.shown();
  EXPECT_TRUE(complete(papers().at(0), 1));
}

TEST_P(PrinterFaultTest, TheDrawerOpensWithoutPaper) {
  ASSERT_TRUE(becomes(DeviceState::ok)) << news_.shown();
  fault("paper_out");
  print(1);
  ASSERT_TRUE(news_.has("job 1 device.paper_out"));
  ASSERT_TRUE(printer_->pulse(till::drawer_pulse()));
  EXPECT_TRUE(news_.has("drawer")) << news_.shown();
  EXPECT_TRUE(news_.has("pin high")) << news_.shown();
  EXPECT_EQ(printer_->drawer_pin(), true);
  fault("drawer closed");
  EXPECT_TRUE(news_.has("pin low")) << news_.shown();
  EXPECT_EQ(news_.count("drawer"), 1);
  fault("ok");
  ASSERT_TRUE(news_.has("job 1 ok"));
  EXPECT_EQ(papers().size(), 1U);
}

TEST_P(PrinterFaultTest, OneThatFallsSilentIsWaitedFor) {
  ASSERT_TRUE(becomes(DeviceState::ok));
  fault("silent");
  print(1);
  ASSERT_TRUE(news_.has("job 1 device.timeout")) << news_.shown();
  fault("ok");
  ASSERT_TRUE(news_.has("job 1 ok")) << news_.shown();
  EXPECT_EQ(papers().size(), 1U);
}

TEST_P(PrinterFaultTest, ASlowOneGetsAll) {
  fault("slow");
  print(1);
  ASSERT_TRUE(news_.has("job 1 ok")) << news_.shown();
  ASSERT_EQ(papers().size(), 1U);
  EXPECT_TRUE(complete(papers()[0], 1));
}

TEST_P(PrinterFaultTest, OneThatTalksRubbishStillPrints) {
  fault("garbage");
  print(1);
  ASSERT_TRUE(news_.has("job 1 ok")) << news_.shown();
  ASSERT_TRUE(news_.until([this](const auto&) { return papers().size() == 1; }));
  fault("ok");
  print(2);
  ASSERT_TRUE(news_.has("job 2 ok"));
  EXPECT_EQ(papers().size(), 2U);
}

// It used to confirm each receipt; what it cannot confirm any more is not printed over and over.
TEST_P(PrinterFaultTest, OneThatBeginsToTalkRubbishStillPrintsOnce) {
  print(1);
  ASSERT_TRUE(news_.has("job 1 ok")) << news_.shown();
  fault("garbage");
  print(2);
  ASSERT_TRUE(news_.has("job 2 ok")) << news_.shown();
  ASSERT_TRUE(news_.until([this](const auto&) { return papers().size() == 2; }));
  EXPECT_TRUE(complete(papers()[1], 2));
  fault("ok");
  print(3);
  ASSERT_TRUE(news_.has("job 3 ok"));
  ASSERT_EQ(papers().size(), 3U);
  // And it is asked again: paper that ends is noticed.
  fault("paper_out");
  print(4);
  ASSERT_TRUE(news_.has("job 4 device.paper_out")) << news_.shown();
}

TEST_P(PrinterFaultTest, AnUnknownFaultIsSaid) {
  say("on fire");
  EXPECT_TRUE(news_.has("error on fire"));
  say("paper_out after some");
  EXPECT_TRUE(news_.has("error paper_out after some"));
}

INSTANTIATE_TEST_SUITE_P(TcpAndTerminal, PrinterFaultTest, ::testing::Bool(),
                         [](const auto& which) { return which.param ? "Terminal" : "Tcp"; });

}  // namespace
}  // namespace lanekeeper::devices
