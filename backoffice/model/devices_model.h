// The store's devices: those that wait to be let in, those that belong to it, and how the tills are.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "model/lifetime.h"
#include "model/signal.h"
#include "model/timers.h"
#include "model/transport.h"
#include "protocol/messages.h"

namespace lanekeeper::office {

// UI thread only.
class DevicesModel {
 public:
  static constexpr std::chrono::milliseconds push_pause{250};
  static constexpr std::chrono::milliseconds status_pause{1500};

  // What is being done about one waiting device or one enrolled one, and how it went.
  struct Action {
    std::string id;  // enrolment_id or device_id
    bool busy = false;
    std::optional<Error> error;
    bool needs_replace = false;  // the number belongs to another device: approve again with replace
  };

  DevicesModel(Transport& transport, Timers& timers, const Clock& clock)
      : transport_(transport), timers_(timers), clock_(clock) {}

  // may_approve: the waiting list is asked for too.
  void refresh(bool may_approve, Asked asked = Asked::by_person);
  void pushed_enrolments();
  void pushed_devices(const std::optional<protocol::TillStatus>& status);
  void clear();

  [[nodiscard]] const std::vector<protocol::WaitingDevice>& waiting() const { return waiting_; }
  [[nodiscard]] const std::vector<protocol::DeviceRow>& devices() const { return devices_; }  // tills first, by number
  [[nodiscard]] std::int64_t till_count() const;                                              // not revoked
  [[nodiscard]] std::int64_t tills_connected() const;
  [[nodiscard]] std::int64_t tills_working() const;  // connected, and somebody is signed in
  [[nodiscard]] bool loading() const { return loading_; }
  [[nodiscard]] bool ever_loaded() const { return ever_loaded_; }
  [[nodiscard]] const std::optional<Error>& error() const { return error_; }
  [[nodiscard]] Instant now() const { return clock_.now().instant; }

  // The code as the device shows it (blanks are taken out), and for a till its number. office.bad_code and
  // office.bad_till_number are found here, enrolment.* by the server.
  void approve(const protocol::WaitingDevice& device, const std::string& code, const std::string& till, bool replace);
  void reject(const std::string& enrolment_id);
  void revoke(const std::string& device_id);
  [[nodiscard]] const Action* action(const std::string& id) const;
  // Who was let in last: for the words that say so.
  struct Approved {
    std::string device_name;
    std::optional<std::int64_t> till;
  };
  [[nodiscard]] const std::optional<Approved>& approved() const { return approved_; }
  void forget_approved();

  [[nodiscard]] Signal::Subscription on_change(std::function<void()> listener) {
    return changed_.subscribe(std::move(listener));
  }

 private:
  void load_waiting(Asked asked = Asked::by_person);
  void load_devices(Asked asked = Asked::by_person);
  void look_later(std::chrono::milliseconds pause);
  Action& begin(const std::string& id);
  void finish(const std::string& id, const Result<net::HttpResponse>& response);

  Transport& transport_;
  Timers& timers_;
  const Clock& clock_;
  bool may_approve_ = false;
  std::vector<protocol::WaitingDevice> waiting_;
  std::vector<protocol::DeviceRow> devices_;
  std::vector<Action> actions_;
  std::optional<Approved> approved_;
  bool loading_ = false;
  bool ever_loaded_ = false;
  std::optional<Error> error_;
  std::unique_ptr<Timer> refresh_devices_;
  Lifetime alive_;
  Signal changed_;
};

}  // namespace lanekeeper::office
