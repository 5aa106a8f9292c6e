// Who this till is: its key and its enrolment, as files in the data directory. Private to this room. Not thread-safe.
//
//   till.key            PKCS#8, mode 0600, on the disk before it is used for the first time
//   enrolment.json      what the server said when it approved us
//   server.txt          whom it asked last to be enrolled, so that a restart asks there again
//   pairing.json        a request for enrolment that still waits, so that a restart goes on with the same code
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "base/ids.h"
#include "base/json_codec.h"
#include "journal/chain.h"
#include "net/https_client.h"
#include "protocol/messages.h"

namespace lanekeeper::till {

struct Enrolment {
  std::string server;  // "host:port"
  std::int64_t till = 0;
  std::string device_id;
  std::string certificate_pem;
  std::string ca_pem;
  journal::PublicKey server_key{};
  std::int64_t last_sequence = 0;
  std::int64_t last_receipt_number = 0;
  journal::Hash last_hash{};
  std::optional<std::int64_t> last_shift;  // missing: enrolled by a server that did not say
};
template <class V>
void describe(V& visit, Enrolment& e) {
  visit("server", e.server);
  visit("till", e.till);
  visit("device_id", e.device_id);
  visit("certificate_pem", e.certificate_pem);
  visit("ca_pem", e.ca_pem);
  visit("server_key", e.server_key);
  visit("last_sequence", e.last_sequence);
  visit("last_receipt_number", e.last_receipt_number);
  visit("last_hash", e.last_hash);
  visit("last_shift", e.last_shift);
}

struct WaitingPairing {
  std::string server;
  std::string ca_pem;
  protocol::EnrolmentTicket ticket;
};
template <class V>
void describe(V& visit, WaitingPairing& w) {
  visit("server", w.server);
  visit("ca_pem", w.ca_pem);
  visit("ticket", w.ticket);
}

class DeviceIdentity {
 public:
  // Fault("link.identity") when a file is there but cannot be used.
  explicit DeviceIdentity(std::filesystem::path directory);

  // Made and stored on first use.
  [[nodiscard]] const journal::SigningKey& key(RandomSource& random);
  [[nodiscard]] const std::optional<Enrolment>& enrolment() const { return enrolment_; }
  [[nodiscard]] const std::optional<WaitingPairing>& waiting() const { return waiting_; }
  [[nodiscard]] const std::string& asked_server() const { return asked_server_; }  // "host:port", may be empty
  [[nodiscard]] net::TlsIdentity tls() const;                                      // only when enrolled

  // Each is on the disk when it returns; Fault("link.identity") when it cannot be written.
  void enrolled(Enrolment enrolment);
  void forget_enrolment();
  void wait_for(WaitingPairing pairing);
  void forget_pairing();
  void asks(const std::string& server);

 private:
  std::filesystem::path directory_;
  std::optional<journal::SigningKey> key_;
  std::optional<Enrolment> enrolment_;
  std::optional<WaitingPairing> waiting_;
  std::string asked_server_;
};

}  // namespace lanekeeper::till
