#include "console/line_reader.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "base/error.h"

namespace lanekeeper::till::console {

LineReader::LineReader(int fd, std::size_t max_bytes, std::function<void()> arrived)
    : fd_(fd), max_bytes_(max_bytes), arrived_(std::move(arrived)), stop_event_(::eventfd(0, EFD_CLOEXEC)) {
  if (stop_event_ < 0) throw Fault("console.eventfd", std::strerror(errno));
  thread_ = std::thread([this] { read_all(); });
}

LineReader::~LineReader() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    room_.notify_all();
  }
  const std::uint64_t one = 1;
  (void)!::write(stop_event_, &one, sizeof one);
  thread_.join();
  ::close(stop_event_);
}

std::optional<LineReader::Line> LineReader::next() {
  const std::lock_guard lock(mutex_);
  if (lines_.empty()) return std::nullopt;
  Line line = std::move(lines_.front());
  lines_.pop_front();
  room_.notify_all();
  return line;
}

bool LineReader::finished() const {
  const std::lock_guard lock(mutex_);
  return ended_ && lines_.empty();
}

void LineReader::deliver(Line line) {
  {
    std::unique_lock lock(mutex_);
    room_.wait(lock, [this] { return stopping_ || lines_.size() < max_waiting_lines; });
    if (stopping_) return;
    lines_.push_back(std::move(line));
  }
  arrived_();
}

void LineReader::end_line() {
  if (!unfinished_.text.empty() && unfinished_.text.back() == '\r') unfinished_.text.pop_back();
  deliver(std::move(unfinished_));
  unfinished_ = {};
}

void LineReader::take(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto newline = bytes.find('\n');
    const auto part = bytes.substr(0, newline);
    const auto room = max_bytes_ - unfinished_.text.size();
    unfinished_.text.append(part.substr(0, room));
    if (part.size() > room) unfinished_.too_long = true;
    if (newline == std::string_view::npos) return;
    end_line();
    bytes.remove_prefix(newline + 1);
  }
}

void LineReader::read_all() {
  std::string buffer(16 * 1024, '\0');
  for (;;) {
    pollfd watched[] = {{fd_, POLLIN, 0}, {stop_event_, POLLIN, 0}};
    if (::poll(watched, 2, -1) < 0 && errno != EINTR) break;
    if (watched[1].revents != 0) break;
    if (watched[0].revents == 0) continue;
    const auto got = ::read(fd_, buffer.data(), buffer.size());
    if (got < 0 && (errno == EINTR || errno == EAGAIN)) continue;
    if (got <= 0) break;
    take({buffer.data(), static_cast<std::size_t>(got)});
  }
  // A last line without its end is a command too.
  if (!unfinished_.text.empty() || unfinished_.too_long) end_line();
  {
    const std::lock_guard lock(mutex_);
    ended_ = true;
  }
  arrived_();
}

}  // namespace lanekeeper::till::console
