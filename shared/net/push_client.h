// The push channel: a WebSocket that keeps itself connected, on one thread of its own.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "net/https_client.h"

namespace lanekeeper::net {

// Handlers run on the client's thread; they must be quick (hand over to a queue). Reconnects for ever: 0.5 s, doubled
// up to 10 s, with jitter. The server pings; silence of 15 s counts as a lost connection.
class PushClient {
 public:
  struct Handlers {
    std::function<void()> connected;
    std::function<void(const Error&)> disconnected;  // also each time connecting fails
    std::function<void(std::string message)> message;
  };
  PushClient(Endpoint endpoint, TlsIdentity identity, std::string bearer_token, Handlers handlers);
  ~PushClient();  // stops and joins
  PushClient(const PushClient&) = delete;
  PushClient& operator=(const PushClient&) = delete;

  // Thread-safe. Dropped when not connected; at most 64 wait.
  void send(std::string message);
  // Thread-safe: try to connect now instead of waiting.
  void reconnect_now();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace lanekeeper::net
