// The store's keys: its certificate authority, the server's own certificate, the key that signs acknowledgements. Made
// at the first start, in the folder keys/ of the data directory, each file 0600:
//
//   ca.pem ca.key           the store CA: whoever has ca.key can make tills. Part of every backup.
//   server.pem server.key   TLS; made again when the machine's names change or it comes near its end
//   server.names            the names that server.pem was made for
//   signing.key             signs acknowledgements of journal entries
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/ids.h"
#include "base/time.h"
#include "net/x509.h"
#include "services/certificate_issuer.h"

namespace lanekeeper::server {

struct StoreKeys {
  net::CertificateAuthority ca;
  std::string server_certificate_pem;
  std::string server_key_pem;
  journal::SigningKey signing_key;
  bool made_ca = false;
  bool made_certificate = false;
};

// The machine's names and addresses, under which devices may know it.
[[nodiscard]] std::vector<std::string> local_names();

// files.unwritable, files.unreadable, tls.bad_key, tls.bad_certificate, keys.incomplete (some of the files are there
// and some are not: restore them from the backup rather than lose all tills).
[[nodiscard]] Result<StoreKeys> open_store_keys(const std::filesystem::path& data_dir, const std::string& store_name,
                                                const std::vector<std::string>& names, RandomSource& random,
                                                Instant now);

// The certificates of devices.
class DeviceCertificates : public services::CertificateIssuer {
 public:
  static constexpr std::int64_t valid_ms = 365LL * 24 * 60 * 60 * 1000;

  DeviceCertificates(const net::CertificateAuthority& ca, RandomSource& random, const Clock& clock)
      : ca_(ca), random_(random), clock_(clock) {}
  [[nodiscard]] Result<Request> read_request(std::string_view csr_pem) const override;
  [[nodiscard]] Certificate issue(const journal::PublicKey& key, std::string_view common_name) const override;
  [[nodiscard]] std::string ca_pem() const override { return ca_.certificate_pem(); }
  [[nodiscard]] std::string fingerprint(const journal::PublicKey& key) const override {
    return net::short_fingerprint(key);
  }

 private:
  const net::CertificateAuthority& ca_;
  RandomSource& random_;
  const Clock& clock_;
};

}  // namespace lanekeeper::server
