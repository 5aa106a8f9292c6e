// The other end of a TLS connection, scripted by a test: a server for our clients.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <thread>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>

#include "base/system_clock.h"
#include "base/system_random.h"
#include "net/x509.h"

namespace lanekeeper::testing {

// A store CA with what it issued.
struct TestCa {
  explicit TestCa(const std::string& name = "Test store")
      : ca(net::CertificateAuthority::create(name, random(), now())), server_key(new_key()), device_key(new_key()) {
    server_pem = ca.issue_server(server_key.public_key(), {"localhost", "127.0.0.1", "::1"}, random(), now());
    device_pem = ca.issue_device(device_key.public_key(), "device-1", year_ms, random(), now());
  }
  static constexpr std::int64_t year_ms = 365LL * 86'400'000;
  static RandomSource& random() {
    static SystemRandom source;
    return source;
  }
  static Instant now() { return SystemClock().now().instant; }
  static journal::SigningKey new_key() { return journal::SigningKey::generate(random()); }

  net::CertificateAuthority ca;
  journal::SigningKey server_key;
  journal::SigningKey device_key;
  std::string server_pem;
  std::string device_pem;
};

class ScriptedServer {
 public:
  using Tcp = boost::asio::ip::tcp;
  using Stream = boost::asio::ssl::stream<Tcp::socket>;
  // What the server does with each connection after the handshake; the stream is closed when it returns.
  using Script = std::function<void(Stream&)>;

  struct Options {
    int max_version = TLS1_3_VERSION;
    int min_version = TLS1_2_VERSION;
  };

  ScriptedServer(const std::string& certificate_pem, const journal::SigningKey& key, Script script)
      : ScriptedServer(certificate_pem, key, std::move(script), Options()) {}
  ScriptedServer(const std::string& certificate_pem, const journal::SigningKey& key, Script script, Options options)
      : context_(boost::asio::ssl::context::tls_server),
        acceptor_(io_, Tcp::endpoint(boost::asio::ip::make_address("127.0.0.1"), 0)),
        script_(std::move(script)) {
    SSL_CTX_set_min_proto_version(context_.native_handle(), options.min_version);
    SSL_CTX_set_max_proto_version(context_.native_handle(), options.max_version);
    SSL_CTX_set_num_tickets(context_.native_handle(), 0);
    context_.use_certificate_chain(boost::asio::buffer(certificate_pem));
    context_.use_private_key(boost::asio::buffer(net::to_pkcs8_pem(key)), boost::asio::ssl::context::pem);
    thread_ = std::thread([this] { run(); });
  }
  ~ScriptedServer() {
    stopping_ = true;
    Tcp::socket knock(io_);  // wakes the blocking accept
    boost::system::error_code ignored;
    knock.connect(acceptor_.local_endpoint(), ignored);
    thread_.join();
  }
  ScriptedServer(const ScriptedServer&) = delete;
  ScriptedServer& operator=(const ScriptedServer&) = delete;

  [[nodiscard]] net::Endpoint endpoint() const { return {"127.0.0.1", acceptor_.local_endpoint().port()}; }
  [[nodiscard]] int connections() const { return connections_; }

  // Reads one request up to the end of its header and the given number of bytes; empty when the peer went away.
  static std::string read_request(Stream& stream, std::size_t body_bytes = 0) {
    std::string text;
    boost::system::error_code error;
    const auto header = boost::asio::read_until(stream, boost::asio::dynamic_buffer(text), "\r\n\r\n", error);
    if (error) return {};
    while (text.size() < header + body_bytes) {
      char byte[256];
      const auto got = stream.read_some(boost::asio::buffer(byte), error);
      if (error) return {};
      text.append(byte, got);
    }
    return text;
  }
  static void answer(Stream& stream, const std::string& body, const std::string& extra = "") {
    boost::system::error_code ignored;
    boost::asio::write(stream,
                       boost::asio::buffer("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n" + extra +
                                           "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body),
                       ignored);
  }

 private:
  void run() {
    for (;;) {
      boost::system::error_code error;
      Tcp::socket socket(io_);
      acceptor_.accept(socket, error);
      if (stopping_ || error) return;
      ++connections_;
      Stream stream(std::move(socket), context_);
      stream.handshake(boost::asio::ssl::stream_base::server, error);
      if (!error) script_(stream);
    }
  }

  boost::asio::io_context io_;
  boost::asio::ssl::context context_;
  Tcp::acceptor acceptor_;
  Script script_;
  std::atomic<bool> stopping_ = false;
  std::atomic<int> connections_ = 0;
  std::thread thread_;
};

}  // namespace lanekeeper::testing
