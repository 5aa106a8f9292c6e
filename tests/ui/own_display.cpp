#include "own_display.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>

namespace lanekeeper::till::test {

namespace {

constexpr int start_timeout_ms = 15'000;

// The server writes its number and a line feed when it is ready.
std::string read_number(int descriptor) {
  std::string text;
  char c = 0;
  pollfd waiting{descriptor, POLLIN, 0};
  while (poll(&waiting, 1, start_timeout_ms) > 0 && read(descriptor, &c, 1) == 1 && c != '\n') text += c;
  return text;
}

}  // namespace

OwnDisplay::OwnDisplay(int width, int height) {
  int ends[2] = {-1, -1};
  if (pipe(ends) != 0) return;
  const std::string screen = std::to_string(width) + "x" + std::to_string(height) + "x24";
  const std::string descriptor = std::to_string(ends[1]);
  server_ = fork();
  if (server_ == 0) {
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    const int nothing = open("/dev/null", O_WRONLY);
    dup2(nothing, STDOUT_FILENO);
    dup2(nothing, STDERR_FILENO);
    execlp("Xvfb", "Xvfb", "-displayfd", descriptor.c_str(), "-screen", "0", screen.c_str(), "-nolisten", "tcp",
           static_cast<char*>(nullptr));
    _exit(127);
  }
  close(ends[1]);
  const std::string number = server_ > 0 ? read_number(ends[0]) : std::string();
  close(ends[0]);
  if (number.empty()) return;
  name_ = ":" + number;
  setenv("DISPLAY", name_.c_str(), 1);
  unsetenv("WAYLAND_DISPLAY");
}

OwnDisplay::~OwnDisplay() {
  if (server_ <= 0) return;
  kill(server_, SIGTERM);
  waitpid(server_, nullptr, 0);
}

}  // namespace lanekeeper::till::test
