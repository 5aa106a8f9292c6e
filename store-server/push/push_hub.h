// Tells tills and offices at once what changed: one WebSocket per enrolled device on /v1/push.
//
//   to every device              catalogue, store (the newest version only; the device pulls the difference), revoked
//   to every till                approvals, suspended
//   to an office with a session  approvals (approvals_answer), sale (sales_read), enrolment (devices_approve), devices
//   (devices_read) from a till                  status
//
// A session is shown in the Authorization header of the upgrade or in a message {"token":"..."}. It lasts here as long
// as it does elsewhere: person_active() is called with every request of that person, but for those that its machine
// makes by itself.
//
// Ten prices changed one after another are not told ten times: news of the same kind goes to a device at once and then
// at most once in `pace`, always with the newest of it, so that a busy back office does not make every lane ask without
// end.
//
// A device reads slowly or not at all: at most max_queued messages wait for it. Those that only say "there is something
// newer" replace their predecessor; when the queue is full all the same, the connection ends and the device catches up
// by asking. Silence of silence_limit ends a connection, too; a ping every ping_every makes a living device answer.
//
// Thread-safe. Each connection lives on a strand of its own.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "services/device_service.h"
#include "services/notifications.h"
#include "services/principal.h"
#include "services/session_service.h"

namespace lanekeeper::push {

class PushConnection;
struct Upgrade;  // push/upgrade.h

class PushHub : public services::ChangeSink {
 public:
  static constexpr std::size_t max_queued = 64;
  static constexpr std::size_t max_connections_per_office = 8;  // a till has one: a new one ends the one before
  static constexpr std::chrono::milliseconds pace{50};
  static constexpr std::chrono::seconds ping_every{5};
  static constexpr std::chrono::seconds silence_limit{15};

  PushHub();
  ~PushHub() override;  // after stop(), when no connection runs any more
  PushHub(const PushHub&) = delete;
  PushHub& operator=(const PushHub&) = delete;

  // The services need the hub to be made, and the hub needs them to serve: called once, before the first accept().
  void attach(services::DeviceService& devices, services::SessionService& sessions);

  // Takes over a connection whose request asked for the channel. principal has a device.
  void accept(Upgrade upgrade, services::Principal principal, std::string token);

  // A request with this session was served just now; the session ended.
  void person_active(const std::string& token);
  void person_left(const std::string& token);

  // Says goodbye to all, refuses new ones, and waits for them to end, at most that long; then cuts.
  void stop(std::chrono::milliseconds patience);

  struct Statistics {
    std::int64_t tills = 0;
    std::int64_t offices = 0;
    std::int64_t sent = 0;      // messages handed to connections
    std::int64_t overruns = 0;  // connections ended because they did not read
  };
  [[nodiscard]] Statistics statistics() const;

  // ---- ChangeSink ----
  void catalogue_changed(catalogue::Version version) override;
  void store_changed(std::int64_t version) override;
  void sale_stored(const protocol::SaleSummary& sale) override;
  void enrolment_changed() override;
  void approvals_changed() override;
  void suspended_changed() override;
  void device_changed(const std::string& device_id) override;
  void device_revoked(const std::string& device_id) override;
  void staff_changed(std::int64_t staff) override;

 private:
  friend class PushConnection;
  using Text = std::shared_ptr<const std::string>;

  struct Session {
    std::string token;
    std::int64_t staff = 0;
    access::Role role = access::Role::cashier;
    std::chrono::steady_clock::time_point ends;
  };
  struct Member {
    std::shared_ptr<PushConnection> connection;
    services::DeviceIdentity device;
    std::optional<Session> session;
  };

  // From a connection, on its strand.
  bool opened(const std::shared_ptr<PushConnection>& connection);
  void closed(const PushConnection* connection);
  Result<void> received(const PushConnection* connection, const std::string& message);
  void overrun();

  Result<Session> check(const std::string& token, const std::string& device_id);
  // key: messages of the same key replace each other while they wait; empty: never.
  void tell_devices(const protocol::PushMessage& message, const std::string& key);
  void tell_tills(const protocol::PushMessage& message, const std::string& key);
  void tell_offices(const protocol::PushMessage& message, const std::string& key, access::Permission permission);

  services::DeviceService* devices_ = nullptr;
  services::SessionService* sessions_ = nullptr;

  mutable std::mutex mutex_;
  std::condition_variable emptied_;
  bool stopping_ = false;
  std::map<const PushConnection*, Member> members_;
  std::map<std::string, protocol::TillStatus> last_status_;  // by device id
  std::int64_t catalogue_version_ = 0;                       // 0: not known yet
  std::int64_t store_version_ = 0;
  std::int64_t sent_ = 0;
  std::int64_t overruns_ = 0;
};

}  // namespace lanekeeper::push
