#include "peripherals/serial_scale.h"

#include <spdlog/spdlog.h>

namespace lanekeeper::till {

namespace {

using State = ScaleReading::State;
using SteadyClock = std::chrono::steady_clock;

constexpr Milliseconds write_limit{500};
// A connection over which nothing comes any more is built anew.
constexpr int most_unanswered = 3;

Milliseconds until(SteadyClock::time_point deadline) {
  return std::max(std::chrono::duration_cast<Milliseconds>(deadline - SteadyClock::now()), Milliseconds(0));
}

}  // namespace

SerialScale::SerialScale(SerialPort port, std::unique_ptr<ScaleCodec> codec, const ScaleTiming& timing)
    : port_(std::move(port)),
      codec_(std::move(codec)),
      timing_(timing),
      backoff_(timing.first_retry, timing.longest_retry) {}

SerialScale::~SerialScale() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
    wake_.notify_all();
  }
  stop_.raise();
  if (worker_.joinable()) worker_.join();
}

void SerialScale::start() {
  if (!worker_.joinable()) worker_ = std::thread([this] { work(); });
}

void SerialScale::set_live(bool wanted) {
  const std::lock_guard lock(mutex_);
  if (live_ == wanted) return;
  live_ = wanted;
  if (!wanted) return;
  if (reading_.state == State::stable) reading_.state = State::moving;
  told_.reset();
  woken_ = true;
  wake_.notify_all();
}

ScaleReading SerialScale::reading() const {
  const std::lock_guard lock(mutex_);
  return reading_;
}

void SerialScale::zero() {
  const std::lock_guard lock(mutex_);
  if (reading_.state == State::absent) return;
  zero_wanted_ = true;
  woken_ = true;
  wake_.notify_all();
}

void SerialScale::work() {
  for (;;) {
    bool lively = false;
    {
      const std::lock_guard lock(mutex_);
      if (ending_) return;
      lively = live_;
      woken_ = false;
    }
    if (!port_.open(stop_)) {
      publish({State::absent, {}}, lively);
      pause(backoff_.next());
      continue;
    }
    set_to_zero();
    const auto reading = weigh();
    if (reading.state != State::absent) backoff_.reset();
    publish(reading, lively);
    pause(lively ? timing_.live : timing_.idle);
  }
}

void SerialScale::set_to_zero() {
  {
    const std::lock_guard lock(mutex_);
    if (!std::exchange(zero_wanted_, false)) return;
  }
  const auto command = codec_->zero_command();
  if (command.empty() || !port_.write(command, write_limit, stop_)) return;
  // What the scale says to it looks like any other answer; it is passed over so that it answers no later question.
  (void)port_.read(timing_.answer, stop_);
}

ScaleReading SerialScale::weigh() {
  const auto reading = converse();
  if (reading) {
    unanswered_ = 0;
    return codec_->tells_motion() ? *reading : steadiness_.judge(*reading);
  }
  (void)steadiness_.judge({State::absent, {}});
  if (++unanswered_ >= most_unanswered) {
    unanswered_ = 0;
    port_.close();
  }
  return {State::absent, {}};
}

// nullopt: no answer. Bytes that never became an answer are garbled.
std::optional<ScaleReading> SerialScale::converse() {
  port_.drop_input();
  const auto deadline = SteadyClock::now() + timing_.answer;
  const auto question = codec_->begin();
  if (!question.empty() && !port_.write(question, write_limit, stop_)) return std::nullopt;
  bool heard = false;
  for (;;) {
    const auto bytes = port_.read(until(deadline), stop_);
    if (!bytes && bytes.error().code == "device.timeout" && heard) return ScaleReading{State::garbled, {}};
    if (!bytes) return std::nullopt;
    heard = true;
    const auto answer = codec_->receive(*bytes);
    if (!answer.reply.empty() && !port_.write(answer.reply, write_limit, stop_)) return std::nullopt;
    if (answer.reading) return answer.reading;
    if (until(deadline).count() == 0) return ScaleReading{State::garbled, {}};
  }
}

void SerialScale::publish(const ScaleReading& reading, bool lively) {
  {
    const std::lock_guard lock(mutex_);
    // Read before somebody wanted a weight, and told after: it may be that of other goods.
    if (live_ && !lively) return;
    if (ending_) return;
    if (reading.state != reading_.state && (reading.state == State::absent || reading_.state == State::absent)) {
      spdlog::info("the scale at {} {}", port_.address().to_string(),
                   reading.state == State::absent ? "does not answer" : "answers");
    }
    reading_ = reading;
    // Later there may be goods on the plate.
    if (reading.state == State::absent) zero_wanted_ = false;
    if (told_ == reading) return;
    told_ = reading;
  }
  if (listener_) listener_(reading);
}

void SerialScale::pause(std::chrono::milliseconds duration) {
  std::unique_lock lock(mutex_);
  wake_.wait_for(lock, duration, [this] { return ending_ || woken_; });
}

}  // namespace lanekeeper::till
