// Owners for what OpenSSL hands out, for the rooms that speak to it directly (net, http).
#pragma once

#include <memory>
#include <optional>
#include <string>

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include "base/error.h"
#include "journal/chain.h"

namespace lanekeeper::net {

template <auto function>
struct FreeWith {
  template <class T>
  void operator()(T* handle) const {
    function(handle);
  }
};
using BioHandle = std::unique_ptr<BIO, FreeWith<BIO_free_all>>;
using KeyHandle = std::unique_ptr<EVP_PKEY, FreeWith<EVP_PKEY_free>>;
using CertificateHandle = std::unique_ptr<X509, FreeWith<X509_free>>;
using RequestHandle = std::unique_ptr<X509_REQ, FreeWith<X509_REQ_free>>;

// The oldest error of this thread as text, and an empty queue afterwards.
inline std::string take_openssl_error() {
  const unsigned long code = ERR_get_error();
  ERR_clear_error();
  if (code == 0) return "unknown";
  char text[256];
  ERR_error_string_n(code, text, sizeof text);
  return text;
}

// For calls that fail only when memory is out or the arguments are wrong.
inline void require(bool ok, const char* what) {
  if (!ok) throw Fault("tls.openssl", std::string(what) + ": " + take_openssl_error());
}

// Nothing when the key is not an Ed25519 one.
inline std::optional<journal::PublicKey> raw_public_key(const EVP_PKEY* key) {
  journal::PublicKey out{};
  std::size_t size = out.size();
  if (key == nullptr || EVP_PKEY_get_id(key) != EVP_PKEY_ED25519 ||
      EVP_PKEY_get_raw_public_key(key, out.data(), &size) != 1 || size != out.size()) {
    ERR_clear_error();
    return std::nullopt;
  }
  return out;
}

// As CertificateInfo::serial_hex.
[[nodiscard]] std::string serial_hex(const X509* certificate);

}  // namespace lanekeeper::net
