#include "model/devices_model.h"

#include "base/text.h"

namespace lanekeeper::office {
namespace {

constexpr std::size_t code_digits = 6;
constexpr std::int64_t highest_till = 9999;

bool before(const protocol::DeviceRow& a, const protocol::DeviceRow& b) {
  const auto rank = [](const protocol::DeviceRow& row) {
    return std::tuple(row.revoked, row.kind != protocol::DeviceKind::till, row.till);
  };
  if (rank(a) != rank(b)) return rank(a) < rank(b);
  return std::tie(a.name, a.device_id) < std::tie(b.name, b.device_id);
}

bool is_live_till(const protocol::DeviceRow& row) {
  return row.kind == protocol::DeviceKind::till && !row.revoked;
}

Result<std::string> parse_code(const std::string& typed) {
  std::string digits;
  for (const char c : typed) {
    if (c != ' ' && c != '-') digits += c;
  }
  if (digits.size() == code_digits && is_ascii_digits(digits)) return digits;
  return fail("office.bad_code", "The code has six digits. Type them as the device shows them.");
}

Result<std::int64_t> parse_till(const std::string& typed) {
  const std::string text(trim(typed));
  if (is_ascii_digits(text) && text.size() <= 4) {
    const std::int64_t number = std::stoll(text);
    if (number >= 1 && number <= highest_till) return number;
  }
  return fail("office.bad_till_number", "A till has a number from 1 to 9999.", {{"value", text}});
}

}  // namespace

void DevicesModel::refresh(bool may_approve, Asked asked) {
  may_approve_ = may_approve;
  load_devices(asked);
  if (may_approve_) load_waiting(asked);
}

void DevicesModel::load_waiting(Asked asked) {
  transport_.send(get("/v1/enrolments", asked), decoded<protocol::WaitingDevices>(alive_, [this](auto waiting) {
                    if (!waiting) return;  // told by the list of devices, which is asked at the same time
                    waiting_ = std::move(waiting->devices);
                    std::erase_if(actions_, [this](const Action& action) {
                      const auto has = [&](const auto& rows, auto id) {
                        return std::any_of(rows.begin(), rows.end(),
                                           [&](const auto& row) { return row.*id == action.id; });
                      };
                      return !has(waiting_, &protocol::WaitingDevice::enrolment_id) &&
                             !has(devices_, &protocol::DeviceRow::device_id);
                    });
                    changed_.notify();
                  }));
}

void DevicesModel::load_devices(Asked asked) {
  loading_ = true;
  transport_.send(get("/v1/devices", asked), decoded<protocol::DevicePage>(alive_, [this](auto page) {
                    loading_ = false;
                    if (page) {
                      devices_ = std::move(page->devices);
                      std::sort(devices_.begin(), devices_.end(), before);
                      ever_loaded_ = true;
                      error_.reset();
                    } else {
                      error_ = std::move(page.error());
                    }
                    changed_.notify();
                  }));
  changed_.notify();
}

void DevicesModel::pushed_enrolments() {
  if (may_approve_) load_waiting(Asked::by_itself);
}

void DevicesModel::pushed_devices(const std::optional<protocol::TillStatus>& status) {
  if (status) {
    for (auto& device : devices_) {
      if (!is_live_till(device) || device.till != status->till) continue;
      if (!device.connected) break;  // it has come back: its address may be another
      device.status = status;
      device.last_contact = clock_.now();
      changed_.notify();
      // The server tells of a till that has gone with the status it had: only the list knows.
      if (!refresh_devices_) look_later(status_pause);
      return;
    }
  }
  look_later(push_pause);
}

void DevicesModel::look_later(std::chrono::milliseconds pause) {
  refresh_devices_ = timers_.once(pause, [this] {
    refresh_devices_.reset();
    load_devices(Asked::by_itself);
  });
}

void DevicesModel::clear() {
  alive_.renew();
  refresh_devices_.reset();
  waiting_.clear();
  devices_.clear();
  actions_.clear();
  approved_.reset();
  error_.reset();
  loading_ = ever_loaded_ = false;
  changed_.notify();
}

std::int64_t DevicesModel::till_count() const {
  return std::count_if(devices_.begin(), devices_.end(), is_live_till);
}

std::int64_t DevicesModel::tills_connected() const {
  return std::count_if(devices_.begin(), devices_.end(),
                       [](const auto& row) { return is_live_till(row) && row.connected; });
}

std::int64_t DevicesModel::tills_working() const {
  return std::count_if(devices_.begin(), devices_.end(), [](const auto& row) {
    return is_live_till(row) && row.connected && row.status && !row.status->cashier.empty();
  });
}

const DevicesModel::Action* DevicesModel::action(const std::string& id) const {
  for (const auto& action : actions_) {
    if (action.id == id) return &action;
  }
  return nullptr;
}

DevicesModel::Action& DevicesModel::begin(const std::string& id) {
  std::erase_if(actions_, [&id](const Action& action) { return action.id == id; });
  actions_.push_back({id, true, std::nullopt, false});
  return actions_.back();
}

void DevicesModel::approve(const protocol::WaitingDevice& device, const std::string& code, const std::string& till,
                           bool replace) {
  if (const auto* running = action(device.enrolment_id); running != nullptr && running->busy) return;
  Action& action = begin(device.enrolment_id);
  approved_.reset();
  protocol::EnrolmentApproval approval;
  approval.replace = replace;
  if (auto digits = parse_code(code)) {
    approval.code = std::move(*digits);
  } else {
    action.error = digits.error();
  }
  if (device.kind == protocol::DeviceKind::till && !action.error) {
    if (auto number = parse_till(till)) {
      approval.till = *number;
    } else {
      action.error = number.error();
    }
  }
  action.busy = !action.error;
  changed_.notify();
  if (!action.busy) return;
  const Approved who{device.device_name, approval.till};
  transport_.send(
      with_body("POST", "/v1/enrolments/" + net::percent_encode(device.enrolment_id) + "/approval", approval),
      alive_.guard([this, id = device.enrolment_id, who](const Result<net::HttpResponse>& response) {
        if (response) approved_ = who;
        finish(id, response);
      }));
}

void DevicesModel::reject(const std::string& enrolment_id) {
  begin(enrolment_id);
  transport_.send(without_body("POST", "/v1/enrolments/" + net::percent_encode(enrolment_id) + "/rejection"),
                  alive_.guard([this, enrolment_id](const Result<net::HttpResponse>& response) {
                    finish(enrolment_id, response);
                  }));
  changed_.notify();
}

void DevicesModel::revoke(const std::string& device_id) {
  begin(device_id);
  transport_.send(
      without_body("POST", "/v1/devices/" + net::percent_encode(device_id) + "/revocation"),
      alive_.guard([this, device_id](const Result<net::HttpResponse>& response) { finish(device_id, response); }));
  changed_.notify();
}

void DevicesModel::finish(const std::string& id, const Result<net::HttpResponse>& response) {
  if (response) {
    std::erase_if(actions_, [&id](const Action& action) { return action.id == id; });
    std::erase_if(waiting_, [&id](const auto& device) { return device.enrolment_id == id; });
  } else {
    for (auto& action : actions_) {
      if (action.id != id) continue;
      action.busy = false;
      action.error = response.error();
      action.needs_replace = response.error().code == "enrolment.till_taken";
    }
  }
  changed_.notify();
  refresh(may_approve_);
}

void DevicesModel::forget_approved() {
  if (!approved_) return;
  approved_.reset();
  changed_.notify();
}

}  // namespace lanekeeper::office
