#include "program/administration.h"

#include <spdlog/spdlog.h>

#include "program/members.h"
#include "program/promotions.h"
#include "program/till_commands.h"

namespace lanekeeper::server {
namespace {

struct StaffRequest {
  std::string number;
  std::string name;
  std::optional<std::string> pin;
  std::optional<std::string> password;
};
template <class V>
void describe(V& visit, StaffRequest& s) {
  visit("number", s.number);
  visit("name", s.name);
  visit("pin", s.pin);
  visit("password", s.password);
}

struct StaffRole {
  access::Role role = access::Role::cashier;
};
template <class V>
void describe(V& visit, StaffRole& s) {
  visit("role", s.role);
}

struct ImportRequest {
  std::string file;
};
template <class V>
void describe(V& visit, ImportRequest& r) {
  visit("file", r.file);
}

// Whoever owns the machine acts with a manager's rights, under the name of the server.
services::Principal local_principal() {
  services::Principal principal;
  principal.device = services::DeviceIdentity{"server", protocol::DeviceKind::backoffice, "server", 0};
  principal.staff = services::StaffIdentity{0, "", "server", access::Role::manager};
  principal.address = "local";
  return principal;
}

Result<json::Value> approve(Store& store, const json::Value& request) {
  const auto approval = json::from_value<protocol::EnrolmentApproval>(request);
  if (!approval) return fail(approval.error());
  if (auto approved = store.enrolments.approve_locally(*approval); !approved) return fail(std::move(approved.error()));
  store.devices.refresh();
  return json::Value::object();
}

Result<json::Value> put_staff(Store& store, const StaffRequest& request, access::Role role) {
  services::NewStaff staff;
  staff.number = request.number;
  staff.name = request.name;
  staff.role = role;
  staff.pin = request.pin;
  staff.password = request.password;
  if (auto version = store.store.put_staff(staff); !version) return fail(std::move(version.error()));
  return json::Value::object();
}

Result<json::Value> add_staff(Store& store, const json::Value& request) {
  const auto staff = json::from_value<StaffRequest>(request);
  if (!staff) return fail(staff.error());
  const auto role = json::from_value<StaffRole>(request);
  if (!role) return fail(role.error());
  return put_staff(store, *staff, role->role);
}

// Twelve of 31 characters that cannot be mistaken for each other: 59 bits.
std::string random_password(RandomSource& random) {
  constexpr std::string_view alphabet = "abcdefghijkmnpqrstuvwxyz23456789";
  std::array<unsigned char, 12> bytes{};
  random.fill(bytes);
  std::string password;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (i != 0 && i % 4 == 0) password += '-';
    password += alphabet[bytes[i] % alphabet.size()];
  }
  return password;
}

Result<json::Value> initialise(Store& store, const json::Value& request) {
  auto staff = json::from_value<StaffRequest>(request);
  if (!staff) return fail(staff.error());
  if (store.store.has_staff()) {
    return fail("init.has_staff", "The store has people already. Add another one with: lanekeeper-server staff add");
  }
  const bool made_up = !staff->password;
  if (made_up) staff->password = random_password(store.random);
  if (auto added = put_staff(store, *staff, access::Role::manager); !added) return added;
  const json::Value policy = {{"shifts_required", request.value("shifts_required", false)}};
  if (auto set = administer_till_policy(store.context, policy); !set) return set;
  json::Value result = {{"number", staff->number}, {"store", store.store.name()}};
  if (made_up) result["password"] = *staff->password;
  return result;
}

Result<json::Value> import_file(Store& store, const json::Value& request) {
  const auto import = json::from_value<ImportRequest>(request);
  if (!import) return fail(import.error());
  const std::filesystem::path path(import->file);
  std::error_code error;
  const auto size = std::filesystem::file_size(path, error);
  if (!error && size > services::ImportService::max_file_bytes) {
    return fail("import.too_large", "The file is too large. Cut it into parts of 64 MiB at most.");
  }
  auto content = read_file(path);
  if (!content) return fail(std::move(content.error()));
  if (!*content) return fail("files.unreadable", "There is no such file.", {{"path", path.string()}});
  auto status = store.imports.run(local_principal(), path.filename().string(), std::move(**content));
  if (!status) return fail(std::move(status.error()));
  return json::to_value(*status);
}

Result<json::Value> database_info(Store& store) {
  const storage::DatabaseConfig& config = store.database->database().config();
  return json::Value{{"socket", config.unix_socket}, {"host", config.host},         {"port", config.port},
                     {"user", config.user},          {"password", config.password}, {"schema", config.schema}};
}

}  // namespace

storage::DatabaseConfig database_of(const json::Value& info) {
  storage::DatabaseConfig config;
  config.unix_socket = info.value("socket", "");
  config.host = info.value("host", "");
  config.port = info.value("port", std::int64_t{0});
  config.user = info.value("user", "");
  config.password = info.value("password", "");
  config.schema = info.value("schema", "");
  config.pool_size = 1;
  return config;
}

Result<json::Value> administer(Store& store, const json::Value& request) {
  const std::string command = request.is_object() ? request.value("command", "") : std::string();
  spdlog::info("command of the machine's owner: {}", command);
  if (command == "approve") return approve(store, request);
  if (command == "staff") return add_staff(store, request);
  if (command == "init") return initialise(store, request);
  if (command == "import") return import_file(store, request);
  if (command == "promotions") return administer_promotions(store.context, local_principal(), request);
  if (command == "members") return administer_members(store.context, local_principal(), request);
  if (command == "staff-member") return administer_staff_member(store.context, request);
  if (command == "recalls") return administer_recalls(store.context, local_principal(), request);
  if (command == "till-policy") return administer_till_policy(store.context, request);
  if (command == "receipt-template") return administer_templates(store.context, request);
  if (command == "badge") return administer_badge(store.context, request);
  if (command == "database-info") return database_info(store);
  return fail("admin.unknown_command", "The running server does not know this command. Are both of one version?");
}

}  // namespace lanekeeper::server
