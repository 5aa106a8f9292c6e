#include "peripherals/line_display.h"

#include <algorithm>
#include <array>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

#include <spdlog/spdlog.h>

#include "peripherals/serial_port.h"

namespace lanekeeper::till {

namespace {

using Kind = LineDisplayAddress::Kind;
using SteadyClock = std::chrono::steady_clock;

constexpr Milliseconds write_limit{2000};

class NoDisplay final : public DrawerDisplay {
 public:
  void show(const Contents&) override {}
  [[nodiscard]] DeviceState state() const override { return DeviceState::none; }
  [[nodiscard]] Result<void> pulse() override {
    return fail("device.no_display", "The drawer hangs at a display, but this till has none. Look at its settings.");
  }
};

class SerialDisplay final : public DrawerDisplay {
 public:
  SerialDisplay(SerialPort port, std::unique_ptr<DisplayEncoder> encoder, const DisplayTiming& timing)
      : port_(std::move(port)),
        encoder_(std::move(encoder)),
        timing_(timing),
        backoff_(timing.first_retry, timing.longest_retry),
        worker_([this] { work(); }) {}

  ~SerialDisplay() override {
    {
      const std::lock_guard lock(mutex_);
      ending_ = true;
      wake_.notify_all();
    }
    stop_.raise();
    worker_.join();
  }

  void show(const Contents& contents) override {
    const std::lock_guard lock(mutex_);
    if (newest_ == contents) return;
    newest_ = contents;
    unshown_ = true;
    wake_.notify_all();
  }

  [[nodiscard]] DeviceState state() const override {
    const std::lock_guard lock(mutex_);
    return state_;
  }

  Result<void> pulse() override {
    const std::lock_guard lock(mutex_);
    pulse_until_ = SteadyClock::now() + timing_.pulse_limit;
    wake_.notify_all();
    if (state_ == DeviceState::ok) return {};
    return fail("device.drawer_absent", "The drawer's cable leads to a device that does not answer. Use the key.");
  }

 private:
  void work() {
    while (!ending()) {
      const bool up = port_.is_open() || come_up();
      note(up ? DeviceState::ok : DeviceState::absent);
      if (up) {
        serve();
      } else {
        std::unique_lock lock(mutex_);
        wake_.wait_for(lock, backoff_.next(), [this] { return ending_; });
      }
    }
  }

  bool come_up() {
    if (!port_.open(stop_) || !port_.write(encoder_->reset(), write_limit, stop_)) return false;
    backoff_.reset();
    const std::lock_guard lock(mutex_);
    unshown_ = true;
    return true;
  }

  void serve() {
    std::string bytes;
    {
      std::unique_lock lock(mutex_);
      wake_.wait_for(lock, timing_.look, [this] { return ending_ || unshown_ || pulse_until_; });
      if (ending_) return;
      const auto now = SteadyClock::now();
      const auto pulse_until = std::exchange(pulse_until_, std::nullopt);
      if (pulse_until && *pulse_until > now) bytes = display_drawer_pulse;
      if (std::exchange(unshown_, false) || now >= refresh_at_) {
        bytes += encoder_->show(newest_);
        refresh_at_ = now + timing_.refresh;
      }
    }
    if (bytes.empty()) {
      (void)port_.still_there();
    } else if (!port_.still_there() || !port_.write(bytes, write_limit, stop_)) {
      port_.close();  // coming up shows what is newest; a pulse that may have gone out is not sent twice
    }
  }

  void note(DeviceState state) {
    const std::lock_guard lock(mutex_);
    if (state_ != state) {
      spdlog::info("the display at {} is {}", port_.address().to_string(), state == DeviceState::ok ? "there" : "away");
    }
    state_ = state;
  }

  bool ending() const {
    const std::lock_guard lock(mutex_);
    return ending_;
  }

  SerialPort port_;
  const std::unique_ptr<DisplayEncoder> encoder_;
  const DisplayTiming timing_;
  RetryPause backoff_;
  StopSignal stop_;
  SteadyClock::time_point refresh_at_{};
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  Contents newest_;
  bool unshown_ = true;
  std::optional<SteadyClock::time_point> pulse_until_;
  DeviceState state_ = DeviceState::absent;
  bool ending_ = false;
  std::thread worker_;  // last: it uses all of the above
};

constexpr std::array<std::pair<std::string_view, Kind>, 3> kinds = {
    {{"cd5220", Kind::cd5220}, {"dm-d", Kind::dm_d}, {"led8", Kind::led8}}};

constexpr std::array<std::pair<std::string_view, LampStyle>, 5> lamp_styles = {{{"ascii", LampStyle::ascii},
                                                                                {"binary", LampStyle::binary},
                                                                                {"partner", LampStyle::partner},
                                                                                {"bare", LampStyle::bare},
                                                                                {"none", LampStyle::none}}};

template <class Pairs>
auto find_name(const Pairs& pairs, std::string_view name) {
  return std::find_if(pairs.begin(), pairs.end(), [name](const auto& pair) { return pair.first == name; });
}

bool take_option(LineDisplayAddress& address, SerialSettings& line, std::string_view option) {
  if (line.take(option)) return true;
  if (option == "ascii" && address.kind != Kind::led8) {
    address.charset = DisplayCharset::ascii;
    return true;
  }
  const auto value = option_value(option, "lamp");
  if (!value || address.kind != Kind::led8) return false;
  const auto* const style = find_name(lamp_styles, *value);
  if (style == lamp_styles.end()) return false;
  address.lamps = style->second;
  return true;
}

}  // namespace

Result<LineDisplayAddress> LineDisplayAddress::parse(std::string_view text) {
  const auto bad = [text] {
    return fail("display.bad_address",
                "This is no display address. Use for example cd5220:/dev/ttyS1, led8:tcp://host:4001 or none.",
                {{"address", std::string(text)}});
  };
  const auto parts = DeviceAddress::split(text);
  LineDisplayAddress address;
  if (parts.kind == "none") return address;
  const auto* const kind = find_name(kinds, parts.kind);
  if (kind == kinds.end()) return bad();
  address.kind = kind->second;
  SerialSettings line;
  if (address.kind == Kind::led8) line.baud = 2400;
  for (const auto& option : parts.options) {
    if (!take_option(address, line, option)) return bad();
  }
  const auto port = SerialAddress::parse(parts.place, line);
  if (!port) return bad();
  address.port = *port;
  return address;
}

std::unique_ptr<DrawerDisplay> make_line_display(const LineDisplayAddress& address, const DisplayTiming& timing) {
  std::unique_ptr<DisplayEncoder> encoder;
  switch (address.kind) {
    case Kind::none:
      return std::make_unique<NoDisplay>();
    case Kind::cd5220:
      encoder = make_cd5220_encoder(address.charset);
      break;
    case Kind::dm_d:
      encoder = make_dm_d_encoder(address.charset);
      break;
    case Kind::led8:
      encoder = make_led8_encoder(address.lamps);
      break;
  }
  return std::make_unique<SerialDisplay>(SerialPort(address.port), std::move(encoder), timing);
}

}  // namespace lanekeeper::till
