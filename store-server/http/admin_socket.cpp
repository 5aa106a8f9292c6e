#include "http/admin_socket.h"

#include <sys/socket.h>
#include <unistd.h>

#include <spdlog/spdlog.h>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include "http/answer.h"
#include "protocol/messages.h"

namespace lanekeeper::http {
namespace {

namespace asio = boost::asio;
using Protocol = asio::local::stream_protocol;
using boost::system::error_code;
using namespace std::chrono_literals;

constexpr std::size_t max_line_bytes = 64 * 1024;
constexpr auto line_limit = 5s;
constexpr auto pause_after_accept_error = 200ms;

bool is_our_user(Protocol::socket& socket) {
  ucred peer{};
  socklen_t size = sizeof peer;
  if (getsockopt(socket.native_handle(), SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0) return false;
  return peer.uid == geteuid() || peer.uid == 0;
}

json::Value refusal(const Error& error) {
  return {{"ok", false}, {"error", json::to_value(protocol::to_body(error))}};
}

}  // namespace

struct AdminSocket::Impl {
  Impl(std::filesystem::path at, Handler handle) : path(std::move(at)), handler(std::move(handle)) {}

  Result<void> listen();
  asio::awaitable<void> accept_for_ever();
  asio::awaitable<void> serve(Protocol::socket socket);
  [[nodiscard]] json::Value answer(const std::string& line) const;

  std::filesystem::path path;
  Handler handler;
  asio::io_context io{1};
  Protocol::acceptor acceptor{io};
  std::thread thread;
};

Result<void> AdminSocket::Impl::listen() {
  const auto refuse = [&](const std::string& reason) {
    return fail("admin.socket", "The socket for the server's own commands cannot be made.",
                {{"path", path.string()}, {"reason", reason}});
  };
  std::error_code file_error;
  std::filesystem::create_directories(path.parent_path(), file_error);
  if (!file_error) {
    std::filesystem::permissions(path.parent_path(), std::filesystem::perms::owner_all, file_error);
  }
  if (file_error) return refuse(file_error.message());
  std::filesystem::remove(path, file_error);  // of a server that was killed
  try {
    const Protocol::endpoint endpoint(path.string());
    acceptor.open();
    acceptor.bind(endpoint);
    acceptor.listen();
  } catch (const boost::system::system_error& failure) {  // a path longer than a socket address, too
    return refuse(failure.what());
  }
  std::filesystem::permissions(path, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write,
                               file_error);
  if (file_error) return refuse(file_error.message());
  return {};
}

asio::awaitable<void> AdminSocket::Impl::accept_for_ever() {
  while (acceptor.is_open()) {
    error_code error;
    Protocol::socket socket(io);
    co_await acceptor.async_accept(socket, asio::redirect_error(asio::use_awaitable, error));
    if (error == asio::error::operation_aborted) co_return;
    if (error) {
      asio::steady_timer pause(io, pause_after_accept_error);
      co_await pause.async_wait(asio::redirect_error(asio::use_awaitable, error));
    } else if (is_our_user(socket)) {
      co_await serve(std::move(socket));
    }
  }
}

asio::awaitable<void> AdminSocket::Impl::serve(Protocol::socket socket) {
  asio::steady_timer guard(io, line_limit);
  guard.async_wait([&socket](const error_code& error) {
    error_code ignored;  // it is closed either way
    if (!error) socket.close(ignored);
  });
  std::string line;
  error_code error;
  co_await asio::async_read_until(socket, asio::dynamic_buffer(line, max_line_bytes), '\n',
                                  asio::redirect_error(asio::use_awaitable, error));
  guard.cancel();
  // Lets the guard's handler run before the socket it refers to can go.
  co_await asio::post(io, asio::use_awaitable);
  if (error) co_return;
  const std::string text = answer(line).dump() + "\n";
  co_await asio::async_write(socket, asio::buffer(text), asio::redirect_error(asio::use_awaitable, error));
}

json::Value AdminSocket::Impl::answer(const std::string& line) const {
  try {
    const auto request = json::parse(line);
    if (!request) return refusal(request.error());
    auto result = handler(*request);
    if (!result) return refusal(result.error());
    return {{"ok", true}, {"result", std::move(*result)}};
  } catch (const std::exception& fault) {
    return refusal(error_of_fault(fault, "admin socket"));
  }
}

AdminSocket::AdminSocket(std::filesystem::path path, Handler handler)
    : impl_(std::make_unique<Impl>(std::move(path), std::move(handler))) {}

AdminSocket::~AdminSocket() {
  if (!impl_->thread.joinable()) return;
  impl_->io.stop();
  impl_->thread.join();
  std::error_code ignored;  // a socket left behind is replaced at the next start
  std::filesystem::remove(impl_->path, ignored);
}

Result<void> AdminSocket::start() {
  auto listening = impl_->listen();
  if (!listening) return listening;
  asio::co_spawn(impl_->io, impl_->accept_for_ever(), [](const std::exception_ptr& fault) {
    if (fault) std::rethrow_exception(fault);
  });
  impl_->thread = std::thread([impl = impl_.get()] {
    try {
      impl->io.run();
    } catch (const std::exception& fault) {
      spdlog::error("the admin socket ended by a fault: {}", fault.what());
    }
  });
  return {};
}

Result<json::Value> call_admin(const std::filesystem::path& path, const json::Value& request) {
  asio::io_context io;
  Protocol::socket socket(io);
  std::string line;
  try {
    socket.connect(Protocol::endpoint(path.string()));
    asio::write(socket, asio::buffer(request.dump() + "\n"));
    asio::read_until(socket, asio::dynamic_buffer(line, max_line_bytes * 16), '\n');
  } catch (const boost::system::system_error& failure) {
    return fail("admin.not_running", "The store server does not run with this data directory. Start it first.",
                {{"path", path.string()}, {"reason", failure.what()}});
  }
  auto answer = json::parse(line);
  if (!answer) return fail(std::move(answer.error()));
  if (answer->value("ok", false)) return answer->value("result", json::Value::object());
  auto error = json::from_value<protocol::ErrorBody>(answer->value("error", json::Value::object()));
  if (!error) return fail(std::move(error.error()));
  return fail(protocol::from_body(*error));
}

}  // namespace lanekeeper::http
