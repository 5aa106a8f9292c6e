// The machine owner's commands about members, staff who are members, and recalls.
#pragma once

#include "base/error.h"
#include "base/json_codec.h"
#include "services/principal.h"
#include "services/service_context.h"

namespace lanekeeper::server {

// request: {"do": "import" | "list" | "show", "file", "after", "number"} as far as the act needs them. Errors: those of
// services::MemberService, files.unreadable, admin.unknown_command.
[[nodiscard]] Result<json::Value> administer_members(const services::ServiceContext& context,
                                                     const services::Principal& owner, const json::Value& request);
// As which member a person of the staff buys here. request: {"number", "member": number of the card, missing: none}.
// Errors: those of services::StoreService::set_staff_member.
[[nodiscard]] Result<json::Value> administer_staff_member(const services::ServiceContext& context,
                                                          const json::Value& request);
// request: {"do": "add" | "lift" | "list", "gtin", "batch", "note"}. Errors: those of services::RecallService,
// admin.unknown_command.
[[nodiscard]] Result<json::Value> administer_recalls(const services::ServiceContext& context,
                                                     const services::Principal& owner, const json::Value& request);

}  // namespace lanekeeper::server
