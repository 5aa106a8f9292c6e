#include "program/store_keys.h"

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>
#include <unistd.h>

#include <set>

#include "program/private_file.h"

namespace lanekeeper::server {
namespace {

constexpr std::int64_t renew_before_ms = 60LL * 24 * 60 * 60 * 1000;

struct KeyFiles {
  explicit KeyFiles(const std::filesystem::path& data_dir) : folder(data_dir / "keys") {}
  std::filesystem::path folder;
  std::filesystem::path ca_certificate = folder / "ca.pem";
  std::filesystem::path ca_key = folder / "ca.key";
  std::filesystem::path server_certificate = folder / "server.pem";
  std::filesystem::path server_key = folder / "server.key";
  std::filesystem::path server_names = folder / "server.names";
  std::filesystem::path signing_key = folder / "signing.key";
};

std::string join_lines(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

Result<net::CertificateAuthority> open_ca(const KeyFiles& files, const std::string& store_name, RandomSource& random,
                                          Instant now, bool& made) {
  const auto certificate = read_file(files.ca_certificate);
  if (!certificate) return fail(certificate.error());
  const auto key = read_file(files.ca_key);
  if (!key) return fail(key.error());
  if (*certificate && *key) return net::CertificateAuthority::load(**certificate, **key);
  // The key is written first: without the certificate nothing was ever made with it.
  if (*certificate) {
    return fail("keys.incomplete",
                "The key of the store's certificate authority is missing. Restore it from the backup.",
                {{"path", files.ca_key.string()}});
  }
  auto ca = net::CertificateAuthority::create(store_name, random, now);
  auto written = write_private_file(files.ca_key, ca.key_pem());
  if (written) written = write_private_file(files.ca_certificate, ca.certificate_pem());
  if (!written) return fail(std::move(written.error()));
  made = true;
  return ca;
}

Result<journal::SigningKey> open_key(const std::filesystem::path& path, RandomSource& random) {
  const auto pem = read_file(path);
  if (!pem) return fail(pem.error());
  if (*pem) return net::from_pkcs8_pem(**pem);
  auto key = journal::SigningKey::generate(random);
  auto written = write_private_file(path, net::to_pkcs8_pem(key));
  if (!written) return fail(std::move(written.error()));
  return key;
}

bool is_good(const std::optional<std::string>& certificate, const std::optional<std::string>& names,
             const std::string& wanted_names, const journal::SigningKey& key, Instant now) {
  if (!certificate || names != wanted_names) return false;
  const auto info = net::parse_certificate(*certificate);
  return info && info->public_key == key.public_key() && info->not_after.unix_ms - now.unix_ms > renew_before_ms;
}

}  // namespace

std::vector<std::string> local_names() {
  std::set<std::string> names = {"localhost", "127.0.0.1", "::1"};
  char host[256] = {};
  if (gethostname(host, sizeof host - 1) == 0 && host[0] != '\0') {
    names.insert(host);
    const std::string name(host);
    if (name.find('.') == std::string::npos) names.insert(name + ".local");  // mDNS
  }
  ifaddrs* first = nullptr;
  if (getifaddrs(&first) != 0) return {names.begin(), names.end()};
  for (const ifaddrs* each = first; each != nullptr; each = each->ifa_next) {
    if (each->ifa_addr == nullptr || (each->ifa_flags & IFF_UP) == 0) continue;
    char text[INET6_ADDRSTRLEN] = {};
    if (each->ifa_addr->sa_family == AF_INET) {
      const auto* const address = reinterpret_cast<const sockaddr_in*>(each->ifa_addr);
      inet_ntop(AF_INET, &address->sin_addr, text, sizeof text);
    } else if (each->ifa_addr->sa_family == AF_INET6) {
      const auto* const address = reinterpret_cast<const sockaddr_in6*>(each->ifa_addr);
      if (IN6_IS_ADDR_LINKLOCAL(&address->sin6_addr)) continue;  // changes, and needs a zone
      inet_ntop(AF_INET6, &address->sin6_addr, text, sizeof text);
    }
    if (text[0] != '\0') names.insert(text);
  }
  freeifaddrs(first);
  return {names.begin(), names.end()};
}

Result<StoreKeys> open_store_keys(const std::filesystem::path& data_dir, const std::string& store_name,
                                  const std::vector<std::string>& names, RandomSource& random, Instant now) {
  const KeyFiles files(data_dir);
  std::error_code error;
  std::filesystem::create_directories(files.folder, error);
  if (!error) std::filesystem::permissions(files.folder, std::filesystem::perms::owner_all, error);
  if (error) {
    return fail("files.unwritable", "The folder for the store's keys cannot be made.",
                {{"path", files.folder.string()}, {"reason", error.message()}});
  }
  bool made_ca = false;
  auto ca = open_ca(files, store_name, random, now, made_ca);
  if (!ca) return fail(std::move(ca.error()));
  auto signing_key = open_key(files.signing_key, random);
  if (!signing_key) return fail(std::move(signing_key.error()));
  auto server_key = open_key(files.server_key, random);
  if (!server_key) return fail(std::move(server_key.error()));

  auto certificate = read_file(files.server_certificate);
  if (!certificate) return fail(std::move(certificate.error()));
  const auto known_names = read_file(files.server_names);
  if (!known_names) return fail(known_names.error());
  const std::string wanted = join_lines(names);
  const bool renew = made_ca || !is_good(*certificate, *known_names, wanted, *server_key, now);
  if (renew) {
    *certificate = ca->issue_server(server_key->public_key(), names, random, now);
    auto written = write_private_file(files.server_certificate, **certificate);
    if (written) written = write_private_file(files.server_names, wanted);
    if (!written) return fail(std::move(written.error()));
  }
  return StoreKeys{std::move(*ca), **certificate, net::to_pkcs8_pem(*server_key), *signing_key, made_ca, renew};
}

Result<services::CertificateIssuer::Request> DeviceCertificates::read_request(std::string_view csr_pem) const {
  auto info = net::parse_csr(csr_pem);
  if (!info) return fail(std::move(info.error()));
  return Request{std::move(info->common_name), info->public_key};
}

services::CertificateIssuer::Certificate DeviceCertificates::issue(const journal::PublicKey& key,
                                                                   std::string_view common_name) const {
  Certificate certificate;
  certificate.pem = ca_.issue_device(key, common_name, valid_ms, random_, clock_.now().instant);
  const auto info = net::parse_certificate(certificate.pem).value();
  certificate.serial_hex = info.serial_hex;
  certificate.expires_at = info.not_after;
  return certificate;
}

}  // namespace lanekeeper::server
