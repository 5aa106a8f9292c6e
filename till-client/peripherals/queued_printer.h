// A printer port behind a bounded queue and a worker thread.
//
// A job that fails is tried again (0.5 s, doubled up to 5 s) until it succeeds; a job that the port took wholly is
// never sent again. A pulse is given up after pulse_limit. While nothing is to be printed the printer is looked at now
// and then, so that the till shows an absent printer before the first receipt.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "lane/ports.h"
#include "peripherals/printer_port.h"

namespace lanekeeper::till {

class QueuedPrinter final : public ReceiptPrinter {
 public:
  // Receipts and pulses of a busy lane whose printer has been without paper for half a day; some megabytes.
  static constexpr std::size_t max_jobs = 1000;
  struct Timing {
    Milliseconds first_retry{500};
    Milliseconds longest_retry{5000};
    Milliseconds pulse_limit{5000};
    Milliseconds look_again{20000};  // at an idle printer that was well
    Milliseconds farewell{3000};     // for waiting jobs when the program ends
  };

  explicit QueuedPrinter(std::unique_ptr<PrinterPort> port) : QueuedPrinter(std::move(port), Timing{}) {}
  QueuedPrinter(std::unique_ptr<PrinterPort> port, Timing timing);
  ~QueuedPrinter() override;

  Result<void> print(std::string bytes, std::function<void(Result<void>)> done) override;
  Result<void> print_logged(std::string bytes, const std::function<void()>& begins,
                            std::function<void(Result<void>)> done) override;
  Result<void> pulse(std::string bytes) override;
  [[nodiscard]] DeviceState state() const override;

 private:
  using TimePoint = std::chrono::steady_clock::time_point;
  struct Job {
    std::string bytes;
    std::function<void()> begins;  // this and `done` may be empty
    std::function<void(Result<void>)> done;
    TimePoint give_up = TimePoint::max();
    bool failed_before = false;
  };

  Result<void> queue(Job job);
  void work();
  void look();
  [[nodiscard]] bool attempt(Job& job);
  void note(const Result<void>& result);
  [[nodiscard]] bool ending() const { return farewell_ != TimePoint::max(); }

  const std::unique_ptr<PrinterPort> port_;
  const Timing timing_;
  StopSignal stop_;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Job> jobs_;  // the first one stays while it is being printed
  DeviceState state_ = DeviceState::absent;
  TimePoint farewell_ = TimePoint::max();
  bool worker_gone_ = false;
  std::thread worker_;
};

}  // namespace lanekeeper::till
