#include "window_memory.h"

#include <fstream>
#include <string>

#include <spdlog/spdlog.h>

namespace lanekeeper::till {

namespace {

constexpr int designed_percent = 100;
constexpr const char* text_percent_name = "text_percent";

}  // namespace

int WindowMemory::text_percent() const {
  std::ifstream in(file_);
  std::string name;
  std::string equals;
  int value = 0;
  while (in >> name >> equals >> value) {
    if (name == text_percent_name && equals == "=") return value;
  }
  return designed_percent;
}

void WindowMemory::keep_text_percent(int percent) const {
  auto fresh = file_;
  fresh += ".new";
  std::ofstream out(fresh, std::ios::trunc);
  out << text_percent_name << " = " << percent << '\n';
  out.close();
  // What was kept before is better than half of something.
  std::error_code failed;
  if (out.fail()) {
    failed = std::make_error_code(std::errc::io_error);
  } else {
    std::filesystem::rename(fresh, file_, failed);
  }
  if (!failed) return;
  spdlog::warn("{} could not be written: {}", file_.string(), failed.message());
  std::filesystem::remove(fresh, failed);
}

}  // namespace lanekeeper::till
