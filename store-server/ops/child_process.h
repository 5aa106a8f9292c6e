// Starting other programs as another user, tied to our own life. POSIX; one thread at a time per object.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/error.h"

namespace lanekeeper::ops {

// A file descriptor with an owner.
class FileHandle {
 public:
  FileHandle() = default;
  explicit FileHandle(int fd) : fd_(fd) {}
  FileHandle(FileHandle&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  FileHandle& operator=(FileHandle&& other) noexcept;
  ~FileHandle() { reset(); }
  [[nodiscard]] int get() const { return fd_; }
  [[nodiscard]] bool is_open() const { return fd_ >= 0; }
  void reset();

 private:
  int fd_ = -1;
};

// A process by handle: it cannot become another one behind our back, as a number can. Not open: there is none.
[[nodiscard]] FileHandle process_handle(pid_t pid);
void signal_process(const FileHandle& process, int number);

// Whom a program runs as. switch_needed is false when that is who we are already.
struct ProcessIdentity {
  uid_t uid = 0;
  gid_t gid = 0;
  std::string name;
  bool switch_needed = false;
};

struct LaunchPlan {
  std::filesystem::path program;
  std::vector<std::string> arguments;  // without argv[0]
  ProcessIdentity identity;
  std::filesystem::path directory;  // working directory, entered as the identity; also its HOME and TMPDIR
  int lock = -1;                    // inherited open; the pid is written into it. -1: none
  int output = -1;                  // standard output and error; -1: /dev/null
};

// A running child. Every descriptor of ours but the lock and the output is closed in it, it has a session of its own (a
// Ctrl-C in our terminal is not for it) and gets SIGTERM when the thread that launched it ends.
class ChildProcess {
 public:
  // process.launch: the message tells the step and the reason.
  [[nodiscard]] static Result<ChildProcess> launch(const LaunchPlan& plan);
  ChildProcess(ChildProcess&&) = default;
  ChildProcess& operator=(ChildProcess&&) = default;

  [[nodiscard]] pid_t pid() const { return pid_; }
  [[nodiscard]] int poll_handle() const { return handle_.get(); }  // readable once the child has ended
  void signal(int number) const;
  // Reaps it when it has ended: true, and description() tells how.
  [[nodiscard]] bool has_ended();
  [[nodiscard]] bool wait_ms(std::int64_t timeout_ms);  // false: still running then
  [[nodiscard]] std::string description() const;        // "exit status 1", "signal 9"
  [[nodiscard]] bool succeeded() const;                 // ended with exit status 0

 private:
  ChildProcess(pid_t pid, FileHandle handle) : pid_(pid), handle_(std::move(handle)) {}
  pid_t pid_ = 0;
  FileHandle handle_;
  bool ended_ = false;
  int status_ = 0;
};

}  // namespace lanekeeper::ops
