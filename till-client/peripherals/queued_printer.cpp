#include "peripherals/queued_printer.h"

#include <algorithm>

#include <spdlog/spdlog.h>

namespace lanekeeper::till {

namespace {

DeviceState state_of(const Error& error) {
  if (error.code == "device.absent") return DeviceState::absent;
  if (error.code == "device.paper_out") return DeviceState::paper_out;
  if (error.code == "device.cover_open") return DeviceState::cover_open;
  return DeviceState::error;
}

}  // namespace

QueuedPrinter::QueuedPrinter(std::unique_ptr<PrinterPort> port, Timing timing)
    : port_(std::move(port)), timing_(timing), worker_([this] { work(); }) {}

QueuedPrinter::~QueuedPrinter() {
  {
    std::unique_lock lock(mutex_);
    farewell_ = std::chrono::steady_clock::now() + timing_.farewell;
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
  return queue(std::move(job));
}

Result<void> QueuedPrinter::pulse(std::string bytes) {
  Job job;
  job.bytes = std::move(bytes);
  job.give_up = std::chrono::steady_clock::now() + timing_.pulse_limit;
  return queue(std::move(job));
}

Result<void> QueuedPrinter::queue(Job job) {
  const std::lock_guard lock(mutex_);
  if (jobs_.size() >= max_jobs) {
    return fail("device.queue_full", "Too many receipts wait for the printer. Repair it, then print this one again.",
                {{"most", std::to_string(max_jobs)}});
  }
  jobs_.push_back(std::move(job));
  wake_.notify_all();
  return {};
}

DeviceState QueuedPrinter::state() const {
  const std::lock_guard lock(mutex_);
  return state_;
}

void QueuedPrinter::note(const Result<void>& result) {
  if (!result && result.error().code == "device.stopped") return;
  const std::lock_guard lock(mutex_);
  state_ = result ? DeviceState::ok : state_of(result.error());
}

void QueuedPrinter::look() {
  const auto result = port_->open(stop_);
  port_->close();
  note(result);
}

// Whether the job is over, one way or the other.
bool QueuedPrinter::attempt(Job& job) {
  if (std::chrono::steady_clock::now() > job.give_up) return true;
  auto result = port_->open(stop_);
  if (result && job.begins) job.begins();
  if (result) result = port_->send(job.bytes, stop_);
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

void QueuedPrinter::work() {
  look();
  Milliseconds retry = timing_.first_retry;
  std::unique_lock lock(mutex_);
  for (;;) {
    if (jobs_.empty()) {
      port_->close();
      if (ending()) break;
      const auto pause = state_ == DeviceState::ok ? timing_.look_again : timing_.longest_retry;
      if (!wake_.wait_for(lock, pause, [this] { return !jobs_.empty() || ending(); })) {
        lock.unlock();
        look();
        lock.lock();
      }
      continue;
    }
    Job& job = jobs_.front();  // only this thread takes jobs away, and a deque keeps its elements where they are
    lock.unlock();
    const bool over = attempt(job);
    lock.lock();
    if (over) {
      jobs_.pop_front();
      retry = timing_.first_retry;
      wake_.notify_all();
      continue;
    }
    if (ending()) break;  // a printer that fails now will not be waited for
    wake_.wait_for(lock, retry, [this] { return ending(); });
    retry = std::min(retry * 2, timing_.longest_retry);
  }
  worker_gone_ = true;
  wake_.notify_all();
}

}  // namespace lanekeeper::till
