#include "model/net_wire.h"

namespace lanekeeper::office {
namespace {

class HttpsConnection : public Connection {
 public:
  HttpsConnection(const net::Endpoint& endpoint, const net::TlsIdentity& identity) : client_(endpoint, identity) {}
  Result<net::HttpResponse> send(const net::HttpRequest& request) override { return client_.send(request); }
  void cancel() override { client_.cancel(); }

 private:
  net::HttpsClient client_;
};

class WebSocketChannel : public PushChannel {
 public:
  WebSocketChannel(const net::Endpoint& endpoint, const net::TlsIdentity& identity, const std::string& token,
                   net::PushClient::Handlers handlers)
      : client_(endpoint, identity, token, std::move(handlers)) {}
  void reconnect_now() override { client_.reconnect_now(); }

 private:
  net::PushClient client_;
};

}  // namespace

std::unique_ptr<Connection> NetWire::connect(const net::Endpoint& endpoint, const net::TlsIdentity& identity) {
  return std::make_unique<HttpsConnection>(endpoint, identity);
}

std::unique_ptr<PushChannel> NetWire::listen(const net::Endpoint& endpoint, const net::TlsIdentity& identity,
                                             const std::string& token, net::PushClient::Handlers handlers) {
  return std::make_unique<WebSocketChannel>(endpoint, identity, token, std::move(handlers));
}

}  // namespace lanekeeper::office
