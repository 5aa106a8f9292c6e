// The back office without its windows: which of its three faces is up (pairing, sign-in, work), and the models of the
// screens, fed with what the server pushes.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "base/ids.h"
#include "base/time.h"
#include "model/approvals_model.h"
#include "model/devices_model.h"
#include "model/exceptions_model.h"
#include "model/goods_model.h"
#include "model/identity_store.h"
#include "model/import_model.h"
#include "model/pairing_model.h"
#include "model/promotion_desk.h"
#include "model/sales_model.h"
#include "model/server_link.h"
#include "model/settings.h"
#include "model/shifts_model.h"
#include "model/sign_in_model.h"
#include "model/store_desk.h"
#include "model/store_model.h"

namespace lanekeeper::office {

enum class Phase { pairing, sign_in, open };

// UI thread only.
class Office {
 public:
  static constexpr std::chrono::milliseconds probe_interval{3000};
  static constexpr std::chrono::milliseconds day_check_interval{60'000};

  struct Surroundings {
    Wire& wire;
    ServerLink::Post post;
    Timers& timers;
    const Clock& clock;
    RandomSource& random;
    std::filesystem::path data_directory;
    std::string device_name;
  };
  // server: as given on the command line, empty for the one remembered. net.bad_address.
  [[nodiscard]] static Result<std::unique_ptr<Office>> open(Surroundings around, const std::string& server);
  Office(const Office&) = delete;
  Office& operator=(const Office&) = delete;

  // Reads the device's identity and goes to pairing or sign-in.
  void start();

  [[nodiscard]] Phase phase() const { return phase_; }
  [[nodiscard]] bool reachable() const { return link_.reachable(); }
  [[nodiscard]] const std::optional<Error>& trouble() const { return link_.trouble(); }
  [[nodiscard]] std::optional<Instant> unreachable_since() const { return unreachable_since_; }
  [[nodiscard]] std::string server_address() const { return link_.endpoint().to_string(); }
  [[nodiscard]] const Clock& clock() const { return around_.clock; }
  [[nodiscard]] Timers& timers() { return around_.timers; }

  // Remembers the address and starts again with it. net.bad_address.
  Result<void> use_server(const std::string& address);
  void reconnect_now();
  // Forgets the certificate (revoked, or of another store) and pairs anew.
  void pair_again();
  // Ends the session; drafts are gone.
  void sign_out();
  // Why this device has to be paired anew; empty for a new one.
  [[nodiscard]] const std::optional<Error>& pairing_reason() const { return pairing_reason_; }

  [[nodiscard]] Settings& settings() { return settings_; }
  void store_settings() const;

  [[nodiscard]] PairingModel& pairing() { return pairing_; }
  [[nodiscard]] SignInModel& sign_in() { return sign_in_; }
  [[nodiscard]] StoreModel& store() { return store_; }
  [[nodiscard]] GoodsModel& goods() { return goods_; }
  [[nodiscard]] ImportModel& import() { return import_; }
  [[nodiscard]] SalesModel& sales() { return sales_; }
  [[nodiscard]] DevicesModel& devices() { return devices_; }
  [[nodiscard]] ApprovalsModel& approvals() { return approvals_; }
  [[nodiscard]] ExceptionsModel& exceptions() { return exceptions_; }
  [[nodiscard]] PromotionDesk& promotions() { return promotions_; }
  [[nodiscard]] ShiftsModel& shifts() { return shifts_; }
  [[nodiscard]] StoreDesk& store_desk() { return store_desk_; }
  [[nodiscard]] bool allows(access::Permission permission) const { return sign_in_.allows(permission); }

  // Phase or reachability changed.
  [[nodiscard]] Signal::Subscription on_change(std::function<void()> listener) {
    return changed_.subscribe(std::move(listener));
  }

 private:
  Office(Surroundings around, net::Endpoint endpoint, Settings settings);
  void go_to(Phase phase);
  void signed_in(const protocol::Session& session);
  void ask_everything(Asked asked);
  void reachability_changed();
  void pushed(const protocol::PushMessage& message);
  void revoked();
  void probe();
  void probe_later();
  void check_day_later();
  void store_changed();
  void forget_drafts();

  Surroundings around_;
  Settings settings_;
  SettingsStore settings_store_;
  IdentityStore identities_;
  net::Endpoint endpoint_;
  ServerLink link_;
  PairingModel pairing_;
  SignInModel sign_in_;
  StoreModel store_;
  GoodsModel goods_;
  ImportModel import_;
  SalesModel sales_;
  DevicesModel devices_;
  ApprovalsModel approvals_;
  ExceptionsModel exceptions_;
  PromotionDesk promotions_;
  ShiftsModel shifts_;
  StoreDesk store_desk_;
  std::int64_t settings_version_ = 0;  // of the store when its settings were asked for
  Phase phase_ = Phase::pairing;
  std::optional<Instant> unreachable_since_;
  std::optional<Error> pairing_reason_;
  std::int64_t last_staff_ = 0;
  std::unique_ptr<Timer> probe_timer_;
  std::unique_ptr<Timer> day_check_;
  Lifetime alive_;
  Signal::Subscription store_changed_;
  Signal changed_;
};

}  // namespace lanekeeper::office
