#include "stop_signals.h"

#include <pthread.h>

#include <utility>

namespace lanekeeper::till {

namespace {

// Nobody else uses it; it wakes the watcher for its end.
constexpr int wake_signal = SIGUSR2;

bool is_ignored(int signal) {
  struct sigaction action {};
  return ::sigaction(signal, nullptr, &action) == 0 && action.sa_handler == SIG_IGN;
}

}  // namespace

StopSignals::StopSignals() {
  ::sigemptyset(&signals_);
  ::sigaddset(&signals_, wake_signal);
  for (const int signal : {SIGTERM, SIGINT, SIGHUP}) {
    if (!is_ignored(signal)) ::sigaddset(&signals_, signal);
  }
  ::pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
  watcher_ = std::thread([this] { watch(); });
}

StopSignals::~StopSignals() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  ::pthread_kill(watcher_.native_handle(), wake_signal);
  watcher_.join();
}

void StopSignals::on_stop(std::function<void()> stop) {
  const std::lock_guard lock(mutex_);
  stop_ = std::move(stop);
  if (asked_ && stop_) stop_();
}

void StopSignals::watch() {
  for (;;) {
    int signal = 0;
    if (::sigwait(&signals_, &signal) != 0) return;
    const std::lock_guard lock(mutex_);
    if (ending_) return;
    if (signal == wake_signal) continue;
    asked_ = true;
    if (stop_) stop_();
  }
}

}  // namespace lanekeeper::till
