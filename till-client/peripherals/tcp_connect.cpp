#include "peripherals/tcp_connect.h"

#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstring>
#include <memory>

namespace lanekeeper::till {

namespace {

tl::unexpected<Error> unreachable(const char* reason) {
  return fail("device.absent", "The device cannot be reached. Check power and cable.", {{"reason", reason}});
}

// The kernel probes an idle connection, so that a serial server that lost its power is noticed.
void probe_when_idle(int fd) {
  const int on = 1;
  const int idle_s = 10;
  const int interval_s = 5;
  const int probes = 3;
  ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  ::setsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof on);
  ::setsockopt(fd, IPPROTO_TCP, TCP_KEEPIDLE, &idle_s, sizeof idle_s);
  ::setsockopt(fd, IPPROTO_TCP, TCP_KEEPINTVL, &interval_s, sizeof interval_s);
  ::setsockopt(fd, IPPROTO_TCP, TCP_KEEPCNT, &probes, sizeof probes);
}

int error_of(int fd) {
  int error = 0;
  socklen_t length = sizeof error;
  if (::getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &length) != 0) return errno;
  return error;
}

Result<Descriptor> connect_to(const addrinfo& address, Milliseconds limit, const StopSignal& stop) {
  Descriptor socket(::socket(address.ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, address.ai_protocol));
  if (!socket) return unreachable(std::strerror(errno));
  probe_when_idle(socket.get());
  if (::connect(socket.get(), address.ai_addr, address.ai_addrlen) == 0) return socket;
  if (errno != EINPROGRESS) return unreachable(std::strerror(errno));
  if (auto ready = wait_writable(socket.get(), limit, stop); !ready && ready.error().code == "device.stopped") {
    return fail(std::move(ready.error()));
  } else if (!ready) {
    const int error = error_of(socket.get());
    return unreachable(std::strerror(error != 0 ? error : ETIMEDOUT));
  }
  if (const int error = error_of(socket.get()); error != 0) return unreachable(std::strerror(error));
  return socket;
}

}  // namespace

Result<Descriptor> tcp_connect(const std::string& host, std::uint16_t port, Milliseconds limit,
                               const StopSignal& stop) {
  addrinfo hints{};
  hints.ai_family = AF_UNSPEC;
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  if (const int error = ::getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &found); error != 0) {
    return unreachable(::gai_strerror(error));
  }
  const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> addresses(found, ::freeaddrinfo);
  Result<Descriptor> last = unreachable("no address");
  for (const auto* address = addresses.get(); address != nullptr; address = address->ai_next) {
    last = connect_to(*address, limit, stop);
    if (last || last.error().code == "device.stopped") break;
  }
  return last;
}

}  // namespace lanekeeper::till
