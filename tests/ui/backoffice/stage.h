// The real office, models and window over the store in memory, moved by the test.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include <wx/evtloop.h>

#include "base/system_random.h"
#include "fake_store.h"
#include "model/office.h"
#include "office_ui/main_window.h"
#include "office_ui/wx_timers.h"

namespace lanekeeper::office::test {

class FixedClock : public Clock {
 public:
  [[nodiscard]] ZonedTime now() const override { return time_; }

 private:
  ZonedTime time_ = shop_time("10:24:00");
};

// Starts and ends the toolkit; one in a program, its display must be there.
class Toolkit {
 public:
  Toolkit();
  ~Toolkit();

 private:
  std::unique_ptr<wxEventLoopBase> loop_;
  std::unique_ptr<wxEventLoopActivator> active_;
};

class Stage {
 public:
  struct Options {
    i18n::Language language = i18n::Language::zh_CN;
    wxSize size{1440, 900};
    bool paired = true;
  };
  explicit Stage(Options options);
  ~Stage();

  [[nodiscard]] FakeStore& store() { return store_; }
  [[nodiscard]] Office& office() { return *office_; }
  [[nodiscard]] MainWindow& window() { return *window_; }

  // Lets events, timers and answers come until the condition holds; false after a few seconds.
  bool until(const std::function<bool()>& condition);
  // Until nothing has happened for a moment: everything is painted.
  void settle();
  bool sign_in();
  bool open(PageId page);
  // Real keys and clicks, as from keyboard and mouse, to whatever has the focus.
  void press(int key, int modifiers = wxMOD_NONE);
  void type(const std::string& ascii);
  void click(const wxWindow& control);
  void click(const wxWindow& control, const wxPoint& at);
  // The longest that one round of events took since the last question: how long the window was deaf.
  [[nodiscard]] std::chrono::milliseconds longest_turn();
  [[nodiscard]] bool picture(const std::string& png_path);

 private:
  void pair();

  std::filesystem::path directory_;
  FixedClock clock_;
  SystemRandom random_;
  WxTimers timers_;
  FakeStore store_;
  std::unique_ptr<Office> office_;
  MainWindow* window_ = nullptr;
};

}  // namespace lanekeeper::office::test
