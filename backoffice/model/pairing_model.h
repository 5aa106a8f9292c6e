// A new back office asks to belong to the store: greet the server, send a certificate request, show the code until
// somebody who may has typed it at a paired back office (or on the server itself), keep the certificate.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "base/ids.h"
#include "base/time.h"
#include "model/identity_store.h"
#include "model/lifetime.h"
#include "model/signal.h"
#include "model/timers.h"
#include "model/transport.h"
#include "protocol/messages.h"

namespace lanekeeper::office {

enum class PairingStep {
  greeting,  // looking for the server
  asking,    // server found, request sent
  waiting,   // the code is on the screen
  rejected,  // turned down; a new code can be asked for
  stopped,   // error() says why; try again by hand
  paired,
};

// UI thread only. Trust: the CA that the server shows at the greeting is pinned for the rest of the pairing, and the
// certificate must come from that CA for our own key, else office.pairing_mismatch.
class PairingModel {
 public:
  static constexpr std::chrono::milliseconds poll_interval{2000};
  static constexpr std::chrono::milliseconds retry_interval{3000};

  struct Hooks {
    // Later requests go to the same server, which must show this CA (empty: whatever it shows).
    std::function<void(const std::string& ca_pem)> trust;
    std::function<void()> paired;
  };
  struct Surroundings {
    Transport& transport;
    Timers& timers;
    const Clock& clock;
    RandomSource& random;
    const IdentityStore& identities;
  };
  PairingModel(Surroundings around, std::string device_name, Hooks hooks);

  void start();     // or start again, with the server as it is set now
  void new_code();  // while waiting, rejected or stopped
  void stop();

  [[nodiscard]] PairingStep step() const { return step_; }
  // Why it does not go on; set in greeting too, while it keeps trying.
  [[nodiscard]] const std::optional<Error>& error() const { return error_; }
  [[nodiscard]] const std::optional<protocol::EnrolmentTicket>& ticket() const { return ticket_; }
  [[nodiscard]] const std::string& store_name() const { return store_name_; }
  [[nodiscard]] const std::string& device_name() const { return device_name_; }
  [[nodiscard]] std::int64_t seconds_left() const;
  // Of the whole life of the code, 0..1000.
  [[nodiscard]] int life_left_per_mille() const;

  [[nodiscard]] Signal::Subscription on_change(std::function<void()> listener) {
    return changed_.subscribe(std::move(listener));
  }

 private:
  void greet();
  void greeted(Result<protocol::Hello> hello);
  void ask();
  void asked(Result<protocol::EnrolmentTicket> ticket);
  void poll();
  void polled(Result<protocol::EnrolmentStatus> status);
  [[nodiscard]] Result<void> accept(const protocol::EnrolmentStatus& status);
  void stop_with(Error error);
  void later(std::chrono::milliseconds delay, void (PairingModel::*what)());

  Surroundings around_;
  std::string device_name_;
  Hooks hooks_;
  PairingStep step_ = PairingStep::greeting;
  std::optional<Error> error_;
  std::optional<protocol::EnrolmentTicket> ticket_;
  std::string store_name_;
  std::string ca_pem_;
  std::int64_t ticket_life_ms_ = 0;
  std::unique_ptr<Timer> timer_;
  Lifetime attempt_;
  Signal changed_;
};

}  // namespace lanekeeper::office
