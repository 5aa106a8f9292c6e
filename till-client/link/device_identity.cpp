#include "link/device_identity.h"

#include <utility>

#include "base/text.h"
#include "cache/safe_file.h"
#include "net/x509.h"

namespace lanekeeper::till {

namespace {

constexpr const char* key_file = "till.key";
constexpr const char* enrolment_file = "enrolment.json";
constexpr const char* pairing_file = "pairing.json";
constexpr const char* server_file = "server.txt";

[[noreturn]] void unusable(const std::filesystem::path& file, const Error& error) {
  throw Fault("link.identity", file.string() + ": " + error.message + " (" + error.code + ")");
}

std::optional<std::string> read(const std::filesystem::path& file) {
  auto content = read_small_file(file);
  if (!content) unusable(file, content.error());
  return std::move(*content);
}

void write(const std::filesystem::path& file, std::string_view content) {
  if (const auto written = write_private_file(file, content); !written) unusable(file, written.error());
}

}  // namespace

DeviceIdentity::DeviceIdentity(std::filesystem::path directory) : directory_(std::move(directory)) {
  if (const auto pem = read(directory_ / key_file)) {
    auto key = net::from_pkcs8_pem(*pem);
    if (!key) unusable(directory_ / key_file, key.error());
    key_ = *key;
  }
  if (const auto text = read(directory_ / enrolment_file)) {
    auto enrolment = json::decode<Enrolment>(*text);
    if (!enrolment) unusable(directory_ / enrolment_file, enrolment.error());
    if (!key_) throw Fault("link.identity", "the till is enrolled, but its key file till.key is gone");
    enrolment_ = std::move(*enrolment);
  }
  if (const auto text = read(directory_ / pairing_file)) {
    // A request that cannot be read is simply made again.
    if (auto waiting = json::decode<WaitingPairing>(*text)) waiting_ = std::move(*waiting);
  }
  if (const auto text = read(directory_ / server_file)) asked_server_ = trim(*text);
}

const journal::SigningKey& DeviceIdentity::key(RandomSource& random) {
  if (!key_) {
    auto fresh = journal::SigningKey::generate(random);
    write(directory_ / key_file, net::to_pkcs8_pem(fresh));
    key_ = fresh;
  }
  return *key_;
}

net::TlsIdentity DeviceIdentity::tls() const {
  if (!enrolment_ || !key_) return {};
  return {enrolment_->ca_pem, enrolment_->certificate_pem, net::to_pkcs8_pem(*key_)};
}

void DeviceIdentity::enrolled(Enrolment enrolment) {
  write(directory_ / enrolment_file, json::encode(enrolment));
  enrolment_ = std::move(enrolment);
  forget_pairing();
}

void DeviceIdentity::forget_enrolment() {
  remove_file(directory_ / enrolment_file);
  enrolment_.reset();
}

void DeviceIdentity::wait_for(WaitingPairing pairing) {
  write(directory_ / pairing_file, json::encode(pairing));
  waiting_ = std::move(pairing);
}

void DeviceIdentity::forget_pairing() {
  remove_file(directory_ / pairing_file);
  waiting_.reset();
}

void DeviceIdentity::asks(const std::string& server) {
  if (server == asked_server_) return;
  write(directory_ / server_file, server + "\n");
  asked_server_ = server;
}

}  // namespace lanekeeper::till
