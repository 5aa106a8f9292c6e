// What the services need of the store's certificate authority, so that they need not know any TLS library. main.cpp
// implements it over net/x509.h.
#pragma once

#include <string>
#include <string_view>

#include "base/error.h"
#include "base/time.h"
#include "journal/chain.h"

namespace lanekeeper::services {

// Thread-safe.
class CertificateIssuer {
 public:
  virtual ~CertificateIssuer() = default;

  struct Request {
    std::string common_name;
    journal::PublicKey public_key{};
  };
  // Reads a PKCS#10 request and checks its signature. tls.bad_csr
  [[nodiscard]] virtual Result<Request> read_request(std::string_view csr_pem) const = 0;

  struct Certificate {
    std::string pem;
    std::string serial_hex;  // exactly as net::CertificateInfo::serial_hex reads it back
    Instant expires_at;
  };
  [[nodiscard]] virtual Certificate issue(const journal::PublicKey& key, std::string_view common_name) const = 0;
  [[nodiscard]] virtual std::string ca_pem() const = 0;
  [[nodiscard]] virtual std::string fingerprint(const journal::PublicKey& key) const = 0;  // "3F7A 91C0"
};

}  // namespace lanekeeper::services
