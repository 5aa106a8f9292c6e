// A printer behind a device file (/dev/usb/lp0), or an ordinary file that collects what was printed.

#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>

#include "peripherals/printer_port.h"

namespace lanekeeper::till {

namespace {

constexpr Milliseconds status_limit{400};
constexpr Milliseconds write_limit{10000};
constexpr mode_t new_file_mode = 0600;

class DevicePort final : public PrinterPort {
 public:
  explicit DevicePort(std::string path) : path_(std::move(path)) {}

  Result<void> open(const StopSignal& stop) override {
    if (!file_) {
      // What is missing under /dev is a device that is not plugged in, not a file to be made.
      const int create = path_.starts_with("/dev/") ? 0 : O_CREAT;
      constexpr int common = O_APPEND | O_CLOEXEC | O_NONBLOCK | O_NOCTTY;
      file_ = Descriptor(::open(path_.c_str(), O_RDWR | common | create, new_file_mode));
      talks_back_ = static_cast<bool>(file_);
      if (!file_) file_ = Descriptor(::open(path_.c_str(), O_WRONLY | common | create, new_file_mode));
      if (!file_) return device_failure(errno);
      struct stat info {};
      talks_back_ = talks_back_ && ::fstat(file_.get(), &info) == 0 && S_ISCHR(info.st_mode);
    }
    if (!talks_back_) return {};
    return ask_status(file_.get(), status_limit, stop, talks_back_);
  }

  Result<void> send(std::string_view bytes, const StopSignal& stop) override {
    return write_all(file_.get(), bytes, write_limit, stop);
  }

  void close() override { file_.reset(); }

 private:
  std::string path_;
  Descriptor file_;
  bool talks_back_ = false;
};

}  // namespace

std::unique_ptr<PrinterPort> make_device_port(std::string path) {
  return std::make_unique<DevicePort>(std::move(path));
}

}  // namespace lanekeeper::till
