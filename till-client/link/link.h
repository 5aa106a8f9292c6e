// The till's line to the store server, on threads of its own: pairing, catalogue and profile, the upload of the
// journal, the push channel and heartbeats. Nothing in here ever makes the lane wait.
//
// Identity files in the data directory: till.key (PKCS#8, mode 0600, made before it is used for the first time),
// enrolment.json (certificate, store CA, the server's acknowledgement key, the till's number) and server.txt (whom it
// asked last to be enrolled). A till that was revoked
// asks to be enrolled again with the same key.
//
// While unpaired: asks the server for a code, shows it (LinkStatus::ticket), polls, takes a new code when the old one
// runs out. While paired: the profile and the catalogue are brought up to date when the connection comes up, when the
// server pushes a change, and once a minute in any case; the journal is sent in order as it grows, in batches, each
// answered with a signature before anything counts as delivered. Whatever goes wrong on the way means "unknown": the
// same bytes are sent again, later and later (0.5 s doubled up to 15 s, with jitter).
//
// When two thirds of the certificate's life are over the till asks for the next one, with the same key, stores it and
// connects anew; until that works it is tried once an hour. A certificate that has ended means pairing again.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/ids.h"
#include "base/time.h"
#include "cache/catalogue_replica.h"
#include "cache/journal_database.h"
#include "cache/outbox.h"
#include "lane/link_port.h"
#include "net/https_client.h"

namespace lanekeeper::till {

struct LinkServices {
  std::filesystem::path data_directory;
  net::Endpoint server;  // an empty host: the one it was enrolled with or asked last, else proposed_server
  const Clock& clock;
  RandomSource& random;
  JournalDatabase& journal;
  DeliveryLog& deliveries;
  std::string device_name;  // host name
  std::string software;     // version of the till
  LinkHandlers handlers;
  net::Endpoint proposed_server{};  // may be empty: then a new till waits for use_server()
};

// What the heartbeats say of the lane.
struct LaneReport {
  std::string cashier;                               // name; empty when nobody is signed in
  std::string printer;                               // "ok", "absent", "error", "none"
  std::optional<std::int64_t> shift = std::nullopt;  // number of the one that is open
  bool operator==(const LaneReport&) const = default;
};

class Link final : public StoreLink {
 public:
  // Reads the identity files and, when the till is paired, gives the journal its identity; nothing is sent yet.
  // Fault("link.identity") when they cannot be read or are damaged beyond use.
  explicit Link(LinkServices services);
  ~Link() override;  // stops
  Link(const Link&) = delete;
  Link& operator=(const Link&) = delete;

  [[nodiscard]] std::int64_t till() const;  // 0: not paired. Thread-safe.

  void start() override;
  // Each commit wakes the uploader by itself (JournalDatabase::on_commit); this is for whoever knows better.
  void wake_uploader() override;
  void reconnect_now() override;
  [[nodiscard]] Result<void> use_server(std::string_view server) override;
  void renew_pairing_code() override;

  // Answered on a thread of their own, over a connection of their own; at once with link.offline while the store is not
  // there. Lives as long as the link; after stop() everything is answered with link.offline.
  [[nodiscard]] StoreQuestions& questions();

  // Ends running requests and joins the threads, within a second. Idempotent.
  void stop();
  // Thread-safe: what the next heartbeats say; the next one goes out at once when it is something else than before.
  void lane_status(LaneReport report);
  void lane_status(std::string cashier, std::string printer);  // without a shift
  // Thread-safe: the lane met a broken page in the replica (CatalogueReplica::on_fault); everything is loaded again.
  void replica_damaged();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace lanekeeper::till
