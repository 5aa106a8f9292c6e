// How a face (window, console) gets its till, and how other threads reach the thread that owns it.
//
//   main():           OpenTill open = [...](Post post) { return std::make_unique<...>(post, ...); };
//                     return console ? run_console(options, open) : ui::run_window(options, open);
//   the face:         auto till = open([this](std::function<void()> task) { CallAfter(std::move(task)); });
//                     till->lane().on_change([this] { repaint(); });
//                     till->start();                       // once the listeners are there
//   link, printer:    post([lane, status] { lane->link_changed(status); });
//
// The Till lives and dies on the thread that opened it. Its destructor stops the link and the printer and joins their
// threads, and tasks that are still waiting in the face's queue afterwards do nothing, so a face may destroy the Till
// and then its queue in that order without care.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "base/error.h"
#include "i18n/i18n.h"
#include "lane/lane.h"
#include "lane/link_port.h"

namespace lanekeeper::till {

// Runs the task later on the owning thread, tasks in the order in which they were posted. Callable from any thread;
// never runs the task inside the call; never blocks.
using Post = std::function<void(std::function<void()>)>;

class Till {
 public:
  virtual ~Till() = default;
  [[nodiscard]] virtual Lane& lane() = 0;
  [[nodiscard]] virtual StoreLink& link() = 0;
  // Starts the link (enrolment or connection). Events may come from now on.
  virtual void start() = 0;
  // --simulate-clock only: from now on the till's clock runs on from this moment. till.clock_not_simulated.
  [[nodiscard]] virtual Result<void> set_clock(const ZonedTime& now) = 0;
};

// Fails with till.already_running (another process has this data directory), journal.unwritable, cache.*; the face
// shows the error and ends. Called once, on the thread that will own the till.
using OpenTill = std::function<Result<std::unique_ptr<Till>>(Post post)>;

// A face hands over what ends it: callable from any thread, returns at once, may be called more than once. An empty
// function takes it back; when that has returned it is not called any more.
using OnStop = std::function<void(std::function<void()> stop)>;

// The second window, which the customer looks at.
struct CustomerWindow {
  int width_px = 0;  // 0: there is none
  int height_px = 0;
  std::optional<std::pair<int, int>> at_px;  // left and top on the desktop; without it the second screen
  std::optional<i18n::Language> language;    // without it the one the till starts with
};

// What the command line says to a face.
struct FaceOptions {
  i18n::Language language = i18n::Language::zh_CN;
  std::string server;       // "host:port" as given, may be empty
  std::string device_name;  // what the back office sees while pairing
  int window_width_px = 0;  // 0: as the screen allows
  int window_height_px = 0;
  OnStop on_stop;                    // may be empty
  CustomerWindow customer_window{};  // the window's face only
  // How large the cashier wants the texts, in percent of the design (100, 115, 130), and who remembers it for this
  // till.
  int text_percent = 100;
  std::function<void(int percent)> on_text_percent{};
  // What the scanners that type like a keyboard are set up to send ahead of each code; the window's face only.
  std::optional<char> wedge_prefix = std::nullopt;
};

}  // namespace lanekeeper::till
