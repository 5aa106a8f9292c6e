#include "peripherals/scan_source.h"

#include <fcntl.h>
#include <linux/input.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "peripherals/key_decoder.h"
#include "peripherals/serial_port.h"

namespace lanekeeper::till {

namespace {

class SerialSource final : public ScanSource {
 public:
  explicit SerialSource(const SerialAddress& address) : port_(address) {}
  Result<void> open(const StopSignal& stop) override { return port_.open(stop); }
  Result<Chunk> read(Milliseconds limit, const StopSignal& stop) override {
    auto bytes = port_.read(limit, stop);
    if (!bytes) return fail(std::move(bytes.error()));
    return Chunk{std::move(*bytes), false};
  }

 private:
  SerialPort port_;
};

tl::unexpected<Error> absent(const char* reason) {
  return fail("device.absent", "The scanner cannot be reached. Check its cable.", {{"reason", reason}});
}

class EvdevSource final : public ScanSource {
 public:
  explicit EvdevSource(std::string path) : path_(std::move(path)) {}

  Result<void> open(const StopSignal&) override {
    if (file_) return {};
    struct stat info {};
    if (::stat(path_.c_str(), &info) != 0) return absent(std::strerror(errno));
    // A pipe is opened for writing too: it then has no end when its writer changes.
    const int mode = S_ISFIFO(info.st_mode) ? O_RDWR : O_RDONLY;
    Descriptor file(::open(path_.c_str(), mode | O_NONBLOCK | O_CLOEXEC));
    if (!file) return absent(std::strerror(errno));
    if (S_ISCHR(info.st_mode) && ::ioctl(file.get(), EVIOCGRAB, 1) != 0) return absent(std::strerror(errno));
    file_ = std::move(file);
    keys_.reset();
    rest_.clear();
    return {};
  }

  Result<Chunk> read(Milliseconds limit, const StopSignal& stop) override {
    if (!file_) return absent("closed");
    if (auto ready = wait_readable(file_.get(), limit, stop); !ready) {
      if (ready.error().code == "device.error") file_.reset();
      return fail(std::move(ready.error()));
    }
    std::array<char, 64 * sizeof(input_event)> buffer{};
    const auto got = ::read(file_.get(), buffer.data(), buffer.size());
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) return Chunk{};
    if (got <= 0) {
      file_.reset();
      return absent(got == 0 ? "closed" : std::strerror(errno));
    }
    rest_.append(buffer.data(), static_cast<std::size_t>(got));
    return decode();
  }

 private:
  Chunk decode() {
    Chunk chunk;
    std::size_t at = 0;
    for (; rest_.size() - at >= sizeof(input_event); at += sizeof(input_event)) {
      input_event event{};
      std::memcpy(&event, rest_.data() + at, sizeof event);
      if (event.type == EV_SYN && event.code == SYN_DROPPED) {
        keys_.reset();
        chunk = {{}, true};
      } else if (event.type == EV_KEY) {
        if (const auto c = keys_.key(event.code, event.value)) chunk.characters += *c;
      }
    }
    rest_.erase(0, at);
    return chunk;
  }

  std::string path_;
  Descriptor file_;
  KeyDecoder keys_;
  std::string rest_;  // of an event that came in two pieces
};

}  // namespace

std::unique_ptr<ScanSource> make_serial_source(const SerialAddress& address) {
  return std::make_unique<SerialSource>(address);
}
std::unique_ptr<ScanSource> make_evdev_source(std::string path) {
  return std::make_unique<EvdevSource>(std::move(path));
}

}  // namespace lanekeeper::till
