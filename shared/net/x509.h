// Keys, certificate requests and certificates of the store's own CA. Ed25519 throughout (RFC 8410).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/time.h"
#include "journal/chain.h"

namespace lanekeeper::net {

// PKCS#8 PEM of the same key that signs the journal.
[[nodiscard]] std::string to_pkcs8_pem(const journal::SigningKey& key);
[[nodiscard]] Result<journal::SigningKey> from_pkcs8_pem(std::string_view pem);  // tls.bad_key

[[nodiscard]] std::string make_csr(const journal::SigningKey& key, std::string_view common_name);

struct CsrInfo {
  std::string common_name;
  journal::PublicKey public_key{};
};
// Checks the request's own signature. tls.bad_csr
[[nodiscard]] Result<CsrInfo> parse_csr(std::string_view pem);

struct CertificateInfo {
  std::string common_name;
  std::string serial_hex;
  std::string issuer_common_name;
  journal::PublicKey public_key{};
  Instant not_before;
  Instant not_after;
};
[[nodiscard]] Result<CertificateInfo> parse_certificate(std::string_view pem);  // tls.bad_certificate

// The store CA. Certificates: CA 20 years, server 2 years (subject alternative names), devices 1 year by default.
class CertificateAuthority {
 public:
  [[nodiscard]] static CertificateAuthority create(std::string_view store_name, RandomSource& random, Instant now);
  [[nodiscard]] static Result<CertificateAuthority> load(std::string_view certificate_pem, std::string_view key_pem);

  [[nodiscard]] const std::string& certificate_pem() const { return certificate_pem_; }
  [[nodiscard]] std::string key_pem() const;
  [[nodiscard]] std::string issue_device(const journal::PublicKey& key, std::string_view common_name,
                                         std::int64_t valid_ms, RandomSource& random, Instant now) const;
  [[nodiscard]] std::string issue_server(const journal::PublicKey& key, const std::vector<std::string>& names,
                                         RandomSource& random, Instant now) const;

 private:
  CertificateAuthority(std::string certificate_pem, journal::SigningKey key)
      : certificate_pem_(std::move(certificate_pem)), key_(key) {}
  std::string certificate_pem_;
  journal::SigningKey key_;
};

// First 8 hex digits of SHA-256 of the public key, for people to compare: "3F7A 91C0".
[[nodiscard]] std::string short_fingerprint(const journal::PublicKey& key);

}  // namespace lanekeeper::net
