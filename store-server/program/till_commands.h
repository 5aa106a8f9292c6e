// The machine owner's commands about how tills behave: policy, receipt templates, badges.
#pragma once

#include <CLI/CLI.hpp>

#include "base/error.h"
#include "base/json_codec.h"
#include "program/options.h"
#include "services/service_context.h"

namespace lanekeeper::server {

// till-policy [--shifts | --no-shifts] [--usual-float AMOUNT] ... (without any of them: shows it);
// receipt-template set KIND LANGUAGE FILE | set KIND LANGUAGE --remove | list. status becomes what the program ends
// with.
void add_till_commands(CLI::App& app, const Options& options, int& status);
// staff badge NUMBER [--remove]
void add_badge_command(CLI::App& staff, const Options& options, int& status);

// request: the members of protocol::TillPolicy that change, "add_methods": [TenderMethod], "remove_methods": [code].
// Answers with the policy as it is then. Errors: those of services::TillSettings.
[[nodiscard]] Result<json::Value> administer_till_policy(const services::ServiceContext& context,
                                                         const json::Value& request);
// request: {"do": "set" | "remove" | "list", "kind", "language", "file"}; files.unreadable, admin.unknown_command
[[nodiscard]] Result<json::Value> administer_templates(const services::ServiceContext& context,
                                                       const json::Value& request);
// request: {"number", "remove"}
[[nodiscard]] Result<json::Value> administer_badge(const services::ServiceContext& context, const json::Value& request);

}  // namespace lanekeeper::server
