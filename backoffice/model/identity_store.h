// The device's key and certificate, and the store CA it trusts, as files in the data directory (0700):
//   device-key.pem (0600), device-certificate.pem, store-ca.pem
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "base/error.h"
#include "base/ids.h"
#include "journal/chain.h"
#include "net/https_client.h"

namespace lanekeeper::office {

// Writes are atomic (new file, flushed, renamed). Errors: office.data_directory (details "path", "reason").
class IdentityStore {
 public:
  explicit IdentityStore(std::filesystem::path directory) : directory_(std::move(directory)) {}

  // The key made at first use; it stays the same whatever happens to certificates. A key file that cannot be read as a
  // key is tls.bad_key: it is never overwritten.
  [[nodiscard]] Result<journal::SigningKey> key(RandomSource& random) const;
  // nullopt before enrolment, or when certificate and key do not belong together.
  [[nodiscard]] Result<std::optional<net::TlsIdentity>> load() const;
  [[nodiscard]] Result<void> store(const std::string& certificate_pem, const std::string& ca_pem) const;
  // After a revocation: the certificate goes, the key stays.
  void forget_certificate() const;

 private:
  std::filesystem::path directory_;
};

}  // namespace lanekeeper::office
