// A printer behind a device file (USB: /dev/usb/lp0, serial: /dev/ttyS0), or an ordinary file that collects what was
// printed. A device is ours alone: it is kept open, and what it says by itself is heard.

#include <fcntl.h>
#include <linux/lp.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <termios.h>

#include <cerrno>
#include <map>
#include <optional>

#include "peripherals/printer_line.h"
#include "peripherals/printer_port.h"

namespace lanekeeper::till {

namespace {

constexpr mode_t new_file_mode = 0600;

const std::map<int, speed_t>& baud_rates() {
  static const std::map<int, speed_t> rates = {{1200, B1200},   {2400, B2400},   {4800, B4800},   {9600, B9600},
                                               {19200, B19200}, {38400, B38400}, {57600, B57600}, {115200, B115200}};
  return rates;
}

Result<void> set_line(int fd, const SerialSettings& settings) {
  termios line{};
  if (::tcgetattr(fd, &line) != 0) return device_failure(errno);
  ::cfmakeraw(&line);
  line.c_cflag |= CLOCAL | CREAD;
  line.c_cflag &= ~static_cast<tcflag_t>(CSTOPB | CRTSCTS);
  if (settings.hardware_flow) line.c_cflag |= CRTSCTS;
  const speed_t speed = baud_rates().at(settings.baud);
  ::cfsetispeed(&line, speed);
  ::cfsetospeed(&line, speed);
  if (::tcsetattr(fd, TCSANOW, &line) != 0) return device_failure(errno);
  return {};
}

class DevicePort final : public PrinterPort {
 public:
  DevicePort(std::string path, std::optional<SerialSettings> serial) : path_(std::move(path)), serial_(serial) {}

  Result<void> open(const StopSignal& stop) override {
    const bool fresh = !file_;
    if (fresh) {
      if (auto opened = open_file(); !opened) {
        line_.was_away();
        return opened;
      }
    }
    if (!talks_back_) return {};
    if (auto said = said_by_the_kernel(); !said) return said;
    if (auto greeted = line_.greet(file_.get(), stop); !greeted) return greeted;
    return fresh ? line_.set_automatic_status(file_.get(), true, stop) : Result<void>{};
  }

  Result<void> send(std::string_view bytes, const StopSignal& stop) override {
    return line_.send(file_.get(), bytes, stop);
  }
  Result<void> confirm(const StopSignal& stop) override {
    if (!talks_back_) return {};
    if (auto said = said_by_the_kernel(); !said) return said;
    return line_.confirm(file_.get(), stop);
  }
  [[nodiscard]] bool confirms() const override { return talks_back_ && line_.confirms(); }
  [[nodiscard]] PrinterStatus status() const override { return line_.status(); }
  [[nodiscard]] bool stays_open() const override { return talks_back_; }
  Result<void> listen(Milliseconds limit, const StopSignal& wake) override {
    if (file_ && talks_back_) return line_.listen(file_.get(), limit, wake);
    return PrinterPort::listen(limit, wake);
  }
  void close() override { file_.reset(); }

 private:
  Result<void> open_file() {
    // What is missing under /dev is a device that is not plugged in, not a file to be made.
    const int create = path_.starts_with("/dev/") || serial_ ? 0 : O_CREAT;
    constexpr int common = O_APPEND | O_CLOEXEC | O_NONBLOCK | O_NOCTTY;
    Descriptor file(::open(path_.c_str(), O_RDWR | common | create, new_file_mode));
    bool readable = static_cast<bool>(file);
    if (!file) file = Descriptor(::open(path_.c_str(), O_WRONLY | common | create, new_file_mode));
    if (!file) return device_failure(errno);
    if (serial_) {
      if (auto set = set_line(file.get(), *serial_); !set) return set;
    }
    struct stat info {};
    readable = readable && ::fstat(file.get(), &info) == 0 && S_ISCHR(info.st_mode);
    file_ = std::move(file);
    talks_back_ = readable;
    line_.connected();
    return {};
  }

  // The printer's status lines, which also printers have that answer no question.
  Result<void> said_by_the_kernel() const {
    int status = 0;
    if (serial_ || ::ioctl(file_.get(), LPGETSTATUS, &status) != 0) return {};
    if ((status & LP_POUTPA) != 0) {
      return fail("device.paper_out", "The printer is out of paper. Put in a new roll.");
    }
    return {};
  }

  std::string path_;
  std::optional<SerialSettings> serial_;
  Descriptor file_;
  bool talks_back_ = false;
  PrinterLine line_{PrinterLine::End::keeps_silent, {}};
};

}  // namespace

bool is_baud_rate(int baud) {
  return baud_rates().contains(baud);
}

std::unique_ptr<PrinterPort> make_device_port(std::string path) {
  return std::make_unique<DevicePort>(std::move(path), std::nullopt);
}

std::unique_ptr<PrinterPort> make_serial_printer_port(std::string path, const SerialSettings& settings) {
  return std::make_unique<DevicePort>(std::move(path), settings);
}

}  // namespace lanekeeper::till
