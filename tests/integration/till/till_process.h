// The real program lanekeeper-till in a process of its own, driven as a script drives it.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <deque>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/json_codec.h"

namespace lanekeeper::till::test {

class TillProcess {
 public:
  struct Setup {
    std::vector<std::string> arguments;  // behind --data-dir and --language
    bool console = true;
    bool without_network = false;  // best effort: a network of its own without any way out
  };
  TillProcess(const std::filesystem::path& directory, Setup setup);
  ~TillProcess();  // kills it when it still runs
  TillProcess(const TillProcess&) = delete;
  TillProcess& operator=(const TillProcess&) = delete;

  // The answer to one console command; events in front of it are kept. Throws when none comes.
  json::Value ask(std::string_view line);
  // Whether such an event comes, or had come, since the last question for it.
  bool event(std::string_view name, std::chrono::milliseconds patience = std::chrono::seconds(20));

  void send_signal(int signal) const;
  // Waits for the end: the exit status, or minus the number of the signal that ended it. Throws when it does not end.
  int wait();
  int kill_hard();

 private:
  bool read_object(std::chrono::milliseconds patience);

  pid_t child_ = -1;
  int in_ = -1;
  int out_ = -1;
  std::string unread_;
  std::deque<json::Value> answers_;
  std::vector<json::Value> events_;
};

}  // namespace lanekeeper::till::test
