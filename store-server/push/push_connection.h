// One device on the push channel. Internal to push.
#pragma once

#include <chrono>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/websocket.hpp>
#include <boost/beast/websocket/ssl.hpp>

#include "push/push_hub.h"
#include "push/upgrade.h"
#include "services/principal.h"

namespace lanekeeper::push {

class PushConnection : public std::enable_shared_from_this<PushConnection> {
 public:
  using Text = std::shared_ptr<const std::string>;

  PushConnection(PushHub& hub, TlsStream stream, std::shared_ptr<void> slot, services::Principal principal,
                 std::string token);

  void run(boost::beast::http::request<boost::beast::http::string_body> request);

  // From any thread.
  void send(Text text, std::string key);
  void say_goodbye(boost::beast::websocket::close_code code);  // after what still waits
  void cut();

  // Do not change after the construction.
  [[nodiscard]] const services::Principal& principal() const { return principal_; }
  [[nodiscard]] const std::string& token() const { return token_; }

 private:
  using Time = std::chrono::steady_clock::time_point;
  struct Waiting {
    Text text;
    std::string key;
    Time not_before;
  };
  using Request = boost::beast::http::request<boost::beast::http::string_body>;

  boost::asio::awaitable<void> serve(Request request);
  boost::asio::awaitable<void> read_until_lost();
  void ping_later();
  void write_next();
  [[nodiscard]] std::deque<Waiting>::iterator next_due();
  void close_transport();

  PushHub& hub_;
  boost::beast::websocket::stream<TlsStream> stream_;
  boost::asio::steady_timer ping_timer_;
  boost::asio::steady_timer pace_timer_;
  std::shared_ptr<void> slot_;
  services::Principal principal_;
  std::string token_;
  std::deque<Waiting> waiting_;
  std::map<std::string, Time> last_written_;  // by key
  bool writing_ = false;
  bool pinging_ = false;
  bool open_ = false;
  std::optional<boost::beast::websocket::close_code> goodbye_;
};

}  // namespace lanekeeper::push
