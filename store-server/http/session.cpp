#include "http/session.h"

#include <spdlog/spdlog.h>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/write.hpp>
#include <boost/beast/websocket/rfc6455.hpp>

#include "base/system_clock.h"
#include "http/metrics.h"
#include "http/tls_context.h"
#include "net/http_date.h"
#include "push/push_hub.h"
#include "services/device_service.h"
#include "services/session_service.h"
#include "storage/database.h"

namespace lanekeeper::http {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace bhttp = beast::http;
using boost::system::error_code;
using namespace std::chrono_literals;

constexpr std::uint32_t max_header_bytes = 8 * 1024;
constexpr std::uint64_t max_body_bytes = 64ULL * 1024 * 1024;  // of any route
constexpr auto write_limit = 30s;
constexpr auto farewell_limit = 3s;
constexpr std::size_t farewell_bytes = 8 * 1024 * 1024;

std::string_view view(beast::string_view text) {
  return {text.data(), text.size()};
}

std::string bearer_token(std::string_view authorization) {
  constexpr std::string_view scheme = "Bearer ";
  return authorization.starts_with(scheme) ? std::string(authorization.substr(scheme.size())) : std::string();
}

Error error_of_reading(const error_code& error) {
  if (error == bhttp::error::header_limit) {
    return Error{"request.header_too_large", "The header of the request is too large.", {{"limit", "8192"}}};
  }
  if (error == bhttp::error::body_limit || error == bhttp::error::buffer_overflow) {
    return Error{"request.too_large", "The body of the request is too large.", {}};
  }
  return Error{"request.malformed", "The request is not HTTP that can be understood.", {}};
}

bool is_protocol_error(const error_code& error) {
  if (error == bhttp::error::end_of_stream || error == bhttp::error::partial_message) return false;
  return error.category() == bhttp::make_error_code(bhttp::error::bad_method).category();
}

// Where a handler's answer arrives: on the session's strand, if anybody still waits for it.
struct Mailbox {
  explicit Mailbox(const asio::any_io_executor& executor) : timer(executor) {}
  asio::steady_timer timer;
  std::optional<Result<Answer>> answer;
};

Result<Answer> run_handler(Result<Answer> (*handle)(Services&, const Request&), Services& services,
                           const Request& request, std::string_view route) {
  try {
    return handle(services, request);
  } catch (const std::exception& fault) {
    return fail(error_of_fault(fault, route));
  }
}

}  // namespace

Session::Session(ServerCore& core, Socket socket, std::shared_ptr<ConnectionLimits::Slot> slot, std::string address)
    : core_(core),
      executor_(socket.get_executor()),
      stream_(beast::tcp_stream(std::move(socket)), core.tls),
      slot_(std::move(slot)),
      address_(std::move(address)) {}

void Session::run() {
  {
    const std::lock_guard lock(core_.mutex);
    core_.sessions.insert(shared_from_this());
  }
  asio::co_spawn(
      executor_, [self = shared_from_this()] { return self->serve(); },
      [self = shared_from_this()](const std::exception_ptr& fault) {
        if (fault) {
          try {
            std::rethrow_exception(fault);
          } catch (const std::exception& exception) {
            spdlog::error("session of {} ended by a fault: {}", self->address_, exception.what());
          }
        }
        self->leave();
      });
}

void Session::leave() {
  close_transport();
  const std::lock_guard lock(core_.mutex);
  core_.sessions.erase(shared_from_this());
  if (core_.sessions.empty()) core_.emptied.notify_all();
}

void Session::close_transport() {
  if (!handed_over_) beast::get_lowest_layer(stream_).close();
}

void Session::end_when_idle() {
  asio::post(executor_, [self = shared_from_this()] {
    if (self->idle_) self->close_transport();
  });
}

void Session::cut() {
  asio::post(executor_, [self = shared_from_this()] { self->close_transport(); });
}

asio::awaitable<void> Session::serve() {
  const bool welcome = co_await shake_hands();
  if (!welcome) co_return;
  Next next = Next::request;
  while (next == Next::request) next = co_await serve_one();
  if (next == Next::farewell) co_await say_farewell();
}

asio::awaitable<bool> Session::shake_hands() {
  beast::get_lowest_layer(stream_).expires_after(core_.config.handshake_limit);
  error_code error;
  co_await stream_.async_handshake(asio::ssl::stream_base::server, asio::redirect_error(asio::use_awaitable, error));
  if (error) {
    ++core_.handshake_failures;
    const long verdict = SSL_get_verify_result(stream_.native_handle());
    spdlog::info("handshake of {} failed: {}", address_,
                 verdict == X509_V_OK ? error.message() : X509_verify_cert_error_string(verdict));
    co_return false;
  }
  serial_ = peer_serial(stream_.native_handle());
  const bool known = !serial_.empty() && core_.services.devices.authenticate(serial_).has_value();
  if (known) core_.services.devices.came_with(serial_);
  crowded_ = !slot_->settle(known);
  co_return true;
}

// Until the first byte of the next request; false: there will be none.
asio::awaitable<bool> Session::wait_for_request() {
  if (buffer_.size() != 0) co_return true;
  if (core_.draining) co_return false;
  idle_ = true;
  beast::get_lowest_layer(stream_).expires_after(crowded_ ? core_.config.handshake_limit : core_.config.idle_limit);
  error_code error;
  const auto bytes = co_await stream_.async_read_some(buffer_.prepare(max_header_bytes),
                                                      asio::redirect_error(asio::use_awaitable, error));
  idle_ = false;
  buffer_.commit(bytes);
  co_return !error;
}

asio::awaitable<Session::Next> Session::serve_one() {
  const bool more = co_await wait_for_request();
  if (!more) co_return core_.draining ? Next::farewell : Next::gone;
  const TimePoint began = std::chrono::steady_clock::now();
  Parser parser;
  parser.header_limit(max_header_bytes);
  parser.body_limit(max_body_bytes);
  Opening opening;
  auto header = co_await read_header(parser);
  if (header && !*header) co_return Next::gone;
  if (!header) {
    opening.refusal = error_answer(header.error());
  } else {
    opening = open(parser);
  }
  if (!opening.refusal && std::holds_alternative<ToPushChannel>(opening.route->handler)) {
    opening.refusal = become_push_channel(parser, opening);
    if (!opening.refusal) co_return Next::gone;
  }
  if (!opening.refusal) {
    auto body = co_await read_body(parser, began + opening.route->deadline);
    if (body && !*body) co_return Next::gone;
    if (!body) opening.refusal = error_answer(body.error());
  }
  Answer answer;
  if (opening.refusal) {
    answer = std::move(*opening.refusal);
  } else {
    opening.request.body = std::move(parser.get().body());
    answer = co_await perform(*opening.route, std::move(opening.request), began + opening.route->deadline);
  }
  core_.services.metrics.request_done(opening.route ? opening.route->method : "",
                                      opening.route ? opening.route->pattern : "", answer.status,
                                      std::chrono::steady_clock::now() - began);
  unread_ = !parser.is_done();
  const bool keep_alive = header && !unread_ && parser.keep_alive() && !core_.draining && !crowded_;
  const bool sent = co_await send(std::move(answer), header ? parser.get().version() : 11, keep_alive);
  if (!sent) co_return Next::gone;
  co_return keep_alive ? Next::request : Next::farewell;
}

asio::awaitable<Result<bool>> Session::read_header(Parser& parser) {
  beast::get_lowest_layer(stream_).expires_after(core_.config.header_limit);
  error_code error;
  co_await bhttp::async_read_header(stream_, buffer_, parser, asio::redirect_error(asio::use_awaitable, error));
  if (!error) co_return true;
  if (is_protocol_error(error)) co_return fail(error_of_reading(error));
  co_return false;
}

asio::awaitable<Result<bool>> Session::read_body(Parser& parser, TimePoint deadline) {
  if (parser.is_done()) co_return true;
  beast::get_lowest_layer(stream_).expires_at(deadline);
  error_code error;
  if (beast::iequals(parser.get()[bhttp::field::expect], "100-continue")) {
    const bhttp::response<bhttp::empty_body> go_on(bhttp::status::continue_, parser.get().version());
    co_await bhttp::async_write(stream_, go_on, asio::redirect_error(asio::use_awaitable, error));
  }
  if (!error) {
    co_await bhttp::async_read(stream_, buffer_, parser, asio::redirect_error(asio::use_awaitable, error));
  }
  if (!error) co_return true;
  if (is_protocol_error(error)) co_return fail(error_of_reading(error));
  co_return false;
}

// Everything that can be said before the body is read.
Session::Opening Session::open(Parser& parser) {
  Opening opening;
  const auto& message = parser.get();
  const auto refuse = [&](const Error& error) {
    opening.refusal = error_answer(error);
    return std::move(opening);
  };
  if (crowded_) {
    return refuse(
        {"request.too_many_connections", "Too many connections come from this address. Try again later.", {}});
  }
  auto target = parse_target(view(message.target()));
  if (!target) return refuse(target.error());
  auto match = find_route(view(message.method_string()), target->path);
  if (!match) return refuse(match.error());
  if (match->allow.empty()) return refuse({"request.not_found", "There is nothing at this address.", {}});
  if (match->route == nullptr) {
    opening.refusal = error_answer({"request.method", "This cannot be done with what is at this address.", {}});
    opening.refusal->headers.emplace_back("Allow", match->allow);
    return opening;
  }
  opening.route = match->route;
  Request& request = opening.request;
  request.method = view(message.method_string());
  request.path = std::move(match->path_parameters);
  request.query = std::move(target->query);
  request.poll_secret = view(message["X-Poll-Secret"]);
  const auto asked = message["X-Unattended"].empty() ? services::SessionService::Asked::by_a_person
                                                     : services::SessionService::Asked::by_itself;
  const auto identified = identify(*opening.route, request, view(message[bhttp::field::authorization]), asked);
  if (!identified) return refuse(identified.error());
  const auto length = parser.content_length();
  if (length && *length > opening.route->body_limit) {
    return refuse({"request.too_large",
                   "The body of the request is too large.",
                   {{"limit", std::to_string(opening.route->body_limit)}}});
  }
  parser.body_limit(opening.route->body_limit);
  return opening;
}

Result<void> Session::identify(const Route& route, Request& request, std::string_view authorization,
                               services::SessionService::Asked asked) {
  services::Principal& principal = request.principal;
  principal.address = address_;
  std::string token = bearer_token(authorization);
  const auto& is_scraper = core_.services.is_scraper;
  if (route.access == Access::scraper && is_scraper && !token.empty() && is_scraper(token)) return {};
  const bool needs_device = route.access != Access::everyone;
  if (!serial_.empty()) {
    // Asked anew for every request: a revoked device is out at once, whatever connections it holds.
    auto device = core_.services.devices.authenticate(serial_);
    if (!device && needs_device) return fail(std::move(device.error()));
    if (device) {
      core_.services.devices.contacted(device->id, address_);
      principal.device = std::move(*device);
    }
  }
  if (!token.empty() && principal.device) {
    auto staff = core_.services.sessions.authenticate(token, principal.device->id, asked);
    if (!staff && needs_device) return fail(std::move(staff.error()));
    if (staff) {
      if (asked == services::SessionService::Asked::by_a_person) core_.services.hub.person_active(token);
      principal.staff = std::move(*staff);
      request.token = std::move(token);
    }
  }
  return authorise(route, principal);
}

std::optional<Answer> Session::become_push_channel(Parser& parser, Opening& opening) {
  if (!beast::websocket::is_upgrade(parser.get()) || buffer_.size() != 0) {
    return error_answer({"request.malformed", "This address speaks WebSocket only.", {}});
  }
  handed_over_ = true;
  core_.services.hub.accept(push::Upgrade{std::move(stream_), parser.release(), std::move(slot_)},
                            std::move(opening.request.principal), std::move(opening.request.token));
  return std::nullopt;
}

asio::awaitable<Answer> Session::perform(const Route& route, Request request, TimePoint deadline) {
  Services& services = core_.services;
  const auto mailbox = std::make_shared<Mailbox>(executor_);
  mailbox->timer.expires_at(deadline);
  const auto deliver = [mailbox, executor = executor_](Result<Answer> answer) {
    asio::post(executor, [mailbox, answer = std::move(answer)]() mutable {
      mailbox->answer = std::move(answer);
      mailbox->timer.cancel();
    });
  };
  try {
    if (const auto* quick = std::get_if<AtOnce>(&route.handler)) {
      deliver(run_handler(quick->handle, services, request, route.pattern));
    } else if (const auto* work = std::get_if<OnWorker>(&route.handler)) {
      const auto shared = std::make_shared<const Request>(std::move(request));
      const auto queued = services.database.submit(
          [deliver, handle = work->handle, shared, &services, pattern = route.pattern](storage::Connection&) {
            deliver(run_handler(handle, services, *shared, pattern));
          });
      if (!queued) deliver(fail(queued.error()));
    } else if (const auto* later = std::get_if<Later>(&route.handler)) {
      later->handle(services, std::move(request), deliver);
    }
  } catch (const std::exception& fault) {
    deliver(fail(error_of_fault(fault, route.pattern)));
  }
  error_code cancelled;
  co_await mailbox->timer.async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
  if (!mailbox->answer) {
    spdlog::error("{} {} was not done in time", route.method, route.pattern);
    co_return error_answer({"server.timeout", "It took too long.", {}});
  }
  if (!*mailbox->answer) {
    const Error& error = mailbox->answer->error();
    if (status_of(error.code) >= 500)
      spdlog::warn("{} {}: {} {}", route.method, route.pattern, error.code, error.message);
    co_return error_answer(error);
  }
  co_return std::move(**mailbox->answer);
}

asio::awaitable<bool> Session::send(Answer answer, unsigned version, bool keep_alive) {
  bhttp::response<bhttp::string_body> message(static_cast<bhttp::status>(answer.status), version);
  message.set(bhttp::field::server, "lanekeeper");
  message.set(bhttp::field::date, net::http_date(SystemClock().now().instant));
  message.set(bhttp::field::cache_control, "no-store");
  if (!answer.content_type.empty()) message.set(bhttp::field::content_type, answer.content_type);
  for (const auto& [name, value] : answer.headers) message.set(name, value);
  message.keep_alive(keep_alive);
  message.body() = std::move(answer.body);
  if (answer.status != 204) message.prepare_payload();
  beast::get_lowest_layer(stream_).expires_after(write_limit);
  error_code error;
  co_await bhttp::async_write(stream_, message, asio::redirect_error(asio::use_awaitable, error));
  co_return !error;
}

// The peer learns that nothing follows. Closing a socket that still receives would destroy our answer on its way, so a
// body that nobody wanted is taken in first, undeciphered, and forgotten.
asio::awaitable<void> Session::say_farewell() {
  auto& transport = beast::get_lowest_layer(stream_);
  transport.expires_after(farewell_limit);
  error_code error;
  co_await stream_.async_shutdown(asio::redirect_error(asio::use_awaitable, error));
  if (!unread_ || error == beast::error::timeout) co_return;
  transport.socket().shutdown(Socket::shutdown_send, error);
  std::array<char, 16 * 1024> forgotten;
  std::size_t bytes = 0;
  while (!error && bytes < farewell_bytes) {
    bytes +=
        co_await transport.async_read_some(asio::buffer(forgotten), asio::redirect_error(asio::use_awaitable, error));
  }
}

}  // namespace lanekeeper::http
