#include "model/identity_store.h"

#include "model/private_files.h"
#include "net/x509.h"

namespace lanekeeper::office {
namespace {
constexpr const char* key_file = "device-key.pem";
constexpr const char* certificate_file = "device-certificate.pem";
constexpr const char* ca_file = "store-ca.pem";
}  // namespace

Result<journal::SigningKey> IdentityStore::key(RandomSource& random) const {
  auto stored = read_small_file(directory_ / key_file);
  if (!stored) return fail(std::move(stored.error()));
  if (*stored) return net::from_pkcs8_pem(**stored);
  auto fresh = journal::SigningKey::generate(random);
  if (auto written = write_private_file(directory_ / key_file, net::to_pkcs8_pem(fresh)); !written) {
    return fail(std::move(written.error()));
  }
  return fresh;
}

Result<std::optional<net::TlsIdentity>> IdentityStore::load() const {
  net::TlsIdentity identity;
  for (auto [name, member] :
       {std::pair{key_file, &identity.key_pem}, std::pair{certificate_file, &identity.certificate_pem},
        std::pair{ca_file, &identity.ca_pem}}) {
    auto content = read_small_file(directory_ / name);
    if (!content) return fail(std::move(content.error()));
    if (!*content) return std::optional<net::TlsIdentity>();
    *member = std::move(**content);
  }
  const auto own = net::from_pkcs8_pem(identity.key_pem);
  if (!own) return fail(own.error());
  const auto certificate = net::parse_certificate(identity.certificate_pem);
  if (!certificate || certificate->public_key != own->public_key()) return std::optional<net::TlsIdentity>();
  return std::optional(std::move(identity));
}

Result<void> IdentityStore::store(const std::string& certificate_pem, const std::string& ca_pem) const {
  if (auto written = write_private_file(directory_ / ca_file, ca_pem); !written) return written;
  return write_private_file(directory_ / certificate_file, certificate_pem);
}

void IdentityStore::forget_certificate() const {
  std::error_code ignored;
  std::filesystem::remove(directory_ / certificate_file, ignored);
}

}  // namespace lanekeeper::office
