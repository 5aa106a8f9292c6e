// The machine owner's commands about promotions: publish, check, list, show, restore.
#pragma once

#include "base/error.h"
#include "base/json_codec.h"
#include "services/principal.h"
#include "services/service_context.h"

namespace lanekeeper::server {

// request: {"do": "publish" | "check" | "list" | "show" | "restore", "file", "note", "effective_at", "version"} as far
// as the act needs them. Errors: those of services::PromotionService, files.unreadable, admin.unknown_command.
[[nodiscard]] Result<json::Value> administer_promotions(const services::ServiceContext& context,
                                                        const services::Principal& owner, const json::Value& request);

}  // namespace lanekeeper::server
