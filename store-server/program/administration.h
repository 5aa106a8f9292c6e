// What the owner of the machine may do without an account: the server's own commands, carried out by the running server
// (through the admin socket) or, when none runs, by the command itself.
//
//   {"command":"approve","code":"123456","till":3,"replace":false}     admits a waiting device
//   {"command":"staff","number":"1001","name":"王芳","role":"manager","pin":"...","password":"..."}
//   {"command":"init","number":"1001","name":"...","password":"..."}   the first manager; without a password one is
//   made
//                                                                      up and answered, once
//   {"command":"import","file":"/path/goods.csv"}                      -> ImportStatus
//   {"command":"database-info"}                                        -> socket, host, port, user, password, schema
#pragma once

#include "base/error.h"
#include "base/json_codec.h"
#include "program/store.h"

namespace lanekeeper::server {

// admin.unknown_command, json.*, init.has_staff, and the errors of the services.
[[nodiscard]] Result<json::Value> administer(Store& store, const json::Value& request);

// From the answer to database-info.
[[nodiscard]] storage::DatabaseConfig database_of(const json::Value& info);

}  // namespace lanekeeper::server
