#include "net/push_client.h"

#include <random>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>
#include <boost/beast/websocket.hpp>
#include <boost/beast/websocket/ssl.hpp>

#include "net/tls_client.h"

namespace lanekeeper::net {
namespace {

namespace beast = boost::beast;
namespace websocket = beast::websocket;
using namespace std::chrono_literals;

constexpr auto connect_limit = 5s;
constexpr auto silence_limit = 15s;
constexpr std::chrono::milliseconds first_pause = 500ms;
constexpr std::chrono::milliseconds longest_pause = 10s;
constexpr std::size_t max_waiting = 64;
constexpr std::size_t max_message_bytes = 1024 * 1024;

}  // namespace

struct PushClient::Impl {
  using Stream = websocket::stream<beast::ssl_stream<beast::tcp_stream>>;

  Impl(Endpoint at, const TlsIdentity& identity, std::string bearer, Handlers told)
      : endpoint(std::move(at)),
        context(make_client_context(identity)),
        token(std::move(bearer)),
        handlers(std::move(told)),
        lookup(endpoint),
        pause(io) {
    asio::co_spawn(io, run(), [](const std::exception_ptr& fault) {
      if (fault) std::rethrow_exception(fault);
    });
    thread = std::thread([this] { io.run(); });
  }
  ~Impl() {
    asio::post(io, [this] {
      stopping = true;
      pause.cancel();
      lookup.give_up();
      close();
    });
    thread.join();
  }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  asio::awaitable<void> run();
  asio::awaitable<Result<void>> connect();
  asio::awaitable<Result<void>> open_channel(std::shared_ptr<Stream> current);
  asio::awaitable<Error> read_until_lost();
  void close();
  void write_next();

  // All but the thread itself belongs to that thread.
  Endpoint endpoint;
  Result<asio::ssl::context> context;
  std::string token;
  Handlers handlers;
  asio::io_context io{1};
  HostLookup lookup;
  asio::steady_timer pause;
  std::shared_ptr<Stream> stream;  // shared with a write under way
  std::deque<std::string> waiting;
  bool open = false;
  bool writing = false;
  bool stopping = false;
  bool hurry = false;
  std::thread thread;
};

asio::awaitable<Result<void>> PushClient::Impl::connect() {
  if (!context) co_return fail(context.error());
  const auto addresses = co_await lookup.addresses(io);
  if (stopping) co_return fail(describe_failure(asio::error::operation_aborted, endpoint));
  if (addresses.empty()) co_return fail(describe_failure(asio::error::host_not_found, endpoint));
  stream = std::make_shared<Stream>(io, *context);
  const auto current = stream;
  auto& tls = current->next_layer();
  auto& transport = beast::get_lowest_layer(*current);
  set_server_name(tls.native_handle(), endpoint.host);
  error_code error;
  transport.expires_after(connect_limit);
  co_await transport.async_connect(addresses, asio::redirect_error(asio::use_awaitable, error));
  if (!error) transport.socket().set_option(tcp::no_delay(true), error);
  if (!error) {
    co_await tls.async_handshake(asio::ssl::stream_base::client, asio::redirect_error(asio::use_awaitable, error));
  }
  if (error) co_return fail(describe_failure(error, endpoint, tls.native_handle()));
  auto trusted = check_server_certificate(tls.native_handle());
  if (!trusted) co_return trusted;
  transport.expires_never();  // the channel has time limits of its own
  auto opened = co_await open_channel(current);
  co_return opened;
}

asio::awaitable<Result<void>> PushClient::Impl::open_channel(std::shared_ptr<Stream> current) {
  // With pings of its own: without them Boost 1.74 ends a connection at the limit, however much was heard.
  current->set_option(websocket::stream_base::timeout{connect_limit, silence_limit, true});
  current->read_message_max(max_message_bytes);
  current->set_option(websocket::stream_base::decorator([this](websocket::request_type& request) {
    request.set(beast::http::field::user_agent, "lanekeeper/" LANEKEEPER_VERSION);
    if (token.empty()) return;
    request.set(beast::http::field::authorization, "Bearer " + token);
    request.set("X-Unattended", "1");  // it comes back by itself, whether a person is there or not
  }));
  websocket::response_type response;
  error_code error;
  co_await current->async_handshake(response, endpoint.to_string(), "/v1/push",
                                    asio::redirect_error(asio::use_awaitable, error));
  if (error == websocket::error::upgrade_declined) {
    auto refusal = expect_success(HttpResponse{static_cast<int>(response.result_int()), {}, response.body()});
    if (!refusal) co_return fail(std::move(refusal.error()));
  }
  if (error) co_return fail(describe_failure(error, endpoint, current->next_layer().native_handle()));
  co_return Result<void>();
}

asio::awaitable<Error> PushClient::Impl::read_until_lost() {
  const auto current = stream;
  beast::flat_buffer buffer;
  for (;;) {
    error_code error;
    co_await current->async_read(buffer, asio::redirect_error(asio::use_awaitable, error));
    if (error) {
      const bool silent_or_orderly = error == websocket::error::closed || error == beast::error::timeout;
      if (silent_or_orderly) error = asio::error::eof;
      co_return describe_failure(error, endpoint);
    }
    if (handlers.message) handlers.message(beast::buffers_to_string(buffer.data()));
    buffer.consume(buffer.size());
  }
}

asio::awaitable<void> PushClient::Impl::run() {
  std::mt19937 generator{std::random_device{}()};
  std::chrono::milliseconds wait = first_pause;
  while (!stopping) {
    Error reason;
    auto connected = co_await connect();
    if (connected) {
      const auto since = std::chrono::steady_clock::now();
      open = true;
      if (handlers.connected) handlers.connected();
      reason = co_await read_until_lost();
      // A server that takes us and drops us at once is not asked twice a second for ever.
      if (std::chrono::steady_clock::now() - since > longest_pause) wait = first_pause;
    } else {
      reason = std::move(connected.error());
    }
    close();
    if (stopping) break;
    if (handlers.disconnected) handlers.disconnected(reason);
    if (!hurry) {
      // Between half and the whole of it: tills that lost the server together do not come back in step.
      std::uniform_int_distribution<std::int64_t> spread(wait.count() / 2, wait.count());
      pause.expires_after(std::chrono::milliseconds(spread(generator)));
      error_code cancelled;
      co_await pause.async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
    }
    hurry = false;
    wait = std::min(wait * 2, longest_pause);
  }
}

void PushClient::Impl::close() {
  open = false;
  waiting.clear();
  if (!stream) return;
  beast::get_lowest_layer(*stream).close();
  stream.reset();
}

void PushClient::Impl::write_next() {
  if (writing || !open || waiting.empty()) return;
  writing = true;
  const auto message = std::make_shared<std::string>(std::move(waiting.front()));
  waiting.pop_front();
  stream->async_write(asio::buffer(*message), [this, message, current = stream](const error_code& error, std::size_t) {
    writing = false;
    if (error) beast::get_lowest_layer(*current).close();  // the reader notices
    write_next();
  });
}

PushClient::PushClient(Endpoint endpoint, TlsIdentity identity, std::string bearer_token, Handlers handlers)
    : impl_(std::make_unique<Impl>(std::move(endpoint), identity, std::move(bearer_token), std::move(handlers))) {}

PushClient::~PushClient() = default;

void PushClient::send(std::string message) {
  asio::post(impl_->io, [impl = impl_.get(), text = std::move(message)]() mutable {
    if (!impl->open) return;
    // What a device reports is only worth having fresh: the oldest gives way.
    if (impl->waiting.size() == max_waiting) impl->waiting.pop_front();
    impl->waiting.push_back(std::move(text));
    impl->write_next();
  });
}

void PushClient::reconnect_now() {
  asio::post(impl_->io, [impl = impl_.get()] {
    if (impl->open) return;
    impl->hurry = true;
    impl->pause.cancel();
  });
}

}  // namespace lanekeeper::net
