#include "live_client.h"

namespace lanekeeper::testing {

net::HttpRequest request(const std::string& method, const std::string& target, const std::string& token,
                         const std::string& body) {
  net::HttpRequest out;
  out.method = method;
  out.target = target;
  out.body = body;
  out.timeout = std::chrono::seconds(20);
  if (!token.empty()) out.headers.push_back({"Authorization", "Bearer " + token});
  return out;
}

std::string outcome(const Result<net::HttpResponse>& response) {
  if (!response) return response.error().code;
  const std::string status = std::to_string(response->status);
  if (response->status < 400) return status;
  return status + " " + net::expect_success(response).error().code;
}

struct RawClient::Impl {
  Impl() : context(boost::asio::ssl::context::tls_client), stream(io, context) {}
  explicit Impl(boost::asio::ssl::context ready) : context(std::move(ready)), stream(io, context) {}
  boost::asio::io_context io;
  boost::asio::ssl::context context;
  boost::asio::ssl::stream<boost::asio::ip::tcp::socket> stream;
};

RawClient::RawClient(const net::Endpoint& endpoint, const net::TlsIdentity& identity, int max_tls_version) {
  namespace asio = boost::asio;
  asio::ssl::context context(asio::ssl::context::tls_client);
  SSL_CTX_set_max_proto_version(context.native_handle(), max_tls_version);
  if (!identity.certificate_pem.empty()) {
    context.use_certificate_chain(asio::buffer(identity.certificate_pem));
    context.use_private_key(asio::buffer(identity.key_pem), asio::ssl::context::pem);
  }
  impl_ = std::make_unique<Impl>(std::move(context));
  impl_->stream.next_layer().connect({asio::ip::make_address(endpoint.host), endpoint.port});
  impl_->stream.next_layer().set_option(asio::ip::tcp::no_delay(true));
  impl_->stream.handshake(asio::ssl::stream_base::client);
}

RawClient::~RawClient() = default;

void RawClient::write(const std::string& text) {
  boost::asio::write(impl_->stream, boost::asio::buffer(text));
}

std::string RawClient::read(const std::string& enough) {
  std::string text;
  boost::system::error_code error;
  while (!error && (enough.empty() || text.find(enough) == std::string::npos)) {
    char bytes[4096];
    text.append(bytes, impl_->stream.read_some(boost::asio::buffer(bytes), error));
  }
  return text;
}

}  // namespace lanekeeper::testing
