// A folder in place of a printer: one file per job, complete or not there.

#include <charconv>
#include <filesystem>
#include <fstream>

#include <fmt/format.h>

#include "peripherals/printer_port.h"

namespace lanekeeper::till {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view pulse_start = "\x1bp";

std::int64_t number_in(const std::string& name) {
  const auto dash = name.find('-');
  std::int64_t number = 0;
  if (dash != std::string::npos) std::from_chars(name.data() + dash + 1, name.data() + name.size(), number);
  return number;
}

class DirectoryPort final : public PrinterPort {
 public:
  explicit DirectoryPort(std::string path) : path_(std::move(path)) {}

  Result<void> open(const StopSignal&) override {
    std::error_code error;
    fs::create_directories(path_, error);
    if (error) return device_failure(error.value());
    if (next_ > 0) return {};
    next_ = 1;
    for (fs::directory_iterator entry(path_, error), end; !error && entry != end; entry.increment(error)) {
      next_ = std::max(next_, number_in(entry->path().filename().string()) + 1);
    }
    if (error) return device_failure(error.value());
    return {};
  }

  Result<void> send(std::string_view bytes, const StopSignal&) override {
    const auto kind = bytes.starts_with(pulse_start) ? "drawer" : "receipt";
    const fs::path target = path_ / fmt::format("{}-{:06}.bin", kind, next_);
    const fs::path unfinished = path_ / ".unfinished";
    std::ofstream file(unfinished, std::ios::binary | std::ios::trunc);
    file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    file.close();
    if (!file) return device_failure(errno);
    std::error_code error;
    fs::rename(unfinished, target, error);
    if (error) return device_failure(error.value());
    ++next_;
    return {};
  }

  void close() override {}

 private:
  fs::path path_;
  std::int64_t next_ = 0;
};

}  // namespace

std::unique_ptr<PrinterPort> make_directory_port(std::string path) {
  return std::make_unique<DirectoryPort>(std::move(path));
}

}  // namespace lanekeeper::till
