// A whole store server inside the test program, behind real sockets, with a private database; and its clients.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "http/metrics.h"
#include "http/server.h"
#include "live_client.h"
#include "program/store.h"
#include "tls_peer.h"

namespace lanekeeper::testing {

class LiveServer {
 public:
  // Throws when there is no database to be had.
  LiveServer() : LiveServer(http::ServerConfig()) {}
  // Limits of the configuration are taken over; keys and address are the server's own.
  explicit LiveServer(http::ServerConfig config);
  ~LiveServer();
  LiveServer(const LiveServer&) = delete;
  LiveServer& operator=(const LiveServer&) = delete;

  struct Device {
    std::string id;
    std::int64_t till = 0;
    net::TlsIdentity identity;
  };
  // Goes through the whole of enrolment, below HTTP.
  [[nodiscard]] Device enrol(protocol::DeviceKind kind, std::int64_t till = 0);
  [[nodiscard]] std::string metrics_token() const;
  // Signs the person of that role in at the device; makes the person first.
  [[nodiscard]] std::string token(access::Role role, const Device& device);

  [[nodiscard]] net::Endpoint endpoint() const { return {"127.0.0.1", server_->port()}; }
  [[nodiscard]] net::TlsIdentity stranger() const { return {store_->keys.ca.certificate_pem(), "", ""}; }
  [[nodiscard]] std::unique_ptr<net::HttpsClient> client(const net::TlsIdentity& identity) const {
    return std::make_unique<net::HttpsClient>(endpoint(), identity);
  }
  [[nodiscard]] server::Store& store() { return *store_; }
  [[nodiscard]] http::Server& server() { return *server_; }

  static constexpr const char* password = "correct-horse-7";

 private:
  std::filesystem::path folder_;
  std::unique_ptr<server::Store> store_;
  http::Metrics metrics_;
  std::unique_ptr<http::Server> server_;
  int enrolled_ = 0;
};

// One for all tests of a program: making one takes a while. Null, with the reason in problem, when there is none.
[[nodiscard]] LiveServer* shared_server(std::string& problem);

}  // namespace lanekeeper::testing
