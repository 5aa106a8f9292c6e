// People at back offices: password, then a token that is worth something only at the device it was given to.
//
// Tokens live in memory, hashed; a restart of the server ends all sessions. Passwords are checked on a thread of their
// own, one at a time (each takes 64 MiB), so that a flood of sign-ins costs neither memory nor the sales their workers.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "protocol/messages.h"
#include "services/principal.h"
#include "services/service_context.h"

namespace lanekeeper::services {

class SessionService {
 public:
  static constexpr std::int64_t idle_ms = 30 * 60 * 1000;
  static constexpr std::int64_t max_ms = 12 * 60 * 60 * 1000;  // also when never idle
  static constexpr std::size_t max_sessions = 500;             // the one idle longest ends
  static constexpr std::size_t max_waiting = 16;               // sign-ins that wait; access.busy

  explicit SessionService(ServiceContext context);
  ~SessionService();
  SessionService(const SessionService&) = delete;
  SessionService& operator=(const SessionService&) = delete;

  // From any thread; done is called once, on the service's own thread or at once. access.not_enrolled, access.wrong
  // (unknown number, wrong password, no password, not active: all the same), access.wait, access.locked, access.busy,
  // server.storage. Wrong tries are counted by person, see services/sign_in_limiter.h.
  void sign_in(Principal principal, protocol::SignIn sign_in, std::function<void(Result<protocol::Session>)> done);
  // The same, waiting. Not from a database worker.
  [[nodiscard]] Result<protocol::Session> sign_in(const Principal& principal, const protocol::SignIn& sign_in);

  // What a request says of who asks: a person at work, or a machine that looks again by itself.
  enum class Asked { by_a_person, by_itself };
  // In memory, quick: may be called on an io thread. The token lives on for idle_ms when a person asks.
  // access.session_ended: unknown, expired, or given to another device.
  [[nodiscard]] Result<StaffIdentity> authenticate(const std::string& token, const std::string& device_id,
                                                   Asked asked = Asked::by_a_person);
  // How long it lives on when no person asks; 0: it has ended. Quick, too.
  [[nodiscard]] std::int64_t left_ms(const std::string& token) const;
  void sign_out(const std::string& token);
  void end_sessions_of_device(const std::string& device_id);
  void end_sessions_of_staff(std::int64_t staff);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace lanekeeper::services
