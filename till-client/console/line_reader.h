// Reads lines from a descriptor on a thread of its own into a bounded queue.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

namespace lanekeeper::till::console {

class LineReader {
 public:
  static constexpr std::size_t max_waiting_lines = 256;  // then the writer at the other end has to wait

  struct Line {
    std::string text;  // without the line end; what came in front of it when the line was too long
    bool too_long = false;
  };

  // `arrived` runs on the reader's thread after each line and at the end of input; it must only wake somebody.
  LineReader(int fd, std::size_t max_bytes, std::function<void()> arrived);
  // Ends the thread, also in the middle of waiting for input.
  ~LineReader();
  LineReader(const LineReader&) = delete;
  LineReader& operator=(const LineReader&) = delete;

  [[nodiscard]] std::optional<Line> next();
  // Nothing more will come, and everything that came was taken.
  [[nodiscard]] bool finished() const;

 private:
  void read_all();
  void take(std::string_view bytes);
  void deliver(Line line);
  void end_line();

  const int fd_;
  const std::size_t max_bytes_;
  const std::function<void()> arrived_;
  int stop_event_ = -1;
  Line unfinished_;
  mutable std::mutex mutex_;
  std::condition_variable room_;
  std::deque<Line> lines_;
  bool ended_ = false;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace lanekeeper::till::console
