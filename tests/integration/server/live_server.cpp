#include "live_server.h"

#include "../private_database.h"
#include "protocol/messages.h"

namespace lanekeeper::testing {
namespace {

std::filesystem::path new_folder() {
  std::string pattern = (std::filesystem::temp_directory_path() / "lk-server-XXXXXX").string();
  if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary directory");
  return pattern;
}

}  // namespace

LiveServer::LiveServer(http::ServerConfig config) : folder_(new_folder()) {
  auto& database = PrivateDatabase::instance();
  if (!database.available()) throw std::runtime_error(database.problem());
  const storage::DatabaseConfig schema = database.new_schema();
  server::Options options;
  options.data_dir = folder_;
  options.database = "mysql://root@/" + schema.schema + "?socket=" + schema.unix_socket;
  options.database_connections = 6;
  options.store_name = "惠民生鲜 城东店";
  auto store = server::Store::open(options);
  if (!store) throw std::runtime_error(store.error().code + " " + store.error().message);
  store_ = std::move(*store);

  config.host = "127.0.0.1";
  config.port = 0;
  config.ca_pem = store_->keys.ca.certificate_pem();
  config.certificate_pem = store_->keys.server_certificate_pem;
  config.key_pem = store_->keys.server_key_pem;
  server_ = std::make_unique<http::Server>(config, server::services_of(*store_, metrics_));
  if (auto started = server_->start(); !started) throw std::runtime_error(started.error().message);
}

LiveServer::~LiveServer() {
  server_->drain(std::chrono::seconds(2));
  store_->hub.stop(std::chrono::seconds(1));
  store_->database->database().close();
  server_->finish();
  server_.reset();
  store_.reset();
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

LiveServer::Device LiveServer::enrol(protocol::DeviceKind kind, std::int64_t till) {
  const auto key = TestCa::new_key();
  ++enrolled_;
  services::Principal from;
  from.address = "10.1." + std::to_string(enrolled_ / 200) + "." + std::to_string(enrolled_ % 200);
  protocol::EnrolmentRequest wish;
  wish.kind = kind;
  wish.device_name = "device-" + std::to_string(enrolled_);
  wish.csr_pem = net::make_csr(key, wish.device_name);
  wish.software = "test";
  const auto ticket = store_->enrolments.request(from, wish).value();
  protocol::EnrolmentApproval approval;
  approval.code = ticket.code;
  if (till != 0) approval.till = till;
  if (auto done = store_->enrolments.approve_locally(approval); !done) throw std::runtime_error(done.error().code);
  store_->devices.refresh();
  const auto status = store_->enrolments.poll(ticket.enrolment_id, ticket.poll_secret).value();
  return {
      status.device_id.value(), till, {status.ca_pem.value(), status.certificate_pem.value(), net::to_pkcs8_pem(key)}};
}

std::string LiveServer::token(access::Role role, const Device& device) {
  services::NewStaff person;
  person.number = std::to_string(7000 + static_cast<int>(role));
  person.name = "P" + person.number;
  person.role = role;
  person.password = password;
  (void)store_->store.put_staff(person);  // there already, from an earlier test
  services::Principal principal;
  principal.device = services::DeviceIdentity{device.id, protocol::DeviceKind::backoffice, "", 0};
  return store_->sessions.sign_in(principal, protocol::SignIn{person.number, password}).value().token;
}

LiveServer* shared_server(std::string& problem) {
  static std::string why;
  static const std::unique_ptr<LiveServer> server = [] {
    // Its destructor has to run before the database's.
    (void)PrivateDatabase::instance();
    try {
      return std::make_unique<LiveServer>();
    } catch (const std::exception& error) {
      why = error.what();
      return std::unique_ptr<LiveServer>();
    }
  }();
  problem = why;
  return server.get();
}

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
