// Scanners at a line and scanners that type.
#include <fcntl.h>
#include <linux/input.h>
#include <sys/stat.h>
#include <unistd.h>

#include <condition_variable>
#include <mutex>

#include <gtest/gtest.h>

#include "devices/virtual_scanner.h"
#include "eventually.h"
#include "peripherals/scanner.h"
#include "plugged.h"

namespace lanekeeper::till::test {
namespace {

using std::chrono::milliseconds;
using testing::eventually;

constexpr std::chrono::seconds patience{20};

// The gap is long enough for a busy machine; the marks are what ends most scans here.
ScannerTiming quick() {
  ScannerTiming timing;
  timing.gap = milliseconds(500);
  timing.patient_gap = milliseconds(2000);
  timing.first_retry = milliseconds(10);
  timing.longest_retry = milliseconds(50);
  return timing;
}

// A scanner and what the till heard of it, in order.
class Scans {
 public:
  explicit Scans(const std::string& address) : scanner_(make_scanner(ScannerAddress::parse(address).value(), quick())) {
    scanner_->on_scan([this](std::string scan) {
      const std::lock_guard lock(mutex_);
      scans_.push_back(std::move(scan));
      changed_.notify_all();
    });
    scanner_->start();
  }
  [[nodiscard]] bool become(DeviceState state) const {
    return eventually([&] { return scanner_->state() == state; }, patience);
  }
  std::vector<std::string> wait_for(std::size_t count) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, patience, [&] { return scans_.size() >= count; });
    return scans_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::string> scans_;
  std::unique_ptr<Scanner> scanner_;  // last: its thread uses the others to its end
};

std::vector<std::string> burst(int count) {
  std::vector<std::string> codes;
  for (int n = 0; n < count; ++n) codes.push_back(devices::burst_code(n));
  return codes;
}

TEST(SerialScanner, ABurstLosesAndMergesNothing) {
  for (const auto plug : {Plug::pty, Plug::tcp}) {
    Plugged device(devices::virtual_scanner("\x02", "\x03"), plug);
    Scans scans("serial:" + device.place() + ",prefix=\\x02,suffix=\\x03");
    ASSERT_TRUE(scans.become(DeviceState::ok));
    ASSERT_TRUE(eventually([&] { return device.status()["connections"] == 1; }, patience));
    ASSERT_TRUE(device.tell("burst 200"));
    EXPECT_EQ(scans.wait_for(200), burst(200));
    ASSERT_TRUE(device.tell("fault split"));
    ASSERT_TRUE(device.tell("scan ]C10106901234567892\\x1d10A"));
    EXPECT_EQ(scans.wait_for(201).back(),
              "]C10106901234567892\x1D"
              "10A");
  }
}

TEST(SerialScanner, WithoutAnEndMarkSilenceEndsAScan) {
  Plugged device(devices::virtual_scanner("", ""), Plug::pty);
  Scans scans("serial:" + device.place());
  ASSERT_TRUE(scans.become(DeviceState::ok));
  ASSERT_TRUE(device.tell("fault slow"));
  ASSERT_TRUE(device.tell("scan 6901234567892"));
  EXPECT_EQ(scans.wait_for(1), std::vector<std::string>{"6901234567892"});
}

TEST(SerialScanner, AScanThatBrokeOffIsNone) {
  Plugged device(devices::virtual_scanner("", "\r"), Plug::pty);
  Scans scans("serial:" + device.place());
  ASSERT_TRUE(scans.become(DeviceState::ok));
  ASSERT_TRUE(device.tell("fault slow"));
  ASSERT_TRUE(device.tell("scan 6901234567892"));
  ASSERT_TRUE(device.tell("fault pulled"));
  ASSERT_TRUE(scans.become(DeviceState::absent));
  ASSERT_TRUE(device.tell("clear"));
  ASSERT_TRUE(scans.become(DeviceState::ok));
  ASSERT_TRUE(device.tell("scan 6900000000017"));
  // The slow one may have been through before the cable was out; half of it never counts.
  for (const auto& scan : scans.wait_for(1)) EXPECT_TRUE(scan == "6901234567892" || scan == "6900000000017") << scan;
}

// A pipe of key events in place of /dev/input/event*.
class Keys {
 public:
  Keys() : path_("/tmp/lanekeeper-keys-" + std::to_string(::getpid())) {
    ::unlink(path_.c_str());
    EXPECT_EQ(::mkfifo(path_.c_str(), 0600), 0);
    pipe_ = ::open(path_.c_str(), O_RDWR | O_CLOEXEC);
  }
  ~Keys() {
    ::close(pipe_);
    ::unlink(path_.c_str());
  }
  Keys(const Keys&) = delete;
  Keys& operator=(const Keys&) = delete;

  [[nodiscard]] const std::string& path() const { return path_; }
  static std::string event(int type, int code, int value) {
    input_event event{};
    event.type = static_cast<std::uint16_t>(type);
    event.code = static_cast<std::uint16_t>(code);
    event.value = value;
    return {reinterpret_cast<const char*>(&event), sizeof event};
  }
  static std::string press(int code) {
    return event(EV_MSC, MSC_SCAN, 7) + event(EV_KEY, code, 1) + event(EV_SYN, SYN_REPORT, 0) + event(EV_KEY, code, 0) +
           event(EV_SYN, SYN_REPORT, 0);
  }
  void write(const std::string& bytes) const {
    ASSERT_EQ(::write(pipe_, bytes.data(), bytes.size()), static_cast<ssize_t>(bytes.size()));
  }

 private:
  std::string path_;
  int pipe_ = -1;
};

std::string typed_code() {
  std::string events = Keys::press(KEY_RIGHTBRACE) + Keys::event(EV_KEY, KEY_LEFTSHIFT, 1) + Keys::press(KEY_E) +
                       Keys::event(EV_KEY, KEY_LEFTSHIFT, 0);
  for (const int key :
       {KEY_0, KEY_6, KEY_9, KEY_0, KEY_1, KEY_2, KEY_3, KEY_4, KEY_5, KEY_6, KEY_7, KEY_8, KEY_9, KEY_2}) {
    events += Keys::press(key);
  }
  return events + Keys::press(KEY_ENTER);
}

TEST(TypingScanner, KeysBecomeScansInAnyPieces) {
  const Keys keys;
  Scans scans("evdev:" + keys.path());
  ASSERT_TRUE(scans.become(DeviceState::ok));
  const auto events = typed_code();
  keys.write(events);
  for (std::size_t at = 0; at < events.size(); at += 17) keys.write(events.substr(at, 17));
  EXPECT_EQ(scans.wait_for(2), (std::vector<std::string>{"]E06901234567892", "]E06901234567892"}));
  // The kernel says that it dropped events: what was begun is no code.
  keys.write(Keys::press(KEY_1) + Keys::press(KEY_2) + Keys::event(EV_SYN, SYN_DROPPED, 0) + Keys::press(KEY_3) +
             Keys::press(KEY_ENTER) + events);
  EXPECT_EQ(scans.wait_for(3).size(), 3u);
  EXPECT_EQ(scans.wait_for(3).back(), "]E06901234567892");
}

TEST(Scanner, NobodyThere) {
  for (const auto* address : {"serial:/dev/no-such-port", "evdev:/dev/input/no-such-device", "tcp://127.0.0.1:1"}) {
    const auto scanner = make_scanner(ScannerAddress::parse(address).value());
    scanner->start();
    EXPECT_EQ(scanner->state(), DeviceState::absent) << address;
  }
  EXPECT_EQ(make_scanner({})->state(), DeviceState::none);
}

}  // namespace
}  // namespace lanekeeper::till::test
