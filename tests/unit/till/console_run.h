// The console as a script sees it: through pipes.
#pragma once

#include <fcntl.h>
#include <unistd.h>

#include <thread>

#include <gtest/gtest.h>

#include "console/console.h"
#include "fakes.h"

namespace lanekeeper::till::test {

class ConsoleRun {
 public:
  using Prepare = std::function<void(FakeTill&)>;
  explicit ConsoleRun(i18n::Language language = i18n::Language::en, Prepare prepare = {}) {
    int in[2];
    int out[2];
    if (::pipe2(in, O_CLOEXEC) != 0 || ::pipe2(out, O_CLOEXEC) != 0) throw std::runtime_error("pipe");
    write_fd_ = in[1];
    read_fd_ = out[0];
    thread_ = std::thread([this, language, prepare = std::move(prepare), in_fd = in[0], out_fd = out[1]] {
      const OpenTill open = [this, &prepare](Post post) -> Result<std::unique_ptr<Till>> {
        if (open_error) return fail(*open_error);
        auto till = std::make_unique<FakeTill>(post);
        post_ = std::move(post);
        till->simulated = true;
        till_ = till.get();
        if (prepare) {
          prepare(*till);
          till->open();
        }
        return till;
      };
      FaceOptions options;
      options.language = language;
      status_ = console::run_console(options, open, {in_fd, out_fd});
      ::close(in_fd);
      ::close(out_fd);
    });
  }
  ~ConsoleRun() {
    finish();
    ::close(read_fd_);
  }

  void send(std::string_view text) { ASSERT_EQ(::write(write_fd_, text.data(), text.size()), std::ssize(text)); }
  json::Value read() {
    while (unread_.find('\n') == std::string::npos) {
      char buffer[4096];
      const auto got = ::read(read_fd_, buffer, sizeof buffer);
      if (got <= 0) return nullptr;
      unread_.append(buffer, static_cast<std::size_t>(got));
    }
    const auto end = unread_.find('\n');
    auto value = json::Value::parse(unread_.substr(0, end));
    unread_.erase(0, end + 1);
    return value;
  }
  // The answer to one command; events in front of it go to `events`.
  json::Value ask(std::string_view line) {
    send(std::string(line) + "\n");
    for (;;) {
      json::Value value = read();
      if (!value.contains("event")) return value;
      events.push_back(std::move(value));
    }
  }
  void post(std::function<void(FakeTill&)> task) {
    post_([this, task = std::move(task)] { task(*till_); });
  }
  int finish() {
    if (write_fd_ >= 0) ::close(std::exchange(write_fd_, -1));
    if (thread_.joinable()) thread_.join();
    return status_;
  }

  std::vector<json::Value> events;
  std::optional<Error> open_error;

 private:
  int write_fd_ = -1;
  int read_fd_ = -1;
  std::string unread_;
  std::thread thread_;
  Post post_;
  FakeTill* till_ = nullptr;
  int status_ = -1;
};

}  // namespace lanekeeper::till::test
