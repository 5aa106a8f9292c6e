// The till's own program, driven as its users drive it: as a console, or as a window by keys of the X server.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <string>

#include "catalogue/item.h"

namespace lanekeeper::bench {

// What the bench waits for at most before it says that its conditions cannot be reached.
inline constexpr std::chrono::seconds patience{60};

// lanekeeper-till beside the bench; throws when it is not built.
[[nodiscard]] std::filesystem::path till_program();

// Makes the folder that of a till that was paired long ago; its server is not there, which must not matter.
void enrol_by_hand(const std::filesystem::path& folder);

class ConsoleTill {
 public:
  ConsoleTill(const std::filesystem::path& program, const std::filesystem::path& data);
  ~ConsoleTill();
  ConsoleTill(const ConsoleTill&) = delete;
  ConsoleTill& operator=(const ConsoleTill&) = delete;

  void say(const std::string& line);
  // The next answer; events in between are passed over.
  std::string answer();
  [[nodiscard]] pid_t process() const { return process_; }

 private:
  std::string next_line();

  pid_t process_ = 0;
  int to_ = -1;
  int from_ = -1;
  std::string heard_;
};

// The window as a cashier has it, on the display that DISPLAY names, with bench_profile()'s cashier.
class WindowTill {
 public:
  // size: as --window-size; empty for what the till takes by itself.
  WindowTill(const std::filesystem::path& program, const std::filesystem::path& data, const std::string& size = {});
  ~WindowTill();
  WindowTill(const WindowTill&) = delete;
  WindowTill& operator=(const WindowTill&) = delete;

  // Waits until the window is there; the pointer over it gives it the keys where no window manager does.
  void wait_until_shown() const;
  void type(const std::string& text) const;  // as a person does: what comes faster is taken for a scanner's
  void press(const std::string& key) const;
  void scan(const catalogue::Item& item) const;
  // A window that is shown may still be too busy to hear the first key: then it is begun again.
  void sign_in_and_ring(const catalogue::Item& first) const;
  // The numbers of goods in the open basket's file tell that the keys arrived.
  [[nodiscard]] bool basket_has(const std::string& number, std::chrono::seconds limit) const;
  [[nodiscard]] pid_t process() const { return process_; }

 private:
  pid_t process_ = 0;
  std::filesystem::path data_;
};

}  // namespace lanekeeper::bench
