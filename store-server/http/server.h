// The listener: accepts devices over TLS 1.3, runs their sessions on a few io threads, and stops without cutting
// anybody off in the middle of a request.
//
// Limits: handshake 5 s, header 8 KiB and 10 s, bodies and deadlines by route, 75 s idle between requests,
// connections as in http/connection_limits.h.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

#include "base/error.h"
#include "http/route.h"

namespace lanekeeper::http {

struct ServerConfig {
  std::string host = "0.0.0.0";  // an address, not a name
  std::uint16_t port = 7443;     // 0: any free one, see port()
  std::string ca_pem;
  std::string certificate_pem;
  std::string key_pem;
  int io_threads = 2;
  std::chrono::milliseconds idle_limit{75'000};
  std::chrono::milliseconds header_limit{10'000};
  std::chrono::milliseconds handshake_limit{5'000};
};

class Server {
 public:
  Server(const ServerConfig& config, Services services);
  ~Server();  // stop() with no patience
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // Listens and serves. http.address (cannot listen there, details "address", "reason").
  [[nodiscard]] Result<void> start();
  [[nodiscard]] std::uint16_t port() const;

  // Accepts nobody any more, ends idle connections, lets running requests finish, at most that long, then cuts. The io
  // threads go on for the push channel until finish().
  void drain(std::chrono::milliseconds patience);
  // Ends the io threads. Afterwards nothing of the server runs any more.
  void finish();

  struct Statistics {
    std::int64_t connections = 0;  // push channel included
    std::int64_t refused = 0;      // for limits
    std::int64_t accepted = 0;
    std::int64_t handshake_failures = 0;
  };
  [[nodiscard]] Statistics statistics() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace lanekeeper::http
