#include "net/x509.h"

#include <ctime>

#include <boost/asio/ip/address.hpp>

#include "base/text.h"
#include "net/openssl_handles.h"

namespace lanekeeper::net {
namespace {

constexpr std::int64_t day_ms = 24LL * 60 * 60 * 1000;
constexpr std::int64_t ca_valid_ms = 20 * 365 * day_ms;
constexpr std::int64_t server_valid_ms = 2 * 365 * day_ms;
// Clocks in a shop differ: a certificate is good a day before it was made.
constexpr std::int64_t backdate_ms = day_ms;
constexpr std::size_t max_name_characters = 64;  // ub-common-name, RFC 5280 appendix A

KeyHandle private_key(const journal::SigningKey& key) {
  const Bytes seed = key.seed();
  KeyHandle handle(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, seed.data(), seed.size()));
  require(handle != nullptr, "EVP_PKEY_new_raw_private_key");
  return handle;
}

KeyHandle public_key(const journal::PublicKey& key) {
  KeyHandle handle(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, key.data(), key.size()));
  require(handle != nullptr, "EVP_PKEY_new_raw_public_key");
  return handle;
}

BioHandle reader(std::string_view text) {
  BioHandle bio(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
  require(bio != nullptr, "BIO_new_mem_buf");
  return bio;
}

template <class Write>
std::string to_pem(Write write) {
  BioHandle bio(BIO_new(BIO_s_mem()));
  require(bio != nullptr, "BIO_new");
  require(write(bio.get()) == 1, "writing PEM");
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio.get(), &data);
  return {data, static_cast<std::size_t>(size)};
}

// Never ask a terminal for a pass phrase: our keys have none.
int no_pass_phrase(char*, int, int, void*) {
  return 0;
}

std::string shorten(std::string_view name) {
  const std::u32string characters = to_utf32(name);
  return to_utf8(std::u32string_view(characters).substr(0, max_name_characters));
}

void set_common_name(X509_NAME* name, std::string_view text) {
  const std::string value = text.empty() ? "Lanekeeper" : shorten(text);
  require(X509_NAME_add_entry_by_NID(name, NID_commonName, MBSTRING_UTF8,
                                     reinterpret_cast<const unsigned char*>(value.data()),
                                     static_cast<int>(value.size()), -1, 0) == 1,
          "X509_NAME_add_entry_by_NID");
}

std::string common_name(const X509_NAME* name) {
  const int index = X509_NAME_get_index_by_NID(name, NID_commonName, -1);
  if (index < 0) return {};
  unsigned char* text = nullptr;
  const int size = ASN1_STRING_to_UTF8(&text, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, index)));
  if (size < 0) return {};
  std::string out(reinterpret_cast<const char*>(text), static_cast<std::size_t>(size));
  OPENSSL_free(text);
  return out;
}

std::int64_t to_unix_ms(const ASN1_TIME* time) {
  std::tm fields{};
  if (ASN1_TIME_to_tm(time, &fields) != 1) return 0;
  const Date date{fields.tm_year + 1900, fields.tm_mon + 1, fields.tm_mday};
  const std::int64_t seconds =
      date.days_since_1970() * 86400 + fields.tm_hour * 3600LL + fields.tm_min * 60LL + fields.tm_sec;
  return seconds * 1000;
}

void add_extension(X509* certificate, const X509V3_CTX& context, int nid, const std::string& value) {
  X509V3_CTX copy = context;
  X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &copy, nid, value.c_str());
  require(extension != nullptr, "X509V3_EXT_conf_nid");
  const int added = X509_add_ext(certificate, extension, -1);
  X509_EXTENSION_free(extension);
  require(added == 1, "X509_add_ext");
}

struct Extension {
  int nid;
  std::string value;
};

struct Order {
  std::string subject;
  journal::PublicKey key{};
  std::int64_t valid_ms = 0;
  std::vector<Extension> extensions;
};

void set_times_and_serial(X509* certificate, std::int64_t valid_ms, RandomSource& random, Instant now) {
  const auto seconds = [](std::int64_t ms) { return static_cast<std::time_t>(ms / 1000); };
  require(ASN1_TIME_set(X509_getm_notBefore(certificate), seconds(now.unix_ms - backdate_ms)) != nullptr &&
              ASN1_TIME_set(X509_getm_notAfter(certificate), seconds(now.unix_ms + valid_ms)) != nullptr,
          "ASN1_TIME_set");
  std::array<unsigned char, 16> serial{};
  random.fill(serial);
  // Positive and never zero, whatever the random bytes are (RFC 5280, 4.1.2.2).
  serial[0] = static_cast<unsigned char>((serial[0] & 0x3f) | 0x40);
  std::unique_ptr<BIGNUM, FreeWith<BN_free>> number(BN_bin2bn(serial.data(), serial.size(), nullptr));
  require(number != nullptr && BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate)) != nullptr,
          "BN_to_ASN1_INTEGER");
}

// issuer null: self-signed.
std::string sign_certificate(const Order& order, X509* issuer, const journal::SigningKey& issuer_key,
                             RandomSource& random, Instant now) {
  CertificateHandle certificate(X509_new());
  require(certificate != nullptr && X509_set_version(certificate.get(), X509_VERSION_3) == 1, "X509_new");
  X509* const self = certificate.get();
  set_times_and_serial(self, order.valid_ms, random, now);
  set_common_name(X509_get_subject_name(self), order.subject);
  require(X509_set_pubkey(self, public_key(order.key).get()) == 1, "X509_set_pubkey");
  X509* const signer = issuer == nullptr ? self : issuer;
  require(X509_set_issuer_name(self, X509_get_subject_name(signer)) == 1, "X509_set_issuer_name");

  X509V3_CTX context{};
  X509V3_set_ctx(&context, signer, self, nullptr, nullptr, 0);
  add_extension(self, context, NID_subject_key_identifier, "hash");
  add_extension(self, context, NID_authority_key_identifier, "keyid:always");
  for (const Extension& extension : order.extensions) add_extension(self, context, extension.nid, extension.value);

  require(X509_sign(self, private_key(issuer_key).get(), nullptr) > 0, "X509_sign");
  return to_pem([self](BIO* out) { return PEM_write_bio_X509(out, self); });
}

CertificateHandle read_certificate(std::string_view pem) {
  CertificateHandle certificate(PEM_read_bio_X509(reader(pem).get(), nullptr, no_pass_phrase, nullptr));
  ERR_clear_error();
  return certificate;
}

std::string alternative_names(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names) {
    boost::system::error_code not_an_address;
    const auto address = boost::asio::ip::make_address(name, not_an_address);
    const bool link_local = !not_an_address && address.is_v6() && address.to_v6().scope_id() != 0;
    // The value is a small language of its own: a comma or a colon in a name would begin something else.
    const bool odd = not_an_address && (name.empty() || name.find_first_of(",: \n") != std::string::npos);
    if (link_local || odd) continue;
    if (!out.empty()) out += ',';
    out += (not_an_address ? "DNS:" : "IP:") + name;
  }
  return out.empty() ? "DNS:localhost" : out;
}

}  // namespace

std::string serial_hex(const X509* certificate) {
  std::unique_ptr<BIGNUM, FreeWith<BN_free>> serial(ASN1_INTEGER_to_BN(X509_get0_serialNumber(certificate), nullptr));
  require(serial != nullptr, "ASN1_INTEGER_to_BN");
  Bytes bytes(static_cast<std::size_t>(BN_num_bytes(serial.get())), 0);
  BN_bn2bin(serial.get(), bytes.data());
  return to_hex(bytes);
}

std::string to_pkcs8_pem(const journal::SigningKey& key) {
  const KeyHandle handle = private_key(key);
  return to_pem([&](BIO* out) {
    return PEM_write_bio_PKCS8PrivateKey(out, handle.get(), nullptr, nullptr, 0, nullptr, nullptr);
  });
}

Result<journal::SigningKey> from_pkcs8_pem(std::string_view pem) {
  KeyHandle handle(PEM_read_bio_PrivateKey(reader(pem).get(), nullptr, no_pass_phrase, nullptr));
  Bytes seed(32, 0);
  std::size_t size = seed.size();
  const bool ok = handle && EVP_PKEY_get_id(handle.get()) == EVP_PKEY_ED25519 &&
                  EVP_PKEY_get_raw_private_key(handle.get(), seed.data(), &size) == 1 && size == seed.size();
  ERR_clear_error();
  if (!ok) return fail("tls.bad_key", "The key file does not hold an Ed25519 private key. Restore it from the backup.");
  return journal::SigningKey::from_seed(seed);
}

std::string make_csr(const journal::SigningKey& key, std::string_view common_name) {
  RequestHandle request(X509_REQ_new());
  require(request != nullptr && X509_REQ_set_version(request.get(), X509_REQ_VERSION_1) == 1, "X509_REQ_new");
  set_common_name(X509_REQ_get_subject_name(request.get()), common_name);
  const KeyHandle handle = private_key(key);
  require(X509_REQ_set_pubkey(request.get(), handle.get()) == 1, "X509_REQ_set_pubkey");
  require(X509_REQ_sign(request.get(), handle.get(), nullptr) > 0, "X509_REQ_sign");
  return to_pem([&](BIO* out) { return PEM_write_bio_X509_REQ(out, request.get()); });
}

Result<CsrInfo> parse_csr(std::string_view pem) {
  const auto bad = [](std::string_view why) {
    ERR_clear_error();
    return fail("tls.bad_csr", "The certificate request cannot be used. Start pairing again on the device.",
                {{"reason", std::string(why)}});
  };
  RequestHandle request(PEM_read_bio_X509_REQ(reader(pem).get(), nullptr, no_pass_phrase, nullptr));
  if (!request) return bad("not a PKCS#10 request in PEM");
  EVP_PKEY* const key = X509_REQ_get0_pubkey(request.get());
  const auto raw = raw_public_key(key);
  if (!raw) return bad("the key is not Ed25519");
  if (X509_REQ_verify(request.get(), key) != 1) return bad("its own signature does not fit");
  return CsrInfo{common_name(X509_REQ_get_subject_name(request.get())), *raw};
}

Result<CertificateInfo> parse_certificate(std::string_view pem) {
  const auto bad = [](std::string_view why) {
    return fail("tls.bad_certificate", "The certificate cannot be used. Pair the device again.",
                {{"reason", std::string(why)}});
  };
  const CertificateHandle certificate = read_certificate(pem);
  if (!certificate) return bad("not a certificate in PEM");
  const auto raw = raw_public_key(X509_get0_pubkey(certificate.get()));
  if (!raw) return bad("the key is not Ed25519");
  CertificateInfo info;
  info.common_name = common_name(X509_get_subject_name(certificate.get()));
  info.issuer_common_name = common_name(X509_get_issuer_name(certificate.get()));
  info.public_key = *raw;
  info.not_before.unix_ms = to_unix_ms(X509_get0_notBefore(certificate.get()));
  info.not_after.unix_ms = to_unix_ms(X509_get0_notAfter(certificate.get()));
  info.serial_hex = serial_hex(certificate.get());
  return info;
}

CertificateAuthority CertificateAuthority::create(std::string_view store_name, RandomSource& random, Instant now) {
  journal::SigningKey key = journal::SigningKey::generate(random);
  const Order order{
      std::string(store_name),
      key.public_key(),
      ca_valid_ms,
      {{NID_basic_constraints, "critical,CA:TRUE,pathlen:0"}, {NID_key_usage, "critical,keyCertSign,cRLSign"}}};
  std::string pem = sign_certificate(order, nullptr, key, random, now);
  return {std::move(pem), key};
}

Result<CertificateAuthority> CertificateAuthority::load(std::string_view certificate_pem, std::string_view key_pem) {
  auto key = from_pkcs8_pem(key_pem);
  if (!key) return fail(std::move(key.error()));
  const auto info = parse_certificate(certificate_pem);
  if (!info) return fail(info.error());
  if (info->public_key != key->public_key()) {
    return fail("tls.bad_certificate", "The CA certificate and its key do not belong together. Restore both files.");
  }
  return CertificateAuthority(std::string(certificate_pem), *key);
}

std::string CertificateAuthority::key_pem() const {
  return to_pkcs8_pem(key_);
}

std::string CertificateAuthority::issue_device(const journal::PublicKey& key, std::string_view common_name,
                                               std::int64_t valid_ms, RandomSource& random, Instant now) const {
  const CertificateHandle issuer = read_certificate(certificate_pem_);
  require(issuer != nullptr, "reading the CA certificate");
  const Order order{std::string(common_name),
                    key,
                    valid_ms,
                    {{NID_basic_constraints, "critical,CA:FALSE"},
                     {NID_key_usage, "critical,digitalSignature"},
                     {NID_ext_key_usage, "clientAuth"}}};
  return sign_certificate(order, issuer.get(), key_, random, now);
}

std::string CertificateAuthority::issue_server(const journal::PublicKey& key, const std::vector<std::string>& names,
                                               RandomSource& random, Instant now) const {
  const CertificateHandle issuer = read_certificate(certificate_pem_);
  require(issuer != nullptr, "reading the CA certificate");
  const Order order{"Lanekeeper store server",
                    key,
                    server_valid_ms,
                    {{NID_basic_constraints, "critical,CA:FALSE"},
                     {NID_key_usage, "critical,digitalSignature"},
                     {NID_ext_key_usage, "serverAuth"},
                     {NID_subject_alt_name, alternative_names(names)}}};
  return sign_certificate(order, issuer.get(), key_, random, now);
}

std::string short_fingerprint(const journal::PublicKey& key) {
  const journal::Hash hash = journal::sha256(ByteView(key.data(), key.size()));
  std::string hex = to_hex(ByteView(hash.data(), 4));
  std::transform(hex.begin(), hex.end(), hex.begin(), [](char c) { return c >= 'a' ? static_cast<char>(c - 32) : c; });
  return hex.substr(0, 4) + " " + hex.substr(4);
}

}  // namespace lanekeeper::net
