#include "net/https_client.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>

#include "base/json_codec.h"
#include "net/http_date.h"
#include "net/tls_client.h"

namespace lanekeeper::net {
namespace {

namespace beast = boost::beast;
namespace http = beast::http;
using Stream = beast::ssl_stream<beast::tcp_stream>;

constexpr std::uint64_t max_response_bytes = 64ULL * 1024 * 1024;
constexpr std::uint32_t max_header_bytes = 16 * 1024;

// What may be asked before the store CA is known.
bool open_to_strangers(std::string_view target) {
  const std::string_view path = target.substr(0, target.find('?'));
  return path == "/v1/hello" || path == "/v1/enrolments" || path.starts_with("/v1/enrolments/");
}

Error closed() {
  return Error{"net.closed", "The connection to the store server was lost. Try again.", {}};
}

http::request<http::string_body> to_message(const HttpRequest& request, const Endpoint& endpoint) {
  http::request<http::string_body> message;
  message.version(11);
  message.method_string(request.method);
  message.target(request.target);
  message.set(http::field::host, endpoint.to_string());
  message.set(http::field::user_agent, "lanekeeper/" LANEKEEPER_VERSION);
  for (const Header& header : request.headers) message.set(header.name, header.value);
  if (!request.body.empty()) {
    message.set(http::field::content_type, request.content_type);
    message.body() = request.body;
  }
  message.prepare_payload();
  return message;
}

}  // namespace

struct HttpsClient::Impl {
  Impl(Endpoint at, const TlsIdentity& identity)
      : endpoint(std::move(at)),
        pinned(!identity.ca_pem.empty()),
        context(make_client_context(identity)),
        lookup(endpoint) {}

  // One try over the present connection. `untouched`: it ended before any byte of an answer.
  struct Attempt {
    Result<HttpResponse> response;
    bool untouched = false;
  };

  asio::awaitable<Result<void>> connect();
  asio::awaitable<Attempt> attempt(const HttpRequest& request);
  asio::awaitable<Result<HttpResponse>> exchange(const HttpRequest& request);
  [[nodiscard]] bool usable();
  void give_up();
  Result<HttpResponse> run(const HttpRequest& request);

  Endpoint endpoint;
  bool pinned;
  Result<asio::ssl::context> context;
  asio::io_context io{1};
  HostLookup lookup;
  std::unique_ptr<Stream> stream;
  beast::flat_buffer buffer;
  std::string fingerprint;
  std::atomic<bool> cancelled = false;
};

// An idle connection that has something to read (a close, an alert) or is at its end is of no use any more. Finding out
// before sending keeps a request from being lost in it.
bool HttpsClient::Impl::usable() {
  if (!stream || buffer.size() != 0) return false;
  auto& socket = beast::get_lowest_layer(*stream).socket();
  char byte = 0;
  error_code error;
  socket.non_blocking(true, error);
  if (!error) socket.receive(asio::buffer(&byte, 1), tcp::socket::message_peek, error);
  return error == asio::error::would_block || error == asio::error::try_again;
}

asio::awaitable<Result<void>> HttpsClient::Impl::connect() {
  stream.reset();
  buffer.clear();
  const auto addresses = co_await lookup.addresses(io);
  if (cancelled) co_return fail(closed());
  if (addresses.empty()) co_return fail(describe_failure(asio::error::host_not_found, endpoint));
  stream = std::make_unique<Stream>(io, *context);
  SSL* const connection = stream->native_handle();
  set_server_name(connection, endpoint.host);
  error_code error;
  auto& transport = beast::get_lowest_layer(*stream);
  co_await transport.async_connect(addresses, asio::redirect_error(asio::use_awaitable, error));
  if (!error) transport.socket().set_option(tcp::no_delay(true), error);
  if (!error) {
    co_await stream->async_handshake(asio::ssl::stream_base::client, asio::redirect_error(asio::use_awaitable, error));
  }
  if (error) co_return fail(describe_failure(error, endpoint, connection));
  fingerprint = fingerprint_of_peer(connection);
  co_return check_server_certificate(connection);
}

asio::awaitable<HttpsClient::Impl::Attempt> HttpsClient::Impl::attempt(const HttpRequest& request) {
  auto message = to_message(request, endpoint);
  error_code write_error;
  co_await http::async_write(*stream, message, asio::redirect_error(asio::use_awaitable, write_error));

  // A server that refuses a body answers and closes while we still write: its answer is the better news.
  error_code error;
  http::response_parser<http::string_body> parser;
  parser.body_limit(max_response_bytes);
  parser.header_limit(max_header_bytes);
  if (request.method == "HEAD") parser.skip(true);
  co_await http::async_read(*stream, buffer, parser, asio::redirect_error(asio::use_awaitable, error));
  if (error) {
    const bool untouched = !parser.got_some() && buffer.size() == 0;
    if (error == http::error::end_of_stream || error == http::error::partial_message) error = asio::error::eof;
    const bool informative = error.category() == asio::error::get_ssl_category();
    if (write_error && !informative) error = write_error;
    co_return Attempt{fail(describe_failure(error, endpoint, stream->native_handle())), untouched};
  }
  auto& answer = parser.get();
  HttpResponse response{static_cast<int>(answer.result_int()), std::string(answer[http::field::content_type]),
                        std::move(answer.body()), parse_http_date(std::string(answer[http::field::date]))};
  if (write_error || !answer.keep_alive()) stream.reset();
  co_return Attempt{std::move(response), false};
}

asio::awaitable<Result<HttpResponse>> HttpsClient::Impl::exchange(const HttpRequest& request) {
  const bool reused = usable();
  if (!reused) {
    auto connected = co_await connect();
    if (!connected) co_return fail(std::move(connected.error()));
  }
  auto first = co_await attempt(request);
  const bool again = reused && first.untouched && request.method == "GET" && !cancelled;
  if (!again) co_return std::move(first.response);
  auto connected = co_await connect();
  if (!connected) co_return fail(std::move(connected.error()));
  auto second = co_await attempt(request);
  co_return std::move(second.response);
}

void HttpsClient::Impl::give_up() {
  lookup.give_up();
  if (stream) beast::get_lowest_layer(*stream).close();
}

Result<HttpResponse> HttpsClient::Impl::run(const HttpRequest& request) {
  const auto deadline = std::chrono::steady_clock::now() + request.timeout;
  std::optional<Result<HttpResponse>> outcome;
  std::exception_ptr fault;
  io.restart();
  asio::co_spawn(io, exchange(request), [&](std::exception_ptr failure, Result<HttpResponse> result) {
    fault = std::move(failure);
    outcome = std::move(result);
  });
  while (!outcome && io.run_one_until(deadline) != 0) {
  }
  const bool late = !outcome;
  if (late) {
    give_up();
    while (!outcome && io.run_one() != 0) {
    }
  }
  if (fault) std::rethrow_exception(fault);
  if (cancelled) outcome = fail(closed());
  if (late && !cancelled) {
    outcome =
        fail("net.timeout", "The store server did not answer in time. Try again.", {{"address", endpoint.to_string()}});
  }
  if (!*outcome) stream.reset();
  return std::move(*outcome);
}

HttpsClient::HttpsClient(Endpoint endpoint, TlsIdentity identity)
    : impl_(std::make_unique<Impl>(std::move(endpoint), identity)) {}

HttpsClient::~HttpsClient() = default;

Result<HttpResponse> HttpsClient::send(const HttpRequest& request) {
  if (impl_->cancelled) return fail(closed());
  if (!impl_->context) return fail(impl_->context.error());
  if (!impl_->pinned && !open_to_strangers(request.target)) {
    return fail("net.tls", "This device does not know the store's certificate yet. Pair it first.",
                {{"reason", "no store certificate"}});
  }
  return impl_->run(request);
}

void HttpsClient::cancel() {
  impl_->cancelled = true;
  asio::post(impl_->io, [impl = impl_.get()] { impl->give_up(); });
}

std::string HttpsClient::peer_fingerprint() const {
  return impl_->fingerprint;
}

Result<HttpResponse> expect_success(Result<HttpResponse> response) {
  if (!response || response->status < 400) return response;
  Error error{"http.status", "The store server refused the request.", {{"status", std::to_string(response->status)}}};
  const auto body = json::parse(response->body);
  if (!body || !body->is_object()) return fail(std::move(error));
  const auto text = [&](const char* name) {
    const auto member = body->find(name);
    return member != body->end() && member->is_string() ? member->get<std::string>() : std::string();
  };
  if (text("code").empty()) return fail(std::move(error));
  error = Error{text("code"), text("message"), {}};
  if (const auto details = body->find("details"); details != body->end() && details->is_object()) {
    for (const auto& [name, value] : details->items()) {
      if (value.is_string()) error.details.emplace_back(name, value.get<std::string>());
    }
  }
  return fail(std::move(error));
}

}  // namespace lanekeeper::net
