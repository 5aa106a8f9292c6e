#include "till_process.h"

#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <stdexcept>

namespace lanekeeper::till::test {

namespace {

using std::chrono::steady_clock;

constexpr std::chrono::milliseconds answer_patience{30'000};
constexpr std::chrono::milliseconds end_patience{15'000};

std::chrono::milliseconds left_until(steady_clock::time_point deadline) {
  return std::max(std::chrono::milliseconds(0),
                  std::chrono::duration_cast<std::chrono::milliseconds>(deadline - steady_clock::now()));
}

[[noreturn]] void run_program(const std::filesystem::path& directory, const TillProcess::Setup& setup) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  std::vector<std::string> words{LANEKEEPER_TILL_PROGRAM, "--data-dir", directory.string(), "--language", "en"};
  if (setup.console) words.emplace_back("--console");
  words.insert(words.end(), setup.arguments.begin(), setup.arguments.end());
  std::vector<char*> arguments;
  for (auto& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  if (setup.without_network) (void)::unshare(CLONE_NEWUSER | CLONE_NEWNET);
  ::execv(arguments.front(), arguments.data());
  ::_exit(127);
}

}  // namespace

TillProcess::TillProcess(const std::filesystem::path& directory, Setup setup) {
  std::array<int, 2> in{};
  std::array<int, 2> out{};
  if (::pipe2(in.data(), O_CLOEXEC) != 0 || ::pipe2(out.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipes");
  child_ = ::fork();
  if (child_ == 0) {
    ::dup2(in[0], STDIN_FILENO);
    ::dup2(out[1], STDOUT_FILENO);
    run_program(directory, setup);
  }
  ::close(in[0]);
  ::close(out[1]);
  in_ = in[1];
  out_ = out[0];
  if (child_ < 0) throw std::runtime_error("no process");
}

TillProcess::~TillProcess() {
  if (child_ > 0) {
    ::kill(child_, SIGKILL);
    ::waitpid(child_, nullptr, 0);
  }
  ::close(in_);
  ::close(out_);
}

json::Value TillProcess::ask(std::string_view line) {
  const std::string text = std::string(line) + "\n";
  if (::write(in_, text.data(), text.size()) != static_cast<ssize_t>(text.size())) {
    throw std::runtime_error("the till does not listen");
  }
  const auto deadline = steady_clock::now() + answer_patience;
  while (answers_.empty()) {
    if (!read_object(left_until(deadline))) throw std::runtime_error("no answer to: " + std::string(line));
  }
  auto answer = std::move(answers_.front());
  answers_.pop_front();
  return answer;
}

bool TillProcess::event(std::string_view name, std::chrono::milliseconds patience) {
  const auto deadline = steady_clock::now() + patience;
  for (;;) {
    const auto found = std::find_if(events_.begin(), events_.end(), [&](const auto& e) { return e["event"] == name; });
    if (found != events_.end()) {
      events_.erase(found);
      return true;
    }
    if (!read_object(left_until(deadline))) return false;
  }
}

// Reads until one more object has come; false when none comes in time.
bool TillProcess::read_object(std::chrono::milliseconds patience) {
  const auto deadline = steady_clock::now() + patience;
  for (;;) {
    if (const auto end = unread_.find('\n'); end != std::string::npos) {
      auto value = json::Value::parse(unread_.substr(0, end));
      unread_.erase(0, end + 1);
      if (value.contains("event")) {
        events_.push_back(std::move(value));
      } else {
        answers_.push_back(std::move(value));
      }
      return true;
    }
    pollfd readable{out_, POLLIN, 0};
    if (::poll(&readable, 1, static_cast<int>(left_until(deadline).count())) <= 0) return false;
    std::array<char, 4096> buffer{};
    const auto got = ::read(out_, buffer.data(), buffer.size());
    if (got <= 0) return false;
    unread_.append(buffer.data(), static_cast<std::size_t>(got));
  }
}

void TillProcess::send_signal(int signal) const {
  ::kill(child_, signal);
}

int TillProcess::wait() {
  // The end of its output is the end of the program: nobody else has that pipe.
  const auto deadline = steady_clock::now() + end_patience;
  std::array<char, 4096> buffer{};
  ssize_t got = 1;
  while (got > 0) {
    pollfd readable{out_, POLLIN, 0};
    if (::poll(&readable, 1, static_cast<int>(left_until(deadline).count())) <= 0) {
      throw std::runtime_error("the till does not end");
    }
    got = ::read(out_, buffer.data(), buffer.size());
  }
  int status = 0;
  ::waitpid(std::exchange(child_, -1), &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

int TillProcess::kill_hard() {
  send_signal(SIGKILL);
  return wait();
}

}  // namespace lanekeeper::till::test
