#include "peripherals/scanner.h"

#include <condition_variable>
#include <mutex>
#include <thread>

#include <spdlog/spdlog.h>

#include "peripherals/scan_source.h"
#include "peripherals/serial_port.h"

namespace lanekeeper::till {

namespace {

using Kind = ScannerAddress::Kind;

constexpr Milliseconds look_again{60'000};  // at a scanner that is silent; only the stop signal has to be quick

class NoScanner final : public Scanner {
 public:
  void on_scan(std::function<void(std::string)>) override {}
  void start() override {}
  [[nodiscard]] DeviceState state() const override { return DeviceState::none; }
};

class ThreadedScanner final : public Scanner {
 public:
  ThreadedScanner(std::unique_ptr<ScanSource> source, const ScanMarks& marks, const ScannerTiming& timing)
      : source_(std::move(source)),
        framer_(marks),
        timing_(timing),
        backoff_(timing.first_retry, timing.longest_retry) {}

  ~ThreadedScanner() override {
    {
      const std::lock_guard lock(mutex_);
      ending_ = true;
      wake_.notify_all();
    }
    stop_.raise();
    if (worker_.joinable()) worker_.join();
  }

  void on_scan(std::function<void(std::string)> listener) override { listener_ = std::move(listener); }
  void start() override {
    if (!worker_.joinable()) worker_ = std::thread([this] { work(); });
  }
  [[nodiscard]] DeviceState state() const override {
    const std::lock_guard lock(mutex_);
    return state_;
  }

 private:
  void work() {
    while (!stop_.raised()) {
      const auto opened = source_->open(stop_);
      note(opened ? DeviceState::ok : DeviceState::absent);
      if (opened) {
        backoff_.reset();
        listen();
        continue;
      }
      std::unique_lock lock(mutex_);
      wake_.wait_for(lock, backoff_.next(), [this] { return ending_; });
    }
  }

  // Until the scanner goes away or the till closes.
  void listen() {
    for (;;) {
      const auto gap = framer_.marks_ends() ? timing_.patient_gap : timing_.gap;
      auto chunk = source_->read(framer_.in_scan() ? gap : look_again, stop_);
      if (chunk) {
        if (chunk->damaged) framer_.damaged();
        deliver(framer_.receive(chunk->characters));
      } else if (chunk.error().code == "device.timeout") {
        deliver(framer_.silence());
      } else {
        // The scan it broke off in would be another code.
        framer_.damaged();
        (void)framer_.silence();
        return;
      }
    }
  }

  void deliver(std::vector<std::string> scans) {
    if (!listener_ || stop_.raised()) return;
    for (auto& scan : scans) listener_(std::move(scan));
  }

  void note(DeviceState state) {
    const std::lock_guard lock(mutex_);
    if (state_ != state) spdlog::info("the scanner is {}", state == DeviceState::ok ? "there" : "away");
    state_ = state;
  }

  const std::unique_ptr<ScanSource> source_;
  ScanFramer framer_;
  const ScannerTiming timing_;
  RetryPause backoff_;
  std::function<void(std::string)> listener_;
  StopSignal stop_;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  DeviceState state_ = DeviceState::absent;
  bool ending_ = false;
  std::thread worker_;
};

bool take_option(ScannerAddress& address, SerialSettings& line, std::string_view option) {
  if (address.kind == Kind::serial && line.take(option)) return true;
  for (const auto& [name, mark] : {std::pair{"prefix", &address.marks.prefix}, {"suffix", &address.marks.suffix}}) {
    const auto value = option_value(option, name);
    if (!value) continue;
    const auto bytes = unescape_bytes(*value);
    if (bytes) *mark = *bytes;
    return bytes && !bytes->empty();
  }
  return false;
}

}  // namespace

Result<ScannerAddress> ScannerAddress::parse(std::string_view text) {
  const auto bad = [text] {
    return fail("scanner.bad_address",
                "This is no scanner address. Use for example serial:/dev/ttyACM0, evdev:/dev/input/by-id/... or none.",
                {{"address", std::string(text)}});
  };
  const auto parts = DeviceAddress::split(text);
  ScannerAddress address;
  if (parts.kind == "none") return address;
  if (parts.kind != "serial" && parts.kind != "tcp" && parts.kind != "evdev") return bad();
  address.kind = parts.kind == "evdev" ? Kind::evdev : Kind::serial;
  SerialSettings line;
  for (const auto& option : parts.options) {
    if (!take_option(address, line, option)) return bad();
  }
  if (address.kind == Kind::evdev) {
    if (!parts.place.starts_with('/')) return bad();
    address.path = parts.place;
    return address;
  }
  const auto port = SerialAddress::parse(parts.place, line);
  if (!port) return bad();
  address.port = *port;
  return address;
}

std::unique_ptr<Scanner> make_scanner(const ScannerAddress& address, const ScannerTiming& timing) {
  if (address.kind == Kind::none) return std::make_unique<NoScanner>();
  auto source = address.kind == Kind::evdev ? make_evdev_source(address.path) : make_serial_source(address.port);
  return std::make_unique<ThreadedScanner>(std::move(source), address.marks, timing);
}

}  // namespace lanekeeper::till
