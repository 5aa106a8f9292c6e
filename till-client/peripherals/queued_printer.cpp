#include "peripherals/queued_printer.h"

#include <algorithm>

#include <spdlog/spdlog.h>

#include "peripherals/escpos_pieces.h"

namespace lanekeeper::till {

namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr std::size_t piece_bytes = 512;
constexpr std::size_t pulse_pin_at = 2;  // of ESC p m t1 t2
constexpr char pulse_100_ms = 1;

// The printer is there and listens, but does not print: it still takes what it carries out at once.
bool takes_real_time_commands(const Error& error) {
  return error.code == "device.paper_out" || error.code == "device.cover_open" || error.code == "device.offline";
}

}  // namespace

QueuedPrinter::QueuedPrinter(std::unique_ptr<PrinterPort> port, Timing timing)
    : port_(std::move(port)), timing_(timing), worker_([this] { work(); }) {}

QueuedPrinter::~QueuedPrinter() {
  {
    std::unique_lock lock(mutex_);
    farewell_ = SteadyClock::now() + timing_.farewell;
    wake_idle_.raise();
    wake_.notify_all();
    // Waits for the worker to run dry; a job that hangs is cut off by the signal afterwards.
    wake_.wait_until(lock, farewell_, [this] { return worker_gone_; });
  }
  stop_.raise();
  worker_.join();
  for (auto& job : jobs_) {
    if (job.done) job.done(fail("device.stopped", "The till was closed before this was printed. Print it again."));
  }
}

Result<void> QueuedPrinter::print(std::string bytes, std::function<void(Result<void>)> done) {
  return print_logged(std::move(bytes), {}, std::move(done));
}

Result<void> QueuedPrinter::print_logged(std::string bytes, const std::function<void()>& begins,
                                         std::function<void(Result<void>)> done) {
  Job job;
  job.bytes = std::move(bytes);
  job.begins = begins;
  job.done = std::move(done);
  return queue(jobs_, std::move(job));
}

Result<void> QueuedPrinter::pulse(std::string bytes) {
  return queue(pulses_, Pulse{std::move(bytes), SteadyClock::now() + timing_.pulse_limit});
}

template <class Thing>
Result<void> QueuedPrinter::queue(std::deque<Thing>& where, Thing thing) {
  const std::lock_guard lock(mutex_);
  if (jobs_.size() + pulses_.size() >= max_jobs) {
    return fail("device.queue_full", "Too many receipts wait for the printer. Repair it, then print this one again.",
                {{"most", std::to_string(max_jobs)}});
  }
  where.push_back(std::move(thing));
  wake_idle_.raise();
  wake_.notify_all();
  return {};
}

DeviceState QueuedPrinter::state() const {
  const std::lock_guard lock(mutex_);
  return state_;
}

std::optional<bool> QueuedPrinter::drawer_pin() const {
  const std::lock_guard lock(mutex_);
  return pin_;
}

void QueuedPrinter::on_state(std::function<void(DeviceState)> listener) {
  const std::lock_guard lock(mutex_);
  state_listener_ = std::move(listener);
}

void QueuedPrinter::on_drawer_pin(std::function<void(bool)> listener) {
  const std::lock_guard lock(mutex_);
  pin_listener_ = std::move(listener);
}

void QueuedPrinter::set_replacement_heading(std::string bytes) {
  const std::lock_guard lock(mutex_);
  replacement_heading_ = std::move(bytes);
}

void QueuedPrinter::note(const Result<void>& result) {
  if (!result && result.error().code == "device.stopped") return;
  const PrinterStatus status = port_->status();
  const DeviceState well = status.paper_low ? DeviceState::paper_low : DeviceState::ok;
  const DeviceState now = result ? well : state_of(result.error());
  std::unique_lock lock(mutex_);
  const bool state_changed = std::exchange(state_, now) != now;
  const bool pin_changed = pin_ != status.drawer_pin;
  pin_ = status.drawer_pin;
  const auto state_listener = state_listener_;
  const auto pin_listener = pin_listener_;
  lock.unlock();
  if (state_changed && state_listener) state_listener(now);
  if (pin_changed && status.drawer_pin && pin_listener) pin_listener(*status.drawer_pin);
}

void QueuedPrinter::look() {
  const auto result = port_->open(stop_);
  if (!result || !port_->stays_open()) port_->close();
  note(result);
}

// Whether the pulse went out. Without paper or with the cover open the printer still opens the drawer, by the real-time
// form of the command.
bool QueuedPrinter::pulse_sent(const Pulse& pulse) {
  const auto opened = port_->open(stop_);
  auto sent = opened;
  if (opened) {
    sent = port_->send(pulse.bytes, stop_);
  } else if (takes_real_time_commands(opened.error()) && pulse.bytes.size() > pulse_pin_at) {
    const char pin = static_cast<char>(pulse.bytes[pulse_pin_at] & 1);
    sent = port_->send(std::string{0x10, 0x14, 0x01, pin, pulse_100_ms}, stop_);
  }
  note(opened ? sent : opened);
  if (!sent) port_->close();
  return sent.has_value();
}

void QueuedPrinter::send_pulses(std::unique_lock<std::mutex>& lock) {
  while (!pulses_.empty()) {
    if (SteadyClock::now() > pulses_.front().give_up) {
      pulses_.pop_front();
      continue;
    }
    const Pulse pulse = pulses_.front();
    lock.unlock();
    const bool sent = pulse_sent(pulse);
    lock.lock();
    if (!sent) return;
    pulses_.pop_front();
    drawer_watched_until_ = SteadyClock::now() + timing_.drawer_watch;
    next_look_ = SteadyClock::now() + timing_.look_at_drawer;
  }
}

Result<void> QueuedPrinter::send_in_pieces(Job& job, std::string_view bytes) {
  const auto pieces = escpos_pieces(bytes, piece_bytes);
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    const bool last = i + 1 == pieces.size();
    if (job.body_printed && !last) continue;
    if (auto sent = port_->send(pieces[i], stop_); !sent) return sent;
    if (auto printed = port_->confirm(stop_); !printed) return printed;
    if (i + 2 == pieces.size()) job.body_printed = true;
  }
  return {};
}

Result<void> QueuedPrinter::send(Job& job) {
  std::string with_heading;
  if (job.incomplete && !job.body_printed) {
    const std::lock_guard lock(mutex_);
    with_heading = replacement_heading_ + job.bytes;
  }
  const std::string_view bytes = with_heading.empty() ? std::string_view(job.bytes) : with_heading;
  if (!job.body_printed && job.begins) job.begins();
  job.incomplete = true;
  if (port_->confirms()) return send_in_pieces(job, bytes);
  auto result = port_->send(bytes, stop_);
  if (result) result = port_->confirm(stop_);
  return result;
}

// Whether the job is over, one way or the other.
bool QueuedPrinter::attempt(Job& job) {
  auto result = port_->open(stop_);
  if (result) result = send(job);
  note(result);
  if (result) {
    if (job.done) job.done({});
    return true;
  }
  port_->close();
  if (result.error().code == "device.stopped") return false;
  if (!std::exchange(job.failed_before, true)) {
    spdlog::warn("the printer did not take a job: {} {}", result.error().code, result.error().message);
    if (job.done) job.done(std::move(result));
  }
  return false;
}

// One turn with nothing to print. Pulses that could not go out wait for the next one.
bool QueuedPrinter::idle(std::unique_lock<std::mutex>& lock) {
  if (!port_->stays_open()) port_->close();
  if (ending()) return false;
  wake_idle_.lower();
  const auto now = SteadyClock::now();
  const bool look_now = now >= next_look_;
  if (look_now) next_look_ = now + (now < drawer_watched_until_ ? timing_.look_at_drawer : timing_.look_again);
  auto pause = std::chrono::ceil<Milliseconds>(next_look_ - now);
  if (!pulses_.empty()) pause = std::min(pause, timing_.first_retry);
  lock.unlock();
  if (look_now) {
    look();
  } else if (auto heard = port_->listen(pause, wake_idle_); !heard) {
    port_->close();
    note(heard);
  } else if (port_->stays_open()) {
    note(trouble_of(port_->status()));
  }
  lock.lock();
  return true;
}

void QueuedPrinter::work() {
  look();
  Milliseconds retry = timing_.first_retry;
  std::unique_lock lock(mutex_);
  next_look_ = SteadyClock::now() + timing_.look_again;
  for (;;) {
    send_pulses(lock);
    if (jobs_.empty()) {
      if (!idle(lock)) break;
      continue;
    }
    Job& job = jobs_.front();  // only this thread takes jobs away, and a deque keeps its elements where they are
    lock.unlock();
    const bool over = attempt(job);
    lock.lock();
    if (over) {
      jobs_.pop_front();
      retry = timing_.first_retry;
      continue;
    }
    if (ending()) break;  // a printer that fails now will not be waited for
    wake_.wait_for(lock, retry, [this, waiting = pulses_.size()] { return ending() || pulses_.size() > waiting; });
    retry = std::min(retry * 2, timing_.longest_retry);
  }
  worker_gone_ = true;
  wake_.notify_all();
}

}  // namespace lanekeeper::till
