#include "http/server.h"

#include <spdlog/spdlog.h>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "http/session.h"
#include "http/tls_context.h"

namespace lanekeeper::http {
namespace {

namespace asio = boost::asio;
using tcp = asio::ip::tcp;
using boost::system::error_code;
using namespace std::chrono_literals;

constexpr auto pause_after_accept_error = 200ms;
constexpr auto cut_patience = 2s;

// 10.0.0.7 and ::ffff:10.0.0.7 are one peer.
std::string name_of(const asio::ip::address& address) {
  if (address.is_v6() && address.to_v6().is_v4_mapped()) {
    return asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6()).to_string();
  }
  return address.to_string();
}

// Who counts as one peer: an address, of IPv6 the network of 64 bits, since whoever has one has all of its addresses.
std::string peer_of(const asio::ip::address& address) {
  if (!address.is_v6() || address.to_v6().is_v4_mapped()) return name_of(address);
  auto bytes = address.to_v6().to_bytes();
  std::fill(bytes.begin() + 8, bytes.end(), static_cast<unsigned char>(0));
  return asio::ip::address_v6(bytes).to_string() + "/64";
}

}  // namespace

struct Server::Impl {
  Impl(const ServerConfig& config, Services services)
      : core(config, std::move(services), make_server_context({config.ca_pem, config.certificate_pem, config.key_pem})),
        acceptor(asio::make_strand(io)) {}

  Result<void> listen();
  asio::awaitable<void> accept_for_ever();
  void admit(tcp::socket socket);
  void run_thread();
  std::vector<std::shared_ptr<Session>> running();

  ServerCore core;
  asio::io_context io;
  asio::executor_work_guard<asio::io_context::executor_type> work = asio::make_work_guard(io);
  tcp::acceptor acceptor;
  std::uint16_t port = 0;
  std::vector<std::thread> threads;
};

Result<void> Server::Impl::listen() {
  error_code error;
  const auto address = asio::ip::make_address(core.config.host, error);
  const tcp::endpoint endpoint(address, core.config.port);
  if (!error) acceptor.open(endpoint.protocol(), error);
  if (!error) acceptor.set_option(tcp::acceptor::reuse_address(true), error);
  if (!error) acceptor.bind(endpoint, error);
  if (!error) acceptor.listen(asio::socket_base::max_listen_connections, error);
  if (!error) port = acceptor.local_endpoint(error).port();
  if (!error) return {};
  return fail("http.address", "The server cannot listen at its address. Is another one running? Choose with --listen.",
              {{"address", fmt::format("{}:{}", core.config.host, core.config.port)}, {"reason", error.message()}});
}

asio::awaitable<void> Server::Impl::accept_for_ever() {
  for (;;) {
    error_code error;
    tcp::socket socket(asio::make_strand(io));
    co_await acceptor.async_accept(socket, asio::redirect_error(asio::use_awaitable, error));
    if (core.draining || error == asio::error::operation_aborted) co_return;
    if (!error) {
      try {
        admit(std::move(socket));
      } catch (const std::exception& fault) {
        spdlog::error("a connection was not taken: {}", fault.what());  // out of memory; the next may fit again
      }
      continue;
    }
    // Out of descriptors, most likely: trying at once again would only burn the processor.
    spdlog::error("accept: {}", error.message());
    asio::steady_timer pause(acceptor.get_executor(), pause_after_accept_error);
    co_await pause.async_wait(asio::redirect_error(asio::use_awaitable, error));
  }
}

void Server::Impl::admit(tcp::socket socket) {
  error_code error;
  const auto peer = socket.remote_endpoint(error);
  if (error) return;
  const std::string address = name_of(peer.address());
  auto slot = core.limits->admit(peer_of(peer.address()));
  if (!slot) return;
  ++core.accepted;
  socket.set_option(tcp::no_delay(true), error);
  socket.set_option(asio::socket_base::keep_alive(true), error);
  std::make_shared<Session>(core, std::move(socket), std::move(slot), address)->run();
}

void Server::Impl::run_thread() {
  for (;;) {
    try {
      io.run();
      return;
    } catch (const std::exception& fault) {
      spdlog::error("fault on an io thread: {}", fault.what());
    }
  }
}

std::vector<std::shared_ptr<Session>> Server::Impl::running() {
  const std::lock_guard lock(core.mutex);
  return {core.sessions.begin(), core.sessions.end()};
}

Server::Server(const ServerConfig& config, Services services)
    : impl_(std::make_unique<Impl>(config, std::move(services))) {}

Server::~Server() {
  drain(0ms);
  finish();
}

Result<void> Server::start() {
  auto listening = impl_->listen();
  if (!listening) return listening;
  asio::co_spawn(impl_->acceptor.get_executor(), impl_->accept_for_ever(), [](const std::exception_ptr& fault) {
    if (fault) std::rethrow_exception(fault);
  });
  for (int i = 0; i < impl_->core.config.io_threads; ++i) impl_->threads.emplace_back([this] { impl_->run_thread(); });
  return {};
}

std::uint16_t Server::port() const {
  return impl_->port;
}

void Server::drain(std::chrono::milliseconds patience) {
  ServerCore& core = impl_->core;
  if (impl_->threads.empty()) return;
  core.draining = true;
  asio::post(impl_->acceptor.get_executor(), [impl = impl_.get()] {
    error_code ignored;  // nothing to be done about a socket that cannot be closed
    impl->acceptor.close(ignored);
  });
  for (const auto& session : impl_->running()) session->end_when_idle();
  const auto wait_until_empty = [&](std::chrono::milliseconds limit) {
    std::unique_lock lock(core.mutex);
    return core.emptied.wait_for(lock, limit, [&] { return core.sessions.empty(); });
  };
  if (wait_until_empty(patience)) return;
  const auto late = impl_->running();
  if (patience > 0ms) spdlog::warn("{} connections were cut after {} ms", late.size(), patience.count());
  for (const auto& session : late) session->cut();
  wait_until_empty(cut_patience);
}

void Server::finish() {
  impl_->work.reset();
  impl_->io.stop();
  for (std::thread& thread : impl_->threads) thread.join();
  impl_->threads.clear();
  // What was still open must go before the context it belongs to.
  const std::lock_guard lock(impl_->core.mutex);
  impl_->core.sessions.clear();
}

Server::Statistics Server::statistics() const {
  const ServerCore& core = impl_->core;
  return {static_cast<std::int64_t>(core.limits->total()), core.limits->refused(), core.accepted,
          core.handshake_failures};
}

}  // namespace lanekeeper::http
