// Where a virtual device is plugged in: a TCP port, as behind a serial server, or a pseudo terminal under a link.
#pragma once

#include <poll.h>

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace lanekeeper::devices {

class Endpoint {
 public:
  struct Options {
    std::string host = "127.0.0.1";
    int port = 0;               // 0: a free one, kept when the cable is pulled and plugged in again
    std::filesystem::path pty;  // a link to be made to the terminal; not empty: no TCP
  };

  explicit Endpoint(Options options) : options_(std::move(options)) {}
  ~Endpoint() { pull(); }
  Endpoint(const Endpoint&) = delete;
  Endpoint& operator=(const Endpoint&) = delete;

  void plug_in();  // throws std::runtime_error with what went wrong
  void pull();     // the terminal is gone, connections break and new ones are refused
  [[nodiscard]] bool plugged_in() const { return !watched_.empty(); }
  [[nodiscard]] int port() const { return options_.port; }
  [[nodiscard]] std::size_t connections() const { return watched_.size() - (listener_ >= 0 ? 1 : 0); }

  // What to poll for; take() then gives the bytes that came.
  [[nodiscard]] const std::vector<pollfd>& watched() const { return watched_; }
  [[nodiscard]] std::string take(const std::vector<pollfd>& polled);
  // To everybody who is connected; what nobody takes is lost, as on a line.
  void send(std::string_view bytes);

 private:
  void open_terminal();
  void listen();
  void accept();

  Options options_;
  int listener_ = -1;
  int terminal_ = -1;
  int terminal_end_ = -1;  // kept open, so that the till may come and go
  std::vector<pollfd> watched_;
};

}  // namespace lanekeeper::devices
