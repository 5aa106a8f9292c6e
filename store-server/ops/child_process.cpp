#include "ops/child_process.h"

#include <fcntl.h>
#include <grp.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <system_error>

namespace lanekeeper::ops {
namespace {

enum class Step : int { death_signal, descriptors, groups, group, user, directory, execute };
constexpr std::array<const char*, 7> step_names = {"tie it to our life", "arrange its files", "drop our groups",
                                                   "take its group",     "take its user",     "enter its directory",
                                                   "execute it"};

struct LaunchFailure {
  int step = 0;
  int error = 0;
};

// Everything the child needs, made before the fork: between fork and exec nothing may allocate.
struct Prepared {
  std::vector<std::string> texts;
  std::vector<char*> argv;
  std::vector<char*> envp;
};

Prepared prepare(const LaunchPlan& plan) {
  Prepared out;
  const std::size_t argument_count = plan.arguments.size() + 1;
  out.texts.push_back(plan.program.string());
  out.texts.insert(out.texts.end(), plan.arguments.begin(), plan.arguments.end());
  out.texts.emplace_back("PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
  out.texts.emplace_back("LC_ALL=C");
  out.texts.push_back("HOME=" + plan.directory.string());
  out.texts.push_back("TMPDIR=" + plan.directory.string());
  for (std::size_t i = 0; i < out.texts.size(); ++i) {
    (i < argument_count ? out.argv : out.envp).push_back(out.texts[i].data());
  }
  out.argv.push_back(nullptr);
  out.envp.push_back(nullptr);
  return out;
}

void write_own_pid(int fd) {
  std::array<char, 24> text{};
  std::size_t at = text.size();
  text[--at] = '\n';
  for (long pid = ::getpid(); pid > 0; pid /= 10) text[--at] = static_cast<char>('0' + pid % 10);
  if (::ftruncate(fd, 0) == 0) {
    // Without the pid the next owner waits for the lock instead of ending the process: slower, not wrong.
    [[maybe_unused]] const auto written = ::pwrite(fd, text.data() + at, text.size() - at, 0);
  }
}

[[noreturn]] void give_up(int report, Step step) {
  const LaunchFailure failure{static_cast<int>(step), errno};
  [[maybe_unused]] const auto written = ::write(report, &failure, sizeof failure);
  ::_exit(127);
}

constexpr int lock_slot = 3;
constexpr int report_slot = 4;

// Asynchronous-signal-safe calls only.
[[noreturn]] void become(const LaunchPlan& plan, const Prepared& prepared, int report, pid_t parent) {
  ::setsid();
  sigset_t none;
  ::sigemptyset(&none);
  for (const int number : {SIGPIPE, SIGCHLD, SIGHUP, SIGINT, SIGTERM, SIGUSR1, SIGUSR2}) ::signal(number, SIG_DFL);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);

  const int safe_report = ::fcntl(report, F_DUPFD_CLOEXEC, 10);
  if (safe_report < 0) give_up(report, Step::descriptors);
  const int safe_lock = plan.lock < 0 ? -1 : ::fcntl(plan.lock, F_DUPFD, 10);
  const int input = ::open("/dev/null", O_RDWR);
  if (input < 0 || (plan.lock >= 0 && safe_lock < 0)) give_up(safe_report, Step::descriptors);
  const int output = plan.output < 0 ? input : plan.output;
  if (::dup2(output, 1) < 0 || ::dup2(output, 2) < 0 || ::dup2(input, 0) < 0) give_up(safe_report, Step::descriptors);
  if (::dup3(safe_report, report_slot, O_CLOEXEC) < 0) give_up(safe_report, Step::descriptors);
  if (safe_lock < 0) {
    ::close(lock_slot);
  } else if (::dup2(safe_lock, lock_slot) < 0) {
    give_up(report_slot, Step::descriptors);
  }
  // Sockets of ours must not live on in the child: a crashed server could not listen again.
  if (::close_range(report_slot + 1, ~0U, 0) != 0) give_up(report_slot, Step::descriptors);

  if (plan.identity.switch_needed) {
    if (::setgroups(1, &plan.identity.gid) != 0) give_up(report_slot, Step::groups);
    if (::setresgid(plan.identity.gid, plan.identity.gid, plan.identity.gid) != 0) give_up(report_slot, Step::group);
    if (::setresuid(plan.identity.uid, plan.identity.uid, plan.identity.uid) != 0) give_up(report_slot, Step::user);
  }
  // After the change of user, which would clear it.
  if (::prctl(PR_SET_PDEATHSIG, SIGTERM) != 0) give_up(report_slot, Step::death_signal);
  if (::getppid() != parent) ::_exit(127);
  if (::chdir(plan.directory.c_str()) != 0) give_up(report_slot, Step::directory);
  if (safe_lock >= 0) write_own_pid(lock_slot);
  ::execve(prepared.argv.front(), prepared.argv.data(), prepared.envp.data());
  give_up(report_slot, Step::execute);
}

std::string reason_of(int error) {
  return std::error_code(error, std::generic_category()).message();
}

}  // namespace

FileHandle& FileHandle::operator=(FileHandle&& other) noexcept {
  if (this != &other) {
    reset();
    fd_ = std::exchange(other.fd_, -1);
  }
  return *this;
}

void FileHandle::reset() {
  if (fd_ >= 0) ::close(fd_);
  fd_ = -1;
}

// By system call: the declarations of glibc 2.36 are not usable from C++.
FileHandle process_handle(pid_t pid) {
  return FileHandle(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)));
}

void signal_process(const FileHandle& process, int number) {
  ::syscall(SYS_pidfd_send_signal, process.get(), number, nullptr, 0);
}

Result<ChildProcess> ChildProcess::launch(const LaunchPlan& plan) {
  const Prepared prepared = prepare(plan);
  std::array<int, 2> pipe{};
  if (::pipe2(pipe.data(), O_CLOEXEC) != 0) return fail("process.launch", "No pipe: " + reason_of(errno));
  FileHandle report_in(pipe[0]);
  FileHandle report_out(pipe[1]);

  const pid_t parent = ::getpid();
  const pid_t pid = ::fork();
  if (pid < 0) return fail("process.launch", "Cannot fork: " + reason_of(errno));
  if (pid == 0) become(plan, prepared, report_out.get(), parent);
  report_out.reset();

  LaunchFailure failure;
  ssize_t got = 0;
  do {
    got = ::read(report_in.get(), &failure, sizeof failure);
  } while (got < 0 && errno == EINTR);
  if (got == sizeof failure) {
    ::waitpid(pid, nullptr, 0);
    return fail("process.launch",
                fmt::format("Cannot start {} as {}: failed to {}: {}", plan.program.string(), plan.identity.name,
                            step_names.at(static_cast<std::size_t>(failure.step)), reason_of(failure.error)),
                {{"program", plan.program.string()}});
  }
  FileHandle handle = process_handle(pid);
  if (!handle.is_open()) {
    const int error = errno;
    ::kill(pid, SIGTERM);
    ::waitpid(pid, nullptr, 0);
    return fail("process.launch", "Cannot watch the child: " + reason_of(error));
  }
  return ChildProcess(pid, std::move(handle));
}

void ChildProcess::signal(int number) const {
  if (!ended_) signal_process(handle_, number);
}

bool ChildProcess::has_ended() {
  if (ended_) return true;
  const pid_t got = ::waitpid(pid_, &status_, WNOHANG);
  ended_ = got == pid_ || (got < 0 && errno == ECHILD);
  return ended_;
}

bool ChildProcess::wait_ms(std::int64_t timeout_ms) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(timeout_ms);
  while (!has_ended()) {
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now()).count();
    if (left <= 0) return false;
    pollfd watched{handle_.get(), POLLIN, 0};
    ::poll(&watched, 1, static_cast<int>(std::min<std::int64_t>(left, 60'000)));
  }
  return true;
}

std::string ChildProcess::description() const {
  if (!ended_) return "running";
  if (WIFSIGNALED(status_)) return "signal " + std::to_string(WTERMSIG(status_));
  return "exit status " + std::to_string(WEXITSTATUS(status_));
}

bool ChildProcess::succeeded() const {
  return ended_ && WIFEXITED(status_) && WEXITSTATUS(status_) == 0;
}

}  // namespace lanekeeper::ops
