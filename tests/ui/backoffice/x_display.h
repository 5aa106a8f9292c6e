// An X server for windows nobody looks at.
#pragma once

#include <string>

namespace lanekeeper::office::test {

// Makes sure that DISPLAY names a server: the one that is set, else an Xvfb started for this process. false: there is
// none to be had.
class XDisplay {
 public:
  XDisplay();
  ~XDisplay();
  XDisplay(const XDisplay&) = delete;
  XDisplay& operator=(const XDisplay&) = delete;
  [[nodiscard]] bool available() const { return available_; }

 private:
  bool available_ = false;
  int server_pid_ = 0;
};

// Gives the top-level window with this title the X focus; there is no window manager to do it. false: not found.
bool focus_x_window(const std::string& title);

}  // namespace lanekeeper::office::test
