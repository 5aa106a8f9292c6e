#include "console/console.h"

#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>

#include <spdlog/spdlog.h>

#include "console/answers.h"
#include "console/line_reader.h"
#include "console/session.h"

namespace lanekeeper::till::console {

namespace {

using Clock = std::chrono::steady_clock;
using json::Value;

// Longest sleep while waiting for a condition: what has no event of its own is looked at this often.
constexpr std::chrono::milliseconds look_again{100};
constexpr std::chrono::milliseconds idle_look{500};

// What other threads want done on this one. Shared with them, so that a late one finds it alive.
class TaskQueue {
 public:
  void post(std::function<void()> task) {
    const std::lock_guard lock(mutex_);
    tasks_.push_back(std::move(task));
    wake_.notify_all();
  }
  void nudge() {
    const std::lock_guard lock(mutex_);
    nudged_ = true;
    wake_.notify_all();
  }
  void stop() {
    stopping_ = true;
    nudge();
  }
  [[nodiscard]] bool stopping() const { return stopping_; }
  // Runs what has come; waits at most so long for something to come.
  void run(std::chrono::milliseconds patience) {
    std::deque<std::function<void()>> tasks;
    {
      std::unique_lock lock(mutex_);
      wake_.wait_for(lock, patience, [this] { return nudged_ || !tasks_.empty(); });
      nudged_ = false;
      tasks.swap(tasks_);
    }
    for (const auto& task : tasks) task();
  }

 private:
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::function<void()>> tasks_;
  bool nudged_ = false;
  std::atomic<bool> stopping_ = false;
};

class Output {
 public:
  explicit Output(int fd) : fd_(fd) {}
  void print(const Value& value) {
    std::string line = value.dump(-1, ' ', false, Value::error_handler_t::replace);
    line += '\n';
    std::string_view rest = line;
    while (!rest.empty() && !broken_) {
      const auto written = ::write(fd_, rest.data(), rest.size());
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) {
        broken_ = true;
      } else {
        rest.remove_prefix(static_cast<std::size_t>(written));
      }
    }
  }
  [[nodiscard]] bool broken() const { return broken_; }

 private:
  int fd_;
  bool broken_ = false;
};

// The main loop: one command at a time, tasks between them, and while a command waits.
class Console {
 public:
  Console(Till& till, i18n::Language language, TaskQueue& tasks, LineReader& lines, Output& output)
      : session_(till, language), tasks_(tasks), lines_(lines), output_(output) {
    till.lane().on_event([this](const LaneEvent& event) {
      output_.print(session_.event(event));
      if (event.kind != LaneEvent::Kind::scanned) return;
      tasks_.post([this, data = event.text] { output_.print(session_.scanned(data)); });
    });
  }

  int run() {
    while (!session_.quitting() && !output_.broken() && !tasks_.stopping()) {
      tasks_.run(pending_ ? look_again : patience_);
      patience_ = idle_look;
      if (pending_) {
        look_at_pending();
      } else if (auto line = lines_.next()) {
        carry_out(*line);
        patience_ = {};  // the next line may be there already
      } else if (lines_.finished()) {
        break;
      }
    }
    return output_.broken() ? 1 : 0;
  }

 private:
  void carry_out(const LineReader::Line& line) {
    Reply reply = line.too_long ? Reply(session_.too_long()) : session_.execute(line.text);
    if (auto* answer = std::get_if<Value>(&reply)) {
      output_.print(*answer);
      return;
    }
    pending_ = std::move(std::get<Pending>(reply));
    deadline_ = Clock::now() + std::chrono::seconds(pending_->seconds);
    look_at_pending();
  }

  void look_at_pending() {
    auto answer = pending_->answer();
    if (!answer && Clock::now() >= deadline_) answer = pending_->late();
    if (!answer) return;
    output_.print(*answer);
    pending_.reset();
    patience_ = {};
  }

  Session session_;
  TaskQueue& tasks_;
  LineReader& lines_;
  Output& output_;
  std::optional<Pending> pending_;
  Clock::time_point deadline_;
  std::chrono::milliseconds patience_{idle_look};
};

}  // namespace

int run_console(const FaceOptions& options, const OpenTill& open, Streams streams) {
  const auto tasks = std::make_shared<TaskQueue>();
  Output output(streams.out);
  auto till = open([tasks](std::function<void()> task) { tasks->post(std::move(task)); });
  if (!till) {
    spdlog::error("the till could not be opened: {} {}", till.error().code, till.error().message);
    output.print(error_answer(till.error(), i18n::Texts(options.language)));
    return 1;
  }
  LineReader lines(streams.in, max_line_bytes, [tasks] { tasks->nudge(); });
  Console console(**till, options.language, *tasks, lines, output);
  if (options.on_stop) options.on_stop([tasks] { tasks->stop(); });
  (*till)->start();
  const int status = console.run();
  if (options.on_stop) options.on_stop({});
  till->reset();
  return status;
}

}  // namespace lanekeeper::till::console
