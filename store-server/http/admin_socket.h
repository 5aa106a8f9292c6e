// How the server's own commands (approve, staff) reach the server that runs: a Unix socket in a folder that only its
// user can enter. Whoever may open it owns the machine and its files anyway, so it asks for no password; the peer's
// user is checked all the same.
//
// One JSON object a line each way: {"command":"approve","code":"123456"} is answered by {"ok":true,"result":{...}} or
// {"ok":false,"error":{"code":...,"message":...,"details":{...}}}. One call at a time; a line has at most 64 KiB and
// five seconds to arrive.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>

#include "base/error.h"
#include "base/json_codec.h"

namespace lanekeeper::http {

class AdminSocket {
 public:
  // Runs on the socket's own thread and may block.
  using Handler = std::function<Result<json::Value>(const json::Value& request)>;

  AdminSocket(std::filesystem::path path, Handler handler);
  ~AdminSocket();  // ends and removes the socket
  AdminSocket(const AdminSocket&) = delete;
  AdminSocket& operator=(const AdminSocket&) = delete;

  // Makes the folder (0700) and listens. admin.socket (details "path", "reason")
  [[nodiscard]] Result<void> start();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// From another process: the result, or the error that the server answered. admin.not_running: nobody listens there.
[[nodiscard]] Result<json::Value> call_admin(const std::filesystem::path& path, const json::Value& request);

}  // namespace lanekeeper::http
