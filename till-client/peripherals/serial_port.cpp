#include "peripherals/serial_port.h"

#include <fcntl.h>
#include <poll.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <map>

#include "peripherals/tcp_connect.h"

namespace lanekeeper::till {

namespace {

constexpr Milliseconds connect_limit{2000};
constexpr std::size_t chunk_bytes = 512;

tl::unexpected<Error> absent(const char* reason) {
  return fail("device.absent", "The device cannot be reached. Check power and cable.", {{"reason", reason}});
}

speed_t speed_of(int baud) {
  static const std::map<int, speed_t> speeds = {{1200, B1200},   {2400, B2400},   {4800, B4800},   {9600, B9600},
                                                {19200, B19200}, {38400, B38400}, {57600, B57600}, {115200, B115200}};
  return speeds.at(baud);
}

// Raw bytes, no flow control; a byte with wrong parity arrives as NUL, which no protocol here contains.
bool set_up(int fd, const SerialSettings& settings) {
  termios line{};
  if (::tcgetattr(fd, &line) != 0) return false;
  ::cfmakeraw(&line);
  line.c_cflag &= ~static_cast<tcflag_t>(CSIZE | PARENB | PARODD | CSTOPB | CRTSCTS);
  line.c_cflag |= CLOCAL | CREAD | (settings.data_bits == 7 ? CS7 : CS8);
  if (settings.parity != SerialSettings::Parity::none) line.c_cflag |= PARENB;
  if (settings.parity == SerialSettings::Parity::odd) line.c_cflag |= PARODD;
  if (settings.parity != SerialSettings::Parity::none) line.c_iflag |= INPCK;
  if (settings.stop_bits == 2) line.c_cflag |= CSTOPB;
  line.c_cc[VMIN] = 1;
  line.c_cc[VTIME] = 0;
  const auto speed = speed_of(settings.baud);
  if (::cfsetispeed(&line, speed) != 0 || ::cfsetospeed(&line, speed) != 0) return false;
  // Pseudo terminals and many USB devices know neither parity nor seven bits, which does not hurt; where nothing else
  // was left to change, that comes back as EINVAL.
  if (::tcsetattr(fd, TCSANOW, &line) != 0 && errno != EINVAL) return false;
  return ::tcflush(fd, TCIOFLUSH) == 0;
}

}  // namespace

Result<void> SerialPort::open(const StopSignal& stop) {
  if (fd_) return {};
  if (address_.path.empty()) {
    auto connected = tcp_connect(address_.host, address_.port, connect_limit, stop);
    if (!connected) return fail(std::move(connected.error()));
    fd_ = std::move(*connected);
    return {};
  }
  Descriptor fd(::open(address_.path.c_str(), O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC));
  if (!fd) return absent(std::strerror(errno));
  if (::isatty(fd.get()) != 0 && !set_up(fd.get(), address_.settings)) return absent(std::strerror(errno));
  fd_ = std::move(fd);
  return {};
}

Result<void> SerialPort::lost(Error error) {
  if (error.code != "device.timeout" && error.code != "device.stopped") close();
  return fail(std::move(error));
}

Result<void> SerialPort::write(std::string_view bytes, Milliseconds limit, const StopSignal& stop) {
  if (!fd_) return absent("closed");
  auto written = write_all(fd_.get(), bytes, limit, stop);
  if (!written) return lost(std::move(written.error()));
  return {};
}

Result<std::string> SerialPort::read(Milliseconds limit, const StopSignal& stop) {
  if (!fd_) return absent("closed");
  for (;;) {
    if (auto ready = wait_readable(fd_.get(), limit, stop); !ready) {
      return fail(lost(std::move(ready.error())).error());
    }
    std::array<char, chunk_bytes> buffer{};
    const auto got = ::read(fd_.get(), buffer.data(), buffer.size());
    if (got > 0) return std::string(buffer.data(), static_cast<std::size_t>(got));
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) continue;
    close();
    return absent(got == 0 ? "closed by the other side" : std::strerror(errno));
  }
}

bool SerialPort::still_there() {
  // Bounded: a device that never stops talking is there.
  constexpr int most_chunks = 64;
  for (int chunk = 0; fd_ && chunk < most_chunks; ++chunk) {
    pollfd watched{fd_.get(), POLLIN, 0};
    if (::poll(&watched, 1, 0) <= 0) return true;
    std::array<char, chunk_bytes> buffer{};
    const auto got = (watched.revents & POLLIN) != 0 ? ::read(fd_.get(), buffer.data(), buffer.size()) : 0;
    if (got == 0 || (got < 0 && errno != EAGAIN && errno != EINTR)) close();
  }
  return static_cast<bool>(fd_);
}

}  // namespace lanekeeper::till
