// A network printer's raw port. One connection serves the jobs that wait together; between them it is closed, because
// many printers take only one at a time and other tills may share them.

#include <linux/sockios.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include <cerrno>

#include "peripherals/printer_line.h"
#include "peripherals/printer_port.h"
#include "peripherals/tcp_connect.h"

namespace lanekeeper::till {

namespace {

constexpr Milliseconds connect_limit{3000};
constexpr Milliseconds write_limit{10000};
constexpr Milliseconds drain_step{20};

class TcpPort final : public PrinterPort {
 public:
  TcpPort(std::string host, std::uint16_t port) : host_(std::move(host)), port_(port) {}

  Result<void> open(const StopSignal& stop) override {
    if (!socket_) {
      if (auto connected = connect(stop); !connected) {
        line_.was_away();
        return connected;
      }
      line_.connected();
    }
    return line_.greet(socket_.get(), stop);
  }

  Result<void> send(std::string_view bytes, const StopSignal& stop) override {
    if (auto written = line_.send(socket_.get(), bytes, stop); !written) return written;
    if (line_.confirms()) return {};  // says more than the network does
    return wait_until_taken(stop);
  }

  Result<void> confirm(const StopSignal& stop) override { return line_.confirm(socket_.get(), stop); }
  [[nodiscard]] bool confirms() const override { return line_.confirms(); }
  [[nodiscard]] PrinterStatus status() const override { return line_.status(); }

  void close() override { socket_.reset(); }

 private:
  Result<void> connect(const StopSignal& stop) {
    auto connected = tcp_connect(host_, port_, connect_limit, stop);
    if (!connected) return fail(std::move(connected.error()));
    socket_ = std::move(*connected);
    return {};
  }

  // The bytes are only with the printer when its side acknowledged them: a connection that breaks before that means
  // that the receipt was not (wholly) printed.
  Result<void> wait_until_taken(const StopSignal& stop) const {
    const auto deadline = std::chrono::steady_clock::now() + write_limit;
    for (;;) {
      int unsent = 0;
      if (::ioctl(socket_.get(), SIOCOUTQ, &unsent) != 0) return device_failure(errno);
      int error = 0;
      socklen_t length = sizeof error;
      if (::getsockopt(socket_.get(), SOL_SOCKET, SO_ERROR, &error, &length) != 0 || error != 0) {
        return device_failure(error != 0 ? error : errno);
      }
      if (unsent == 0) return {};
      if (std::chrono::steady_clock::now() > deadline) {
        return fail("device.timeout", "The printer does not take the data. Check paper, cover and cable.");
      }
      // A printer may talk back (automatic status); reading it here only paces the loop.
      const auto readable = wait_readable(socket_.get(), drain_step, stop);
      if (!readable && readable.error().code != "device.timeout") return readable;
      if (readable) {
        char scratch[64];
        const auto got = ::recv(socket_.get(), scratch, sizeof scratch, 0);
        if (got == 0 && unsent > 0) return fail("device.error", "The printer closed the connection.");
      }
    }
  }

  std::string host_;
  std::uint16_t port_;
  Descriptor socket_;
  PrinterLine line_{PrinterLine::End::closes, {}};
};

}  // namespace

std::unique_ptr<PrinterPort> make_tcp_port(std::string host, std::uint16_t port) {
  return std::make_unique<TcpPort>(std::move(host), port);
}

}  // namespace lanekeeper::till
