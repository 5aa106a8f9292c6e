#include "services/principal.h"

namespace lanekeeper::services {

Result<void> require(const Principal& principal, access::Permission permission) {
  if (auto device = require_device(principal); !device) return fail(std::move(device.error()));
  if (!principal.staff) return fail("access.sign_in_first", "Nobody is signed in at this device. Sign in first.");
  if (!access::allows(principal.staff->role, permission)) {
    return fail("access.forbidden", "Your role does not allow this. Ask somebody who may.",
                {{"permission", std::string(access::name_of(permission))}});
  }
  return {};
}

Result<DeviceIdentity> require_device(const Principal& principal) {
  if (!principal.device)
    return fail("access.not_enrolled", "This device is not enrolled. Pair it with the store first.");
  return *principal.device;
}

Result<DeviceIdentity> require_till(const Principal& principal) {
  auto device = require_device(principal);
  if (device && (device->kind != protocol::DeviceKind::till || device->till <= 0)) {
    return fail("access.not_a_till", "Only a till may do this. Use a device that is enrolled as a till.");
  }
  return device;
}

}  // namespace lanekeeper::services
