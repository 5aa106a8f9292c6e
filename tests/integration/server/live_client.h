// How tests talk to a store server.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <thread>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>

#include "../eventually.h"
#include "net/https_client.h"

namespace lanekeeper::testing {

[[nodiscard]] net::HttpRequest request(const std::string& method, const std::string& target,
                                       const std::string& token = "", const std::string& body = "");
// "200", or the status and the error code: "403 access.forbidden"; or the code of a failure of the connection.
[[nodiscard]] std::string outcome(const Result<net::HttpResponse>& response);

// A client without any manners: plain text over TLS, byte by byte if need be.
class RawClient {
 public:
  // identity without certificate: a stranger. Throws boost::system::system_error when the handshake fails.
  RawClient(const net::Endpoint& endpoint, const net::TlsIdentity& identity, int max_tls_version = TLS1_3_VERSION);
  ~RawClient();
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;

  void write(const std::string& text);
  // What comes until the peer closes, or until `enough` is in it.
  [[nodiscard]] std::string read(const std::string& enough = "");

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace lanekeeper::testing
