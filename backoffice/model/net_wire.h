// The real wire: TLS over sockets.
#pragma once

#include "model/wire.h"

namespace lanekeeper::office {

class NetWire : public Wire {
 public:
  [[nodiscard]] std::unique_ptr<Connection> connect(const net::Endpoint& endpoint,
                                                    const net::TlsIdentity& identity) override;
  [[nodiscard]] std::unique_ptr<PushChannel> listen(const net::Endpoint& endpoint, const net::TlsIdentity& identity,
                                                    const std::string& token,
                                                    net::PushClient::Handlers handlers) override;
};

}  // namespace lanekeeper::office
