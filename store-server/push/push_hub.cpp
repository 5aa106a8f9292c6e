#include "push/push_hub.h"

#include "push/push_connection.h"

namespace lanekeeper::push {
namespace {

using boost::beast::websocket::close_code;

std::shared_ptr<const std::string> encode(const protocol::PushMessage& message) {
  return std::make_shared<const std::string>(json::encode(message));
}

protocol::PushMessage news(protocol::PushKind kind, std::optional<std::int64_t> version = std::nullopt) {
  protocol::PushMessage message;
  message.kind = kind;
  message.version = version;
  return message;
}

constexpr const char* catalogue_key = "catalogue";
constexpr const char* store_key = "store";
constexpr const char* enrolment_key = "enrolment";
constexpr const char* approvals_key = "approvals";
constexpr const char* suspended_key = "suspended";

}  // namespace

PushHub::PushHub() = default;
PushHub::~PushHub() = default;

void PushHub::attach(services::DeviceService& devices, services::SessionService& sessions) {
  devices_ = &devices;
  sessions_ = &sessions;
}

void PushHub::accept(Upgrade upgrade, services::Principal principal, std::string token) {
  const auto connection = std::make_shared<PushConnection>(*this, std::move(upgrade.stream), std::move(upgrade.slot),
                                                           std::move(principal), std::move(token));
  connection->run(std::move(upgrade.request));
}

bool PushHub::opened(const std::shared_ptr<PushConnection>& connection) {
  const services::Principal& principal = connection->principal();
  Member member{connection, *principal.device, std::nullopt};
  if (!connection->token().empty()) {
    auto session = check(connection->token(), principal.device->id);
    if (session) member.session = std::move(*session);
  }
  std::vector<std::shared_ptr<PushConnection>> replaced;
  {
    const std::lock_guard lock(mutex_);
    if (stopping_) return false;
    std::size_t others = 0;
    for (const auto& [other, record] : members_) {
      if (record.device.id != principal.device->id) continue;
      ++others;
      // A till that came back before its old connection was found dead.
      if (principal.device->till != 0) replaced.push_back(record.connection);
    }
    if (principal.device->till == 0 && others >= max_connections_per_office) return false;
    members_.emplace(connection.get(), std::move(member));
    // What changed between the device's last question and this moment would be missed otherwise.
    if (catalogue_version_ > 0) {
      connection->send(encode(news(protocol::PushKind::catalogue, catalogue_version_)), catalogue_key);
    }
    if (store_version_ > 0) connection->send(encode(news(protocol::PushKind::store, store_version_)), store_key);
  }
  for (const auto& old : replaced) old->cut();
  devices_->connected(principal.device->id, principal.address);
  return true;
}

void PushHub::closed(const PushConnection* connection) {
  std::string id;
  {
    const std::lock_guard lock(mutex_);
    const auto found = members_.find(connection);
    if (found == members_.end()) return;
    id = found->second.device.id;
    members_.erase(found);
  }
  devices_->disconnected(id);
  emptied_.notify_all();
}

Result<PushHub::Session> PushHub::check(const std::string& token, const std::string& device_id) {
  // The channel is the machine's: it opens again after every fault, also when the person has left.
  auto staff = sessions_->authenticate(token, device_id, services::SessionService::Asked::by_itself);
  if (!staff) return fail(std::move(staff.error()));
  return Session{token, staff->id, staff->role,
                 std::chrono::steady_clock::now() + std::chrono::milliseconds(sessions_->left_ms(token))};
}

Result<void> PushHub::received(const PushConnection* connection, const std::string& text) {
  auto value = json::parse(text);
  if (!value) return fail(std::move(value.error()));
  const services::DeviceIdentity& device = *connection->principal().device;
  if (value->is_object() && value->contains("token")) {
    const auto& token = (*value)["token"];
    if (!token.is_string()) return fail("json.type", "The token has to be a string.");
    auto session = check(token.get<std::string>(), device.id);
    if (!session) return fail(std::move(session.error()));
    const std::lock_guard lock(mutex_);
    const auto member = members_.find(connection);
    if (member != members_.end()) member->second.session = std::move(*session);
    return {};
  }
  auto message = json::from_value<protocol::PushMessage>(*value);
  if (!message) return fail(std::move(message.error()));
  if (message->kind != protocol::PushKind::status || !message->status || device.till == 0) {
    return fail("push.unexpected", "Only tills report, and only their status.");
  }
  message->status->till = device.till;
  {
    const std::lock_guard lock(mutex_);
    last_status_[device.id] = *message->status;
  }
  devices_->heard(device.id, *message->status);
  return {};
}

void PushHub::overrun() {
  const std::lock_guard lock(mutex_);
  ++overruns_;
}

void PushHub::person_active(const std::string& token) {
  const auto ends = std::chrono::steady_clock::now() + std::chrono::milliseconds(services::SessionService::idle_ms);
  const std::lock_guard lock(mutex_);
  for (auto& [connection, member] : members_) {
    if (member.session && member.session->token == token) member.session->ends = ends;
  }
}

void PushHub::person_left(const std::string& token) {
  const std::lock_guard lock(mutex_);
  for (auto& [connection, member] : members_) {
    if (member.session && member.session->token == token) member.session.reset();
  }
}

void PushHub::tell_devices(const protocol::PushMessage& message, const std::string& key) {
  const Text text = encode(message);
  const std::lock_guard lock(mutex_);
  for (const auto& [connection, member] : members_) member.connection->send(text, key);
  sent_ += static_cast<std::int64_t>(members_.size());
}

void PushHub::tell_tills(const protocol::PushMessage& message, const std::string& key) {
  const Text text = encode(message);
  const std::lock_guard lock(mutex_);
  for (const auto& [connection, member] : members_) {
    if (member.device.till == 0) continue;
    member.connection->send(text, key);
    ++sent_;
  }
}

void PushHub::tell_offices(const protocol::PushMessage& message, const std::string& key,
                           access::Permission permission) {
  const auto now = std::chrono::steady_clock::now();
  Text text;
  const std::lock_guard lock(mutex_);
  for (auto& [connection, member] : members_) {
    if (!member.session || member.session->ends < now || !access::allows(member.session->role, permission)) continue;
    if (!text) text = encode(message);
    member.connection->send(text, key);
    ++sent_;
  }
}

void PushHub::catalogue_changed(catalogue::Version version) {
  {
    const std::lock_guard lock(mutex_);
    if (version < catalogue_version_) return;  // a newer one was told already
    catalogue_version_ = version;
  }
  tell_devices(news(protocol::PushKind::catalogue, version), catalogue_key);
}

void PushHub::store_changed(std::int64_t version) {
  {
    const std::lock_guard lock(mutex_);
    if (version < store_version_) return;
    store_version_ = version;
  }
  tell_devices(news(protocol::PushKind::store, version), store_key);
}

void PushHub::sale_stored(const protocol::SaleSummary& sale) {
  protocol::PushMessage message = news(protocol::PushKind::sale);
  message.sale = sale;
  tell_offices(message, "", access::Permission::sales_read);
}

void PushHub::enrolment_changed() {
  tell_offices(news(protocol::PushKind::enrolment), enrolment_key, access::Permission::devices_approve);
}

void PushHub::approvals_changed() {
  tell_tills(news(protocol::PushKind::approvals), approvals_key);
  tell_offices(news(protocol::PushKind::approvals), approvals_key, access::Permission::approvals_answer);
}

void PushHub::suspended_changed() {
  tell_tills(news(protocol::PushKind::suspended), suspended_key);
}

void PushHub::device_changed(const std::string& device_id) {
  protocol::PushMessage message = news(protocol::PushKind::devices);
  {
    const std::lock_guard lock(mutex_);
    const auto status = last_status_.find(device_id);
    if (status != last_status_.end()) message.status = status->second;
  }
  tell_offices(message, "device " + device_id, access::Permission::devices_read);
}

void PushHub::device_revoked(const std::string& device_id) {
  const Text text = encode(news(protocol::PushKind::revoked));
  const std::lock_guard lock(mutex_);
  last_status_.erase(device_id);
  for (auto& [connection, member] : members_) {
    if (member.device.id != device_id) continue;
    member.session.reset();
    member.connection->send(text, "");
    member.connection->say_goodbye(close_code::policy_error);
  }
}

void PushHub::staff_changed(std::int64_t staff) {
  sessions_->end_sessions_of_staff(staff);
  const std::lock_guard lock(mutex_);
  for (auto& [connection, member] : members_) {
    if (member.session && member.session->staff == staff) member.session.reset();
  }
}

void PushHub::stop(std::chrono::milliseconds patience) {
  std::unique_lock lock(mutex_);
  stopping_ = true;
  for (const auto& [connection, member] : members_) member.connection->say_goodbye(close_code::going_away);
  if (emptied_.wait_for(lock, patience, [&] { return members_.empty(); })) return;
  for (const auto& [connection, member] : members_) member.connection->cut();
  emptied_.wait_for(lock, patience, [&] { return members_.empty(); });
}

PushHub::Statistics PushHub::statistics() const {
  const std::lock_guard lock(mutex_);
  Statistics statistics;
  for (const auto& [connection, member] : members_) {
    ++(member.device.till != 0 ? statistics.tills : statistics.offices);
  }
  statistics.sent = sent_;
  statistics.overruns = overruns_;
  return statistics;
}

}  // namespace lanekeeper::push
