#include "peripherals/drawer.h"

#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

#include "peripherals/serial_port.h"

namespace lanekeeper::till {

namespace {

using Kind = DrawerAddress::Kind;
using Position = CashDrawer::Position;
using SteadyClock = std::chrono::steady_clock;

// Looks at where the drawer stands and says when that changes.
class PositionWatch {
 public:
  explicit PositionWatch(const DrawerMeans& means)
      : source_(means.position), look_(means.look), left_open_after_(means.left_open_after) {}
  ~PositionWatch() {
    {
      const std::lock_guard lock(mutex_);
      ending_ = true;
      wake_.notify_all();
    }
    if (thread_.joinable()) thread_.join();
  }
  PositionWatch(const PositionWatch&) = delete;
  PositionWatch& operator=(const PositionWatch&) = delete;

  // Before watch().
  void when_left_open(std::function<void()> listener) { left_open_ = std::move(listener); }
  void watch(std::function<void(Position)> listener) {
    if (!source_ || thread_.joinable()) return;
    thread_ = std::thread([this, listener = std::move(listener)] { work(listener); });
  }
  [[nodiscard]] Position now() const { return source_ ? source_() : Position::unknown; }

 private:
  void work(const std::function<void(Position)>& listener) {
    auto last = Position::unknown;
    std::optional<SteadyClock::time_point> too_long_at;
    std::unique_lock lock(mutex_);
    while (!ending_) {
      lock.unlock();
      if (const auto position = source_(); position != last) {
        last = position;
        too_long_at.reset();
        if (position == Position::open && left_open_ && left_open_after_ > Milliseconds(0)) {
          too_long_at = SteadyClock::now() + left_open_after_;
        }
        listener(position);
      }
      if (too_long_at && SteadyClock::now() >= *too_long_at) {
        too_long_at.reset();
        left_open_();
      }
      lock.lock();
      wake_.wait_for(lock, look_, [this] { return ending_; });
    }
  }

  const std::function<Position()> source_;
  const Milliseconds look_;
  const Milliseconds left_open_after_;
  std::function<void()> left_open_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool ending_ = false;
  std::thread thread_;
};

// A drawer that another device opens.
class HangingDrawer final : public CashDrawer {
 public:
  // `hangs`: the other device is there.
  HangingDrawer(std::function<Result<void>()> pulse, std::function<bool()> hangs, const DrawerMeans& means)
      : pulse_(std::move(pulse)), hangs_(std::move(hangs)), watch_(means) {}
  [[nodiscard]] bool is_set_up() const override { return hangs_(); }
  Result<void> open() override { return pulse_(); }
  void on_position(std::function<void(Position)> listener) override { watch_.watch(std::move(listener)); }
  void on_left_open(std::function<void()> listener) override { watch_.when_left_open(std::move(listener)); }
  [[nodiscard]] Position position() const override { return watch_.now(); }

 private:
  std::function<Result<void>()> pulse_;
  std::function<bool()> hangs_;
  PositionWatch watch_;
};

// A drawer at a port of its own. The port is open only for the pulse: nothing ever comes back from it.
class SerialDrawer final : public CashDrawer {
 public:
  SerialDrawer(SerialPort port, std::string bytes, const DrawerMeans& means)
      : port_(std::move(port)), bytes_(std::move(bytes)), watch_(means), worker_([this] { work(); }) {}
  ~SerialDrawer() override {
    {
      const std::lock_guard lock(mutex_);
      ending_ = true;
      wake_.notify_all();
    }
    stop_.raise();
    worker_.join();
  }

  Result<void> open() override {
    const std::lock_guard lock(mutex_);
    pulse_until_ = SteadyClock::now() + pulse_limit;
    wake_.notify_all();
    if (reached_) return {};
    return fail("device.drawer_absent", "The drawer's cable leads to a device that does not answer. Use the key.");
  }
  void on_position(std::function<void(Position)> listener) override { watch_.watch(std::move(listener)); }
  void on_left_open(std::function<void()> listener) override { watch_.when_left_open(std::move(listener)); }
  [[nodiscard]] Position position() const override { return watch_.now(); }

 private:
  static constexpr Milliseconds pulse_limit{5000};
  static constexpr Milliseconds retry{250};
  static constexpr Milliseconds write_limit{1000};

  void work() {
    std::unique_lock lock(mutex_);
    while (!ending_) {
      wake_.wait(lock, [this] { return ending_ || pulse_until_; });
      if (ending_) return;
      const auto until = std::exchange(pulse_until_, std::nullopt);
      lock.unlock();
      const bool sent = SteadyClock::now() < *until && send();
      lock.lock();
      reached_ = sent;
      if (sent || SteadyClock::now() >= *until) continue;
      wake_.wait_for(lock, retry, [this] { return ending_; });
      if (!pulse_until_) pulse_until_ = until;
    }
  }

  bool send() {
    const bool sent = port_.open(stop_) && port_.write(bytes_, write_limit, stop_);
    port_.close();
    return sent;
  }

  SerialPort port_;
  const std::string bytes_;
  PositionWatch watch_;
  StopSignal stop_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::optional<SteadyClock::time_point> pulse_until_;
  bool reached_ = true;  // as far as anybody knows
  bool ending_ = false;
  std::thread worker_;
};

Result<void> no_drawer() {
  return fail("device.no_drawer", "This till has no cash drawer. Look at its settings.");
}

}  // namespace

std::string printer_drawer_pulse(int pin) {
  return {0x1B, 'p', static_cast<char>(pin == 5 ? 1 : 0), 50, static_cast<char>(250)};
}

Result<DrawerAddress> DrawerAddress::parse(std::string_view text) {
  const auto bad = [text] {
    return fail("drawer.bad_address",
                "This is no drawer address. Use printer, printer:5, display, serial:/dev/ttyS2 or none.",
                {{"address", std::string(text)}});
  };
  const auto parts = DeviceAddress::split(text);
  DrawerAddress address;
  if (parts.kind == "none") return address;
  if (parts.kind == "printer" || parts.kind == "display") {
    address.kind = parts.kind == "printer" ? Kind::printer : Kind::display;
    if (parts.place == "5" && address.kind == Kind::printer) address.pin = 5;
    const bool usual_pin = parts.place.empty() || parts.place == "2";
    if (!parts.options.empty() || (!usual_pin && address.pin != 5)) return bad();
    return address;
  }
  if (parts.kind != "serial" && parts.kind != "tcp") return bad();
  address.kind = Kind::serial;
  address.bytes = display_drawer_pulse;
  SerialSettings line;
  for (const auto& option : parts.options) {
    if (line.take(option)) continue;
    const auto value = option_value(option, "byte");
    const auto bytes = value ? unescape_bytes(*value) : std::nullopt;
    if (!bytes || bytes->empty()) return bad();
    address.bytes = *bytes;
  }
  const auto port = SerialAddress::parse(parts.place, line);
  if (!port) return bad();
  address.port = *port;
  return address;
}

std::unique_ptr<CashDrawer> make_drawer(const DrawerAddress& address, const DrawerMeans& means) {
  switch (address.kind) {
    case Kind::printer:
      if (means.printer == nullptr) break;
      return std::make_unique<HangingDrawer>(
          [printer = means.printer, pulse = printer_drawer_pulse(address.pin)] { return printer->pulse(pulse); },
          [printer = means.printer] { return printer->state() != DeviceState::none; }, means);
    case Kind::display:
      if (means.display == nullptr) break;
      return std::make_unique<HangingDrawer>(
          [display = means.display] { return display->pulse(); },
          [display = means.display] { return display->state() != DeviceState::none; }, means);
    case Kind::serial:
      return std::make_unique<SerialDrawer>(SerialPort(address.port), address.bytes, means);
    case Kind::none:
      break;
  }
  return std::make_unique<HangingDrawer>(
      no_drawer, [] { return false; }, DrawerMeans{});
}

}  // namespace lanekeeper::till
