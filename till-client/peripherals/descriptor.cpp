#include "peripherals/descriptor.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstring>

namespace lanekeeper::till {

namespace {

using SteadyClock = std::chrono::steady_clock;

Result<void> wait_for(int fd, short events, Milliseconds limit, const StopSignal& stop) {
  const auto deadline = SteadyClock::now() + limit;
  for (;;) {
    const auto left = std::chrono::duration_cast<Milliseconds>(deadline - SteadyClock::now()).count();
    pollfd watched[] = {{fd, events, 0}, {stop.fd(), POLLIN, 0}};
    const int ready = ::poll(watched, 2, static_cast<int>(std::max<std::int64_t>(left, 0)));
    if (ready < 0 && errno != EINTR) return device_failure(errno);
    if (ready > 0) {
      if (watched[1].revents != 0) return fail("device.stopped", "The till is closing.");
      if ((watched[0].revents & events) != 0) return {};
      if (watched[0].revents != 0) return fail("device.error", "The connection to the printer broke.");
    }
    if (left <= 0) return fail("device.timeout", "The printer does not take the data. Check paper, cover and cable.");
  }
}

}  // namespace

void Descriptor::reset() {
  if (fd_ >= 0) ::close(std::exchange(fd_, -1));
}

StopSignal::StopSignal() : event_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  if (!event_) throw Fault("device.eventfd", std::strerror(errno));
}

void StopSignal::raise() const {
  const std::uint64_t one = 1;
  (void)!::write(event_.get(), &one, sizeof one);
}

void StopSignal::lower() const {
  std::uint64_t count = 0;
  (void)!::read(event_.get(), &count, sizeof count);
}

bool StopSignal::raised() const {
  pollfd watched{event_.get(), POLLIN, 0};
  return ::poll(&watched, 1, 0) > 0;
}

tl::unexpected<Error> device_failure(int error_number) {
  const std::string reason = std::strerror(error_number);
  switch (error_number) {
    case ENOSPC:  // what the kernel's printer driver says when the paper is out
      return fail("device.paper_out", "The printer is out of paper. Put in a new roll.", {{"reason", reason}});
    case ENOENT:
    case ENODEV:
    case ENXIO:
    case ECONNREFUSED:
    case EHOSTUNREACH:
    case ENETUNREACH:
    case ETIMEDOUT:
      return fail("device.absent", "The printer cannot be reached. Check power and cable.", {{"reason", reason}});
    default:
      return fail("device.error", "The printer reports an error. Switch it off and on again.", {{"reason", reason}});
  }
}

Result<void> wait_writable(int fd, Milliseconds limit, const StopSignal& stop) {
  return wait_for(fd, POLLOUT, limit, stop);
}

Result<void> wait_readable(int fd, Milliseconds limit, const StopSignal& stop) {
  return wait_for(fd, POLLIN, limit, stop);
}

Result<void> write_all(int fd, std::string_view bytes, Milliseconds limit, const StopSignal& stop) {
  while (!bytes.empty()) {
    if (auto ready = wait_writable(fd, limit, stop); !ready) return ready;
    // send() first: a peer that has gone must not raise SIGPIPE.
    auto written = ::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (written < 0 && errno == ENOTSOCK) written = ::write(fd, bytes.data(), bytes.size());
    if (written < 0) {
      if (errno == EAGAIN || errno == EINTR) continue;
      return device_failure(errno);
    }
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return {};
}

}  // namespace lanekeeper::till
