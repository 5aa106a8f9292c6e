// The blocking ends that ServerLink drives from its worker threads: a seam, so that the link itself is tested without a
// network.
#pragma once

#include <memory>
#include <string>

#include "net/https_client.h"
#include "net/push_client.h"

namespace lanekeeper::office {

// As net::HttpsClient: one user at a time, cancel() from any thread and for good.
class Connection {
 public:
  virtual ~Connection() = default;
  [[nodiscard]] virtual Result<net::HttpResponse> send(const net::HttpRequest& request) = 0;
  virtual void cancel() = 0;
};

// As net::PushClient: destroying it stops it and joins its thread.
class PushChannel {
 public:
  virtual ~PushChannel() = default;
  virtual void reconnect_now() = 0;
};

class Wire {
 public:
  virtual ~Wire() = default;
  [[nodiscard]] virtual std::unique_ptr<Connection> connect(const net::Endpoint& endpoint,
                                                            const net::TlsIdentity& identity) = 0;
  [[nodiscard]] virtual std::unique_ptr<PushChannel> listen(const net::Endpoint& endpoint,
                                                            const net::TlsIdentity& identity, const std::string& token,
                                                            net::PushClient::Handlers handlers) = 0;
};

}  // namespace lanekeeper::office
