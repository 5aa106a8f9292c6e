#include "push/push_connection.h"

#include <spdlog/spdlog.h>
#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/core/flat_buffer.hpp>

namespace lanekeeper::push {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace websocket = beast::websocket;
using boost::system::error_code;
using namespace std::chrono_literals;

constexpr auto handshake_limit = 5s;
constexpr std::size_t max_message_bytes = 16 * 1024;

}  // namespace

PushConnection::PushConnection(PushHub& hub, TlsStream stream, std::shared_ptr<void> slot,
                               services::Principal principal, std::string token)
    : hub_(hub),
      stream_(std::move(stream)),
      ping_timer_(stream_.get_executor()),
      pace_timer_(stream_.get_executor()),
      slot_(std::move(slot)),
      principal_(std::move(principal)),
      token_(std::move(token)) {}

void PushConnection::run(Request request) {
  asio::co_spawn(
      stream_.get_executor(),
      [self = shared_from_this(), message = std::move(request)]() mutable { return self->serve(std::move(message)); },
      [self = shared_from_this()](const std::exception_ptr& fault) {
        if (!fault) return;
        try {
          std::rethrow_exception(fault);
        } catch (const std::exception& exception) {
          spdlog::error("push connection of {} ended by a fault: {}", self->principal_.address, exception.what());
        }
        self->close_transport();
        self->hub_.closed(self.get());
      });
}

asio::awaitable<void> PushConnection::serve(Request request) {
  beast::get_lowest_layer(stream_).expires_never();  // the channel has time limits of its own
  // With pings of its own: without them Boost 1.74 ends a connection at the limit, however much was heard.
  stream_.set_option(websocket::stream_base::timeout{handshake_limit, PushHub::silence_limit, true});
  stream_.read_message_max(max_message_bytes);
  stream_.text(true);
  error_code error;
  co_await stream_.async_accept(request, asio::redirect_error(asio::use_awaitable, error));
  if (error) co_return;
  open_ = true;
  if (hub_.opened(shared_from_this())) {
    ping_later();
    co_await read_until_lost();
  }
  close_transport();
  hub_.closed(this);
}

asio::awaitable<void> PushConnection::read_until_lost() {
  beast::flat_buffer buffer;
  for (;;) {
    error_code error;
    co_await stream_.async_read(buffer, asio::redirect_error(asio::use_awaitable, error));
    if (error) co_return;
    const auto understood = hub_.received(this, beast::buffers_to_string(buffer.data()));
    buffer.consume(buffer.size());
    if (!understood) {
      spdlog::warn("push message of {} refused: {}", principal_.address, understood.error().code);
      say_goodbye(websocket::close_code::policy_error);
    }
  }
}

void PushConnection::ping_later() {
  ping_timer_.expires_after(PushHub::ping_every);
  ping_timer_.async_wait([self = shared_from_this()](const error_code& error) {
    if (error || !self->open_) return;
    if (!std::exchange(self->pinging_, true)) {
      self->stream_.async_ping({}, [self](const error_code&) { self->pinging_ = false; });
    }
    self->ping_later();
  });
}

void PushConnection::send(Text text, std::string key) {
  asio::post(stream_.get_executor(),
             [self = shared_from_this(), text = std::move(text), key = std::move(key)]() mutable {
               if (!self->open_ || self->goodbye_) return;
               auto& waiting = self->waiting_;
               if (!key.empty()) std::erase_if(waiting, [&](const Waiting& older) { return older.key == key; });
               if (waiting.size() >= PushHub::max_queued) {
                 spdlog::warn("push connection of {} ended: it does not read", self->principal_.address);
                 self->hub_.overrun();
                 self->close_transport();
                 return;
               }
               Time not_before{};
               if (const auto last = self->last_written_.find(key); last != self->last_written_.end()) {
                 not_before = last->second + PushHub::pace;
               }
               waiting.push_back({std::move(text), std::move(key), not_before});
               self->write_next();
             });
}

void PushConnection::say_goodbye(websocket::close_code code) {
  asio::post(stream_.get_executor(), [self = shared_from_this(), code] {
    if (!self->open_ || self->goodbye_) return;
    self->goodbye_ = code;
    self->write_next();
  });
}

void PushConnection::cut() {
  asio::post(stream_.get_executor(), [self = shared_from_this()] { self->close_transport(); });
}

// The first message whose time has come. Before a goodbye nothing is held back.
std::deque<PushConnection::Waiting>::iterator PushConnection::next_due() {
  const auto now = std::chrono::steady_clock::now();
  return std::find_if(waiting_.begin(), waiting_.end(),
                      [&](const Waiting& one) { return goodbye_ || one.not_before <= now; });
}

void PushConnection::write_next() {
  if (writing_ || !open_) return;
  if (waiting_.empty()) {
    if (!goodbye_) return;
    writing_ = true;  // nothing may follow the close frame
    stream_.async_close(*goodbye_, [self = shared_from_this()](const error_code&) { self->close_transport(); });
    return;
  }
  const auto next = next_due();
  if (next == waiting_.end()) {
    const auto earliest = std::min_element(waiting_.begin(), waiting_.end(), [](const Waiting& a, const Waiting& b) {
      return a.not_before < b.not_before;
    });
    pace_timer_.expires_at(earliest->not_before);
    pace_timer_.async_wait([self = shared_from_this()](const error_code& error) {
      if (!error) self->write_next();
    });
    return;
  }
  writing_ = true;
  const Text text = std::move(next->text);
  if (!next->key.empty()) last_written_[next->key] = std::chrono::steady_clock::now();
  waiting_.erase(next);
  stream_.async_write(asio::buffer(*text), [self = shared_from_this(), text](const error_code& error, std::size_t) {
    self->writing_ = false;
    if (error) {
      self->close_transport();
    } else {
      self->write_next();
    }
  });
}

// The reader notices and the connection ends.
void PushConnection::close_transport() {
  open_ = false;
  waiting_.clear();
  ping_timer_.cancel();
  pace_timer_.cancel();
  beast::get_lowest_layer(stream_).close();
}

}  // namespace lanekeeper::push
