// What both clients of this room share: the TLS context with the pinned store CA, finding the host, and what a failure
// is called. Internal to shared/net.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/steady_timer.hpp>

#include "net/https_client.h"

namespace lanekeeper::net {

namespace asio = boost::asio;
using tcp = asio::ip::tcp;
using boost::system::error_code;

// TLS 1.3 only, no tickets. With a CA the peer must present a certificate of that CA made for servers; without one any
// certificate is taken. net.tls when the identity cannot be used.
[[nodiscard]] Result<asio::ssl::context> make_client_context(const TlsIdentity& identity);

// After the handshake: net.tls when the peer's certificate was not made for a server.
[[nodiscard]] Result<void> check_server_certificate(SSL* connection);
// SHA-256 of the peer's raw public key, hex; empty when it is not an Ed25519 key.
[[nodiscard]] std::string fingerprint_of_peer(SSL* connection);

// SNI carries host names only (RFC 6066).
void set_server_name(SSL* connection, const std::string& host);

// net.tls for what TLS itself says, net.closed for a lost connection, else net.unreachable.
[[nodiscard]] Error describe_failure(const error_code& error, const Endpoint& endpoint, SSL* connection = nullptr);

// Finds the addresses of a host. The system's resolver cannot be interrupted, so a name is looked up on a thread that
// nobody waits for: giving up is always possible, and at most one look-up runs per HostLookup. Not thread-safe.
class HostLookup {
 public:
  explicit HostLookup(Endpoint endpoint) : endpoint_(std::move(endpoint)) {}
  // Empty: not found, or given up.
  [[nodiscard]] asio::awaitable<std::vector<tcp::endpoint>> addresses(asio::io_context& context);
  // Ends the wait above. On the thread that runs the context.
  void give_up();

 private:
  struct Pending;
  Endpoint endpoint_;
  std::shared_ptr<Pending> pending_;
  std::shared_ptr<asio::steady_timer> waiting_;
};

}  // namespace lanekeeper::net
