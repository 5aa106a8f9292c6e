// SIGTERM, SIGINT and SIGHUP as a request to end in order: the write that is under way is finished, the open basket is
// kept, the exit status is 0. Signals that were ignored when the program began (nohup) stay ignored.
#pragma once

#include <csignal>
#include <functional>
#include <mutex>
#include <thread>

namespace lanekeeper::till {

class StopSignals {
 public:
  // Must be made before any other thread: the signals are blocked in this thread and all that it starts.
  StopSignals();
  ~StopSignals();
  StopSignals(const StopSignals&) = delete;
  StopSignals& operator=(const StopSignals&) = delete;

  // An OnStop. What is handed over is called on a thread of this object's; at once when the request came before.
  void on_stop(std::function<void()> stop);

 private:
  void watch();

  sigset_t signals_{};
  std::mutex mutex_;
  std::function<void()> stop_;
  bool asked_ = false;
  bool ending_ = false;
  std::thread watcher_;
};

}  // namespace lanekeeper::till
