#include "endpoint.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pty.h>
#include <sys/socket.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <stdexcept>

namespace lanekeeper::devices {

namespace {

constexpr std::size_t most_connections = 4;

[[noreturn]] void cannot(const std::string& what) {
  throw std::runtime_error("Cannot " + what + ": " + std::strerror(errno));
}

}  // namespace

void Endpoint::plug_in() {
  if (plugged_in()) return;
  if (options_.pty.empty()) {
    listen();
  } else {
    open_terminal();
  }
}

void Endpoint::pull() {
  for (const auto& fd : watched_) ::close(fd.fd);
  watched_.clear();
  if (terminal_end_ >= 0) {
    ::close(terminal_end_);
    std::error_code ignored;
    std::filesystem::remove(options_.pty, ignored);
  }
  listener_ = terminal_ = terminal_end_ = -1;
}

void Endpoint::open_terminal() {
  std::array<char, 128> name{};
  termios raw{};
  ::cfmakeraw(&raw);
  if (::openpty(&terminal_, &terminal_end_, nullptr, &raw, nullptr) != 0) cannot("make a terminal");
  if (::ttyname_r(terminal_end_, name.data(), name.size()) != 0) cannot("name the terminal");
  for (const int fd : {terminal_, terminal_end_}) ::fcntl(fd, F_SETFD, FD_CLOEXEC);
  ::fcntl(terminal_, F_SETFL, O_NONBLOCK);
  // Renamed into place: the link is never there without a terminal behind it.
  const auto fresh = options_.pty.string() + ".new";
  std::error_code error;
  std::filesystem::remove(fresh, error);
  if (::symlink(name.data(), fresh.c_str()) != 0) cannot("make the link " + fresh);
  std::filesystem::rename(fresh, options_.pty);
  watched_ = {{terminal_, POLLIN, 0}};
}

void Endpoint::listen() {
  listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  const int yes = 1;
  ::setsockopt(listener_, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(options_.port));
  socklen_t length = sizeof address;
  auto* const generic = reinterpret_cast<sockaddr*>(&address);
  if (::inet_pton(AF_INET, options_.host.c_str(), &address.sin_addr) != 1 || ::bind(listener_, generic, length) != 0 ||
      ::listen(listener_, 4) != 0 || ::getsockname(listener_, generic, &length) != 0) {
    ::close(listener_);
    cannot("listen on " + options_.host + ":" + std::to_string(options_.port));
  }
  options_.port = ntohs(address.sin_port);
  watched_ = {{listener_, POLLIN, 0}};
}

void Endpoint::accept() {
  const int socket = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK);
  if (socket < 0) return;
  if (watched_.size() > most_connections) {
    ::close(socket);
    return;
  }
  const int yes = 1;
  ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  watched_.push_back({socket, POLLIN, 0});
}

std::string Endpoint::take(const std::vector<pollfd>& polled) {
  std::string bytes;
  for (const auto& ready : polled) {
    if (ready.revents == 0) continue;
    if (ready.fd == listener_) {
      accept();
      continue;
    }
    std::array<char, 4096> buffer{};
    const auto got = ::read(ready.fd, buffer.data(), buffer.size());
    if (got > 0) bytes.append(buffer.data(), static_cast<std::size_t>(got));
    if (got > 0 || ready.fd == terminal_ || (got < 0 && errno == EAGAIN)) continue;
    ::close(ready.fd);
    std::erase_if(watched_, [&](const pollfd& fd) { return fd.fd == ready.fd; });
  }
  return bytes;
}

void Endpoint::send(std::string_view bytes) {
  for (const auto& peer : watched_) {
    if (peer.fd == listener_) continue;
    auto sent = ::send(peer.fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent < 0 && errno == ENOTSOCK) sent = ::write(peer.fd, bytes.data(), bytes.size());
  }
}

}  // namespace lanekeeper::devices
