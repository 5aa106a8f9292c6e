// The commands beside `serve`. Each prints what it did, or what to do, and returns the exit status.
#pragma once

#include <functional>
#include <string>

#include "base/json_codec.h"
#include "program/options.h"
#include "storage/database.h"

namespace lanekeeper::server {

// Carried out by the running server, or here when none runs (only those that need no running server).
enum class Where { running_server, anywhere };
[[nodiscard]] int run_administration(const Options& options, const json::Value& request, Where where);

[[nodiscard]] int run_migrate(const Options& options);
[[nodiscard]] int run_audit(const Options& options);
// Work that only reads, for as long as it takes, on a connection of its own: beside the running server or without one.
// work answers with the exit status; errors are told.
[[nodiscard]] int with_database(const Options& options, const std::function<Result<int>(storage::Database&)>& work);
[[nodiscard]] int run_doctor(const Options& options);

}  // namespace lanekeeper::server
