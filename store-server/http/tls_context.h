// The server's side of TLS: 1.3 only, our certificate, and whose certificates count. Heavy: only for files with Asio.
#pragma once

#include <string>

#include <boost/asio/ssl/context.hpp>

namespace lanekeeper::http {

struct TlsFiles {
  std::string ca_pem;
  std::string certificate_pem;
  std::string key_pem;
};

// A client may come without a certificate (the route table decides what it may do then); one that it shows must be of
// the store CA, made for clients and not expired, or the handshake fails. Throws Fault("tls.openssl").
[[nodiscard]] boost::asio::ssl::context make_server_context(const TlsFiles& files);

// Serial number of the peer's verified certificate as net::CertificateInfo has it; empty when it showed none.
[[nodiscard]] std::string peer_serial(SSL* connection);

}  // namespace lanekeeper::http
