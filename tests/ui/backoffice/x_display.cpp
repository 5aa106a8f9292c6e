#include "x_display.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <memory>

#include <X11/Xlib.h>

extern char** environ;

namespace lanekeeper::office::test {
namespace {

struct CloseDisplay {
  void operator()(Display* display) const { XCloseDisplay(display); }
};

std::unique_ptr<Display, CloseDisplay>& kept_connection() {
  static std::unique_ptr<Display, CloseDisplay> display(XOpenDisplay(nullptr));
  return display;
}

Display* connection() {
  return kept_connection().get();
}

// The server writes its number to the descriptor once it is ready.
std::string read_number(int descriptor) {
  std::string number;
  char character = 0;
  while (::read(descriptor, &character, 1) == 1 && character != '\n') number += character;
  return number;
}

bool has_title(Display* display, Window window, const std::string& title) {
  char* name = nullptr;
  const bool same = XFetchName(display, window, &name) != 0 && name != nullptr && title == name;
  if (name != nullptr) XFree(name);
  return same;
}

Window find_window(Display* display, Window parent, const std::string& title) {
  if (has_title(display, parent, title)) return parent;
  Window root = 0;
  Window above = 0;
  Window* children = nullptr;
  unsigned count = 0;
  if (XQueryTree(display, parent, &root, &above, &children, &count) == 0) return 0;
  Window found = 0;
  for (unsigned i = 0; i < count && found == 0; ++i) found = find_window(display, children[i], title);
  if (children != nullptr) XFree(children);
  return found;
}

}  // namespace

XDisplay::XDisplay() {
  if (const char* set = std::getenv("DISPLAY"); set != nullptr && *set != '\0') {
    available_ = connection() != nullptr;
    return;
  }
  int ends[2];
  if (::pipe(ends) != 0) return;
  const std::string descriptor = std::to_string(ends[1]);
  const char* arguments[] = {"Xvfb", "-displayfd", descriptor.c_str(), "-screen", "0", "1920x1200x24", "-nolisten",
                             "tcp",  nullptr};
  pid_t pid = 0;
  const int failure = ::posix_spawnp(&pid, "Xvfb", nullptr, nullptr, const_cast<char**>(arguments), environ);
  ::close(ends[1]);
  if (failure == 0) {
    server_pid_ = pid;
    const std::string number = read_number(ends[0]);
    if (!number.empty()) {
      ::setenv("DISPLAY", (":" + number).c_str(), 1);
      available_ = connection() != nullptr;
    }
  }
  ::close(ends[0]);
}

XDisplay::~XDisplay() {
  if (server_pid_ <= 0) return;
  kept_connection().reset();  // closing one to a server that is gone ends the process as failed
  ::kill(server_pid_, SIGTERM);
  ::waitpid(server_pid_, nullptr, 0);
}

bool focus_x_window(const std::string& title) {
  const Window window = find_window(connection(), XDefaultRootWindow(connection()), title);
  if (window == 0) return false;
  XSetInputFocus(connection(), window, RevertToPointerRoot, CurrentTime);
  XSync(connection(), False);
  return true;
}

}  // namespace lanekeeper::office::test
