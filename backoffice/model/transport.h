// How models ask the server, without knowing of threads or sockets. ServerLink implements it; tests answer by hand.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <utility>

#include "base/error.h"
#include "base/json_codec.h"
#include "model/lifetime.h"
#include "net/https_client.h"

namespace lanekeeper::office {

// Called on the UI thread. A status >= 400 arrives as the Error of its body.
using Answer = std::function<void(Result<net::HttpResponse>)>;

class Transport {
 public:
  virtual ~Transport() = default;
  // Returns at once; requests go out in the order they were given. The answer comes later, exactly once, or never when
  // the transport goes first.
  virtual void send(net::HttpRequest request, Answer answer) = 0;
  // The same with a file as the body, read and sent beside the other requests so that it holds up none of them.
  // office.file_unreadable, office.file_too_large (detail "limit_mib").
  virtual void upload(net::HttpRequest request, std::filesystem::path file, Answer answer) = 0;
};

// Who wants to know: the person who sits here, or the office that looks again after a while or when it was pushed. The
// server ends a session after some time without the person.
enum class Asked { by_person, by_itself };

[[nodiscard]] inline net::HttpRequest get(std::string target, Asked asked = Asked::by_person) {
  net::HttpRequest request;
  request.target = std::move(target);
  if (asked == Asked::by_itself) request.headers.push_back({"X-Unattended", "1"});
  return request;
}

template <class Body>
[[nodiscard]] net::HttpRequest with_body(std::string_view method, std::string target, const Body& body) {
  net::HttpRequest request;
  request.method = method;
  request.target = std::move(target);
  request.body = json::encode(body);
  return request;
}

[[nodiscard]] inline net::HttpRequest without_body(std::string_view method, std::string target) {
  net::HttpRequest request;
  request.method = method;
  request.target = std::move(target);
  return request;
}

// Wraps what to do with a decoded answer; dropped when the lifetime has ended.
template <class Reply, class Then>
[[nodiscard]] Answer decoded(const Lifetime& lifetime, Then then) {
  return lifetime.guard([then = std::move(then)](Result<net::HttpResponse> response) mutable {
    if (!response) {
      then(Result<Reply>(fail(std::move(response.error()))));
    } else {
      then(json::decode<Reply>(response->body));
    }
  });
}

// Did the request perhaps never reach the server, or its answer never reach us?
[[nodiscard]] inline bool is_network_error(const Error& error) {
  return error.code.starts_with("net.");
}

}  // namespace lanekeeper::office
