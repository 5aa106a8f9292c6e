// An X server without a screen, for one test program: started on a free display number, gone with the object.
#pragma once

#include <sys/types.h>

#include <string>

namespace lanekeeper::till::test {

class OwnDisplay {
 public:
  OwnDisplay(int width, int height);
  ~OwnDisplay();
  OwnDisplay(const OwnDisplay&) = delete;
  OwnDisplay& operator=(const OwnDisplay&) = delete;
  [[nodiscard]] bool running() const { return !name_.empty(); }
  [[nodiscard]] const std::string& name() const { return name_; }  // ":99"; DISPLAY is set to it

 private:
  pid_t server_ = -1;
  std::string name_;
};

}  // namespace lanekeeper::till::test
