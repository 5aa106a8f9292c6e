// HTTPS for tills and back offices: TLS 1.3 only, the server's certificate pinned to the store CA, our own certificate
// once we are enrolled. Blocking, with a deadline over the whole request; meant for a worker thread, never for a UI
// one.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/time.h"

namespace lanekeeper::net {

struct Endpoint {
  std::string host;
  std::uint16_t port = 7443;
  // "store.local:7443", "10.0.8.2", "[::1]:7443": net.bad_address
  [[nodiscard]] static Result<Endpoint> parse(std::string_view text);
  [[nodiscard]] std::string to_string() const;
  bool operator==(const Endpoint&) const = default;
};

struct TlsIdentity {
  std::string ca_pem;           // empty: only for /v1/hello and enrolment, trust on first use, checked by the code
  std::string certificate_pem;  // empty before enrolment
  std::string key_pem;          // PKCS#8
};

struct Header {
  std::string name;
  std::string value;
};

struct HttpRequest {
  std::string method = "GET";
  std::string target;  // "/v1/items?query=..."
  std::string body;
  std::string content_type = "application/json";
  std::vector<Header> headers;
  std::chrono::milliseconds timeout{5000};
};

struct HttpResponse {
  int status = 0;
  std::string content_type;
  std::string body;
  std::optional<Instant> date = std::nullopt;  // the server's clock as the answer was made, in whole seconds
};

// One keep-alive connection; reconnects by itself on the next request after a failure. A request that may have reached
// the server is never repeated by this class. Not thread-safe: one user at a time; cancel() may come from any thread.
//
// Errors: net.unreachable, net.timeout, net.tls (certificate not trusted, wrong version), net.closed. Answers with
// status >= 400 are not errors here; see expect().
class HttpsClient {
 public:
  HttpsClient(Endpoint endpoint, TlsIdentity identity);
  ~HttpsClient();
  HttpsClient(const HttpsClient&) = delete;
  HttpsClient& operator=(const HttpsClient&) = delete;

  [[nodiscard]] Result<HttpResponse> send(const HttpRequest& request);
  // The running request ends with net.closed, and so does every later one.
  void cancel();
  // SHA-256 of the server certificate's public key of the last connection, hex; empty before one.
  [[nodiscard]] std::string peer_fingerprint() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// Turns an answer with status >= 400 into the Error of its body (http.status when there is none).
[[nodiscard]] Result<HttpResponse> expect_success(Result<HttpResponse> response);

[[nodiscard]] std::string percent_encode(std::string_view text);

}  // namespace lanekeeper::net
