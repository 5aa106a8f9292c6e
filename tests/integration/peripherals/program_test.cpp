// The program lanekeeper-devices: a device of its own process, commanded over its standard input.
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "eventually.h"
#include "peripherals/line_display.h"
#include "peripherals/scale.h"

namespace lanekeeper::till::test {
namespace {

using nlohmann::json;
using testing::eventually;

constexpr std::chrono::seconds patience{20};

class DevicesProgram {
 public:
  explicit DevicesProgram(std::vector<std::string> arguments) {
    std::array<int, 2> in{};
    std::array<int, 2> out{};
    EXPECT_EQ(::pipe2(in.data(), O_CLOEXEC), 0);
    EXPECT_EQ(::pipe2(out.data(), O_CLOEXEC), 0);
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, in[0], STDIN_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
    std::vector<char*> argv = {const_cast<char*>(LANEKEEPER_DEVICES_PROGRAM)};
    for (auto& argument : arguments) argv.push_back(argument.data());
    argv.push_back(nullptr);
    EXPECT_EQ(::posix_spawn(&pid_, LANEKEEPER_DEVICES_PROGRAM, &actions, nullptr, argv.data(), environ), 0);
    ::posix_spawn_file_actions_destroy(&actions);
    ::close(in[0]);
    ::close(out[1]);
    in_ = in[1];
    out_ = out[0];
  }
  ~DevicesProgram() {
    say("quit");
    int status = 0;
    ::waitpid(pid_, &status, 0);
    EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    ::close(in_);
    ::close(out_);
  }
  DevicesProgram(const DevicesProgram&) = delete;
  DevicesProgram& operator=(const DevicesProgram&) = delete;

  void say(const std::string& line) const {
    const auto bytes = line + "\n";
    EXPECT_EQ(::write(in_, bytes.data(), bytes.size()), static_cast<ssize_t>(bytes.size()));
  }
  // The next line in which the condition holds; null: none came.
  template <class Condition>
  json next(Condition&& condition) {
    const auto end = std::chrono::steady_clock::now() + patience;
    for (;;) {
      if (const auto line_end = pending_.find('\n'); line_end != std::string::npos) {
        const auto line = json::parse(pending_.substr(0, line_end));
        pending_.erase(0, line_end + 1);
        if (condition(line)) return line;
        continue;
      }
      pollfd ready{out_, POLLIN, 0};
      if (std::chrono::steady_clock::now() > end || ::poll(&ready, 1, 1000) < 0) return nullptr;
      std::array<char, 1024> buffer{};
      if (ready.revents == 0) continue;
      const auto got = ::read(out_, buffer.data(), buffer.size());
      if (got <= 0) return nullptr;
      pending_.append(buffer.data(), static_cast<std::size_t>(got));
    }
  }
  json event(const std::string& name) {
    return next([&](const json& line) { return line.value("event", "") == name; });
  }
  json answer() {
    return next([](const json& line) { return line.contains("ok"); });
  }

 private:
  pid_t pid_ = -1;
  int in_ = -1;
  int out_ = -1;
  std::string pending_;
};

TEST(DevicesProgram, AScaleUnderCommand) {
  const auto link = "/tmp/lanekeeper-program-scale-" + std::to_string(::getpid());
  DevicesProgram program({"scale", "--protocol", "cas", "--pty", link});
  ASSERT_EQ(program.event("ready")["pty"], link);
  program.say("weight 0.836");
  EXPECT_TRUE(program.answer()["ok"]);
  const auto scale = make_scale(ScaleAddress::parse("cas:" + link).value());
  scale->start();
  scale->set_live(true);
  EXPECT_TRUE(eventually([&] { return scale->reading().gross.milli() == 836; }, patience));
  program.say(R"({"command": "weight", "value": "1.5"})");
  EXPECT_EQ(program.answer()["grams"], 1500);
  EXPECT_TRUE(eventually([&] { return scale->reading().gross.milli() == 1500; }, patience));
  program.say("fault silent");
  EXPECT_EQ(program.answer()["fault"], "silent");
  EXPECT_TRUE(eventually([&] { return scale->reading().state == ScaleReading::State::absent; }, patience));
  program.say("weight of the world");
  EXPECT_FALSE(program.answer()["ok"]);
  program.say("{");
  EXPECT_FALSE(program.answer()["ok"]);
}

TEST(DevicesProgram, ADisplayTellsWhatItShows) {
  DevicesProgram program({"display", "--protocol", "led8", "--lamp", "binary", "--listen", "127.0.0.1:0"});
  const int port = program.event("ready").value("port", 0);
  ASSERT_GT(port, 0);
  const auto display = make_line_display(
      LineDisplayAddress::parse("led8:tcp://127.0.0.1:" + std::to_string(port) + ",lamp=binary").value());
  display->show({"", "", LineDisplay::Contents::Figure::total, Money::of_minor(125000)});
  const auto shown = program.next([](const json& line) { return line.value("number", "") == "1250.00"; });
  ASSERT_FALSE(shown.is_null());
  EXPECT_EQ(shown["lamp"], "total");
}

}  // namespace
}  // namespace lanekeeper::till::test
