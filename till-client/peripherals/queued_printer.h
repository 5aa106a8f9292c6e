// A printer port behind a bounded queue and a worker thread.
//
// A job that fails is tried again (0.5 s, doubled up to 5 s) until it succeeds. A receipt goes out in pieces, each
// confirmed before the next, where the printer can confirm: one whose body was confirmed is never sent again, only its
// cut; one that stayed incomplete is sent again from its beginning, under the replacement heading. Pulses overtake
// receipts and are given up after pulse_limit. While nothing is to be printed the printer is looked at now and then, so
// that the till shows its state before the next receipt.
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
    Milliseconds look_again{5000};  // at an idle printer
    Milliseconds look_at_drawer{1000};
    Milliseconds drawer_watch{60000};  // after a pulse: until it is shut again, most likely
    Milliseconds farewell{3000};       // for waiting jobs when the program ends
  };

  explicit QueuedPrinter(std::unique_ptr<PrinterPort> port) : QueuedPrinter(std::move(port), Timing{}) {}
  QueuedPrinter(std::unique_ptr<PrinterPort> port, Timing timing);
  ~QueuedPrinter() override;

  Result<void> print(std::string bytes, std::function<void(Result<void>)> done) override;
  Result<void> print_logged(std::string bytes, const std::function<void()>& begins,
                            std::function<void(Result<void>)> done) override;
  Result<void> pulse(std::string bytes) override;
  [[nodiscard]] DeviceState state() const override;
  void on_state(std::function<void(DeviceState)> listener) override;
  [[nodiscard]] std::optional<bool> drawer_pin() const override;
  void on_drawer_pin(std::function<void(bool)> listener) override;
  void set_replacement_heading(std::string bytes) override;

 private:
  using TimePoint = std::chrono::steady_clock::time_point;
  struct Job {
    std::string bytes;
    std::function<void()> begins;  // this and `done` may be empty
    std::function<void(Result<void>)> done;
    bool failed_before = false;
    bool incomplete = false;    // some of it may be on paper
    bool body_printed = false;  // all but the cut is
  };
  struct Pulse {
    std::string bytes;
    TimePoint give_up;
  };

  template <class Thing>
  Result<void> queue(std::deque<Thing>& where, Thing thing);
  void work();
  [[nodiscard]] bool idle(std::unique_lock<std::mutex>& lock);  // false: the end
  void look();
  void send_pulses(std::unique_lock<std::mutex>& lock);
  [[nodiscard]] bool pulse_sent(const Pulse& pulse);
  [[nodiscard]] bool attempt(Job& job);
  [[nodiscard]] Result<void> send(Job& job);
  [[nodiscard]] Result<void> send_in_pieces(Job& job, std::string_view bytes);
  void note(const Result<void>& result);
  [[nodiscard]] bool ending() const { return farewell_ != TimePoint::max(); }

  const std::unique_ptr<PrinterPort> port_;
  const Timing timing_;
  StopSignal stop_;
  StopSignal wake_idle_;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Job> jobs_;  // the first one stays while it is being printed
  std::deque<Pulse> pulses_;
  std::string replacement_heading_;
  std::function<void(DeviceState)> state_listener_;
  std::function<void(bool)> pin_listener_;
  DeviceState state_ = DeviceState::absent;
  std::optional<bool> pin_;
  TimePoint next_look_{};
  TimePoint drawer_watched_until_{};
  TimePoint farewell_ = TimePoint::max();
  bool worker_gone_ = false;
  std::thread worker_;
};

}  // namespace lanekeeper::till
