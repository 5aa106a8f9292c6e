#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <condition_variable>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <sstream>
#include <thread>

#include <gtest/gtest.h>

#include "peripherals/printer.h"
#include "peripherals/queued_printer.h"
#include "peripherals/scan_detector.h"

namespace lanekeeper::till::test {
namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;

constexpr milliseconds patience{10'000};

QueuedPrinter::Timing quick() {
  QueuedPrinter::Timing timing;
  timing.first_retry = milliseconds(5);
  timing.longest_retry = milliseconds(20);
  timing.pulse_limit = milliseconds(200);
  timing.farewell = milliseconds(300);
  return timing;
}

// Collects the results that a printer reports from its thread.
class Results {
 public:
  std::function<void(Result<void>)> collector() {
    return [this](const Result<void>& result) {
      const std::lock_guard lock(mutex_);
      codes_.push_back(result ? "ok" : result.error().code);
      changed_.notify_all();
    };
  }
  std::vector<std::string> wait_for(std::size_t count) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, patience, [&] { return codes_.size() >= count; });
    return codes_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::string> codes_;
};

// A port whose behaviour the test sets; what it took is recorded.
struct ScriptedPort final : PrinterPort {
  struct State {
    std::mutex mutex;
    std::condition_variable changed;
    std::string open_code;  // "": well
    int failing_sends = 0;
    bool hang = false;
    std::vector<std::string> taken;
    bool confirms = false;
    std::vector<std::string> confirmations;  // codes of the next ones, "" for a good one; then all are good
  };
  explicit ScriptedPort(std::shared_ptr<State> state) : state_(std::move(state)) {}
  Result<void> open(const StopSignal&) override {
    const std::lock_guard lock(state_->mutex);
    if (state_->open_code.empty()) return {};
    return fail(state_->open_code, "");
  }
  Result<void> send(std::string_view bytes, const StopSignal& stop) override {
    std::unique_lock lock(state_->mutex);
    if (state_->hang) {
      lock.unlock();
      return wait_readable(stop.fd(), patience, stop);
    }
    if (state_->failing_sends > 0) {
      --state_->failing_sends;
      return fail("device.timeout", "");
    }
    state_->taken.emplace_back(bytes);
    state_->changed.notify_all();
    return {};
  }
  Result<void> confirm(const StopSignal&) override {
    const std::lock_guard lock(state_->mutex);
    if (state_->confirmations.empty()) return {};
    const auto code = state_->confirmations.front();
    state_->confirmations.erase(state_->confirmations.begin());
    if (code.empty()) return {};
    return fail(code, "");
  }
  [[nodiscard]] bool confirms() const override { return state_->confirms; }
  void close() override {}

 private:
  std::shared_ptr<State> state_;
};

TEST(QueuedPrinter, PrintsInOrderAndReportsEachOnce) {
  auto state = std::make_shared<ScriptedPort::State>();
  Results results;
  QueuedPrinter printer(std::make_unique<ScriptedPort>(state), quick());
  for (const char* text : {"one", "two", "three"}) ASSERT_TRUE(printer.print(text, results.collector()));
  EXPECT_EQ(results.wait_for(3), (std::vector<std::string>{"ok", "ok", "ok"}));
  EXPECT_EQ(state->taken, (std::vector<std::string>{"one", "two", "three"}));
  EXPECT_EQ(printer.state(), DeviceState::ok);
}

TEST(QueuedPrinter, TriesUntilItSucceedsAndNeverDoublesWhatWasTaken) {
  auto state = std::make_shared<ScriptedPort::State>();
  state->failing_sends = 4;
  Results results;
  QueuedPrinter printer(std::make_unique<ScriptedPort>(state), quick());
  ASSERT_TRUE(printer.print("receipt", results.collector()));
  EXPECT_EQ(results.wait_for(2), (std::vector<std::string>{"device.timeout", "ok"}));
  EXPECT_EQ(state->taken, (std::vector<std::string>{"receipt"}));
}

TEST(QueuedPrinter, WhoseBodyWasConfirmedIsOnlyCutAgain) {
  auto state = std::make_shared<ScriptedPort::State>();
  state->confirms = true;
  state->confirmations = {"", "device.paper_out", "device.timeout"};
  Results results;
  QueuedPrinter printer(std::make_unique<ScriptedPort>(state), quick());
  printer.set_replacement_heading("heading\n");
  const std::string cut = "\x1dVB\x03";
  ASSERT_TRUE(printer.print("receipt\n" + cut, results.collector()));
  EXPECT_EQ(results.wait_for(2), (std::vector<std::string>{"device.paper_out", "ok"}));
  EXPECT_EQ(state->taken, (std::vector<std::string>{"receipt\n", cut, cut, cut}));
}

TEST(QueuedPrinter, WhatStayedIncompleteComesAgainUnderTheHeading) {
  auto state = std::make_shared<ScriptedPort::State>();
  Results results;
  QueuedPrinter printer(std::make_unique<ScriptedPort>(state), quick());
  printer.set_replacement_heading("heading\n");
  state->confirmations = {"device.paper_out"};
  ASSERT_TRUE(printer.print("receipt\n", results.collector()));
  EXPECT_EQ(results.wait_for(2), (std::vector<std::string>{"device.paper_out", "ok"}));
  EXPECT_EQ(state->taken, (std::vector<std::string>{"receipt\n", "heading\nreceipt\n"}));
}

TEST(QueuedPrinter, TellsWhenTheFirstByteIsAboutToGoOut) {
  auto state = std::make_shared<ScriptedPort::State>();
  state->open_code = "device.absent";
  std::atomic<int> begun = 0;
  Results results;
  QueuedPrinter printer(std::make_unique<ScriptedPort>(state), quick());
  ASSERT_TRUE(printer.print_logged(
      "receipt", [&] { ++begun; }, results.collector()));
  EXPECT_EQ(results.wait_for(1)[0], "device.absent");
  EXPECT_EQ(begun, 0) << "a printer that is not there has printed nothing";
  {
    const std::lock_guard lock(state->mutex);
    state->open_code.clear();
  }
  EXPECT_EQ(results.wait_for(2)[1], "ok");
  EXPECT_EQ(begun, 1);
}

TEST(QueuedPrinter, ShowsHowThePrinterIs) {
  auto state = std::make_shared<ScriptedPort::State>();
  for (const auto& [code, expected] :
       std::vector<std::pair<std::string, DeviceState>>{{"device.absent", DeviceState::absent},
                                                        {"device.paper_out", DeviceState::paper_out},
                                                        {"device.cover_open", DeviceState::cover_open},
                                                        {"device.error", DeviceState::error}}) {
    state->open_code = code;
    Results results;
    QueuedPrinter printer(std::make_unique<ScriptedPort>(state), quick());
    ASSERT_TRUE(printer.print("x", results.collector()));
    EXPECT_EQ(results.wait_for(1)[0], code);
    EXPECT_EQ(printer.state(), expected);
  }
}

TEST(QueuedPrinter, AFullQueueRefuses) {
  auto state = std::make_shared<ScriptedPort::State>();
  state->open_code = "device.absent";
  QueuedPrinter printer(std::make_unique<ScriptedPort>(state), quick());
  const auto ignore = [](const Result<void>&) {};
  for (std::size_t i = 0; i < QueuedPrinter::max_jobs; ++i) ASSERT_TRUE(printer.print("x", ignore));
  const auto refused = printer.print("x", ignore);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "device.queue_full");
}

TEST(QueuedPrinter, ALatePulseIsDropped) {
  auto state = std::make_shared<ScriptedPort::State>();
  state->open_code = "device.absent";
  Results results;
  auto timing = quick();
  timing.pulse_limit = milliseconds(0);
  QueuedPrinter printer(std::make_unique<ScriptedPort>(state), timing);
  ASSERT_TRUE(printer.pulse("pulse"));
  ASSERT_TRUE(printer.print("receipt", results.collector()));
  EXPECT_EQ(results.wait_for(1)[0], "device.absent");
  {
    const std::lock_guard lock(state->mutex);
    state->open_code.clear();
  }
  EXPECT_EQ(results.wait_for(2)[1], "ok");
  EXPECT_EQ(state->taken, (std::vector<std::string>{"receipt"}));
}

TEST(QueuedPrinter, WaitingJobsGoOutBeforeItEndsAndAHangingOneIsCutOff) {
  auto state = std::make_shared<ScriptedPort::State>();
  Results results;
  {
    QueuedPrinter printer(std::make_unique<ScriptedPort>(state), quick());
    for (int i = 0; i < 20; ++i) ASSERT_TRUE(printer.print("x", results.collector()));
  }
  EXPECT_EQ(state->taken.size(), 20u);
  state->hang = true;
  Results cut_off;
  const auto started = std::chrono::steady_clock::now();
  {
    QueuedPrinter printer(std::make_unique<ScriptedPort>(state), quick());
    ASSERT_TRUE(printer.print("x", cut_off.collector()));
  }
  EXPECT_LT(std::chrono::steady_clock::now() - started, milliseconds(3000));
  EXPECT_EQ(cut_off.wait_for(1), (std::vector<std::string>{"device.stopped"}));
}

TEST(PrinterAddress, ReadsAllForms) {
  using Kind = PrinterAddress::Kind;
  const auto tcp = PrinterAddress::parse("tcp://10.0.8.40:9101").value();
  EXPECT_EQ(tcp.host, "10.0.8.40");
  EXPECT_EQ(tcp.port, 9101);
  EXPECT_EQ(PrinterAddress::parse("tcp://printer").value().port, 9100);
  EXPECT_EQ(PrinterAddress::parse("tcp://[::1]:9100").value().host, "::1");
  EXPECT_EQ(PrinterAddress::parse("file:/dev/usb/lp0").value().path, "/dev/usb/lp0");
  EXPECT_EQ(PrinterAddress::parse("file:///dev/usb/lp0").value().path, "/dev/usb/lp0");
  EXPECT_EQ(PrinterAddress::parse("dir:/tmp/receipts").value().kind, Kind::directory);
  EXPECT_EQ(PrinterAddress::parse("none").value().kind, Kind::none);
  const auto serial = PrinterAddress::parse("serial:/dev/ttyS0,9600,rtscts").value();
  EXPECT_EQ(serial.kind, Kind::serial);
  EXPECT_EQ(serial.path, "/dev/ttyS0");
  EXPECT_EQ(serial.baud, 9600);
  EXPECT_TRUE(serial.hardware_flow);
  EXPECT_EQ(PrinterAddress::parse("serial:/dev/ttyUSB1").value().baud, 19200);
  for (const char* bad :
       {"tcp://", "tcp://:9100", "tcp://h:0", "tcp://h:99999", "tcp://h:x", "file:", "lp0", "tcp://[::1",
        "serial:", "serial:/dev/ttyS0,9601", "serial:/dev/ttyS0,fast", "serial:/dev/ttyS0,9600,xon"}) {
    EXPECT_FALSE(PrinterAddress::parse(bad)) << bad;
  }
}

fs::path fresh_folder(const char* name) {
  const auto folder = fs::temp_directory_path() / ("lanekeeper-" + std::string(name) + std::to_string(::getpid()));
  fs::remove_all(folder);
  return folder;
}

std::string content_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

TEST(DirectoryPrinter, OneFileAJobAndNumbersGoOn) {
  const auto folder = fresh_folder("dir");
  const auto address = PrinterAddress::parse("dir:" + folder.string()).value();
  for (int round = 0; round < 2; ++round) {
    Results results;
    const auto printer = make_printer(address);
    ASSERT_TRUE(printer->pulse("\x1bp"));
    ASSERT_TRUE(printer->print("receipt", results.collector()));
    EXPECT_EQ(results.wait_for(1)[0], "ok");
  }
  EXPECT_EQ(content_of(folder / "drawer-000001.bin"), "\x1bp");
  EXPECT_EQ(content_of(folder / "receipt-000002.bin"), "receipt");
  EXPECT_EQ(content_of(folder / "receipt-000004.bin"), "receipt");
  fs::remove_all(folder);
}

TEST(FilePrinter, AppendsAndKnowsAMissingDevice) {
  const auto folder = fresh_folder("file");
  fs::create_directories(folder);
  const auto path = folder / "paper.bin";
  Results results;
  {
    const auto printer = make_printer(PrinterAddress::parse("file:" + path.string()).value());
    ASSERT_TRUE(printer->print("one", results.collector()));
    ASSERT_TRUE(printer->print("two", results.collector()));
  }
  EXPECT_EQ(content_of(path), "onetwo");
  Results absent;
  const auto missing = make_printer(PrinterAddress::parse("file:/dev/no-such-printer").value());
  ASSERT_TRUE(missing->print("x", absent.collector()));
  EXPECT_EQ(absent.wait_for(1)[0], "device.absent");
  EXPECT_EQ(missing->state(), DeviceState::absent);
  fs::remove_all(folder);
}

// A network printer: keeps what was printed, and answers DLE EOT when it is one that can.
class NetworkPrinter {
 public:
  explicit NetworkPrinter(bool answers) : answers_(answers) {
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::bind(listener_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) throw std::runtime_error("bind");
    socklen_t length = sizeof address;
    ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &length);
    port = ntohs(address.sin_port);
    ::listen(listener_, 4);
    thread_ = std::thread([this] { serve(); });
  }
  ~NetworkPrinter() {
    ::shutdown(listener_, SHUT_RDWR);
    thread_.join();
    ::close(listener_);
  }
  std::string printed() {
    const std::lock_guard lock(mutex_);
    return printed_;
  }
  void wait_for(std::string_view text) {
    std::unique_lock lock(mutex_);
    EXPECT_TRUE(changed_.wait_for(lock, patience, [&] { return printed_.find(text) != std::string::npos; }));
  }
  std::uint16_t port = 0;
  std::atomic<bool> paper_out{false};

 private:
  void serve() {
    for (;;) {
      const int peer = ::accept(listener_, nullptr, nullptr);
      if (peer < 0) return;
      char buffer[256];
      for (ssize_t got = 0; (got = ::read(peer, buffer, sizeof buffer)) > 0;) {
        const std::lock_guard lock(mutex_);
        take(peer, {buffer, static_cast<std::size_t>(got)});
        changed_.notify_all();
      }
      ::close(peer);
    }
  }
  void take(int peer, std::string_view bytes) {
    const auto answer = [&](char status) {
      if (answers_) (void)!::write(peer, &status, 1);
    };
    while (!bytes.empty()) {
      std::size_t length = 1;
      if (bytes.starts_with("\x10\x04")) {
        length = 3;
        answer(bytes[2] == 4 && paper_out ? 0x72 : 0x12);
      } else if (bytes.starts_with("\x1dr")) {
        length = 3;
        answer(0);
      } else {
        printed_ += bytes[0];
      }
      bytes.remove_prefix(length);
    }
  }

  bool answers_;
  int listener_ = -1;
  std::thread thread_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::string printed_;
};

TEST(TcpPrinter, PrintsOverTheNetworkWhetherOrNotThePrinterAnswers) {
  for (const bool answers : {true, false}) {
    NetworkPrinter device(answers);
    Results results;
    const auto printer = make_printer(PrinterAddress::parse("tcp://127.0.0.1:" + std::to_string(device.port)).value());
    ASSERT_TRUE(printer->print("receipt one", results.collector()));
    ASSERT_TRUE(printer->print("receipt two", results.collector()));
    EXPECT_EQ(results.wait_for(2), (std::vector<std::string>{"ok", "ok"}));
    device.wait_for("receipt onereceipt two");
    EXPECT_EQ(printer->state(), DeviceState::ok);
  }
}

TEST(TcpPrinter, PaperOutHoldsTheReceiptUntilThereIsPaper) {
  NetworkPrinter device(true);
  device.paper_out = true;
  Results results;
  const auto printer = make_printer(PrinterAddress::parse("tcp://127.0.0.1:" + std::to_string(device.port)).value());
  ASSERT_TRUE(printer->print("receipt", results.collector()));
  EXPECT_EQ(results.wait_for(1)[0], "device.paper_out");
  EXPECT_EQ(printer->state(), DeviceState::paper_out);
  EXPECT_EQ(device.printed(), "");
  device.paper_out = false;
  EXPECT_EQ(results.wait_for(2)[1], "ok");
  device.wait_for("receipt");
}

TEST(TcpPrinter, NobodyThere) {
  std::uint16_t port = 0;
  { port = NetworkPrinter(false).port; }
  Results results;
  const auto printer = make_printer(PrinterAddress::parse("tcp://127.0.0.1:" + std::to_string(port)).value());
  ASSERT_TRUE(printer->print("receipt", results.collector()));
  EXPECT_EQ(results.wait_for(1)[0], "device.absent");
  EXPECT_EQ(printer->state(), DeviceState::absent);
}

std::optional<DetectedScan> type(ScanDetector& detector, std::string_view keys, std::int64_t gap_ms) {
  static std::int64_t now = 0;
  now += 1000;
  for (const char key : keys) detector.character(key, now += gap_ms);
  return detector.enter(now + gap_ms);
}

TEST(ScanDetector, TellsScannersFromFingers) {
  ScanDetector detector;
  const auto scan = type(detector, "6901234567892", 8);
  ASSERT_TRUE(scan);
  EXPECT_EQ(scan->data, "6901234567892");
  EXPECT_EQ(scan->typed, 13u);
  EXPECT_FALSE(type(detector, "6901234567892", 90)) << "a person";
  EXPECT_FALSE(type(detector, "301", 10)) << "fast fingers";
  EXPECT_FALSE(type(detector, "111111111", 25)) << "a key held down";
  EXPECT_FALSE(detector.enter(0));
}

TEST(ScanDetector, ABurstBeginsAnewAfterAPause) {
  ScanDetector detector;
  detector.character('5', 100);
  detector.character('0', 400);
  std::int64_t now = 1000;
  for (const char key : std::string("6901234567892")) detector.character(key, now += 5);
  const auto scan = detector.enter(now + 5);
  ASSERT_TRUE(scan);
  EXPECT_EQ(scan->data, "6901234567892") << "the 50 that was typed before stays typed";
}

// A scanner whose burst may be held up: each part of it comes after a pause, its characters 5 ms apart.
struct HeldUpScanner {
  ScanDetector detector;
  std::int64_t now = 1000;

  void send(std::string_view keys, std::int64_t pause_ms) {
    now += pause_ms - 5;
    for (const char key : keys) detector.character(key, now += 5);
  }
  std::optional<DetectedScan> enter(std::int64_t pause_ms) { return detector.enter(now + pause_ms); }
};

// Seen on a busy machine: "70" came a tenth of a second before the rest, and the rest alone was looked up.
TEST(ScanDetector, ABurstMayBeHeldUpOnce) {
  HeldUpScanner scanner;
  scanner.send("690", 1000);
  scanner.send("1234567892", 110);
  EXPECT_EQ(scanner.enter(5)->data, "6901234567892");
  scanner.send("690", 1000);
  scanner.send("12345", 110);
  scanner.send("67892", 110);
  EXPECT_EQ(scanner.enter(5)->data, "67892") << "twice is no scanner";
  scanner.send("690", 1000);
  scanner.send("1234567892", 130);
  EXPECT_EQ(scanner.enter(5)->data, "1234567892") << "too long";
  scanner.send("70", 1000);
  scanner.send("1234567892", 110);
  EXPECT_EQ(scanner.enter(5)->data, "701234567892");
  scanner.send("5", 1000);
  scanner.send("6901234567892", 110);
  EXPECT_EQ(scanner.enter(5)->data, "6901234567892") << "what was typed just before stays typed";
}

TEST(ScanDetector, TheOnePauseMayBeTheOneBeforeEnter) {
  HeldUpScanner scanner;
  scanner.send("6901234567892", 1000);
  EXPECT_EQ(scanner.enter(110)->data, "6901234567892");
  scanner.send("6901234567892", 1000);
  EXPECT_FALSE(scanner.enter(130)) << "too long";
  scanner.send("6901234", 1000);
  scanner.send("567892", 110);
  EXPECT_FALSE(scanner.enter(110)) << "twice";
  scanner.send("301", 1000);
  EXPECT_FALSE(scanner.enter(110)) << "too short for a scan that pauses";
}

TEST(ScanDetector, SaysHowLongABurstMayStillGoOn) {
  ScanDetector detector;
  EXPECT_EQ(detector.patience_ms(), 0);
  detector.character('6', 1000);
  EXPECT_EQ(detector.patience_ms(), 30);
  detector.character('9', 1005);
  EXPECT_EQ(detector.patience_ms(), 120);
  detector.character('0', 1100);
  EXPECT_EQ(detector.patience_ms(), 30) << "it has paused";
  detector.character('1', 1400);
  EXPECT_EQ(detector.patience_ms(), 30) << "another one";
  detector.reset();
  EXPECT_EQ(detector.patience_ms(), 0);
}

TEST(ScanDetector, ReadsTheAimIdentifier) {
  EXPECT_EQ(split_aim_identifier("]E06901234567892").symbology, barcode::Symbology::ean13);
  EXPECT_EQ(split_aim_identifier("]E496385074").symbology, barcode::Symbology::ean8);
  EXPECT_EQ(split_aim_identifier("]C00320261120000142").data, "0320261120000142");
  EXPECT_EQ(split_aim_identifier("]C10106901234567892").data, "]C10106901234567892");
  EXPECT_EQ(split_aim_identifier("6901234567892").symbology, barcode::Symbology::unknown);
  EXPECT_EQ(split_aim_identifier("]E").data, "]E");
}

}  // namespace
}  // namespace lanekeeper::till::test
