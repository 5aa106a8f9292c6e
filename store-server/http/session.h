// One connection: handshake, who it is, request after request. Internal to http; heavy.
#pragma once

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_set>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include "http/connection_limits.h"
#include "http/route.h"
#include "http/server.h"
#include "push/upgrade.h"
#include "services/session_service.h"

namespace lanekeeper::http {

class Session;

// What all sessions share.
struct ServerCore {
  ServerCore(ServerConfig configured, Services used, boost::asio::ssl::context context)
      : config(std::move(configured)), services(std::move(used)), tls(std::move(context)) {}

  ServerConfig config;
  Services services;
  boost::asio::ssl::context tls;
  std::shared_ptr<ConnectionLimits> limits = std::make_shared<ConnectionLimits>();
  std::atomic<bool> draining = false;
  std::atomic<std::int64_t> accepted = 0;
  std::atomic<std::int64_t> handshake_failures = 0;

  std::mutex mutex;
  std::condition_variable emptied;
  std::unordered_set<std::shared_ptr<Session>> sessions;
};

class Session : public std::enable_shared_from_this<Session> {
 public:
  using Socket = boost::asio::ip::tcp::socket;  // its executor is a strand

  Session(ServerCore& core, Socket socket, std::shared_ptr<ConnectionLimits::Slot> slot, std::string address);
  void run();
  void end_when_idle();  // from any thread
  void cut();            // from any thread

 private:
  using TimePoint = std::chrono::steady_clock::time_point;
  using Parser = boost::beast::http::request_parser<boost::beast::http::string_body>;
  enum class Next { request, farewell, gone };
  // A request whose header was read, and what became of looking at it.
  struct Opening {
    const Route* route = nullptr;
    Request request;
    std::optional<Answer> refusal;
  };

  boost::asio::awaitable<void> serve();
  boost::asio::awaitable<bool> shake_hands();
  boost::asio::awaitable<bool> wait_for_request();
  boost::asio::awaitable<Next> serve_one();
  // True: read; false: the connection was lost or too slow; an error: what came is not acceptable HTTP.
  boost::asio::awaitable<Result<bool>> read_header(Parser& parser);
  boost::asio::awaitable<Result<bool>> read_body(Parser& parser, TimePoint deadline);
  boost::asio::awaitable<Answer> perform(const Route& route, Request request, TimePoint deadline);
  boost::asio::awaitable<bool> send(Answer answer, unsigned version, bool keep_alive);
  boost::asio::awaitable<void> say_farewell();
  [[nodiscard]] Opening open(Parser& parser);
  [[nodiscard]] Result<void> identify(const Route& route, Request& request, std::string_view authorization,
                                      services::SessionService::Asked asked);
  [[nodiscard]] std::optional<Answer> become_push_channel(Parser& parser, Opening& opening);
  void close_transport();
  void leave();

  ServerCore& core_;
  boost::asio::any_io_executor executor_;
  push::TlsStream stream_;
  std::shared_ptr<ConnectionLimits::Slot> slot_;
  std::string address_;
  std::string serial_;  // of the peer's certificate; empty: none
  bool crowded_ = false;
  bool idle_ = false;
  bool handed_over_ = false;  // the stream is the push channel's now
  bool unread_ = false;       // a body was refused and may still be coming
  // Bounded: the parser waits for the end of a chunk's extension, however long it is.
  boost::beast::flat_buffer buffer_{128 * 1024};
};

}  // namespace lanekeeper::http
