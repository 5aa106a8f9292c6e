// Who asks. http builds it from the client certificate (device) and the bearer token (person); services decide by it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "access/permissions.h"
#include "base/error.h"
#include "protocol/messages.h"

namespace lanekeeper::services {

struct DeviceIdentity {
  std::string id;
  protocol::DeviceKind kind = protocol::DeviceKind::till;
  std::string name;
  std::int64_t till = 0;  // 0 for a back office
};

struct StaffIdentity {
  std::int64_t id = 0;
  std::string number;
  std::string name;
  access::Role role = access::Role::cashier;
};

struct Principal {
  std::optional<DeviceIdentity> device;
  std::optional<StaffIdentity> staff;
  std::string address;  // of the peer, without the port
};

// A person with that permission, at an enrolled device. access.not_enrolled, access.sign_in_first, access.forbidden
// (detail "permission").
[[nodiscard]] Result<void> require(const Principal& principal, access::Permission permission);
// Any enrolled device. access.not_enrolled
[[nodiscard]] Result<DeviceIdentity> require_device(const Principal& principal);
// An enrolled till. access.not_enrolled, access.not_a_till
[[nodiscard]] Result<DeviceIdentity> require_till(const Principal& principal);

}  // namespace lanekeeper::services
