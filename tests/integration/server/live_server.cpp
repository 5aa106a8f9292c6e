#include "live_server.h"

#include <fstream>

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
  options.metrics_token = folder_ / "metrics.token";
  options.store_name = "惠民生鲜 城东店";
  auto store = server::Store::open(options, server::DirectoryLock::take(folder_).value());
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

std::string LiveServer::metrics_token() const {
  std::ifstream file(folder_ / "metrics.token");
  std::string token;
  std::getline(file, token);
  return token;
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

}  // namespace lanekeeper::testing
