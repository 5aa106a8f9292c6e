// The two sides of the link: what the room link tells the till, and what the till asks of it. Only values cross.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "lane/ports.h"

namespace lanekeeper::till {

// Called on the link's own threads, never on the owning thread, and never while a call into StoreLink is running on it.
// Each handler only hands over (the till's host posts to the owning thread), so it returns at once.
struct LinkHandlers {
  std::function<void(const LinkStatus&)> status_changed;
  std::function<void(std::int64_t till)> paired;              // certificate and number are already on disk
  std::function<void(catalogue::Version)> catalogue_changed;  // the replica already answers with it
  std::function<void()> profile_changed;
  std::function<void(std::int64_t sequence)> delivered;  // acknowledged by the server, marked in the outbox
  std::function<void(std::int64_t sequence, const Error&)> parked;
  std::function<void()> approvals_changed;  // a request was made, answered or taken back somewhere
  std::function<void()> suspended_changed;  // a basket was put aside or taken up somewhere
};

// Called on the owning thread; nothing here waits for the network.
class StoreLink {
 public:
  virtual ~StoreLink() = default;  // stops and joins; no handler is called afterwards
  // Begins: an unpaired till asks for enrolment, a paired one connects. Once.
  virtual void start() = 0;
  // A sale was journalled: send it soon.
  virtual void wake_uploader() = 0;
  // Ctrl+R: try now instead of waiting for the next attempt.
  virtual void reconnect_now() = 0;
  // Only while unpaired: another server address ("host:port"; net.bad_address, link.already_paired).
  [[nodiscard]] virtual Result<void> use_server(std::string_view server) = 0;
  // Only while unpaired: give up the running request for enrolment and ask for a new code.
  virtual void renew_pairing_code() = 0;
};

}  // namespace lanekeeper::till
