// A scale at a serial line, asked by a worker thread.
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

#include "lane/device_ports.h"
#include "peripherals/scale.h"
#include "peripherals/scale_codec.h"
#include "peripherals/serial_port.h"

namespace lanekeeper::till {

class SerialScale final : public Scale {
 public:
  SerialScale(SerialPort port, std::unique_ptr<ScaleCodec> codec, const ScaleTiming& timing);
  ~SerialScale() override;

  void on_reading(std::function<void(const ScaleReading&)> listener) override { listener_ = std::move(listener); }
  void start() override;
  // A weight that was read before somebody wanted it may be that of other goods: until the scale has been asked again,
  // reading() calls it moving.
  void set_live(bool wanted) override;
  [[nodiscard]] ScaleReading reading() const override;
  void zero() override;  // at once or not at all
  [[nodiscard]] bool can_zero() const override { return !codec_->zero_command().empty(); }

 private:
  void work();
  ScaleReading weigh();
  void set_to_zero();
  std::optional<ScaleReading> converse();
  void publish(const ScaleReading& reading, bool lively);
  void pause(std::chrono::milliseconds duration);

  SerialPort port_;
  const std::unique_ptr<ScaleCodec> codec_;
  const ScaleTiming timing_;
  std::function<void(const ScaleReading&)> listener_;
  StopSignal stop_;
  Steadiness steadiness_;
  RetryPause backoff_;
  int unanswered_ = 0;

  mutable std::mutex mutex_;
  std::condition_variable wake_;
  ScaleReading reading_{ScaleReading::State::absent, {}};
  std::optional<ScaleReading> told_;
  bool live_ = false;
  bool woken_ = false;
  bool zero_wanted_ = false;
  bool ending_ = false;
  std::thread worker_;
};

}  // namespace lanekeeper::till
