// What the window of this till remembers from one start to the next. Part of the program, as main.cpp is.
#pragma once

#include <filesystem>

namespace lanekeeper::till {

// Kept in window.conf beside the journal, one `name = value` a line. What cannot be read counts as never set, what
// cannot be written is only logged: a till sells whatever the size of its texts.
class WindowMemory {
 public:
  explicit WindowMemory(const std::filesystem::path& data_directory) : file_(data_directory / "window.conf") {}
  [[nodiscard]] int text_percent() const;  // 100 where nothing is kept
  void keep_text_percent(int percent) const;

 private:
  std::filesystem::path file_;
};

}  // namespace lanekeeper::till
