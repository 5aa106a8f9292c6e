// File descriptors with an owner, and waiting on them with a limit.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <utility>

#include "base/error.h"

namespace lanekeeper::till {

class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  ~Descriptor() { reset(); }
  void reset();
  [[nodiscard]] int get() const { return fd_; }
  explicit operator bool() const { return fd_ >= 0; }

 private:
  int fd_ = -1;
};

// Raised once, from any thread; every wait below returns at once afterwards.
class StopSignal {
 public:
  StopSignal();
  void raise() const;
  void lower() const;  // for a signal that only wakes
  [[nodiscard]] bool raised() const;
  [[nodiscard]] int fd() const { return event_.get(); }

 private:
  Descriptor event_;
};

using Milliseconds = std::chrono::milliseconds;

// device.timeout, device.stopped, device.error (the descriptor broke).
[[nodiscard]] Result<void> wait_writable(int fd, Milliseconds limit, const StopSignal& stop);
[[nodiscard]] Result<void> wait_readable(int fd, Milliseconds limit, const StopSignal& stop);

// Writes everything to a non-blocking descriptor; the limit counts anew with every progress.
[[nodiscard]] Result<void> write_all(int fd, std::string_view bytes, Milliseconds limit, const StopSignal& stop);

// The Error of an errno, by what it says about a printer.
[[nodiscard]] tl::unexpected<Error> device_failure(int error_number);

}  // namespace lanekeeper::till
